package sample

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
)

// EML is the report as a message: its text as a page in that charset, encoded by encode, and an attached file.
func (r Report) EML(charset string, encode func(string) string, name string, file []byte) string {
	word := func(text string) string {
		return "=?" + charset + "?B?" + base64.StdEncoding.EncodeToString([]byte(encode(text))) + "?="
	}
	var body strings.Builder
	body.WriteString("<html><body>")
	r.htmlBody(&body)
	body.WriteString("</body></html>")
	var b strings.Builder
	fmt.Fprintf(&b, "Date: Wed, 20 Jan 2021 09:30:00 +0800\r\nFrom: %s <a@qingxi.example>\r\nSubject: %s\r\n", word(r.Source), word(r.Title))
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"外\"\r\n\r\n")
	out := strings.ReplaceAll(b.String(), "外", "outer")
	part := func(boundary, head string, data []byte) {
		out += "--" + boundary + "\r\n" + head + "Content-Transfer-Encoding: base64\r\n\r\n" + wrapped(data) + "\r\n"
	}
	out += "--outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n"
	part("inner", "Content-Type: text/plain; charset="+charset+"\r\n", []byte(encode("请用能显示网页的程序查看。")))
	part("inner", "Content-Type: text/html; charset="+charset+"\r\n", []byte(encode(body.String())))
	out += "--inner--\r\n"
	if name != "" {
		part("outer", "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\""+mime.BEncoding.Encode("utf-8", name)+"\"\r\n", file)
	}
	return out + "--outer--\r\n"
}

func wrapped(data []byte) string {
	text := base64.StdEncoding.EncodeToString(data)
	var b strings.Builder
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	return b.String() + text
}

// TarGzip packs files, given as name and content by turns.
func TarGzip(files ...string) []byte {
	var buffer bytes.Buffer
	g := gzip.NewWriter(&buffer)
	t := tar.NewWriter(g)
	for i := 0; i+1 < len(files); i += 2 { // writing to memory cannot fail
		_ = t.WriteHeader(&tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1]))})
		_, _ = t.Write([]byte(files[i+1]))
	}
	_ = t.Close()
	_ = g.Close()
	return buffer.Bytes()
}
