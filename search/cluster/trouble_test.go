package cluster

import (
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"gongwen"
	"gongwen/search"
)

// fake is as much of a cluster as opening a collection and writing needs. What answers is set by tests.
type fake struct {
	root    string // of GET /
	index   string // of GET /gongwen
	bulk    func(w http.ResponseWriter, ids []string)
	bulks   atomic.Int64
	refuses int // status of everything, 0 for none
}

const (
	fakeRoot  = `{"version":{"distribution":"opensearch","number":"2.19.1"}}`
	fakeIndex = `{"gongwen-000001":{"mappings":{"_meta":{"gongwen":%s}},"settings":{"index":{"number_of_replicas":"1"}}}}`
)

func ourIndex() string {
	is, _ := json.Marshal(ownFingerprint())
	return fmt.Sprintf(fakeIndex, is)
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch {
	case f.refuses != 0:
		w.WriteHeader(f.refuses)
		_, _ = io.WriteString(w, `{"error":{"type":"security_exception","reason":"no"},"status":401}`)
	case r.URL.Path == "/":
		_, _ = io.WriteString(w, f.root)
	case strings.HasPrefix(r.URL.Path, "/_alias/"):
		_, _ = io.WriteString(w, `{"gongwen-000001":{}}`)
	case r.URL.Path == "/gongwen":
		_, _ = io.WriteString(w, f.index)
	case strings.HasSuffix(r.URL.Path, "/_bulk"):
		f.bulks.Add(1)
		var ids []string
		decoder := json.NewDecoder(r.Body)
		for {
			var line struct {
				Index *struct {
					ID string `json:"_id"`
				} `json:"index"`
			}
			if decoder.Decode(&line) != nil {
				break
			}
			if line.Index != nil {
				ids = append(ids, line.Index.ID)
			}
		}
		f.bulk(w, ids)
	default:
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, `{"error":{"type":"cluster_block_exception","reason":"no master"},"status":503}`)
	}
}

func (f *fake) options(t *testing.T) Options {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return Options{Addresses: []string{server.URL}, User: "admin", Password: "s3cret-s3cret"}
}

// TestTroubleIsExplained opens what cannot be used: an operator reads what to do, and nobody reads the password.
func TestTroubleIsExplained(t *testing.T) {
	for name, row := range map[string]struct {
		fake  *fake
		says  string
		later bool // may pass by waiting
	}{
		"another product": {&fake{root: `{"version":{"number":"7.17.0"}}`}, "不是 OpenSearch", false},
		"too old":         {&fake{root: `{"version":{"distribution":"opensearch","number":"2.3.0"}}`}, "太旧", false},
		"no JSON":         {&fake{root: `<html>`}, "不是 OpenSearch", false},
		"foreign index":   {&fake{root: fakeRoot, index: `{"gongwen-000001":{"mappings":{},"settings":{}}}`}, "不是 gongwen 建的", false},
		"another version": {&fake{root: fakeRoot, index: fmt.Sprintf(fakeIndex, `{"layout":0,"folding":1}`)}, "--rebuild", false},
		"wrong password":  {&fake{refuses: http.StatusUnauthorized}, "用户名或密码", false},
		"no rights":       {&fake{refuses: http.StatusForbidden}, "权限", false},
		"busy":            {&fake{refuses: http.StatusTooManyRequests}, "太忙", true},
		"red":             {&fake{refuses: http.StatusServiceUnavailable}, "分片", true},
	} {
		_, err := Open(t.Context(), row.fake.options(t), testWords(t))
		var told *Error
		if !errors.As(err, &told) || !strings.Contains(told.Message, row.says) {
			t.Errorf("%s: %v, want a message with %s", name, err, row.says)
		}
		if errors.Is(err, search.ErrUnavailable) != row.later {
			t.Errorf("%s: ErrUnavailable %v, want %v", name, !row.later, row.later)
		}
		if strings.Contains(fmt.Sprint(err), "s3cret") {
			t.Errorf("%s: the error tells the password: %v", name, err)
		}
	}
	for _, address := range []string{"http://admin:s3cret-s3cret@127.0.0.1:1", "127.0.0.1:9200", "ftp://127.0.0.1", ""} {
		_, err := Open(t.Context(), Options{Addresses: []string{address}}, testWords(t))
		if err == nil || strings.Contains(err.Error(), "s3cret") || Unbuilt(err) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, name := range []string{"Gongwen", "a/b", "*", "_all", "a,b", "公文"} {
		var told *Error
		if _, err := Open(t.Context(), Options{Addresses: []string{"http://127.0.0.1:1"}, Index: name}, testWords(t)); !errors.As(err, &told) ||
			!strings.Contains(told.Message, "索引名") {
			t.Errorf("an index called %s: %v", name, err)
		}
	}
	_, err := Open(t.Context(), Options{Addresses: []string{"http://127.0.0.1:1"}, User: "admin", Password: "s3cret-s3cret"}, testWords(t))
	if !errors.Is(err, search.ErrUnavailable) || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("nobody listens: %v, want ErrUnavailable", err)
	}
}

