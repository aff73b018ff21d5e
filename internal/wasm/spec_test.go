package wasm_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/internal/wasm"
)

// specFolder returns a folder of the WebAssembly specification's test suite
// (wg-1.0 or wg-2.0) as shipped in wazero's module zip.
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

type specCommand struct {
	Type       string `json:"type"`
	Line       int    `json:"line"`
	Filename   string `json:"filename"`
	ModuleType string `json:"module_type"`
	Text       string `json:"text"`
}

// laterRules are tests of 1.0 that later versions, which we follow, accept.
func laterRules(c specCommand) bool {
	return strings.Contains(c.Text, "zero flag expected") || // became the table and memory index
		strings.Contains(c.Text, "invalid result arity") || // became multi-value
		c.Filename == "unreached-invalid.87.wasm" // br_table over f32 and f64 labels in dead code
}

func TestSpecSuite(t *testing.T) {
	for _, version := range []string{"v1", "v2"} {
		dir := specFolder(t, version)
		files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
		count := map[string]int{}
		for _, f := range files {
			specFile(t, dir, f, version, count)
		}
		t.Logf("%s: %v", version, count)
		if count["module"] < 700 || count["assert_invalid"] < 500 || count["assert_malformed"] < 100 {
			t.Errorf("%s: too few tests ran: %v", version, count)
		}
	}
}

func specFile(t *testing.T, dir, file, version string, count map[string]int) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var suite struct {
		Commands []specCommand `json:"commands"`
	}
	if err := json.Unmarshal(raw, &suite); err != nil {
		t.Fatal(err)
	}
	for _, c := range suite.Commands {
		if c.Filename == "" || c.ModuleType == "text" {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, c.Filename))
		if err != nil {
			t.Fatal(err)
		}
		m, err := wasm.Decode(b)
		if err == nil {
			err = wasm.Validate(m)
		}
		name := version + " " + filepath.Base(file) + " " + c.Filename
		switch {
		case errors.Is(err, wasm.ErrUnsupported):
			count["unsupported "+c.Type]++
			continue
		case c.Type == "assert_invalid" || c.Type == "assert_malformed":
			if err == nil && !(version == "v1" && laterRules(c)) {
				t.Errorf("%s line %d: accepted, want %q", name, c.Line, c.Text)
			}
		case err != nil: // module, assert_unlinkable, assert_uninstantiable, assert_trap
			t.Errorf("%s line %d: %v", name, c.Line, err)
		default:
			again, err := wasm.Decode(wasm.Encode(m))
			if err == nil {
				err = wasm.Validate(again)
			}
			if err != nil {
				t.Errorf("%s: re-encoded: %v", name, err)
			}
		}
		count[c.Type]++
	}
}
