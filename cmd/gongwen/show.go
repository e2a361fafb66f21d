package main

import (
	"errors"

	"github.com/spf13/cobra"

	"gongwen/api"
	"gongwen/search"
)

// showFlags are the flags of "gongwen show".
type showFlags struct {
	data   *string
	json   *bool
	query  *string
	colour *string
}

func (a *app) showCommand() *cobra.Command {
	var flags showFlags
	cmd := a.command(a.say(showUse), showShort, showLong, showExample, func(cmd *cobra.Command, args []string) error {
		return a.show(cmd, flags, args[0])
	})
	cmd.Args = a.exactly(1, anID)
	flags.data = a.dataFlag(cmd.Flags())
	flags.json = cmd.Flags().Bool("json", false, a.say(flagJSONDocument))
	flags.query = cmd.Flags().StringP("query", "q", "", a.say(flagQuery))
	flags.colour = cmd.Flags().String("color", colourAuto, a.say(flagColour))
	return cmd
}

func (a *app) show(cmd *cobra.Command, flags showFlags, id string) error {
	out, err := a.newScreen(*flags.colour)
	if err != nil {
		return err
	}
	query, _, err := search.Parse(*flags.query)
	if err != nil {
		return withQuery(err, *flags.query)
	}
	engine, err := a.openFilled(cmd.Context(), *flags.data)
	if err != nil {
		return err
	}
	defer func() { _ = engine.Close() }() // only read from
	reading, err := engine.Read(cmd.Context(), id, query)
	if errors.Is(err, search.ErrNotFound) {
		return a.noSuchDocument(cmd.Context(), engine, *flags.data, id)
	}
	if err != nil {
		return err
	}
	if *flags.json {
		return a.printJSON(api.NewFullDocument(reading.Document))
	}
	if reading.Document.ID != id {
		out.put(0, piece{a.say(leadsTo, id, reading.Document.ID), faint})
	}
	a.fields(out, reading.Document, reading.Title)
	out.blank()
	a.tree(out, reading.Document, false)
	out.blank()
	if *flags.query != "" {
		out.put(0, piece{a.count(len(reading.Marks), oneMark, manyMarks), faint})
		out.blank()
	}
	a.text(out, reading.Document, reading.Marks)
	return out.flush()
}
