package format

import (
	"bytes"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Decoded is bytes as text.
type Decoded struct {
	Text     string // valid UTF-8, without byte order mark
	Encoding string // its name as people write it: UTF-8, GB18030 …
	Bad      int    // how many characters could not be read and stand as U+FFFD
}

// charset is an encoding that texts come in. GBK and GB2312 are GB18030 with fewer characters.
type charset struct {
	name     string
	encoding encoding.Encoding
}

var (
	charsetUTF8 = charset{"UTF-8", xunicode.UTF8}
	charsetLE   = charset{"UTF-16LE", xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)}
	charsetBE   = charset{"UTF-16BE", xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)}
	charsetGB   = charset{"GB18030", simplifiedchinese.GB18030}
	charsetBig5 = charset{"Big5", traditionalchinese.Big5}
)

// Decode finds out the encoding of a text and reads it: by its byte order mark, by what is declared ("" for nothing)
// where that fits, else by what fits best. It fails where nothing does.
func Decode(data []byte, declared string) (Decoded, error) {
	if c, mark, ok := byMark(data); ok {
		return decodeAs(data[mark:], c), nil
	}
	c := detect(data, charsetOf(declared))
	if c.encoding == nil {
		return Decoded{}, refuse("无法识别文字编码（不是 UTF-8、UTF-16、GB18030 或 Big5）；请另存为 UTF-8 后再收录")
	}
	return decodeAs(data, c), nil
}

func byMark(data []byte) (c charset, length int, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\ufeff")):
		return charsetUTF8, 3, true
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return charsetLE, 2, true
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return charsetBE, 2, true
	case bytes.HasPrefix(data, []byte{0x84, 0x31, 0x95, 0x33}):
		return charsetGB, 4, true
	}
	return charset{}, 0, false
}

// charsetOf is the encoding that a declaration means; its encoding is nil for one that is unknown.
func charsetOf(declared string) charset {
	name := strings.ToLower(strings.Trim(strings.TrimSpace(declared), `"'`))
	switch name {
	case "":
		return charset{}
	case "utf-16", "utf16", "unicode", "utf-16le":
		return charsetLE
	case "utf-16be":
		return charsetBE
	case "cp936", "ms936", "windows-936", "gb_2312-80", "gb2312", "gbk", "gb18030", "x-gbk", "euc-cn", "euccn":
		return charsetGB
	case "cp950", "ms950", "windows-950", "big5", "big5-hkscs", "big5hkscs", "x-x-big5":
		return charsetBig5
	case "utf8", "utf-8":
		return charsetUTF8
	}
	e, err := htmlindex.Get(name)
	if err != nil || e == encoding.Replacement {
		return charset{}
	}
	return charset{declared, e}
}

func decodeAs(data []byte, c charset) Decoded {
	var text string
	if c.name == charsetUTF8.name {
		text = string(data)
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, string(utf8.RuneError))
		}
	} else {
		decoded, _ := c.encoding.NewDecoder().Bytes(data) // a decoder replaces what it cannot read and does not fail
		text = strings.TrimPrefix(string(decoded), "\ufeff")
	}
	return Decoded{text, c.name, strings.Count(text, string(utf8.RuneError))}
}

const (
	// sampleSize is how much of a text is tried in each encoding.
	sampleSize = 64 << 10
	// A text of which more than one character in mostBad is unreadable is in another encoding.
	mostBad = 50
)

// detect chooses an encoding. A declaration is believed where it can be true.
func detect(data []byte, declared charset) charset {
	valid := utf8.Valid(data)
	sample := data[:min(len(data), sampleSize)]
	switch {
	case valid && (isASCII(data) || !narrow(data)):
		return charsetUTF8 // nothing else makes Han characters that are valid UTF-8
	case valid && isChinese(declared):
		return declared
	case valid && len(data) <= longestDoubtful && score(data, charsetGB) >= mostlyCommon:
		return charsetGB // 通知 in GBK is two Hebrew points in UTF-8
	case valid:
		return charsetUTF8
	}
	if c := wide(sample); c.encoding != nil {
		return c
	}
	if declared.encoding != nil && declared.name != charsetUTF8.name && readable(sample, declared) {
		// Big5 and GB18030 read each other's bytes without a fault.
		best := bestOf(sample)
		if !isChinese(declared) || best.encoding == nil || best.name == declared.name ||
			score(sample, declared)*2 >= score(sample, best) {
			return declared
		}
		return best
	}
	if good, bad := utf8Runes(data); bad*10 < good {
		return charsetUTF8 // damaged, or cut off
	}
	if best := bestOf(sample); best.encoding != nil {
		return best
	}
	if declared.encoding != nil && declared.name != charsetUTF8.name {
		return declared
	}
	return charset{}
}

