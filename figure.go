package gongwen

import (
	"encoding/json"
	"fmt"
	"regexp"
)

// Decimal is an exact decimal number in its shortest form: "12000", "0.5", "-3". The empty Decimal is none. In JSON it is a
// number, written digit by digit.
type Decimal string

var decimalPattern = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?$`)

// Valid reports whether the number is in its shortest form.
func (d Decimal) Valid() bool { return decimalPattern.MatchString(string(d)) && d != "-0" }

// MarshalJSON writes the number, or null for none.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	if !d.Valid() {
		return nil, fmt.Errorf("write decimal: %q is not in its shortest form", string(d))
	}
	return []byte(d), nil
}

// UnmarshalJSON reads a number as it is written.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*d = ""
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return fmt.Errorf("read decimal: %w", err)
	}
	if read := Decimal(n); read.Valid() {
		*d = read
		return nil
	}
	return fmt.Errorf("read decimal: %s is not in its shortest form", n)
}

// Figure (数据) is one number of things, money, measure or share that a text states as a fact: 受理行政复议案件1.2万件 is
// 12000 of the unit 件, and what is counted is 受理行政复议案件. Rates are figures of the unit % or ‰. Dates, durations,
// ordinals, names (三项制度) and document numbers are none, nor are goals: they belong to commitments.
type Figure struct {
	Section   string    `json:"section"`             // ID of the section that holds it, "" where the document has none
	Span      Span      `json:"span"`                // the number with its qualifier and unit, as written; in a table the number
	Text      string    `json:"text"`                // what the span cuts
	Value     Decimal   `json:"value"`               // 万 and 亿 multiplied out, money in 元
	Unit      string    `json:"unit"`                // 件, 元, %, … as written and folded; "" where the text has none
	Noun      string    `json:"noun"`                // what is counted, as it stands in the text, in a table Row without its label; "" where unknown
	Row       string    `json:"row,omitempty"`       // in a table: the heading of its row
	Column    string    `json:"column,omitempty"`    // in a table: the heading of its column
	Qualifier Qualifier `json:"qualifier,omitempty"` // how near the value is to the truth
	Change    *Change   `json:"change,omitempty"`    // what the text says of its change against another time
	Year      int       `json:"year,omitempty"`      // the year that it is about: the document's, unless the text says otherwise
	Rule      string    `json:"rule"`                // the name of the rule that found it
}

// Qualifier says how a written number stands to the true one.
type Qualifier string

// The qualifiers of a figure.
const (
	QualifierAbout   Qualifier = "about"   // 约, 大约, 左右
	QualifierNear    Qualifier = "near"    // 近, 将近, 接近: a little less
	QualifierOver    Qualifier = "over"    // 余, 多, 超过, 逾: more
	QualifierAtLeast Qualifier = "atleast" // 以上, 不少于, 不低于, 至少
	QualifierUnder   Qualifier = "under"   // 不足, 不到, 低于, 少于: less
	QualifierAtMost  Qualifier = "atmost"  // 以下, 以内, 不超过, 至多
)

// Change is what a text says of the change of a figure: 同比增长12.5%, 比上年减少3件.
type Change struct {
	Basis string  `json:"basis"`          // against what, as written: 同比, 比上年, 较2020年; "" where the text does not say
	Value Decimal `json:"value"`          // below zero where the figure fell
	Unit  string  `json:"unit,omitempty"` // % for a rate, 百分点 for a difference of rates, else the unit of an amount
	Span  Span    `json:"span"`           // from the basis to the unit
}
