package kernels_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"vmhost/proofs/zkwasm/kernels"
)

// TestSums checks that sources, recipe and modules are those of one build: no
// compiler is needed to see that one of them was changed alone.
func TestSums(t *testing.T) {
	want, err := os.ReadFile("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	files := []string{"build.sh"}
	for _, glob := range []string{"src/*", "wasm/*"} {
		more, err := filepath.Glob(glob)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	var got bytes.Buffer
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%x  %s\n", sha256.Sum256(content), filepath.ToSlash(f))
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("sources, build.sh or modules have changed: run build.sh")
	}
}

func TestAll(t *testing.T) {
	all, err := kernels.All()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, k := range all {
		if names[k.Name] || !bytes.HasPrefix(k.Module, []byte("\x00asm")) {
			t.Errorf("%s is no module, or there twice", k.Name)
		}
		names[k.Name] = true
	}
	if len(names) != 24 {
		t.Errorf("%d kernels", len(names))
	}
}
