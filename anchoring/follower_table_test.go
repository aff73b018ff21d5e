package anchoring_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every row of FOLLOWER.md names tests, and they exist.
func TestFollowerTable(t *testing.T) {
	text, err := os.ReadFile("FOLLOWER.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	for _, folder := range []string{".", "follower", "ethrpc", "../wsapi", "../cmd/vmhost", "../cmd/vmhost/internal/host"} {
		files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(b)
		}
	}
	name := regexp.MustCompile("`(Test[A-Za-z0-9]+)`")
	rows := regexp.MustCompile(`(?m)^\| \d+ \|.*$`).FindAllString(string(text), -1)
	if len(rows) != 19 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		tests := name.FindAllStringSubmatch(row, -1)
		if len(tests) == 0 {
			t.Errorf("no test: %s", row)
		}
		for _, m := range tests {
			if !strings.Contains(sources.String(), "\nfunc "+m[1]+"(t *testing.T)") {
				t.Errorf("there is no %s", m[1])
			}
		}
	}
}
