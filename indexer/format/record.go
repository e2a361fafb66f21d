package format

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// loose takes a JSON string, number or truth value as text: exports write ids and years either way. null is "".
type loose struct {
	text  string
	wrong bool // it was an object or an array
}

func (l *loose) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		if plain := data[1 : len(data)-1]; bytes.IndexByte(plain, '\\') < 0 && utf8.Valid(plain) {
			l.text = string(plain) // nothing to decode
			return nil
		}
		return json.Unmarshal(data, &l.text)
	case '{', '[':
		l.wrong = true
	case 'n':
		l.text = ""
	default:
		l.text = string(data)
	}
	return nil
}

// record is an object of JSON; fields of other names are ignored.
type record struct {
	ID         loose `json:"id"`
	Title      loose `json:"title"`
	Date       loose `json:"date"`
	Published  loose `json:"published"`
	Signed     loose `json:"signed"`
	Year       loose `json:"year"`
	Source     loose `json:"source"`
	Region     loose `json:"region"`
	Department loose `json:"department"`
	Issuer     loose `json:"issuer"`
	Kind       loose `json:"kind"`
	Status     loose `json:"status"`
	Effective  loose `json:"effective"`
	Expires    loose `json:"expires"`
	Number     loose `json:"number"`
	URL        loose `json:"url"`
	Text       loose `json:"text"`
}

// recordPiece is a piece that holds a record as JSON.
func recordPiece(line, ordinal int, data []byte) Piece {
	parse := func(context.Context) (Document, error) { return parseRecord(data) }
	return Piece{Line: line, Ordinal: ordinal, Data: data, Parse: parse}
}

// parseRecord reads an object of JSON. A refusal carries the record's ID, where it has one.
func parseRecord(data []byte) (Document, error) {
	var r record
	notes, encoding, err := decodeRecord(data, &r)
	if err != nil {
		return Document{}, err
	}
	if r.ID.wrong {
		return Document{}, refuse("id 不是文字；请给每条记录一个文字或数字的 id")
	}
	refused := func(reason string) (Document, error) {
		err := refuse("%s", reason)
		err.ID = r.ID.text
		return Document{}, err
	}
	if r.Text.wrong {
		return refused("text 不是文字；请把正文放在一个字符串里")
	}
	if err := checkLength(r.Text.text); err != nil {
		return refused(asRefusal(err).Reason)
	}
	if strings.TrimSpace(r.Text.text) == "" {
		return refused("没有正文：text 为空；请补上正文，或删去这一行")
	}
	document := recordText(r.Text.text)
	fields, more := r.fields()
	document.Fields, document.Notes, document.Encoding = fields, slices.Concat(notes, more), encoding
	return document, nil
}

func decodeRecord(data []byte, r *record) (notes []string, encoding string, err error) {
	data, encoding = bytes.TrimSpace(data), charsetUTF8.name
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, "", asRefusal(errBinary)
	}
	if !utf8.Valid(data) {
		decoded, err := Decode(data, "")
		if err != nil {
			return nil, "", err
		}
		data, encoding = []byte(decoded.Text), decoded.Encoding
		if decoded.Bad > 0 {
			notes = append(notes, "文字编码有误，有些字无法识别")
		}
	}
	err = json.Unmarshal(data, r)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, "", refuse("JSON 语法错误（本行第 %d 字节：%v）；请检查引号、逗号和括号", syntax.Offset, syntax)
	case err != nil || !bytes.HasPrefix(data, []byte("{")):
		return nil, "", refuse("这一行不是 JSON 对象；每行应当是一个 {…}，至少有 text")
	}
	return notes, encoding, nil
}

// fields are the texts of a record's fields; notes name those that were none.
func (r *record) fields() (f Fields, notes []string) {
	for _, field := range []struct {
		name string
		from loose
		to   *string
	}{
		{"title", r.Title, &f.Title}, {"kind", r.Kind, &f.Kind}, {"source", r.Source, &f.Source}, {"issuer", r.Issuer, &f.Issuer},
		{"region", r.Region, &f.Region}, {"number", r.Number, &f.Number}, {"status", r.Status, &f.Status}, {"url", r.URL, &f.URL},
		{"signed", r.Signed, &f.Signed}, {"department", r.Department, &f.Department}, {"published", r.Published, &f.Published},
		{"effective", r.Effective, &f.Effective}, {"expires", r.Expires, &f.Expires}, {"date", r.Date, &f.Date}, {"year", r.Year, &f.Year},
	} {
		if field.from.wrong {
			notes = append(notes, field.name+" 不是文字，没有采用")
			continue
		}
		*field.to = field.from.text
	}
	f.ID = r.ID.text
	return f, notes
}

// recordText is the text field of a record: Markdown where it has headings of Markdown, plain otherwise, so that a plain
// text with a # or * in it stays as it is.
func recordText(text string) Document {
	document := Document{Text: text}
	if hasMarkdownHeading(text) {
		_, text = frontMatter(text)
		document = markdownText(text)
	}
	document.Record = true
	return document
}
