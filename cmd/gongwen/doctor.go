package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gongwen/doctor"
	"gongwen/indexer/correction"
	"gongwen/search"
)

// doctorFlags are the flags of "gongwen doctor".
type doctorFlags struct {
	data  *string
	json  *bool
	csv   *bool
	yaml  *bool
	rules *[]string
	size  *int
	list  *bool
}

// doctorSize is how many documents are listed for people; files for programs have all.
const doctorSize = 20

func (a *app) doctorCommand() *cobra.Command {
	var flags doctorFlags
	cmd := a.command(a.say(doctorUse), doctorShort, doctorLong, doctorExample, func(cmd *cobra.Command, _ []string) error {
		if *flags.list {
			return a.listRules()
		}
		return a.doctor(cmd, flags)
	})
	cmd.Args = a.exactly(0, text{})
	flags.data = a.dataFlag(cmd.Flags())
	flags.json = cmd.Flags().Bool("json", false, a.say(flagDoctorJSON))
	flags.csv = cmd.Flags().Bool("csv", false, a.say(flagDoctorCSV))
	flags.yaml = cmd.Flags().Bool("yaml", false, a.say(flagDoctorYAML))
	flags.rules = cmd.Flags().StringSlice("rule", nil, a.say(flagRule))
	flags.size = cmd.Flags().IntP("size", "n", doctorSize, a.say(flagDoctorSize))
	flags.list = cmd.Flags().Bool("rules", false, a.say(flagRules))
	return cmd
}

// listRules prints the table of rules with their examples.
func (a *app) listRules() error {
	rows := [][2]string{}
	for _, rule := range doctor.Rules {
		e, err := doctor.New(time.Now(), rule.Name)
		if err != nil {
			return err
		}
		finding, _ := e.Examine(&rule.Example, "")
		rows = append(rows, [2]string{rule.Name, fill(rule.Chinese, 18) + a.say(forExample, finding.Problems[0].Message)})
	}
	return a.tell(strings.Join(pairs(rows), "\n"))
}

func (a *app) doctor(cmd *cobra.Command, flags doctorFlags) error {
	examiner, err := doctor.New(time.Now(), *flags.rules...)
	var unknown *doctor.UnknownRuleError
	if errors.As(err, &unknown) {
		return usageFault(a.say(unknownRule, unknown.Name))
	}
	if err != nil {
		return err
	}
	for _, pair := range [][2]*bool{{flags.json, flags.csv}, {flags.json, flags.yaml}, {flags.csv, flags.yaml}} {
		if *pair[0] && *pair[1] {
			return usageFault(a.say(oneFormat))
		}
	}
	engine, err := a.openFilled(cmd.Context(), *flags.data)
	if err != nil {
		return err
	}
	defer func() { _ = engine.Close() }() // only read from
	c := &consultation{ctx: cmd.Context(), engine: engine, examiner: examiner, byRule: map[string]int{}}
	switch {
	case *flags.json:
		err = a.doctorJSON(c)
	case *flags.csv:
		err = a.writeRows(doctorHead, doctorRows(c.findings()))
	case *flags.yaml:
		for finding := range c.findings() {
			if finding.Correction != "" && err == nil {
				err = a.tell(visible(finding.Correction))
			}
		}
	default:
		err = a.doctorText(c, *flags.size)
	}
	if err = errors.Join(err, c.err); err != nil {
		return err
	}
	if c.found > 0 {
		return &exitError{code: exitPart}
	}
	return nil
}

// consultation is one going through a collection.
type consultation struct {
	ctx      context.Context //nolint:containedctx // of the command
	engine   search.Exporter
	examiner *doctor.Examiner

	documents, found int
	byRule           map[string]int
	err              error
}

var errEnough = errors.New("enough")

// findings yields every document that is doubtful; err is set afterwards.
func (c *consultation) findings() iter.Seq[doctor.Finding] {
	return func(yield func(doctor.Finding) bool) {
		err := c.engine.Export(c.ctx, func(record search.Record) error {
			c.documents++
			finding, found := c.examiner.Examine(&record.Document, record.Origin.Path)
			if !found {
				return nil
			}
			c.found++
			for _, p := range finding.Problems {
				c.byRule[p.Rule]++
			}
			if !yield(finding) {
				return errEnough
			}
			return nil
		})
		if !errors.Is(err, errEnough) {
			c.err = err
		}
	}
}

