package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongwen"
	"gongwen/sheet"
)

var rows = [][]any{
	{"一、受理", 2021, gongwen.Decimal("12000"), true},
	{"=1+1", 0, gongwen.Decimal("-3.5"), false},
	{"+8", nil, gongwen.Decimal("12345678901234567890.12345"), nil},
	{"-是\n@项,\"引\"", -1, nil, nil},
	{"@x", 1, gongwen.Decimal("0.1"), nil},
	{"", nil, nil, nil},
}

func write(t *testing.T, w sheet.Writer, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Row([]any{struct{}{}}); err == nil {
		t.Error("a cell of another type is taken")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// A CSV reads as the rows that were written, but that no text is a formula.
func TestCSV(t *testing.T) {
	for _, marked := range []bool{true, false} {
		var b bytes.Buffer
		w, err := sheet.NewCSV(&b, marked, []string{"文字", "year", "value", "flag"})
		write(t, w, err)
		text, ok := strings.CutPrefix(b.String(), "\ufeff")
		if ok != marked {
			t.Errorf("byte order mark: %t", ok)
		}
		got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(got) != len(rows)+1 || got[0][0] != "文字" {
			t.Fatalf("%d rows, %v", len(got), err)
		}
		for i, row := range rows {
			for at, cell := range row {
				back := got[i+1][at]
				switch cell := cell.(type) {
				case string:
					if strings.TrimPrefix(back, "'") != cell || back != "" && strings.ContainsAny(back[:1], "=+-@") {
						t.Errorf("text %q came back as %q", cell, back)
					}
				case gongwen.Decimal:
					if back != string(cell) {
						t.Errorf("number %s came back as %s", cell, back)
					}
				case nil:
					if back != "" {
						t.Errorf("nothing came back as %q", back)
					}
				}
			}
		}
	}
}

// A workbook reads as the rows that were written, without formulas and with every digit.
func TestXLSX(t *testing.T) {
	var b bytes.Buffer
	w, err := sheet.NewXLSX(&b, "数据", []string{"文字", "year", "value", "flag"})
	write(t, w, err)
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for i, row := range rows {
		for at, cell := range row {
			name, err := excelize.CoordinatesToCellName(at+1, i+2)
			if err != nil {
				t.Fatal(err)
			}
			back, err := f.GetCellValue("数据", name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula("数据", name); err != nil || formula != "" {
				t.Errorf("%s is a formula: %s, %v", name, formula, err)
			}
			switch cell := cell.(type) {
			case string:
				if back != cell {
					t.Errorf("text %q came back as %q", cell, back)
				}
			case gongwen.Decimal:
				if back != string(cell) {
					t.Errorf("number %s came back as %s", cell, back)
				}
			}
		}
	}
}

func TestInert(t *testing.T) {
	for cell, want := range map[string]string{"": "", "通知": "通知", "=1+1": "'=1+1", "@a": "'@a", "2018": "2018"} {
		if got := sheet.Inert(cell); got != want {
			t.Errorf("Inert(%q) = %q", cell, got)
		}
	}
}
