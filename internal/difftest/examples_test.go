package difftest_test

import (
	"errors"
	"strings"
	"testing"

	examples "vmhost/examples/wasm"
	"vmhost/internal/difftest"
	"vmhost/internal/vmabi"
	vmruntime "vmhost/runtime"
)

func newComparer(tb testing.TB) *difftest.Comparer {
	tb.Helper()
	c, err := difftest.New()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := c.Close(); err != nil {
			tb.Error(err)
		}
	})
	return c
}

// TestExamples runs every job of every example on every engine, with the whole
// fuel, and with less and less of it.
func TestExamples(t *testing.T) {
	c := newComparer(t)
	for _, e := range examples.All() {
		for _, job := range e.Jobs {
			view, err := job.View()
			if err != nil {
				t.Fatal(err)
			}
			in := vmruntime.RunInput{State: view, Input: job.Input}
			out, err := c.Compare(t.Context(), e.Wasm, in)
			if err != nil {
				t.Errorf("%s %s %q: %v", e.Name, e.Lang, job.Name, err)
				continue
			}
			if !out.Traced {
				t.Errorf("%s %s: %v", e.Name, e.Lang, out.NotProvable)
			}
			want := e.Reference(job)
			if out.Result.Trap != want.Trap || string(out.Result.Journal) != string(want.Journal) && want.Trap == "" {
				t.Errorf("%s %s %q: trap %q journal %x, want %q %x", e.Name, e.Lang, job.Name, out.Result.Trap, out.Result.Journal, want.Trap, want.Journal)
			}
			for fuel := out.Result.Fuel - 1; fuel > 0; fuel /= 8 {
				in.Limits.Fuel = fuel
				if less, err := c.Compare(t.Context(), e.Wasm, in); err != nil || less.Result.Trap != vmabi.TrapOutOfFuel {
					t.Errorf("%s %s %q with fuel %d of %d: %+v %v", e.Name, e.Lang, job.Name, fuel, out.Result.Fuel, less, err)
				}
			}
		}
	}
}

// TestBadModules gives every engine the bad modules.
func TestBadModules(t *testing.T) {
	c := newComparer(t)
	bad, err := examples.BadModules()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range bad {
		view, err := m.Job.View()
		if err != nil {
			t.Fatal(err)
		}
		out, err := c.Compare(t.Context(), m.Wasm, vmruntime.RunInput{State: view, Input: m.Job.Input})
		switch {
		case errors.Is(err, difftest.ErrDisagree):
			t.Errorf("%s: %v", m.Name, err)
		case m.Verdict == examples.Refused:
			if err == nil || !strings.HasPrefix(err.Error(), "runtime: ") {
				t.Errorf("%s: %v, want a refusal", m.Name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", m.Name, err)
		case m.Verdict == examples.Unprovable:
			if out.Traced || out.Result.Trap != "" {
				t.Errorf("%s: traced %v, trap %q", m.Name, out.Traced, out.Result.Trap)
			}
		default: // Traps, ProofTraps
			if out.Result.Trap != m.Trap {
				t.Errorf("%s: trap %q, want %q", m.Name, out.Result.Trap, m.Trap)
			}
		}
	}
}
