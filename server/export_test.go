package server

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gongwen"
	"gongwen/register"
	"gongwen/sheet"
)

// long is a register with as many figures as one likes.
type long struct {
	Register
	figures int
}

func (l long) AllFigures(context.Context, register.Request) (iter.Seq[register.Figure], int, error) {
	f := register.Figure{Document: &gongwen.Document{ID: "a", Title: "=1+1"}, Figure: gongwen.Figure{
		Text: "-3件", Value: "-3", Unit: "件", Noun: "@受理", Span: gongwen.Span{End: 5},
	}}
	return func(yield func(register.Figure) bool) {
		for i := range l.figures {
			if f.ID = fmt.Sprint(i); !yield(f) {
				return
			}
		}
	}, l.figures, nil
}

// What does not fit into a workbook is a fault with a way out, before anything is sent.
func TestExportTooLong(t *testing.T) {
	s, _ := newTest(t, &fake{}, Options{Register: long{figures: sheet.MaxRows}})
	w := get(s, apiRoot+"/figures.xlsx")
	if p := object(t, w); w.Code != 400 || !strings.Contains(fmt.Sprint(p["hint"]), ".csv") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

// Text of a document is no formula in a table, and numbers below zero are numbers.
func TestExportInert(t *testing.T) {
	s, _ := newTest(t, &fake{}, Options{Register: long{figures: 1}})
	row := file(t, s, "/figures.csv")[1]
	got := strings.Join(row, "|")
	if !strings.Contains(got, "|'=1+1|") || !strings.Contains(got, "|'@受理|") || !strings.Contains(got, "|'-3件|") || !strings.Contains(got, "|-3|件|") {
		t.Errorf("%s", got)
	}
	if got := strings.Join(file(t, s, "/figures.xlsx")[1], "|"); !strings.Contains(got, "|=1+1|") || !strings.Contains(got, "|-3|件|") {
		t.Errorf("%s", got)
	}
}

// brokenLine takes so many bytes.
type brokenLine struct {
	*httptest.ResponseRecorder
	left int
}

func (w *brokenLine) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errors.New("line broken")
	}
	return w.ResponseRecorder.Write(p)
}

// A file that cannot be sent whole ends in a broken connection, so that nobody takes it for whole.
func TestExportBroken(t *testing.T) {
	for _, path := range []string{"/figures.csv", "/figures.xlsx"} {
		s, _ := newTest(t, &fake{}, Options{Register: long{figures: 5000}})
		func() {
			defer func() {
				if cause, _ := recover().(error); !errors.Is(cause, http.ErrAbortHandler) {
					t.Errorf("%s: %v", path, cause)
				}
			}()
			r := httptest.NewRequest(http.MethodGet, apiRoot+path, nil)
			s.ServeHTTP(&brokenLine{httptest.NewRecorder(), 20000}, r)
			t.Errorf("%s: no end", path)
		}()
	}
}

// Over a real connection a file is streamed, compressed where the client likes, and HEAD tells its type.
func TestExportServed(t *testing.T) {
	s, _ := newTest(t, &fake{}, Options{Register: long{figures: 8000}})
	web := httptest.NewServer(s)
	defer web.Close()
	for _, path := range []string{"/figures.csv", "/figures.xlsx"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			request, err := http.NewRequestWithContext(t.Context(), method, web.URL+apiRoot+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			lines := 0
			buffer := make([]byte, 1<<16)
			for err == nil {
				var n int
				n, err = response.Body.Read(buffer)
				lines += strings.Count(string(buffer[:n]), "\n")
			}
			_ = response.Body.Close()
			if response.StatusCode != 200 || response.Header.Get("Content-Disposition") == "" {
				t.Errorf("%s %s: status %d, %v", method, path, response.StatusCode, response.Header)
			}
			if want := 8001; method == http.MethodGet && strings.HasSuffix(path, "csv") && lines != want {
				t.Errorf("%d lines, want %d", lines, want)
			}
		}
	}
}
