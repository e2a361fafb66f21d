package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// folds is the number of parts that the judged queries fall into. Ranking is tuned on all but the last one, and what it
// reaches is told of the last one.
const folds = 5

// judged is a query of which the relevant documents are known.
type judged struct {
	id, text string
	fold     int
	relevant map[string]bool
}

// foldOf puts a query into a fold for good, by its ID.
func foldOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32() % folds)
}

// readJudgements reads a file in TREC's format: query, 0, document, relevance.
func readJudgements(path string) (map[string]map[string]bool, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read judgements: %w", err)
	}
	judgements := map[string]map[string]bool{}
	line := 0
	for text := range strings.Lines(string(file)) {
		line++
		columns := strings.Fields(text)
		if len(columns) == 0 {
			continue
		}
		if len(columns) != 4 {
			return nil, fmt.Errorf("read judgements: line %d of %s has %d columns", line, path, len(columns))
		}
		if columns[3] == "0" {
			continue
		}
		if judgements[columns[0]] == nil {
			judgements[columns[0]] = map[string]bool{}
		}
		judgements[columns[0]][columns[2]] = true
	}
	return judgements, nil
}

// readQueries reads the judged questions, or keyword queries, of a folder.
func readQueries(folder, kind string) (queries []judged, err error) {
	judgements, err := readJudgements(filepath.Join(folder, "qrels.tsv"))
	if err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(folder, "queries.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("read queries: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var record struct{ ID, Question, Keywords string }
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			return nil, fmt.Errorf("read queries: %w", err)
		}
		text := record.Question
		if kind == "keywords" {
			text = record.Keywords
		}
		if text != "" && len(judgements[record.ID]) > 0 {
			queries = append(queries, judged{record.ID, text, foldOf(record.ID), judgements[record.ID]})
		}
	}
	return queries, lines.Err()
}

// measureStatutes measures questions and keyword queries on articles of laws.
func (o *options) measureStatutes(ctx context.Context, runs *runFile) (err error) {
	folder := filepath.Join(o.corpora, "statute-retrieval")
	c, err := o.openCollection(ctx, "statutes", files(filepath.Join(folder, "articles.jsonl.gz")))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for _, kind := range []string{"questions", "keywords"} {
		if o.only != "" && o.only != kind {
			continue
		}
		queries, err := readQueries(folder, kind)
		if err != nil {
			return err
		}
		if !o.held {
			queries = slices.DeleteFunc(queries, func(q judged) bool { return q.fold == folds-1 })
		}
		texts := make([]string, len(queries))
		for i, q := range queries {
			texts[i] = q.text
		}
		started := time.Now()
		answers, err := askAll(ctx, c.engine, texts, 100)
		if err != nil {
			return err
		}
		took := time.Since(started)
		measured := make([]figures, len(queries))
		for i, q := range queries {
			measured[i] = measure(answers[i].ids, q.relevant)
			runs.write(kind, q.id, answers[i].ids, measured[i])
		}
		if err := printStatutes(kind, queries, measured, took); err != nil {
			return err
		}
		showWorst(queries, answers, measured, o.worst)
	}
	return nil
}

// printStatutes prints the figures by fold.
func printStatutes(kind string, queries []judged, measured []figures, took time.Duration) error {
	var by [folds][]figures
	var tuning []figures
	for i, q := range queries {
		by[q.fold] = append(by[q.fold], measured[i])
		if q.fold < folds-1 {
			tuning = append(tuning, measured[i])
		}
	}
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, of []figures) {
		m := mean(of)
		_, _ = fmt.Fprintf(t, "%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t\n", name, len(of), m.NDCG10, m.MRR10, m.Recall10, m.Recall100)
	}
	_, _ = fmt.Fprintf(t, "%s\tqueries\tnDCG@10\tMRR@10\tR@10\tR@100\t\n", kind)
	for fold := range folds - 1 {
		row(fmt.Sprintf("fold %d", fold+1), by[fold])
	}
	row("tuning", tuning)
	if held := by[folds-1]; len(held) > 0 {
		row("held out", held)
		row("all", measured)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	fmt.Printf("%.1f s, %.1f ms a query\n\n", took.Seconds(), took.Seconds()*1000/float64(max(1, len(queries))))
	return nil
}

// showWorst prints the tuning queries with the least figures: where their relevant documents stand, and what stands above.
func showWorst(queries []judged, answers []found, measured []figures, n int) {
	var order []int
	for i, q := range queries {
		if q.fold < folds-1 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := measured[a].NDCG10, measured[b].NDCG10; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return int(foldHash(queries[a].id)) - int(foldHash(queries[b].id)) // any order but that of the file
	})
	for _, i := range order[:min(n, len(order))] {
		fmt.Printf("%s  %s  nDCG@10 %.3f\n", queries[i].id, queries[i].text, measured[i].NDCG10)
		for id := range queries[i].relevant {
			fmt.Printf("    wanted %s at %d of %d\n", id, slices.Index(answers[i].ids, id)+1, len(answers[i].ids))
		}
		for rank, title := range answers[i].titles[:min(5, len(answers[i].titles))] {
			fmt.Printf("    %d. %s %s\n", rank+1, answers[i].ids[rank], title)
		}
	}
}

func foldHash(id string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte("order" + id))
	return h.Sum32() >> 1
}
