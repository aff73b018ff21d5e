package jobs_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
)

func TestModules(t *testing.T) {
	dir := t.TempDir()
	open := func() (*jobs.Modules, error) {
		return jobs.OpenModules(t.Context(), dir, jobstest.Inspector{}, jobs.ModulesOptions{MaxBytes: 100, MaxCount: 3})
	}
	m, err := open()
	if err != nil {
		t.Fatal(err)
	}
	a, err := m.Put(t.Context(), jobstest.Wasm("a"), "first")
	if err != nil || !a.Provable || a.Program.IsZero() || a.Reasons == nil {
		t.Fatalf("%+v %v", a, err)
	}
	if again, err := m.Put(t.Context(), jobstest.Wasm("a"), "second"); err != nil || again.Name != "first" {
		t.Fatalf("%+v %v", again, err)
	}
	u, err := m.Put(t.Context(), jobstest.Wasm("unprovable"), "")
	if err != nil || u.Provable || len(u.Reasons) != 1 {
		t.Fatalf("%+v %v", u, err)
	}
	for name, c := range map[string]struct {
		wasm []byte
		name string
		want error
	}{
		"empty":     {nil, "", jobs.ErrInvalidModule},
		"too large": {bytes.Repeat([]byte{0}, 101), "", jobs.ErrInvalidModule},
		"not wasm":  {[]byte("#!/bin/sh"), "", jobs.ErrInvalidModule},
		"long name": {jobstest.Wasm("b"), strings.Repeat("n", 129), jobs.ErrInvalidInput},
	} {
		if _, err := m.Put(t.Context(), c.wasm, c.name); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := m.Put(t.Context(), jobstest.Wasm("c"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Put(t.Context(), jobstest.Wasm("d"), ""); !errors.Is(err, jobs.ErrQueueFull) {
		t.Fatal("over the count:", err)
	}
	m, err = open()
	if err != nil || len(m.List()) != 3 {
		t.Fatal(m, err)
	}
	for _, id := range []jobs.Hash{a.Hash, a.Program} {
		if got, ok := m.Get(id); !ok || got.Name != "first" || !bytes.Equal(got.Wasm, jobstest.Wasm("a")) {
			t.Fatalf("%s: %+v", id, got)
		}
	}
	if _, ok := m.Get(jobs.Hash{}); ok {
		t.Fatal("the zero id finds an unprovable module")
	}
	path := filepath.Join(dir, a.Hash.String()[2:]+".wasm")
	if err := os.WriteFile(path, jobstest.Wasm("evil"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := open(); !errors.Is(err, jobs.ErrCorrupt) {
		t.Fatal("other bytes under the name:", err)
	}
}

func TestContentKey(t *testing.T) {
	base := func() (uint64, jobs.Hash, []byte, jobs.Block, uint32, jobs.Limits, bool) {
		return 1, jobs.Hash{1}, []byte("in"), jobstest.BlockOf(1, "", jobs.Hash{}), 1, jobs.Limits{Fuel: 5}, true
	}
	seen := map[jobs.Hash]string{}
	for _, change := range []string{"none", "chain", "program", "input", "block", "commitment", "abi", "limits", "prove"} {
		chain, program, input, b, abi, l, prove := base()
		switch change {
		case "chain":
			chain++
		case "program":
			program[31]++
		case "input":
			input = []byte("im")
		case "block":
			b.Hash[0]++
		case "commitment":
			b.Commitment[0]++
		case "abi":
			abi++
		case "limits":
			l.Fuel++
		case "prove":
			prove = false
		}
		k := jobs.ContentKey(chain, program, input, b, abi, l, prove)
		if other, ok := seen[k]; ok {
			t.Errorf("changing %s gives the key of %s", change, other)
		}
		seen[k] = change
	}
}

func TestHexForms(t *testing.T) {
	for _, s := range []string{"", "0x", "0X1", "0x01", "0x+1", "0x-1", "0xg", "1", "0x10000000000000000", "0x 1"} {
		var q jobs.Quantity
		if err := q.UnmarshalText([]byte(s)); !errors.Is(err, jobs.ErrInvalidInput) {
			t.Errorf("quantity %q: %v", s, err)
		}
	}
	for s, want := range map[string]jobs.Quantity{"0x0": 0, "0xff": 255, "0xffffffffffffffff": 1<<64 - 1} {
		var q jobs.Quantity
		if err := q.UnmarshalText([]byte(s)); err != nil || q != want {
			t.Errorf("quantity %q: %d %v", s, q, err)
		}
	}
	for _, s := range []string{"", "0x", "00", "0x" + strings.Repeat("0", 63), "0x" + strings.Repeat("0", 66), "0x" + strings.Repeat("z", 64)} {
		if _, err := jobs.ParseHash(s); !errors.Is(err, jobs.ErrInvalidInput) {
			t.Errorf("hash %q: %v", s, err)
		}
	}
}
