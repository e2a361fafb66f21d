package followup

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
)

//go:embed bodies.txt
var knownBodies string

// Bodies says which names are those of one body: spellings of it, and what it was called before it was renamed or merged.
type Bodies struct {
	units  map[string]string // a name without a place → its successor
	places map[string]string // 某县 → 某区
	names  map[string]string // a full name → its successor
}

// NewBodies returns the list of the program, and what more holds on top of it: the same format, whose rows win. The format
// is described at the head of bodies.txt.
func NewBodies(more ...io.Reader) (*Bodies, error) {
	b := &Bodies{units: map[string]string{}, places: map[string]string{}, names: map[string]string{}}
	for i, r := range append([]io.Reader{strings.NewReader(knownBodies)}, more...) {
		if err := b.read(r); err != nil {
			return nil, fmt.Errorf("read list %d of bodies: %w", i, err)
		}
	}
	return b, nil
}

var place = regexp.MustCompile(`(?:省|市|自治州|自治县|自治区|盟|地区|区|县|旗|镇|乡|街道|新区|开发区)$`)

func (b *Bodies) read(r io.Reader) error {
	scanner := bufio.NewScanner(r)
	for n := 1; scanner.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(scanner.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := b.row(line); err != nil {
			return fmt.Errorf("第 %d 行“%s”：%w", n, line, err)
		}
	}
	return scanner.Err()
}

var (
	errArrow = errors.New("缺少“→”，应写成“旧名 → 新名”")
	errEmpty = errors.New("“→”的一边没有名称")
	errPlace = errors.New("地名只能改成地名，机关只能改成机关")
)

func (b *Bodies) row(line string) error {
	steps := strings.Split(strings.ReplaceAll(line, "->", "→"), "→")
	if len(steps) < 2 {
		return errArrow
	}
	newest := fold(steps[len(steps)-1])
	if newest == "" {
		return errEmpty
	}
	for _, step := range steps[:len(steps)-1] {
		for _, old := range strings.FieldsFunc(step, func(r rune) bool { return strings.ContainsRune("、,，;；", r) }) {
			switch old = fold(old); {
			case old == "":
				return errEmpty
			case place.MatchString(old) != place.MatchString(newest):
				return errPlace
			case old == newest:
			case place.MatchString(old):
				b.places[old] = newest
			default:
				if where, unit := split(old); where == "" {
					b.units[unit] = newest
				} else {
					b.names[b.spelled(old)] = b.spelled(newest)
				}
			}
		}
		if strings.TrimSpace(step) == "" {
			return errEmpty
		}
	}
	return nil
}

func fold(name string) string {
	return strings.ReplaceAll(analyzers.Fold(strings.TrimSpace(name)), " ", "")
}

// chain cuts the names of places, from the widest, off the front of a body's name.
var chain = regexp.MustCompile(`^(?:[^省市区县旗州盟]{2,7}(?:省|(?:壮族|回族|维吾尔)?自治区|特别行政区|生产建设兵团))?(?:[^省市区县旗州盟]{2,9}(?:市|自治州|州|盟|地区))?` +
	`(?:[^省市区县旗州盟]{1,12}(?:自治县|自治旗|新区|开发区|高新区|管理区|示范区|林区|区|县|市|旗))?(?:[^省市区县旗州盟镇乡]{1,8}(?:镇|乡|街道))?`)

// split parts a folded name into the places that it begins with and the unit: 云川省安澜市 and 司法局.
func split(name string) (places, unit string) {
	name = strings.TrimPrefix(name, "国家税务总局")
	places = chain.FindString(name)
	unit = name[len(places):]
	// 高新技术产业开发区管理委员会 and 市场监督管理局 begin with what looks like a place.
	if unit == "" || utf8.RuneCountInString(unit) < 2 {
		return "", name
	}
	return places, unit
}

// spelled is a name with its unit as one spells it today.
func (b *Bodies) spelled(name string) string {
	places, unit := split(name)
	return places + b.follow(b.units, unit)
}

// follow goes from name to name up to the newest one.
func (b *Bodies) follow(table map[string]string, name string) string {
	for range maxSteps { // a list may lead round in a circle
		next, ok := table[name]
		if !ok {
			return name
		}
		name = next
	}
	return name
}

const maxSteps = 8

// Name is the newest name of a body, with as many of its places as were given; equal for all its spellings.
func (b *Bodies) Name(department string) string {
	name := fold(department)
	if name == "" {
		return ""
	}
	name = b.follow(b.names, b.spelled(name))
	places, unit := split(name)
	for old, today := range b.places {
		if strings.HasSuffix(places, old) {
			places = strings.TrimSuffix(places, old) + today
			break
		}
	}
	return places + b.follow(b.units, unit)
}

// Same reports whether two documents are of one body. A name may leave out wider places (青溪区司法局 is 安澜市青溪区司法局), unless
// the regions of the documents are known to differ.
func (b *Bodies) Same(one, other *gongwen.Document) bool {
	x, y := b.Name(one.Department()), b.Name(other.Department())
	if x == "" || y == "" {
		return false
	}
	if !b.near(one.Region, other.Region) {
		return false
	}
	if len(x) < len(y) {
		x, y = y, x
	}
	wider, ok := strings.CutSuffix(x, y)
	if !ok {
		return false
	}
	// What is left out must be places, and the rest still begin with one.
	places, _ := split(y)
	return wider == "" || places != "" && place.MatchString(wider)
}

// near reports whether two regions are not known to be different ones.
func (b *Bodies) near(one, other string) bool {
	if one == "" || other == "" || gongwen.RegionWithin(one, other) || gongwen.RegionWithin(other, one) {
		return true
	}
	government := func(region string) string { return b.Name(strings.ReplaceAll(region, "/", "") + "人民政府") }
	return government(one) == government(other)
}

// Later returns those of the documents that are of the body of own and about a later year, in order of year. Copies of it
// and its other reports on its year are none.
func (b *Bodies) Later(own *gongwen.Document, documents []*gongwen.Document) []*gongwen.Document {
	var later []*gongwen.Document
	for _, d := range documents {
		if b.follows(own, d) {
			later = append(later, d)
		}
	}
	slices.SortStableFunc(later, byYear)
	return later
}

func (b *Bodies) follows(own, d *gongwen.Document) bool {
	return Year(own) > 0 && Year(d) > Year(own) && b.Same(own, d)
}
