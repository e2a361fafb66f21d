package followup

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// boilerplate are words that any report holds and any promise is made of; they tell nothing.
const boilerplate = `推进 推动 推行 加强 加快 加大 工作 建设 建立 健全 完善 开展 落实 提升 提高 深化 强化 优化 实施 实行 组织 进行 全面 持续 继续 进一步 深入 扎实 切实 有效 积极 大力 ` +
	`不断 努力 力争 争取 确保 实现 完成 做好 抓好 抓 制定 出台 印发 发布 编制 机制 体系 水平 能力 质量 力度 措施 举措 方面 问题 情况 重点 相关 有关 各 各类 全部 没有 ` +
	`全区 全市 全县 全省 我区 我市 我县 我局 我省 区政府 市政府 县政府 政府 部门 单位 机关 法治 法治政府 依法 依法行政 行政 年度 今年 明年 全年 年内 年底 年底前 底前 以上 以下 以内 左右 不少于 不低于 达到 ` +
	`增加 新增 减少 下降 增长 及 和 与 或 等 的 了 在 对 为 以 将 把 由 从 到 向 于 并 使 让 被 其 中 上 下 内 后 前 间 是 有 要 个 名 件 项 次 家 人 份 条 处 一 二 三 四 五 六 七 八 九 十 两 ` +
	`新 大 好 更 更加 一批 一次 一遍 一个 共 均 按 每 年 月 日 首批 首次 目标 任务 计划 安排 要求 规定 发展 保障 促进 加以 予以 给予 通过 根据 按照 围绕 基本 主要 社会 群众 区 市 县 镇 街道 村 社区 乡镇 省 级 队伍 事项 信息 制度 结果 方案 ` +
	`增强 明确 规范 推出 打造 探索 支持 鼓励 引导 注重 统筹 利用 采取 充分 发挥 作用 形成 做到 成立 设立 配备 培育 培养 创新 改革 提供 覆盖 全覆盖 覆盖面 覆盖率 ` +
	`上半年 下半年 季度 一季度 二季度 三季度 四季度 月底 月底前 年末 两年 三年 五年 两年内 三年内 建成 使用 投入 投入使用 启用 上线 运行 挂牌 接入 公布 施行 现行 启动 扩大 逐步 自己 都有 都 每个 不少 不低 不超过 不得 时间 人均 每人 每名 季 周 天 按季 按月 按年 引入 邀请 短板 弱项 基础 合力 补齐 夯实 全 各级 本 该 其他 以来 进驻 使用率 案件 近年 上年 去年 当年 同时 此外 目前 下一步`

// field are names of whole fields of work. They stand in every report of the kind, so that they alone do not show that a
// passage is about the promise.
const field = `行政执法监督 执法全过程记录 全过程记录 行政执法公示 持证上岗率 持证上岗 行政执法人员 行政执法 执法人员 综合执法 执法监督 规范性文件管理 规范性文件 法律顾问 行政机关负责人出庭应诉 负责人出庭应诉 行政机关负责人 出庭应诉 行政应诉 行政复议 行政诉讼 ` +
	`政务服务 政务公开 政府信息公开 信息公开 政策解读 依申请公开 主动公开 两法衔接 重大行政决策 行政决策 合法性审查 合法性审核 应急预案 三项制度 公共法律服务 法律服务 法治宣传 以案释法 ` +
	`人民调解 矛盾纠纷 行政调解 营商环境 放管服 行政审批 行政许可 行政处罚 事中事后监管 双随机 公平竞争审查 市场监管 权责清单 备案审查 法治建设 法制审核 领导干部 学法 普法 培训 ` +
	`民法典 宪法 八五 七五 法治文化 突发事件 安全生产 信访 仲裁 审计 建议提案 人大代表 政协 执法案卷 裁量基准 综合行政执法 执法部门 执法单位 服务中心 常务会议 公安机关 检察机关 人民法院`

var (
	isBoilerplate = set(boilerplate)
	fieldsBy      = func() map[rune][]string {
		by := map[rune][]string{}
		for _, w := range strings.Fields(field) {
			first, _ := utf8.DecodeRuneInString(w)
			by[first] = append(by[first], w)
		}
		for _, words := range by {
			slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
		}
		return by
	}()
)

