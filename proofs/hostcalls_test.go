package proofs

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"golang.org/x/crypto/sha3"

	"vmhost/internal/wasm/wasmtest"
	"vmhost/statecache"
)

// Real proofs of the host functions with chips of their own: keccak256, and
// reads of an earlier block, an item and a manifest, from a snapshot.
func TestHostCallsProve(t *testing.T) {
	if testing.Short() {
		t.Skip("two proofs of class s")
	}
	c, err := statecache.New(statecache.Options{ChainID: 31337, UnsafeAnySlots: true})
	if err != nil {
		t.Fatal(err)
	}
	item := statecache.Item{Address: [20]byte{5, 19: 6}, Slot: [32]byte{1, 31: 2}, Key: [32]byte{3, 31: 4}}
	if err := c.Define(statecache.Collection{Name: "a", Items: []statecache.Item{item}}); err != nil {
		t.Fatal(err)
	}
	var head statecache.BlockRef
	for n := range uint64(4) {
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
	s, err := v.Snapshot(2)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	root, _ := v.ItemsRoot(1)
	h := sha3.NewLegacyKeccak256()
	h.Write(make([]byte, 64))
	m := machine(t)
	module := func(body string) []byte {
		return wasmtest.New().Import("vm", "journal_write", "i32 i32 ->").Import("vm", "state_read_at", "i32 i32 i32 i32 ->").
			Import("vm", "item", "i32 i32 i32 ->").Import("vm", "manifest", "i32 i32 ->").Import("vm", "keccak256", "i32 i32 i32 ->").
			Memory(1, 1).Define("run", "->", "", body).Bytes()
	}
	for _, test := range []struct {
		body    string
		journal []byte
	}{
		{"i32.const 0 i32.const 64 i32.const 64 call $keccak256 i32.const 64 i32.const 32 call $journal_write", h.Sum(nil)},
		{
			"i32.const 2 i32.const 1 i32.const 0 i32.const 0 call $state_read_at i32.const 1 i32.const 0 i32.const 32 call $item " +
				"i32.const 1 i32.const 120 call $manifest i32.const 0 i32.const 152 call $journal_write",
			slices.Concat([]byte{1}, make([]byte, 31), []byte{0}, item.Address[:], item.Slot[:], item.Key[:], []byte{0, 0, 0}, root[:]),
		},
	} {
		f, err := m.Prove(t.Context(), Job{Module: module(test.body), State: w, Block: Block{ChainID: 31337, Number: head.Number, Hash: head.Hash}})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(f.Claim.Journal, test.journal) {
			t.Errorf("journal %x, want %x", f.Claim.Journal, test.journal)
		}
		checkFile(t, m, f, test.journal)
		t.Logf("%s: %d constraints used of %d, %.1f s", f.Shape, f.Stats.UsedConstraints, f.Stats.Constraints, f.Stats.Seconds)
	}
}
