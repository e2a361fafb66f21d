package header

import (
	"strings"
	"unicode/utf8"
)

// issuerOf names the body that issues the document: the one in the title, else the one that signs, else the one in the
// block. What it names may lack its place (市人民政府办公室); complete adds it.
func (p *page) issuerOf(kind string) []string {
	if aboutDocument.MatchString(tight(narrow(p.title))) {
		return nil // it speaks about a document of somebody else
	}
	if kind == kindDisclosure {
		if town := townOf(tight(narrow(p.title + p.inText()))); town != "" {
			return []string{town}
		}
	}
	title := issuersInTitle(p.title)
	if len(title) == 0 {
		title = issuersInTitle(p.inText())
	}
	block := p.issuersInBlock()
	if len(title) == 1 {
		for _, other := range append(append([]string{}, p.signature.bodies...), block...) {
			if longer(other, title[0]) {
				return []string{other}
			}
		}
	}
	switch {
	case len(title) > 0:
		return title
	case len(p.signature.bodies) > 0:
		return p.signature.bodies
	}
	return block
}

// longer reports whether name is the other one with its place in front.
func longer(name, other string) bool { return len(name) > len(other) && strings.HasSuffix(name, other) }

func (p *page) issuersInBlock() []string {
	for _, e := range p.entries {
		if e.field != issuerField {
			continue
		}
		value := strings.TrimSpace(e.value.plain)
		if at := strings.Index(value, "  "); at > 0 {
			value = value[:at]
		}
		value = strings.Trim(value, "；;、，,")
		if value == "" || strings.HasSuffix(value, "网站") || strings.HasSuffix(value, "网") || utf8.RuneCountInString(value) > 80 || strings.ContainsAny(value, "/>") {
			continue
		}
		return strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("、，,;； ", r) })
	}
	return nil
}

var (
	leadingYear = compile(`^(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})年度?`)
	// aboutStart is where a title goes on after the name of its issuer.
	aboutStart = compile(`关于|印发|转发|批转|发布|公布|公告|通告`)
	// government is a body whose name ends for certain; others need a year or a verb behind them.
	government  = compile(`^(.{2,30}?(?:人民政府(?:办公厅|办公室)?|管理委员会|管委会|人民代表大会常务委员会|人大常委会))`)
	yearBehind  = compile(`^(.{2,30}?)(?:(?:19|20)\d\d(?:年|[-—])|[一二][〇零一二三四五六七八九]{3}年)`)
	workBehind  = compile(`^(.{2,30}?(?:局|厅|委员会|办公室|管委会|委|法院|检察院))(?:推进|落实|开展)?(?:法治政府|依法行政|政府信息公开|信息公开|法治建设|行政执法)`)
	partyAndGov = compile(`^(中共.{2,20}?(?:委员会|委))(.{2,20}人民政府(?:办公厅|办公室)?)$`)
	township    = compile(`(?:^|[市州盟年度])(\p{Han}{1,12}[县区旗市])(\p{Han}{1,6}?(?:镇|乡|街道))(?:(?:19|20)\d\d年.*)?(?:政府)?信息公开`)
)

// issuersInTitle returns the bodies that a title begins with.
func issuersInTitle(title string) []string {
	text := strings.TrimSpace(leadingYear.ReplaceAllString(strings.TrimSpace(narrow(title)), ""))
	if m := aboutStart.FindStringIndex(text); m != nil && m[0] > 0 {
		if names := bodiesIn(strings.TrimSpace(text[:m[0]])); len(names) > 0 {
			return names
		}
	}
	for _, pattern := range []*pattern{yearBehind, government, workBehind} {
		if m := pattern.FindStringSubmatch(tight(text)); m != nil && isOrg(m[1]) && !strings.Contains(m[1], "关于") {
			return bodiesIn(m[1])
		}
	}
	return nil
}

// bodiesIn parts a text that names bodies and nothing else; nil if it names something else.
func bodiesIn(text string) []string {
	text = leadingYear.ReplaceAllString(text, "")
	if m := partyAndGov.FindStringSubmatch(tight(text)); m != nil {
		return []string{m[1], m[2]}
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" 、,，", r) })
	whole := len(parts) > 0
	for _, part := range parts {
		whole = whole && isOrg(part)
	}
	if whole {
		return parts
	}
	if isOrg(text) {
		return []string{tight(text)}
	}
	return nil
}

// townOf names the government of the town whose disclosure report a title is. By law each government makes its own, so
// the place in the title is the issuer.
func townOf(title string) string {
	title = leadingYear.ReplaceAllString(title, "")
	if m := township.FindStringSubmatch(title); m != nil && !strings.HasSuffix(m[2], "街道") {
		county := m[1]
		if at := strings.LastIndexAny(county, "市州盟"); at > 0 && len(county)-at > len("市县") {
			_, size := utf8.DecodeRuneInString(county[at:])
			county = county[at+size:]
		}
		return county + m[2] + "人民政府"
	}
	return ""
}

var (
	shortGovernment = compile(`([省市县区旗镇乡州盟])政府(办公室|办公厅)?$`)
	rankStart       = compile(`^(自治区|省|市|县|区|州|盟|旗)(人民政府|委|司法|财政|教育|公安|民政|人大|政协|政府|[^\p{Han}]?\p{Han}{2,12}(?:局|厅|委员会|办公室|办公厅)$)`)
)

// notRank are words that begin with the character of a rank.
var notRank = compile(`^(?:市场|市政(?:[^府]|$)|市容|市民|区域|县域|州际|省际|旗下)`)

// complete joins the issuers to one value and gives those that name only their rank (自治区人民政府) the name of their place.
func (p *page) complete(issuers []string, kind, region string) string {
	if len(issuers) == 0 && kind == kindWorkReport {
		issuers = p.reporter(region)
	}
	out := make([]string, 0, len(issuers))
	for _, name := range issuers {
		name = tight(name)
		name = shortGovernment.ReplaceAllString(name, "${1}人民政府$2")
		if m := rankStart.FindStringSubmatch(name); m != nil && !notRank.MatchString(name) {
			name = p.withPlace(name, m[1], region)
		}
		out = append(out, name)
	}
	return strings.Join(out, "、")
}

// withPlace puts the place in front of a name that begins with its rank.
func (p *page) withPlace(name, rank, region string) string {
	for _, other := range append(append(append([]string{}, issuersInTitle(p.title)...), p.signature.bodies...), p.issuersInBlock()...) {
		if other = tight(other); longer(other, name) {
			return other
		}
	}
	parts := strings.Split(region, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if strings.HasSuffix(parts[i], rank) && parts[i] != rank {
			return strings.TrimSuffix(parts[i], rank) + name
		}
	}
	// A place that no gazetteer knows still stands in the title: 云墺县2022年….
	if m := compile(`^(?:(?:19|20)\d\d年度?)?(\p{Han}{2,7}?)` + rank).FindStringSubmatch(tight(narrow(p.title))); m != nil {
		return m[1] + name
	}
	return name
}

// reporter is the government in whose name a work report is given.
var iRepresent = compile(`代表(\p{Han}{0,20}?(?:国务院|政府))`)

func (p *page) reporter(region string) []string {
	parts := strings.Split(region, "/")
	if m := iRepresent.FindStringSubmatch(p.opening(4)); m != nil {
		if m[1] == "国务院" || strings.HasSuffix(m[1], "人民政府") && !rankStart.MatchString(m[1]) {
			return []string{m[1]}
		}
	}
	if region == "" {
		return nil
	}
	return []string{parts[len(parts)-1] + "人民政府"}
}
