package difftest_test

import (
	"bytes"
	"testing"

	"vmhost/examples/wasm/compilers"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
	vmruntime "vmhost/runtime"
)

// TestCompilers runs what compilers emit on every engine, and checks a trace of
// the first job of each.
func TestCompilers(t *testing.T) {
	c := newComparer(t)
	all, err := compilers.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		t.Run(m.Program+"."+m.Compiler, func(t *testing.T) {
			for i, job := range m.Jobs {
				view, err := job.View()
				if err != nil {
					t.Fatal(err)
				}
				in := vmruntime.RunInput{State: view, Input: job.Input}
				out, err := c.Compare(t.Context(), m.Wasm, in)
				if err != nil {
					t.Fatalf("%s: %v", job.Name, err)
				}
				want := m.Reference(job)
				if !out.Traced || out.Result.Trap != want.Trap || want.Trap == "" && !bytes.Equal(out.Result.Journal, want.Journal) {
					t.Errorf("%s: %+v (%v), want %+v", job.Name, out.Result, out.NotProvable, want)
				}
				if i > 0 {
					continue
				}
				p, err := lower.Lower(m.Wasm)
				if err != nil {
					t.Fatal(err)
				}
				tr, _, err := trace.Run(t.Context(), p, trace.Input{State: view, Input: job.Input})
				if err != nil {
					t.Fatal(err)
				}
				if err := trace.Verify(p, tr); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