// TestCertificates opens a cluster by TLS: with its authority, with none, and without a look at it.
func TestCertificates(t *testing.T) {
	f := &fake{root: fakeRoot, index: ourIndex()}
	server := httptest.NewTLSServer(f)
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for name, o := range map[string]Options{"authority": {CA: authority}, "insecure": {Insecure: true}} {
		o.Addresses = []string{server.URL}
		e, err := Open(t.Context(), o, testWords(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	var told *Error
	if _, err := Open(t.Context(), Options{Addresses: []string{server.URL}, CA: []byte("x")}, testWords(t)); !errors.As(err, &told) {
		t.Errorf("no certificate at all: %v", err)
	}
	if _, err := Open(t.Context(), Options{Addresses: []string{server.URL}}, testWords(t)); !errors.As(err, &told) || !strings.Contains(told.Message, "证书") {
		t.Errorf("an unknown authority: %v", err)
	}
}

// TestWritesAreRepeated lets the cluster refuse a whole request, single documents, and take one that no replica has: all are sent
// again, and only those.
func TestWritesAreRepeated(t *testing.T) {
	f := &fake{root: fakeRoot, index: ourIndex()}
	taken := map[string]int{}
	f.bulk = func(w http.ResponseWriter, ids []string) {
		round := f.bulks.Load()
		if round == 1 {
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = io.WriteString(w, `{"error":{"type":"rejected_execution_exception","reason":"full"},"status":429}`)
			return
		}
		items := make([]object, len(ids))
		for i, id := range ids {
			items[i] = object{"status": 201, "_shards": object{"successful": 2}}
			switch {
			case round == 2 && id == "busy":
				items[i] = object{"status": 429, "error": object{"type": "rejected_execution_exception", "reason": "full"}}
			case round < 4 && id == "lonely":
				items[i]["_shards"] = object{"successful": 1}
			case id == "bad":
				items[i] = object{"status": 400, "error": object{"type": "mapper_parsing_exception", "reason": "no"}}
			default:
				taken[id]++
			}
			items[i] = object{"index": items[i]}
		}
		_ = json.NewEncoder(w).Encode(object{"items": items})
	}
	e, err := Open(t.Context(), f.options(t), testWords(t))
	if err != nil {
		t.Fatal(err)
	}
	var batch search.Batch
	for _, id := range []string{"well", "busy", "lonely", "bad"} {
		batch.Put = append(batch.Put, search.Record{Document: gongwen.Document{ID: id, Text: "鼎新"}})
	}
	var rejected *search.RejectedError
	if err := e.Write(t.Context(), batch); !errors.As(err, &rejected) || len(rejected.Reasons) != 1 || rejected.Reasons["bad"] == "" {
		t.Errorf("%v, want a rejection of the bad document alone", err)
	}
	if taken["well"] != 1 || taken["busy"] != 1 || taken["lonely"] != 1 {
		t.Errorf("taken %v, want each once", taken)
	}
	status, err := e.Status(t.Context())
	if err != nil || status.Trouble == "" {
		t.Errorf("a cluster without a leader: %+v, %v, want trouble", status, err)
	}
}
