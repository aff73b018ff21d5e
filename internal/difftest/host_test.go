package difftest_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"golang.org/x/crypto/sha3"

	"vmhost/internal/difftest"
	"vmhost/internal/vmabi"
	"vmhost/internal/wasm/wasmtest"
	vmruntime "vmhost/runtime"
	"vmhost/statecache"
)

// chain is a view of block 24, of which blocks 20 to 23 are retained; the
// collection "pool" has two items, and three from block 22 on.
func chain(t *testing.T) *statecache.View {
	t.Helper()
	c, err := statecache.New(statecache.Options{ChainID: 1337, UnsafeAnySlots: true})
	if err != nil {
		t.Fatal(err)
	}
	item := func(i byte) statecache.Item {
		return statecache.Item{Address: [20]byte{7, 19: i}, Slot: [32]byte{i, 31: 9}, Key: [32]byte{3, 31: i}}
	}
	if err := c.Define(statecache.Collection{Name: "pool", Items: []statecache.Item{item(0), {Kind: statecache.KindBalance, Address: [20]byte{1, 2}}}}); err != nil {
		t.Fatal(err)
	}
	var head statecache.BlockRef
	for n := uint64(20); n <= 24; n++ {
		if n == 22 {
			if err := c.Extend("pool", []statecache.Item{item(5)}); err != nil {
				t.Fatal(err)
			}
		}
		var changes []statecache.Change
		for i := range uint32(2 + n/22) {
			changes = append(changes, statecache.Change{Collection: "pool", Index: i, Value: [32]byte{1, 30: byte(n), 31: byte(i)}})
		}
		h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: n, Hash: [32]byte{1, byte(n)}}, Parent: head.Hash}
		if _, err := c.Apply(h, changes); err != nil {
			t.Fatal(err)
		}
		head = h.Ref
	}
	v, err := c.View(head, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// guest is a module of one page that imports the host functions of this test.
func guest(body string) []byte {
	b := wasmtest.New()
	for name, typ := range map[string]string{
		"journal_write": "i32 i32 ->", "input_read": "i32 i32 i32 -> i32", "state_read_at": "i32 i32 i32 i32 ->",
		"item": "i32 i32 i32 ->", "manifest": "i32 i32 ->", "keccak256": "i32 i32 i32 ->",
	} {
		b.Import("vm", name, typ)
	}
	return b.Memory(1, 1).Define("run", "->", "i32", body).Bytes()
}

// TestHostCalls compares the host functions that answer from the items and from
// earlier blocks, and keccak256, on all engines: results and traps.
func TestHostCalls(t *testing.T) {
	c, err := difftest.New()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	v := chain(t)
	write := func(at, n int) string { return fmt.Sprintf(" i32.const %d i32.const %d call $journal_write ", at, n) }
	at := func(age, handle, index, dst int) string {
		return fmt.Sprintf(" i32.const %d i32.const %d i32.const %d i32.const %d call $state_read_at ", age, handle, index, dst)
	}
	item := func(handle, index, dst int) string {
		return fmt.Sprintf(" i32.const %d i32.const %d i32.const %d call $item ", handle, index, dst)
	}
	manifest := func(handle, dst int) string {
		return fmt.Sprintf(" i32.const %d i32.const %d call $manifest ", handle, dst)
	}
	hash := func(ptr, n, dst int) string {
		return fmt.Sprintf(" i32.const %d i32.const %d i32.const %d call $keccak256 ", ptr, n, dst)
	}
	value := func(n, i byte) []byte { return slices.Concat([]byte{i, n}, make([]byte, 29), []byte{1}) }
	it, _ := v.Item(1, 2)
	kind, _ := v.Item(1, 1)
	root, _ := v.ItemsRoot(1)
	bytesOf := func(it statecache.Item) []byte {
		return slices.Concat([]byte{byte(it.Kind)}, it.Address[:], it.Slot[:], it.Key[:])
	}
	for _, test := range []struct {
		name, body string
		journal    []byte
		trap       vmabi.Trap
	}{
		{"age 0", at(0, 1, 1, 5) + write(5, 32), value(24, 1), ""},
		{"age 1", at(1, 1, 2, 0) + write(0, 32), value(23, 2), ""},
		{"age 4", at(4, 1, 0, 65504) + write(65504, 32), value(20, 0), ""},
		{"every age", "loop local.get 0 i32.const 1 i32.const 1 i32.const 64 call $state_read_at i32.const 65 i32.const 1 call $journal_write " +
			"local.get 0 i32.const 1 i32.add local.tee 0 i32.const 5 i32.lt_u br_if 0 end", []byte{24, 23, 22, 21, 20}, ""},
		{"header of age 3", at(3, 0, 0, 0) + write(0, 2), []byte{21, 0}, ""},
		{"age 5", at(5, 1, 0, 0), nil, vmabi.TrapAgeOutOfRange},
		{"age above the height", at(25, 1, 0, 0), nil, vmabi.TrapAgeOutOfRange},
		{"age of 2^32-1", at(-1, 1, 0, 0), nil, vmabi.TrapAgeOutOfRange},
		{"item that was not there", at(3, 1, 2, 0), nil, vmabi.TrapNotCached},
		{"handle before age", at(9, 2, 0, 0), nil, vmabi.TrapInvalidHandle},
		{"handle of 2^32-1", at(1, -1, 0, 0), nil, vmabi.TrapInvalidHandle},
		{"index before age", at(9, 1, 3, 0), nil, vmabi.TrapIndexOutOfRange},
		{"bounds before handle", at(9, 2, 9, 65505), nil, vmabi.TrapOutOfBounds},
		{"item", item(1, 2, 3) + write(3, 85), bytesOf(it), ""},
		{"item of a balance", item(1, 1, 65451) + write(65451, 85), bytesOf(kind), ""},
		{"item of the header", item(0, 4, 0) + write(0, 1), []byte{byte(statecache.KindHeader)}, ""},
		{"item: index", item(1, 3, 0), nil, vmabi.TrapIndexOutOfRange},
		{"item: handle", item(2, 3, 0), nil, vmabi.TrapInvalidHandle},
		{"item: bounds", item(2, 3, 65452), nil, vmabi.TrapOutOfBounds},
		{"manifest", manifest(1, 7) + write(7, 32), root[:], ""},
		{"manifest: handle", manifest(2, 0), nil, vmabi.TrapInvalidHandle},
		{"manifest: bounds", manifest(2, 65505), nil, vmabi.TrapOutOfBounds},
		{"hash in place", item(1, 2, 3) + hash(3, 85, 3) + write(3, 32), keccak(bytesOf(it)), ""},
		{"hash over its end", item(1, 2, 3) + hash(3, 85, 70) + write(70, 32), keccak(bytesOf(it)), ""},
		{"hash of nothing at the end", hash(65536, 0, 0) + write(0, 32), keccak(nil), ""},
		{"hash of all memory", hash(0, 65536, 0) + write(0, 32), keccak(make([]byte, 65536)), ""},
		{"hash of a hash", hash(0, 3, 0) + hash(0, 32, 0) + write(0, 32), keccak(keccak(make([]byte, 3))), ""},
		{"hash: bounds", hash(65530, 7, 0), nil, vmabi.TrapOutOfBounds},
		{"hash: length of 2^32-1", hash(1, -1, 0), nil, vmabi.TrapOutOfBounds},
		{"hash: bounds of the result", hash(0, 7, 65505), nil, vmabi.TrapOutOfBounds},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, err := c.Compare(t.Context(), guest(test.body), vmruntime.RunInput{State: v})
			if err != nil {
				t.Fatal(err)
			}
			if !out.Traced || out.Result.Trap != test.trap || !bytes.Equal(out.Result.Journal, test.journal) {
				t.Errorf("traced %t, trap %q, journal %x, want %x", out.Traced, out.Result.Trap, out.Result.Journal, test.journal)
			}
		})
	}
}

