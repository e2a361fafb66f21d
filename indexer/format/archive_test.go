package format

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongwen/indexer/format/sample"
)

// TestZip: what lies in an archive is read by its kind, or said to be none, and nothing outside is ever named.
func TestZip(t *testing.T) {
	var buffer bytes.Buffer
	z := zip.NewWriter(&buffer)
	add := func(header *zip.FileHeader, content string) {
		w, err := z.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("通知/年报.txt")
	if err != nil {
		t.Fatal(err)
	}
	inner := sample.Zip("深.txt", "里面的正文。")
	add(&zip.FileHeader{Name: "甲.txt"}, "甲的正文。")
	add(&zip.FileHeader{Name: gbk, NonUTF8: true}, "乙的正文。")
	add(&zip.FileHeader{Name: "lines.jsonl"}, `{"id":"1","text":"一"}`+"\n"+`{"id":"2","text":"二"}`)
	add(&zip.FileHeader{Name: `win\丙.txt`}, "丙的正文。")
	add(&zip.FileHeader{Name: "年/内.zip"}, string(inner))
	for _, evil := range []string{"../../evil.txt", "/abs.txt", `..\win.txt`, `C:\x.txt`, "a/../../b.txt"} {
		add(&zip.FileHeader{Name: evil}, "不应读到")
	}
	link := &zip.FileHeader{Name: "link.txt"}
	link.SetMode(fs.ModeSymlink | 0o777)
	add(link, "/etc/passwd")
	add(&zip.FileHeader{Name: "图.png"}, "x")
	add(&zip.FileHeader{Name: "__MACOSX/._甲.txt"}, "x")
	add(&zip.FileHeader{Name: "folder/"}, "")
	add(&zip.FileHeader{Name: "bomb.txt", Method: zip.Deflate}, strings.Repeat("\n", 16<<20))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	data := buffer.Bytes()
	pieces, documents, reasons := read(t, "a.zip", data)
	var got []string
	for i, p := range pieces {
		got = append(got, fmt.Sprintf("%s:%d %s", p.Name, p.Line, documents[i].Text))
	}
	want := "甲.txt:0 甲的正文。|通知/年报.txt:0 乙的正文。|lines.jsonl:1 一|lines.jsonl:2 二|win/丙.txt:0 丙的正文。|年/内.zip/深.txt:0 里面的正文。"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	for i, want := range []string{"压缩包之外", "压缩包之外", "压缩包之外", "压缩包之外", "压缩包之外", "不是普通文件", "不支持 .png", "系统附带", "压缩炸弹"} {
		if i >= len(reasons) || !strings.Contains(reasons[i], want) {
			t.Errorf("reason %d of %q, want %q", i, reasons, want)
		}
	}
	if len(reasons) != 9 {
		t.Errorf("%d reasons: %q", len(reasons), reasons)
	}

	encrypted := sample.Zip("甲.txt", "甲的正文。")
	for magic, at := range map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8} { // bit 0 of the flags
		encrypted[bytes.Index(encrypted, []byte(magic))+at] |= 1
	}
	if _, _, reasons := read(t, "a.zip", encrypted); len(reasons) != 1 || !strings.Contains(reasons[0], "甲.txt：已加密") {
		t.Errorf("encrypted: %q", reasons)
	}
	for _, cut := range []int{10, len(data) / 2, len(data) - 3} {
		if _, _, reasons := read(t, "a.zip", data[:cut]); len(reasons) != 1 || !strings.Contains(reasons[0], "不完整或已损坏") {
			t.Errorf("cut at %d: %q", cut, reasons)
		}
	}
}

func TestArchiveNested(t *testing.T) {
	data := []byte("最里面的正文。")
	name := "a.txt"
	for i := range 6 {
		data = sample.Zip(name, string(data))
		name = fmt.Sprintf("%d.zip", i)
	}
	pieces, _, reasons := read(t, "x.zip", data)
	if len(pieces) != 0 || len(reasons) != 1 || !strings.Contains(reasons[0], "嵌套超过") {
		t.Errorf("%d pieces, %q", len(pieces), reasons)
	}
}

