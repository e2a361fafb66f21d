package fetch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/renameio/v2"

	"gongwen/indexer/format"
)

// maxName is the most bytes of a file's name without its extension: systems allow 255 in all.
const maxName = 120

// extensionOf are the extensions of what sites declare. What is not here is known by its name or first bytes, or is no
// document.
var extensionOf = map[string]string{
	"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md", "text/csv": ".csv",
	"application/pdf": ".pdf", "application/x-pdf": ".pdf", "application/ofd": ".ofd", "application/rtf": ".rtf", "text/rtf": ".rtf",
	"application/msword": ".doc", "application/vnd.ms-word": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-works": ".wps",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       ".xlsx",
	"application/zip": ".zip", "application/x-zip-compressed": ".zip", "application/x-tar": ".tar",
	"application/vnd.oasis.opendocument.text": ".odt", "application/vnd.oasis.opendocument.spreadsheet": ".ods",
	"message/rfc822": ".eml", "application/json": ".json",
}

// starts are first bytes, for what is declared as application/octet-stream or not at all.
var starts = []struct{ bytes, extension string }{
	{"%PDF-", ".pdf"}, {"PK\x03\x04", ".zip"}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"}, {"{\\rtf", ".rtf"},
}

// typed is the extension of what was fetched, or "" for no document that is read. named is the extension of its name.
func (r *run) typed(named, declared string, body []byte) string {
	media, _, err := mime.ParseMediaType(declared)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(declared), ";")
	}
	media = strings.TrimSpace(media)
	ext := extensionOf[media]
	readable := named != "" && strings.Contains(r.readable, " "+named+" ")
	switch kind, _, _ := strings.Cut(media, "/"); {
	case kind == "image" || kind == "audio" || kind == "video" || kind == "font":
		return ""
	case readable && (ext != ".html" || isHTML(named) || !looksHTML(body)):
		return named
	case ext != "":
		return ext
	}
	for _, start := range starts {
		if bytes.HasPrefix(body, []byte(start.bytes)) {
			return start.extension
		}
	}
	if looksHTML(body) {
		return ".html"
	}
	return ""
}

func looksHTML(body []byte) bool {
	return strings.HasPrefix(http.DetectContentType(body), "text/html")
}

// place is where the file of an address lies: a folder of its own below that of its host, and a name that people know it by.
func place(address *url.URL, name, ext string) string {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if strings.ToLower(path.Ext(name)) != ext {
		stem = strings.TrimSuffix(name, ext)
		if isHTML(ext) {
			stem = strings.TrimSuffix(stem, path.Ext(stem)) // page.jsp becomes page.html
		}
	}
	return path.Join(fileName(strings.ReplaceAll(address.Host, ":", "_")), shortHash(address.String()), fileName(stem)+ext)
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

func contentHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

var attachedTo = regexp.MustCompile(`^(?:附件|附|下载)\s*[0-9一二三四五六七八九十]*\s*[:：.、]?\s*`)

// nameOf is the name of a file as people know it: that of the header, else that of the address, else the words of the link.
func nameOf(address *url.URL, header http.Header, words string) string {
	if name := dispositionName(header.Get("Content-Disposition")); name != "" {
		return name
	}
	name := path.Base(address.Path)
	if name == "/" || name == "." {
		return "index.html"
	}
	if strings.HasSuffix(address.Path, "/") {
		return "index.html"
	}
	if words = attachedTo.ReplaceAllString(words, ""); extension(words) != "" && hanIn(name) < 4 && hanIn(words) >= 4 {
		return words
	}
	return name
}

// dispositionName is the file name that a header gives; old sites write it in bytes of GBK.
func dispositionName(disposition string) string {
	_, parameters, err := mime.ParseMediaType(disposition)
	name := parameters["filename"]
	if err != nil {
		_, name, _ = strings.Cut(disposition, "filename=")
		name = strings.Trim(name, `"; `)
	}
	if unescaped, err := url.PathUnescape(name); err == nil {
		name = unescaped
	}
	if !utf8.ValidString(name) {
		decoded, err := format.Decode([]byte(name), "gbk")
		if err != nil {
			return ""
		}
		name = decoded.Text
	}
	if name == "" {
		return ""
	}
	return strings.Trim(path.Base("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

func hanIn(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// fileName makes a name that every file system takes, and that is not hidden.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	name = strings.Trim(name, ". ")
	for len(name) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	if name == "" {
		return "index"
	}
	return name
}

// store writes a file that appears whole and durable, or not at all.
func (j *journal) store(file string, data []byte) error {
	to := j.path(file)
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := renameio.WriteFile(to, data, 0o640, renameio.WithTempDir(filepath.Join(j.folder, stateFolder))); err != nil {
		return fmt.Errorf("store file: %w", err)
	}
	return nil
}

// remove takes a stored file away, with the folder that was its own.
func (j *journal) remove(file string) error {
	if err := os.Remove(j.path(file)); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("delete file: %w", err)
	}
	_ = os.Remove(filepath.Dir(j.path(file))) // not empty: then it stays
	return nil
}
