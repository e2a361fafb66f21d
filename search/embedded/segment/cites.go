package segment

import (
	"bytes"
	"encoding/json"

	"gongwen"
)

// Cites calls visit for every document of the segment that refers to others and can be read. Records without a citation, as
// most are, are not parsed.
func (s *Side) Cites(visit func(doc int, cites []gongwen.Citation)) {
	for block := range s.records().count() {
		_ = s.records().each(block, func(doc int, data []byte) { // what is damaged, Check reports
			if !bytes.Contains(data, []byte(`"cites":`)) {
				return
			}
			var record struct {
				Document struct {
					Cites []gongwen.Citation `json:"cites"`
				} `json:"d"`
			}
			if json.Unmarshal(data, &record) == nil {
				visit(doc, record.Document.Cites)
			}
		})
	}
}
