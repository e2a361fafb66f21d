package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"gongwen/search"
)

// Bounds of writing. A request is small enough for the cluster to take several at once; whoever is asked to wait waits longer
// each time.
const (
	bulkBytes    = 8 << 20
	mostBytes    = 90 << 20 // of one document: the cluster takes requests up to 100 MB
	firstWait    = 100 * time.Millisecond
	longestWait  = 5 * time.Second
	writeTimeout = 3 * time.Minute // without any progress
)

// action is one change of one document.
type action struct {
	id   string
	data []byte // a source, or nil for a deletion
}

// Write implements search.Writer, but for one thing: a batch that fails half way is there in part. Every document of it is
// there whole or not at all, and writing the batch again mends it. A document is acknowledged when a replica has it too, if
// there is one.
func (e *Engine) Write(ctx context.Context, batch search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	now := time.Now()
	rejected := map[string]string{}
	place := map[string]int{}
	var actions []action
	add := func(a action) { // of several changes of one document the last stays
		if i, ok := place[a.id]; ok {
			actions[i] = a
			return
		}
		place[a.id] = len(actions)
		actions = append(actions, a)
	}
	for _, id := range batch.Delete {
		add(action{id: id})
	}
	encoded := make([][]byte, len(batch.Put))
	reasons := make([]string, len(batch.Put))
	_ = parallel(len(batch.Put), func(i int) error {
		d := &batch.Put[i].Document
		err := d.Validate()
		if err == nil {
			encoded[i], err = encode(&batch.Put[i], now)
		}
		switch {
		case err != nil:
			reasons[i] = err.Error()
		case len(encoded[i]) > mostBytes:
			reasons[i] = fmt.Sprintf("文件太大，集群一次最多收 %d MB", mostBytes>>20)
		}
		return nil
	})
	for i := range batch.Put {
		id := batch.Put[i].Document.ID
		if reasons[i] != "" {
			rejected[id] = reasons[i]
			continue
		}
		add(action{id, encoded[i]})
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	defer e.changes.Add(1)
	for from := 0; from < len(actions); {
		to, size := from, 0
		for to < len(actions) && (to == from || size+len(actions[to].data) <= bulkBytes) {
			size += len(actions[to].data)
			to++
		}
		if err := e.write(ctx, actions[from:to], rejected); err != nil {
			return fmt.Errorf("write documents: %w", err)
		}
		from = to
	}
	e.statusMu.Lock()
	e.changed = now
	e.statusMu.Unlock()
	return search.Rejected(rejected)
}

// write sends actions until the cluster has acknowledged or rejected each.
func (e *Engine) write(ctx context.Context, actions []action, rejected map[string]string) error {
	wait := firstWait
	progress := time.Now()
	for {
		left, err := e.bulk(ctx, actions, rejected)
		switch {
		case err != nil && !errors.Is(err, search.ErrUnavailable):
			return err
		case err == nil && len(left) == 0:
			return nil
		case len(left) < len(actions):
			progress, wait = time.Now(), firstWait
		}
		actions = left
		if time.Since(progress) > writeTimeout {
			if err == nil {
				err = fault(kindBusy, fmt.Sprintf("集群一直没有收下 %d 份文件，请检查节点和副本是否正常，然后重新运行。", len(left)), errors.New("no progress"))
			}
			return err
		}
		if waited := sleep(ctx, wait/2+rand.N(wait)); waited != nil {
			return waited
		}
		wait = min(2*wait, longestWait)
	}
}

// bulk sends actions once and returns those that have to be sent again.
func (e *Engine) bulk(ctx context.Context, actions []action, rejected map[string]string) (again []action, err error) {
	var body bytes.Buffer
	for _, a := range actions {
		name := "index"
		if a.data == nil {
			name = "delete"
		}
		line, err := json.Marshal(object{name: object{"_id": keyOf(a.id)}})
		if err != nil {
			return nil, fmt.Errorf("encode action: %w", err)
		}
		body.Write(line)
		body.WriteByte('\n')
		if a.data != nil {
			body.Write(a.data)
			body.WriteByte('\n')
		}
	}
	var answer struct {
		Items []map[string]struct {
			Status int `json:"status"`
			Shards struct {
				Successful int `json:"successful"`
			} `json:"_shards"`
			Error *struct {
				Type   string `json:"type"`
				Reason string `json:"reason"`
				Cause  struct {
					Reason string `json:"reason"`
				} `json:"caused_by"`
			} `json:"error"`
		} `json:"items"`
	}
	path := fmt.Sprintf("/%s/_bulk?wait_for_active_shards=%d&timeout=10s", e.index, e.copies) +
		"&filter_path=items.*.status,items.*.error,items.*._shards"
	if e.index == e.options.Index {
		path += "&require_alias=true"
	}
	if err := e.client.send(ctx, http.MethodPost, path, "application/x-ndjson", body.Bytes(), &answer); err != nil {
		return actions, err
	}
	if len(answer.Items) != len(actions) {
		return actions, fault(kindBusy, "集群的应答不完整，请稍后再试。", fmt.Errorf("%d answers to %d actions", len(answer.Items), len(actions)))
	}
	for i, item := range answer.Items {
		for _, said := range item {
			switch {
			case said.Status == http.StatusNotFound && actions[i].data == nil && said.Error == nil: // deleted already
			case said.Status < 300 && said.Shards.Successful >= e.copies:
			case said.Status < 300 || said.Status == http.StatusTooManyRequests || said.Status >= 500 || said.Status == http.StatusForbidden:
				again = append(again, actions[i])
			case said.Status == http.StatusNotFound && said.Error != nil:
				return actions, e.foreign(errors.New(said.Error.Type))
			default:
				rejected[actions[i].id] = said.Error.Reason + " " + said.Error.Cause.Reason
			}
		}
	}
	return again, nil
}
