package header

import (
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

// patterns are those of this package that have more than a word or two.
var patterns = []*pattern{
	nounEnd, orgEnd, noOrg, furniturePattern, breadcrumb, siteNotice, siteLine, footerSign, licence, greeting, heading, addressee, issuing, summary, subtitle,
	damagedNumber, history, dateDigits, dateHan, dateMonth, dateSolid, dateAlone, monthAlone, damaged, stamp, stampTime, meetingPlace, indexCode, statusPrefix,
	statusSuffix, siteName, dayStart, shortRule, aboutDocument, reportEnd, rules, lawEnd, simpleKinds, issuedText, disclosed, outlook, byCouncil, announced,
	notSource, afterSource, leadingYear, aboutStart, government, yearBehind, workBehind, partyAndGov, township, shortGovernment, rankStart, notRank, iRepresent,
	titleYear, titleRange, hanYear, periodText, reportedOn, yearOpening, meetingYear, fullDate, additions, alias, press, generic, issues, issuedBefore,
	issuedBehind, between, editorsNote, markupSign, markupBreak, markupTag, compile(`a?b*(?:c|^d|e$)`), compile(`^(?:ab|cd)?$|(?:x+|[yz]{2,3})q$`),
	compile(`(?i)copy|^(?:a|(?:b|$)c)d|\bx`), compile(`(?:ab?)*(?:^|x)c`), compile(`(甲|乙)+(丙|)$`),
}

// TestPatternsMatchAsTheirExpressions holds every pattern to its regular expression, on texts made to match.
func TestPatternsMatchAsTheirExpressions(t *testing.T) {
	for i := range patterns {
		for seed := range uint64(200) {
			checkPattern(t, i, "关于修桥", seed)
		}
	}
}

func FuzzPattern(f *testing.F) {
	for i := range patterns {
		f.Add(i, "关于修桥的通知(试行)2019年1月2日", uint64(i))
	}
	f.Fuzz(checkPattern)
}

func checkPattern(t *testing.T, which int, text string, seed uint64) {
	if which < 0 || which >= len(patterns) {
		return
	}
	p := patterns[which]
	tree, err := syntax.Parse(p.String(), syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	writeMatch(&b, tree, rand.New(rand.NewPCG(seed, 5)))
	match := b.String()
	for _, text := range []string{text, match, text + match, match + text, "x" + match + "国", match + match} {
		if got, want := p.MatchString(text), p.Regexp.MatchString(text); got != want {
			t.Errorf("%s matches %q: %t, want %t", p, text, got, want)
		}
		if got, want := p.FindStringIndex(text), p.Regexp.FindStringIndex(text); !slices.Equal(got, want) {
			t.Errorf("%s is found in %q at %v, want %v", p, text, got, want)
		}
	}
}

// writeMatch writes a text that the tree matches, conditions like ^ aside.
func writeMatch(b *strings.Builder, tree *syntax.Regexp, random *rand.Rand) {
	if b.Len() > 1000 {
		return
	}
	times := 1
	switch tree.Op {
	case syntax.OpLiteral:
		b.WriteString(string(tree.Rune))
		return
	case syntax.OpCharClass:
		if len(tree.Rune) == 0 {
			return
		}
		at := random.IntN(len(tree.Rune)/2) * 2
		low, high := tree.Rune[at], tree.Rune[at+1]
		b.WriteRune(low + rune(random.IntN(int(min(high-low, 300))+1)))
		return
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteString([]string{"报", "a", "1", "。", " "}[random.IntN(5)])
		return
	case syntax.OpAlternate:
		writeMatch(b, tree.Sub[random.IntN(len(tree.Sub))], random)
		return
	case syntax.OpQuest:
		times = random.IntN(2)
	case syntax.OpStar:
		times = random.IntN(3)
	case syntax.OpPlus:
		times = 1 + random.IntN(2)
	case syntax.OpRepeat:
		most := tree.Max
		if most < 0 {
			most = tree.Min + 3
		}
		times = tree.Min + random.IntN(most-tree.Min+1)
	}
	for range times {
		for _, sub := range tree.Sub {
			writeMatch(b, sub, random)
		}
	}
}
