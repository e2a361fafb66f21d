package format

import (
	"fmt"
	"strings"
	"testing"

	"gongwen/indexer/format/sample"
)

// word is a document of Word with that body; parts are names and contents of others.
func word(body string, parts ...string) []byte {
	parts = append(parts, "word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" `+
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`+body+`</w:body></w:document>`)
	return sample.Zip(parts...)
}

// TestDOCX: what Word shows is what is read, once.
func TestDOCX(t *testing.T) {
	run := func(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }
	box := `<w:txbxContent><w:p>` + run("框内") + `</w:p></w:txbxContent>`
	for _, test := range []struct{ name, body, want string }{
		{"deleted and inserted", `<w:p>` + run("甲") + `<w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins>` + run("丙") + `</w:ins><w:moveFrom>` + run("丁") + `</w:moveFrom></w:p>`, "甲丙"},
		{"hidden", `<w:p>` + run("甲") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r></w:p>`, "甲"},
		{"text box, twice in the file", `<w:p>` + run("甲") + `<w:r><mc:AlternateContent><mc:Choice>` + box + `</mc:Choice><mc:Fallback>` + box + `</mc:Fallback></mc:AlternateContent></w:r></w:p>`, "甲\n框内"},
		{"content control", `<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>` + run("甲") + `</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>`, "甲"},
		{"break", `<w:p>` + run("甲") + `<w:r><w:br/></w:r>` + run("乙") + `</w:p>`, "甲\n乙"},
		{"field", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple>` + run("甲") + `</w:fldSimple><w:hyperlink>` + run("乙") + `</w:hyperlink></w:p>`, "甲乙"},
		{"nested table", `<w:tbl><w:tr><w:tc><w:p>` + run("甲") + `</w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p>` + run("乙") + `</w:p></w:tc></w:tr></w:tbl><w:p>` + run("丙") + `</w:p></w:tc></w:tr></w:tbl>`, "甲\t乙 丙"},
		{"table of one column", `<w:tbl><w:tr><w:tc><w:p>` + run("甲") + `</w:p><w:p>` + run("乙") + `</w:p></w:tc></w:tr></w:tbl>`, "甲\n乙"},
		{"footnote", `<w:p>` + run("甲") + `<w:r><w:footnoteReference w:id="2"/></w:r>` + run("乙") + `</w:p>`, "甲乙\n注一"},
	} {
		d, err := parseDOCX(t.Context(), nil, word(test.body, "word/footnotes.xml", `<w:footnotes xmlns:w="x"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>`+
			`<w:footnote w:id="2"><w:p><w:r><w:t>注一</w:t></w:r></w:p></w:footnote></w:footnotes>`))
		if err != nil || d.Text != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, d.Text, err, test.want)
		}
	}
}

// TestNumbering: numbers are those that Word shows.
func TestNumbering(t *testing.T) {
	const numbering = `<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="7">` +
		`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>` +
		`<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:suff w:val="nothing"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>` +
		`<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num></w:numbering>`
	var body strings.Builder
	for _, p := range [][2]int{{1, 0}, {1, 1}, {1, 1}, {1, 2}, {1, 0}, {1, 1}, {2, 0}, {2, 0}, {2, 1}, {3, 0}, {3, 0}, {9, 0}, {0, 0}} {
		fmt.Fprintf(&body, `<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>文</w:t></w:r></w:p>`, p[1], p[0])
	}
	d, err := parseDOCX(t.Context(), nil, word(body.String(), "word/numbering.xml", numbering))
	want := "第一章 文|1.1 文|1.2 文|文|第二章 文|2.1 文|第十章 文|第十一章 文|11.1 文|③文|④文|文|文"
	if got := strings.ReplaceAll(d.Text, "\n", "|"); got != want || err != nil {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	for n, want := range map[int]string{0: "零", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 2020: "二千零二十"} {
		if got := chineseNumber(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

// TestDOCXRefused: what cannot be read says why, soon.
func TestDOCXRefused(t *testing.T) {
	whole := sample.New(2).DOCX()
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"truncated", whole[:len(whole)/2], "不完整或已损坏"},
		{"no zip", []byte("这不是 Word 文件"), "不是 Word 文件"},
		{"encrypted", append(append([]byte{}, oleMagic...), make([]byte, 512)...), "设了密码"},
		{"zip without a document", sample.Zip("a.txt", "甲"), "没有正文部分"},
		{"nested", word(strings.Repeat("<w:sdt>", 10000) + strings.Repeat("</w:sdt>", 10000)), "嵌套超过"},
		{"nested tables", word(strings.Repeat("<w:tbl><w:tr><w:tc>", 10000)), "嵌套超过"},
		{"bomb of entities", sample.Zip("word/document.xml", `<!DOCTYPE x [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;">]><document><body><p><r><t>&b;</t></r></p></body></document>`), "损坏"},
		{"bomb of zip", word("<w:p><w:r><w:t>" + strings.Repeat("甲", maxPart/3+9) + "</w:t></w:r></w:p>"), "压缩炸弹"},
		{"cut XML", word("<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p></w:r>"), "损坏"},
		{"no words", word("<w:p/>"), "没有正文"},
	} {
		_, err := parseDOCX(t.Context(), nil, test.data)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", "<w:styles/>", "<w:numbering/>")
	f.Add(`<w:tbl><w:tr><w:tc><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc></w:tr></w:tbl>`,
		`<w:styles><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>`,
		`<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`)
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		d, err := parseDOCX(t.Context(), nil, word(body, "word/styles.xml", styles, "word/numbering.xml", numbering))
		if err == nil {
			checkHeadings(t, d)
		}
	})
}
