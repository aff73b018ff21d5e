package compilers_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"vmhost/examples/wasm/compilers"
)

// TestSums notices when sources or modules were changed and build.sh not run.
func TestSums(t *testing.T) {
	want, err := os.ReadFile("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	for _, glob := range []string{"build.sh", "src/*", "../moving-average/moving-average.c", "../moving-average/moving-average.ts", "wasm/*"} {
		files, err := filepath.Glob(glob)
		if err != nil || len(files) == 0 {
			t.Fatal(glob, err)
		}
		for _, f := range files {
			content, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&got, "%x  %s\n", sha256.Sum256(content), filepath.ToSlash(f))
		}
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("sources, build.sh or modules have changed: run build.sh")
	}
}

func TestAll(t *testing.T) {
	all, err := compilers.All()
	if err != nil {
		t.Fatal(err)
	}
	languages, succeed := map[string]int{}, 0
	for _, m := range all {
		languages[m.Compiler[:2]]++
		if m.Reference(m.Jobs[0]).Trap != "" {
			t.Errorf("%s.%s: the first job is not an ordinary one", m.Program, m.Compiler)
		}
	}
	for _, j := range all[0].Jobs {
		if all[0].Reference(j).Trap == "" {
			succeed++
		}
	}
	if languages["c-"] != 12 || languages["as"] != 6 || languages["rs"] != 12 || succeed != 6 {
		t.Errorf("modules %v, %d jobs of %s succeed", languages, succeed, all[0].Program)
	}
}
