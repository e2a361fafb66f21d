package commitment

import (
	"sort"
	"strconv"
	"strings"

	"gongwen"
	"gongwen/indexer/pattern"
)

// cues are how a clause begins in which a part that is no plan turns to what will be done. Y stands for the year of plans
// and those after it.
var cues = newTable(
	row("cue:next", `^(?:同时|但|此外|对此|为此|针对[^,]{2,20},)?(?:在)?(?:下一步|下一阶段|下步|下阶段|接下来|明年|来年|下一年度?|新的一年|今后)(?:的?工作)?(?:中|里)?(?:,|(?:[^,。;]{0,14}(?:将|拟|计划|打算|力争|争取|要|继续|进一步|重点|着力)|(?:推进|推动|加强|加大|完善|建立|健全|开展|制定|组织|实施|增加|增配|选派|加快|深化|优化|强化)))`, "下一步,我局将增配执法人员"),
	row("cue:year", `^(?:同时|但|此外|对此|为此)?(?:力争|争取|计划|拟)?(?:于|在|到)?Y年(?:\d{1,2}月)?(?:初|上半年|下半年|底|年底|年内|内)?(?:之?前|以前)?(?:度)?,?(?:[^,。;]{0,14}(?:将|拟|计划|打算|力争|争取|要|继续|进一步|重点|着力|确保)|(?:推进|推动|加强|加大|完善|建立|健全|开展|制定|组织|实施|增加|增配|选派|加快|深化|优化|强化|完成|建成|实现|出台|投入|启用))`, "2020年将开展轮训"),
	row("cue:we plan", `^(?:[^,。;]{0,14}(?:局|区|县|市|省|委|厅|办|镇|乡|院|街道|委会)|我们)(?:拟|计划|打算)(?:[^,。;]{4,})`, "我局计划组织20名干部参加考试"),
	row("cue:task", `^(?:在)?(?:Y年|明年|来年|今后|新的一年)[^,。;:]{0,20}(?:任务|指标|目标|打算)(?:是|为):`, "2020年的主要指标是:粮食总产量达到十五亿斤"),
	row("cue:plan", `^(?:[^,。;]{0,12})(?:拟|计划|打算|预计|力争|争取)(?:于|在|到|自|从)?(?:Y年|明年|来年|下一?步|年底|年内|今年|下半年)`, "计划于2020年6月完成"),
)

// answers are how a clause begins that turns from problems to what is done about them.
var answers = newTable(
	row("cue:answer", `^(?:针对|对于|为解决)(?:上述|以上|这些|此类|存在的?)[^,]{0,16}(?:问题|不足|短板|情况)[^,]{0,4}[,:]`, "针对上述问题,一是建立月更新制度"),
	row("cue:we will", `^(?:[^,。;]{0,14}(?:局|区|县|市|省|委|厅|办|镇|乡|院|街道|委会)|我们)将(?:进一步|继续|通过|采取|着力|积极|认真|全力|逐步|尽快|重点|组织|推动|推进|完善|建立|健全|开展|强化|加[强大快])`, "我局将尽快补齐人员"),
	row("cue:remedy", `^(?:下一步)?(?:主要|具体)?(?:改进|整改|解决)(?:的)?(?:措施|举措|办法|打算|思路|情况|方向|意见)(?:如下|是|有|方面)?[:,]`, "改进措施:整合栏目设置"),
)

// replies are how a clause begins in a letter that says what is done about a proposal.
var replies = newTable(
	row("cue:reply will", `^(?:同时|此外|另外|对此|为此|目前)?(?:我[局委厅办院县市区省]|我们|[^,。;:已曾]{0,12}(?:局|委|办|厅|县|市|区|部门))?(?:还|也)?将(?:于|在|会|由|以|按|根据|结合|适时|积极|继续|进一步|尽快|联合|协同|对|把|推|加|建|完|开|组|出|制|实|启|争|力|逐|重|通|持|督|优|强|统|研|落|增|安|认|依|不|严|深|充|定|分|全|大|密|主|着|新|投|配)`, "我局将于9月底前增开航线"),
	row("cue:reply plans", `^(?:同时|此外|另外|对此|为此)?(?:我[局委厅办院县市区省]|我们|[^,。;:]{0,12}(?:局|委|办|厅|县|市|区|部门))?(?:拟|计划|打算|准备|力争|争取)[^,。;]{3,}`, "拟争取省级补助资金"),
	row("cue:reply by", `^(?:我[局委厅办院县市区省]|我们)?(?:年内|年底前|今年(?:内|底前|年底前)|下半年|四季度)[^,。;:]{0,6}(?:完成|建成|启动|出台|开展|实施|投入|改造|增设|增加|新增|安排|推出|实现|组织)`, "我局年内完成5座码头改造"),
)

