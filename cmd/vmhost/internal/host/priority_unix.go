//go:build unix

package host

import (
	"os/exec"
	"syscall"
)

// niceness of the prove worker: blocks go first.
const niceness = 5

// lowerPriority lets other processes go first. It is a courtesy: a failure
// changes no result.
func lowerPriority() { _ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, niceness) } // see above

// ownGroup keeps the terminal's signals from a child.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
