package circuit

import (
	"slices"
	"testing"

	"vmhost/examples/wasm/compilers"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

// TestCompilersFit: the built-in shapes have room for what compilers emit on
// their first job, unoptimised programs with a runtime excepted.
func TestCompilersFit(t *testing.T) {
	all, err := compilers.All()
	if err != nil {
		t.Fatal(err)
	}
	large := []string{"median.as-default", "median.rs-O0"}
	for _, m := range all {
		name := m.Program + "." + m.Compiler
		view, err := m.Jobs[0].View()
		if err != nil {
			t.Fatal(err)
		}
		p, err := lower.Lower(m.Wasm)
		if err != nil {
			t.Fatal(err)
		}
		tr, _, err := trace.Run(t.Context(), p, trace.Input{State: view, Input: m.Jobs[0].Input})
		if err != nil {
			t.Fatal(err)
		}
		fits, why := "", error(nil)
		for _, sh := range Shapes() {
			if _, why = Assign(sh, p, tr, view); why == nil {
				fits = sh.Name
				break
			}
		}
		if t.Logf("%s: %s", name, fits); (fits == "") != slices.Contains(large, name) {
			t.Errorf("%s: %s, last %v", name, fits, why)
		}
	}
}
