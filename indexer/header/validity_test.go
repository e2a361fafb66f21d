package header

import (
	"strings"
	"testing"
	"time"

	"gongwen"
)

// TestValidityExamples runs the example of every rule, and nothing but that rule may read it.
func TestValidityExamples(t *testing.T) {
	for i := range validityRules {
		r := &validityRules[i]
		c, ok := claimOf(r.example, "2020-03-04")
		if !ok || c.from != r.from || c.to != r.to {
			t.Errorf("%s: %q gives %s to %s, want %s to %s", r.name, r.example, c.from, c.to, r.from, r.to)
		}
		if from, to := Validity("关于修桥的事项。\n"+r.example+"\n完。", "", "2020-03-04"); from != r.from || to != r.to {
			t.Errorf("%s: in a text %q gives %s to %s", r.name, r.example, from, to)
		}
	}
}

// TestValidityOfOthers: what a text says of others, or of things that are no documents, says nothing of itself.
func TestValidityOfOthers(t *testing.T) {
	for _, text := range []string{
		"《桐川县护林办法》自2020年1月1日起废止。", "下列文件自本决定施行之日起予以废止。", "《民法典》自2021年1月1日起施行。",
		"新修订的行政处罚法自2021年7月15日起施行，全县开展了培训。", "许可证有效期5年。", "食品经营许可证的有效期为五年，自发证之日起计算。",
		"《桐川县河道条例》于十一月公布，自2020年1月1日起施行。", "条例第三条规定：“本条例自2020年1月1日起施行。”",
		"本条例第八条自2020年1月1日起施行。", "药品有效期至2024年12月31日的，不得销售。", "本办法施行前已经取得的证书，有效期至2024年12月31日。",
		"本办法自公布之日起施行。", "规章的施行日期由制定机关规定。", "合同自2020年1月1日起生效。",
	} {
		if from, to := Validity(text, "关于修桥的通知", ""); from != "" || to != "" {
			t.Errorf("%q gives %s to %s", text, from, to)
		}
	}
}

func TestValidityOfSeveral(t *testing.T) {
	decision, law := "本决定自2018年3月1日起施行。", "第九条 本条例自2004年5月1日起施行，《桐川县旧条例》同时废止。"
	for _, test := range []struct {
		text, title string
		want        gongwen.Date
	}{
		{decision + "\n" + law, "桐川县护林条例（2018年修正）", "2004-05-01"},
		{decision + "\n" + law, "关于修改《桐川县护林条例》的决定", "2018-03-01"},
		{decision + "\n" + law, "桐川县公报", ""},
		{law + "\n" + law, "桐川县公报", "2004-05-01"},
		{"本辦法自二○○八年六月一日起施行。", "護林辦法", "2008-06-01"},
	} {
		if got, _ := Validity(test.text, test.title, ""); got != test.want {
			t.Errorf("%s: %s, want %s", test.title, got, test.want)
		}
	}
}

// TestValidityLabels: the index block of a page says dates of validity, and they are no date of publication.
func TestValidityLabels(t *testing.T) {
	for page, want := range map[string][3]string{
		"索引号：1/2 文号：桐政发〔2020〕3号\n施行日期：2020-05-01 失效日期：2025-04-30 有效性：有效\n": {"2020-05-01", "2025-04-30", "现行有效"},
		"发布日期：2020-03-01\n施行日期：2020-05-01\n有效期：5年\n":                       {"2020-05-01", "2025-04-30", ""},
		"发布日期：2020-03-01\n有效期：长期有效\n时效性：尚未施行\n":                            {"", "", "尚未生效"},
	} {
		page += "桐川县护林办法\n各乡镇人民政府：\n请各地按期巡查，发现火情立即报告。"
		fields, _ := Read(page, "", newPlaces(t))
		if got := [3]string{string(fields.Effective), string(fields.Expires), fields.Status}; got != want {
			t.Errorf("%s\ngives %v, want %v", page, got, want)
		}
		if fields.Published != "" && fields.Published != "2020-03-01" {
			t.Errorf("published %s", fields.Published)
		}
	}
}

func TestValidityTime(t *testing.T) {
	for name, text := range map[string]string{
		"cues": strings.Repeat("起施行", 50_000), "sentence": strings.Repeat("本办法由", 100_000) + "自2020年5月1日起施行。",
		"rules": strings.Repeat("本办法自2020年5月1日起施行，有效期5年。", 4_000),
	} {
		started := time.Now()
		Validity(text, "", "")
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func FuzzValidity(f *testing.F) {
	for i := range validityRules {
		f.Add(validityRules[i].example, "办法")
	}
	f.Add("起施行\xff有效期", "")
	f.Fuzz(func(t *testing.T, text, title string) {
		from, to := Validity(text, title, "2020-03-04")
		if to != "" && to < from {
			t.Errorf("from %s to %s", from, to)
		}
		for _, d := range []gongwen.Date{from, to} {
			if _, err := time.Parse(time.DateOnly, string(d)); d != "" && err != nil {
				t.Errorf("date %q", d)
			}
		}
	})
}
