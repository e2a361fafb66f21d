package server

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"gongwen"
)

// addressView is a further address of a document.
type addressView struct{ Name, Link, About string }

// versionView is a version of a document, and where the two are compared.
type versionView struct{ Name, Link, About, Compare string }

func newAddressViews(d *gongwen.Document) []addressView {
	views := make([]addressView, 0, len(d.Addresses))
	for _, a := range d.Addresses {
		view := addressView{Name: a.File}
		if followable(a.URL) {
			view.Name, view.Link = a.URL, a.URL
		}
		if view.Name == "" {
			view.Name = a.ID
		}
		file := said(view.Link != "", a.File)
		view.About = joinKnown(a.Source, chineseDate(a.Published), file)
		views = append(views, view)
	}
	return views
}

func newVersionViews(d *gongwen.Document) []versionView {
	views := make([]versionView, 0, len(d.Versions))
	for _, v := range d.Versions {
		views = append(views, versionView{
			Name:    documentTitle(&gongwen.Document{ID: v.ID, Title: v.Title}),
			Link:    documentPath(v.ID),
			About:   joinKnown(v.Number, chineseDate(v.Dated), v.Status, fmt.Sprintf("约 %.0f%% 相同", 100*v.Likeness)),
			Compare: compareLink(d, &v),
		})
	}
	return views
}

// joinKnown joins what is known of several things.
func joinKnown(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), " · ")
}

// comparePath is the page on which two documents are compared.
const comparePath = "/compare"

// compareLink leads to the comparison of a document with a version of it: the earlier one is the old one.
func compareLink(d *gongwen.Document, v *gongwen.Version) string {
	before, after := d.ID, v.ID
	if v.Dated != "" && v.Dated < d.Dated() {
		before, after = after, before
	}
	return address(comparePath, url.Values{"old": {before}, "new": {after}})
}