// past is what a sentence tells that has happened, whatever its time words.
var past = pattern.Compile(`(?:未能|没有|未|按|按照|原|较|比)(?:原定|原)?(?:计划|预期|拟)|(?:作出|作了|提出|明确|研究|部署|安排|谋划|确定|印发|通过)(?:了|出)|(?:对|就)[^,]{0,12}(?:下一步|下阶段|明年)[^,]{0,12}(?:工作|任务)[^,]{0,8}(?:进行|作|提出|安排|部署|研究)|(?:研究|部署|谋划|安排)(?:下一步|明年|下阶段)|为(?:下一步|明年|下阶段|今后)[^,]*(?:奠定|打下|提供)`)

// hint are words of which a plan sentence outside of plans has one; most sections have none and are not looked at.
var hint = pattern.Compile(`下一步|下步|下阶段|下一阶段|接下来|明年|来年|下一年|新的一年|今后|计划|力争|争取|打算|拟|预计|针对|改进|整改|为解决|对于`)

// elsewhere finds plan sentences in the own text of a section that holds no plans.
func (f *finder) elsewhere(s *gongwen.Section) {
	for _, span := range s.Own() {
		if !f.hinted(span.Cut(f.d.Text)) {
			continue
		}
		r := newRegion(f.d, span)
		planned := false // below a line that names the time of plans
		for _, p := range r.pieces(0, len(r.folded), "") {
			text := r.folded[p.start:p.end]
			switch line := !longer(text, shortLine) && !ends(r.folded[p.start:min(len(r.folded), p.end+len("。"))]); {
			case line && planLine.MatchString(f.named(text)), strings.HasPrefix(r.folded[p.end:], ":") && f.leadsToTasks(text):
				planned = true
			case line:
				planned = false
			case planned:
				f.below(s, r, p)
			case f.hinted(text):
				f.turns(s, r, p)
			}
		}
		f.planned = planned
	}
}

// planLine is a line without a stop that heads plans where the outline saw no heading: ★ 2023年这样干.
var planLine = pattern.Compile(`^(?:[★●■◆▲] *)?(?:Y年|明年|来年|下一步|下步|下阶段|下一阶段|下一年度?|新的一年|今后)[^,。]{0,14}$`)

// taskLead ends a paragraph, before a colon, that says that what follows are the tasks or targets for the time to come.
var taskLead = pattern.Compile(`(?:任务|指标|目标|要求|打算|计划|安排)(?:是|为|有|如下)$`)

// leadsToTasks reports whether a paragraph before a colon leads to what is planned: 一九五八年是…的第一年,我们的任务是:.
func (f *finder) leadsToTasks(text string) bool {
	if !taskLead.MatchString(text) {
		return false
	}
	sentence := text[strings.LastIndexAny(text, "。;!?")+1:]
	named := f.named(sentence)
	return strings.HasPrefix(named, "Y年") || planTime.MatchString(named)
}

// planTime is how a sentence begins with the time of plans.
var planTime = pattern.Compile(`^(?:在|到)?(?:Y年|明年|来年|下一步|下阶段|下一阶段|下一年度?|新的一年|今后)`)

// below enters the items of a paragraph below such a line.
func (f *finder) below(s *gongwen.Section, r *region, p unit) {
	known := len(f.found)
	if marks := r.labels(false, p.start, p.end); len(marks) > 1 {
		f.labelled(s, nil, r, marks, p.end)
	} else if l := readLabel(r.folded[p.start:p.end]); l.kind != labelNone {
		f.enter(s, nil, r, unit{p.start + l.text, p.end, byItem, 0}, false)
	} else {
		f.sentences(s, nil, r, p.start, p.end)
	}
	for i := known; i < len(f.found); i++ {
		f.found[i].Rule = "cue:line"
	}
}

// hinted reports whether a text may hold a plan sentence.
func (f *finder) hinted(text string) bool {
	if f.kind == isReply || f.year > 0 && (strings.Contains(text, strconv.Itoa(f.year)+"年") || strings.Contains(text, inWords(f.year)+"年")) {
		return true
	}
	return hint.MatchString(text)
}

