package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"github.com/labstack/echo/v4"

	"gongwen/search"
)

//go:embed templates
var templateFiles embed.FS

// siteName is what every page is signed with.
const siteName = "gongwen 公文检索"

// frame is what every page has around its own part.
type frame struct {
	Title  string // of the window
	Style  string
	Script string // "" for none
	Notice string
	Box    box
	API    string // the same as JSON, where there is such a thing

	Register bool   // whether there is a register to lead to
	Section  string // path of the part of the site that the page belongs to
}

// box is the search box.
type box struct {
	Query  string
	Action string  // where it leads
	Button string  // what it searches
	Hidden []field // what a new query keeps
	Fault  string  // what is wrong with the query
	Inside bool    // it stands in the page's own part, not in its head
}

// field is a parameter that a form carries along.
type field struct{ Name, Value string }

// frame makes the outside of a page. title is followed by the site's name.
func (s *Server) frame(title string) frame {
	if title == "" {
		title = siteName
	} else {
		title += " - " + siteName
	}
	return frame{
		Title: title, Style: s.style.path, Script: s.script.path, Notice: s.options.Notice, Register: s.options.Register != nil,
		Box: box{Action: searchPath, Button: searchButton},
	}
}

// pages are the templates, each for one type of view.
type pages struct {
	home     page[homeView]
	search   page[searchView]
	facets   page[facetsView]
	document page[documentView]
	compare  page[compareView]
	help     page[helpView]
	fault    page[errorView]

	commitments page[commitmentsView]
	commitment  page[commitmentView]
	figures     page[figuresView]
}

// The search box searches documents, unless a page says otherwise.
const (
	searchPath   = "/search"
	searchButton = "检索"
)

// page is the template of a view V.
type page[V any] struct{ template *template.Template }

// loadPages reads all templates and tries each on an empty view, so that a broken one stops the start.
func loadPages() (*pages, error) {
	var p pages
	for _, load := range []func() error{
		func() (err error) { p.home, err = loadPage[homeView]("home"); return },
		func() (err error) { p.search, err = loadPage[searchView]("search"); return },
		func() (err error) { p.facets, err = loadPage[facetsView]("facets"); return },
		func() (err error) { p.document, err = loadPage[documentView]("document"); return },
		func() (err error) { p.compare, err = loadPage[compareView]("compare"); return },
		func() (err error) { p.help, err = loadPage[helpView]("help"); return },
		func() (err error) { p.fault, err = loadPage[errorView]("error"); return },
		func() (err error) { p.commitments, err = loadPage[commitmentsView]("commitments"); return },
		func() (err error) { p.commitment, err = loadPage[commitmentView]("commitment"); return },
		func() (err error) { p.figures, err = loadPage[figuresView]("figures", "chart"); return },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return &p, nil
}

// loadPage reads the template of a page, with the frame, the parts of lists, and further ones.
func loadPage[V any](name string, with ...string) (page[V], error) {
	var files []string
	for _, file := range append([]string{"frame", "list", name}, with...) {
		files = append(files, "templates/"+file+".html")
	}
	set, err := template.New(name).ParseFS(templateFiles, files...)
	if err != nil {
		return page[V]{}, fmt.Errorf("parse template %s: %w", name, err)
	}
	p := page[V]{set}
	var empty V
	if err := p.write(io.Discard, empty); err != nil {
		return page[V]{}, err
	}
	return p, nil
}

func (p page[V]) write(w io.Writer, view V) error {
	if err := p.template.ExecuteTemplate(w, "frame", view); err != nil {
		return fmt.Errorf("execute template %s: %w", p.template.Name(), err)
	}
	return nil
}

// send writes a whole page or none: a template that fails halfway becomes an error page, not half a page.
func (p page[V]) send(c echo.Context, status int, view V) error {
	var b bytes.Buffer
	if err := p.write(&b, view); err != nil {
		return err
	}
	return c.HTMLBlob(status, b.Bytes())
}

// newBox fills the search box of a page about the search p. A new query keeps its order and page size; filters have
// inputs of their own on the results page, and elsewhere a new query starts without them.
func newBox(p params) box {
	b := box{Query: p.Query, Action: searchPath, Button: searchButton}
	if p.plain() {
		b.Hidden = append(b.Hidden, field{"synonyms", p.Synonyms})
	}
	if p.Sort != "" {
		b.Hidden = append(b.Hidden, field{"sort", string(p.Sort)})
	}
	if p.Size != search.DefaultSize && p.Size > 0 {
		b.Hidden = append(b.Hidden, field{"size", strconv.Itoa(p.Size)})
	}
	return b
}
