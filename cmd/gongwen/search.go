package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"gongwen/api"
	"gongwen/search"
)

// searchFlags are the flags of "gongwen search".
type searchFlags struct {
	data    *string
	json    *bool
	csv     *bool
	size    *int
	page    *int
	all     *bool
	cursor  *string
	sort    *string
	unit    *string
	match   *string
	names   *bool
	explain *bool
	colour  *string
	filters map[search.Field]*[]string
}

// textSize is the number of hits that fit a person's eye; programs get the API's default.
const textSize = 10

func (a *app) searchCommand() *cobra.Command {
	flags := searchFlags{filters: map[search.Field]*[]string{}}
	cmd := a.command(a.say(searchUse), searchShort, searchLong, searchExample, func(cmd *cobra.Command, args []string) error {
		return a.search(cmd, flags, strings.TrimSpace(strings.Join(args, " ")))
	})
	set := cmd.Flags()
	set.SortFlags = false
	flags.data = a.dataFlag(set)
	flags.json = set.Bool("json", false, a.say(flagJSON))
	flags.csv = set.Bool("csv", false, a.say(flagCSV))
	for _, field := range search.FacetFields() {
		flags.filters[field] = set.StringArray(string(field), nil, a.say(filterUsage(field)))
	}
	flags.sort = set.String("sort", "", a.say(flagSort))
	flags.unit = set.String("unit", string(search.UnitDocument), a.say(flagUnit))
	flags.match = set.String("match", string(search.MatchMost), a.say(flagMatch))
	flags.names = set.Bool("synonyms", true, a.say(flagSynonyms))
	a.aliasesFlag(set)
	flags.explain = set.Bool("explain", false, a.say(flagExplain))
	flags.size = set.IntP("size", "n", 0, a.say(flagSize, textSize, search.DefaultSize, search.MaxSize))
	flags.page = set.Int("page", 1, a.say(flagPage))
	flags.all = set.Bool("all", false, a.say(flagAll))
	flags.cursor = set.String("cursor", "", a.say(flagCursor))
	flags.colour = set.String("color", colourAuto, a.say(flagColour))
	return cmd
}

func (a *app) search(cmd *cobra.Command, flags searchFlags, query string) error {
	switch {
	case *flags.json && *flags.csv:
		return usageFault(a.say(notBoth, "--json", "--csv"))
	case *flags.cursor != "" && *flags.page != 1:
		return usageFault(a.say(notBoth, "--cursor", "--page"))
	case *flags.all && (*flags.cursor != "" || *flags.page != 1):
		return usageFault(a.say(allAlone))
	case *flags.page < 1:
		return usageFault(a.say(flagBadValue, "--page", strconv.Itoa(*flags.page)))
	case cmd.Flags().Changed("size") && (*flags.size < 1 || *flags.size > search.MaxSize):
		return usageFault(a.say(sizeRange, search.MaxSize))
	}
	out, err := a.newScreen(*flags.colour)
	if err != nil {
		return err
	}
	request, notices, err := flags.request(query)
	if err != nil {
		return withQuery(err, query)
	}
	engine, err := a.openFilled(cmd.Context(), *flags.data)
	if err != nil {
		return err
	}
	defer func() { _ = engine.Close() }() // only read from
	empty := a.remarkEmpty(cmd.Context(), engine, *flags.data)
	if empty != nil && !*flags.json && !*flags.csv {
		return empty // programs get their answer all the same
	}
	walk := walk{searcher: engine, request: request}
	result, err := walk.page(cmd.Context(), *flags.page)
	if err == nil && *flags.all {
		err = walk.rest(cmd.Context(), result)
	}
	if err != nil {
		return withQuery(err, query)
	}
	result.Notices = append(notices, result.Notices...)
	var variants []search.Variant
	if !*flags.csv && *flags.page == 1 {
		if variants, err = variantsOf(cmd.Context(), engine, request, result); err != nil {
			return err
		}
	}
	switch {
	case *flags.json:
		answer := api.NewAnswer(result)
		answer.Variants = api.NewVariants(variants, func(search.Variant) string { return "" })
		err = a.printJSON(answer)
	case *flags.csv:
		err = writeCSV(a.stdout, result)
	default:
		a.answer(out, query, request, result, variants, *flags.page)
		err = out.flush()
	}
	if err != nil {
		return err
	}
	return empty
}

