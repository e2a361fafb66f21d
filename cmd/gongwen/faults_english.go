package main

import (
	"regexp"
	"strings"
)

// faultsEnglish are what search says of queries in Chinese, and the same in English. %s and %d stand for what is filled in, in the
// same order on both sides.
var faultsEnglish = []text{
	{"%s的条件没有值。", "The condition on %s has no value."},
	{"请写上值，或去掉这个条件。", "Write a value, or leave the condition out."},
	{"“%s”不是年度。", "“%s” is no year."},
	{"年度写作 2018，范围写作 2016..2019。", "A year is written 2018, a range 2016..2019."},
	{"目标年度只能写一个，如 2021；没有目标年度的写作 unknown。", "Write one target year, such as 2021; unknown for promises without one."},
	{"年度范围“%s”前后颠倒。", "The range of years “%s” is upside down."},
	{"是不是 %s..%s？", "Did you mean %s..%s?"},
	{"“%s”不是日期。", "“%s” is no date."},
	{"日期写作 2019-01-31、2019-01 或 2019，范围写作 2019-01..2019-03。", "A date is written 2019-01-31, 2019-01 or 2019, a range 2019-01..2019-03."},
	{"日期范围“%s”前后颠倒。", "The range of dates “%s” is upside down."},
	{"没有“%s”这个主题。", "There is no topic “%s”."},
	{"主题有：%s。", "The topics are: %s."},
	{"没有“%s”这种内容。", "There is no role “%s”."},
	{"内容类型有：%s。", "The roles are: %s."},
	{"请去掉 cursor，从第一页重新开始。", "Leave the cursor out and begin with the first page."},
	{"翻页标记已损坏。", "The cursor is damaged."},
	{"翻页标记属于另一次检索。", "The cursor belongs to another search."},
	{"match 的值不对。", "match has no such value."},
	{"sort 的值不对。", "sort has no such value."},
	{"unit 的值不对。", "unit has no such value."},
	{"可用 most 或 all。", "It is most or all."},
	{"可用 relevance、newest 或 oldest。", "It is relevance, newest or oldest."},
	{"可用 document 或 section。", "It is document or section."},
	{"每页最多 %d 条。", "A page has %d hits at most."},
	{"要更多结果，请用 next 翻页。", "For more, follow next."},
	{"检索式有 %d 个字符，超过 %d 个的上限。", "The query has %d characters; the limit is %d."},
	{"请只保留要找的词句。", "Keep only what you are looking for."},
	{"括号嵌套超过 %d 层。", "There are more than %d brackets within brackets."},
	{"请去掉多余的括号。", "Take off the needless ones."},
	{"检索式超过 %d 个检索词。", "The query has more than %d terms."},
	{"请减少检索词，或分几次检索。", "Use fewer terms, or several searches."},
	{"括号没有闭合，已按到末尾处理。", "A bracket is not closed; it is taken to reach to the end."},
	{"引号没有闭合，已按到末尾处理。", "A quotation mark is not closed; the run is taken to reach to the end."},
	{"“或”的一侧没有检索词，已忽略。", "There is nothing on one side of OR; it is ignored."},
	{"“非”后面没有检索词，已忽略。", "There is nothing behind NOT; it is ignored."},
	{"“%s”左边没有检索词。", "There is nothing on the left of “%s”."},
	{"“%s”右边没有检索词。", "There is nothing on the right of “%s”."},
	{"连接符写在两个检索词之间，如：行政处罚 /s 听证。要找它本身，请加引号。", "A connector stands between two terms: 行政处罚 /s 听证. To look for it as text, put it in quotes."},
	{"“%s”的字数应在 1 至 %d 之间。", "The distance of “%s” must be from 1 to %d."},
	{"相隔至多 20 个字写作 A /20 B；紧挨着的写在引号里，隔得更远的用 /p（同一段）。", "At most 20 characters apart is A /20 B; side by side goes in quotes, farther apart is /p (one paragraph)."},
	{"连接符旁的括号里还有连接符。", "There is a connector in brackets beside a connector."},
	{"请连着写，如：A /s B /p C；每个连接符连接它两边的词。", "Write them in a row: A /s B /p C. Each connector joins the terms beside it."},
	{"字段条件不能用连接符连接。", "A condition cannot be joined by a connector."},
	{"字段条件写在连接符之外，如：年度:2018 行政处罚 /s 听证。", "Write conditions beside it: 年度:2018 行政处罚 /s 听证."},
	{"连接符旁的括号里只能是用 OR 并列的词。", "Brackets beside a connector may hold only terms joined by OR."},
	{"都要有的词也用连接符连接，如：A /s B /s C。", "Join what must all be there by connectors, too: A /s B /s C."},
	{"权重“%s”应大于 0，不超过 %d。", "The weight “%s” must be above 0 and at most %d."},
	{"写作：行政处罚^3。", "It is written: 行政处罚^3."},
	{"检索式里的 like: 超过 3 个。", "There are more than 3 like: in the query."},
	{"请分几次检索。", "Use several searches."},
	{"没有编号为“%s”的文件。", "There is no document with the ID “%s”."},
	{"like: 后面写检索结果或文件页上的编号（id）。", "Write behind like: the ID of a document, as hits and its page show it."},
	{"“%s”里没有文字。", "There is no text in “%s”."},
	{"通配符写在文字之间，如：行政*诉讼；要列出全部文件，不必写检索式。", "A wildcard stands between characters: 行政*诉讼. To list every document, leave the query empty."},
	{"一个词里的通配符超过 %d 处。", "A word has more than %d wildcards."},
	{"请去掉一些通配符，或分成几个词。", "Leave some out, or make several words of it."},
	{"检索式中的通配符和连接符超过 %d 处。", "The query has more than %d wildcards and connectors."},
	{"检索式太长或太复杂，集群无法处理。", "The query is too long, or too complex, for the cluster."},
	{"请减少检索词，或缩短引号里的原文。", "Use fewer terms, or shorter quoted runs."},
	{"按章节检索时，这个检索式里的“非”太多，集群无法处理。", "With sections as hits, the query has more NOT than the cluster can carry out."},
	{"请减少 OR 里的 NOT，或改为按文件检索。", "Use fewer NOT inside OR, or search for documents."},
	{"存放在 OpenSearch 集群上时，还不能用连接符（/s、/p、/n 等）和通配符（*、?）检索。", "On an OpenSearch cluster, connectors (/s, /p, /n and the like) and wildcards (*, ?) cannot be used yet."},
	{"请改用词、引号和 AND、OR、NOT。", "Use words, quotes and AND, OR, NOT."},
}

var verbs = regexp.MustCompile(`%[sd]`)

// translate says in the user's language what search says in Chinese; what it does not know stays as it is.
func (a *app) translate(message string) string {
	if a.lang == chinese {
		return message
	}
	for _, row := range faultsEnglish {
		pattern := "^" + verbs.ReplaceAllString(regexp.QuoteMeta(row.zh), "(.*)") + "$"
		values := regexp.MustCompile(pattern).FindStringSubmatch(message)
		if values == nil {
			continue
		}
		english := row.en
		for _, value := range values[1:] {
			place := verbs.FindStringIndex(english)
			english = english[:place[0]] + strings.ReplaceAll(value, "%", "％") + english[place[1]:]
		}
		return english
	}
	return message
}
