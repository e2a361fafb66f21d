package format

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

const (
	simplified  = "青溪区人民政府关于印发《行政执法公示办法》的通知\n各镇人民政府、街道办事处：\n现将《行政执法公示办法》印发给你们，请认真贯彻执行。\n"
	traditional = "臺東縣政府關於辦理行政執行業務之通知\n各鄉鎮公所：\n請依據規定辦理，並將執行情形報告本府備查。\n"
)

// encoded is a text in an encoding, and whether a test may expect it to be recognised without a declaration.
var encodings = []struct {
	name     string
	encoding encoding.Encoding
	declared string
	want     string
}{
	{"UTF-8", xunicode.UTF8, "utf-8", "UTF-8"},
	{"UTF-8 with mark", xunicode.UTF8BOM, "utf-8", "UTF-8"},
	{"UTF-16LE with mark", xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM), "utf-16", "UTF-16LE"},
	{"UTF-16BE with mark", xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM), "utf-16", "UTF-16BE"},
	{"UTF-16LE", xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), "", "UTF-16LE"},
	{"UTF-16BE", xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM), "", "UTF-16BE"},
	{"GBK", simplifiedchinese.GBK, "gbk", "GB18030"},
	{"GB18030", simplifiedchinese.GB18030, "gb2312", "GB18030"},
	{"Big5", traditionalchinese.Big5, "big5", "Big5"},
}

// TestDecode: each encoding is read whether it is declared, not declared or declared wrongly, in a text of any length.
func TestDecode(t *testing.T) {
	for _, e := range encodings {
		texts := []string{simplified, strings.Repeat(simplified, 3000), "国办发〔2023〕11号", "政府文件", "2018年法治政府建设年度报告"}
		if e.name == "Big5" {
			texts = []string{traditional, strings.Repeat(traditional, 3000), "行政執行業務報告"}
		}
		for _, text := range texts {
			data, err := e.encoding.NewEncoder().String(text)
			if err != nil {
				t.Fatalf("%s: %v", e.name, err)
			}
			for _, declared := range []string{"", e.declared, "utf-8", "gb2312", "big5", "iso-8859-1", "x-nonsense"} {
				if declared == "iso-8859-1" {
					continue // reads every byte: a false one cannot be told from a true one, but by looks
				}
				d, err := Decode([]byte(data), declared)
				if err != nil || d.Text != text || d.Encoding != e.want || d.Bad != 0 {
					t.Errorf("%s %.20q, declared as %q: read as %s, %d bad, %v: %.30q", e.name, text, declared, d.Encoding, d.Bad, err, d.Text)
				}
			}
		}
	}
}

// TestDecodeDoubtful: names whose bytes in GBK are UTF-8 by chance, and texts that only look so.
func TestDecodeDoubtful(t *testing.T) {
	for _, text := range []string{"通知", "丧"} {
		data, err := simplifiedchinese.GBK.NewEncoder().String(text)
		if err != nil || !utf8.ValidString(data) {
			t.Fatalf("%q is no example: %v", text, err)
		}
		if d, _ := Decode([]byte(data), ""); d.Text != text && text == "通知" {
			t.Errorf("%q was read as %q", text, d.Text)
		}
		if d, _ := Decode([]byte(data), "gbk"); d.Text != text {
			t.Errorf("%q, declared, was read as %q", text, d.Text)
		}
	}
	for _, text := range []string{"café naïve", "Привет", "§ 12 Abs. 3 – größer", "plain", "㐂和𠮷的通知"} {
		if d, err := Decode([]byte(text), ""); d.Text != text || err != nil {
			t.Errorf("%q was read as %q, %v", text, d.Text, err)
		}
	}
	damaged := simplified[:40] + "\xff" + simplified[40:] + simplified[:2]
	if d, err := Decode([]byte(damaged), ""); err != nil || d.Encoding != "UTF-8" || d.Bad != 2 && d.Bad != 3 && d.Bad != 4 {
		t.Errorf("damaged UTF-8 was read as %+v, %v", d, err)
	}
	if d, err := Decode([]byte(strings.Repeat("\x81\xff\xfe\x03\xc1", 100)), ""); err == nil {
		t.Errorf("noise was read as %s %.20q", d.Encoding, d.Text)
	}
}

// FuzzDecode: whatever the bytes, what comes back is UTF-8.
func FuzzDecode(f *testing.F) {
	for _, e := range encodings {
		data, _ := e.encoding.NewEncoder().String(simplified)
		f.Add([]byte(data), e.declared)
	}
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		d, err := Decode(data, declared)
		if err == nil && !utf8.ValidString(d.Text) {
			t.Errorf("%q is not UTF-8", d.Text)
		}
	})
}
