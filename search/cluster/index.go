package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gongwen/search"
)

// Versions of OpenSearch that can do what is asked of them: points in time came with 2.4.
const (
	leastMajor = 2
	leastMinor = 4
)

// checkVersion refuses what is no OpenSearch, or too old a one.
func (c *client) checkVersion(ctx context.Context) error {
	var about struct {
		Version struct {
			Distribution string `json:"distribution"`
			Number       string `json:"number"`
		} `json:"version"`
	}
	if err := c.do(ctx, http.MethodGet, "/", nil, &about); err != nil {
		return fmt.Errorf("ask for version: %w", err)
	}
	v := about.Version
	if v.Distribution != "opensearch" {
		return fault(kindVersion, "这个地址上的不是 OpenSearch（若是托管服务，请关闭对旧客户端的兼容模式）。", fmt.Errorf("version %q", v.Number))
	}
	var major, minor int
	if _, err := fmt.Sscanf(v.Number, "%d.%d", &major, &minor); err != nil || major < leastMajor || major == leastMajor && minor < leastMinor {
		message := fmt.Sprintf("OpenSearch %s 太旧，请升级到 %d.%d 或更新的版本。", v.Number, leastMajor, leastMinor)
		return fault(kindVersion, message, errors.New("version too old"))
	}
	return nil
}

// ensure makes the collection if it is not there, and refuses what is not ours.
func (e *Engine) ensure(ctx context.Context) error {
	behind, err := e.behind(ctx)
	if err != nil {
		return err
	}
	if len(behind) == 0 {
		first := e.options.Index + "-000001"
		err := e.create(ctx, first, true)
		var said *statusError
		if errors.As(err, &said) && said.Type == "resource_already_exists_exception" {
			err = nil // another process was faster
		}
		if err != nil {
			return err
		}
	}
	return e.adopt(ctx)
}

