package format

import (
	"bytes"
	"context"
	"fmt"
)

// parseText reads a page or a document that was saved as plain text.
func parseText(_ context.Context, _ *input, data []byte) (Document, error) {
	document, err := readText(data, "")
	if err != nil {
		return Document{}, err
	}
	document.Text = running(document.Text)
	return document, nil
}

// readText decodes what should be the text of one document, and refuses what is none.
func readText(data []byte, declared string) (Document, error) {
	decoded, err := Decode(data, declared)
	if err != nil {
		if isBinary(data) {
			err = asRefusal(errBinary)
		}
		return Document{}, err
	}
	if err := checkText(decoded.Text); err != nil {
		return Document{}, asRefusal(err)
	}
	document := Document{Text: decoded.Text, Encoding: decoded.Encoding}
	if decoded.Bad > 0 {
		document.Notes = []string{fmt.Sprintf("按 %s 读取，有 %d 处无法识别", decoded.Encoding, decoded.Bad)}
	}
	return document, checkLength(decoded.Text)
}

// checkText refuses a text that is binary data by its characters, or nothing but white space.
func checkText(text string) error {
	controls, blank := 0, true
	for i := range len(text) {
		b := text[i]
		switch {
		case b == 0:
			return errBinary
		case b > ' ':
			blank = false
		case b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\v' && b != ' ':
			controls++
		}
	}
	// A page copied by hand may hold one or two; a tenth of all bytes are no text.
	if controls > 8 && controls > len(text)/10 {
		return errBinary
	}
	if blank || len(bytes.TrimSpace([]byte(text[:min(len(text), peekSize)]))) == 0 && cleanLine(text) == "" {
		return errEmpty
	}
	return nil
}

// Recognised reports whether the first bytes of a file without extension are those of something that is read.
func Recognised(start []byte) bool {
	return looksText(start) || bytes.HasPrefix(start, []byte("%PDF-")) ||
		bytes.HasPrefix(start, zipMagic) || bytes.HasPrefix(start, oleMagic)
}

func looksText(start []byte) bool {
	if _, _, ok := byMark(start); ok {
		return true
	}
	return bytes.IndexByte(start, 0) < 0 || wide(start[:len(start)&^1]).encoding != nil
}

func isBinary(data []byte) bool { return !looksText(data[:min(len(data), peekSize)]) }
