package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"gongwen"
	"gongwen/api"
	"gongwen/register"
	"gongwen/search"
)

// figuresFlags are the flags of "gongwen figures".
type figuresFlags struct {
	registerFlags
	unit   *string
	series *bool
}

func (a *app) figuresCommand() *cobra.Command {
	var flags figuresFlags
	cmd := a.command(a.say(figuresUse), figuresShort, figuresLong, figuresExample, func(cmd *cobra.Command, args []string) error {
		return a.figures(cmd, flags, strings.TrimSpace(strings.Join(args, " ")))
	})
	set := cmd.Flags()
	fields := []search.Field{search.FieldYear, search.FieldDepartment, search.FieldRegion, search.FieldKind}
	flags.registerFlags = a.addRegisterFlags(set, fields, textSize, func() {
		flags.series = set.Bool("series", false, a.say(flagSeries))
		flags.unit = set.String("unit", "", a.say(flagFigureUnit))
	})
	return cmd
}

func (a *app) figures(cmd *cobra.Command, flags figuresFlags, query string) error {
	if err := flags.check(a, cmd); err != nil {
		return err
	}
	if *flags.series && *flags.cursor != "" {
		return usageFault(a.say(notBoth, "--series", "--cursor"))
	}
	out, err := a.newScreen(*flags.colour)
	if err != nil {
		return err
	}
	request, notices, err := flags.request(query, textSize)
	if err != nil {
		return withQuery(err, query)
	}
	request.Unit = *flags.unit
	c, err := a.openRegister(cmd.Context(), flags.registerFlags)
	if err != nil {
		return err
	}
	defer func() { _ = c.searcher.Close() }() // only read from
	if c.empty != nil && !*flags.json && !*flags.csv {
		return c.empty // programs get their answer all the same
	}
	if *flags.series {
		err = a.series(cmd.Context(), out, c, flags, request, notices)
	} else {
		err = a.figureList(cmd.Context(), out, c, flags, request, notices)
	}
	if err != nil {
		return withQuery(err, query)
	}
	return c.empty
}

func (a *app) figureList(
	ctx context.Context, out *screen, c *collection, flags figuresFlags, request register.Request, notices []search.Notice,
) error {
	of := list[register.Figure]{c.register.Figures, c.register.AllFigures}
	page, err := of.fetch(ctx, request, *flags.page, *flags.all)
	if err != nil {
		return err
	}
	switch {
	case *flags.json:
		return a.printJSON(api.NewFigures(page, notices))
	case *flags.csv:
		return a.writeRows(api.FigureColumns(), func(yield func([]any) bool) {
			for i := range page.Items {
				if view := api.NewFigure(&page.Items[i]); !yield(view.Cells()) {
					return
				}
			}
		})
	}
	a.listHead(out, notices, page.Total, page.Offset, len(page.Items), oneFigure, manyFigures)
	for i := range page.Items {
		f := &page.Items[i]
		out.blank()
		out.hang(0, indent, piece{fmt.Sprintf("%2d. ", page.Offset+i+1), plain}, piece{a.counted(&f.Figure), plain},
			piece{a.figureValue(f.Value, f.Unit, f.Qualifier), strong})
		out.put(indent, piece{text: strings.Join(a.aboutFigure(f), " · ")})
		out.put(indent, piece{strings.Join(nonEmpty(oneLine(f.Document.Title), "ID "+f.Document.ID), " · "), faint})
	}
	if page.Total > 0 {
		a.registerFacets(out, page.Facets, []string{"year", "unit", "department", "region", "kind"})
	}
	a.listFoot(out, len(page.Items), page.Next != "" && *flags.cursor == "", *flags.page)
	return out.flush()
}

// counted is what a figure counts, with a blank behind it.
func (a *app) counted(f *gongwen.Figure) string {
	counted := oneLine(f.Noun)
	if f.Row != "" || f.Column != "" {
		counted = strings.Join(nonEmpty(oneLine(f.Row), oneLine(f.Column)), " / ")
	}
	if counted == "" {
		counted = a.say(countedUnknown)
	}
	return counted + "  "
}

