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

// Commitments lists promises: those of the newest reports first, in the order of their text.
func (r *Register) Commitments(ctx context.Context, request Request) (*Page[Commitment], error) {
	l, s, err := r.commitments(ctx, request)
	if err != nil {
		return nil, err
	}
	found, offset, next, err := l.page()
	if err != nil {
		return nil, err
	}
	page := &Page[Commitment]{Total: len(l.found), Offset: offset, Items: []Commitment{}, Next: next, Facets: l.ranked()}
	for _, i := range found {
		page.Items = append(page.Items, newCommitment(i.document, i.place, s.trail(i.document.ID)))
	}
	return page, nil
}

// AllCommitments returns the whole list that Commitments cuts into pages, of one state of the collection, and its length.
// Size and cursor of the request are of no account.
func (r *Register) AllCommitments(ctx context.Context, request Request) (iter.Seq[Commitment], int, error) {
	l, s, err := r.commitments(ctx, request)
	if err != nil {
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

// commitments lists what a request asks for, in the state that it returns.
func (r *Register) commitments(ctx context.Context, request Request) (*listing, *state, error) {
	s, err := r.current(ctx)
	if err != nil {
		return nil, nil, err
	}
	var asked []*gongwen.Document
	for _, d := range s.documents {
		if len(d.Commitments) > 0 && (request.Document == "" || d.ID == request.Document) {
			asked = append(asked, d)
		}
	}
	if err := r.follow(ctx, s, asked); err != nil {
		return nil, nil, err
	}
	l := r.newListing(request, commitmentFacets(request))
	for _, d := range asked {
		trail := s.trail(d.ID)
		for place := range d.Commitments {
			c := &d.Commitments[place]
			l.add(&item{
				document: d, place: place, year: d.Year, text: foldLines(c.Text), topic: c.Topic,
				facets: []string{
					yearText(d.Year), yearText(c.Target), string(c.Topic), string(trail.statuses[place]), d.Department(), d.Region,
				},
			})
		}
	}
	return l, s, nil
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

// follow makes sure that the trails of documents are known, on all processors.
func (r *Register) follow(ctx context.Context, s *state, documents []*gongwen.Document) error {
	var missing []*gongwen.Document
	for _, d := range documents {
		if s.trail(d.ID) == nil {
			missing = append(missing, d)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	readings := &readings{register: r, known: map[string]*followup.Reading{}}
	errs := make([]error, len(missing))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(missing)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(missing) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = r.followOne(ctx, s, readings, missing[i])
			}
		})
	}
	wait.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

func (r *Register) followOne(ctx context.Context, s *state, readings *readings, d *gongwen.Document) error {
	own, err := readings.of(ctx, d)
	if err != nil {
		return err
	}
	var later []*followup.Reading
	for _, other := range r.bodies.Later(d, s.documents) {
		reading, err := readings.of(ctx, other)
		if err != nil {
			return err
		}
		later = append(later, reading)
	}
	found := r.finder.Follow(own, later)
	t := &trail{}
	for i := range d.Commitments {
		followUps := found.Find(d.Commitments[i])
		t.followUps = append(t.followUps, followUps)
		t.statuses = append(t.statuses, followup.Overall(followUps))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trails[d.ID] = t
	return nil
}

// readings keeps documents cut into passages while trails are looked for.
type readings struct {
	register *Register
	mu       sync.Mutex
	known    map[string]*followup.Reading
}

func (k *readings) of(ctx context.Context, d *gongwen.Document) (*followup.Reading, error) {
	k.mu.Lock()
	reading := k.known[d.ID]
	k.mu.Unlock()
	if reading != nil {
		return reading, nil
	}
	read, err := k.register.source.Read(ctx, d.ID, nil)
	if err != nil {
		return nil, fmt.Errorf("follow document %s: %w", d.ID, err)
	}
	reading = k.register.finder.Read(followup.Report{Document: read.Document, Promises: d.Commitments})
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known[d.ID] = reading
	return reading, nil
}
