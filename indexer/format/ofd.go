package format

import (
	"context"
	"encoding/xml"
	"math"
	"path"
	"strconv"
	"strings"
)

// parseOFD reads a document in the national format for fixed layout (GB/T 33190).
func parseOFD(_ context.Context, _ *input, data []byte) (Document, error) {
	p, err := openPack(data, "OFD")
	if err != nil {
		return Document{}, err
	}
	switch {
	case p.has("Encryptions.xml"):
		return Document{}, refuse("OFD 文件已加密，无法读取；请去掉密码后另存一份")
	case !p.has("OFD.xml"):
		return Document{}, refuse("不是 OFD 文件：里面没有 OFD.xml；请用阅读器打开后重新保存")
	}
	o := ofd{pack: p, templates: map[string]string{}}
	if err := o.readRoot(); err != nil {
		return Document{}, err
	}
	for _, root := range o.roots {
		if err := o.readDocument(root); err != nil {
			return Document{}, err
		}
	}
	document := layPaper(o.pages)
	if document.Text == "" {
		return Document{}, refuse("OFD 里没有文字层（可能是扫描件）；请先做文字识别（OCR）再收录")
	}
	document.Fields, document.Name = o.fields, o.title
	return document, checkLength(document.Text)
}

// ofd is an OFD file while it is read.
type ofd struct {
	*pack
	roots     []string
	fields    Fields
	title     string
	templates map[string]string // ID: part
	height    float64           // of pages that do not say
	pages     []paperPage
}

func (o *ofd) readRoot() error {
	x, err := o.part("OFD.xml")
	if err != nil {
		return err
	}
	return x.within([]string{"OFD", "DocBody"}, func(xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "DocRoot":
				root, err := x.content()
				o.roots = append(o.roots, strings.TrimSpace(root))
				return err
			case "DocInfo":
				return x.each(func(e xml.StartElement) error { return o.readInfo(x, e) })
			}
			return x.Skip()
		})
	})
}

// readInfo reads what the file says of its document: the title stands in, and of the makers' own entries those that are
// named as fields of an official document are.
func (o *ofd) readInfo(x *xmlReader, e xml.StartElement) error {
	switch e.Name.Local {
	case "Title":
		title, err := x.content()
		if title = cleanLine(title); countHan(title) >= shortestTitle {
			o.title = title
		}
		return err
	case "CustomDatas":
		return x.within([]string{"CustomData"}, func(e xml.StartElement) error {
			value, err := x.content()
			value = cleanLine(value)
			switch FieldNamed(attr(e, "Name")) {
			case "number":
				o.fields.Number = value
			case "issuer":
				o.fields.Issuer = value
			case "signed":
				o.fields.Signed = value
			case "published":
				o.fields.Published = value
			}
			return err
		})
	}
	return x.Skip()
}

// part opens a part that must be there.
func (o *ofd) part(name string) (*xmlReader, error) {
	data, err := o.read(name)
	if err == nil && data == nil {
		err = refuse("OFD 文件不完整：缺少 %s；请重新下载，或用阅读器打开后重新保存", name)
	}
	if err != nil {
		return nil, err
	}
	return newXML(data)
}

// at is the path of a part that is named in another one.
func at(part, name string) string {
	name = strings.TrimSpace(name)
	if strings.HasPrefix(name, "/") {
		return name
	}
	return path.Join(path.Dir(part), name)
}

func (o *ofd) readDocument(part string) error {
	x, err := o.part(part)
	if err != nil {
		return err
	}
	var pages []string
	err = x.within([]string{"Document"}, func(xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "CommonData":
				return x.each(func(e xml.StartElement) error {
					switch e.Name.Local {
					case "PageArea":
						return o.readArea(x, &o.height)
					case "TemplatePage":
						o.templates[attr(e, "ID")] = at(part, attr(e, "BaseLoc"))
					}
					return x.Skip()
				})
			case "Pages":
				return x.within([]string{"Page"}, func(e xml.StartElement) error {
					pages = append(pages, at(part, attr(e, "BaseLoc")))
					return x.Skip()
				})
			}
			return x.Skip()
		})
	})
	if err != nil {
		return err
	}
	if len(o.pages)+len(pages) > maxPages {
		return refuse("OFD 有 %d 页，不像一份公文（上限 %d 页）；请拆分后再收录", len(o.pages)+len(pages), maxPages)
	}
	for _, page := range pages {
		o.pages = append(o.pages, paperPage{height: o.height})
		if err := o.readPage(page, true); err != nil {
			return err
		}
	}
	return nil
}

