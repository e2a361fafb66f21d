package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"gongwen/indexer"
	"gongwen/search"
	"gongwen/search/memory"
	"gongwen/seeds"
	"gongwen/server"
)

func (a *app) demoCommand() *cobra.Command {
	var address, bodies *string
	cmd := a.command(a.say(demoUse), demoShort, demoLong, demoExample, func(cmd *cobra.Command, _ []string) error {
		return a.demo(cmd.Context(), *address, *bodies)
	})
	cmd.Args = a.exactly(0, text{})
	address = a.addressFlag(cmd.Flags())
	bodies = a.bodiesFlag(cmd.Flags())
	a.aliasesFlag(cmd.Flags())
	return cmd
}

// demoQueries show a word inside a longer one, a quoted run, and a document number that others cite.
var demoQueries = []string{"法律顾问", "“行政执法三项制度”", "安澜政发〔2019〕12号"}

// demo serves the sample documents from memory.
func (a *app) demo(ctx context.Context, address, bodies string) error {
	type parsed struct {
		batch search.Batch
		err   error
	}
	reading := make(chan parsed, 1)
	go func() { // while the dictionary is loaded
		batch, err := samples()
		reading <- parsed{batch, err}
	}()
	words, err := a.loadWords()
	if err != nil {
		return err
	}
	read := <-reading
	if read.err != nil {
		return read.err
	}
	lexicon, err := a.lexicon(words)
	if err != nil {
		return err
	}
	engine := memory.New(lexicon)
	if err := engine.Write(ctx, read.batch); err != nil {
		return fmt.Errorf("index samples: %w", err)
	}
	register, err := a.newRegister(engine, words, bodies)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	options := server.Options{Suggester: a.suggester(ctx, engine, words), Notice: demoNotice, Samples: demoQueries, Register: register}
	return a.serve(ctx, engine, address, options, func(url string) string {
		return a.say(servingDemo, url, len(read.batch.Put), demoQueries[0])
	})
}

// samples reads the embedded documents. Their IDs are their places in the list, so that links to them last.
func samples() (search.Batch, error) {
	ix, err := indexer.New(indexer.Options{})
	if err != nil {
		return search.Batch{}, err
	}
	return ix.Texts(seeds.Files, "*.txt", func(place int, _ string) string { return fmt.Sprintf("sample-%02d", place+1) })
}

// demoNotice stands on every page of the demo; pages are Chinese whatever the language of the command line.
const demoNotice = "这里只有示例文档，其中的地名、机构、人物和数字均为虚构。"