// doctorAnswer is what --json prints.
type doctorAnswer struct {
	Documents int              `json:"documents"`
	Doubtful  int              `json:"doubtful"`
	Rules     map[string]int   `json:"rules"` // how many documents each found
	Findings  []doctor.Finding `json:"findings"`
}

func (a *app) doctorJSON(c *consultation) error {
	findings := slices.Collect(c.findings())
	if findings == nil {
		findings = []doctor.Finding{}
	}
	out := json.NewEncoder(a.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(doctorAnswer{c.documents, c.found, c.byRule, findings}); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

// doctorHead are columns that a file of corrections may have: filled in and saved as gongwen.corrections.csv it is one.
var doctorHead = append([]string{"id", "path", "note"}, correction.Fields...)

func doctorRows(findings iter.Seq[doctor.Finding]) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for f := range findings {
			note := f.Title
			row := make([]any, len(doctorHead))
			for _, p := range f.Problems {
				note += "；" + p.Message
				if at := slices.Index(doctorHead, p.Field); at > 0 && p.Better != "" {
					row[at] = p.Better
				}
			}
			row[0], row[1], row[2] = f.ID, f.Path, strings.TrimPrefix(note, "；")
			if !yield(row) {
				return
			}
		}
	}
}

// doctorText prints the first findings, how many there are of each kind, and what to do.
func (a *app) doctorText(c *consultation, size int) error {
	var b strings.Builder
	var folders []string
	correctable := false
	for f := range c.findings() {
		if c.found > size {
			continue // to be counted
		}
		title := f.Title
		if title == "" {
			title = a.say(untitled)
		}
		fmt.Fprintf(&b, "%s  %s\n", f.ID, visible(title))
		if f.Path != "" {
			fmt.Fprintf(&b, "  %s\n", visible(f.Path))
		}
		for _, p := range f.Problems {
			fmt.Fprintf(&b, "  · %s [%s]\n", visible(p.Message), p.Rule)
		}
		if f.Correction != "" {
			correctable = true
			fmt.Fprintf(&b, "  %s\n", a.say(correctionLine, visible(f.Correction)))
			if folder := filepath.Dir(f.Path); filepath.IsAbs(f.Path) && !slices.Contains(folders, folder) {
				folders = append(folders, folder)
			}
		}
		b.WriteByte('\n')
	}
	if c.err != nil {
		return nil // told by the caller
	}
	if c.documents == 0 {
		return a.tell(a.say(dataEmpty, "", ""))
	}
	if c.found == 0 {
		b.WriteString(a.count(c.documents, healthyOne, healthyMany))
		return a.tell(b.String())
	}
	if more := c.found - size; more > 0 {
		b.WriteString(a.say(moreDoubtful, more) + "\n")
	}
	b.WriteString(a.say(doubtfulOf, c.documents, c.found) + "\n")
	for _, rule := range doctor.Rules {
		if n := c.byRule[rule.Name]; n > 0 {
			fmt.Fprintf(&b, "  %6d  %s [%s]\n", n, rule.Chinese, rule.Name)
		}
	}
	if correctable {
		place := a.say(theirFolder)
		if common := commonFolder(folders); common != "" {
			place = common
		}
		b.WriteString(a.say(howToCorrect, filepath.Join(place, correction.Names[1]), place) + "\n")
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

// commonFolder is the folder that all lie in or below, "" where that is none in particular.
func commonFolder(folders []string) string {
	if len(folders) == 0 {
		return ""
	}
	common := folders[0]
	for _, folder := range folders[1:] {
		for common != folder && !strings.HasPrefix(folder, strings.TrimSuffix(common, string(filepath.Separator))+string(filepath.Separator)) {
			common = filepath.Dir(common)
		}
	}
	for common != filepath.Dir(common) {
		info, err := os.Stat(common)
		if err == nil && info.IsDir() {
			return common
		}
		common = filepath.Dir(common) // a file that holds others
	}
	return ""
}
