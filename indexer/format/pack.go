package format

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

const (
	// maxPart is the most bytes of a part of a zipped document, unpacked, and maxUnpacked of all parts that are read. A
	// bomb packs gigabytes of the same into a file of nothing.
	maxPart     = 64 << 20
	maxUnpacked = 192 << 20
	// maxNesting is how deep elements of XML may lie in each other; Word stays below fifty.
	maxNesting = 256
)

// pack is a document that is a zip file of XML parts, as those of Word, Excel and OFD are.
type pack struct {
	parts map[string]*zip.File // by path in lower case, without a stroke in front
	left  int64                // bytes that may still be unpacked
}

var (
	oleMagic = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}
	zipMagic = []byte("PK\x03\x04")
)

// openPack opens a document of the kind that is called name.
func openPack(data []byte, name string) (*pack, error) {
	if bytes.HasPrefix(data, oleMagic) {
		return nil, refuse("%s 文件设了密码或已加密，无法读取；请去掉密码后另存一份", name)
	}
	if !bytes.HasPrefix(data, zipMagic) {
		return nil, refuse("不是 %s 文件，或开头已损坏；请用办公软件打开后重新保存", name)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse("%s 文件不完整或已损坏（%v）；请重新下载，或用办公软件打开后重新保存", name, err)
	}
	p := &pack{parts: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, refuse("%s 文件已加密，无法读取；请去掉密码后另存一份", name)
		}
		p.parts[partName(f.Name)] = f
	}
	return p, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// has reports whether there is a part of that path.
func (p *pack) has(name string) bool { return p.parts[partName(name)] != nil }

// read unpacks a part; nil for one that is not there.
func (p *pack) read(name string) ([]byte, error) {
	f := p.parts[partName(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // only read from
	data, err := readUpTo(r, min(maxPart, p.left))
	if errors.Is(err, errTooLong) {
		return nil, refuse("解压后过大（一部分超过 %d MB，或共超过 %d MB），可能是压缩炸弹，没有读取", maxPart>>20, maxUnpacked>>20)
	}
	if err != nil {
		return nil, err
	}
	p.left -= int64(len(data))
	return data, nil
}

// xmlReader walks through the elements of a part. It resolves no entities but the five of XML, so none can grow.
type xmlReader struct {
	*xml.Decoder
	depth int
}

// newXML reads a part in any encoding.
func newXML(data []byte) (*xmlReader, error) {
	decoded, err := Decode(data, declaredCharset(data))
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(strings.NewReader(decoded.Text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
	return &xmlReader{Decoder: d}, nil
}

// each calls visit for every element in the current one, which at the beginning is the document. visit reads the
// element to its end, by each, content or Skip.
func (x *xmlReader) each(visit func(e xml.StartElement) error) error {
	if x.depth++; x.depth > maxNesting {
		return refuse("内容嵌套超过 %d 层，不像正常的文档，没有读取", maxNesting)
	}
	defer func() { x.depth-- }()
	for {
		token, err := x.Token()
		switch {
		case errors.Is(err, io.EOF) && x.depth == 1:
			return nil
		case err != nil:
			return damaged(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := visit(token); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// content is the text of the current element, to its end.
func (x *xmlReader) content() (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := x.Token()
		if err != nil {
			return "", damaged(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(token)
		}
	}
	return b.String(), nil
}

// within is each for the elements at a path below the current element; elements off the path are passed over.
func (x *xmlReader) within(names []string, visit func(e xml.StartElement) error) error {
	return x.each(func(e xml.StartElement) error {
		switch {
		case e.Name.Local != names[0]:
			return x.Skip()
		case len(names) == 1:
			return visit(e)
		}
		return x.within(names[1:], visit)
	})
}

func damaged(err error) error {
	if refused := (*RefusedError)(nil); errors.As(err, &refused) {
		return err
	}
	return refuse("文件内容不完整或已损坏（%v）；请重新下载，或用办公软件打开后重新保存", err)
}

// attr is the value of an attribute by its name without prefix.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
