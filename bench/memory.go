package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// memory is what a process takes, in bytes; 0 where the system does not tell.
type memory struct {
	peak      int64 // the most that was ever resident
	resident  int64
	anonymous int64 // of what is resident: the process's own
	file      int64 // of what is resident: mapped files, which the system takes back when others need it
}

// memoryOf reads what a process takes by now from /proc, as Linux has it.
func memoryOf(pid int) memory {
	var m memory
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return m // another system, or the process has ended
	}
	defer func() { _ = f.Close() }()
	fields := map[string]*int64{"VmHWM": &m.peak, "VmRSS": &m.resident, "RssAnon": &m.anonymous, "RssFile": &m.file}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		if field := fields[name]; field != nil {
			kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			*field = kilobytes << 10
		}
	}
	return m
}

// printServing prints what the server took at the moments of serving.
func printServing(at []memory) {
	t := newTable("serving, memory in MB", "resident", "anonymous", "file", "peak")
	for i, moment := range []string{"when ready", "after the classes", "after all clients"} {
		m := at[i]
		t.row(moment, megabytes(m.resident), megabytes(m.anonymous), megabytes(m.file), megabytes(m.peak))
	}
	t.end()
}
