package followup_test

import (
	"slices"
	"strings"
	"testing"

	"gongwen"
	"gongwen/followup"
)

func bodies(t testing.TB, more string) *followup.Bodies {
	t.Helper()
	b, err := followup.NewBodies(strings.NewReader(more))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const more = `# 说明
甲城县 → 甲城区
乙山风景区管理委员会、乙山旅游区管委会 → 乙山文化旅游区管理委员会 → 乙山国家公园管理局
`

func TestSame(t *testing.T) {
	b := bodies(t, more)
	for _, test := range []struct {
		one, other string
		same       bool
	}{
		{"枫林市人民政府法制办公室", "枫林市司法局", true},
		{"枫林市政府法制办", "枫林市司法局", true},
		{"云川省安澜市青溪区人民政府", "青溪区人民政府", true},
		{"青溪区政府", "安澜市青溪区人民政府", true},
		{"海岬市临港经济开发区管理委员会", "临港经济开发区管委会", true},
		{"洛浔高新区管委会", "洛浔高新区管理委员会", true},
		{"棠岑县地方税务局", "国家税务总局棠岑县税务局", true},
		{"青溪区工商行政管理局", "青溪区市场监督管理局", true},
		{"甲城县人民政府", "甲城区人民政府", true},
		{"甲城县司法局", "丙省丁市甲城区司法局", true},
		{"乙山旅游区管委会", "乙山国家公园管理局", true},
		{"枫林市司法局", "青溪区司法局", false},
		{"青溪区人民政府", "石桥区人民政府", false},
		{"青溪区人民政府", "青溪区人民政府办公室", false},
		{"安澜市司法局", "安澜市青溪区司法局", false},
		{"司法局", "安澜市司法局", false},
		{"市场监督管理局", "青溪区市场监督管理局", false},
		{"", "", false},
	} {
		one, other := &gongwen.Document{Issuer: test.one}, &gongwen.Document{Issuer: test.other}
		if b.Same(one, other) != test.same || b.Same(other, one) != test.same {
			t.Errorf("%s and %s (%s and %s): same is not %t", test.one, test.other, b.Name(test.one), b.Name(test.other), test.same)
		}
	}
	one := &gongwen.Document{Issuer: "城关区人民政府", Region: "甲省/乙市/城关区"}
	other := &gongwen.Document{Issuer: "城关区人民政府", Region: "甲省/丙市/城关区"}
	if b.Same(one, other) {
		t.Error("two districts of one name are the same body")
	}
	before := &gongwen.Document{Issuer: "甲城县人民政府", Region: "云川省/安澜市/甲城县"}
	after := &gongwen.Document{Issuer: "甲城区人民政府", Region: "云川省/安澜市/甲城区"}
	if !b.Same(before, after) {
		t.Error("a county that became a district is another body")
	}
}

// TestNames holds that a name leads to one name, however often it is looked up.
func TestNames(t *testing.T) {
	b := bodies(t, more+"子局 → 丑局\n丑局 → 子局\n")
	for _, name := range []string{"枫林市人民政府法制办公室", "甲城县环保局", "乙山旅游区管委会", "某市子局", "", "局", "市场监督管理局", "高新技术产业开发区管理委员会"} {
		if today := b.Name(name); b.Name(today) != today && !strings.Contains(name, "子局") {
			t.Errorf("%s is %s is %s", name, today, b.Name(today))
		}
	}
}

func TestWrongRows(t *testing.T) {
	for _, row := range []string{"司法局", "→ 司法局", "法制办 →", "甲城县 → 司法局", "法制办、 → "} {
		if _, err := followup.NewBodies(strings.NewReader("\n" + row)); err == nil || !strings.Contains(err.Error(), "第 2 行") {
			t.Errorf("%q: %v", row, err)
		}
	}
}

func TestLater(t *testing.T) {
	b := bodies(t, "")
	own := &gongwen.Document{ID: "a", Issuer: "枫林市人民政府法制办公室", Year: 2018}
	list := []*gongwen.Document{
		{ID: "e", Issuer: "枫林市司法局", Published: "2021-03-01"},
		{ID: "d", Issuer: "枫林市司法局", Year: 2020},
		{ID: "c", Source: "枫林市司法局", Year: 2019},
		{ID: "b", Issuer: "枫林市司法局", Year: 2018},
		{ID: "f", Issuer: "枫林市公安局", Year: 2019},
		{ID: "g", Issuer: "枫林市司法局"},
		own,
	}
	var ids []string
	for _, d := range b.Later(own, list) {
		ids = append(ids, d.ID)
	}
	if want := []string{"c", "d", "e"}; !slices.Equal(ids, want) {
		t.Errorf("later are %v, want %v", ids, want)
	}
}

func FuzzBodies(f *testing.F) {
	f.Add("法制办 → 司法局\n甲县→乙区", "甲县法制办")
	f.Add("a->b", "国家税务总局")
	f.Fuzz(func(t *testing.T, rows, name string) {
		b, err := followup.NewBodies(strings.NewReader(rows))
		if err != nil {
			return
		}
		d := &gongwen.Document{Issuer: name}
		if b.Name(name) != "" && !b.Same(d, d) {
			t.Errorf("%q is not the same as itself", name)
		}
	})
}
