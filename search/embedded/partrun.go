package embedded

import (
	"context"
	"math/bits"
	"slices"
	"strings"

	"gongwen"
	"gongwen/search"
	"gongwen/search/embedded/segment"
)

// partRun is a segment in an evaluation, with what is worked out once for it.
type partRun struct {
	*part
	*scratch
	plan    *search.Plan
	hits    []*hits                     // of the probes of the plan: its terms and aliases
	grams   []*gramHits                 // of its grams; nil where nothing is ranked
	titled  bitset                      // documents whose title or number holds any of them
	filters map[search.Condition]bitset // documents that a filter accepts
	places  []places                    // of its terms, once it is ranked
	prefers []bitset                    // by preference of the plan: documents that it lifts
}

// liveSections returns the sections of live documents.
func (p *partRun) liveSections() bitset { return p.sections }

// sectionsOf returns the sections of documents.
func (p *partRun) sectionsOf(docs bitset) bitset {
	sections := p.set(p.side.Sections())
	docs.each(func(doc int) {
		from, to := p.side.DocSections(doc)
		for section := from; section < to; section++ {
			sections.set(section)
		}
	})
	return sections
}

// docsOf returns the documents of sections.
func (p *partRun) docsOf(sections bitset) bitset {
	docs := p.set(p.side.Docs())
	sections.each(func(section int) { docs.set(p.side.SectionDoc(section)) })
	return docs
}

// accepted returns the live documents that a filter accepts.
func (p *partRun) accepted(f search.Filter) bitset {
	if set, ok := p.filters[f.Condition]; ok {
		return set
	}
	set := p.set(p.side.Docs())
	switch f.Field {
	case search.FieldTopic, search.FieldRole:
		if docs := p.classes[f.Field][codeOf(f.Field, f.Value)]; docs != nil {
			set = docs
		}
	case search.FieldTitle:
		set = p.holdTitle(f.Terms())
	case search.FieldHeading:
		set = p.docsOf(p.headings(f, false))
	case search.FieldCites:
		p.citing.accepted(p.side, f, p.live, set)
	default:
		p.acceptedByColumn(f, set)
	}
	p.filters[f.Condition] = set
	return set
}

// columnOf says in which column a field of documents is kept, and how a document with one value of it looks.
func columnOf(field search.Field) (column int, with func(value string) gongwen.Document) {
	switch field {
	case search.FieldID:
		return segment.ColumnID, func(v string) gongwen.Document { return gongwen.Document{ID: v} }
	case search.FieldYear:
		return segment.ColumnYear, func(v string) gongwen.Document { return gongwen.Document{Year: gongwen.Date(v).Year()} }
	case search.FieldPublished:
		return segment.ColumnPublished, func(v string) gongwen.Document { return gongwen.Document{Published: gongwen.Date(v)} }
	case search.FieldEffective:
		return segment.ColumnEffective, func(v string) gongwen.Document { return gongwen.Document{Effective: gongwen.Date(v)} }
	case search.FieldExpires:
		return segment.ColumnExpires, func(v string) gongwen.Document { return gongwen.Document{Expires: gongwen.Date(v)} }
	case search.FieldDepartment:
		return segment.ColumnDepartment, func(v string) gongwen.Document { return gongwen.Document{Issuer: v} }
	case search.FieldKind:
		return segment.ColumnKind, func(v string) gongwen.Document { return gongwen.Document{Kind: v} }
	case search.FieldStatus:
		return segment.ColumnStatus, func(v string) gongwen.Document { return gongwen.Document{Status: v} }
	case search.FieldRegion:
		return segment.ColumnRegion, func(v string) gongwen.Document { return gongwen.Document{Region: v} }
	}
	return segment.ColumnNumber, func(v string) gongwen.Document { return gongwen.Document{Number: v} }
}

// acceptedByColumn asks the filter about each distinct value once.
func (p *partRun) acceptedByColumn(f search.Filter, set bitset) {
	column, with := columnOf(f.Field)
	p.addWith(column, set, func(value string) bool {
		d := with(value)
		return f.Accepts(&d)
	})
	if f.Field == search.FieldDepartment && !f.Exact { // part of the name of the source will do too
		p.addWith(segment.ColumnSource, set, func(value string) bool {
			return value != "" && f.Accepts(&gongwen.Document{Source: value})
		})
	}
}

