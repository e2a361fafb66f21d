package search

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"gongwen/analyzers"
)

//go:embed data/aliases.txt
var aliasFile string

// Aliases are other names by a name, folded. They never change.
type Aliases struct {
	names   map[string][]string
	longest int // bytes of a name
}

// Bounds of a file of other names.
const (
	maxAliasLine  = 4096 // bytes
	maxAliasNames = 100_000
	maxAliasRunes = 40
)

// AliasError says what is wrong with a line of a file of other names. Problem is a Chinese sentence for its author.
type AliasError struct {
	Line    int // from 1
	Text    string
	Problem string
}

func (e *AliasError) Error() string {
	return fmt.Sprintf("line %d (%q): %s", e.Line, e.Text, e.Problem)
}

// BuiltInAliases returns the other names that the program knows by itself.
var BuiltInAliases = sync.OnceValue(func() *Aliases {
	a, err := ReadAliases(strings.NewReader(aliasFile))
	if err != nil {
		panic("aliases.txt: " + err.Error()) // a test reads the file
	}
	return a
})

// ReadAliases reads lines of names that stand for each other, "a b = c", or of which those on the left stand for those on the
// right alone, "a b > c d"; "a >" says that a has no other name. Lines that begin with # are remarks. The error of a line is
// an *AliasError.
func ReadAliases(file io.Reader) (*Aliases, error) {
	a := &Aliases{names: map[string][]string{}}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxAliasLine)
	number := 0
	for lines.Scan() {
		number++
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if problem := a.read(line); problem != "" {
			return nil, &AliasError{number, line, problem}
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, &AliasError{number + 1, "", fmt.Sprintf("一行不能超过 %d 个字节。", maxAliasLine)}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read other names: %w", err)
	}
	return a, nil
}

// read reads a line and says what is wrong with it, or "".
func (a *Aliases) read(line string) (problem string) {
	if !utf8.ValidString(line) {
		return "不是 UTF-8 文字。"
	}
	line = strings.NewReplacer("＝", "=", "＞", ">").Replace(line)
	left, right, oneWay := strings.Cut(line, ">")
	if strings.Contains(right, ">") || oneWay && strings.Contains(line, "=") {
		return "一行只能有一种符号：= 两边互为别名，> 左边可指右边。"
	}
	from, to := foldedFields(strings.ReplaceAll(left, "=", " ")), foldedFields(right)
	switch {
	case !oneWay && !strings.Contains(line, "="):
		return "缺少 = 或 >：应写成“放管服 = 简政放权”或“免罚 > 不予处罚”。"
	case len(from) == 0 || !oneWay && len(from) < 2:
		return "符号两边都要有名称。"
	}
	for _, name := range slices.Concat(from, to) {
		if n := utf8.RuneCountInString(name); n > maxAliasRunes || !strings.ContainsFunc(name, isWordRune) {
			return fmt.Sprintf("“%s”不能作名称：名称是 1 至 %d 个字。", name, maxAliasRunes)
		}
	}
	if !oneWay {
		to = from
	}
	for _, name := range from {
		a.add(name, to)
	}
	if len(a.names) > maxAliasNames {
		return fmt.Sprintf("名称超过 %d 个。", maxAliasNames)
	}
	return ""
}

func (a *Aliases) add(name string, others []string) {
	list := a.names[name]
	for _, other := range others {
		if other != name && !slices.Contains(list, other) {
			list = append(list, other)
		}
	}
	a.names[name] = list
	a.longest = max(a.longest, len(name))
}

// With returns these other names and further ones. What the further ones say of a name counts alone.
func (a *Aliases) With(further *Aliases) *Aliases {
	all := &Aliases{names: maps.Clone(a.names), longest: max(a.longest, further.longest)}
	maps.Copy(all.names, further.names)
	return all
}

// at returns the longest name with which the text begins, and its other names.
func (a *Aliases) at(text string) (name string, others []string) {
	for end := min(len(text), a.longest); end > 0; end-- {
		if others, ok := a.names[text[:end]]; ok {
			return text[:end], others
		}
	}
	return "", nil
}

// Lexicon is a segmenter with other names than those that the program knows by itself.
type Lexicon struct {
	Segmenter
	Aliases *Aliases
}

// OtherNames returns the other names of words.
func (l Lexicon) OtherNames() *Aliases { return l.Aliases }

// namesOf returns the other names that go with a segmenter.
func namesOf(words Segmenter) *Aliases {
	if l, ok := words.(interface{ OtherNames() *Aliases }); ok && l.OtherNames() != nil {
		return l.OtherNames()
	}
	return BuiltInAliases()
}

// Also says that other names were looked for beside a word of the query.
type Also struct {
	Of    string   // the word, folded
	Names []string // folded
}

// Also returns the other names that the plan looks for.
func (p *Plan) Also() []Also { return p.also }

// Plainly makes of a query one for which no other names are looked for, nor any word left out. It marks the same words.
func Plainly(q Query) Query {
	return rewrite(q, func(q Query) Query {
		if words, ok := q.(Words); ok {
			words.Required = true
			return words
		}
		return q
	})
}

// joinNames puts together the words of a name of which the segmenter tore the first character off, 道|交法: what is left would be
// found where nobody means it. Names that are cut otherwise stay so, 民诉|法: their words are found apart from each other too.
func joinNames(folded string, words []analyzers.Word, names *Aliases) []analyzers.Word {
	joined := words[:0]
	for i := 0; i < len(words); i++ {
		name, _ := names.at(folded[words[i].Start:])
		end, last := words[i].Start+len(name), i
		for last+1 < len(words) && words[last].End < end && words[last+1].Start == words[last].End {
			last++
		}
		if last > i && isSingle(words[i]) && words[last].End == end {
			joined = append(joined, analyzers.Word{Text: name, Start: words[i].Start, End: end})
			i = last
			continue
		}
		joined = append(joined, words[i])
	}
	return joined
}
