package outline

import (
	"strings"

	"gongwen"
)

// topicFound is the topic of a section and the rule that decided.
type topicFound struct {
	topic gongwen.Topic
	rule  string
}

// tally adds up the weight of the terms of each topic.
type tally struct {
	score map[gongwen.Topic]float64
	hits  map[gongwen.Topic]int
	best  map[gongwen.Topic]*term // the heaviest term that was seen
	total float64
}

func newTally() *tally {
	return &tally{score: make(map[gongwen.Topic]float64), hits: make(map[gongwen.Topic]int), best: make(map[gongwen.Topic]*term)}
}

func (t *tally) add(found *term, factor float64) {
	w := float64(found.weight) * factor
	t.score[found.topic] += w
	t.hits[found.topic]++
	t.total += w
	if b := t.best[found.topic]; b == nil || found.weight > b.weight {
		t.best[found.topic] = found
	}
}

// winner is the topic with the highest score and the score of the next one.
func (t *tally) winner() (topic gongwen.Topic, first, second float64) {
	topic = gongwen.TopicOther
	for _, candidate := range gongwen.Topics() {
		switch s := t.score[candidate]; {
		case s > first:
			topic, first, second = candidate, s, first
		case s > second:
			second = s
		}
	}
	return topic, first, second
}

// What a heading must weigh to decide alone, and what it takes to decide with the help of the body.
const (
	clearHeading = 3.0
	priorWeight  = 2.0
	laterClause  = 0.6 // of a heading that has two: the first names the subject, the second what for
)

// headingTopic reads the topic from the words of a heading; strong says that they leave no doubt. Prior is the topic of
// the section above, which decides between words of two topics.
func (d *doc) headingTopic(heading string, prior gongwen.Topic) (found topicFound, strong bool) {
	t := d.weigh(heading)
	if t.best[prior] != nil {
		t.score[prior] += priorWeight
	}
	topic, first, _ := t.winner()
	if first == 0 {
		return topicFound{topic: gongwen.TopicOther}, false
	}
	return topicFound{topic, "heading:" + t.best[topic].text}, first >= clearHeading
}

// weigh adds up the terms of a heading.
func (d *doc) weigh(heading string) *tally {
	t := newTally()
	termWords.each(heading, func(at int, w *word) {
		word := &terms[w.index]
		if d.economic(word) {
			return
		}
		factor := 1.0
		if strings.ContainsAny(heading[:at], "，,；; 　") {
			factor = laterClause
		}
		t.add(word, factor)
	})
	for _, verb := range []string{"宣传", "宣讲", "普及"} {
		if strings.HasPrefix(heading, verb) {
			t.add(&term{verb, gongwen.TopicCapacity, clearHeading}, 1)
		}
	}
	return t
}

// A body decides when its terms weigh enough and one topic has this share of them.
const (
	minBody      = 8.0
	bodyShare    = 0.40
	bodyMargin   = 1.25 // over the second topic
	overviewPart = 0.62 // share in a part on problems or plans, which speaks of everything
	overviewHits = 4    // terms of the topic in such a part
)

// bodyTopic reads the topic from the own text of a section, where one topic is clear in it.
func (d *doc) bodyTopic(own string, share float64) (topicFound, bool) {
	t := newTally()
	termWords.each(own, func(_ int, w *word) {
		word := &terms[w.index]
		if word.weight > 1 && !d.economic(word) {
			t.add(word, 1)
		}
	})
	topic, first, second := t.winner()
	if first < minBody || first < share*t.total || first < bodyMargin*second ||
		share >= overviewPart && t.hits[topic] < overviewHits {
		return topicFound{topic: gongwen.TopicOther}, false
	}
	return topicFound{topic, "body:" + t.best[topic].text}, true
}

// topic decides the topic of a section below parent, which is nil at the top.
func (d *doc) topic(n, parent *node) topicFound {
	if d.kind == kindDisclosure {
		return disclosureTopic(n.heading)
	}
	if n.preamble {
		return topicFound{gongwen.TopicOther, "introduction"}
	}
	prior := gongwen.TopicOther
	if parent != nil {
		prior = parent.topic.topic
	}
	fromHeading, strong := d.headingTopic(n.heading, prior)
	if d.kind == kindWorkReport && (n.cue.rule != "" || strings.Contains(n.heading, "政府建设") || strings.Contains(n.heading, "自身建设")) {
		return topicFound{gongwen.TopicOther, "work report"}
	}
	if n.role.role == gongwen.RoleLeader {
		return topicFound{gongwen.TopicLeadership, "role:leader"}
	}
	share := bodyShare
	if general(n, parent) {
		strong = false
		fromHeading.rule = ""
		if n.heading != "" || n.cue.rule != "" {
			share = overviewPart
		}
	}
	if strong {
		return fromHeading
	}
	if n.heading == "" && n.cue.rule == "" {
		if found := d.openingTopic(d.ownText(n)); found.rule != "" {
			return found
		}
	}
	if len(n.children) == 0 {
		if fromBody, ok := d.bodyTopic(d.ownText(n), share); ok {
			return fromBody
		}
	}
	switch {
	case parent != nil && parent.topic.topic != gongwen.TopicOther:
		return topicFound{parent.topic.topic, "inherited"}
	case fromHeading.rule != "":
		return fromHeading // weak words are better than none
	}
	return topicFound{gongwen.TopicOther, "none"}
}

// economic reports a word that in a work report speaks of the economy and not of how the government works.
func (d *doc) economic(word *term) bool {
	return d.kind == kindWorkReport && word.topic == gongwen.TopicFunction && word.weight <= maxEconomic
}

const maxEconomic = 3

// openingTopic reads the topic from the words with which a paragraph without a heading names its subject: 在行政执法方面，…
func (d *doc) openingTopic(own string) topicFound {
	opening := firstRunes(strings.TrimLeftFunc(own, blank), maxTorn)
	i := strings.Index(opening, "方面")
	if i < 0 || !strings.HasPrefix(opening, "在") && !strings.HasPrefix(opening, "关于") && !strings.HasPrefix(opening[i:], "方面：") {
		return topicFound{}
	}
	found, strong := d.headingTopic(opening[:i], gongwen.TopicOther)
	if !strong {
		return topicFound{}
	}
	found.rule = "opening:" + strings.TrimPrefix(found.rule, "heading:")
	return found
}

// general reports a heading that names a part of the report and no topic: 2021年法治政府建设主要举措和成效.
func general(n, parent *node) bool {
	switch {
	case n.heading == "", part(n.named) && n.named.role != gongwen.RoleLeader && (n.named.role == gongwen.RoleProblems || planPart.MatchString(n.heading)):
		return true
	case n.role.rule == "inherited" || n.role.rule == "report" || n.role.rule == "after the review":
		return false
	case n.role.role == gongwen.RoleOther:
		return n.role.rule != "no report"
	case n.role.role == gongwen.RoleResults:
		return parent == nil || longer(n.heading, 4) && strings.Contains(n.heading, "年")
	}
	return true
}

// disclosureTopic is the topic in a disclosure report, where only two chapters are about something else.
func disclosureTopic(heading string) topicFound {
	switch {
	case strings.Contains(heading, "复议") || strings.Contains(heading, "诉讼"):
		return topicFound{gongwen.TopicDispute, "heading:复议诉讼"}
	case strings.Contains(heading, "监督保障") || heading == "监督":
		return topicFound{gongwen.TopicOversight, "heading:监督保障"}
	}
	return topicFound{gongwen.TopicDisclosure, "disclosure report"}
}
