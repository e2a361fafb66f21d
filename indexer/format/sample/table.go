package sample

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
)

// Record is the report as a line of JSON.
func (r Report) Record() string {
	line, _ := json.Marshal(map[string]string{"title": r.Title, "source": r.Source, "date": r.Published, "text": strings.Join(r.body(), "\n")})
	return string(line) + "\n"
}

// rows are the report as a table: a head and one row.
func (r Report) rows() [][]string {
	return [][]string{{"标题", "来源", "发布日期", "正文"}, {r.Title, r.Source, r.Published, strings.Join(r.body(), "\n")}}
}

// CSV is the report as a table of one row, its values parted by comma.
func (r Report) CSV(comma rune) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = comma
	_ = w.WriteAll(r.rows()) // a Builder does not fail
	return b.String()
}

// XLSX is the report as a workbook of one sheet with one row; its date is a number.
func (r Report) XLSX() []byte {
	rows := r.rows()
	var shared, sheet strings.Builder
	n := 0
	for i, row := range rows {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for j, cell := range row {
			place := fmt.Sprintf("%c%d", 'A'+j, i+1)
			if cell == "2021-01-20" {
				fmt.Fprintf(&sheet, `<c r="%s" s="1"><v>44216</v></c>`, place)
				continue
			}
			fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, place, n)
			n++
			fmt.Fprintf(&shared, `<si><t xml:space="preserve">%s</t></si>`, escape(cell))
		}
		sheet.WriteString("</row>")
	}
	return Workbook(sheet.String(), shared.String())
}

// Workbook is a workbook of one sheet with these rows and shared strings. Style 1 is a date, style 2 a percentage.
func Workbook(rows, shared string) []byte {
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	return Zip(
		"[Content_Types].xml", xmlHead+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"xl/workbook.xml", xmlHead+`<workbook `+space+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+
			`<sheet name="隐藏" sheetId="2" state="hidden" r:id="rId2"/><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", xmlHead+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+
			`<Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/styles.xml", xmlHead+`<styleSheet `+space+`><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>`+
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml", xmlHead+`<sst `+space+`>`+shared+`</sst>`,
		"xl/worksheets/sheet1.xml", xmlHead+`<worksheet `+space+`><sheetData>`+rows+`</sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml", xmlHead+`<worksheet `+space+`><sheetData><row r="1"><c t="inlineStr"><is><t>不应读到</t></is></c></row></sheetData></worksheet>`,
	)
}

// Many is a workbook of so many rows, a document each.
func Many(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(`<row r="1"><c t="inlineStr"><is><t>标题</t></is></c><c t="inlineStr"><is><t>正文</t></is></c></row>`)
	for i := range rows {
		fmt.Fprintf(&b, `<row r="%d"><c t="inlineStr"><is><t>第%d号通知</t></is></c><c t="inlineStr"><is><t>%s</t></is></c></row>`, i+2, i, strings.Repeat("各单位要认真执行。", 10))
	}
	return Workbook(b.String(), "")
}
