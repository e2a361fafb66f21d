package server

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var wayCount = regexp.MustCompile(`([\d,]+) (件|节)`)

// Every way out of an empty answer, and every spelling that is offered, leads to a page with precisely the number of hits that
// was promised; so do the parameters of the API.
func TestWaysKeepTheirWord(t *testing.T) {
	samples, err := loadSamples()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := newTest(t, samples.engine, Options{})
	ways := 0
	for _, parameters := range []string{
		"q=涉企 飞碟", "q=行政复意", "q=\"行政复意\"", "q=行政执法&year=2018&year=1999&kind=不存在的类别", "q=\"执法行政检查\"", "q=+行政 +飞碟 -复议",
		"q=涉企 飞碟 坏话&match=all", "q=行政执法 政府采购 法律顾问 飞碟&unit=section&match=all", "q=年度:1999 执法", "q=(复议 OR 飞碟) 火星 -执法",
		"q=执法&year_from=1990&year_to=1991&region=无此省", "q=放管服 火星&synonyms=false&match=all", "q=安澜政发〔2019〕999号", "q=xingzheng zhifa",
		"q=法治政府建社&year=2018", "q=\"A\\\"b\" 标题:飞碟",
	} {
		address := "/search?" + encoded(t, parameters)
		page := open(t, s, address)
		if strings.Contains(page.one(t, "h1").text(), "没有找到") && len(page.all("div.ways")) != 1 {
			t.Errorf("%s: no explanation", parameters)
		}
		for _, selector := range []string{"div.ways li", "p.remark"} {
			for _, way := range page.all(selector) {
				for _, a := range way.all("a") {
					text := way.text()
					if selector == "p.remark" {
						text = a.text()
					}
					said := wayCount.FindStringSubmatch(text[max(0, strings.LastIndexAny(text, "：（")):])
					if said == nil {
						continue
					}
					ways++
					heading := open(t, s, a.href()).one(t, "h1").text()
					got := "没有找到"
					if m := regexp.MustCompile(`共 ([\d,]+) (件|节)`).FindStringSubmatch(heading); m != nil {
						got = m[1] + m[2]
					}
					want := said[1] + said[2]
					if said[1] == "0" {
						want = "没有找到"
					}
					if got != want {
						t.Errorf("%s: %s leads to %q at %s", parameters, text, heading, a.href())
					}
				}
			}
		}
		answer := object(t, get(s, "/api/v1/search?"+encoded(t, parameters)))
		for _, v := range answer["variants"].([]any) {
			variant := v.(map[string]any)
			other := object(t, get(s, "/api/v1/search?"+variant["parameters"].(string)))
			if other["total"] != variant["total"] || variant["total"] == 0.0 {
				t.Errorf("%s: %v finds %v", parameters, variant, other["total"])
			}
		}
	}
	if ways < 40 {
		t.Errorf("only %d ways", ways)
	}
}

// encoded is a query string as a browser sends it.
func encoded(t *testing.T, parameters string) string {
	t.Helper()
	values := url.Values{}
	for pair := range strings.SplitSeq(parameters, "&") {
		name, value, _ := strings.Cut(pair, "=")
		values.Add(name, value)
	}
	return values.Encode()
}
