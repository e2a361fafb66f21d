package main

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"gongwen"
)

// pair is a found span and a labelled one that are taken for the same, by their places in their lists.
type pair struct{ found, label int }

// pairs joins found and labelled spans that overlap by half, best ones first, each at most once.
func pairs(found, labels []gongwen.Span) []pair {
	type candidate struct {
		pair
		overlap float64
	}
	var candidates []candidate
	for i, f := range found {
		for j, l := range labels {
			if o := overlap(f, l); o >= 0.5 {
				candidates = append(candidates, candidate{pair{i, j}, o})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		switch {
		case a.overlap > b.overlap:
			return -1
		case a.overlap < b.overlap:
			return 1
		}
		return 0
	})
	usedFound, usedLabel := map[int]bool{}, map[int]bool{}
	var joined []pair
	for _, c := range candidates {
		if !usedFound[c.found] && !usedLabel[c.label] {
			usedFound[c.found], usedLabel[c.label] = true, true
			joined = append(joined, c.pair)
		}
	}
	return joined
}

// overlap is the part of the bytes of both spans that they share.
func overlap(a, b gongwen.Span) float64 {
	shared := min(a.End, b.End) - max(a.Start, b.Start)
	if shared <= 0 {
		return 0
	}
	return float64(shared) / float64(a.Len()+b.Len()-shared)
}

// attributes stand before a noun and say nothing of what is counted.
var attributes = []string{
	"全年", "今年", "本年", "年内", "全县", "全市", "全区", "全省", "全局", "全办", "我县", "我市", "我区", "我局", "我办", "本局", "市本级",
	"共", "累计", "总计", "合计", "其中",
}

// sameNoun reports whether a found noun holds the core of one of the labelled nouns and lies within it.
func sameNoun(found string, labels []string) bool {
	found = loose(found)
	if found == "" {
		return len(labels) == 0
	}
	// With an attribute cut off and with it: the label may keep one, or have nothing else.
	forms := []string{found}
	for i := 0; i < len(forms); i++ {
		for _, a := range attributes {
			if rest, ok := strings.CutPrefix(forms[i], a); ok && rest != "" {
				forms = append(forms, rest)
			}
		}
	}
	return slices.ContainsFunc(labels, func(label string) bool {
		core := whole(label)
		if _, rest, ok := strings.Cut(label, "["); ok {
			core, _, _ = strings.Cut(rest, "]")
		}
		core, all := loose(core), loose(whole(label))
		return slices.ContainsFunc(forms, func(form string) bool {
			return strings.Contains(form, core) && strings.Contains(all, form)
		})
	})
}

// whole is a labelled noun without the brackets of its core.
func whole(noun string) string { return strings.NewReplacer("[", "", "]", "").Replace(noun) }

// loose drops what two writings of the same words may differ in: white space, quotation marks, width.
func loose(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune(`“”"‘’'「」『』《》`, r):
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, text)
}

var (
	rowLabel    = regexp.MustCompile(`\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|[0-9]+[.、]`)
	unitRemark  = regexp.MustCompile(`\(单位:.*?\)`)
	lastOfMonth = func(year, month int) time.Time {
		return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
)

// sameRow reports whether a found heading of a row ends with the labelled one, labels apart.
func sameRow(found, label string) bool {
	core := rowLabel.Split(loose(label), -1)
	last := core[len(core)-1]
	return last != "" && strings.HasSuffix(rowLabel.ReplaceAllString(loose(found), ""), last)
}

// sameColumn compares headings of columns, a remark on the unit apart.
func sameColumn(found, label string) bool {
	return unitRemark.ReplaceAllString(loose(found), "") == unitRemark.ReplaceAllString(loose(label), "")
}

// sameDue compares dates by the last day of each.
func sameDue(a, b gongwen.Date) bool { return lastDay(a) == lastDay(b) }

func lastDay(d gongwen.Date) string {
	switch len(d) {
	case len("2006"):
		return string(d) + "-12-31"
	case len("2006-01"):
		month, err := time.Parse("2006-01", string(d))
		if err != nil {
			return string(d)
		}
		return lastOfMonth(month.Year(), int(month.Month())).Format(time.DateOnly)
	}
	return string(d)
}

func sameUnit(found string, labels []string) bool {
	return slices.ContainsFunc(labels, func(label string) bool { return loose(found) == loose(label) })
}
