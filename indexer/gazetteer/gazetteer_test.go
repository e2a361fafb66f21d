package gazetteer

import (
	"strings"
	"testing"
	"time"
)

func newGazetteer(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestEveryPlaceIsFoundByItsFullName(t *testing.T) {
	g := newGazetteer(t)
	if len(g.places) < 3000 {
		t.Fatalf("only %d places", len(g.places))
	}
	for i := range g.places {
		path := g.path(int32(i))
		if got := g.Canonical(path); got != path {
			t.Errorf("Canonical(%s) = %s", path, got)
		}
		written := strings.ReplaceAll(path, "/", "") + "人民政府关于修桥的通知"
		if got := g.Find(written); got != path {
			t.Errorf("Find(%s) = %q, want %s", written, got, path)
		}
	}
}

func TestFind(t *testing.T) {
	g := newGazetteer(t)
	for text, want := range map[string]string{
		"云南省人民政府关于2018年法治政府建设工作的报告": "云南省", "2021年蓟州区法治政府建设情况报告": "天津市/蓟州区", "江苏省连云港市人民政府": "江苏省/连云港市",
		"2018年度大连长兴岛经济区法治政府建设工作报告": "辽宁省/大连市", "合肥高新区管委会": "安徽省/合肥市", "辽宁2018年工作": "辽宁省", "大连市场监督管理局": "辽宁省/大连市",
		"重庆市垫江县沙坪镇人民政府": "重庆市/垫江县", "柞水县凤凰镇": "陕西省/商洛市/柞水县", "恩施州建始县": "湖北省/恩施土家族苗族自治州/建始县", "宽甸县": "辽宁省/丹东市/宽甸满族自治县",
		// shared names
		"朝阳区人民政府": "", "北京市朝阳区": "北京市/朝阳区", "鼓楼区人民政府": "", "朝阳区人民政府……北京市人民政府": "北京市/朝阳区", "福州市鼓楼区": "福建省/福州市/鼓楼区",
		// former names and ranks
		"2010年双流县": "四川省/成都市/双流区", "襄樊市人民政府": "湖北省/襄阳市", "蓟县人民政府": "天津市/蓟州区", "宣武区": "北京市/西城区", "雄安新区": "河北省",
		// ordinary words
		"省、市和县人民政府": "", "长江航道局": "", "交通运输部": "", "上海合作组织": "", "市公安局、自然资源局": "", "和平区域合作": "", "主城区道路": "", "平安建设": "",
		"中华人民共和国": "", "全国人民代表大会": "", "贯彻落实省委、省政府部署": "", "长治久安": "", "民族自治区": "",
		// the first place counts, later ones make it more exact
		"云南省人民政府关于罗平县修桥的批复": "云南省/曲靖市/罗平县", "大连市与沈阳市和平区合作": "辽宁省/大连市",
		// unknown provinces
		"云川省临江市青溪区人民政府": "云川省/临江市/青溪区", "沧澄省生态环境厅2019年": "沧澄省", "我省临江市": "吉林省/白山市/临江市", "全省各市县区": "", "": "",
	} {
		if got := g.Find(text); got != want {
			t.Errorf("Find(%s) = %q, want %q", text, got, want)
		}
	}
}

func TestFindNear(t *testing.T) {
	g := newGazetteer(t)
	for _, c := range []struct{ text, near, want string }{
		{"朝阳区人民政府", "北京市人民政府", "北京市/朝阳区"},
		{"青溪区2021年报告", "……\n云川省临江市青溪区人民政府", "云川省/临江市/青溪区"},
		{"临江市民政局", "云川省临江市人民政府", "云川省/临江市"}, // a real place of that name exists
		{"修桥的通知", "北京市朝阳区", ""},
	} {
		if got := g.FindNear(c.text, c.near); got != c.want {
			t.Errorf("FindNear(%s, %s) = %q, want %q", c.text, c.near, got, c.want)
		}
	}
}

func TestCanonical(t *testing.T) {
	g := newGazetteer(t)
	for text, want := range map[string]string{
		"大连": "辽宁省/大连市", "大连市": "辽宁省/大连市", "辽宁省大连市": "辽宁省/大连市", "辽宁/大连": "辽宁省/大连市", "全国": "全国", "foo": "foo", "": "",
		"北京市/市辖区/朝阳区": "北京市/朝阳区", "吉林": "吉林省", "广西": "广西壮族自治区", "蓟县": "天津市/蓟州区", "云川省临江市": "云川省/临江市",
		"云川省/临江市/青溪区": "云川省/临江市/青溪区", "朝阳区": "朝阳区", "大连甘井子": "大连甘井子",
	} {
		if got := g.Canonical(text); got != want {
			t.Errorf("Canonical(%s) = %q, want %q", text, got, want)
		}
	}
}

func TestHost(t *testing.T) {
	g := newGazetteer(t)
	for address, want := range map[string]string{
		"http://www.luoping.gov.cn/lpx/a.html": "云南省/曲靖市/罗平县", "http://www.tjjz.gov.cn": "天津市/蓟州区", "tjwq.gov.cn": "天津市/武清区",
		"http://flfgk.zhpt.gxzf.gov.cn:5995/a": "广西壮族自治区", "https://sfj.dg.gov.cn/": "广东省/东莞市", "http://xbq.changzhou.gov.cn/": "江苏省/常州市",
		"http://zhongshan.dl.gov.cn": "辽宁省/大连市/中山区", "www.changchun.gov.cn": "吉林省/长春市", "www.szpsq.gov.cn": "广东省/深圳市/坪山区",
		"www.luliang.gov.cn": "山西省/吕梁市", "www.beijing.gov.cn": "北京市", "www.shaanxi.gov.cn": "陕西省", "cqdz.gov.cn": "重庆市/大足区",
		// several places, ministries, others
		"fuzhou.gov.cn": "", "www.js.gov.cn": "", "wz.gov.cn": "", "www.mot.gov.cn": "", "zgsz.gov.cn": "", "www.gov.cn": "", "luoping.com": "",
		"gov.cn": "", "": "", "http://%zz": "", "a.b.c": "",
	} {
		if got := g.Host(address); got != want {
			t.Errorf("Host(%s) = %q, want %q", address, got, want)
		}
	}
	if got := g.Portal("cqdz.gov.cn"); got != "重庆市" {
		t.Errorf("Portal(cqdz.gov.cn) = %q", got)
	}
}

func TestNewIsQuick(t *testing.T) {
	start := time.Now()
	newGazetteer(t)
	// Thirty times what it takes on a quiet machine.
	if took := time.Since(start); took > 150*time.Millisecond {
		t.Errorf("New took %v", took)
	}
}

func FuzzFind(f *testing.F) {
	g := newGazetteer(f)
	f.Add("云川省临江市青溪区人民政府", "北京市朝阳区")
	f.Add("中共省自治区省市县区", "\xff省")
	f.Fuzz(func(t *testing.T, text, near string) {
		for _, path := range []string{g.Find(text), g.FindNear(text, near)} {
			for part := range strings.SplitSeq(path, "/") {
				if path != "" && !strings.Contains(text+near, part) && !g.known(part) {
					t.Errorf("Find(%q) = %q names what stands nowhere", text, path)
				}
			}
		}
		once := g.Canonical(text)
		if twice := g.Canonical(once); twice != once {
			t.Errorf("Canonical(%q) = %q, then %q", text, once, twice)
		}
		g.Host(text)
	})
}

// known reports whether a name is one of the gazetteer's places.
func (g *Gazetteer) known(name string) bool { return len(g.names[name]) > 0 }

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newGazetteer(b)
	}
}

func BenchmarkFind(b *testing.B) {
	g := newGazetteer(b)
	text := strings.Repeat("全省各级机关认真贯彻落实国务院的部署，大连市和沈阳市都办理了行政复议案件。", 50)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		g.Find(text)
	}
}
