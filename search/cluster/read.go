package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"gongwen"
	"gongwen/search"
)

// Read implements search.Searcher.
func (e *Engine) Read(ctx context.Context, id string, q search.Query) (*search.Reading, error) {
	if err := known(q); err != nil {
		return nil, err
	}
	var d *gongwen.Document
	err := e.withView(ctx, func(v *view) (err error) {
		if d, err = v.document(ctx, id); err != nil {
			return err
		}
		if q, err = search.Resolve(q, e.words, v.finder(ctx)); err != nil {
			return err
		}
		return v.addCopies(ctx, []*search.Prepared{search.Prepare(d)})
	})
	if err != nil {
		return nil, err
	}
	plan := search.Compile(search.Request{Query: q}, e.words)
	return &search.Reading{Document: d, Title: plan.MarkParts(d.Title), Marks: plan.Marks(d.Text)}, nil
}

// document reads a document, or returns search.ErrNotFound.
func (v *view) document(ctx context.Context, id string) (*gongwen.Document, error) {
	a, err := v.search(ctx, object{"size": 1, "query": exactly(fieldID, id).json()})
	if err != nil {
		return nil, err
	}
	if len(a.Hits.Hits) == 0 {
		return nil, search.ErrNotFound
	}
	record, err := a.Hits.Hits[0].Source.decode()
	return &record.Document, err
}

// finder finds the documents that others are to be like.
func (v *view) finder(ctx context.Context) func(id string) (*gongwen.Document, error) {
	return func(id string) (*gongwen.Document, error) { return v.document(ctx, id) }
}

// withView lends a snapshot, and another one where the cluster loses the first.
func (e *Engine) withView(ctx context.Context, do func(*view) error) error {
	once := func() error {
		v, err := e.newest(ctx)
		if err != nil {
			return err
		}
		defer v.release()
		return do(v)
	}
	err := once()
	for try := 1; try < retries && isKind(err, kindGone, kindShards, kindUnreachable); try++ {
		e.forget()
		if waited := sleep(ctx, time.Duration(try)*300*time.Millisecond); waited != nil {
			return waited
		}
		err = once()
	}
	return err
}

// each visits documents of one snapshot, ordered by ID. body says what to read of them.
func (e *Engine) each(ctx context.Context, size int, body func() object, visit func(*found) error) error {
	v, err := e.newest(ctx)
	if err != nil {
		return err
	}
	defer v.release()
	var after []json.RawMessage
	for {
		page := body()
		page["size"], page["sort"], page["track_total_hits"] = size, []object{{fieldID: "asc"}}, false
		if after != nil {
			page["search_after"] = after
		}
		a, err := v.search(ctx, page)
		if err != nil {
			return err
		}
		for i := range a.Hits.Hits {
			if err := errors.Join(ctx.Err(), visit(&a.Hits.Hits[i])); err != nil {
				return err
			}
		}
		if len(a.Hits.Hits) < size {
			return nil
		}
		after = a.Hits.Hits[size-1].Sort
	}
}

// Pages in which a collection is read: of documents, and of columns.
const (
	documentsPage = 50
	columnsPage   = 5_000
)

// Known implements search.Writer.
func (e *Engine) Known(ctx context.Context) (map[string]search.Origin, error) {
	known := map[string]search.Origin{}
	body := func() object {
		return object{"_source": false, "docvalue_fields": []string{fieldID, fieldPath, fieldHash, fieldUnnamed}}
	}
	err := e.each(ctx, columnsPage, body, func(f *found) error {
		known[f.field(fieldID)] = search.Origin{Path: f.field(fieldPath), Hash: f.field(fieldHash), Unnamed: f.flag(fieldUnnamed)}
		return nil
	})
	return known, err
}

// Export implements search.Exporter.
func (e *Engine) Export(ctx context.Context, visit func(search.Record) error) error {
	body := func() object { return object{} }
	return e.each(ctx, documentsPage, body, func(f *found) error {
		record, err := f.Source.decode()
		if err != nil {
			return err
		}
		return visit(record)
	})
}