func (p *partRun) addWith(column int, set bitset, accepts func(value string) bool) {
	c := p.side.Column(column)
	good := make([]bool, len(c.Values))
	for i, value := range c.Values {
		good[i] = accepts(value)
	}
	p.live.each(func(doc int) {
		if good[c.Place(doc)] {
			set.set(doc)
		}
	})
}

// holdTitle returns the live documents whose title holds every term.
func (p *partRun) holdTitle(terms []search.Term) bitset {
	set := p.set(p.side.Docs())
	for i := range terms {
		holding := p.set(p.side.Docs())
		for _, f := range find(context.Background(), p.side, &terms[i]) {
			if kind, doc := p.side.Owner(int(f.Passage)); kind == segment.KindTitle && p.live.has(doc) {
				holding.set(doc)
			}
		}
		if i == 0 {
			set = holding
		} else {
			set = p.and(set, holding)
		}
	}
	return set
}

// headings returns the live sections whose own name holds every term of the filter, or with above also those below one.
func (p *partRun) headings(f search.Filter, above bool) bitset {
	set := p.set(p.side.Sections())
	terms := f.Terms()
	if len(terms) == 0 {
		return set
	}
	for _, candidate := range find(context.Background(), p.side, &terms[0]) {
		kind, section := p.side.Owner(int(candidate.Passage))
		if kind != segment.KindHeads || !p.live.has(p.side.SectionDoc(section)) {
			continue
		}
		lines := strings.Split(p.side.Text(int(candidate.Passage)), "\n")
		if !above {
			lines = lines[len(lines)-1:]
		}
		if slices.ContainsFunc(lines, func(line string) bool {
			return !slices.ContainsFunc(terms, func(t search.Term) bool { return !t.Holds(line) })
		}) {
			set.set(section)
		}
	}
	return set
}

// hasClass returns whether a section has the topic or role that a filter asks for.
func (p *partRun) hasClass(f search.Filter) func(section int) bool {
	code := codeOf(f.Field, f.Value)
	if f.Field == search.FieldTopic {
		return func(section int) bool { return p.side.Topic(section) == code }
	}
	return func(section int) bool { return p.side.Role(section) == code }
}

// codeOf is the number under which a segment keeps a topic or role.
func codeOf(field search.Field, value string) int {
	if field == search.FieldTopic {
		return slices.Index(gongwen.Topics(), gongwen.Topic(value)) + 1
	}
	return slices.Index(gongwen.Roles(), gongwen.Role(value)) + 1
}

// allowed returns the live sections that pass filters on a topic or role; nil stands for all where there are no filters.
func (p *partRun) allowed(filters []search.Filter) bitset {
	if len(filters) == 0 {
		return nil
	}
	set := p.set(p.side.Sections())
	for _, f := range filters {
		accepts := p.hasClass(f)
		p.liveSections().each(func(section int) {
			if accepts(section) {
				set.set(section)
			}
		})
	}
	return set
}

// split returns by class of a field the documents that have one of the sections; nil for none. It looks at every section
// that holds a word, so it is a plain loop, which sets a document once for sections that follow each other.
func (p *partRun) split(sections bitset, field search.Field) []bitset {
	docs := make([]bitset, len(search.ClassValues(field)))
	codes := p.side.Topics()
	if field == search.FieldRole {
		codes = p.side.Roles()
	}
	var classes uint64 // of the sections of a document: there are fewer than 64
	doc, end := -1, 0
	flush := func() {
		for ; classes != 0; classes &= classes - 1 {
			class := bits.TrailingZeros64(classes)
			if docs[class] == nil {
				docs[class] = p.set(p.side.Docs())
			}
			docs[class].set(doc)
		}
	}
	for at, word := range sections {
		for ; word != 0; word &= word - 1 {
			section := at<<6 + bits.TrailingZeros64(word)
			if section >= end {
				flush()
				doc = p.side.SectionDoc(section)
				_, end = p.side.DocSections(doc)
			}
			classes |= 1 << codes[2*section]
		}
	}
	flush()
	return docs
}

// together adds the documents of sections to a set, as far as they are listed, and counts these sections.
func (p *partRun) together(sections, listed, docs bitset) (count int) {
	for _, h := range p.hits {
		if sections.same(h.sections) && p.without(h.within, listed).empty() { // one word: its documents are known
			docs.join(h.within)
			return sections.count()
		}
	}
	for at, word := range sections {
		for ; word != 0; word &= word - 1 {
			if doc := p.side.SectionDoc(at<<6 + bits.TrailingZeros64(word)); listed.has(doc) {
				docs.set(doc)
				count++
			}
		}
	}
	return count
}
