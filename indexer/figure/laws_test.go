package figure

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	chinese "gongwen/indexer/numeral"
)

// checkLaws returns what the figures of a text break of their laws, or "": spans in order, without overlap and on
// borders of characters, values that the cut gives again, nouns that stand in the text.
func checkLaws(d *gongwen.Document, figures []gongwen.Figure) string {
	at := 0
	for _, f := range figures {
		switch {
		case f.Span.Start < at || f.Span.End <= f.Span.Start || f.Span.End > len(d.Text):
			return fmt.Sprintf("%v is out of order or of the text", f.Span)
		case !utf8.RuneStart(d.Text[f.Span.Start]) || f.Span.End < len(d.Text) && !utf8.RuneStart(d.Text[f.Span.End]):
			return fmt.Sprintf("%v cuts a character", f.Span)
		case !f.Value.Valid():
			return fmt.Sprintf("%q gives %q", f.Span.Cut(d.Text), f.Value)
		case f.Rule == "":
			return fmt.Sprintf("%q has no rule", f.Span.Cut(d.Text))
		case f.Noun != "" && !strings.Contains(d.Text, f.Noun) && !strings.Contains(squeezed(d.Text), squeezed(f.Noun)):
			return fmt.Sprintf("%q stands nowhere", f.Noun)
		case f.Change != nil && (!f.Change.Value.Valid() || f.Change.Span.End > len(d.Text) || f.Change.Span.Start >= f.Change.Span.End || !strings.Contains(withBasis(d.Text, f.Change.Span), f.Change.Basis)):
			return fmt.Sprintf("%q has the change %+v", f.Span.Cut(d.Text), f.Change)
		case !again(f, f.Span.Cut(d.Text)):
			return fmt.Sprintf("%q is read as %s %s", f.Span.Cut(d.Text), f.Value, f.Unit)
		}
		at = f.Span.End
	}
	return ""
}

// withBasis is the cut of a change and what stands before it in its line: 较上年分别增长3%、5% has one basis for both.
func withBasis(text string, span gongwen.Span) string {
	return text[strings.LastIndexByte(text[:span.Start], '\n')+1 : span.End]
}

// again reports whether the digits of a cut are those of the value; where they stand may be told by a unit behind the cut.
func again(f gongwen.Figure, cut string) bool {
	folded := analyzers.Fold(cut)
	if strings.ContainsAny(folded, "0123456789") {
		written := strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, strings.NewReplacer("m2", "", "m3", "").Replace(folded))
		if strings.Count(folded, "亿")+strings.Count(folded, "万")+strings.Count(folded, "千") > 1 {
			return true // 1亿2000万: the sum is not written digit by digit
		}
		value := strings.NewReplacer("-", "", ".", "").Replace(string(f.Value))
		return strings.Trim(written, "0") == strings.Trim(value, "0")
	}
	words := strings.Map(func(r rune) rune {
		if chinese.Begins(r) || r == '点' {
			return r
		}
		return -1
	}, strings.NewReplacer("百分之", "", "千分之", "", "个百分点", "", "百分点", "", analyzers.Fold(f.Unit), "").Replace(folded))
	words, fraction, _ := strings.Cut(words, "点")
	if fraction != "" {
		return true // checked by TestFind
	}
	// What multiplies the numbers of a list may stand behind the last one: 三至五万.
	rest, ok := strings.CutPrefix(string(f.Value), strconv.FormatInt(hanValue(words, 1), 10))
	return ok && strings.Trim(rest, "0") == "" && (rest == "" || f.Unit == "%" || !strings.ContainsAny(words, "万亿"))
}

// hanValue reads a number in words by cutting it at its greatest scale; what stood before it was multiplied by scale.
func hanValue(words string, scale int64) int64 {
	for _, s := range []struct {
		word string
		by   int64
	}{{"亿", 1e8}, {"万", 1e4}, {"千", 1000}, {"百", 100}, {"十", 10}} {
		if at := strings.LastIndex(words, s.word); at >= 0 {
			before, after := words[:at], words[at+len(s.word):]
			value := int64(1)
			if strings.Trim(before, "零〇") != "" {
				value = hanValue(before, 1)
			}
			return value*s.by + hanValue(after, s.by)
		}
	}
	zero := strings.HasPrefix(words, "零") || strings.HasPrefix(words, "〇")
	words = strings.TrimLeft(words, "零〇")
	if words == "" {
		return 0
	}
	r, size := utf8.DecodeRuneInString(words)
	if size < len(words) {
		return -1
	}
	if !zero && scale >= 100 { // 两万五
		return int64(chinese.Digit(r)) * scale / 10
	}
	return int64(chinese.Digit(r))
}

