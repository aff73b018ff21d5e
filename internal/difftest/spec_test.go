package difftest_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/internal/difftest"
	"vmhost/internal/vmabi"
	vmruntime "vmhost/runtime"
)

// specFolder returns the specification's test suite 1.0 or 2.0 in wazero's
// module zip.
func specFolder(t *testing.T, version string) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/tetratelabs/wazero").Output()
	if err != nil {
		t.Skipf("specification suite: go list: %v", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "internal/integration_test/spectest", version, "testdata")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("specification suite: %v", err)
	}
	return dir
}

// specTrap says whether the suite's text means our trap.
func specTrap(text string, trap vmabi.Trap) bool {
	switch text {
	case "indirect call":
		return trap == vmabi.TrapIndirectType
	case "undefined", "out of bounds table access":
		return trap == vmabi.TrapUndefinedElement
	case "call stack exhausted":
		return trap == vmabi.TrapCallStack
	}
	if strings.HasPrefix(text, "uninitialized") {
		return trap == vmabi.TrapUndefinedElement
	}
	return text == string(trap)
}

// TestSpecSuite runs the suite's calls on every engine.
func TestSpecSuite(t *testing.T) {
	for version, least := range map[string][2]int{"v1": {3484, 2366}, "v2": {9081, 7987}} {
		t.Run(version, func(t *testing.T) {
			specSuite(t, specFolder(t, version), least[0], least[1])
		})
	}
}

// specSuite demands that so many assertions hold, and hold on the tracer too. The
// others need floats, references or vectors.
func specSuite(t *testing.T, dir string, wantPassed, wantTraced int) {
	t.Helper()
	c := newComparer(t)
	files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
	skips, refused, unprovable := difftest.SpecSkips{}, map[string]int{}, map[string]int{}
	passed, traced := 0, 0
	for _, f := range files {
		cases, err := difftest.SpecCases(f, skips)
		if err != nil {
			t.Fatal(err)
		}
		for _, sc := range cases {
			out, err := c.Compare(t.Context(), sc.Module, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: 30_000_000}})
			switch {
			case errors.Is(err, difftest.ErrDisagree):
				t.Errorf("%s: %v", sc.Name, err)
				continue
			case err != nil:
				refused[err.Error()[:min(40, len(err.Error()))]] += sc.Checks
				continue
			case sc.Name == "memory_grow.json:36" && out.Result.Trap == vmabi.TrapRunNonZero:
				refused["grows beyond the memory limit"] += sc.Checks
				continue
			case !specTrap(sc.Trap, out.Result.Trap):
				t.Errorf("%s: trap %q (%s), want %q", sc.Name, out.Result.Trap, out.Result.Detail, sc.Trap)
				continue
			}
			passed += sc.Checks
			if out.Traced {
				traced += sc.Checks
			} else {
				reason, _, _ := strings.Cut(strings.TrimPrefix(out.NotProvable.Error(), "not provable: "), ":")
				unprovable[reason] += sc.Checks
			}
		}
	}
	t.Logf("%d assertions passed, %d of them on the tracer too; not provable %v; refused %v; left out %v", passed, traced, unprovable, refused, skips)
	if passed != wantPassed || traced != wantTraced {
		t.Errorf("%d assertions passed, %d traced, want %d and %d", passed, traced, wantPassed, wantTraced)
	}
}
