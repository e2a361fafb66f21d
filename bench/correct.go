package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode"
)

// bare is what two writings of a run share, told without the program's code.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// recall draws runs of 1 to 40 characters from documents as they are served: each must be found, and be marked in its
// document.
func recall(ctx context.Context, s *server, o options) error {
	r := rand.New(rand.NewPCG(o.seed, 9))
	var ids []string
	for _, sort := range []string{"newest", "oldest"} {
		for cursor := ""; len(ids) < 2000; {
			var a struct {
				Next string
				answer
			}
			v := url.Values{"sort": {sort}, "size": {"100"}}
			if cursor != "" {
				v.Set("cursor", cursor)
			}
			if err := s.get(ctx, "/api/v1/search?"+v.Encode(), &a, nil); err != nil {
				return err
			}
			for _, hit := range a.Hits {
				ids = append(ids, hit.Document.ID)
			}
			if cursor = a.Next; cursor == "" || len(ids)%1000 == 0 {
				break
			}
		}
	}
	failures := 0
	for n := 0; n < o.recall; {
		var d struct{ Text string }
		id := ids[r.IntN(len(ids))]
		if err := s.get(ctx, "/api/v1/documents/"+url.PathEscape(id), &d, nil); err != nil {
			return err
		}
		lines := strings.Split(strings.TrimSpace(d.Text), "\n")
		runes := []rune(lines[r.IntN(len(lines))])
		if len(runes) == 0 {
			continue
		}
		from := r.IntN(len(runes))
		run := string(runes[from:min(len(runes), from+1+r.IntN(40))])
		if bare(run) == "" {
			continue
		}
		n++
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(run) + `"`
		a, _, err := s.search(ctx, url.Values{"q": {quoted}, "size": {"100"}, "match": {"all"}})
		if err != nil {
			return err
		}
		if !foundAndMarked(a, id, run) {
			failures++
			fmt.Printf("not found and marked: %q of %s\n", run, id)
		}
	}
	fmt.Printf("%d random runs: %d not found or not marked\n", o.recall, failures)
	if failures > 0 {
		return fmt.Errorf("recall: %d of %d failed", failures, o.recall)
	}
	return nil
}

// foundAndMarked reports whether the answer holds the document with the run marked. Where there are more hits than a page
// holds, any hit will do that shows the run marked.
func foundAndMarked(a answer, id, run string) bool {
	for _, hit := range a.Hits {
		if hit.Document.ID != id && len(a.Hits) == a.Total {
			continue
		}
		for _, section := range hit.Sections {
			for _, fragment := range section.Fragments {
				for _, part := range fragment.Parts {
					if part.Match && bare(part.Text) == bare(run) {
						return true
					}
				}
			}
		}
	}
	return false
}

// kill starts an indexing process again and again, kills it at a random moment, and looks for every document that its
// report names.
func kill(ctx context.Context, p program, o options, data string) error {
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	accepted := map[string]bool{}
	for n := 1; n <= o.kill; n++ {
		report := fmt.Sprintf("%s-%d.jsonl", data, n)
		cmd := p.command(ctx, append([]string{"index", "--data", data, "--report", report}, o.files...)...)
		if err := cmd.Start(); err != nil {
			return fmt.Errorf("index: %w", err)
		}
		time.Sleep(time.Duration(500+r.IntN(4000)) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
		if err := readReport(report, accepted); err != nil {
			return err
		}
		lost, err := missing(ctx, p, data, accepted, r)
		if err != nil {
			return err
		}
		fmt.Printf("kill %d: %d documents reported so far, %d of those looked for are lost\n", n, len(accepted), lost)
		if lost > 0 {
			return fmt.Errorf("kill %d: %d documents lost", n, lost)
		}
	}
	return nil
}

func readReport(path string, accepted map[string]bool) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read report: %w", err)
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var entry struct{ ID, Outcome string }
		if json.Unmarshal(lines.Bytes(), &entry) == nil && (entry.Outcome == "accepted" || entry.Outcome == "unchanged") {
			accepted[entry.ID] = true // a line that the kill cut short reported nothing
		}
	}
	return lines.Err()
}

// missing serves the folder and counts the reported documents that it does not have: by number, and 300 by name.
func missing(ctx context.Context, p program, data string, accepted map[string]bool, r *rand.Rand) (int, error) {
	s, err := serve(ctx, p, data)
	if err != nil {
		return 0, err
	}
	defer s.stop()
	var all answer
	if err := s.get(ctx, "/api/v1/search?size=1", &all, nil); err != nil {
		return 0, err
	}
	lost := max(0, len(accepted)-all.Total)
	ids := make([]string, 0, len(accepted))
	for id := range accepted {
		ids = append(ids, id)
	}
	r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	for _, id := range ids[:min(300, len(ids))] {
		var d struct{ ID string }
		if err := s.get(ctx, "/api/v1/documents/"+url.PathEscape(id), &d, nil); err != nil {
			fmt.Println(err)
			lost++
		}
	}
	return lost, nil
}
