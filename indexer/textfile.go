package indexer

import (
	"bufio"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"unicode"

	"gongwen"
)

// textFile is a page or a document saved as plain text: one document a file.
type textFile struct{ ix *Indexer }

func (textFile) match(name string) bool {
	ext := extension(name)
	return ext == ".txt" || ext == ".text" || ext == ""
}

func (textFile) split(file *bufio.Reader) iter.Seq2[piece, error] { return whole(file) }

func (f textFile) draft(path string, p piece) (draft, error) {
	if err := checkText(p.data); err != nil {
		return draft{}, asRefusal(err)
	}
	if err := checkLength(string(p.data)); err != nil {
		return draft{}, err
	}
	return draft{wholeID(path, p.data), func() (gongwen.Document, []string, error) {
		return f.ix.whole(given{}, plainText(string(p.data)), path)
	}}, nil
}

// markdownFile is a document in Markdown: one a file. Front matter between lines of --- gives fields as a line of
// JSON does.
type markdownFile struct{ ix *Indexer }

func (markdownFile) match(name string) bool {
	ext := extension(name)
	return ext == ".md" || ext == ".markdown"
}

func (markdownFile) split(file *bufio.Reader) iter.Seq2[piece, error] { return whole(file) }

func (f markdownFile) draft(path string, p piece) (draft, error) {
	if err := checkText(p.data); err != nil {
		return draft{}, asRefusal(err)
	}
	if err := checkLength(string(p.data)); err != nil {
		return draft{}, err
	}
	return draft{wholeID(path, p.data), func() (gongwen.Document, []string, error) {
		front, rest := frontMatter(string(p.data))
		given, notes := f.ix.given(front)
		document, more, err := f.ix.whole(given, markdownText(rest), path)
		return document, append(notes, more...), err
	}}, nil
}

// whole yields a file as one piece.
func whole(file *bufio.Reader) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		data, err := io.ReadAll(io.LimitReader(file, maxPiece+1))
		switch {
		case err != nil:
		case len(data) > maxPiece:
			data, err = nil, refuse("文件超过 %d MB，不像一份公文；请拆分成每份文件一篇，或改用 JSON lines（每行一篇）", maxPiece>>20)
		case len(data) == 0:
			return
		}
		yield(piece{ordinal: 1, data: data}, err)
	}
}

// wholeID names the document of a file by the path; what came by standard input has only its content.
func wholeID(path string, data []byte) string {
	if path == stdinPath {
		return shortHash(data)
	}
	return fileID(path)
}

// whole builds the document of a file and refuses one without a word.
func (ix *Indexer) whole(given given, text source, path string) (gongwen.Document, []string, error) {
	document, notes := ix.build(given, text, stem(path))
	if document.Text == "" {
		return document, notes, refuse("没有正文：文件里只有空白或标记；请检查文件是否保存完整")
	}
	return document, notes, nil
}

// stem is the name of a file where it can stand in for a lost title: without extension, and with Han in it.
func stem(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".gz")
	name = name[:len(name)-len(extension(strings.ToLower(name)))]
	han := 0
	for _, r := range name {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han < 4 {
		return ""
	}
	return strings.TrimSpace(name)
}
