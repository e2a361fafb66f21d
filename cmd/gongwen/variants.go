package main

import (
	"context"
	"strings"

	"gongwen/search"
	"gongwen/suggest"
)

// variantsOf counts what requests like one find that found few hits: other spellings, by the words that the program knows, and
// where nothing was found at all, what is left of it.
func variantsOf(ctx context.Context, searcher search.Searcher, request search.Request, r *search.Result) ([]search.Variant, error) {
	var found []search.Variant
	var err error
	if search.IsDoubtful(request, r) {
		found, err = search.Respelled(ctx, searcher, request, r, suggest.Correct(request.Query))
	}
	if err != nil || r.Total > 0 {
		return found, err
	}
	others, err := search.Count(ctx, searcher, search.Variants(request))
	return append(found, others...), err
}

// meant offers other spellings.
func (a *app) meant(s *screen, variants []search.Variant, one, many text) {
	var said []string
	for _, v := range variants {
		if v.Kind == search.VariantSpelling {
			said = append(said, v.Part+a.say(inBrackets, a.count(v.Total, one, many)))
		}
	}
	if len(said) > 0 {
		s.put(0, piece{a.say(meantLine, visible(strings.Join(said, "  "))), strong})
	}
}

// ways lists what would have been found by less than was asked.
func (a *app) ways(s *screen, variants []search.Variant, one, many text) {
	labels := map[search.VariantKind]text{
		search.VariantWithout: wayWithout, search.VariantUnfilter: wayUnfilter, search.VariantUnquoted: wayUnquoted,
		search.VariantAny: wayAny, search.VariantLoose: wayLoose,
	}
	first := true
	for _, v := range variants {
		label, ok := labels[v.Kind]
		if !ok {
			continue
		}
		if first {
			s.say(a.say(waysLine))
			first = false
		}
		s.put(indent, piece{text: a.say(label, clip(visible(v.Part), headingWidth)) + "  " + a.count(v.Total, one, many)})
	}
}

// Messages on what else could be asked.
var (
	meantLine   = text{"是不是要找：%s", "Did you mean: %s"}
	inBrackets  = text{"（%s）", " (%s)"}
	waysLine    = text{"可以这样找：", "What finds something:"}
	wayWithout  = text{"去掉 %s", "without %s"}
	wayUnfilter = text{"去掉筛选 %s", "without the filter %s"}
	wayUnquoted = text{"不加引号 %s", "without quotation marks %s"}
	wayAny      = text{"有其一即可 %s", "any of %s"}
	wayLoose    = text{"放宽匹配 %s", "not every word %s"}
)
