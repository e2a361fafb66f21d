package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gongwen/analyzers"
	"gongwen/followup"
	"gongwen/register"
	"gongwen/search"
	"gongwen/sheet"
)

// registerFlags are the flags that the lists of the register share.
type registerFlags struct {
	data     *string
	json     *bool
	csv      *bool
	document *string
	bodies   *string
	size     *int
	page     *int
	all      *bool
	cursor   *string
	colour   *string
	filters  map[search.Field]*[]string
}

// addRegisterFlags adds them; fields are those of a search by which the list is narrowed, and own adds the list's own flags.
func (a *app) addRegisterFlags(set *pflag.FlagSet, fields []search.Field, textSize int, own func()) registerFlags {
	flags := registerFlags{filters: map[search.Field]*[]string{}}
	set.SortFlags = false
	flags.data = a.dataFlag(set)
	flags.json = set.Bool("json", false, a.say(flagJSON))
	flags.csv = set.Bool("csv", false, a.say(flagCSVRows))
	own()
	for _, field := range fields {
		flags.filters[field] = set.StringArray(string(field), nil, a.say(filterUsage(field)))
	}
	flags.document = set.String("document", "", a.say(flagDocument))
	flags.bodies = a.bodiesFlag(set)
	flags.size = set.IntP("size", "n", 0, a.say(flagSize, textSize, search.DefaultSize, register.MaxSize))
	flags.page = set.Int("page", 1, a.say(flagPage))
	flags.all = set.Bool("all", false, a.say(flagAll))
	flags.cursor = set.String("cursor", "", a.say(flagCursor))
	flags.colour = set.String("color", colourAuto, a.say(flagColour))
	return flags
}

func (a *app) bodiesFlag(set *pflag.FlagSet) *string {
	return set.String("bodies", "", a.say(flagBodies))
}

// check finds flags that contradict each other.
func (f registerFlags) check(a *app, cmd *cobra.Command) error {
	switch {
	case *f.json && *f.csv:
		return usageFault(a.say(notBoth, "--json", "--csv"))
	case *f.cursor != "" && *f.page != 1:
		return usageFault(a.say(notBoth, "--cursor", "--page"))
	case *f.all && (*f.cursor != "" || *f.page != 1):
		return usageFault(a.say(allAlone))
	case *f.page < 1:
		return usageFault(a.say(flagBadValue, "--page", strconv.Itoa(*f.page)))
	case cmd.Flags().Changed("size") && (*f.size < 1 || *f.size > register.MaxSize):
		return usageFault(a.say(sizeRange, register.MaxSize))
	}
	return nil
}

// request is the question that the flags and the query ask, but for what one list alone knows.
func (f registerFlags) request(query string, textSize int) (register.Request, []search.Notice, error) {
	request := register.Request{Document: *f.document, Size: textSize, Cursor: *f.cursor}
	switch {
	case *f.size != 0:
		request.Size = *f.size
	case *f.json || *f.csv:
		request.Size = search.DefaultSize
	}
	parsed, notices, err := search.Parse(query)
	if err != nil {
		return request, nil, err
	}
	request.Query = parsed
	for _, field := range search.FacetFields() {
		if f.filters[field] == nil {
			continue
		}
		for _, value := range *f.filters[field] {
			condition, err := search.ParseCondition(field, value)
			if err != nil {
				return request, nil, err
			}
			request.Filters = append(request.Filters, condition)
		}
	}
	return request, notices, nil
}

// newRegister returns the register of a collection, with the bodies of a file of the user's own on top of the known ones;
// "" for no file.
func (a *app) newRegister(source register.Source, words *analyzers.Words, file string) (*register.Register, error) {
	if file == "" {
		bodies, err := followup.NewBodies()
		if err != nil {
			return nil, fmt.Errorf("read bodies: %w", err)
		}
		return register.New(source, words, bodies), nil
	}
	list, err := os.Open(file) //nolint:gosec // the user names the file
	if err != nil {
		return nil, &exitError{code: exitFailed, message: a.say(cannotReadBodies, file), err: err}
	}
	defer func() { _ = list.Close() }() // only read from
	bodies, err := followup.NewBodies(list)
	if err != nil {
		return nil, &exitError{code: exitUsage, message: a.say(cannotReadBodies, file), err: err}
	}
	return register.New(source, words, bodies), nil
}

// collection is an open data folder with its register.
type collection struct {
	searcher interface {
		search.Searcher
		Close() error
	}
	register *register.Register
	empty    error // that says so, for people, where there is nothing in it
}

func (a *app) openRegister(ctx context.Context, flags registerFlags) (*collection, error) {
	engine, err := a.openFilled(ctx, *flags.data)
	if err != nil {
		return nil, err
	}
	words, err := a.loadWords()
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	r, err := a.newRegister(engine, words, *flags.bodies)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return &collection{engine, r, a.remarkEmpty(ctx, engine, *flags.data)}, nil
}

// list is one of the lists of the register.
type list[T any] struct {
	page func(ctx context.Context, request register.Request) (*register.Page[T], error)
	all  func(ctx context.Context, request register.Request) (iter.Seq[T], int, error)
}

// fetch returns the page with a number, from 1, or the whole list as one page.
func (l list[T]) fetch(ctx context.Context, request register.Request, number int, all bool) (*register.Page[T], error) {
	if all {
		request.Size = -1
		page, err := l.page(ctx, request)
		if err != nil {
			return nil, err
		}
		items, total, err := l.all(ctx, request)
		if err != nil {
			return nil, err
		}
		page.Items, page.Total = slices.AppendSeq(page.Items, items), total
		return page, nil
	}
	for ; number > 1; number-- {
		page, err := l.page(ctx, request)
		if err != nil {
			return nil, err
		}
		if page.Next == "" { // the page is past the end
			page.Items, page.Offset = page.Items[:0], page.Total
			return page, nil
		}
		request.Cursor = page.Next
	}
	return l.page(ctx, request)
}

// listHead tells how long a list is and which part of it follows, and the remarks on the query.
func (a *app) listHead(s *screen, notices []search.Notice, total, offset, shown int, one, many text) {
	for _, notice := range notices {
		s.put(0, piece{text: a.say(noticeLine, notice.Message)})
	}
	if total == 0 {
		s.say(a.say(foundNothing))
		return
	}
	line := a.count(total, one, many)
	switch {
	case shown == 0:
		line += a.say(pagePast)
	case shown < total:
		line += a.say(pageOf, offset+1, offset+shown)
	}
	s.put(0, piece{line, strong})
}

// listFoot tells how to go on.
func (a *app) listFoot(s *screen, shown int, more bool, page int) {
	if shown == 0 {
		return
	}
	s.blank()
	hint := a.say(openHint)
	if more {
		hint = a.say(nextPage, page+1) + a.say(semicolon) + hint
	}
	s.put(0, piece{hint, faint})
}

// writeRows writes a table as CSV.
func (a *app) writeRows(head []string, rows iter.Seq[[]any]) error {
	w, err := sheet.NewCSV(a.stdout, false, head)
	if err != nil {
		return err
	}
	for row := range rows {
		if err := w.Row(row); err != nil {
			return errors.Join(err, w.Close())
		}
	}
	return w.Close()
}

// nonEmpty leaves out what is unknown.
func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return strings.TrimSpace(text) == "" })
}