// hits is the number of hits on a page.
func (f searchFlags) hits() int {
	switch {
	case *f.all:
		return search.MaxSize
	case *f.size != 0:
		return *f.size
	case *f.json || *f.csv:
		return search.DefaultSize
	}
	return textSize
}

// request is the question that the flags and the query ask, with every default filled in.
func (f searchFlags) request(query string) (search.Request, []search.Notice, error) {
	request := search.Request{
		Match: search.Match(*f.match), Sort: search.Sort(*f.sort), Unit: search.Unit(*f.unit), Size: f.hits(), Cursor: *f.cursor,
		NoAliases: !*f.names, Explain: *f.explain,
	}
	if request.Sort == "" && query == "" {
		request.Sort = search.SortNewest // without a query every hit is as relevant as the next
	}
	parsed, notices, err := search.Parse(query)
	if err != nil {
		return request, nil, err
	}
	request.Query = parsed
	for _, field := range search.FacetFields() {
		for _, value := range *f.filters[field] {
			condition, err := search.ParseCondition(field, value)
			if err != nil {
				return request, nil, err
			}
			request.Filters = append(request.Filters, condition)
		}
	}
	if request, err = request.Normal(); err == nil && request.Cursor != "" {
		_, err = search.ParsePosition(request)
	}
	return request, notices, err
}

// remarkEmpty says where there is nothing to search in: the folder is most likely another than was meant.
func (a *app) remarkEmpty(ctx context.Context, engine search.Searcher, data string) error {
	status, err := engine.Status(ctx)
	if err != nil || status.Documents > 0 || status.Trouble != "" {
		return err
	}
	return &exitError{code: exitPart, message: a.noDocuments(data)}
}

// noDocuments says that a data folder is empty or is none, and how it is filled.
func (a *app) noDocuments(data string) string {
	if a.store.engine == engineOpenSearch {
		return a.say(clusterEmpty, a.store.index)
	}
	path := data
	if absolute, err := filepath.Abs(data); err == nil {
		path = absolute
	}
	option := ""
	if data != defaultData {
		option = " --data " + data
	}
	if _, err := os.Stat(data); err != nil {
		return a.say(dataMissing, path, option)
	}
	return a.say(dataEmpty, path, option)
}

// printJSON prints a value of the API.
func (a *app) printJSON(value any) error {
	encoder := json.NewEncoder(a.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return nil
}

// walk goes through the pages of one request, whose defaults are filled in.
type walk struct {
	searcher search.Searcher
	request  search.Request
}

// page returns the page with this number, from 1, or the one of the request's cursor.
func (w walk) page(ctx context.Context, number int) (*search.Result, error) {
	request := w.request
	if request.Cursor != "" {
		result, err := w.searcher.Search(ctx, request)
		if !errors.Is(err, search.ErrCursorExpired) {
			return result, err
		}
		// The state that the cursor names went with the process that showed it: the same place in today's.
		position, err := search.ParsePosition(request)
		if err != nil {
			return nil, err
		}
		return w.from(ctx, position.Offset)
	}
	return w.from(ctx, (number-1)*request.Size)
}

// from returns the page that starts at a place in the whole list.
func (w walk) from(ctx context.Context, offset int) (*search.Result, error) {
	request := w.request
	request.Cursor = ""
	if offset == 0 {
		return w.searcher.Search(ctx, request)
	}
	first := request
	first.Size = 1
	result, err := w.searcher.Search(ctx, first)
	if err != nil {
		return nil, err
	}
	if result.Next == "" { // there is no second hit: the page is empty
		result.Hits, result.Offset = nil, result.Total
		return result, nil
	}
	first.Cursor = result.Next
	position, err := search.ParsePosition(first)
	if err != nil {
		return nil, err
	}
	position.Offset = offset
	request.Cursor = position.String()
	return w.searcher.Search(ctx, request)
}

// rest adds the hits of all following pages to a result.
func (w walk) rest(ctx context.Context, result *search.Result) error {
	request := w.request
	for result.Next != "" {
		request.Cursor = result.Next
		next, err := w.searcher.Search(ctx, request)
		if err != nil {
			return err
		}
		result.Hits = append(result.Hits, next.Hits...)
		result.Next = next.Next
		result.Took += next.Took
	}
	return nil
}
