//go:build !unix

package format

import "os/exec"

// killGroup does nothing more than a command does by itself: what it started may live on.
func killGroup(*exec.Cmd) {}
