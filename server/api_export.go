package server

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"gongwen/api"
	"gongwen/search"
	"gongwen/sheet"
)

// table is a whole list as a table.
type table struct {
	name string // of the file and the sheet
	head []string
	size int // rows without the head
	rows iter.Seq[[]any]
}

// format is a kind of file that tables are written to.
type format struct {
	extension string
	media     string
	schema    *huma.Schema
	open      func(to io.Writer, t table) (sheet.Writer, error)
}

func formats() []format {
	return []format{
		{
			"csv", "text/csv; charset=utf-8", &huma.Schema{Type: huma.TypeString},
			func(to io.Writer, t table) (sheet.Writer, error) { return sheet.NewCSV(to, true, t.head) },
		},
		{
			"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &huma.Schema{Type: huma.TypeString, Format: "binary"},
			func(to io.Writer, t table) (sheet.Writer, error) { return sheet.NewXLSX(to, t.name, t.head) },
		},
	}
}

type commitmentsFileInput struct {
	input
	CommitmentFilters
}

type figuresFileInput struct {
	input
	FigureFilters
}

func (s *Server) routeExports(described huma.API, problems *huma.Schema) {
	for _, f := range formats() {
		export(s, described, problems, f, "Commitments", "/commitments", func(ctx context.Context, in *commitmentsFileInput) (table, error) {
			_, request, _, err := registerRequest(in, notOfCommitments)
			if err != nil {
				return table{}, err
			}
			all, total, err := s.options.Register.AllCommitments(ctx, request)
			if err != nil {
				return table{}, err
			}
			return table{"commitments", api.CommitmentColumns(), total, func(yield func([]any) bool) {
				for c := range all {
					if view := api.NewCommitment(&c); !yield(view.Cells()) {
						return
					}
				}
			}}, nil
		})
		export(s, described, problems, f, "Figures", "/figures", func(ctx context.Context, in *figuresFileInput) (table, error) {
			_, request, _, err := registerRequest(in, notOfFigures)
			if err != nil {
				return table{}, err
			}
			all, total, err := s.options.Register.AllFigures(ctx, request)
			if err != nil {
				return table{}, err
			}
			return table{"figures", api.FigureColumns(), total, func(yield func([]any) bool) {
				for f := range all {
					if view := api.NewFigure(&f); !yield(view.Cells()) {
						return
					}
				}
			}}, nil
		})
		export(s, described, problems, f, "Series", "/series", func(ctx context.Context, in *figuresFileInput) (table, error) {
			_, request, _, err := registerRequest(in, notOfFigures)
			if err != nil {
				return table{}, err
			}
			all, documents, err := s.series(ctx, request)
			if err != nil {
				return table{}, err
			}
			total := api.NewSeriesAnswer(all, 0, 0, "", nil, nil).Rows
			return table{"series", api.SeriesColumns(), total, func(yield func([]any) bool) {
				for i := range all {
					view := api.NewSeries(&all[i], documents)
					for _, row := range view.Table() {
						if !yield(row) {
							return
						}
					}
				}
			}}, nil
		})
	}
}

// export describes the file of a list and wires its handler. The file holds the whole list, whatever size and cursor say.
func export[I any, P interface {
	*I
	caller
}](s *Server, described huma.API, problems *huma.Schema, f format, name, path string, list func(context.Context, P) (table, error)) {
	operation := huma.Operation{
		OperationID: "download" + name + map[string]string{"csv": "CSV", "xlsx": "XLSX"}[f.extension], Path: apiRoot + path + "." + f.extension,
		Summary:     "Download the whole list of " + path[1:] + " as " + f.extension,
		Description: "One row for each item of the list, in its order, under one head line. Size and cursor are of no account.",
	}
	complete(&operation, problems)
	operation.Responses["200"] = &huma.Response{
		Description: "The file", Content: map[string]*huma.MediaType{f.media: {Schema: f.schema}},
	}
	huma.Register(described, operation, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		call := P(in).echo()
		t, err := list(ctx, in)
		if err == nil && f.extension == "xlsx" && t.size >= sheet.MaxRows {
			err = &search.QueryError{
				Param: "query string", Message: "结果超过一张工作表能放下的行数。", Hint: "请缩小范围，或改用 .csv。",
			}
		}
		if err != nil {
			return nil, s.report(call, err)
		}
		return &huma.StreamResponse{Body: func(to huma.Context) {
			to.SetHeader("Content-Type", f.media)
			to.SetHeader("Content-Disposition", `attachment; filename="`+t.name+`.`+f.extension+`"`)
			// The time limit of the work is over with the list; a long file is sent for as long as its reader reads.
			line := http.NewResponseController(call.Response())
			if err := t.write(to.BodyWriter(), f, func() error { return line.SetWriteDeadline(time.Now().Add(writeGrace)) }); err != nil {
				if ctx.Err() == nil {
					s.log.Warn("write table", "path", call.Request().URL.Path, "error", err)
				}
				panic(http.ErrAbortHandler) // so that nobody takes half a file for the whole
			}
		}}, nil
	})
}

// rowsBetween is after how many rows a writer gets more time.
const rowsBetween = 1000

// write writes the table. more asks for more time, as far as the line can have it.
func (t table) write(to io.Writer, f format, more func() error) error {
	w, err := f.open(to, t)
	if err != nil {
		return err
	}
	n := 0
	for row := range t.rows {
		if n++; n%rowsBetween == 1 {
			if err := more(); err != nil && !errors.Is(err, http.ErrNotSupported) {
				return errors.Join(err, w.Close())
			}
		}
		if err := w.Row(row); err != nil {
			return errors.Join(err, w.Close())
		}
	}
	return w.Close()
}
