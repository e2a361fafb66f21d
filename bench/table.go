package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// table is a Markdown table on standard output; its rows appear as they are known.
type table struct{ columns int }

// newTable prints the head of a table.
func newTable(columns ...string) table {
	printRow(columns)
	fmt.Println("|" + strings.Repeat("---|", len(columns)))
	return table{len(columns)}
}

// row prints a row. A cell must hold no line break.
func (t table) row(cells ...any) {
	row := make([]string, t.columns)
	for i := range row {
		if i < len(cells) {
			row[i] = strings.ReplaceAll(fmt.Sprint(cells[i]), "|", `\|`)
		}
	}
	printRow(row)
}

func (t table) end() { fmt.Println() }

func printRow(cells []string) { fmt.Println("| " + strings.Join(cells, " | ") + " |") }

// decimal writes a figure with so many places.
func decimal(places int, value float64) string { return fmt.Sprintf("%.*f", places, value) }

// megabytes writes a number of bytes.
func megabytes(bytes int64) string { return decimal(1, float64(bytes)/1e6) }

// printMachine says what the figures were measured on, and what else ran there.
func printMachine(ctx context.Context, p program) {
	t := newTable("machine", "")
	t.row("cores", runtime.NumCPU())
	t.row("Go", runtime.Version()+" "+runtime.GOOS+"/"+runtime.GOARCH)
	if version, err := p.command(ctx, "version").Output(); err == nil {
		line, _, _ := strings.Cut(string(version), "\n")
		t.row("program", strings.TrimSpace(line))
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		t.row("load before, 1, 5, 15 min", strings.Join(strings.Fields(string(load))[:3], " "))
	}
	t.end()
}
