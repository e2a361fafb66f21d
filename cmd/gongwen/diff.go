package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"gongwen"
	"gongwen/api"
	"gongwen/compare"
	"gongwen/search"
)

// diffFlags are the flags of "gongwen diff".
type diffFlags struct {
	data   *string
	json   *bool
	colour *string
}

func (a *app) diffCommand() *cobra.Command {
	var flags diffFlags
	cmd := a.command(a.say(diffUse), diffShort, diffLong, diffExample, func(cmd *cobra.Command, args []string) error {
		return a.diff(cmd, flags, args[0], args[1])
	})
	cmd.Args = a.exactly(2, twoIDs)
	flags.data = a.dataFlag(cmd.Flags())
	flags.json = cmd.Flags().Bool("json", false, a.say(flagJSONDiff))
	flags.colour = cmd.Flags().String("color", colourAuto, a.say(flagColour))
	return cmd
}

func (a *app) diff(cmd *cobra.Command, flags diffFlags, old, fresh string) error {
	out, err := a.newScreen(*flags.colour)
	if err != nil {
		return err
	}
	engine, err := a.openFilled(cmd.Context(), *flags.data)
	if err != nil {
		return err
	}
	defer func() { _ = engine.Close() }() // only read from
	before, err := a.read(cmd.Context(), engine, *flags.data, old)
	if err != nil {
		return err
	}
	after, err := a.read(cmd.Context(), engine, *flags.data, fresh)
	if err != nil {
		return err
	}
	blocks := compare.Texts(before.Text, after.Text)
	if *flags.json {
		return a.printJSON(api.NewComparison(before, after, blocks))
	}
	a.differences(out, before, after, blocks)
	return out.flush()
}

// read returns a document, or says that there is none with the ID.
func (a *app) read(ctx context.Context, engine search.Searcher, data, id string) (*gongwen.Document, error) {
	reading, err := engine.Read(ctx, id, nil)
	if errors.Is(err, search.ErrNotFound) {
		return nil, a.noSuchDocument(ctx, engine, data, id)
	}
	if err != nil {
		return nil, err
	}
	return reading.Document, nil
}

// noSuchDocument says that no document has the ID, or that there is none at all.
func (a *app) noSuchDocument(ctx context.Context, engine search.Searcher, data, id string) error {
	if err := a.remarkEmpty(ctx, engine, data); err != nil {
		return err
	}
	return &exitError{code: exitPart, message: a.say(unknownID, id)}
}

// differences lays a comparison out for a person.
func (a *app) differences(s *screen, before, after *gongwen.Document, blocks []compare.Block) {
	for _, side := range []struct {
		sign     string
		document *gongwen.Document
	}{{"- ", before}, {"+ ", after}} {
		title := side.document.Title
		if title == "" {
			title = a.say(untitled)
		}
		s.hang(0, 2, piece{side.sign, faint}, piece{title, strong}, piece{" · ID " + side.document.ID, faint})
	}
	counts := map[compare.Kind]int{}
	for _, b := range blocks {
		counts[b.Kind]++
	}
	s.put(0, piece{text: a.say(diffSummary, counts[compare.Changed], counts[compare.Deleted], counts[compare.Inserted], counts[compare.Same])})
	same := 0
	rest := func() {
		if same > 0 {
			s.put(2, piece{a.say(diffSame, same), faint})
		}
		same = 0
	}
	for _, b := range blocks {
		if b.Kind == compare.Same {
			same++
			continue
		}
		rest()
		switch b.Kind {
		case compare.Deleted:
			s.hang(0, 2, piece{text: "- "}, piece{b.Old.Cut(before.Text), faint})
		case compare.Inserted:
			s.hang(0, 2, piece{text: "+ "}, piece{b.New.Cut(after.Text), strong})
		default:
			s.hang(0, 2, append([]piece{{text: "~ "}}, changes(b.Parts)...)...)
		}
	}
	rest()
}

// changes marks what goes and what comes in a paragraph.
func changes(parts []compare.Part) []piece {
	pieces := make([]piece, 0, len(parts))
	for _, p := range parts {
		switch p.Kind {
		case compare.Deleted:
			pieces = append(pieces, piece{"[-" + p.Text + "-]", faint})
		case compare.Inserted:
			pieces = append(pieces, piece{"{+" + p.Text + "+}", strong})
		default:
			pieces = append(pieces, piece{text: p.Text})
		}
	}
	return pieces
}
