package segment

import (
	_ "embed"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"sync"
	"unicode/utf16"
)

// The common runs are the most frequent characters, stretches of three characters and more, and words. They have postings of
// their own: the grams of such a character are many, and grams leave so many candidates of the longer runs that looking into
// the texts would take longest. The list is
// part of the format: data/gen makes it from texts, and another one is another Version.
//
//go:embed data/runs.txt
var runList string

// runs are the common runs, and which of them begin with two units.
type runs struct {
	list   [][]byte // units
	number map[string]int
	starts map[uint32][]int
	bloom  [1 << 10]uint64 // of the starts: most texts' grams start none
	single [1 << 16]int32  // by unit: one more than the run that it is by itself; 0 for none
}

// commonRuns reads the list at first use.
var commonRuns = sync.OnceValue(func() *runs {
	r := &runs{number: map[string]int{}, starts: map[uint32][]int{}}
	for line := range strings.Lines(runList) {
		var units []byte
		for _, u := range utf16.Encode([]rune(strings.TrimSpace(line))) {
			units = binary.LittleEndian.AppendUint16(units, u)
		}
		r.number[string(units)] = len(r.list)
		if len(units) == 2 {
			r.single[binary.LittleEndian.Uint16(units)] = int32(len(r.list)) + 1
			r.list = append(r.list, units)
			continue
		}
		start := binary.LittleEndian.Uint32(units)
		r.starts[start] = append(r.starts[start], len(r.list))
		bit := bloomBit(start)
		r.bloom[bit>>6] |= 1 << (bit & 63)
		r.list = append(r.list, units)
	}
	return r
})

func bloomBit(start uint32) uint32 { return start * 0x9e3779b1 >> 16 }

// each calls visit with every place of every run in a text, from left to right; places overlap. at is a byte of units.
func (r *runs) each(units []byte, visit func(run, at int)) {
	for at := 0; at+2 <= len(units); at += 2 {
		if n := r.single[binary.LittleEndian.Uint16(units[at:])]; n > 0 {
			visit(int(n)-1, at)
		}
		if at+4 > len(units) {
			break
		}
		start := binary.LittleEndian.Uint32(units[at:])
		if bit := bloomBit(start); r.bloom[bit>>6]&(1<<(bit&63)) == 0 {
			continue
		}
		for _, n := range r.starts[start] {
			run := r.list[n]
			if len(units)-at >= len(run) && string(units[at:at+len(run)]) == string(run) {
				visit(n, at)
			}
		}
	}
}

// runPostings gathers the postings of the common runs, passage by passage.
type runPostings struct {
	lists  []runPosting
	opened []int // the runs of the passage that is open
}

type runPosting struct {
	data    []byte
	passage uint32 // the last one
	count   uint32 // in the open passage, without overlap
	end     int    // byte of its units where the last place ends
}

func newRunPostings() *runPostings {
	return &runPostings{lists: make([]runPosting, len(commonRuns().list))}
}

// add counts the runs of the next passage.
func (p *runPostings) add(passage uint32, units []byte) {
	list := commonRuns().list
	commonRuns().each(units, func(run, at int) {
		l := &p.lists[run]
		if l.count == 0 {
			p.opened = append(p.opened, run)
			l.end = 0
		}
		if at >= l.end {
			l.count++
			l.end = at + len(list[run])
		}
	})
	for _, run := range p.opened {
		l := &p.lists[run]
		l.data = appendPosting(l.data, passage-l.passage, l.count)
		l.passage, l.count = passage, 0
	}
	p.opened = p.opened[:0]
}

func (p *runPostings) write(w *partWriter) {
	at := make([]uint32, 0, len(p.lists)+1)
	w.begin(partRuns)
	for i := range p.lists {
		at = append(at, uint32(w.size(partRuns)))
		w.write(p.lists[i].data)
	}
	at = append(at, uint32(w.size(partRuns)))
	w.end(partRuns)
	w.numbers(partRunsAt, at)
}

// mergeRuns joins the postings of the common runs.
func mergeRuns(out *partWriter, inputs []input) {
	at := make([]uint32, 0, len(commonRuns().list)+1)
	out.begin(partRuns)
	var list []byte
	for run := range commonRuns().list {
		at = append(at, uint32(out.size(partRuns)))
		list = list[:0]
		last := uint32(0)
		for i := range inputs {
			list, last = inputs[i].appendList(list, last, inputs[i].side.run(run))
		}
		out.write(list)
	}
	at = append(at, uint32(out.size(partRuns)))
	out.end(partRuns)
	out.numbers(partRunsAt, at)
}

// Run returns the postings of a common run by its units, with how often it stands there without overlap; nil for any other.
func (s *Side) Run(units []byte) *Postings {
	n, ok := commonRuns().number[string(units)]
	if !ok {
		return nil
	}
	return s.run(n)
}

// RunsIn returns the postings of the common runs of more than a character that stand in a longer one.
func (s *Side) RunsIn(units []byte) (lists []*Postings) {
	commonRuns().each(units, func(run, _ int) {
		if len(commonRuns().list[run]) > 2 {
			lists = append(lists, s.run(run))
		}
	})
	return lists
}

func (s *Side) run(n int) *Postings {
	at := s.cut[partRunsAt]
	return &Postings{rest: s.cut[partRuns][number(at, n):number(at, n+1)]}
}

// runsFingerprint tells lists of common runs apart.
func runsFingerprint() uint32 { return crc32.ChecksumIEEE([]byte(runList)) }
