package hostlib_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/hostlib"
)

func TestValid(t *testing.T) {
	m, err := wasm.Decode(hostlib.WASM)
	if err != nil {
		t.Fatal(err)
	}
	if err := wasm.Validate(m); err != nil {
		t.Fatal(err)
	}
	for _, im := range m.Imports {
		if im.Module != "zk" || im.Kind != wasm.ExternFunc {
			t.Errorf("import %q %q", im.Module, im.Name)
		}
	}
	if len(m.Code) != len(m.Exports)-boolToInt(hasMemory(m)) {
		t.Errorf("%d functions, %d exports: all must be reached through their name", len(m.Code), len(m.Exports))
	}
}

func hasMemory(m *wasm.Module) bool {
	e, ok := m.Export("memory")
	return ok && e.Kind == wasm.ExternMemory
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestRebuild compiles the source by the command of hostlib.go, where that
// compiler is there, and compares.
func TestRebuild(t *testing.T) {
	if _, err := exec.LookPath("clang-19"); err != nil {
		t.Skip("no clang-19")
	}
	src, err := os.ReadFile("hostlib.go")
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(src), "//	clang-19 ")
	line, _, _ = strings.Cut(line, "//\n")
	args := strings.Fields(strings.NewReplacer("\\", " ", "//", " ").Replace(line))
	out := filepath.Join(t.TempDir(), "out.wasm")
	for i, a := range args {
		if a == "hostlib.wasm" {
			args[i] = out
		}
	}
	if msg, err := exec.Command("clang-19", args...).CombinedOutput(); err != nil {
		t.Skipf("clang-19 cannot link WASM here: %v\n%s", err, msg)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, hostlib.WASM) {
		t.Error("hostlib.wasm is not what src/hostlib.c compiles to")
	}
}
