package format

import "testing"

// FuzzJSON: whatever the bytes, what is read is a record or refused.
func FuzzJSON(f *testing.F) {
	f.Add([]byte("{\"id\":1,\"text\":\"甲\"}\n{\"text\":\"\xbc\xd7\"}"))
	f.Add([]byte("[{\"text\":\"甲\"},{\"text\":"))
	f.Add([]byte("\xff\xfe{\x00\"\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, documents, _ := read(t, "a.jsonl", data)
		for _, d := range documents {
			if !d.Record || d.Text == "" {
				t.Errorf("%+v", d)
			}
		}
	})
}
