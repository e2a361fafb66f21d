package register

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gongwen"
	"gongwen/followup"
	"gongwen/search"
)

// idMark parts the ID of a document from that of an item in it.
const idMark = "~"

// commitmentFacets are the facets of the register of commitments.
func commitmentFacets(request Request) []facet {
	return []facet{
		{name: "year", field: search.FieldYear}, {name: "target_year", asked: yearText(request.Target)},
		{name: "topic", field: search.FieldTopic}, {name: "status", asked: string(request.Status)},
		{name: "department", field: search.FieldDepartment}, {name: "region", field: search.FieldRegion},
	}
}

// followedAtOnce is how many documents are followed without a thought; it takes a moment each.
const followedAtOnce = 40

// Commitments lists promises: those of the newest reports first, in the order of their text. What later reports say is
// worked out for the promises on the page; for all of them only where a status is asked for, which takes a while in a large
// collection that nobody has asked before. The facet of statuses is there as soon as all are known.
func (r *Register) Commitments(ctx context.Context, request Request) (*Page[Commitment], error) {
	s, l, err := r.askedCommitments(ctx, request)
	if err != nil {
		return nil, err
	}
	found, offset, next, err := l.page()
	if err != nil {
		return nil, err
	}
	all := documentsOf(l.found)
	known, first := s.knowsAll(all), documentsOf(found)
	if len(all) <= followedAtOnce {
		first = all
	}
	if err := r.follow(ctx, s, first); err != nil {
		return nil, err
	}
	if !known && s.knowsAll(all) {
		l, known = r.commitments(s, request), true // counts statuses too
	}
	page := &Page[Commitment]{Total: len(l.found), Offset: offset, Items: []Commitment{}, Next: next, Facets: l.ranked()}
	if !known {
		delete(page.Facets, "status")
		r.followRest(ctx, s)
	}
	for _, i := range found {
		page.Items = append(page.Items, newCommitment(i.document, i.place, s.trail(i.document.ID)))
	}
	return page, nil
}

// AllCommitments returns the whole list that Commitments cuts into pages, of one state of the collection, and its length.
// Size and cursor of the request are of no account.
func (r *Register) AllCommitments(ctx context.Context, request Request) (iter.Seq[Commitment], int, error) {
	s, l, err := r.askedCommitments(ctx, request)
	if err != nil {
		return nil, 0, err
	}
	if err := r.follow(ctx, s, documentsOf(l.found)); err != nil {
		return nil, 0, err
	}
	return func(yield func(Commitment) bool) {
		for _, i := range l.found {
			if !yield(newCommitment(i.document, i.place, s.trail(i.document.ID))) {
				return
			}
		}
	}, len(l.found), nil
}

// askedCommitments lists what a request asks for, in the state that it returns.
func (r *Register) askedCommitments(ctx context.Context, request Request) (*state, *listing, error) {
	s, err := r.current(ctx)
	if err != nil {
		return nil, nil, err
	}
	if request.Status != "" {
		any := request
		any.Status = ""
		if err := r.follow(ctx, s, documentsOf(r.commitments(s, any).found)); err != nil {
			return nil, nil, err
		}
	}
	return s, r.commitments(s, request), nil
}

// commitments lists what a request asks for, by the statuses that are known.
func (r *Register) commitments(s *state, request Request) *listing {
	l := r.newListing(request, commitmentFacets(request))
	for _, d := range s.documents {
		trail := s.trail(d.ID)
		for place := range d.Commitments {
			c := &d.Commitments[place]
			status := ""
			if trail != nil {
				status = string(trail.statuses[place])
			}
			l.add(&item{
				document: d, place: place, year: d.Year, text: c.Text, topic: c.Topic,
				facets: []string{yearText(d.Year), yearText(c.Target), string(c.Topic), status, d.Department(), d.Region},
			})
		}
	}
	return l
}

// documentsOf are the documents of items, which follow each other in the list.
func documentsOf(items []*item) []*gongwen.Document {
	var documents []*gongwen.Document
	for _, i := range items {
		if n := len(documents); n == 0 || documents[n-1] != i.document {
			documents = append(documents, i.document)
		}
	}
	return documents
}

func newCommitment(d *gongwen.Document, place int, trail *trail) Commitment {
	c := d.Commitments[place]
	return Commitment{Commitment: c, ID: d.ID + idMark + c.ID, Document: d, Status: trail.statuses[place]}
}

