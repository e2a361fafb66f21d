// Package suggest answers: what may one be about to type, and what may one have meant? It knows the titles, headings,
// institutions and frequent words of a collection, by their characters and by how these are read.
//
// Useful for: completing what is typed, also in pinyin, its initials, or characters and pinyin mixed as an input method leaves
// them; correcting a query that finds nothing. Not for: finding documents. Limits: words are counted in a sample of the texts,
// and of a large collection not every title is kept; what is new appears some time after it was indexed.
package suggest

import (
	"context"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"gongwen/analyzers"
	"gongwen/suggest/pinyin"
)

// Limits of a call.
const (
	DefaultSize = 8
	MaxSize     = 20
)

// Suggester completes what is typed. It is safe for many goroutines. Until it has read the collection it knows nothing.
type Suggester struct {
	source Source
	words  *analyzers.Words
	table  *pinyin.Table
	log    *slog.Logger

	lists      atomic.Pointer[[]*list]
	dictionary atomic.Pointer[dictionary] // of the terms, institutions and headings
}

// New returns a suggester that knows nothing yet: Run fills it.
func New(source Source, words *analyzers.Words, log *slog.Logger) *Suggester {
	return &Suggester{source: source, words: words, table: pinyin.Load(), log: log}
}

// How often the collection is looked at. While it changes all the time, reading it takes a twentieth of the time at most.
const (
	lookEvery  = 5 * time.Second
	readRarely = 20
	readAfter  = time.Minute
)

// Run reads the collection, and again after it has changed, until ctx is done.
func (s *Suggester) Run(ctx context.Context) {
	var updated, next time.Time
	for {
		status, err := s.source.Status(ctx)
		if now := time.Now(); err == nil && !status.Updated.Equal(updated) && now.After(next) {
			if err = s.Fill(ctx); err == nil {
				updated = status.Updated
				_, err = wordList()  // else the first correction would wait for it
				debug.FreeOSMemory() // reading leaves several times as much behind as is kept
			}
			next = time.Now().Add(max(readAfter, readRarely*time.Since(now)))
		}
		if err != nil && ctx.Err() == nil {
			s.log.Warn("read collection for suggestions", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(lookEvery):
		}
	}
}

// Fill reads the collection once. What was known before is known until it has been read.
func (s *Suggester) Fill(ctx context.Context) error {
	lists, words, err := collect(ctx, s.source, s.words, s.table)
	if err != nil {
		return err
	}
	s.dictionary.Store(newDictionary(words, s.table))
	s.lists.Store(&lists)
	return nil
}

// Ready reports whether the collection has been read.
func (s *Suggester) Ready() bool { return s.lists.Load() != nil }

// shares are how many of eight suggestions each kind has before others may take the rest.
var shares = map[Kind]int{KindTerm: 3, KindInstitution: 1, KindHeading: 1, KindTitle: 3}

// Suggest returns at most size texts that go on as one has begun to type, the kinds in their order, none that is what was
// typed. Where nothing does, the last of several words is completed. It is empty where nothing goes on as that either.
func (s *Suggester) Suggest(text string, size int) []Suggestion {
	found := s.suggest(text, size)
	at := strings.LastIndexFunc(text, unicode.IsSpace) + 1
	if len(found) > 0 || at == 0 || size <= 0 {
		return found
	}
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++ // behind a wide space
	}
	found = s.suggest(text[at:], size)
	for i := range found {
		found[i].After = text[:at]
	}
	return found
}

func (s *Suggester) suggest(text string, size int) []Suggestion {
	lists := s.lists.Load()
	if lists == nil || size <= 0 {
		return nil
	}
	t, ok := newTyped(text, s.table)
	if !ok {
		return nil
	}
	size = min(size, MaxSize)
	found := make([][]Suggestion, len(*lists))
	seen := map[string]bool{strings.TrimSpace(text): true, t.text: true}
	total := 0
	for i, l := range *lists {
		if i == len(*lists)-1 && total >= size {
			break // what goes on where others end is for want of others
		}
		for _, suggestion := range l.find(&t, size+1) {
			if !seen[suggestion.Text] {
				seen[suggestion.Text] = true
				found[i] = append(found[i], suggestion)
				total++
			}
		}
	}
	return slices.Concat(share(found, *lists, size)...)
}

// share keeps as many of each list as its share is, and more where others do not fill theirs.
func share(found [][]Suggestion, lists []*list, size int) [][]Suggestion {
	take := make([]int, len(found))
	left := size
	for i := range found {
		share := max(1, shares[lists[i].kind]*size/DefaultSize)
		if i == len(found)-1 {
			share = 0
		}
		take[i] = min(len(found[i]), share, left)
		left -= take[i]
	}
	for i := range found {
		more := min(len(found[i])-take[i], left)
		take[i] += more
		left -= more
		found[i] = found[i][:take[i]]
	}
	return found
}
