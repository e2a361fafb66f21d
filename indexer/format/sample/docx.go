package sample

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// part is a file of a zipped document.
type part struct{ name, content string }

// zipped packs parts. Writing to memory cannot fail.
func zipped(parts ...part) []byte {
	var buffer bytes.Buffer
	z := zip.NewWriter(&buffer)
	for _, p := range parts {
		if w, err := z.Create(p.name); err == nil {
			_, _ = w.Write([]byte(p.content))
		}
	}
	_ = z.Close()
	return buffer.Bytes()
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder does not fail
	return b.String()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// DOCX is the report as Word saves it: the numbers of chapters come from a style, those of sections from the paragraph.
func (r Report) DOCX() []byte {
	var body strings.Builder
	paragraph := func(properties, text string) {
		if runes := []rune(text); len(runes) > 4 { // Word cuts runs anywhere
			text = fmt.Sprintf(`%s</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s`, escape(string(runes[:3])), escape(string(runes[3:])))
		}
		fmt.Fprintf(&body, `<w:p><w:pPr>%s</w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`+"\n", properties, text)
	}
	paragraph(`<w:pStyle w:val="a5"/>`, r.Title)
	paragraph("", r.headline())
	for _, b := range r.Blocks {
		switch {
		case b.Rows != nil:
			body.WriteString("<w:tbl>")
			for _, row := range b.Rows {
				body.WriteString("<w:tr>")
				for _, cell := range row {
					fmt.Fprintf(&body, "<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>", escape(cell))
				}
				body.WriteString("</w:tr>\n")
			}
			body.WriteString("</w:tbl>\n")
		case b.Level == 1:
			paragraph(`<w:pStyle w:val="1"/>`, b.Text)
		case b.Level == 2:
			paragraph(`<w:pStyle w:val="2"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>`, b.Text)
		default:
			paragraph("", b.Text)
		}
	}
	body.WriteString(`<w:p><w:del><w:r><w:delText>删去的字</w:delText></w:r></w:del></w:p>`)
	return zipped(
		part{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		part{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		part{"word/styles.xml", xmlHead + `<w:styles ` + wordSpace + `>` +
			`<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="Title"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="b"><w:name w:val="heading 2"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="二级"/><w:basedOn w:val="b"/></w:style></w:styles>`},
		part{"word/numbering.xml", xmlHead + `<w:numbering ` + wordSpace + `><w:abstractNum w:abstractNumId="0">` +
			`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>`},
		part{"word/document.xml", xmlHead + `<w:document ` + wordSpace + `><w:body>` + body.String() + `<w:sectPr/></w:body></w:document>`},
	)
}

// Zip packs files, given as name and content by turns.
func Zip(files ...string) []byte {
	var parts []part
	for i := 0; i+1 < len(files); i += 2 {
		parts = append(parts, part{files[i], files[i+1]})
	}
	return zipped(parts...)
}