// eachText visits the texts of a corpus.
func eachText(t testing.TB, name string, visit func(title, kind, text string)) {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "corpora", name))
	if err != nil {
		t.Skipf("the real texts are not beside the project: %v", err)
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for reader := bufio.NewReader(unzipped); ; {
		line, err := reader.ReadBytes('\n')
		if len(line) > 1 {
			var l struct{ Title, Kind, Text string }
			if err := json.Unmarshal(line, &l); err != nil {
				t.Fatal(err)
			}
			visit(l.Title, l.Kind, l.Text)
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestCorpora holds the laws on all real texts, those that set norms included, and that norms count next to nothing.
func TestCorpora(t *testing.T) {
	for _, name := range []string{
		"state-council-reports.jsonl.gz", "provincial-reports-2026.jsonl.gz", "laws.jsonl.gz", "law-articles.jsonl.gz", "statute-retrieval/articles.jsonl.gz",
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && !strings.Contains(name, "reports") {
				t.Skip("a long corpus, not read with -short")
			}
			documents, figures, bad := 0, 0, 0
			eachText(t, name, func(title, kind, text string) {
				d := &gongwen.Document{Title: title, Kind: kind, Year: 2020, Text: text}
				documents++
				if kind != "案例" { // of a court: it tells what happened
					figures += len(Find(d))
				}
				if wrong := checkLaws(d, find(d)); wrong != "" && bad < 10 {
					bad++
					t.Errorf("%s: %s", title, wrong)
				}
			})
			t.Logf("%d figures in %d documents", figures, documents)
			if !strings.Contains(name, "reports") && figures > documents/20 {
				t.Errorf("%d figures in %d documents that set norms", figures, documents)
			}
		})
	}
}

// linearSize is the size of the texts of TestLinear.
const linearSize = 1 << 20

// TestLinear: the time grows with the size and no faster, whatever the text repeats.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large texts")
	}
	for name, unit := range map[string]string{
		"sentences": "全年受理行政复议案件12件，同比增长12.5%，审结11件。", "clauses": "受理行政复议案件12件，", "one clause": "受理案件12件", "digits": "1", "spaced digits": "1 ",
		"han digits": "一", "han numbers": "一百二十三", "list": "1、", "sum": "1+", "range": "1至", "years": "2021年", "quotes": "“", "titles": "《", "brackets": "（",
		"quoted": "“一”", "points": "1.", "rows": "规章 0 0\n", "cells": "规章\n0\n0\n", "labels": "规章\n", "empty": "\n", "bars": "|1|", "no digits": "受理行政复议案件",
		"changes": "比上年增加", "of": "的", "respectively": "甲、乙分别为1、2件", "weak": "办理案件 12\n", "spaces": " ", "wide spaces": "　1　", "vows": "明年将办理12件", "groups": "1,234",
	} {
		text := strings.Repeat(unit, linearSize/len(unit))
		d := report(text, gongwen.RoleResults)
		start := time.Now()
		figures := Find(d)
		took := time.Since(start)
		if wrong := checkLaws(d, figures); wrong != "" {
			t.Errorf("%s: %.300s", name, wrong)
		}
		t.Logf("%s: %v", name, took)
		// The bound leaves room for a busy machine: what grows with the square takes minutes.
		if took > 20*time.Second {
			t.Errorf("%s: 1 MB took %v", name, took)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range []string{
		"", "受理行政复议案件1.2万件，同比增长12.5%。", "515+218+297件", "1 9 9 3 年", "一百二十三万五千点六", "规章 0 0 0\n行政规范性文件 6 2 66\n", "|1|-|2,000|\n", "（一）予以公开\n1\n2\n",
		"由28名增至35名；2020年为15件", "百分之", "第1第2", "“1”《2》（3）〔4〕", "3.2亿元以下", "1亿2000万", "分别为1、2件", "比2021年的24件增加2件", "\xff1件", "1\u200b件", "１，２３４", "結果維持\n1\n", "99999999999999999999件",
	} {
		f.Add(text, 2021)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		if !utf8.ValidString(text) {
			return
		}
		for _, role := range []gongwen.Role{gongwen.RoleResults, gongwen.RolePlan, gongwen.RoleProblems} {
			d := report(text, role)
			d.Year = year
			if wrong := checkLaws(d, find(d)); wrong != "" {
				t.Error(wrong)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for _, name := range []string{"provincial-reports-2026.jsonl.gz", "state-council-reports.jsonl.gz", "laws.jsonl.gz"} {
		b.Run(name, func(b *testing.B) {
			var documents []gongwen.Document
			size := 0
			eachText(b, name, func(title, kind, text string) {
				if size < 10<<20 {
					documents = append(documents, gongwen.Document{Title: title, Kind: kind, Text: text, Year: 2020})
					size += len(text)
				}
			})
			b.SetBytes(int64(size))
			for b.Loop() {
				for i := range documents {
					Find(&documents[i])
				}
			}
		})
	}
}

// BenchmarkText finds figures in laws as if they were reports: the price of a text that nothing is known of.
func BenchmarkText(b *testing.B) {
	var documents []gongwen.Document
	size := 0
	eachText(b, "laws.jsonl.gz", func(_, _, text string) {
		if size < 5<<20 {
			documents = append(documents, gongwen.Document{Text: text})
			size += len(text)
		}
	})
	b.SetBytes(int64(size))
	for b.Loop() {
		for i := range documents {
			find(&documents[i])
		}
	}
}