func isChinese(c charset) bool { return c.name == charsetGB.name || c.name == charsetBig5.name }

func isASCII(data []byte) bool {
	for _, b := range data {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

const (
	// longestDoubtful bounds in bytes what can be GBK and valid UTF-8 at once by chance.
	longestDoubtful = 64
	// mostlyCommon is the share of common characters by which such bytes are GBK.
	mostlyCommon = 0.8
)

// narrow reports whether UTF-8 has only characters of one or two bytes.
func narrow(data []byte) bool {
	for _, b := range data {
		if b >= 0xe0 {
			return false
		}
	}
	return true
}

// wide tells UTF-16 without a mark: nearly every unit is a Han character, a Chinese mark or ASCII, in one order of bytes.
func wide(data []byte) charset {
	if len(data) < 8 || len(data)%2 != 0 && len(data) < sampleSize {
		return charset{}
	}
	var little, big int
	for i := 0; i+1 < len(data); i += 2 {
		if isWide(data[i+1], data[i]) {
			little++
		}
		if isWide(data[i], data[i+1]) {
			big++
		}
	}
	units := len(data) / 2
	switch {
	case little*20 >= units*19 && little > big:
		return charsetLE
	case big*20 >= units*19 && big > little:
		return charsetBE
	}
	return charset{}
}

func isWide(high, low byte) bool {
	return 0x4e <= high && high <= 0x9f || high == 0x30 || high == 0xff || high == 0x20 && low < 0x70 ||
		high == 0 && (low == '\n' || low == '\r' || low == '\t' || ' ' <= low && low < 0x7f)
}

// bestOf is the encoding in which most characters are common ones; nil where there is none to speak of.
func bestOf(sample []byte) charset {
	var best charset
	top := 0.0
	for _, c := range []charset{charsetGB, charsetBig5} {
		if s := score(sample, c); s > top && readable(sample, c) {
			best, top = c, s
		}
	}
	if top < leastCommon {
		return charset{}
	}
	return best
}

// leastCommon is the share of common characters that a Chinese text has at least; a list of names has few.
const leastCommon = 0.04

func readable(sample []byte, c charset) bool {
	d := decodeAs(sample, c)
	bad := d.Bad
	if len(sample) == sampleSize && bad > 0 {
		bad-- // the last character is cut
	}
	return bad*mostBad <= utf8.RuneCountInString(d.Text)
}

// score is the share of common characters among those that are not ASCII.
func score(sample []byte, c charset) float64 {
	common, others := 0, 0
	for _, r := range decodeAs(sample, c).Text {
		if r < utf8.RuneSelf {
			continue
		}
		others++
		if strings.ContainsRune(commonMarks, r) || unicode.Is(unicode.Han, r) && isCommon(r) {
			common++
		}
	}
	if others == 0 {
		return 0
	}
	return float64(common) / float64(others)
}

// utf8Runes counts the characters beyond ASCII that are UTF-8, and the bytes that are not.
func utf8Runes(data []byte) (good, bad int) {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return good, bad
}

// decodedReader is a reader of UTF-8 over one of any encoding, which is found out by its beginning and named.
func decodedReader(in io.Reader, start []byte, declared string) (decoded io.Reader, name string, err error) {
	c, mark, ok := byMark(start)
	if !ok {
		if c = detect(start[:lastBreak(start)], charsetOf(declared)); c.encoding == nil {
			return nil, "", asRefusal(errBinary)
		}
	}
	if _, err := io.CopyN(io.Discard, in, int64(mark)); err != nil {
		return nil, "", err
	}
	if c.name == charsetUTF8.name {
		return in, c.name, nil
	}
	return transform.NewReader(in, c.encoding.NewDecoder()), c.name, nil
}

// lastBreak is the end of the last whole line, so that no character is cut, or the end of all.
func lastBreak(data []byte) int {
	if i := bytes.LastIndexByte(data, '\n'); i > 0 && i > len(data)/2 {
		return i + 1
	}
	return len(data)
}
