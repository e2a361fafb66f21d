package segment

// Owners tells what passages belong to, as Side.Owner does, and to which document. It is fast where they are asked for in
// ascending order: those of a document stand together.
type Owners struct {
	Doc        int // of the last passage that was asked for
	side       *Side
	first, end int // passages of Doc
}

// Owners returns one of its own for every caller.
func (s *Side) Owners() Owners { return Owners{Doc: -1, side: s} }

// Of returns the kind of a passage, and what it belongs to: a document for titles and metadata, else a section.
func (o *Owners) Of(passage int) (kind, owner int) {
	if passage < o.first || passage >= o.end {
		o.seek(passage)
	}
	switch at := passage - o.first; {
	case at < 2: // title and metadata come first, then text and heads of each section
		return at, o.Doc
	default:
		return KindText + at&1, passage/2 - o.Doc - 1
	}
}

// nearby is how many passages further on the next documents are gone through one by one.
const nearby = 16

func (o *Owners) seek(passage int) {
	for passage >= o.end && passage < o.end+nearby {
		o.Doc++
		o.first = o.end
		if o.end = 2 * (o.Doc + 1 + number(o.side.cut[partDocSection], o.Doc+1)); passage < o.end {
			return
		}
	}
	kind, owner := o.side.Owner(passage)
	if o.Doc = owner; kind == KindText || kind == KindHeads {
		o.Doc = o.side.SectionDoc(owner)
	}
	from, to := o.side.DocSections(o.Doc)
	o.first = 2 * (o.Doc + from)
	o.end = 2 * (o.Doc + 1 + to)
}
