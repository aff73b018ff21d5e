package circuit

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/internal/difftest"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

// proveNatively lays out the run of a module in a shape of its own size and has
// the whole circuit check it; it says whether there was anything to prove.
func proveNatively(t *testing.T, name string, module []byte, fuel uint64) bool {
	t.Helper()
	p, err := lower.Lower(module)
	if err != nil {
		return false // not provable: other tests say why
	}
	tr, res, err := trace.Run(t.Context(), p, trace.Input{Input: []byte("random"), Limits: trace.Limits{Fuel: fuel}})
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return false
	}
	if res.Trap != "" || len(p.Blocks) > 2000 {
		return false
	}
	if _, err := claim(t, p, tr, noState{}); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return true
}

// TestGenerated proves random modules as far as the circuit goes.
func TestGenerated(t *testing.T) {
	proven := 0
	for seed := range uint64(60) {
		if proveNatively(t, "seed", difftest.Generate(seed), 3000) {
			proven++
		}
	}
	if t.Logf("%d of 60 modules", proven); proven < 20 {
		t.Errorf("only %d of 60 modules were proven", proven)
	}
}

// TestSpecPrograms proves a sample of the specification's test suite.
func TestSpecPrograms(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/tetratelabs/wazero").Output()
	if err != nil {
		t.Skipf("specification suite: go list: %v", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "internal/integration_test/spectest/v2/testdata")
	asked, proven := 0, 0
	for _, name := range []string{
		"address", "block", "br_table", "bulk", "call_indirect", "endianness", "fac", "if", "int_exprs", "left-to-right", "loop",
		"memory_copy", "memory_fill", "memory_grow", "memory_init", "memory_redundancy", "memory_size", "nop", "select", "stack", "switch", "unwind",
	} {
		cases, err := difftest.SpecCases(filepath.Join(dir, name+".json"), difftest.SpecSkips{})
		if err != nil {
			t.Skipf("specification suite: %v", err)
		}
		taken := 0
		for _, c := range cases {
			if c.Trap == "" && taken < 3 && proveNatively(t, c.Name, c.Module, 20_000) {
				taken++
				asked += c.Checks
			}
		}
		proven += taken
	}
	if t.Logf("%d modules with %d assertions", proven, asked); proven < 20 {
		t.Errorf("only %d modules were proven", proven)
	}
}
