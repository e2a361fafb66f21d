package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set when a release is built: go build -ldflags "-X main.version=1.2.3".
var version string

// build is what the program knows about itself.
type build struct {
	version string
	commit  string // "" where it is not known
}

func newBuild() build {
	b := build{version: version}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b.named()
	}
	if b.version == "" && info.Main.Version != "(devel)" {
		b.version = info.Main.Version
	}
	dirty := false
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			b.commit = setting.Value
		case "vcs.modified":
			dirty = setting.Value == "true"
		}
	}
	if dirty && b.commit != "" {
		b.commit += "+"
	}
	return b.named()
}

func (b build) named() build {
	if b.version == "" {
		b.version = "devel"
	}
	return b
}

func (a *app) versionCommand() *cobra.Command {
	cmd := a.command("version", versionShort, versionShort, text{}, func(*cobra.Command, []string) error {
		return a.version()
	})
	cmd.Args = a.exactly(0, text{})
	return cmd
}

// version prints what one needs to know about a program that answers oddly.
func (a *app) version() error {
	words, err := a.loadWords()
	if err != nil {
		return err
	}
	b := newBuild()
	lines := "gongwen " + b.version + "\n"
	if b.commit != "" {
		lines += a.say(versionCommit, b.commit) + "\n"
	}
	lines += a.say(versionGo, runtime.Version(), runtime.GOOS, runtime.GOARCH) + "\n"
	lines += a.say(versionDictionary, words.Fingerprint()) + "\n"
	if _, err := fmt.Fprint(a.stdout, lines); err != nil {
		return fmt.Errorf("write version: %w", err)
	}
	return nil
}
