package indexer

import (
	"cmp"

	"gongwen"
	"gongwen/indexer/correction"
	"gongwen/indexer/header"
)

// over is what is given, with what is better in its place; but not the title, which also tells the body from what stands
// around it.
func (g given) over(other given) given {
	title := other.Title
	for _, pair := range []struct{ to, from *string }{
		{&other.Kind, &g.Kind}, {&other.Source, &g.Source}, {&other.Issuer, &g.Issuer}, {&other.Region, &g.Region},
		{&other.Number, &g.Number}, {&other.Status, &g.Status}, {&other.URL, &g.URL},
	} {
		*pair.to = cmp.Or(*pair.from, *pair.to)
	}
	other.Title, other.Year = title, cmp.Or(g.Year, other.Year)
	other.Published, other.Signed = cmp.Or(g.Published, other.Published), cmp.Or(g.Signed, other.Signed)
	return other
}

// correct puts what a person says into a document. What a better title says of kind, year and place fills what is unknown.
func (ix *Indexer) correct(d *gongwen.Document, better given, said corrected) {
	if better.Title != "" {
		d.Title = better.Title
		read := ix.titles.read(better.Title)
		if d.Kind == "" || d.Kind == header.KindOther {
			d.Kind = read.Kind
		}
		fill(&d.Year, read.Year)
		fill(&d.Issuer, read.Issuer)
		fill(&d.Region, read.Region)
	}
	for field, value := range said.values {
		if value != correction.Clear {
			continue
		}
		switch field {
		case "title":
			d.Title = ""
		case "kind":
			d.Kind = ""
		case "year":
			d.Year = 0
		case "published":
			d.Published = ""
		case "signed":
			d.Signed = ""
		case "source":
			d.Source = ""
		case "issuer":
			d.Issuer = ""
		case "region":
			d.Region = ""
		case "number":
			d.Number = ""
		case "status":
			d.Status = ""
		case "url":
			d.URL = ""
		}
	}
}
