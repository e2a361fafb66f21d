//go:build unix

package format

import (
	"os/exec"
	"syscall"
)

// killGroup has a command that is cancelled killed with all that it started: soffice is a script around the program.
func killGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
