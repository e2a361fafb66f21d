package cluster

import (
	"slices"

	"gongwen/search"
)

// beside finds documents that hold a term beside their text, as search.Prepared.MetaHolds does.
func beside(t *search.Term) query {
	if t.Quoted {
		return holds(fieldTitle, t)
	}
	return holds(fieldMeta, t)
}

// anywhere finds documents that hold a term.
func anywhere(t *search.Term) query { return or(beside(t), nested(holds(fieldText, t))) }

// inSection finds sections whose text or heading path holds a term.
func inSection(t *search.Term) query { return or(holds(fieldText, t), holds(fieldHeads, t)) }

// docSets are sets of documents. Where some sections count, a term must stand in these or beside the text.
type docSets struct {
	probes []*search.Term
	some   bool  // only some sections count
	which  query // of them
}

func (s docSets) Term(term int) query {
	t := s.probes[term]
	if !s.some {
		return anywhere(t)
	}
	return or(beside(t), nested(and(s.which, inSection(t))))
}

func (s docSets) Anywhere(term int) query     { return anywhere(s.probes[term]) }
func (s docSets) Where(f search.Filter) query { return accepts(f) }
func (s docSets) All() query                  { return everything }
func (s docSets) And(a, b query) query        { return and(a, b) }
func (s docSets) Or(a, b query) query         { return or(a, b) }
func (s docSets) Enough(sets []query, weights []float64, least float64) query {
	return enough(sets, weights, func(held float64) bool { return held > 0 && held >= least })
}
func (s docSets) Not(a query) query { return not(a) }

// pieces are a set of sections, by documents: of each document that one of the pieces finds, the sections that its other query
// finds. No document is found by two pieces. The cluster cannot ask a section about its document, so this is how both are asked.
type pieces []piece

type piece struct{ doc, section query }

// maxPieces bounds what a query with many NOT inside OR becomes.
const maxPieces = 16

func ofSections(q query) pieces { return pieces{{everything, q}} }
func ofDocuments(q query) pieces {
	if q.none() {
		return nil
	}
	return pieces{{q, everything}}
}

func (p pieces) and(other pieces) pieces {
	var both pieces
	for _, a := range p {
		for _, b := range other {
			if excludes(a.doc, b.doc) {
				continue
			}
			if doc, section := and(a.doc, b.doc), and(a.section, b.section); !doc.none() && !section.none() {
				both = append(both, piece{doc, section})
			}
		}
	}
	return both
}

// excludes reports whether one of two queries is plainly the opposite of the other.
func excludes(a, b query) bool { return a.equals(not(b)) || b.equals(not(a)) }

func (p pieces) not() pieces {
	var rest pieces
	var docs []query
	for _, a := range p {
		docs = append(docs, a.doc)
		if section := not(a.section); !section.none() {
			rest = append(rest, piece{a.doc, section})
		}
	}
	if others := not(or(docs...)); !others.none() {
		rest = append(rest, piece{others, everything})
	}
	return rest
}

func (p pieces) or(other pieces) pieces {
	switch {
	case len(p) == 0:
		return other
	case len(other) == 0:
		return p
	case slices.EqualFunc(p, other, func(a, b piece) bool { return a.doc.equals(b.doc) }):
		both := make(pieces, len(p))
		for i := range p {
			both[i] = piece{p[i].doc, or(p[i].section, other[i].section)}
		}
		return both
	case len(p) == 1 && p[0].section.every:
		return p[0].over(other)
	case len(other) == 1 && other[0].section.every:
		return other[0].over(p)
	}
	return p.not().and(other.not()).not()
}

// over adds a piece of whole documents to others.
func (a piece) over(others pieces) pieces {
	if len(others) == 1 && others[0].section.every {
		return ofDocuments(or(a.doc, others[0].doc))
	}
	return append(ofDocuments(not(a.doc)).and(others), a)
}

// docs finds the documents that have such a section.
func (p pieces) docs() query {
	var some []query
	for _, a := range p {
		some = append(some, and(a.doc, nested(a.section)))
	}
	return or(some...)
}

// sectionSets are sets of sections.
type sectionSets struct {
	probes []*search.Term
	burst  *bool // set where there are too many pieces
}

func (s sectionSets) Term(term int) pieces         { return ofSections(inSection(s.probes[term])) }
func (s sectionSets) Anywhere(term int) pieces     { return ofDocuments(anywhere(s.probes[term])) }
func (s sectionSets) Where(f search.Filter) pieces { return ofDocuments(accepts(f)) }
func (s sectionSets) All() pieces                  { return ofSections(everything) }
func (s sectionSets) And(a, b pieces) pieces       { return s.bound(a.and(b)) }
func (s sectionSets) Or(a, b pieces) pieces        { return s.bound(a.or(b)) }

// Enough is asked of sets of Term, or of sets of Anywhere.
func (s sectionSets) Enough(sets []pieces, weights []float64, least float64) pieces {
	suffices := func(held float64) bool { return held > 0 && held >= least }
	parts := make([]query, len(sets))
	ofSection := true
	for i, p := range sets {
		for _, a := range p {
			ofSection = a.doc.every
			parts[i] = a.section
			if !ofSection {
				parts[i] = a.doc
			}
		}
	}
	if ofSection {
		return ofSections(enough(parts, weights, suffices))
	}
	return ofDocuments(enough(parts, weights, suffices))
}

func (s sectionSets) Not(a pieces) pieces { return s.bound(a.not()) }

func (s sectionSets) bound(p pieces) pieces {
	if len(p) > maxPieces {
		*s.burst = true
		return nil
	}
	return p
}
