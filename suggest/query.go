package suggest

import "gongwen/search"

// Query is what one asks to find what is suggested: a word as it is, a title or heading as a run, documents of an institution.
func (s Suggestion) Query() string {
	switch s.Kind {
	case KindTitle, KindHeading:
		return search.Run{Text: s.Text}.String()
	case KindInstitution:
		return "机关:" + search.Run{Text: s.Text}.String()
	}
	return s.Text
}
