package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gongwen/analyzers"
)

// environment is everything that a run of the program takes from outside, so that tests can give it another.
type environment struct {
	lookup func(name string) (string, bool) // environment variables
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	child  string // indexer.Options.Child
	words  func() (*analyzers.Words, error)
}

// app is one run of the program.
type app struct {
	environment
	lang    language
	aliases string // a file of other names; "" for none
	store   storeFlags
}

// run carries out a command line and returns the exit code.
func run(ctx context.Context, env environment, args []string) int {
	a := &app{environment: env, lang: languageOf(env.lookup)}
	root := a.newRoot()
	root.SetArgs(withoutSign(args))
	cmd, err := root.ExecuteContextC(ctx)
	return a.report(cmd, err)
}

// newRoot returns the command tree.
func (a *app) newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:               "gongwen",
		Short:             a.say(rootShort),
		Long:              a.say(rootLong),
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.bindEnvironment(cmd) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version, err := cmd.Flags().GetBool("version"); err != nil || version {
				return a.version()
			}
			return cmd.Help()
		},
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { a.help(cmd) })
	root.SetUsageFunc(func(cmd *cobra.Command) error { return a.usage(cmd) })
	root.SetFlagErrorFunc(a.flagFault)
	root.CompletionOptions.HiddenDefaultCmd = true // it works, but its own texts are English only
	root.PersistentFlags().BoolP("help", "h", false, a.say(flagHelp))
	root.Flags().Bool("version", false, a.say(versionShort))
	root.AddCommand(
		a.indexCommand(), a.fetchCommand(), a.searchCommand(), a.showCommand(), a.diffCommand(), a.commitmentsCommand(), a.figuresCommand(),
		a.outlineCommand(), a.serveCommand(), a.demoCommand(), a.backupCommand(), a.restoreCommand(), a.checkCommand(), a.doctorCommand(),
		a.versionCommand(),
	)
	root.SetHelpCommand(a.helpCommand())
	return root
}

// command is what all commands have in common. use is the line after "gongwen ".
func (a *app) command(use string, short, long, example text, run func(cmd *cobra.Command, args []string) error) *cobra.Command {
	return &cobra.Command{
		Use:                   use,
		DisableFlagsInUseLine: true,
		Short:                 a.say(short),
		Long:                  a.say(long),
		Example:               a.say(example),
		RunE:                  run,
	}
}

// defaultData is the data folder of those who name none.
const defaultData = "data"

// dataFlag adds the flags that every command on a collection has.
func (a *app) dataFlag(flags *pflag.FlagSet) *string {
	data := flags.StringP("data", "d", defaultData, a.say(flagData))
	a.addStoreFlags(flags)
	return data
}

// atLeast and exactly are cobra's checks of arguments, in the user's language. what names the arguments.
func (a *app) atLeast(n int, what text) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return usageFault(a.say(missingArgument, a.say(what)))
		}
		return nil
	}
}

func (a *app) exactly(n int, what text) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usageFault(a.say(surplusArgument, args[n]))
		}
		return a.atLeast(n, what)(cmd, args)
	}
}

// withoutSign keeps a query's -培训 from being read as flags: pflag takes whatever begins with a hyphen, and no flag of
// ours has a letter that is not ASCII. A blank in front changes nothing in a query.
func withoutSign(args []string) []string {
	kept := make([]string, len(args))
	for i, arg := range args {
		kept[i] = arg
		rest, signed := strings.CutPrefix(arg, "-")
		first, size := utf8.DecodeRuneInString(rest)
		if signed && size > 0 && (first > unicode.MaxASCII || strings.ContainsRune(`"(`, first)) {
			kept[i] = " " + arg
		}
	}
	return kept
}

// loadWords loads the segmenter of queries.
func (a *app) loadWords() (*analyzers.Words, error) {
	words, err := a.words()
	if err != nil {
		return nil, fmt.Errorf("load dictionary: %w", err)
	}
	return words, nil
}
