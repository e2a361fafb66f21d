package format

import (
	"context"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// parseDOCX reads a document of Word: paragraphs with the numbers that Word shows before them, headings by their styles,
// a table row a line, text boxes and footnotes behind their paragraph. Deleted and hidden text, headers and footers are
// left out.
func parseDOCX(ctx context.Context, in *input, data []byte) (Document, error) {
	if isOldOffice(data) {
		return parseOffice(ctx, in, data)
	}
	p, err := openPack(data, "Word")
	if err != nil {
		return Document{}, err
	}
	main, err := p.read("word/document.xml")
	if err != nil {
		return Document{}, err
	}
	if main == nil {
		return Document{}, refuse("不是 Word 文档：里面没有正文部分（word/document.xml）；请用办公软件打开后重新保存")
	}
	d := docx{notes: map[string]string{}}
	if err := d.readStyles(p); err != nil {
		return Document{}, err
	}
	if d.numbers, err = readNumbering(p); err != nil {
		return Document{}, err
	}
	if err := d.readNotes(p, "word/footnotes.xml", "footnote"); err != nil {
		return Document{}, err
	}
	if err := d.readNotes(p, "word/endnotes.xml", "endnote"); err != nil {
		return Document{}, err
	}
	if d.xmlReader, err = newXML(main); err != nil {
		return Document{}, err
	}
	if err := d.within([]string{"document", "body"}, func(xml.StartElement) error { return d.blocks() }); err != nil {
		return Document{}, err
	}
	document := d.document()
	if document.Text == "" {
		return Document{}, asRefusal(errNoWords)
	}
	document.Name = coreTitle(p)
	return document, checkLength(document.Text)
}

// docx is a document of Word while it is read.
type docx struct {
	*xmlReader
	lines
	styles  map[string]*wordStyle
	numbers *numbering
	notes   map[string]string // footnote or endnote and its ID: text
	titled  bool              // a paragraph had the style of titles: headings lie one level deeper
}

// wordStyle is what a style says of its paragraphs.
type wordStyle struct {
	based   string
	level   int // of a heading, from 1; titleLevel; 0 where it says nothing
	numID   string
	numbers int // level of the numbering, from 0
}

const titleLevel = -1

var headingStyle = regexp.MustCompile(`(?i)^(?:heading|标题)\s*([1-9])$`)

func (d *docx) readStyles(p *pack) error {
	d.styles = map[string]*wordStyle{}
	data, err := p.read("word/styles.xml")
	if data == nil || err != nil {
		return err
	}
	x, err := newXML(data)
	if err != nil {
		return err
	}
	return x.within([]string{"styles", "style"}, func(e xml.StartElement) error {
		s := &wordStyle{}
		d.styles[attr(e, "styleId")] = s
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "name":
				name := attr(e, "val")
				if m := headingStyle.FindStringSubmatch(name); m != nil && s.level == 0 {
					s.level, _ = strconv.Atoi(m[1])
				} else if strings.EqualFold(name, "title") {
					s.level = titleLevel
				}
			case "basedOn":
				s.based = attr(e, "val")
			case "pPr":
				return x.each(func(e xml.StartElement) error {
					switch e.Name.Local {
					case "outlineLvl":
						s.level = outlineLevel(e, s.level)
					case "numPr":
						return readNumPr(x, &s.numID, &s.numbers)
					}
					return x.Skip()
				})
			}
			return x.Skip()
		})
	})
}

// outlineLevel is the level of a heading that an element names; nine and more is that of text.
func outlineLevel(e xml.StartElement, otherwise int) int {
	if n, err := strconv.Atoi(attr(e, "val")); err == nil && 0 <= n && n < 9 && otherwise != titleLevel {
		return n + 1
	}
	return otherwise
}

func readNumPr(x *xmlReader, id *string, level *int) error {
	return x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numId":
			*id = attr(e, "val")
		case "ilvl":
			*level, _ = strconv.Atoi(attr(e, "val")) // none is the first
		}
		return x.Skip()
	})
}

// resolve fills a paragraph's style from those that it is based on.
func (d *docx) resolve(name string) (resolved wordStyle) {
	for range 20 { // a ring of styles has no end
		s := d.styles[name]
		if s == nil {
			break
		}
		if resolved.level == 0 {
			resolved.level = s.level
		}
		if resolved.numID == "" {
			resolved.numID, resolved.numbers = s.numID, s.numbers
		}
		name = s.based
	}
	return resolved
}

func (d *docx) readNotes(p *pack, part, element string) error {
	data, err := p.read(part)
	if data == nil || err != nil {
		return err
	}
	x, err := newXML(data)
	if err != nil {
		return err
	}
	return x.within([]string{element + "s", element}, func(e xml.StartElement) error {
		id := element + attr(e, "id")
		if kind := attr(e, "type"); kind != "" && kind != "normal" {
			return x.Skip()
		}
		note := docx{xmlReader: x, styles: map[string]*wordStyle{}, numbers: &numbering{}}
		if err := note.blocks(); err != nil {
			return err
		}
		d.notes[id] = strings.ReplaceAll(note.document().Text, "\n", " ")
		return nil
	})
}

// blocks reads paragraphs and tables, whatever they are wrapped in.
func (d *docx) blocks() error {
	return d.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return d.paragraph(&d.lines)
		case "tbl":
			return d.table()
		case "sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo":
			return d.blocks()
		case "AlternateContent":
			return d.alternative(d.blocks)
		}
		return d.Skip()
	})
}