func TestTar(t *testing.T) {
	data := sample.TarGzip("年/甲.txt", "甲的正文。", "../乙.txt", "乙的正文。", "丙.zip", string(sample.Zip("丁.txt", "丁的正文。")))
	for _, name := range []string{"a.tar.gz", "a.tgz"} {
		pieces, documents, reasons := read(t, name, data)
		if len(pieces) != 2 || pieces[0].Name != "年/甲.txt" || documents[0].Text != "甲的正文。" || pieces[1].Name != "丙.zip/丁.txt" || len(reasons) != 1 {
			t.Errorf("%s: %+v %q", name, pieces, reasons)
		}
	}
	_, _, reasons := read(t, "a.tar.gz", data[:len(data)-30])
	if len(reasons) == 0 {
		t.Error("a cut archive was not reported")
	}
}

// TestEML: subject, sender and attached files of messages in old encodings.
func TestEML(t *testing.T) {
	encode := func(text string) string {
		data, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	r := sample.New(2)
	pieces, documents, reasons := read(t, "a.eml", []byte(r.EML("GB2312", encode, "通知.txt", []byte(encode("镕的正文。")))))
	if len(documents) != 2 || len(reasons) > 0 {
		t.Fatalf("%d documents, %q", len(documents), reasons)
	}
	f := documents[0].Fields
	if f.Title != r.Title || f.Source != r.Source || f.Published != r.Published || pieces[1].Name != "通知.txt" || documents[1].Text != "镕的正文。" {
		t.Errorf("%+v, %q %q", f, pieces[1].Name, documents[1].Text)
	}
	for _, test := range []struct{ name, mail, want string }{
		{"plain", "Subject: a\nDate: Mon, 2 Mar 2020 10:00:00 +0800\n\n甲\n乙", "甲\n乙"},
		{"flowed", "Subject: Re: =?utf-8?Q?=E7=94=B2?=\nContent-Type: text/plain; format=flowed; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E7=94=B2=20\nb\n", "甲 b\n"},
		{"wrong charset", "Subject: a\nContent-Type: text/plain; charset=utf-8\n\n" + encode("各单位要认真执行。"), "各单位要认真执行。"},
	} {
		_, documents, reasons := read(t, "a.eml", []byte(test.mail))
		if len(documents) != 1 || documents[0].Text != test.want {
			t.Errorf("%s: %+v %q", test.name, documents, reasons)
		}
	}
	var b strings.Builder
	for i := range 10000 {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%[1]d\n", i)
	}
	nested := b.String()
	twice := "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Disposition: attachment; filename=a.txt\n\n甲\n", 2) + "--b--\n"
	if pieces, _, _ := read(t, "a.eml", []byte(twice)); len(pieces) != 2 || pieces[0].Name != "a.txt" || pieces[1].Name != "a (2).txt" {
		t.Errorf("files of one name: %+v", pieces)
	}
	saved := "From: <Saved by a browser>\nSubject: =?utf-8?Q?=E7=94=B2?=\nDate: Mon, 2 Mar 2020 10:00:00 +0800\nContent-Type: multipart/related; boundary=b\n\n" +
		"--b\nContent-Type: text/html\n\n<meta name=PubDate content=2019-01-02>" + paragraph + "\n--b--\n"
	if _, documents, _ := read(t, "a.mht", []byte(saved)); len(documents) != 1 || documents[0].Fields.Published != "2019-01-02" || documents[0].Fields.Source != "" {
		t.Errorf("a page that was saved: %+v", documents)
	}
	if _, _, reasons := read(t, "a.eml", []byte(nested)); len(reasons) != 1 || !strings.Contains(reasons[0], "嵌套超过") {
		t.Errorf("nested: %q", reasons)
	}
}

func FuzzZip(f *testing.F) {
	f.Add(sample.Zip("a.txt", "甲", "b/c.zip", string(sample.Zip("d.md", "# 乙"))))
	f.Fuzz(func(t *testing.T, data []byte) { read(t, "a.zip", data) })
}

func FuzzTar(f *testing.F) {
	var buffer bytes.Buffer
	w := tar.NewWriter(&buffer)
	_ = w.WriteHeader(&tar.Header{Name: "a.txt", Size: 3})
	_, _ = w.Write([]byte("甲"))
	_ = w.Close()
	f.Add(buffer.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) { read(t, "a.tar", data) })
}

func FuzzEML(f *testing.F) {
	f.Add([]byte(sample.New(1).EML("utf-8", func(s string) string { return s }, "甲.txt", []byte("乙"))))
	f.Add([]byte("Subject: =?gbk?B?zajWqg==?=\nContent-Type: multipart/mixed; boundary=\"\"\n\n--\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) { read(t, "a.eml", data) })
}