func (o *ofd) readArea(x *xmlReader, height *float64) error {
	return x.each(func(e xml.StartElement) error {
		if e.Name.Local != "PhysicalBox" {
			return x.Skip()
		}
		box, err := x.content()
		if n := numbers(box); len(n) == 4 && n[3] > 0 {
			*height = n[3]
		}
		return err
	})
}

// readPage reads the runs of a page, and of the template below it, which has none of its own.
func (o *ofd) readPage(part string, templates bool) error {
	x, err := o.part(part)
	if err != nil {
		return err
	}
	page := &o.pages[len(o.pages)-1]
	return x.within([]string{"Page"}, func(xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "Area":
				return o.readArea(x, &page.height)
			case "Template":
				if template := o.templates[attr(e, "TemplateID")]; templates && template != "" {
					if err := o.readPage(template, false); err != nil {
						return err
					}
				}
				return x.Skip()
			}
			return page.readBlock(x, e)
		})
	})
}

// readBlock reads the runs in content, layers, blocks.
func (p *paperPage) readBlock(x *xmlReader, e xml.StartElement) error {
	switch e.Name.Local {
	case "TextObject":
		return p.readText(x, e)
	case "Content", "Layer", "PageBlock", "CompositeObject":
		return x.each(func(e xml.StartElement) error { return p.readBlock(x, e) })
	}
	return x.Skip()
}

// readText reads a run. Its characters stand where X and Y say, in a box that is moved by CTM and placed by Boundary.
func (p *paperPage) readText(x *xmlReader, object xml.StartElement) error {
	box, ctm := numbers(attr(object, "Boundary")), numbers(attr(object, "CTM"))
	if len(box) != 4 {
		box = make([]float64, 4)
	}
	if len(ctm) != 6 {
		ctm = []float64{1, 0, 0, 1, 0, 0}
	}
	size, err := strconv.ParseFloat(attr(object, "Size"), 64)
	if err != nil || size <= 0 || math.IsInf(size, 0) || math.IsNaN(size) {
		size = box[3]
	}
	if attr(object, "Visible") == "false" {
		return x.Skip()
	}
	cx, cy := 0.0, 0.0 // a text that does not say stands where the one before it does
	return x.within([]string{"TextCode"}, func(e xml.StartElement) error {
		if n := numbers(attr(e, "X")); len(n) == 1 {
			cx = n[0]
		}
		if n := numbers(attr(e, "Y")); len(n) == 1 {
			cy = n[0]
		}
		width := size + steps(attr(e, "DeltaX"))
		text, err := x.content()
		left := box[0] + ctm[0]*cx + ctm[2]*cy + ctm[4]
		bottom := box[1] + ctm[1]*cx + ctm[3]*cy + ctm[5]
		tall := size * math.Hypot(ctm[2], ctm[3])
		run := printed{
			text: strings.Trim(text, "\r\n"), left: left, right: left + width*math.Hypot(ctm[0], ctm[1]), top: bottom - tall, bottom: bottom,
		}
		p.runs = append(p.runs, run)
		return err
	})
}

// numbers reads numbers parted by blanks; one that is none ends them.
func numbers(text string) []float64 {
	var all []float64
	for field := range strings.FieldsSeq(text) {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil
		}
		if all = append(all, n); len(all) > 1<<16 {
			break
		}
	}
	return all
}

// steps adds up the steps from character to character; "g 3 5" stands for three of five.
func steps(text string) float64 {
	sum := 0.0
	fields := strings.Fields(text)
	for i := 0; i < len(fields); i++ {
		count := 1.0
		if fields[i] == "g" && i+2 < len(fields) {
			n, _ := strconv.Atoi(fields[i+1]) // none is 0
			count = float64(n)
			i += 2
		}
		if step := numbers(fields[i]); len(step) == 1 {
			sum += count * step[0]
		}
	}
	return sum
}
