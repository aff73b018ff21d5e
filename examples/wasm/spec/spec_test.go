package spec_test

import (
	"bytes"
	"testing"

	examples "vmhost/examples/wasm"
	"vmhost/examples/wasm/spec"
	"vmhost/internal/vmabi"
	"vmhost/statecache"
)

// Every job of every example can be turned into a committed view, which
// answers what the job says.
func TestViews(t *testing.T) {
	for _, e := range examples.All() {
		for _, job := range e.Jobs {
			view, err := job.View()
			if err != nil {
				t.Errorf("%s: %v", job.Name, err)
				continue
			}
			number, ok := view.Value(vmabi.HeaderHandle, vmabi.FieldNumber)
			if !ok || number != spec.U64(job.Block) {
				t.Errorf("%s: block %x", job.Name, number)
			}
			for name, values := range job.Collections {
				checkCollection(t, view, name, values)
			}
		}
	}
}

func checkCollection(t *testing.T, view *statecache.View, name string, values []spec.Value) {
	t.Helper()
	handle, ok := view.Find(name)
	if !ok {
		t.Fatalf("%s is missing", name)
	}
	if n, ok := view.Len(handle); !ok || int(n) != len(values) {
		t.Fatalf("%s: length %d of %d", name, n, len(values))
	}
	for i, want := range values {
		if got, ok := view.Value(handle, uint32(i)); !ok || got != want {
			t.Fatalf("%s %d: %x, want %x", name, i, got, want)
		}
	}
	if _, ok := view.Value(handle, uint32(len(values))); ok {
		t.Fatalf("%s answers behind its end", name)
	}
}

func TestViewRefuses(t *testing.T) {
	for name, job := range map[string]spec.Job{
		"name":   {Collections: map[string][]spec.Value{"Pool": nil}},
		"header": {Collections: map[string][]spec.Value{"header": nil}},
		"height": {Block: statecache.MaxHeight + 1},
	} {
		if _, err := job.View(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestU64(t *testing.T) {
	job := spec.Job{Collections: map[string][]spec.Value{"a": {spec.U64(1<<64 - 1), spec.Wide()}}}
	if v, trap := job.U64("a", 0); v != 1<<64-1 || trap != "" {
		t.Error(v, trap)
	}
	for index, want := range map[int]vmabi.Trap{1: vmabi.TrapValueTooWide, 2: vmabi.TrapIndexOutOfRange, -1: vmabi.TrapIndexOutOfRange} {
		if _, trap := job.U64("a", index); trap != want {
			t.Errorf("%d: %q, want %q", index, trap, want)
		}
	}
	if _, trap := job.U64("b", 0); trap != vmabi.TrapUnknownCollection {
		t.Errorf("%q", trap)
	}
	if got := spec.Done(1, 0x0203).Journal; !bytes.Equal(got, []byte{1, 0, 0, 0, 0, 0, 0, 0, 3, 2, 0, 0, 0, 0, 0, 0}) {
		t.Errorf("%x", got)
	}
}