// Facts implements search.FactReader.
func (e *Engine) Facts(ctx context.Context, visit func(*gongwen.Document) error) error {
	body := func() object {
		return object{"query": exactly(fieldHasFacts, "true").json(), "_source": []string{sourceDocument, sourceFacts}}
	}
	return e.each(ctx, documentsPage*10, body, func(f *found) error {
		record, err := f.Source.decode()
		if err != nil {
			return err
		}
		record.Document.Sections = nil
		return visit(&record.Document)
	})
}

// Status implements search.Searcher. Where the cluster does not answer, it is what was known last, with the trouble.
func (e *Engine) Status(ctx context.Context) (search.Status, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	trouble := e.trouble(ctx)
	now, err := e.count(ctx)
	e.statusMu.Lock()
	defer e.statusMu.Unlock()
	switch {
	case err == nil:
		if now.Documents > 0 && e.changed.After(now.Updated) || !e.changed.IsZero() && now.Documents == 0 {
			now.Updated = e.changed.UTC()
		}
		e.last = now
	case ctx.Err() != nil && trouble == "":
		trouble = "集群没有在限定时间内应答。"
	case trouble == "":
		trouble = messageOf(err)
	}
	status := e.last
	status.Engine, status.Trouble = "opensearch", trouble
	return status, nil
}

// count counts what the collection holds.
func (e *Engine) count(ctx context.Context) (s search.Status, err error) {
	err = e.withView(ctx, func(v *view) error {
		whole, err := v.figures(ctx)
		if err != nil {
			return err
		}
		s.Documents, s.Sections = whole.docs, whole.sections
		edge := func(order string) object {
			return object{"terms": object{"field": fieldYear, "size": 1, "order": object{"_key": order}}}
		}
		a, err := v.search(ctx, object{"size": 0, "aggs": object{
			"first": edge("asc"), "last": edge("desc"), "written": object{"max": object{"field": fieldWritten}},
		}})
		if err != nil {
			return err
		}
		year := func(name string) int {
			if b := a.Aggregations[name].Buckets; len(b) > 0 {
				n, _ := strconv.Atoi(b[0].Key)
				return n
			}
			return 0
		}
		s.FirstYear, s.LastYear = year("first"), year("last")
		if written := a.Aggregations["written"].Value; written > 0 {
			s.Updated = time.UnixMilli(int64(written)).UTC()
		}
		return nil
	})
	return s, err
}

// trouble says what keeps the cluster from taking documents; "" where all is well.
func (e *Engine) trouble(ctx context.Context) string {
	var health struct {
		Status     string `json:"status"`
		Nodes      int    `json:"number_of_nodes"`
		Unassigned int    `json:"unassigned_shards"`
	}
	err := e.client.do(ctx, http.MethodGet, "/_cluster/health/"+url.PathEscape(e.index)+"?timeout=3s", nil, &health)
	if err != nil {
		return messageOf(err)
	}
	switch health.Status {
	case "red":
		return fmt.Sprintf("集群状态为 red：有 %d 个分片不可用（现有 %d 个节点）。请检查节点是否都在运行。", health.Unassigned, health.Nodes)
	case "yellow":
		return fmt.Sprintf("集群状态为 yellow：有 %d 个分片缺副本（现有 %d 个节点），可以检索；副本恢复之前，部分新文件暂不能写入。", health.Unassigned, health.Nodes)
	}
	return ""
}

func messageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "集群没有正常应答：" + err.Error()
}

// Check implements search.Engine.
func (e *Engine) Check(ctx context.Context) ([]string, error) {
	var problems []string
	if trouble := e.trouble(ctx); trouble != "" {
		problems = append(problems, trouble)
	}
	if err := e.adopt(ctx); err != nil {
		return append(problems, messageOf(err)), nil
	}
	err := e.Export(ctx, func(r search.Record) error {
		if err := r.Document.Validate(); err != nil {
			problems = append(problems, err.Error())
		}
		return nil
	})
	return problems, err
}
