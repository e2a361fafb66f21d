package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"gongwen/api"
	"gongwen/fetch"
	"gongwen/indexer"
	"gongwen/search"
)

// outlineFlags are the flags of "gongwen outline".
type outlineFlags struct {
	json   *bool
	colour *string
}

func (a *app) outlineCommand() *cobra.Command {
	var flags outlineFlags
	cmd := a.command(a.say(outlineUse), outlineShort, outlineLong, outlineExample, func(cmd *cobra.Command, args []string) error {
		return a.outline(cmd, flags, args[0])
	})
	cmd.Args = a.exactly(1, aFile)
	flags.json = cmd.Flags().Bool("json", false, a.say(flagJSONDocument))
	flags.colour = cmd.Flags().String("color", colourAuto, a.say(flagColour))
	return cmd
}

// outline shows every document of a file: one, but for JSON lines.
func (a *app) outline(cmd *cobra.Command, flags outlineFlags, path string) error {
	out, err := a.newScreen(*flags.colour)
	if err != nil {
		return err
	}
	ix, err := indexer.New(indexer.Options{Stdin: a.stdin, Child: a.child, Origins: new(fetch.Origins)})
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return &exitError{code: exitPart, message: a.say(outlineFolder, path)}
	}
	shown, refused := 0, 0
	for document, err := range ix.Documents(cmd.Context(), path) {
		var refusal *indexer.RefusedError
		if errors.As(err, &refusal) {
			refused++
			if _, err := fmt.Fprintln(a.stderr, visible(a.say(refusedLine, place(refusal), refusal.Reason))); err != nil {
				return fmt.Errorf("write refusal: %w", err)
			}
			continue
		}
		if err != nil {
			return err
		}
		if *flags.json {
			if err := a.printJSON(api.NewFullDocument(&document)); err != nil {
				return err
			}
			continue
		}
		if shown > 0 {
			out.blank()
		}
		shown++
		a.fields(out, &document, []search.Part{{Text: document.Title}})
		out.blank()
		a.tree(out, &document, true)
		if err := out.flush(); err != nil {
			return err
		}
	}
	if refused > 0 {
		return &exitError{code: exitPart}
	}
	return nil
}

// place is where a refused document stands.
func place(refusal *indexer.RefusedError) string {
	entry := indexer.Entry{Path: refusal.Path, Line: refusal.Line}
	return entry.Place()
}
