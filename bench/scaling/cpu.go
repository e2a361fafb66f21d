package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which Linux counts the time of processes.
const tick = 10 * time.Millisecond

// busy is how long processes have used processors, as far as the system tells: 0 elsewhere than on Linux. Other than the
// time that passes, it says the same on a machine that does other work beside.
func busy(pids []int) (all time.Duration) {
	for _, pid := range append(pids, os.Getpid()) {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(stat), ") ") // behind the name, which may hold anything
		fields := strings.Fields(rest)
		const user, system = 11, 12
		for _, at := range []int{user, system} {
			if at < len(fields) {
				n, _ := strconv.Atoi(fields[at])
				all += time.Duration(n) * tick
			}
		}
	}
	return all
}