// Commitment returns a promise by its ID, and what each later report of the body says of it, in order of year, with these
// reports by ID. It returns search.ErrNotFound for an unknown ID.
func (r *Register) Commitment(ctx context.Context, id string) (*Commitment, []gongwen.FollowUp, map[string]*gongwen.Document, error) {
	s, err := r.current(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	at := strings.LastIndex(id, idMark)
	if at < 0 {
		return nil, nil, nil, search.ErrNotFound
	}
	d := s.byID[id[:at]]
	if d == nil {
		return nil, nil, nil, search.ErrNotFound
	}
	place := slices.IndexFunc(d.Commitments, func(c gongwen.Commitment) bool { return c.ID == id[at+len(idMark):] })
	if place < 0 {
		return nil, nil, nil, search.ErrNotFound
	}
	if err := r.follow(ctx, s, []*gongwen.Document{d}); err != nil {
		return nil, nil, nil, err
	}
	trail := s.trail(d.ID)
	c := newCommitment(d, place, trail)
	later := map[string]*gongwen.Document{}
	for _, f := range trail.followUps[place] {
		later[f.Document] = s.byID[f.Document]
	}
	return &c, trail.followUps[place], later, nil
}

// trail is what later documents say of the promises of one document, by their place.
type trail struct {
	followUps [][]gongwen.FollowUp
	statuses  []gongwen.FollowUpStatus
}

func (s *state) trail(id string) *trail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trails[id]
}

// knowsAll reports whether the trails of documents are known.
func (s *state) knowsAll(documents []*gongwen.Document) bool {
	return !slices.ContainsFunc(documents, func(d *gongwen.Document) bool { return s.trail(d.ID) == nil })
}

// follow makes sure that the trails of documents are known, on all processors.
func (r *Register) follow(ctx context.Context, s *state, documents []*gongwen.Document) error {
	missing := slices.DeleteFunc(slices.Clone(documents), func(d *gongwen.Document) bool { return s.trail(d.ID) != nil })
	errs := make([]error, len(missing))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(missing)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(missing) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = r.followOne(ctx, s, missing[i])
			}
		})
	}
	wait.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

// followRest follows all promises behind the back of whoever asked, one document after the other, so that the statuses of
// all are known soon. It ends where the collection has changed.
func (r *Register) followRest(ctx context.Context, s *state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.following {
		return
	}
	s.following = true
	ctx = context.WithoutCancel(ctx)
	go func() {
		for _, d := range s.documents {
			r.mu.Lock()
			stale := r.state != s
			r.mu.Unlock()
			if stale {
				return
			}
			if len(d.Commitments) > 0 && s.trail(d.ID) == nil {
				if err := r.followOne(ctx, s, d); err != nil {
					return // whoever asks for the document meets the error
				}
			}
		}
	}()
}

// followedYears is how long after its target year a promise is followed: what is said later still is seldom about it.
const followedYears = 5

func (r *Register) followOne(ctx context.Context, s *state, d *gongwen.Document) error {
	own, err := r.read(ctx, s, d)
	if err != nil {
		return err
	}
	last := d.Year
	for i := range d.Commitments {
		last = max(last, d.Commitments[i].Target)
	}
	var later []*followup.Reading
	for _, other := range r.bodies.Later(d, s.documents) {
		if d.Year > 0 && followup.Year(other) > last+followedYears {
			continue
		}
		reading, err := r.read(ctx, s, other)
		if err != nil {
			return err
		}
		later = append(later, reading)
	}
	found := r.finder.Follow(own, later)
	t := &trail{}
	for i := range d.Commitments {
		if err := ctx.Err(); err != nil {
			return err
		}
		followUps := found.Find(d.Commitments[i])
		t.followUps = append(t.followUps, followUps)
		t.statuses = append(t.statuses, followup.Overall(followUps))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trails[d.ID] = t
	return nil
}

// read cuts a document into passages, or returns it as it was cut before.
func (r *Register) read(ctx context.Context, s *state, d *gongwen.Document) (*followup.Reading, error) {
	s.mu.Lock()
	reading := s.readings[d.ID]
	s.mu.Unlock()
	if reading != nil {
		return reading, nil
	}
	read, err := r.source.Read(ctx, d.ID, nil)
	if err != nil {
		return nil, fmt.Errorf("follow document %s: %w", d.ID, err)
	}
	reading = r.finder.Read(followup.Report{Document: read.Document, Promises: d.Commitments})
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.readings) >= mostReadings {
		clear(s.readings)
	}
	s.readings[d.ID] = reading
	return reading, nil
}