// figureValue is a number as people read it.
func (a *app) figureValue(value gongwen.Decimal, unit string, qualifier gongwen.Qualifier) string {
	number := string(value)
	if unit == "%" || unit == "‰" {
		number += unit
	} else if unit != "" {
		number += " " + unit
	}
	if qualifier != "" {
		number = a.say(qualifierNames[qualifier], number)
	}
	return number
}

func (a *app) aboutFigure(f *register.Figure) []string {
	year, change := "", ""
	if f.Year > 0 {
		year = a.say(figureYear, f.Year)
	}
	if c := f.Change; c != nil {
		change = strings.TrimSpace(c.Basis + " " + a.figureValue(c.Value, c.Unit, ""))
	}
	return nonEmpty(f.Document.Department(), year, "“"+oneLine(f.Text)+"”", change)
}

// series prints a page of the series, or all of them.
func (a *app) series(
	ctx context.Context, out *screen, c *collection, flags figuresFlags, request register.Request, notices []search.Notice,
) error {
	all, err := c.register.Series(ctx, request)
	if err != nil {
		return err
	}
	figures, _, err := c.register.AllFigures(ctx, request)
	if err != nil {
		return err
	}
	documents := map[string]*gongwen.Document{}
	for f := range figures {
		documents[f.Document.ID] = f.Document
	}
	from, to := 0, len(all)
	if !*flags.all {
		from = min((*flags.page-1)*request.Size, len(all))
		to = min(from+request.Size, len(all))
	}
	answer := api.NewSeriesAnswer(all, from, to, "", documents, notices)
	switch {
	case *flags.json:
		return a.printJSON(answer)
	case *flags.csv:
		return a.writeRows(api.SeriesColumns(), func(yield func([]any) bool) {
			for i := range answer.Series {
				for _, row := range answer.Series[i].Table() {
					if !yield(row) {
						return
					}
				}
			}
		})
	}
	a.listHead(out, notices, answer.Total, from, to-from, oneSeries, manySeries)
	for i := range answer.Series {
		out.blank()
		a.oneSeries(out, &answer.Series[i])
	}
	a.listFoot(out, to-from, to < len(all), *flags.page)
	return out.flush()
}

// oneSeries lays a series out for a person: a line for each value of each year, gaps and conflicts said in words.
func (a *app) oneSeries(s *screen, one *api.Series) {
	name := one.Noun
	if one.Unit != "" {
		name = a.say(withUnit, one.Noun, one.Unit)
	}
	body := a.say(bodyUnknown)
	if one.Body != nil {
		body = *one.Body
	}
	s.put(0, piece{name, strong}, piece{text: " · " + body})
	if len(one.Spellings) > 1 {
		var spellings []string
		for _, w := range one.Spellings {
			spelling := w.Noun
			if w.Unit != "" {
				spelling = a.say(withUnit, w.Noun, w.Unit)
			}
			if len(w.Rules) > 0 {
				spelling += " [" + strings.Join(w.Rules, ", ") + "]"
			}
			spellings = append(spellings, spelling)
		}
		s.hang(indent, indent+2, piece{a.say(spellingsLine, a.list(spellings)), faint})
	}
	rows := [][]string{{a.say(columnYear), a.say(columnValue), a.say(columnFrom)}}
	for _, p := range one.Points {
		year := strconv.Itoa(p.Year)
		if p.Gap {
			rows = append(rows, []string{year, "—", a.say(gapName)})
			continue
		}
		for i, v := range p.Values {
			var from []string
			for _, source := range v.Sources {
				from = append(from, "“"+oneLine(source.Text)+"” ID "+source.Document)
			}
			line := strings.Join(from, a.say(semicolon))
			if p.Conflict {
				line = a.say(conflictName) + line
			}
			if i > 0 {
				year = ""
			}
			rows = append(rows, []string{year, string(v.Value), line})
		}
	}
	s.table(indent, headingWidth, rows)
}
