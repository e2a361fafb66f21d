package gazetteer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// chainPattern reads a written chain of places by the ranks: province, city, county. The chain begins where no Han
// character stands before it, so that 贯彻落实省… is none.
var chainPattern = regexp.MustCompile(`(?:^|[^\p{Han}])(?:中共|中国共产党|关于|代表)?(\p{Han}{1,7}?(?:省|自治区))(\p{Han}{1,6}?(?:自治州|市|州|盟|地区))?(\p{Han}{1,6}?(?:自治县|自治旗|区|县|旗|市))?(\p{Han}{0,14})`)

// noPlace are characters that stand in no unknown part of a chain: 全省, 省委全市, 各地区.
const noPlace = "全各我本该外跨邻省委政级直会辖厅属管的和与及向由是为在对等人内到将把被使两多几每某贯彻落实加强推进根据按照"

// office follows a province that is named alone.
var office = regexp.MustCompile(`^(?:人民政府|\p{Han}{1,12}(?:厅|局|委员会|办公室))`)

// unknownChains returns, for each part of a chain whose province no gazetteer knows (a new, renamed or invented one),
// the path down to it: 云川省, 临江市 and 青溪区 for 云川省临江市青溪区人民政府. Within the text these names win over known ones.
func unknownChains(g *Gazetteer, text string) map[string]string {
	var found map[string]string
	done := 0
	for at := 0; ; {
		next := strings.Index(text[at:], "省")
		if other := strings.Index(text[at:], "自治区"); other >= 0 && (next < 0 || other < next) {
			next = other
		}
		if next < 0 {
			return found
		}
		rank := at + next
		at = rank + len("省")
		if rank < done || !unknownProvince(text, rank) {
			continue
		}
		// The pattern needs the character before the chain and what follows it, no more.
		start := max(done, rank-longestProvince)
		for start < rank && !utf8.RuneStart(text[start]) {
			start++
		}
		end := min(len(text), rank+longestChain)
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		window := text[start:end]
		if start > 0 {
			_, size := utf8.DecodeLastRuneInString(text[:start])
			window = text[start-size : end]
			start -= size
		}
		names, length := g.readChain(window, start == 0)
		if len(names) == 0 {
			continue
		}
		done = start + length
		if found == nil {
			found = map[string]string{}
		}
		for i, name := range names {
			found[name] = strings.Join(names[:i+1], "/")
		}
	}
}

const (
	longestProvince = 10 * len("省") // bytes before the rank, a word like 关于 included
	longestChain    = 36 * len("省") // bytes from the rank on
)

// unknownProvince reports whether the character before a province's rank can end its name: 全省 and 我省 are no names.
func unknownProvince(text string, rank int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:rank])
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune(noPlace, r)
}

// readChain reads the first chain of a window and returns its parts and the bytes up to their end.
func (g *Gazetteer) readChain(window string, atStart bool) (names []string, length int) {
	for from := 0; from < len(window); {
		m := chainPattern.FindStringSubmatchIndex(window[from:])
		if m == nil || m[0] == 0 && m[2] == 0 && (from > 0 || !atStart) {
			return nil, 0 // cut out of a longer word
		}
		part := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return window[from+m[2*n] : from+m[2*n+1]]
		}
		names := []string{part(1)}
		end := m[3]
		for n := 2; n <= 3 && part(n) != "" && plausible(part(n)); n++ {
			names = append(names, part(n))
			end = m[2*n+1]
		}
		if plausible(names[0]) && !g.endsKnown(names[0]) && (len(names) > 1 || office.MatchString(window[from+end:])) {
			return names, from + end
		}
		from += end
	}
	return nil, 0
}

// endsKnown reports whether name is a known one, or has one at its end: 出席江西省.
func (g *Gazetteer) endsKnown(name string) bool {
	for at := range name {
		if _, ok := g.names[name[at:]]; ok {
			return true
		}
	}
	return strings.HasSuffix(name, "民族自治区")
}

// plausible reports whether the name of an unknown place holds no character that speaks against a name, its rank aside.
func plausible(name string) bool {
	for _, r := range []string{"自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "州", "盟", "区", "县", "旗"} {
		if cut, ok := strings.CutSuffix(name, r); ok {
			return cut != "" && !strings.ContainsAny(cut, noPlace)
		}
	}
	return false
}