// alternative reads the first choice of several: all of them hold the same.
func (d *docx) alternative(read func() error) error {
	done := false
	return d.each(func(e xml.StartElement) error {
		if done || e.Name.Local != "Choice" && e.Name.Local != "Fallback" {
			return d.Skip()
		}
		done = true
		return read()
	})
}

// wordParagraph is a paragraph while it is read.
type wordParagraph struct {
	style wordStyle
	text  strings.Builder
	// behind are what stands in it but not in its line: text boxes, footnotes.
	behind lines
}

// paragraph reads a paragraph and writes it to the lines.
func (d *docx) paragraph(to *lines) error {
	var p wordParagraph
	if err := d.runs(&p); err != nil {
		return err
	}
	text := strings.TrimSpace(p.text.String())
	if text != "" {
		if p.style.numID != "" {
			text = d.numbers.next(p.style.numID, p.style.numbers) + text
		}
		switch level := p.style.level; {
		case level == titleLevel:
			d.titled = true
			to.heading(1, text)
		case level > 0 && len([]rune(text)) <= longestHeading:
			if d.titled {
				level++
			}
			to.heading(level, text)
		default:
			to.add(text)
		}
	}
	to.add(p.behind.document().Text)
	return nil
}

// runs reads what a paragraph is made of.
func (d *docx) runs(p *wordParagraph) error {
	return d.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pPr":
			return d.properties(p)
		case "r":
			return d.run(p)
		case "hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple",
			"customXml", "moveTo", "oMath", "oMathPara", "dir", "bdo":
			return d.runs(p)
		case "AlternateContent":
			return d.alternative(func() error { return d.runs(p) })
		}
		return d.Skip() // del and moveFrom among them
	})
}

func (d *docx) properties(p *wordParagraph) error {
	var direct wordStyle
	err := d.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = d.resolve(attr(e, "val"))
		case "outlineLvl":
			direct.level = outlineLevel(e, 0)
			if direct.level == 0 {
				direct.level = -2 // text, whatever the style says
			}
		case "numPr":
			return readNumPr(d.xmlReader, &direct.numID, &direct.numbers)
		}
		return d.Skip()
	})
	if direct.level != 0 && p.style.level != titleLevel {
		p.style.level = max(direct.level, 0)
	}
	if direct.numID != "" {
		p.style.numID, p.style.numbers = direct.numID, direct.numbers
	}
	return err
}

func (d *docx) run(p *wordParagraph) error {
	hidden := false
	return d.each(func(e xml.StartElement) error {
		if hidden {
			return d.Skip()
		}
		switch e.Name.Local {
		case "rPr":
			return d.each(func(e xml.StartElement) error {
				if e.Name.Local == "vanish" && attr(e, "val") != "0" && attr(e, "val") != "false" {
					hidden = true
				}
				return d.Skip()
			})
		case "t":
			text, err := d.content()
			p.text.WriteString(text)
			return err
		case "tab":
			p.text.WriteByte(' ')
		case "br", "cr":
			p.text.WriteByte('\n')
		case "noBreakHyphen":
			p.text.WriteByte('-')
		case "footnoteReference":
			d.note(p, "footnote"+attr(e, "id"))
		case "endnoteReference":
			d.note(p, "endnote"+attr(e, "id"))
		case "ruby", "rubyBase":
			return d.runs(p)
		case "AlternateContent":
			return d.alternative(func() error { return d.boxes(p) })
		case "drawing", "pict", "object":
			return d.boxes(p)
		}
		return d.Skip()
	})
}

// note puts a note behind the paragraph that refers to it first.
func (d *docx) note(p *wordParagraph, id string) {
	p.behind.add(d.notes[id])
	delete(d.notes, id)
}

// boxes reads the text boxes in a drawing.
func (d *docx) boxes(p *wordParagraph) error {
	return d.each(func(e xml.StartElement) error {
		if e.Name.Local == "p" && strings.Contains(e.Name.Space, "wordprocessingml") {
			return d.paragraph(&p.behind)
		}
		return d.boxes(p)
	})
}

// table writes a table, a line a row. One of a single column lays out the page: its paragraphs are lines.
func (d *docx) table() error {
	return d.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tr":
			return d.tableRow()
		case "sdt", "sdtContent", "customXml", "ins":
			return d.table()
		}
		return d.Skip()
	})
}

func (d *docx) tableRow() error {
	var cells []lines
	var row func() error
	row = func() error {
		return d.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "tc":
				cells = append(cells, lines{})
				return d.cell(&cells[len(cells)-1])
			case "sdt", "sdtContent", "customXml":
				return row()
			}
			return d.Skip()
		})
	}
	if err := row(); err != nil {
		return err
	}
	if len(cells) == 1 {
		d.add(cells[0].text.String())
		return nil
	}
	texts := make([]string, len(cells))
	for i := range cells {
		texts[i] = cells[i].text.String()
	}
	d.row(texts)
	return nil
}

func (d *docx) cell(to *lines) error {
	return d.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return d.paragraph(to)
		case "tbl", "tr", "tc", "sdt", "sdtContent", "customXml":
			return d.cell(to)
		}
		return d.Skip()
	})
}

// coreTitle is the title among the properties of a document of Office: often that of a template, so it stands in only.
func coreTitle(p *pack) string {
	data, err := p.read("docProps/core.xml")
	if data == nil || err != nil {
		return ""
	}
	x, err := newXML(data)
	if err != nil {
		return ""
	}
	title := ""
	_ = x.within([]string{"coreProperties", "title"}, func(xml.StartElement) error { // a broken part has no title
		title, err = x.content()
		return err
	})
	if title = cleanLine(title); countHan(title) < shortestTitle {
		return ""
	}
	return title
}
