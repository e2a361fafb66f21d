package outline

import (
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

// Around is what stands around a passage and helps to tell its topic.
type Around struct {
	Topic   gongwen.Topic // of the section that holds it
	Subject gongwen.Topic // of the document, as SubjectOf reads it from the title
	Economy bool          // of a document on all of a country's or a budget's affairs, in which words of the economy name no topic
}

// What the words of a passage weigh by where they stand.
const (
	headFactor    = 1.3 // at the end of the first clause: the thing that is made or done
	titleFactor   = 1.3 // in a title sentence of its own: 提升复议公信力。…
	laterFactor   = 0.5 // behind the first clause, which names the subject
	asideFactor   = 0.5 // in quotation marks, titles and clauses that say how, with whom and what for
	subjectWeight = 1.5 // the document's own subject, where the passage names it too
	clearPassage  = 3.0 // what decides against the section's topic
	leastPassage  = 1.5 // 制度 and 规定 stand everywhere
	maxTitleRunes = 16
)

// TopicOf reads the topic of a passage (an item of a list, a sentence) from its own words: each word that names a topic
// counts once, most where it stands in the passage's first clause or its title, and a word of the topic around it more than
// one of another. The rule is "" and the topic other where its words name none; strong says that they leave no doubt.
func TopicOf(passage string, around Around) (topic gongwen.Topic, rule string, strong bool) {
	t := passageTally(analyzers.Simplify(passage), around.Economy)
	for _, prior := range []struct {
		topic  gongwen.Topic
		weight float64
	}{{around.Topic, priorWeight}, {around.Subject, subjectWeight}} {
		if t.best[prior.topic] != nil {
			t.score[prior.topic] += prior.weight
		}
	}
	topic, first, _ := t.winner()
	if first < leastPassage || around.Economy && first < clearPassage {
		return gongwen.TopicOther, "", false
	}
	return topic, "words:" + t.best[topic].text, first >= clearPassage
}

// SubjectOf is the topic to which all of a document is given by its title (行政复议工作报告), or other: a report on the rule of law or of a
// government is about everything.
func SubjectOf(title string) gongwen.Topic {
	title = analyzers.Simplify(title)
	for _, all := range []string{"法治", "依法行政", "政府工作报告", "综合"} {
		if strings.Contains(title, all) {
			return gongwen.TopicOther
		}
	}
	if topic, weight, _ := passageTally(title, true).winner(); weight >= clearPassage {
		return topic
	}
	return gongwen.TopicOther
}

// passageTally adds up the words of a passage.
func passageTally(passage string, economy bool) *tally {
	t := newTally()
	seen := map[string]float64{}
	title := titleOf(passage)
	clause := clauseEnd(passage, title)
	passageWords.each(passage, func(at int, w *word) {
		word := &passageTerms[w.index]
		if word.weight == 0 || economy && (word.topic == gongwen.TopicFunction && word.weight <= maxEconomic || wares[word.text]) {
			return
		}
		end := at + len(word.text)
		factor := laterFactor
		switch {
		case end <= title:
			factor = titleFactor
		case end <= clause:
			factor = 1
			if isHead(passage[end:]) {
				factor = headFactor
			}
		}
		if isAside(passage, at, end) {
			factor *= asideFactor
		}
		if factor > seen[word.text] { // a word counts once, where it counts most
			if seen[word.text] > 0 {
				t.hits[word.topic]--
				t.add(word, -seen[word.text])
			}
			t.add(word, factor)
			seen[word.text] = factor
		}
	})
	return t
}

// wares are things that an economy makes and trades as often as a government works with them.
var wares = map[string]bool{"平台": true, "系统": true, "智能": true, "人才": true, "质量": true, "标准": true, "平安": true}

// titleOf returns where the title sentence of a passage ends, or 0.
func titleOf(passage string) int {
	title, rest, found := strings.Cut(passage, "。")
	if heading, below, line := strings.Cut(passage, "\n"); line && len(heading) < len(title) {
		title, rest, found = heading, below, true
	}
	if !found || strings.TrimSpace(rest) == "" || utf8.RuneCountInString(title) > maxTitleRunes || strings.ContainsAny(title, ",，") {
		return 0
	}
	return len(title)
}

// clauseEnd returns where the first clause behind the title ends that says what is done: clauses that say when, why and how
// stand before it.
func clauseEnd(passage string, title int) int {
	at := title
	for {
		i := strings.IndexAny(passage[at:], "，,。；;\n")
		if i < 0 {
			return len(passage)
		}
		end := at + i
		clause := strings.TrimSpace(strings.TrimLeft(passage[at:end], "。\n"))
		if utf8.RuneCountInString(clause) > 1 && !isSetting(clause) {
			return end
		}
		_, size := utf8.DecodeRuneInString(passage[end:])
		at = end + size
	}
}

// settings begin clauses that say when, why and how.
var settings = newLexicon(wordsOf("以 为了 针对 围绕 聚焦 按照 根据 通过 结合 依托 对照 紧扣 坚持 下一步 下步 明年 来年 今后 今年 继续 在"))

func isSetting(clause string) bool {
	if r, _ := utf8.DecodeRuneInString(clause); r < utf8.RuneSelf {
		return utf8.RuneCountInString(clause) <= len("2023年3月底前") // a date
	}
	for _, w := range settings.at(clause, 0) {
		if strings.HasPrefix(clause, w.text) {
			// 继续抓好普法 names its subject; 在…方面 too, but nothing is done in it.
			return w.text != "继续" && w.text != "在" || strings.HasSuffix(clause, "基础上")
		}
	}
	return false
}

func wordsOf(list string) []word {
	var all []word
	for _, text := range strings.Fields(list) {
		all = append(all, word{text: text})
	}
	return all
}

// isHead reports whether a word that ends here is the last of its noun: a clause, a list or a number goes on.
func isHead(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || strings.ContainsRune("，,。；;、（(\n和与及并等0123456789", r)
}

// isAside reports whether passage[at:end] stands in quotation marks or a title, or behind the word that says with whom, what
// for or by what: 会同市司法局, 为…提供保障.
func isAside(passage string, at, end int) bool {
	from := strings.LastIndexAny(passage[:at], "，,。；;\n") + 1
	if from > 0 {
		_, size := utf8.DecodeRuneInString(passage[from-1:])
		from += size - 1
	}
	before := passage[from:at]
	for _, marks := range [][2]string{{"“", "”"}, {"《", "》"}} {
		if open := strings.LastIndex(before, marks[0]); open >= 0 && !strings.Contains(before[open:], marks[1]) {
			return open+len(marks[0]) < len(before) // “一件事一次办”改革 names its subject, 打破“自己监督自己” does not
		}
	}
	for _, with := range []string{"会同", "与", "联合", "以"} {
		if rest, ok := strings.CutPrefix(before, with); ok && utf8.RuneCountInString(rest)+utf8.RuneCountInString(passage[at:end]) <= maxPartner {
			return true
		}
	}
	if rest, ok := strings.CutPrefix(before, "为"); ok {
		return strings.Contains(passage[end:], "提供") && !strings.Contains(rest, "提供")
	}
	return false
}

// maxPartner is how many characters name the one with whom something is done.
const maxPartner = 12
