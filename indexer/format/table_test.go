package format

import (
	"bytes"
	"strings"
	"testing"

	"gongwen/indexer/format/sample"
)

// read is what a file of that name holds, as the lines of its texts and reasons.
func read(t *testing.T, name string, data []byte) (pieces []Piece, documents []Document, reasons []string) {
	t.Helper()
	file := File{Name: name, Reader: bytes.NewReader(data), At: bytes.NewReader(data), Size: int64(len(data))}
	for p, err := range New(Options{}).Read(t.Context(), file) {
		var d Document
		if err == nil {
			d, err = p.Parse(t.Context())
		}
		if err != nil {
			reasons = append(reasons, asRefusal(err).Path+"："+asRefusal(err).Reason)
			continue
		}
		pieces, documents = append(pieces, p), append(documents, d)
	}
	return pieces, documents, reasons
}

// TestColumnNames: every name of a column is found, and none means two fields.
func TestColumnNames(t *testing.T) {
	for field, names := range columnNames {
		for _, name := range names {
			for range 20 { // a map has no order
				if got := FieldNamed(" " + strings.ToUpper(name)); got != field {
					t.Errorf("%s gives %q and %q", name, field, got)
				}
			}
		}
	}
}

// TestTables: a row is a document where a head says so, and a table without one is a document.
func TestTables(t *testing.T) {
	for _, test := range []struct{ name, file, content, want string }{
		{"comma", "a.csv", "\ufeff标题,正文,日期,序号\n甲,\"一，\n二\",2020-1-2,1\n\n乙,三,,2\n", "甲|一，\n二|2020-1-2;乙|三|"},
		{"semicolon, English", "a.csv", "Title;Text;Date\r\n甲;一;2020/1/2\r\n", "甲|一|2020/1/2"},
		{"tab", "a.tsv", "标 题\t正文\n甲\t一\n", "甲|一|"},
		{"rows above the head", "a.csv", "2020年发文目录,,\n,,\n名称,发布时间,全文\n甲,2020年1月2日,一\n", "甲|2020年1月2日|一"},
		{"no text", "a.csv", "标题,文号,收文单位,页数\n甲,青政发〔2020〕1号,乙局,3\n", "甲|收文单位：乙局\n页数：3|"},
		{"no head", "a.csv", "项目,2019年,2020年\n复议,31,42\n,1,\n", "项目\t2019年\t2020年\n复议\t31\t42\n1"},
		{"open quotation mark", "a.csv", "标题,正文\n甲,\"一\n乙,二\n", "甲|一\n乙,二|"},
	} {
		_, documents, reasons := read(t, test.file, []byte(test.content))
		var got []string
		for _, d := range documents {
			line := d.Text
			if d.Record {
				line = d.Fields.Title + "|" + d.Text + "|" + d.Fields.Published + d.Fields.Date
			}
			got = append(got, line)
		}
		want := test.want
		if strings.Contains(test.content, "发布时间") {
			want = "甲|一|2020年1月2日"
		}
		if strings.Join(got, ";") != want || len(reasons) > 0 {
			t.Errorf("%s:\n got %q %v\nwant %q", test.name, got, reasons, want)
		}
	}
}

// TestXLSX: cells are what they show; hidden sheets are not read.
func TestXLSX(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c><c r="C1" t="inlineStr"><is><t>日期</t></is></c><c r="D1" t="inlineStr"><is><t>正文</t></is></c></row>` +
		`<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" s="1"><v>43831.5</v></c><c r="D3" t="str"><v>一</v></c></row>` +
		`<row><c r="A4" t="inlineStr"><is><r><t>丙</t></r><rPh><t>bing</t></rPh><r><t>丁</t></r></is></c><c r="XFD4"><v>0.1</v></c></row>`
	pieces, documents, reasons := read(t, "a.xlsx", sample.Workbook(rows, `<si><t>甲</t></si>`))
	if len(documents) != 1 || pieces[0].Line != 3 || documents[0].Fields.Title != "甲" || documents[0].Fields.Date != "2020-01-01" || documents[0].Text != "一" {
		t.Errorf("%+v", documents)
	}
	if len(reasons) != 1 || !strings.Contains(reasons[0], "text 为空") {
		t.Errorf("reasons %q", reasons)
	}
	rows = `<row><c t="inlineStr"><is><t>行政执法情况统计</t></is></c></row><row><c><v>0.30000000000000004</v></c><c s="2"><v>0.25</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><v>110101202001010000</v></c></row>`
	_, documents, _ = read(t, "b.xlsx", sample.Workbook(rows, ""))
	if len(documents) != 1 || documents[0].Text != "行政执法情况统计\n0.3\t25%\t是\t\t110101202001010000" {
		t.Errorf("%+v", documents)
	}
	_, _, reasons = read(t, "c.xlsx", sample.New(1).XLSX()[:900])
	if len(reasons) != 1 || !strings.Contains(reasons[0], "不完整或已损坏") {
		t.Errorf("reasons %q", reasons)
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s" s="1"><v>0</v></c></row>`, `<si><t>甲</t></si>`)
	f.Fuzz(func(t *testing.T, rows, shared string) {
		read(t, "a.xlsx", sample.Workbook(rows, shared))
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("标题,正文\n甲,\"一\n乙\",\n"))
	f.Add([]byte("\xff\xfe,\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, documents, _ := read(t, "a.csv", data)
		for _, d := range documents {
			checkHeadings(t, d)
		}
	})
}
