package proofs

import (
	"slices"
	"testing"
	"time"

	"vmhost/internal/wasm/wasmtest"
	"vmhost/proofs/zkwasm/circuit"
	"vmhost/statecache"
)

// TestAgesRead finds what a run reads of the past, and proves from a snapshot
// that has no more than that.
func TestAgesRead(t *testing.T) {
	c, err := statecache.New(statecache.Options{ChainID: 31337})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Define(statecache.Collection{Name: "a", Items: []statecache.Item{{Slot: [32]byte{1}}}}); err != nil {
		t.Fatal(err)
	}
	var head statecache.BlockRef
	for n := range uint64(6) {
		h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: 10 + n, Hash: [32]byte{1, byte(n)}}, Parent: head.Hash}
		if _, err := c.Apply(h, []statecache.Change{{Collection: "a", Value: [32]byte{31: byte(n)}}}); err != nil {
			t.Fatal(err)
		}
		head = h.Ref
	}
	v, err := c.View(head, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	read := func(age string) string {
		return "i32.const " + age + " i32.const 1 i32.const 0 i32.const 0 call $state_read_at i32.const 0 i32.const 1 call $journal_write "
	}
	m := wasmtest.New().Import("vm", "state_read_at", "i32 i32 i32 i32 ->").Import("vm", "journal_write", "i32 i32 ->").Memory(1, 1).
		Define("run", "->", "", read("3")+read("0")+read("1")+read("3")).Bytes()
	j := Job{Module: m, State: v}
	ages, err := AgesRead(t.Context(), j)
	if err != nil || !slices.Equal(ages, []uint64{1, 3}) {
		t.Fatal(ages, err)
	}
	s, err := v.Snapshot(ages...)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	l, err := lowerModule(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, view := range []*statecache.View{v, w} {
		j.State = view
		tr, run, err := execute(t.Context(), l, j, false)
		if err != nil || run.Trap != "" || string(run.Journal) != "\x02\x05\x04\x02" {
			t.Fatal(err, run)
		}
		if _, err := circuit.Measure(l.program, tr, view); err != nil {
			t.Error(err)
		}
	}
	// What a snapshot does not hold is a trap, and no age to send.
	j.Module = wasmtest.New().Import("vm", "state_read_at", "i32 i32 i32 i32 ->").Import("vm", "journal_write", "i32 i32 ->").Memory(1, 1).
		Define("run", "->", "", read("2")).Bytes()
	if ages, err := AgesRead(t.Context(), j); err != nil || len(ages) > 0 {
		t.Error(ages, err)
	}
}