// fieldsIn are the places of names of fields in folded text, the longest at each place, without overlap.
func fieldsIn(folded string) []gongwen.Span {
	var spans []gongwen.Span
	end := 0
	for i, c := range folded {
		if i < end {
			continue
		}
		for _, w := range fieldsBy[c] {
			if strings.HasPrefix(folded[i:], w) {
				end = i + len(w)
				spans = append(spans, gongwen.Span{Start: i, End: end})
				break
			}
		}
	}
	return spans
}

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// term is a pair of neighbouring Han characters or a Latin word, with what it tells: 1 for words of its own, less for
// boilerplate and the names of fields. Plain says that it is neither.
type term struct {
	text   string
	factor float64
	plain  bool
}

const (
	fieldFactor = 0.4
	emptyFactor = 0.1 // of boilerplate
	crossFactor = 0.2 // of what lies in two words: 解事 of 调解事项
)

// terms are the pairs of neighbouring Han characters of folded text, and its Latin words. Pairs find 一网通办 and 持证率
// wherever words are cut; words say which of them tell something.
func (f *Finder) terms(folded string) []term {
	var terms []term
	fields := fieldsIn(folded)
	before, empty, single := gongwen.Span{}, false, false // the last character of the run, and of what word it is
	for _, w := range endings(f.words.Cut(folded)) {
		first, size := utf8.DecodeRuneInString(w.Text)
		blank := isBoilerplate[w.Text]
		if !analyzers.IsHan(first) || blank && size == len(w.Text) {
			if first > '9' && first < utf8.RuneSelf && len(w.Text) > 1 {
				terms = append(terms, term{w.Text, 1, true})
			}
			before = gongwen.Span{}
			continue
		}
		for i, c := range w.Text {
			char := gongwen.Span{Start: w.Start + i, End: w.Start + i + utf8.RuneLen(c)}
			if before.End == char.Start && before.End > 0 {
				t := term{text: folded[before.Start:char.End], factor: 1}
				switch {
				case i > 0 && blank:
					t.factor = emptyFactor
				case i == 0 && (blank || empty || !single && size < len(w.Text)):
					t.factor = crossFactor
				}
				for len(fields) > 0 && fields[0].End < char.End {
					fields = fields[1:]
				}
				if len(fields) > 0 && before.Start >= fields[0].Start && char.End <= fields[0].End {
					t.factor = min(t.factor, fieldFactor)
				} else {
					t.plain = t.factor == 1
				}
				terms = append(terms, t)
			}
			before, empty, single = char, blank, size == len(w.Text)
		}
	}
	return terms
}

// endings parts words from the boilerplate that they end with: 通报制度 is 通报 and 制度.
func endings(words []analyzers.Word) []analyzers.Word {
	all := make([]analyzers.Word, 0, len(words)+len(words)/8)
	for _, w := range words {
		cut := len(w.Text) - len("制度")
		if cut < len("通报") || !utf8.RuneStart(w.Text[cut]) || !isBoilerplate[w.Text[cut:]] || utf8.RuneCountInString(w.Text[cut:]) != 2 {
			all = append(all, w)
			continue
		}
		head, tail := w, w
		head.Text, head.End = w.Text[:cut], w.Start+cut
		tail.Text, tail.Start = w.Text[cut:], w.Start+cut
		all = append(all, head, tail)
	}
	return all
}

// quantity is a number with its measure, or a share.
var quantity = regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)(?:余|多)?(万|亿)?(%|个百分点|个|名|人|家|件|项|处|份|条|种|篇|台|套|辆|次|批|元|亩|公里|平方米|学时|户|所|座|场|期|支)`)

// quantities are the numbers of folded text with their measures, and the measures alone: sorted, once each.
func quantities(folded string) (amounts, units []string) {
	if !strings.ContainsAny(folded, "0123456789") {
		return nil, nil
	}
	for _, m := range quantity.FindAllStringSubmatchIndex(folded, -1) {
		amounts = append(amounts, folded[m[0]:m[1]])
		units = append(units, folded[m[6]:m[7]])
	}
	slices.Sort(amounts)
	slices.Sort(units)
	return slices.Compact(amounts), slices.Compact(units)
}

// runes are the first n characters of s, or "".
func runes(s string, n int) string {
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[end:])
		if size == 0 {
			return ""
		}
		end += size
	}
	return s[:end]
}

// latin is the Latin word that s begins with, or "".
func latin(s string) string {
	end := 0
	for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= '0' && s[end] <= '9') {
		end++
	}
	return s[:end]
}
