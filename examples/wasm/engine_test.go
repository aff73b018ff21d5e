package examples_test

import (
	"context"
	"strconv"
	"testing"

	"vmhost/examples/wasm/spec"
	"vmhost/internal/vmabi"
	vmruntime "vmhost/runtime"
)

// engine runs modules for a test; modules are compiled once.
type engine struct{ r *vmruntime.Runtime }

func newEngine(t *testing.T) engine {
	t.Helper()
	r, err := vmruntime.New(vmruntime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return engine{r}
}

// fataler is a test or a rapid check.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// run executes one module on one job with the limits of a proof.
func (e engine) run(t fataler, wasm []byte, job spec.Job) (spec.Outcome, *vmruntime.Result) {
	t.Helper()
	ctx := context.Background()
	m, err := e.r.Compile(ctx, wasm)
	if err != nil {
		t.Fatalf("compile: %v", err)
	}
	view, err := job.View()
	if err != nil {
		t.Fatalf("view: %v", err)
	}
	res, err := e.r.Run(ctx, m, vmruntime.RunInput{State: view, Input: job.Input, Prove: true})
	if err != nil {
		t.Fatalf("%s: %v", job.Name, err)
	}
	out := spec.Outcome{Journal: res.Journal, Trap: res.Trap}
	if res.Trap == vmabi.TrapRunNonZero {
		code, err := strconv.ParseUint(res.Detail, 10, 32)
		if err != nil {
			t.Fatalf("%s: detail %q of a failed run", job.Name, res.Detail)
		}
		out.Code = uint32(code)
	}
	return out, res
}
