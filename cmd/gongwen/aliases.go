package main

import (
	"errors"
	"os"

	"github.com/spf13/pflag"

	"gongwen/analyzers"
	"gongwen/search"
)

// aliasesFlag adds the flag that names a file of other names.
func (a *app) aliasesFlag(set *pflag.FlagSet) {
	set.StringVar(&a.aliases, "aliases", "", a.say(flagAliases))
}

// lexicon joins the words with the other names that the program knows and those of the user's own file.
func (a *app) lexicon(words *analyzers.Words) (search.Lexicon, error) {
	lexicon := search.Lexicon{Segmenter: words, Aliases: search.BuiltInAliases()}
	if a.aliases == "" {
		return lexicon, nil
	}
	file, err := os.Open(a.aliases)
	if err != nil {
		return lexicon, &exitError{code: exitUsage, message: a.say(cannotReadAliases, a.aliases), err: err}
	}
	defer func() { _ = file.Close() }() // only read from
	own, err := search.ReadAliases(file)
	var fault *search.AliasError
	switch {
	case errors.As(err, &fault):
		return lexicon, &exitError{code: exitUsage, message: a.say(badAlias, a.aliases, fault.Line, fault.Problem, fault.Text)}
	case err != nil:
		return lexicon, &exitError{code: exitUsage, message: a.say(cannotReadAliases, a.aliases), err: err}
	}
	lexicon.Aliases = lexicon.Aliases.With(own)
	return lexicon, nil
}

// Messages on other names.
var (
	flagSynonyms      = text{"也检索别名，如“刑诉法”也指刑事诉讼法；=false 则不用", "look for other names of words too, such as 刑事诉讼法 for 刑诉法; =false leaves them aside"}
	flagAliases       = text{"自编的别名`文件`，加在内置的之上；写法见 doc/query-syntax.md", "`FILE` of other names of your own, on top of the built-in ones; see doc/query-syntax.md"}
	cannotReadAliases = text{"无法读取别名文件 %s", "cannot read the file of other names %s"}
	badAlias          = text{"别名文件 %s 第 %d 行有误：%s（%s）", "the file of other names %s is at fault in line %d: %s (%s)"}
	alsoLine          = text{"也搜了：%s（--synonyms=false 不用别名）", "Other names were looked for too: %s (--synonyms=false leaves them aside)"}
)
