package format

import (
	"strings"
	"testing"

	"gongwen/indexer/format/sample"
)

// TestOFD: paragraphs that go over lines and pages are whole, and pages are where they begin.
func TestOFD(t *testing.T) {
	r := sample.New(12)
	d, err := parseOFD(t.Context(), nil, r.OFD())
	if err != nil {
		t.Fatal(err)
	}
	checkPaper(t, r, d)
	if d.Fields.Published != r.Published || d.Name != r.Title {
		t.Errorf("%+v, %q", d.Fields, d.Name)
	}
}

// checkPaper: the lines are those of the report, without what stands on every page.
func checkPaper(t *testing.T, r sample.Report, d Document) {
	t.Helper()
	want := strings.ReplaceAll(strings.TrimSpace(r.Text()), "  ", " ")
	if d.Text != want {
		got, want := strings.Split(d.Text, "\n"), strings.Split(want, "\n")
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Errorf("line %d is\n%q, want\n%q", i, got[i], want[i])
				break
			}
		}
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
	if len(d.Pages) < 3 || d.Pages[0] != 0 {
		t.Errorf("pages %v", d.Pages)
	}
	for i := 1; i < len(d.Pages); i++ {
		if d.Pages[i] <= d.Pages[i-1] || d.Pages[i] > len(d.Text) {
			t.Errorf("pages %v of %d", d.Pages, len(d.Text))
		}
	}
}

func TestOFDRefused(t *testing.T) {
	whole := sample.New(2).OFD()
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"truncated", whole[:len(whole)-100], "不完整或已损坏"},
		{"no zip", []byte("x"), "不是 OFD 文件"},
		{"another zip", sample.Zip("a.txt", "甲"), "没有 OFD.xml"},
		{"encrypted", sample.Zip("OFD.xml", "<OFD/>", "Encryptions.xml", "<x/>"), "已加密"},
		{"part missing", sample.Zip("OFD.xml", "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>"), "缺少 D/Document.xml"},
		{"scan", sample.Zip("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>", "D.xml", `<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>`,
			"P.xml", "<Page><Content><Layer><ImageObject/></Layer></Content></Page>"), "没有文字层"},
		{"nested", sample.Zip("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>", "D.xml", `<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>`,
			"P.xml", "<Page><Content><Layer>"+strings.Repeat("<PageBlock>", 10000)), "嵌套超过"},
	} {
		_, err := parseOFD(t.Context(), nil, test.data)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// TestPageNumbers: what is a page number at a margin, and what is not.
func TestPageNumbers(t *testing.T) {
	for _, number := range []string{"1", "- 12 -", "— 3 —", "第 3 页", "第3页 共12页", "3/12", "－１２－", "· 4 ·", "iv", "第三页"} {
		if !pageNumber.MatchString(number) {
			t.Errorf("%q is no page number", number)
		}
	}
	for _, text := range []string{"2020年", "一、总体要求", "12件", "第三章", "3.5", "1月2日", "12345"} {
		if pageNumber.MatchString(text) {
			t.Errorf("%q is a page number", text)
		}
	}
}

func FuzzOFD(f *testing.F) {
	f.Add(`<Page><Content><Layer><TextObject Boundary="1 2 3 4" CTM="1 0 0 1 0 0" Size="5"><TextCode X="0" Y="1" DeltaX="g 2 3 4">甲乙</TextCode></TextObject></Layer></Content></Page>`)
	f.Add(`<Page><Area><PhysicalBox>0 0 1 NaN</PhysicalBox></Area><Template TemplateID="1"/><Content><TextObject Size="-1"><TextCode DeltaX="g 99999999 1">甲</TextCode></TextObject></Content></Page>`)
	f.Fuzz(func(t *testing.T, page string) {
		d, err := parseOFD(t.Context(), nil, sample.Zip("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
			"D.xml", `<Document><CommonData><TemplatePage ID="1" BaseLoc="P.xml"/></CommonData><Pages><Page BaseLoc="P.xml"/><Page BaseLoc="P.xml"/></Pages></Document>`, "P.xml", page))
		last := 0
		for _, at := range d.Pages {
			if err == nil && (at < last || at > len(d.Text)) {
				t.Errorf("pages %v of %d", d.Pages, len(d.Text))
			}
			last = at
		}
	})
}
