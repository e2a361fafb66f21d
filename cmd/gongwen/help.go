package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help prints what a command is for and how it is used.
func (a *app) help(cmd *cobra.Command) {
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	_, _ = fmt.Fprintf(cmd.OutOrStdout(), "%s\n\n%s", about, a.usageText(cmd)) // nobody is left to tell
}

func (a *app) usage(cmd *cobra.Command) error {
	_, err := fmt.Fprint(cmd.OutOrStdout(), a.usageText(cmd))
	return err
}

// usageText is cobra's usage with every word in the user's language and straight columns.
func (a *app) usageText(cmd *cobra.Command) string {
	var b strings.Builder
	part := func(title text, lines ...string) {
		if len(lines) == 0 {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(a.say(title) + "\n")
		for _, line := range lines {
			b.WriteString(strings.TrimRight("  "+line, " ") + "\n")
		}
	}
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " " + a.say(commandPlace)
	}
	part(usageTitle, line)
	var commands [][2]string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			commands = append(commands, [2]string{sub.Name(), sub.Short})
		}
	}
	part(commandsTitle, pairs(commands)...)
	if cmd.Example != "" {
		part(examplesTitle, strings.Split(cmd.Example, "\n")...)
	}
	var flags, ofCluster [][2]string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		switch {
		case flag.Hidden:
		case strings.HasPrefix(flag.Name, clusterFlag):
			ofCluster = append(ofCluster, a.flagLine(flag))
		default:
			flags = append(flags, a.flagLine(flag))
		}
	})
	part(flagsTitle, pairs(flags)...)
	part(clusterFlagsTitle, pairs(ofCluster)...)
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n" + a.say(moreHelp) + "\n")
	}
	return b.String()
}

// flagLine is a flag with its placeholder, and what it does with its default and its variable.
func (a *app) flagLine(flag *pflag.Flag) [2]string {
	placeholder, does := pflag.UnquoteUsage(flag)
	left := "    --" + flag.Name
	if flag.Shorthand != "" {
		left = "-" + flag.Shorthand + ", --" + flag.Name
	}
	if placeholder != "" {
		left += " " + placeholder
	}
	switch flag.DefValue {
	case "", "false", "0", "[]":
	default:
		does += a.say(defaultValue, flag.DefValue)
	}
	if bound(flag) {
		does += " [" + variable(flag) + "]"
	}
	return [2]string{left, does}
}

// pairs aligns two columns.
func pairs(rows [][2]string) []string {
	width := 0
	for _, row := range rows {
		width = max(width, columns(row[0]))
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = fill(row[0], width+2) + strings.ReplaceAll(row[1], "\n", "\n"+strings.Repeat(" ", width+4))
	}
	return lines
}

// helpCommand is "gongwen help [command]".
func (a *app) helpCommand() *cobra.Command {
	return a.command(a.say(helpUse), helpShort, helpShort, text{}, func(cmd *cobra.Command, args []string) error {
		about, _, err := cmd.Root().Find(args)
		if err != nil {
			return usageFault(a.unknownCommand(cmd.Root(), args[0]))
		}
		about.InitDefaultHelpFlag() // what parsing a command line does: the flags of the root become the command's
		return about.Help()
	})
}
