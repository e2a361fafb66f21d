package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// variable is the environment variable that stands in for a flag.
func variable(flag *pflag.Flag) string {
	return "GONGWEN_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
}

// bound reports whether a flag has an environment variable: all have that mean something to a command.
func bound(flag *pflag.Flag) bool { return flag.Name != "help" && flag.Name != "version" }

// bindEnvironment gives the flags of a command that the command line does not name the values of their variables. A
// flag that may be repeated takes its values parted by commas.
func (a *app) bindEnvironment(cmd *cobra.Command) error {
	var err error
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed || !bound(flag) || err != nil {
			return
		}
		value, _ := a.lookup(variable(flag))
		if value = strings.TrimSpace(value); value == "" {
			return
		}
		var failure error
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			failure = list.Replace(strings.Split(value, ","))
		} else {
			failure = flag.Value.Set(value)
		}
		if failure != nil {
			err = usageFault(a.say(variableBadValue, variable(flag), value))
		}
		flag.Changed = true
	})
	return err
}
