package enginetest

import (
	"slices"
	"testing"

	"gongwen"
	"gongwen/search"
)

// naming: the document that is called what one types comes before those that speak of it, however often.
func naming(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	put(t, e,
		gongwen.Document{ID: "n1", Title: "中华人民共和国湿地保护法", Text: "为了加强管理，制定本法。"},
		gongwen.Document{ID: "n2", Title: "云川省实施《中华人民共和国湿地保护法》办法", Text: "根据湿地保护法，制定本办法。湿地保护法所称湿地。"},
		gongwen.Document{ID: "n3", Title: "通知", Text: "湿地保护法，湿地保护法，湿地保护法。"})
	r := ask(t, e, "湿地保护法")
	if r.Total != 3 || r.Hits[0].Document.ID != "n1" {
		t.Errorf("湿地保护法: %d hits, %s first, want 3 and the law", r.Total, r.Hits[0].Document.ID)
	}
}

// besides: words side by side count for more than the same words apart.
func besides(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	put(t, e,
		gongwen.Document{ID: "b1", Text: "海绵城市建设，另有试点。"},
		gongwen.Document{ID: "b2", Text: "建设试点，另有海绵城市。"})
	for query, want := range map[string]string{"海绵城市 建设": "b1", "建设 试点": "b2"} {
		if r := ask(t, e, query); r.Total < 2 || r.Hits[0].Document.ID != want {
			t.Errorf("%s: %d hits, %s first, want %s", query, r.Total, r.Hits[0].Document.ID, want)
		}
	}
}

// aliases: where too few documents hold every word, other names will do, and come with those that hold every word; quotes,
// + and match=all mean what they say.
func aliases(t *testing.T, e search.Engine, _ generator, _ []gongwen.Document) {
	put(t, e,
		gongwen.Document{ID: "a1", Title: "甲", Text: "适用刑事诉讼法的规定"},
		gongwen.Document{ID: "a2", Title: "乙", Text: "刑诉法培训"})
	r := ask(t, e, "刑诉法")
	found := []string{}
	for _, hit := range r.Hits {
		found = append(found, hit.Document.ID)
		if len(hit.Missing) > 0 {
			t.Errorf("%s lacks %v", hit.Document.ID, hit.Missing)
		}
	}
	slices.Sort(found)
	equal(t, "刑诉法", found, []string{"a1", "a2"})
	if r.All != 1 || !r.Relaxed || len(r.LeftOut) > 0 {
		t.Errorf("刑诉法: all %d, relaxed %v, left out %v, want 1, true, none", r.All, r.Relaxed, r.LeftOut)
	}
	for _, strict := range []string{`"刑诉法"`, "+刑诉法"} {
		equal(t, strict, ids(t, e, strict), []string{"a2"})
	}
	equal(t, "match=all", walkAll(t, e, "刑诉法", 10, func(r *search.Request) { r.Match = search.MatchAll }), []string{"a2"})
}
