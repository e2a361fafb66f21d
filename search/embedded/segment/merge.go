package segment

import (
	"errors"
	"io"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// input is a segment in a merge, with where its things go: the place of what stays, or gone.
type input struct {
	side     *Side
	drop     *roaring.Bitmap
	passages []uint32
}

const gone = ^uint32(0)

// Merge writes the side file of several segments without the dropped documents; the numbers of what stays follow the
// order of the inputs. Told to stop, it returns Scorch's ErrClosed. It streams: its memory is that of the small parts, about a tenth of the text.
func Merge(w io.Writer, sides []*Side, drops []*roaring.Bitmap, stop <-chan struct{}) error {
	out := newPartWriter(w)
	var s small
	inputs := make([]input, len(sides))
	for i, side := range sides {
		inputs[i] = input{side: side, passages: make([]uint32, side.Passages())}
		if i < len(drops) {
			inputs[i].drop = drops[i]
		}
	}
	stopped := func() bool {
		select {
		case <-stop:
			return true
		default:
			return false
		}
	}

	// Texts, and with them the numbers that everything else goes by.
	out.begin(partText)
	units := 0
	for i := range inputs {
		in := &inputs[i]
		for doc := range in.side.Docs() {
			if doc%1024 == 0 && stopped() {
				return api.ErrClosed
			}
			first := in.side.TitlePassage(doc)
			from, to := in.side.DocSections(doc)
			last := first + 2 + 2*(to-from)
			if in.dropped(doc) {
				for p := first; p < last; p++ {
					in.passages[p] = gone
				}
				continue
			}
			s.docSection = append(s.docSection, uint32(len(s.lengths)))
			for p := first; p < last; p++ {
				in.passages[p] = uint32(len(s.refs))
				kind, _ := in.side.Owner(p)
				owner := s.docs
				if kind == KindText || kind == KindHeads {
					owner = len(s.lengths) + (p-first-2)/2
				}
				s.refs = append(s.refs, ref(owner, kind))
				s.textAt = append(s.textAt, uint32(units))
				text := in.side.Units(p)
				units += len(text) / 2
				out.write(text)
			}
			for section := from; section < to; section++ {
				s.sectionDoc = append(s.sectionDoc, uint32(s.docs))
				s.lengths = append(s.lengths, uint32(in.side.Length(section)))
				s.classes = append(s.classes, in.side.cut[partClasses][section*2:section*2+2]...)
			}
			var row [columns]string
			for c := range row {
				row[c] = in.side.columns[c].Value(doc)
			}
			s.addDocument(row, in.side.hash(doc), in.side.sketchRecord(doc))
		}
	}
	s.textAt = append(s.textAt, uint32(units))
	out.end(partText)

	out.begin(partChanges)
	changed := 0
	for i := range inputs {
		in := &inputs[i]
		at := in.side.cut[partChangesAt]
		for section := range in.side.Sections() {
			if in.dropped(in.side.SectionDoc(section)) {
				continue
			}
			changes := in.side.cut[partChanges][number(at, section):number(at, section+1)]
			s.changesAt = append(s.changesAt, uint32(changed))
			changed += len(changes)
			out.write(changes)
		}
	}
	s.changesAt = append(s.changesAt, uint32(changed))
	out.end(partChanges)

	mergeRuns(out, inputs)
	keys, at, err := mergeGrams(out, inputs, stopped)
	if err != nil {
		return err
	}
	for i := range inputs {
		in := &inputs[i]
		err := errors.Join(
			s.records.take(in.side.records(), in.dropped), s.trees.take(in.side.trees(), in.dropped), s.facts.take(in.side.facts(), in.dropped))
		if err != nil {
			return err
		}
	}
	if stopped() {
		return api.ErrClosed
	}
	return writeSmall(out, &s, keys, at)
}

func (in *input) dropped(doc int) bool {
	return in.drop != nil && in.drop.Contains(uint32(doc))
}

// appendList appends what stays of the postings of an input; last is the passage before.
func (in *input) appendList(list []byte, last uint32, postings *Postings) ([]byte, uint32) {
	for {
		passage, count, ok := postings.Next()
		if !ok {
			return list, last
		}
		if place := in.passages[passage]; place != gone {
			list = appendPosting(list, place-last, count)
			last = place
		}
	}
}

// mergeGrams joins the posting lists, gram by gram.
func mergeGrams(out *partWriter, inputs []input, stopped func() bool) (keys, at []uint32, err error) {
	out.begin(partGrams)
	next := make([]int, len(inputs))
	var list []byte
	for n := 0; ; n++ {
		if n%4096 == 0 && stopped() {
			return nil, nil, api.ErrClosed
		}
		key, some := uint32(0), false
		for i := range inputs {
			if part := inputs[i].side.cut[partGramKeys]; next[i] < len(part)/4 {
				if k := uint32(number(part, next[i])); !some || k < key {
					key, some = k, true
				}
			}
		}
		if !some {
			break
		}
		list = list[:0]
		last := uint32(0)
		for i := range inputs {
			in := &inputs[i]
			part := in.side.cut[partGramKeys]
			if next[i] == len(part)/4 || uint32(number(part, next[i])) != key {
				continue
			}
			list, last = in.appendList(list, last, in.side.list(next[i]))
			next[i]++
		}
		if len(list) == 0 {
			continue
		}
		keys, at = append(keys, key), append(at, uint32(out.size(partGrams)))
		out.write(list)
	}
	at = append(at, uint32(out.size(partGrams)))
	out.end(partGrams)
	return keys, at, out.err
}
