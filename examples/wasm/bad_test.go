package examples_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	examples "vmhost/examples/wasm"
	"vmhost/internal/vmabi"
	vmruntime "vmhost/runtime"
)

func TestBadModulesAreComplete(t *testing.T) {
	bad, err := examples.BadModules()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range bad {
		if seen[m.Name] || len(m.Wasm) == 0 {
			t.Errorf("%s: listed twice or empty", m.Name)
		}
		seen[m.Name] = true
		if (m.Trap != "") != (m.Verdict == examples.Traps || m.Verdict == examples.ProofTraps) {
			t.Errorf("%s: verdict %d with trap %q", m.Name, m.Verdict, m.Trap)
		}
		if m.Trap != "" && !slices.Contains(vmabi.Traps(), m.Trap) {
			t.Errorf("%s: no such trap: %q", m.Name, m.Trap)
		}
	}
}

// What each refused module is refused for.
var refusals = map[string]error{
	"not-wasm":         vmruntime.ErrNotWASM,
	"truncated":        vmruntime.ErrMalformed,
	"unknown-import":   vmruntime.ErrUnknownImport,
	"foreign-import":   vmruntime.ErrForeignImport,
	"import-signature": vmruntime.ErrImportType,
	"no-run":           vmruntime.ErrNoRun,
	"run-signature":    vmruntime.ErrRunType,
	"run-is-memory":    vmruntime.ErrNoRun,
	"pages-10000":      vmruntime.ErrMemory,
	"simd":             vmruntime.ErrSIMD,
}

func TestBadModules(t *testing.T) {
	bad, err := examples.BadModules()
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(t)
	for _, m := range bad {
		t.Run(m.Name, func(t *testing.T) {
			if m.Verdict == examples.Refused {
				_, err := e.r.Compile(context.Background(), m.Wasm)
				if want, ok := refusals[m.Name]; !ok || !errors.Is(err, want) {
					t.Errorf("%v, want %v", err, want)
				}
				return
			}
			checkAccepted(t, e, m)
		})
	}
}

// checkAccepted runs a module that loads, first without and then with the
// limits of a proof.
func checkAccepted(t *testing.T, e engine, m examples.BadModule) {
	t.Helper()
	module, err := e.r.Compile(context.Background(), m.Wasm)
	if err != nil {
		t.Fatal(err)
	}
	view, err := m.Job.View()
	if err != nil {
		t.Fatal(err)
	}
	for _, prove := range []bool{false, true} {
		in := vmruntime.RunInput{State: view, Prove: prove, Limits: vmruntime.Limits{Fuel: 1_000_000, WallTime: time.Minute}}
		res, err := e.r.Run(context.Background(), module, in)
		if prove && m.Verdict == examples.Unprovable {
			if !errors.Is(err, vmruntime.ErrNotProvable) {
				t.Errorf("proof: %v, want %v", err, vmruntime.ErrNotProvable)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		want := m.Trap
		if m.Verdict == examples.ProofTraps && !prove {
			want = ""
		}
		if res.Trap != want || (want != "") != (res.Journal == nil) {
			t.Errorf("prove %t: trap %q (%s), journal of %d bytes, want %q", prove, res.Trap, res.Detail, len(res.Journal), want)
		}
	}
}
