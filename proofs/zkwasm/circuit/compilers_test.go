package circuit

import (
	"testing"

	"vmhost/examples/wasm/compilers"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

// TestCompilers lays out the first job of what compilers emit, in a shape of its
// own size, and has the whole circuit check it.
func TestCompilers(t *testing.T) {
	all, err := compilers.All()
	if err != nil {
		t.Fatal(err)
	}
	grown := 0
	for _, m := range all {
		t.Run(m.Program+"."+m.Compiler, func(t *testing.T) {
			view, err := m.Jobs[0].View()
			if err != nil {
				t.Fatal(err)
			}
			p, err := lower.Lower(m.Wasm)
			if err != nil {
				t.Fatal(err)
			}
			tr, res, err := trace.Run(t.Context(), p, trace.Input{State: view, Input: m.Jobs[0].Input})
			if err != nil || res.Trap != "" {
				t.Fatal(err, res)
			}
			a, err := claim(t, p, tr, view)
			if err != nil {
				t.Fatal(err)
			}
			grown += a.Used.Grown
			t.Logf("%d WASM instructions, %d rows of ROM blocks, pages grown %d, cells there %d", tr.WasmInstructions, a.Used.RomS, a.Used.Grow, a.Used.Grown)
		})
	}
	if grown == 0 {
		t.Error("no module used memory that had grown")
	}
}
