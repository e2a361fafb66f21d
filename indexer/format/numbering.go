package format

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// numbering are the lists of a document of Word, and how far each has counted.
type numbering struct {
	lists   map[string]*wordList // by w:abstractNumId
	numbers map[string]*wordNumber
}

// wordList is a way to number, and where it is.
type wordList struct {
	levels [9]wordLevel
	counts [9]int
	begun  [9]bool
}

// wordLevel is how one level of a list is numbered.
type wordLevel struct {
	format string // decimal, chineseCounting …
	text   string // %1、
	start  int
	suffix string
	legal  bool // numbers of the levels above are decimal
}

// wordNumber is a use of a list, which may begin anew.
type wordNumber struct {
	list   string
	starts map[int]int
	levels map[int]wordLevel
	used   bool
}

func readNumbering(p *pack) (*numbering, error) {
	n := &numbering{lists: map[string]*wordList{}, numbers: map[string]*wordNumber{}}
	data, err := p.read("word/numbering.xml")
	if data == nil || err != nil {
		return n, err
	}
	x, err := newXML(data)
	if err != nil {
		return n, err
	}
	return n, x.within([]string{"numbering"}, func(xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "abstractNum":
				list := &wordList{}
				n.lists[attr(e, "abstractNumId")] = list
				return x.each(func(e xml.StartElement) error {
					if i := levelIndex(e); e.Name.Local == "lvl" && i >= 0 {
						level, err := readLevel(x)
						list.levels[i] = level
						return err
					}
					return x.Skip()
				})
			case "num":
				number := &wordNumber{starts: map[int]int{}, levels: map[int]wordLevel{}}
				n.numbers[attr(e, "numId")] = number
				return readNumber(x, number)
			}
			return x.Skip()
		})
	})
}

// levelIndex is the level that an element is about, or -1.
func levelIndex(e xml.StartElement) int {
	i, err := strconv.Atoi(attr(e, "ilvl"))
	if err != nil || i < 0 || i > 8 {
		return -1
	}
	return i
}

// longestLabel bounds in bytes what stands around a number: it comes back with every paragraph.
const longestLabel = 120

func readLevel(x *xmlReader) (wordLevel, error) {
	level := wordLevel{start: 1, suffix: "tab"}
	return level, x.each(func(e xml.StartElement) error {
		switch value := attr(e, "val"); e.Name.Local {
		case "start":
			level.start, _ = strconv.Atoi(value) // none is 0
		case "numFmt":
			level.format = value
		case "lvlText":
			if len(value) <= longestLabel {
				level.text = value
			}
		case "suff":
			level.suffix = value
		case "isLgl":
			level.legal = value != "0" && value != "false"
		}
		return x.Skip()
	})
}

func readNumber(x *xmlReader, number *wordNumber) error {
	return x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNumId":
			number.list = attr(e, "val")
		case "lvlOverride":
			i := levelIndex(e)
			return x.each(func(e xml.StartElement) error {
				switch {
				case i < 0:
				case e.Name.Local == "startOverride":
					number.starts[i], _ = strconv.Atoi(attr(e, "val")) // none is 0
				case e.Name.Local == "lvl":
					level, err := readLevel(x)
					number.levels[i] = level
					return err
				}
				return x.Skip()
			})
		}
		return x.Skip()
	})
}

var levelNumber = regexp.MustCompile(`%[1-9]`)

// next counts on and returns the number as it stands before the paragraph, or "" for a bullet and for what has none.
func (n *numbering) next(id string, at int) string {
	number := n.numbers[id]
	if number == nil || at < 0 || at > 8 || n.lists[number.list] == nil {
		return ""
	}
	list := n.lists[number.list]
	if !number.used {
		number.used = true
		for i := range number.starts {
			list.begun[i] = false
		}
	}
	level := func(i int) wordLevel {
		if own, ok := number.levels[i]; ok {
			return own
		}
		return list.levels[i]
	}
	begin := func(i int) {
		list.begun[i], list.counts[i] = true, level(i).start
		if start, ok := number.starts[i]; ok {
			list.counts[i] = start
		}
	}
	for i := range at {
		if !list.begun[i] {
			begin(i)
		}
	}
	if list.begun[at] {
		list.counts[at]++
	} else {
		begin(at)
	}
	for i := at + 1; i < len(list.begun); i++ {
		list.begun[i] = false
	}
	own := level(at)
	if own.format == "bullet" || own.format == "none" && !strings.Contains(own.text, "%") {
		return ""
	}
	label := levelNumber.ReplaceAllStringFunc(own.text, func(place string) string {
		i := int(place[1] - '1')
		format := level(i).format
		if own.legal {
			format = "decimal"
		}
		return formatNumber(list.counts[i], format)
	})
	if label != "" && own.suffix != "nothing" && !strings.ContainsAny(label[len(label)-1:], ")") && !strings.HasSuffix(label, "、") &&
		!strings.HasSuffix(label, "）") && !strings.HasSuffix(label, "．") {
		label += " "
	}
	return label
}

// formatNumber writes a number as a w:numFmt asks for; one that is not known counts in digits.
func formatNumber(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
		"taiwaneseCountingThousand", "chineseLegalSimplified":
		return chineseNumber(n)
	case "ideographTraditional":
		return pick("甲乙丙丁戊己庚辛壬癸", n)
	case "ideographZodiac":
		return pick("子丑寅卯辰巳午未申酉戌亥", n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", n)
	case "upperLetter":
		return pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n)
	case "lowerLetter":
		return pick("abcdefghijklmnopqrstuvwxyz", n)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// pick is the n-th character, or digits where there are not so many.
func pick(characters string, n int) string {
	if runes := []rune(characters); 1 <= n && n <= len(runes) {
		return string(runes[n-1])
	}
	return strconv.Itoa(n)
}

// chineseNumber writes 1 as 一, 12 as 十二, 105 as 一百零五. From ten thousand on it is digits.
func chineseNumber(n int) string {
	digits := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n < 0 || n >= 10000 {
		return strconv.Itoa(n)
	}
	if n < 10 {
		return digits[n]
	}
	var b strings.Builder
	gap := false
	for _, unit := range []struct {
		size int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		digit := n / unit.size % 10
		if digit == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteString("零")
			gap = false
		}
		if !(digit == 1 && unit.size == 10 && b.Len() == 0) {
			b.WriteString(digits[digit])
		}
		b.WriteString(unit.name)
	}
	return b.String()
}

func roman(n int) string {
	if n <= 0 || n >= 4000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		name  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
		{90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.name)
			n -= r.value
		}
	}
	return b.String()
}
