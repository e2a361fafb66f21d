package search

import (
	"cmp"
	"hash/fnv"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongwen"
	"gongwen/analyzers"
	"gongwen/likeness"
)

// Documents that are the same, and those that are nearly so, are told apart by their prints and what is known of them. Nothing
// of it is stored: engines keep the print of each document and ask here when somebody reads, so that whatever is written,
// changed or deleted, in whatever order, the answer is the same.

// Kin is what is known of a document when it is compared with others.
type Kin struct {
	ID, Title string // the title is folded
	Kind      string
	Year      string
	Number    string
	Issuer    string
	Region    string
	Source    string
	Status    string
	Published string
	Besides   string // see Besides

	name   string // the title without what tells versions apart
	key    uint32
	series bool // one of a series by years
}

// Besides says what a document has that is no field: u where it is known where on the web it stands, p where its pages are.
func Besides(d *gongwen.Document) string {
	besides := ""
	if d.URL != "" {
		besides = "u"
	}
	if len(d.Pages) > 0 {
		besides += "p"
	}
	return besides
}

// Learn works out what the title says. It must be called before a Kin is compared.
func (k Kin) Learn() Kin {
	k.name = additions.ReplaceAllString(k.Title, "")
	k.series = serial.MatchString(k.Kind) || serial.MatchString(k.Title)
	k.key = nameKey(k.name)
	return k
}

// NewKin returns what is known of a document.
func NewKin(d *gongwen.Document) Kin {
	return Kin{
		ID: d.ID, Title: analyzers.Fold(d.Title), Kind: d.Kind, Year: yearText(d.Year), Number: d.Number, Issuer: d.Issuer, Region: d.Region,
		Source: d.Source, Status: d.Status, Published: string(d.Published),
		Besides: Besides(d),
	}.Learn()
}

// longText is the number of letters from which equal texts are the same whatever their titles; shorter ones, such as the
// last article of a law, are often equal by custom.
const longText = 90

// Print is the print of a document: of its text, and of a short one also the title. Its digest is 0 for a document
// without letters, which is like no other.
func (p *Prepared) Print() likeness.Print {
	texts := make([]string, 0, len(p.Passages)+1)
	at := 0
	for i := range p.Passages {
		for _, own := range p.Passages[i].Own {
			if own.Start < at { // a section goes on behind one that lies in it
				return p.printOf(analyzers.Fold(p.Document.Text))
			}
			at = own.End
		}
		texts = append(texts, p.Passages[i].Text)
	}
	return p.printOf(texts...)
}

func (p *Prepared) printOf(texts ...string) likeness.Print {
	made := likeness.Of(texts...)
	switch {
	case made.Letters == 0:
		made.Digest = 0
	case made.Letters < longText:
		made.Digest = likeness.Of(append(texts, "\n", p.Title)...).Digest
	}
	return made
}

// Unite says which of several unnamed documents with equal texts are one: all, or where they contradict each other in
// number, year, issuer or place, those of which the same is said. Each group has its main document first: the one of
// which most is known, of those the one that was published first, of those the one with the first ID. The result does
// not depend on the order.
func Unite(all []Kin) [][]int {
	places := make([]int, len(all))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int { return compareKin(&all[a], &all[b]) })
	if agree(all) {
		return [][]int{places}
	}
	var groups [][]int
	same := map[[4]string]int{}
	for _, i := range places {
		said := [4]string{all[i].Number, all[i].Year, all[i].Issuer, all[i].Region}
		group, ok := same[said]
		if !ok {
			group = len(groups)
			same[said] = group
			groups = append(groups, nil)
		}
		groups[group] = append(groups[group], i)
	}
	return groups
}

