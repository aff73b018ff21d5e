package jobs_test

import (
	"errors"
	"strings"
	"testing"

	"vmhost/jobs"
)

// The table is written out a second time, by hand: a change of the machine is a
// change of this text.
const machine = `
queued    start       running
queued    cancel      cancelled
queued    undo        undone
queued    lost        queued
running   finish      executed
running   fail        failed
running   cancel      cancelled
running   undo        undone
running   lost        queued
executed  prove       proving
executed  fail        failed
executed  cancel      cancelled
executed  undo        undone
executed  lost        executed
proving   prover-done proven
proving   fail        failed
proving   cancel      cancelled
proving   undo        undone
proving   lost        executed
proven    undo        undone
failed    undo        undone
`

func TestStateMachine(t *testing.T) {
	legal := map[[2]string]string{}
	for line := range strings.Lines(machine) {
		if f := strings.Fields(line); len(f) == 3 {
			legal[[2]string{f[0], f[1]}] = f[2]
		}
	}
	all := []jobs.Transition{
		jobs.Start, jobs.Finish, jobs.Fail, jobs.Prove, jobs.ProverDone, jobs.Cancel, jobs.Undo, jobs.Lost, "nonsense",
	}
	for _, s := range append(jobs.States(), "nonsense") {
		for _, tr := range all {
			next, err := s.Next(tr)
			want, ok := legal[[2]string{string(s), string(tr)}]
			switch {
			case ok && (err != nil || string(next) != want):
				t.Errorf("%s --%s--> %s, %v; want %s", s, tr, next, err, want)
			case !ok && !errors.Is(err, jobs.ErrTransition):
				t.Errorf("%s --%s--> %s, %v; want ErrTransition", s, tr, next, err)
			case !ok && next != s:
				t.Errorf("%s --%s--> refused but moved to %s", s, tr, next)
			}
		}
	}
}

func TestTerminal(t *testing.T) {
	for _, c := range []struct {
		s     jobs.State
		prove bool
		want  bool
	}{
		{jobs.Queued, false, false},
		{jobs.Running, false, false},
		{jobs.Executed, false, true},
		{jobs.Executed, true, false},
		{jobs.Proving, true, false},
		{jobs.Proven, true, true},
		{jobs.Failed, true, true},
		{jobs.Cancelled, false, true},
		{jobs.Undone, true, true},
	} {
		if got := c.s.Terminal(c.prove); got != c.want {
			t.Errorf("%s.Terminal(%v) = %v", c.s, c.prove, got)
		}
	}
}
