package sample

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Sizes of a page in points, as an official document is set: characters of 16 points, 28 to a line, 22 lines.
const (
	paperWidth, paperHeight  = 595.0, 842.0
	paperLeft, paperTop      = 73.0, 110.0
	paperSize, paperLeading  = 16.0, 28.0
	paperColumns, paperLines = 28, 22
)

// placed is a run of text on a page; x and y are those of its lower left corner, from the page's upper left.
type placed struct {
	x, y float64
	text string
}

// layout sets the report on pages, with a running head and a page number on each.
func (r Report) layout() [][]placed {
	var pages [][]placed
	line := paperLines
	next := func() float64 {
		if line++; line > paperLines {
			number := fmt.Sprintf("— %d —", len(pages)+1)
			pages = append(pages, []placed{{paperLeft, 60, "青溪区政府文件汇编"}, {paperWidth/2 - 32, paperHeight - 50, number}})
			line = 1
		}
		return paperTop + float64(line)*paperLeading
	}
	put := func(x float64, text string) {
		y := next()
		pages[len(pages)-1] = append(pages[len(pages)-1], placed{x, y, text})
	}
	centred := func(text string) { put((paperWidth-float64(len([]rune(text)))*paperSize)/2, text) }
	centred(r.Title)
	centred(strings.Join(strings.Fields(r.headline()), " "))
	for _, b := range r.Blocks {
		for _, row := range b.Rows {
			y := next()
			for i, cell := range row {
				pages[len(pages)-1] = append(pages[len(pages)-1], placed{paperLeft + float64(i)*9*paperSize, y, cell})
			}
		}
		text, indent := []rune(b.Label+b.Text), 2
		for len(text) > 0 {
			n := min(len(text), paperColumns-indent)
			put(paperLeft+float64(indent)*paperSize, string(text[:n]))
			text, indent = text[n:], 0
		}
	}
	return pages
}

// PDF is the report as a PDF with a text layer, in a font that is not in the file.
func (r Report) PDF() []byte {
	var objects []string
	add := func(object string) int {
		objects = append(objects, object)
		return len(objects)
	}
	add("<</Type/Catalog/Pages 2 0 R>>")
	add("") // the pages, when they are known
	add("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>")
	add("<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor 5 0 R>>")
	add("<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>")
	var kids []string
	for _, page := range r.layout() {
		var content strings.Builder
		for _, p := range page {
			fmt.Fprintf(&content, "BT /F1 %g Tf %g %g Td <%s> Tj ET\n", paperSize, p.x, paperHeight-p.y, ucs2(p.text))
		}
		stream := add(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", content.Len(), content.String()))
		kid := add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", paperWidth, paperHeight, stream))
		kids = append(kids, fmt.Sprintf("%d 0 R", kid))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " "))
	return PDF(objects)
}

// ucs2 is a text as hexadecimal digits of its UTF-16.
func ucs2(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}

// PDF is a file of these objects, numbered from 1, the first of which is the catalogue.
func PDF(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var offsets []int
	for i, object := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// OFD is the report as an OFD; lengths in it are millimetres.
func (r Report) OFD() []byte {
	const space, millimetres = `xmlns:ofd="http://www.ofdspec.org/2016"`, 25.4 / 72
	var pages strings.Builder
	files := []string{
		"OFD.xml", xmlHead + `<ofd:OFD ` + space + ` Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>` + escape(r.Title) + `</ofd:Title>` +
			`<ofd:CustomDatas><ofd:CustomData Name="发布日期">` + r.Published + `</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
	}
	for i, page := range r.layout() {
		var content strings.Builder
		for j := range page {
			p := page[(j*7+3)%len(page)] // in no order; seven has no factor of the length in common or some are left out
			if len(page)%7 == 0 {
				p = page[j]
			}
			size := paperSize * millimetres
			fmt.Fprintf(&content, `<ofd:TextObject ID="%d" Boundary="%.3f %.3f %.3f %.3f" Font="1" Size="%.3f"><ofd:TextCode X="0" Y="%.3f" DeltaX="g %d %.3f">%s</ofd:TextCode></ofd:TextObject>`+"\n",
				j+10, p.x*millimetres, p.y*millimetres-size, 200.0, size, size, size, len([]rune(p.text))-1, size, escape(p.text))
		}
		name := fmt.Sprintf("Pages/Page_%d/Content.xml", i)
		fmt.Fprintf(&pages, `<ofd:Page ID="%d" BaseLoc="%s"/>`, i+1, name)
		files = append(files, "Doc_0/"+name, xmlHead+`<ofd:Page `+space+`><ofd:Content><ofd:Layer ID="2">`+content.String()+`</ofd:Layer></ofd:Content></ofd:Page>`)
	}
	files = append(files, "Doc_0/Document.xml", xmlHead+`<ofd:Document `+space+`><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>`+
		fmt.Sprintf("0 0 %.2f %.2f", paperWidth*millimetres, paperHeight*millimetres)+`</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>`+pages.String()+`</ofd:Pages></ofd:Document>`)
	return Zip(files...)
}
