package owner

import (
	"context"
	"encoding/json"
	"net/http"

	"gongwen"
	"gongwen/search"
)

// handler lets other processes of the same user work with the owner's engine.
func handler(engine *owned) http.Handler {
	mux := http.NewServeMux()
	handle(mux, pathSearch, func(ctx context.Context, r request) (*search.Result, error) {
		unpacked, err := r.unpack()
		if err != nil {
			return nil, err
		}
		return engine.Search(ctx, unpacked)
	})
	handle(mux, pathRead, func(ctx context.Context, r read) (*search.Reading, error) {
		q, _, err := search.Parse(r.Query)
		if err != nil {
			return nil, err
		}
		return engine.Read(ctx, r.ID, q)
	})
	handle(mux, pathStatus, func(ctx context.Context, _ struct{}) (search.Status, error) { return engine.Status(ctx) })
	handle(mux, pathWrite, func(ctx context.Context, b search.Batch) (struct{}, error) { return struct{}{}, engine.Write(ctx, b) })
	handle(mux, pathKnown, func(ctx context.Context, _ struct{}) (map[string]search.Origin, error) { return engine.Known(ctx) })
	handle(mux, pathCheck, func(ctx context.Context, _ struct{}) ([]string, error) { return engine.Check(ctx) })
	handle(mux, pathSwap, func(ctx context.Context, folder string) (struct{}, error) {
		return struct{}{}, engine.swap(ctx, folder)
	})
	stream(mux, pathExport, func(ctx context.Context, put func(exported) error) error {
		return engine.Export(ctx, func(record search.Record) error { return put(exported{Record: &record}) })
	})
	stream(mux, pathFacts, func(ctx context.Context, put func(exported) error) error {
		return engine.Facts(ctx, func(d *gongwen.Document) error { return put(exported{Document: d}) })
	})
	return mux
}

// stream makes a call of a function whose results go out as they come; the last line says whether they are all.
func stream(mux *http.ServeMux, path string, do func(ctx context.Context, put func(exported) error) error) {
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-ndjson")
		lines := json.NewEncoder(w)
		last := exported{End: true}
		if err := do(r.Context(), func(line exported) error { return lines.Encode(line) }); err != nil {
			f := packError(err)
			last = exported{Fault: &f}
		}
		_ = lines.Encode(last) // the asker has gone if this fails
	})
}

// handle makes a call of a function: its argument and result travel as JSON.
func handle[A, R any](mux *http.ServeMux, path string, do func(context.Context, A) (R, error)) {
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		var argument A
		err := json.NewDecoder(r.Body).Decode(&argument)
		var result any
		if err == nil {
			result, err = do(r.Context(), argument)
		}
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			w.WriteHeader(faultStatus)
			result = packError(err)
		}
		_ = json.NewEncoder(w).Encode(result) // the asker has gone if this fails
	})
}
