package gongwen

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// DocNumber is a document number (发文字号, GB/T 9704-2012, 7.2.5): the code of the issuing body, the year in four digits
// and a serial that is never padded, as in 大长管办发〔2018〕47号.
type DocNumber struct {
	Issuer string // 机关代字, may be "" where a text leaves it out (〔2018〕50号)
	Year   int
	Serial int
}

// String is the canonical form, with the brackets of the standard.
func (n DocNumber) String() string {
	return fmt.Sprintf("%s〔%d〕%d号", n.Issuer, n.Year, n.Serial)
}

// Matches reports whether n is the number that pattern asks for; an empty Issuer in pattern stands for any. Serials
// compare as numbers: 47号 is not 147号.
func (n DocNumber) Matches(pattern DocNumber) bool {
	return n.Year == pattern.Year && n.Serial == pattern.Serial && (pattern.Issuer == "" || pattern.Issuer == n.Issuer)
}

// FoundNumber is a document number and the bytes of the text where it stands.
type FoundNumber struct {
	DocNumber
	Span Span
}

const (
	numberDigit = `[0-9０-９]`
	numberOpen  = `[〔\[［\(（【〖﹝{｛〈<＜「]`
	numberClose = `[〕\]］\)）】〗﹞}｝〉>＞」]`
	numberSpace = `[ \t\x{00a0}\x{3000}]*`
)

// numberPattern takes every bracket and width seen in the wild. Issuing codes are Han, now and then with a Latin letter.
var numberPattern = regexp.MustCompile(
	`(\p{Han}[\p{Han}A-Za-z]{0,15})?` + numberSpace + numberOpen + numberSpace + `((?:[12１２])` + numberDigit + `{3})` + numberSpace + `年?` +
		numberClose + numberSpace + `第?` + numberSpace + `(` + numberDigit + `{1,5})` + numberSpace + `[号號]`)

// leadIn are the words that run into a number without a break (根据国发〔2012〕77号); none of them ends an issuing code.
var leadIn = regexp.MustCompile(`^.*(?:根据|按照|依据|依照|遵照|遵循|参照|对照|比照|贯彻|落实|执行|印发|转发|废止|发布|下发|制定|以及|发文字号|文号|字号|编号|原文|见|了|的|和|与|及|以|对|由|为|即|是|将|第)`)

// numberWindow is more bytes than any document number takes, white space included.
const numberWindow = 160

// FindDocNumbers returns the document numbers in text from left to right, without overlap. It looks only before each 号
// that follows a digit, which on long texts is many times as fast as matching everywhere.
func FindDocNumbers(text string) []FoundNumber {
	var found []FoundNumber
	done := 0
	for at := 0; ; {
		next := strings.IndexAny(text[at:], "号號")
		if next < 0 {
			return found
		}
		end := at + next + len("号")
		before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[at:at+next], " \t\u00a0\u3000"))
		at = end
		if before < '0' || before > '9' && before < '０' || before > '９' {
			continue
		}
		start := max(done, end-numberWindow)
		for start < end && !utf8.RuneStart(text[start]) {
			start++
		}
		for _, n := range matchNumbers(text[start:end]) {
			if start+n.Span.End == end {
				n.Span = Span{start + n.Span.Start, end}
				found = append(found, n)
				done = end
			}
		}
	}
}

func matchNumbers(text string) []FoundNumber {
	var found []FoundNumber
	for _, m := range numberPattern.FindAllStringSubmatchIndex(text, -1) {
		start, issuer := m[0], ""
		if m[2] >= 0 {
			issuer = text[m[2]:m[3]]
			if cut := leadIn.FindString(issuer); cut != "" {
				start += len(cut)
				issuer = issuer[len(cut):]
			}
		}
		if issuer == "" && m[2] >= 0 {
			start = m[3]
		}
		for start < m[4] {
			r, size := utf8.DecodeRuneInString(text[start:])
			if r != ' ' && r != '\t' && r != '\u00a0' && r != '\u3000' {
				break
			}
			start += size
		}
		year, serial := number(text[m[4]:m[5]]), number(text[m[6]:m[7]])
		if serial == 0 {
			continue
		}
		found = append(found, FoundNumber{DocNumber{issuer, year, serial}, Span{start, m[1]}})
	}
	return found
}

// ParseDocNumber reads text that is a document number and nothing else but white space around it.
func ParseDocNumber(text string) (DocNumber, bool) {
	text = strings.TrimSpace(text)
	found := FindDocNumbers(text)
	if len(found) != 1 || found[0].Span != (Span{0, len(text)}) {
		return DocNumber{}, false
	}
	return found[0].DocNumber, true
}

// number reads up to five digits of either width; its caller's pattern allows nothing else.
func number(digits string) int {
	var ascii strings.Builder
	for _, r := range digits {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		ascii.WriteRune(r)
	}
	n, _ := strconv.Atoi(ascii.String()) // digits only, five at most: cannot fail
	return n
}
