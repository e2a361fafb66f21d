package format

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"path"
	"regexp"
	"strings"
)

// maxMIME is how deep the parts of a message may lie in each other.
const maxMIME = 16

// splitEML yields the text of a message and the pieces of the files that are attached to it.
func splitEML(in *input) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		data, err := in.all()
		if err != nil {
			yield(Piece{}, err)
			return
		}
		if in.depth >= maxDepth {
			yield(Piece{}, refuse("邮件和压缩包嵌套超过 %d 层，没有读取；请先取出附件", maxDepth))
			return
		}
		raw, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(data, "\r\n")))
		if err != nil {
			yield(Piece{}, refuse("不是邮件，或邮件头已损坏（%v）；请重新导出", err))
			return
		}
		m := message{}
		err = m.part(textproto.MIMEHeader(raw.Header), raw.Body, 0)
		document, failure := m.document(mail.Header(raw.Header), strings.HasPrefix(Extension(in.name), ".mht"))
		if err == nil {
			err = failure
		}
		if err == nil || len(m.files) == 0 {
			if !yield(Piece{Data: data, Parse: func(context.Context) (Document, error) { return document, nil }}, err) {
				return
			}
		}
		names := map[string]int{}
		for _, f := range m.files {
			if names[f.name]++; names[f.name] > 1 {
				ext := path.Ext(f.name)
				f.name = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(f.name, ext), names[f.name], ext)
			}
			e := entry{name: f.name, open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.data)), nil }}
			if !in.entry(e, yield) {
				return
			}
		}
	}
}

// message is an electronic letter while it is read.
type message struct {
	html, plain []string
	encoding    string // of the last text
	files       []attachment
	size        int
}

type attachment struct {
	name string
	data []byte
}

// part reads a part of a message, or all of it.
func (m *message) part(header textproto.MIMEHeader, body io.Reader, depth int) error {
	if depth > maxMIME {
		return refuse("邮件各部分嵌套超过 %d 层，没有读取", maxMIME)
	}
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && parameters["boundary"] != "" {
		parts := multipart.NewReader(body, parameters["boundary"])
		for n := 0; ; n++ {
			part, err := parts.NextRawPart()
			switch {
			case errors.Is(err, io.EOF) || err != nil && n > 0: // what was cut off is lost, what came before is not
				return nil
			case err != nil:
				return refuse("邮件不完整或已损坏（%v）；请重新导出", err)
			case n > maxEntries:
				return asRefusal(errOverBudget)
			}
			if err := m.part(part.Header, part, depth+1); err != nil {
				return err
			}
		}
	}
	data, err := io.ReadAll(io.LimitReader(transferred(header, body), maxPiece))
	if err != nil && len(data) == 0 {
		return nil // a part that is damaged hides no other
	}
	if m.size += len(data); m.size > 2*maxPiece {
		return refuse("邮件超过 %d MB，没有读取", 2*maxPiece>>20)
	}
	name := fileName(header, parameters)
	switch {
	case name != "":
		m.files = append(m.files, attachment{name, data})
	case kind == "message/rfc822":
		m.files = append(m.files, attachment{"转发的邮件.eml", data})
	case kind == "text/html":
		if read, err := readText(data, parameters["charset"]); err == nil {
			m.html, m.encoding = append(m.html, read.Text), read.Encoding
		}
	case kind == "text/plain" || kind == "":
		if read, err := readText(data, parameters["charset"]); err == nil {
			if strings.EqualFold(parameters["format"], "flowed") {
				read.Text = unflowed(read.Text)
			}
			m.plain, m.encoding = append(m.plain, read.Text), read.Encoding
		}
	}
	return nil
}

func transferred(header textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// unflowed joins lines that were broken for the eye (RFC 3676).
func unflowed(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), " \n", " ")
}

// fileName is the name of an attached file, or "" for a part that is text of the message.
func fileName(header textproto.MIMEHeader, parameters map[string]string) string {
	disposition, values, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	name := ""
	if err == nil {
		name = values["filename"]
	}
	if name == "" {
		name = parameters["name"]
	}
	if name == "" && disposition != "attachment" {
		return ""
	}
	name = path.Base(strings.ReplaceAll(decodeWords(name), `\`, "/"))
	if name == "." || name == "/" {
		return "附件"
	}
	return name
}

// decodeWords decodes the encoded words of a header: =?GB2312?B?…?=. Raw bytes are decoded as a text.
func decodeWords(header string) string {
	decoder := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		d, err := Decode(data, charset)
		return strings.NewReader(d.Text), err
	}}
	if decoded, err := decoder.DecodeHeader(header); err == nil {
		header = decoded
	}
	d, err := Decode([]byte(header), "")
	if err != nil {
		return strings.ToValidUTF8(header, "")
	}
	return cleanLine(d.Text)
}

var forwarded = regexp.MustCompile(`(?i)^(?:\s*(?:re|fw|fwd|答复|回复|转发)\s*[:：])+\s*`)

// document is the text of the message: its page where it has one, which keeps tables and headings. Of a page that a
// browser saved as a message, date and sender say nothing.
func (m *message) document(header mail.Header, saved bool) (document Document, err error) {
	switch {
	case len(m.html) > 0:
		document, err = readHTML(strings.Join(m.html, "\n"))
	case len(m.plain) > 0:
		document.Text = running(strings.Join(m.plain, "\n"))
		err = checkLength(document.Text)
	default:
		err = asRefusal(errNoWords)
	}
	if err != nil {
		return Document{}, err
	}
	document.Encoding = m.encoding
	if saved {
		if document.Name == "" {
			document.Name = decodeWords(header.Get("Subject"))
		}
		return document, nil
	}
	document.Fields = Fields{Title: forwarded.ReplaceAllString(decodeWords(header.Get("Subject")), "")}
	if date, err := header.Date(); err == nil {
		document.Fields.Published = date.Format("2006-01-02")
	}
	if from := decodeWords(header.Get("From")); from != "" {
		name, _, _ := strings.Cut(from, "<")
		document.Fields.Source = strings.Trim(strings.TrimSpace(name), `"'`)
	}
	return document, nil
}