// turns looks in a paragraph for clauses that turn to plans. In a member of an enumeration (一是…不足，明年将…) the plan ends
// with the member; else what follows in the paragraph is taken too, as far as it acts.
func (f *finder) turns(s *gongwen.Section, r *region, p unit) {
	marks := r.labels(false, p.start, p.end)
	for _, u := range r.pieces(p.start, p.end, "。;!?") {
		at, name := f.cue(r.folded[u.start:u.end], s.Role == gongwen.RoleProblems)
		if name == "" || past.MatchString(r.folded[u.start:u.end]) {
			continue
		}
		from := u.start + at
		if member, end := memberOf(r, marks, from, u.end); member {
			u = unit{from, end, name, 0}
			f.enter(s, nil, r, u, true)
			continue
		}
		f.rest(s, r, unit{from, p.end, name, 0})
		return
	}
}

// memberOf reports whether offset from stands in a member of an enumeration, and where that ends, which is at end or before.
// Behind a full stop in the last member the enumeration is over.
func memberOf(r *region, marks []label, from, end int) (bool, int) {
	i := sort.Search(len(marks), func(i int) bool { return marks[i].at >= from }) - 1
	if i < 0 || marks[i].text == from { // a label right before the cue is its own
		return false, end
	}
	if i+1 < len(marks) {
		end = min(end, marks[i+1].at)
		if marks[i+1].n == marks[i].n+1 {
			return true, end
		}
	}
	return !strings.Contains(r.folded[marks[i].text:from], "。"), end
}

// rest enters what a paragraph promises from the beginning of u on.
func (f *finder) rest(s *gongwen.Section, r *region, u unit) {
	end := u.start
	for i, sentence := range r.pieces(u.start, u.end, "。!?") {
		text := r.folded[sentence.start:sentence.end]
		if i > 0 && (!acts(text) || stated(text) != "" || happened.MatchString(text)) {
			break
		}
		end = sentence.end
	}
	if marks := r.labels(false, u.start, end); len(marks) > 1 && marks[0].n == 1 {
		f.labelledAs(s, r, marks, end, u.rule)
		return
	}
	for i, piece := range r.pieces(u.start, end, "。;!?") {
		if at := colon(r.folded[piece.start:piece.end]); at >= 0 {
			piece.start += at + 1
		}
		if i > 0 && !acts(r.folded[piece.start:piece.end]) {
			continue
		}
		piece.rule = u.rule
		f.enter(s, nil, r, piece, true)
	}
}

// happened tells a result by how it counts.
var happened = pattern.Compile(`(?:共|累计|全年|先后|已|完成)[^,]{0,8}\d|\d[^,]{0,6}(?:件|次|人|场)[,。]?$`)

func (f *finder) labelledAs(s *gongwen.Section, r *region, marks []label, end int, name string) {
	known := len(f.found)
	f.labelled(s, nil, r, marks, end)
	for i := known; i < len(f.found); i++ {
		f.found[i].Rule = name
	}
}

var yearMark = pattern.Compile(yearPart)

// inWords writes a year digit by digit in Chinese: 一九五八.
func inWords(year int) string {
	var b strings.Builder
	for _, c := range strconv.Itoa(year) {
		b.WriteRune([]rune("〇一二三四五六七八九")[c-'0'])
	}
	return b.String()
}

// cue returns where in a sentence the clause begins that turns to plans, and the rule that saw it. Problems says that the
// sentence stands among problems.
func (f *finder) cue(sentence string, problems bool) (at int, name string) {
	// The year of plans is one name for the rules, whichever it is.
	for start := 0; start < len(sentence); {
		clause := sentence[start:]
		if name := first(cues, f.named(clause)); name != "" {
			return start, name
		}
		if name := first(answers, clip(clause, maxCue)); problems && name != "" {
			return start, name
		}
		if f.kind == isReply {
			if name := first(replies, clip(clause, maxCue)); name != "" {
				return start, name
			}
		}
		i := strings.IndexAny(clause, ",;:")
		if i < 0 {
			break
		}
		start += i + 1
	}
	return 0, ""
}

// maxCue is how many bytes at the beginning of a clause hold its cue.
const maxCue = 120

func (f *finder) named(clause string) string {
	clause = clip(clause, maxCue)
	if f.year == 0 || f.d.Kind == workReport || !strings.Contains(clause, "年") {
		return clause
	}
	return yearMark.ReplaceAllStringFunc(clause, func(m string) string {
		if y := number(strings.TrimSuffix(m, "年")); y >= f.year && y < f.year+10 {
			return "Y年"
		}
		return m
	})
}
