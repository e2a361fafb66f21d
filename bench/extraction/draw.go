package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"gongwen"
	"gongwen/indexer"
)

// draw is what is drawn from texts without labels, to be judged by a reader.
type draw struct {
	what  string   // commitments or figures
	count int      // how many
	seed  uint64   // the same seed draws the same from the same finds
	paths []string // files and folders
}

// drawn is one find with the text around it.
type drawn struct {
	document, text, says string
}

// maxAround is how many bytes of the text before and behind a find are shown.
const maxAround = 240

// write prints the finds that were drawn, numbered.
func (w draw) write(ctx context.Context, out io.Writer, ix *indexer.Indexer, x extractors) error {
	var all []drawn
	for _, path := range w.paths {
		for d, err := range ix.Documents(ctx, path) {
			if err != nil {
				return fmt.Errorf("read texts: %w", err)
			}
			switch w.what {
			case "commitments":
				for _, c := range x.Commitments.Commitments(&d) {
					all = append(all, drawn{d.Title, cutAround(&d, c.Span), fmt.Sprintf("%s; for %d by %s; %s by %s; goal %s",
						c.Rule, c.Target, c.Dated, c.Topic, c.Sorted, goalText(c.Goal))})
				}
			case "figures":
				for _, f := range x.Figures.Figures(&d) {
					all = append(all, drawn{d.Title, cutAround(&d, f.Span), fmt.Sprintf("%s %s of %q %s %s in %d by %s", f.Value, f.Unit,
						strings.Join(strings.Fields(f.Noun+" "+f.Row+" "+f.Column), " "), f.Qualifier, changeText(f.Change), f.Year, f.Rule)})
				}
			default:
				return fmt.Errorf("draw: %q is neither commitments nor figures", w.what)
			}
		}
	}
	random := rand.New(rand.NewPCG(w.seed, 0))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	picked := all[:min(w.count, len(all))]
	if _, err := fmt.Fprintf(out, "%d of %d %s, seed %d\n", len(picked), len(all), w.what, w.seed); err != nil {
		return err
	}
	for i, d := range picked {
		if _, err := fmt.Fprintf(out, "\n%d. %s\n   %s\n   → %s\n", i+1, d.document, d.text, d.says); err != nil {
			return err
		}
	}
	return nil
}

// cutAround is the line around a span, as far as maxAround, with the span in 【】.
func cutAround(d *gongwen.Document, span gongwen.Span) string {
	before, behind := d.Text[:span.Start], d.Text[span.End:]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	behind, _, _ = strings.Cut(behind, "\n")
	text := strings.ToValidUTF8(before[max(0, len(before)-maxAround):], "") + "【" + span.Cut(d.Text) + "】" +
		strings.ToValidUTF8(behind[:min(len(behind), maxAround/2)], "")
	return strings.Join(slices.Collect(strings.FieldsSeq(text)), " ")
}

func goalText(g *gongwen.Goal) string {
	if g == nil {
		return "none"
	}
	return fmt.Sprintf("%s %s %s", g.Value, g.Unit, g.Qualifier)
}

func changeText(c *gongwen.Change) string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf("(%s %s %s)", c.Basis, c.Value, c.Unit)
}
