package suggest

import "gongwen/search"

// Query is what one asks to find what is suggested: a word as it is, a title or heading as a run, documents of an institution;
// behind what was typed before.
func (s Suggestion) Query() string {
	switch s.Kind {
	case KindTitle, KindHeading:
		return s.After + search.Run{Text: s.Text}.String()
	case KindInstitution:
		return s.After + "机关:" + search.Run{Text: s.Text}.String()
	}
	return s.After + s.Text
}