// agree reports whether nothing that is said of one is contradicted by another.
func agree(all []Kin) bool {
	var one Kin
	for i := range all {
		k := &all[i]
		if differ(one.Number, k.Number) || differ(one.Year, k.Year) || differ(one.Issuer, k.Issuer) || apart(one.Region, k.Region) {
			return false
		}
		one.Number, one.Year, one.Issuer = cmp.Or(one.Number, k.Number), cmp.Or(one.Year, k.Year), cmp.Or(one.Issuer, k.Issuer)
		if len(k.Region) > len(one.Region) {
			one.Region = k.Region
		}
	}
	return true
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

// apart reports whether neither of two places lies in the other.
func apart(a, b string) bool {
	return a != "" && b != "" && !gongwen.RegionWithin(a, b) && !gongwen.RegionWithin(b, a)
}

func compareKin(a, b *Kin) int {
	if c := b.known() - a.known(); c != 0 {
		return c
	}
	if (a.Published == "") != (b.Published == "") {
		return strings.Compare(b.Published, a.Published)
	}
	return cmp.Or(strings.Compare(a.Published, b.Published), strings.Compare(a.ID, b.ID))
}

// known is how many fields are known, and other things.
func (k *Kin) known() int {
	n := len(k.Besides)
	for _, value := range []string{k.Title, k.Kind, k.Year, k.Number, k.Issuer, k.Region, k.Source, k.Status, k.Published} {
		if value != "" {
			n++
		}
	}
	return n
}

// How alike two texts must be to be versions.
const (
	likeOther  = 0.95 // whatever their titles
	likeSeries = 0.6  // with one title, of a kind that comes out again and again, on one form
	likeNamed  = 0.4  // with one title
	likeRule   = 0.1  // with the title of a law or a rule, which nothing else has: it may have been written anew
)

// AreVersions reports whether two documents are versions of one text, which are as alike as that. What contradicts in issuer or
// place is none, and no report of one year is a version of another year's.
func AreVersions(a, b *Kin, like float64) bool {
	if differ(a.Issuer, b.Issuer) || apart(a.Region, b.Region) {
		return false
	}
	series := a.series || b.series
	if differ(a.Year, b.Year) && series {
		return false
	}
	switch {
	case a.name == "" || a.name != b.name:
		return like >= likeOther && !differ(a.Number, b.Number) && !differ(a.Year, b.Year)
	case series:
		return like >= likeSeries
	case isRule(a.name):
		return like >= likeRule
	}
	return like >= likeNamed
}

var (
	serial = regexp.MustCompile(`报告|总结|要点|计划|规划|公报|预算|决算|统计|情况|通报`)
	// rule is the end of what laws and rules are called.
	rule = regexp.MustCompile(`(?:法|条例|办法|规定|细则|规则|规程|章程|解释|准则|守则|标准|决定|意见)$`)
	// additions are what tells the titles of versions apart.
	additions = regexp.MustCompile(`\([^()]*(?:修|稿|草案|试行|暂行|版|废止|失效|有效)[^()]*\)|\(\d{4}年?\)|《|》|(?:\d{4}年?)?(?:修订|修正|征求意见|送审|草案)(?:版|本|稿)?$`)
)

// shortestRule is the number of characters from which the title of a rule tells it from others.
const shortestRule = 6

func isRule(name string) bool {
	return rule.MatchString(name) && !serial.MatchString(name) && utf8.RuneCountInString(name) >= shortestRule
}

// NameKey is a hash of the title of a law or a rule, without what tells its versions apart, and 0 for all else. Documents
// with the same are compared even if their texts were written anew; some others may have the same by chance.
func (k *Kin) NameKey() uint32 { return k.key }

func nameKey(name string) uint32 {
	if !isRule(name) {
		return 0
	}
	h := fnv.New32a()
	_, _ = io.WriteString(h, name)
	return max(1, h.Sum32())
}

// compared reports whether two documents are looked at at all, the sketches of which are given.
func compared[P any](a, b *Related[P]) bool {
	if likeness.Share(a.Sketch, b.Sketch) {
		return true
	}
	return a.Kin.key != 0 && a.Kin.key == b.Kin.key && b.Sketch != nil
}

// MaxVersions is how many versions of a document are listed.
const MaxVersions = 50

// Related is a document that may be a version, with its place wherever an engine keeps it.
type Related[P any] struct {
	Place  P
	Kin    Kin
	Digest uint64 // those with the same are copies, not versions
	Sketch likeness.Sketch
}

// FindVersions returns the versions of a document and theirs, MaxVersions at most, with how alike each is to the
// document: the newest first, those without a date last. near calls visit with the documents whose sketches share a
// band with the given one's, and those with a sketch whose NameKey is the same; it may name others, too.
func FindVersions[P any](of Related[P], near func(Related[P], func(Related[P]))) []FoundVersion[P] {
	if of.Sketch == nil {
		return nil
	}
	seen := map[string]bool{of.Kin.ID: true}
	var found []FoundVersion[P]
	for queue := []Related[P]{of}; len(queue) > 0 && len(found) < MaxVersions; queue = queue[1:] {
		at := queue[0]
		var next []Related[P]
		near(at, func(other Related[P]) {
			if seen[other.Kin.ID] || other.Digest == of.Digest || !compared(&at, &other) {
				return
			}
			if AreVersions(&at.Kin, &other.Kin, likeness.Between(at.Sketch, other.Sketch)) {
				seen[other.Kin.ID] = true
				next = append(next, other)
			}
		})
		slices.SortFunc(next, func(a, b Related[P]) int { return strings.Compare(a.Kin.ID, b.Kin.ID) })
		next = next[:min(len(next), MaxVersions-len(found))]
		for _, r := range next {
			found = append(found, FoundVersion[P]{r.Place, r.Kin.ID, likeness.Between(of.Sketch, r.Sketch)})
		}
		queue = append(queue, next...)
	}
	return found
}

// FoundVersion is a version and how alike it is to the document that was asked about.
type FoundVersion[P any] struct {
	Place    P
	ID       string
	Likeness float64
}

// NewVersion is what is told of a version.
func NewVersion(d *gongwen.Document, like float64) gongwen.Version {
	rounded := float64(int(like*100+0.5)) / 100 // an estimate is no more exact
	return gongwen.Version{ID: d.ID, Title: d.Title, Number: d.Number, Status: d.Status, Dated: d.Dated(), Likeness: rounded}
}

// SortVersions puts the newest first, those without a date last.
func SortVersions(versions []gongwen.Version) {
	slices.SortFunc(versions, func(a, b gongwen.Version) int {
		return cmp.Or(strings.Compare(string(b.Dated), string(a.Dated)), strings.Compare(a.ID, b.ID))
	})
}

// NewAddress is what is told of a record that is one with another.
func NewAddress(d *gongwen.Document, origin Origin) gongwen.Address {
	file := origin.Path[strings.LastIndexAny(origin.Path, `/\`)+1:]
	return gongwen.Address{ID: d.ID, File: file, URL: d.URL, Source: d.Source, Published: d.Published}
}
