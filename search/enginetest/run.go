package enginetest

import (
	"slices"
	"testing"

	"gongwen"
	"gongwen/search"
)

// Lacking is a law that an engine does not hold yet. It must refuse what it cannot answer, or leave it out, and the other laws
// do not ask for it.
type Lacking struct{ Law, Reason string }

// Run puts an engine through the suite, but for the laws that it lacks; open returns an empty one that is closed by the test's
// Cleanup.
func Run(t *testing.T, open func(t *testing.T) search.Engine, lacking ...Lacking) {
	t.Helper()
	run(t, open, 1, lacking)
}

// RunSparingly is Run with an eighth of the rounds, for an engine to which every question is a conversation.
func RunSparingly(t *testing.T, open func(t *testing.T) search.Engine, lacking ...Lacking) {
	t.Helper()
	run(t, open, 8, lacking)
}

// laws are the laws by name.
func laws() map[string]func(*testing.T, search.Engine, generator, []gongwen.Document) {
	return map[string]func(*testing.T, search.Engine, generator, []gongwen.Document){
		"recall": recall, "algebra": algebra, "facets": facets, "walk": walk, "sections": sections, "order": order,
		"relaxed": relaxed, "numbers": numbers, "changes": changes, "snapshot": snapshot, "together": together,
		"concurrent": concurrent, "zero": zero, "folding": folding, "copies": copies, "pages": pages, lawOneDocument: oneDocument,
		"versions": versions, "faults": faults, "parts": parts, "rejection": rejection, "facts": facts,
		"naming": naming, "besides": besides, "aliases": aliases, "names": otherNames, "explained": explained,
		lawConnectors: connectors, "nearer": nearer, "wildcards": wildcards, "wider": wider, "boosts": boosts, "likes": likes,
		"citations": citations,
	}
}

// Laws without which queries and changes are generated otherwise.
const (
	lawOneDocument = "one document"
	lawConnectors  = "connectors"
)

func run(t *testing.T, open func(t *testing.T) search.Engine, sparing int, lacking []Lacking) {
	t.Helper()
	for _, l := range lacking {
		if laws()[l.Law] == nil {
			t.Errorf("%s is no law", l.Law)
		}
	}
	for name, law := range laws() {
		t.Run(name, func(t *testing.T) {
			if i := slices.IndexFunc(lacking, func(l Lacking) bool { return l.Law == name }); i >= 0 {
				t.Skip("not yet:", lacking[i].Reason)
			}
			g := newGenerator(7, lacking...)
			g.sparing = sparing
			docs := g.documents(120)
			e := open(t)
			put(t, e, docs...)
			law(t, e, g, docs)
		})
	}
}
