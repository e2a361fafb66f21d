package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Bounds of settling: a server has settled when it has used no processor for idleFor.
const (
	settleWithin = 2 * time.Minute
	idleFor      = 3 * time.Second
	settleLook   = 250 * time.Millisecond
)

// settle waits until a server that nobody asks anything uses no processor any more, so that what it prepares after it is
// ready, such as suggestions, is not measured with its answers. It returns how long that work went on, 0 where the system
// does not tell.
func settle(ctx context.Context, pid int) time.Duration {
	start := time.Now()
	last, ok := ticksOf(pid)
	busy := start // when it was last seen to work
	for ok && time.Since(busy) < idleFor && time.Since(start) < settleWithin && ctx.Err() == nil {
		time.Sleep(settleLook)
		now, told := ticksOf(pid)
		if ok = told; now > last+1 {
			last, busy = now, time.Now()
		}
	}
	return busy.Sub(start)
}

// ticksOf is the processor time of a process in the system's ticks, from /proc, as Linux has it.
func ticksOf(pid int) (ticks int64, ok bool) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, false
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	const user, system = 11, 12 // behind the name
	if len(fields) <= system {
		return 0, false
	}
	for _, i := range []int{user, system} {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return 0, false
		}
		ticks += n
	}
	return ticks, true
}
