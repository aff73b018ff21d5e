package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCeremonyCommands walks what needs no contribution; contributions to a
// real class take minutes and are tested on a small circuit in proofs.
func TestCeremonyCommands(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "c")
	for _, line := range []string{
		"init --class tiny", "init --dir " + dir, "contribute", "status", "verify",
		"seal --dir " + dir, "finalize --beacon xyz --dir " + dir, "status --dir " + dir,
	} {
		if msg := want(t, 2, nil, strings.Fields("keys ceremony "+line)...); !strings.HasPrefix(msg, "vmhost: ") {
			t.Errorf("%s: %q", line, msg)
		}
	}
	var status struct {
		Circuit struct {
			Shape  string
			Domain int
		}
	}
	want(t, 0, &status, "keys", "ceremony", "init", "--class", "tiny", "--dir", dir, "--json")
	if status.Circuit.Shape != "tiny" || status.Circuit.Domain != 1<<16 {
		t.Errorf("init says %+v", status)
	}
	beacon := strings.Repeat("ab", 16)
	for _, line := range []string{"init --class tiny", "seal --beacon " + beacon, "finalize --beacon " + beacon, "verify --store"} {
		if msg := want(t, 2, nil, strings.Fields("keys ceremony --dir "+dir+" "+line)...); !strings.Contains(msg, "phase") {
			t.Errorf("%s out of order: %q", line, msg)
		}
	}
	if out := want(t, 0, nil, "keys", "ceremony", "verify", "--dir", dir); !strings.Contains(out, "first half is open") {
		t.Errorf("verify prints %q", out)
	}
	if err := os.WriteFile(filepath.Join(dir, "ceremony.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, 2, nil, "keys", "ceremony", "status", "--dir", dir)
}

func TestVerifyPinsFile(t *testing.T) {
	want(t, 2, nil, "verify", "x.json", "--pins", writeTemp(t, "pins.json", []byte("{}")))
}
