package segment

import (
	"encoding/json"

	"gongwen"
)

// Metas calls visit for every document of the segment that can be read, without its text, outline and facts. Blocks are
// unpacked once each.
func (s *Side) Metas(visit func(doc int, d *gongwen.Document)) {
	for block := range s.records().count() {
		_ = s.records().each(block, func(doc int, data []byte) { // what is damaged, Check reports
			var record stored
			if json.Unmarshal(data, &record) == nil {
				visit(doc, &record.Document)
			}
		})
	}
}