func keccak(b []byte) []byte {
	h := sha3.NewLegacyKeccak256()
	h.Write(b)
	return h.Sum(nil)
}

// TestKeccakLengths hashes inputs of every length up to three blocks, at
// addresses of every alignment.
func TestKeccakLengths(t *testing.T) {
	c, err := difftest.New()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	m := guest(`i32.const 0 i32.const 0 i32.const 4 call $input_read drop
		i32.const 0 i32.load 0 i32.const 7 i32.and i32.const 1000 i32.add local.tee 0
		i32.const 4 i32.const 0 i32.load 0 call $input_read drop
		local.get 0 i32.const 0 i32.load 0 i32.const 500 call $keccak256 i32.const 500 i32.const 32 call $journal_write`)
	for n := range 410 {
		if n > 140 && n%136 > 3 && n%136 < 132 && n%17 != 0 {
			continue
		}
		msg := make([]byte, n)
		for i := range msg {
			msg[i] = byte(i*i + n)
		}
		in := slices.Concat(binary.LittleEndian.AppendUint32(nil, uint32(n)), msg)
		out, err := c.Compare(t.Context(), m, vmruntime.RunInput{Input: in})
		if err != nil {
			t.Fatal(n, err)
		}
		if !out.Traced || out.Result.Trap != "" || !bytes.Equal(out.Result.Journal, keccak(msg)) {
			t.Fatalf("%d bytes: trap %q, %x", n, out.Result.Trap, out.Result.Journal)
		}
	}
}