// behind returns the indexes that the alias stands for.
func (e *Engine) behind(ctx context.Context) ([]string, error) {
	var aliases map[string]json.RawMessage
	err := e.client.do(ctx, http.MethodGet, "/_alias/"+url.PathEscape(e.options.Index), nil, &aliases)
	if status(err) == http.StatusNotFound {
		if e.client.do(ctx, http.MethodGet, "/"+url.PathEscape(e.options.Index)+"/_settings", nil, nil) == nil {
			return nil, e.foreign(errors.New("an index has the name of the alias"))
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read alias: %w", err)
	}
	var names []string
	for name := range aliases {
		names = append(names, name)
	}
	return names, nil
}

func (e *Engine) foreign(err error) error {
	return fault(kindForeign, "集群里的 "+e.options.Index+" 不是 gongwen 建的索引，请用 --opensearch-index 另取一个名字。", err)
}

// adopt checks that the index is ours, and learns how many copies of a document there are.
func (e *Engine) adopt(ctx context.Context) error {
	var about map[string]struct {
		Mappings struct {
			Meta map[string]json.RawMessage `json:"_meta"`
		} `json:"mappings"`
		Settings struct {
			Index struct {
				Replicas string `json:"number_of_replicas"`
			} `json:"index"`
		} `json:"settings"`
	}
	if err := e.client.do(ctx, http.MethodGet, "/"+url.PathEscape(e.index), nil, &about); err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	if len(about) != 1 {
		return e.foreign(fmt.Errorf("%d indexes behind the alias", len(about)))
	}
	for _, index := range about {
		meta, ok := index.Mappings.Meta[metaName]
		if !ok {
			return e.foreign(errors.New("no fingerprint in the mapping"))
		}
		var is fingerprint
		if err := json.Unmarshal(meta, &is); err != nil || is != ownFingerprint() {
			return fault(kindForeign, "集群里的索引是用另一版本的 gongwen 建的，请用 gongwen index --rebuild 重建。", fmt.Errorf("fingerprint %s", meta))
		}
		replicas, _ := strconv.Atoi(index.Settings.Index.Replicas)
		e.copies = min(2, 1+replicas)
	}
	return nil
}

// create puts the template and makes an index, with or without the alias.
func (e *Engine) create(ctx context.Context, index string, named bool) error {
	shards, replicas, err := e.size(ctx)
	if err != nil {
		return err
	}
	template := object{
		"index_patterns": []string{e.options.Index + "-*"}, "priority": 100,
		"template": object{"settings": object{"index": settings(shards, replicas)}, "mappings": mappings()},
		"_meta":    object{metaName: ownFingerprint()},
	}
	if err := e.client.do(ctx, http.MethodPut, "/_index_template/"+url.PathEscape(e.options.Index), template, nil); err != nil {
		return fmt.Errorf("put template: %w", err)
	}
	body := object{}
	if named {
		body["aliases"] = object{e.options.Index: object{"is_write_index": true}}
	}
	if err := e.client.do(ctx, http.MethodPut, "/"+url.PathEscape(index), body, nil); err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	return nil
}

// size says how many shards and replicas a new index has.
func (e *Engine) size(ctx context.Context) (shards, replicas int, err error) {
	shards, replicas = e.options.Shards, e.options.Replicas
	if shards > 0 && replicas >= 0 {
		return shards, replicas, nil
	}
	var health struct {
		Nodes int `json:"number_of_data_nodes"`
	}
	if err := e.client.do(ctx, http.MethodGet, "/_cluster/health", nil, &health); err != nil {
		return 0, 0, fmt.Errorf("count nodes: %w", err)
	}
	if shards <= 0 {
		shards = max(1, health.Nodes)
	}
	if replicas < 0 {
		replicas = min(1, max(0, health.Nodes-1))
	}
	return shards, replicas, nil
}

// Rebuild makes the collection anew beside the one that serves, and serves it once fill has returned without an error; until
// then, and if there is one, nothing changes. fill gets an empty engine.
func (e *Engine) Rebuild(ctx context.Context, fill func(search.Engine) error) error {
	behind, err := e.behind(ctx)
	if err != nil {
		return err
	}
	name := e.options.Index + "-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	if err := e.create(ctx, name, false); err != nil {
		return err
	}
	next := newEngine(e.client, e.options, e.words, name)
	err = next.adopt(ctx)
	if err == nil {
		err = errors.Join(fill(next), ctx.Err())
	}
	err = errors.Join(err, next.Close())
	if err == nil {
		err = next.refresh(ctx)
	}
	if err == nil {
		err = e.swap(ctx, behind, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("rebuild index: %w", err), e.drop(name))
	}
	e.changes.Add(1)
	for _, old := range behind {
		err = errors.Join(err, e.drop(old))
	}
	return errors.Join(err, e.adopt(ctx))
}

// swap lets the alias stand for another index, in one step.
func (e *Engine) swap(ctx context.Context, behind []string, name string) error {
	actions := []object{{"add": object{"index": name, "alias": e.options.Index, "is_write_index": true}}}
	for _, old := range behind {
		actions = append(actions, object{"remove": object{"index": old, "alias": e.options.Index}})
	}
	if err := e.client.do(ctx, http.MethodPost, "/_aliases", object{"actions": actions}, nil); err != nil {
		return fmt.Errorf("swap alias: %w", err)
	}
	return nil
}

// drop deletes an index that the alias does not stand for. One with another name than ours stays.
func (e *Engine) drop(name string) error {
	if !strings.HasPrefix(name, e.options.Index+"-") {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second) // also where the caller's has ended
	defer cancel()
	if err := e.client.do(ctx, http.MethodDelete, "/"+url.PathEscape(name), nil, nil); err != nil && status(err) != http.StatusNotFound {
		return fmt.Errorf("delete index: %w", err)
	}
	return nil
}

// Replace makes the collection anew where the one that is there cannot be opened because it is of another version.
func Replace(ctx context.Context, o Options, words search.Segmenter, fill func(search.Engine) error) error {
	e, err := connect(ctx, o, words)
	if err != nil {
		return err
	}
	return errors.Join(e.Rebuild(ctx, fill), e.Close())
}
