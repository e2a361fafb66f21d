package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// keepAlive is how long the cluster keeps a point in time after its last use: a little longer than search.Kept does.
const keepAlive = "6m"

// freshFor is how long one point in time serves: what other processes write is seen after it at the latest.
const freshFor = time.Second

// view is a snapshot of the collection: a point in time of the cluster.
type view struct {
	client *client
	id     string // tells it from others, in cursors
	pit    string
	opened time.Time
	users  atomic.Int64

	mu     sync.Mutex
	figure *figures
	trails map[string]*trail // by the hash of a request
}

// figures are what ranking knows of a whole collection.
type figures struct {
	docs, sections int
	average        float64 // length of a section in characters
}

// viewNumber makes the names of views unique in this process.
var viewNumber atomic.Int64

// openView takes a snapshot of an index, or of what an alias stands for.
func openView(ctx context.Context, c *client, index, epoch string) (*view, error) {
	var answer struct {
		PIT string `json:"pit_id"`
	}
	path := "/" + url.PathEscape(index) + "/_search/point_in_time?keep_alive=" + keepAlive + "&allow_partial_pit_creation=false"
	if err := c.do(ctx, http.MethodPost, path, nil, &answer); err != nil {
		return nil, fmt.Errorf("open snapshot: %w", err)
	}
	v := &view{
		client: c, pit: answer.PIT, id: epoch + "-" + strconv.FormatInt(viewNumber.Add(1), 36), opened: time.Now(),
		trails: map[string]*trail{},
	}
	v.users.Store(1)
	return v, nil
}

func (v *view) acquire() { v.users.Add(1) }

// release ends a use; the last one gives the snapshot back to the cluster.
func (v *view) release() {
	if v.users.Add(-1) > 0 {
		return
	}
	v.client.releasing.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		// What is not deleted ends by itself.
		_ = v.client.do(ctx, http.MethodDelete, "/_search/point_in_time", object{"pit_id": []string{v.pit}}, nil)
	})
}

// answer is what the cluster says to a search.
type answer struct {
	Hits struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []found `json:"hits"`
	} `json:"hits"`
	Aggregations map[string]bucket `json:"aggregations"`
}

// found is one document of an answer.
type found struct {
	Source stored                     `json:"_source"`
	Fields map[string]json.RawMessage `json:"fields"`
	Sort   []json.RawMessage          `json:"sort"`
}

// field is the value of a column.
func (f *found) field(name string) string {
	var values []string
	if json.Unmarshal(f.Fields[name], &values) != nil || len(values) == 0 {
		return ""
	}
	return values[0]
}

// flag is the value of a column of truth values, false where there is none.
func (f *found) flag(name string) bool {
	var values []bool
	return json.Unmarshal(f.Fields[name], &values) == nil && len(values) > 0 && values[0]
}

// bucket is what one aggregation counts, with those below it by name.
type bucket struct {
	Count   int
	Key     string
	Value   float64
	Other   int // documents of values that are not listed
	After   json.RawMessage
	Buckets []bucket
	Below   map[string]bucket
}

// UnmarshalJSON reads whichever of its parts an aggregation has.
func (b *bucket) UnmarshalJSON(data []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	var errs []error
	read := func(data []byte, into any) { errs = append(errs, json.Unmarshal(data, into)) }
	for name, data := range all {
		switch name {
		case "doc_count":
			read(data, &b.Count)
		case "key":
			if data[0] == '{' { // of several sources
				var keys map[string]*string
				read(data, &keys)
				if key := keys["value"]; key != nil {
					b.Key = *key
				}
				continue
			}
			read(data, &b.Key)
		case "value":
			if string(data) != "null" {
				read(data, &b.Value)
			}
		case "sum_other_doc_count":
			read(data, &b.Other)
		case "after_key":
			b.After = data
		case "buckets":
			read(data, &b.Buckets)
		default:
			if data[0] != '{' {
				continue
			}
			var below bucket
			read(data, &below)
			if b.Below == nil {
				b.Below = map[string]bucket{}
			}
			b.Below[name] = below
		}
	}
	return errors.Join(errs...)
}

// mostQuery bounds a question in bytes: to read a longer one costs the cluster more than to answer it.
const mostQuery = 4 << 20

// search asks the snapshot. Half an answer is none.
func (v *view) search(ctx context.Context, body object) (*answer, error) {
	body["pit"] = object{"id": v.pit, "keep_alive": keepAlive}
	data, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encode search: %w", err)
	}
	if len(data) > mostQuery {
		return nil, errLong
	}
	var a answer
	if err := v.client.send(ctx, http.MethodPost, "/_search?allow_partial_search_results=false", "application/json", data, &a); err != nil {
		return nil, fmt.Errorf("search cluster: %w", err)
	}
	return &a, nil
}

// figures counts the collection, once.
func (v *view) figures(ctx context.Context) (figures, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.figure != nil {
		return *v.figure, nil
	}
	a, err := v.search(ctx, object{
		"size": 0, "track_total_hits": true,
		"aggs": object{
			"sections": object{"sum": object{"field": fieldCount}},
			"length":   object{"sum": object{"field": fieldLength}},
		},
	})
	if err != nil {
		return figures{}, err
	}
	f := figures{docs: a.Hits.Total.Value, sections: int(a.Aggregations["sections"].Value)}
	if f.sections > 0 {
		f.average = a.Aggregations["length"].Value / float64(f.sections)
	}
	v.figure = &f
	return f, nil
}
