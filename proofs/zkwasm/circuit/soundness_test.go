package circuit

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// constraintLabels are the labels of a shape with every chip.
func constraintLabels(t *testing.T) map[string]bool {
	t.Helper()
	sh := Shape{Name: "everything"}
	for i, v := 0, reflect.ValueOf(&sh).Elem(); i < v.NumField(); i++ {
		if f := v.Field(i); f.Kind() == reflect.Int {
			f.SetInt(2)
		}
	}
	b := &builder{nat: newNative()}
	pub := make([]V, NumPublic)
	for i := range pub {
		pub[i] = 0
	}
	if b.define(sh, nativeColumns(make(fr.Vector, sh.Columns())), pub); b.err != nil {
		t.Fatal(b.err)
	}
	return b.nat.labels
}

// testSources are the test files of the repository, by folder.
func testSources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	root := filepath.Join("..", "..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		b, err := os.ReadFile(path)
		out[filepath.Dir(path)] += string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// findings are the ids of the rows that the tables of SOUNDNESS.md must have:
// the reviews' findings, then their negative tests.
func findings() (ids []string) {
	for _, list := range []struct {
		prefix string
		n      int
	}{{"C", 14}, {"R", 6}, {"H", 8}, {"M", 7}, {"L", 2}, {"S", 10}, {"T", 8}, {"U", 5}, {"", 38}} {
		for i := range list.n {
			ids = append(ids, fmt.Sprint(list.prefix, i+1))
		}
	}
	return ids
}

var (
	tableRow  = regexp.MustCompile(`(?m)^\| ([A-Z]?\d+) \|.*$`)
	testName  = regexp.MustCompile("`((?:Test|Fuzz)\\w+)`((?: \"[^\"]+\")*)")
	caseName  = regexp.MustCompile(`"[^"]+"`)
	labelName = regexp.MustCompile("`([a-z]+[0-9]*\\.[a-z][a-z0-9-]*)`")
)

// TestFindingsAreAnswered: SOUNDNESS.md has a row for each finding and each
// negative test of the reviews. A row names a test, or says that there is none;
// tests, their cases and constraints that it names exist.
func TestFindingsAreAnswered(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "SOUNDNESS.md"))
	if err != nil {
		t.Fatal(err)
	}
	labels, sources := constraintLabels(t), testSources(t)
	var met []string
	for _, m := range tableRow.FindAllStringSubmatch(string(text), -1) {
		row, id := m[0], m[1]
		met = append(met, id)
		tests := testName.FindAllStringSubmatch(row, -1)
		if len(tests) == 0 && !strings.Contains(row, "No test") && !strings.Contains(row, "Not built") {
			t.Errorf("%s: neither a test nor the word that there is none", id)
		}
		for _, name := range tests {
			if !hasTest(sources, name[1], caseName.FindAllString(name[2], -1)) {
				t.Errorf("%s: no test %s with %s", id, name[1], name[2])
			}
		}
		for _, l := range labelName.FindAllStringSubmatch(row, -1) {
			if _, ok := labels[l[1]]; !ok {
				t.Errorf("%s: no constraint %s", id, l[1])
			}
		}
	}
	if want := findings(); !slices.Equal(met, want) {
		t.Errorf("rows %v, want %v", met, want)
	}
}

// hasTest looks for a test, and for literals of its cases in its folder.
func hasTest(sources map[string]string, name string, cases []string) bool {
	for _, src := range sources {
		if strings.Contains(src, "\nfunc "+name+"(") && !slices.ContainsFunc(cases, func(c string) bool { return !strings.Contains(src, c) }) {
			return true
		}
	}
	return false
}
