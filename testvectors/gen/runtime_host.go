package main

import (
	"fmt"
	"slices"

	"vmhost/internal/vmabi"
	"vmhost/testvectors/schema"
)

var hostTypes = map[string]string{
	"input_len": "-> i32", "input_read": "i32 i32 i32 -> i32", "journal_write": "i32 i32 ->", "collection": "i32 i32 -> i32",
	"collection_len": "i32 -> i32", "state_u64": "i32 i32 -> i64", "state_read": "i32 i32 i32 ->", "state_read_n": "i32 i32 i32 i32 ->",
	"state_read_at": "i32 i32 i32 i32 ->", "item": "i32 i32 i32 ->", "manifest": "i32 i32 ->", "block": "i32 i32 ->",
	"keccak256": "i32 i32 i32 ->", "log": "i32 i32 ->",
}

// use imports functions beside journal_write.
func use(names ...string) map[string]string {
	m := map[string]string{"journal_write": hostTypes["journal_write"]}
	for _, n := range names {
		m[n] = hostTypes[n]
	}
	return m
}

// Handles of handState, and addresses of names in the module's data.
const (
	hEmpty, hMapping, hKinds, hLong = 1, 2, 3, 4
	kindsAt, mappingAt, upperAt     = 16, 22, 30
	longAt                          = 36
)

func (g *generator) hostCalls() (out []handmade) {
	s := handState()
	add := func(name, fn, body string, journal []byte, trap vmabi.Trap) {
		out = append(out, handmade{name: name, imports: use(fn), body: body, journal: journal, trap: trap})
	}
	ok := func(name, fn, body string, journal []byte) { add(name, fn, body, journal, "") }
	bad := func(name, fn, body string, trap vmabi.Trap) { add(name, fn, body, nil, trap) }

	b := s.Block
	for field, v := range [][]byte{le(u256(uint64(b.Number))), le(u256(uint64(b.Timestamp))), le(b.BaseFee), b.Hash[:], le(u256(uint64(b.GasUsed))), le(b.PrevRandao)} {
		ok(fmt.Sprintf("block field %d", field), "block", fmt.Sprintf("i32.const %d i32.const 0 call $block", field)+write(32), v)
	}
	bad("block field 6", "block", "i32.const 6 i32.const 0 call $block", vmabi.TrapUnknownBlockField)
	bad("block field -1", "block", "i32.const -1 i32.const 0 call $block", vmabi.TrapUnknownBlockField)
	bad("block to the end of memory + 1", "block", "i32.const 0 i32.const 65505 call $block", vmabi.TrapOutOfBounds)
	bad("block: bounds before the field", "block", "i32.const 6 i32.const 65505 call $block", vmabi.TrapOutOfBounds)

	find := func(at, n int) string { return fmt.Sprintf("i32.const %d i32.const %d call $collection", at, n) }
	handle := func(at, n int) string { return "i32.const 0 " + find(at, n) + " i32.store 0" + write(4) }
	ok("collection kinds", "collection", handle(kindsAt, 5), word(hKinds)[:4])
	ok("collection a.b_c-9", "collection", handle(mappingAt, 7), word(hMapping)[:4])
	ok("collection of 31 letters", "collection", handle(longAt, 31), word(hLong)[:4])
	bad("collection: unknown", "collection", find(kindsAt, 4)+" drop", vmabi.TrapUnknownCollection)
	bad("collection: upper case", "collection", find(upperAt, 5)+" drop", vmabi.TrapUnknownCollection)
	bad("collection: empty name", "collection", find(kindsAt, 0)+" drop", vmabi.TrapUnknownCollection)
	bad("collection: 32 letters", "collection", find(longAt, 32)+" drop", vmabi.TrapUnknownCollection)
	bad("collection: name outside", "collection", find(65536, 1)+" drop", vmabi.TrapOutOfBounds)

	length := func(h int) string {
		return fmt.Sprintf("i32.const 0 i32.const %d call $collection_len i32.store 0", h) + write(4)
	}
	for h, n := range []uint64{6, 0, 1, 4, 1} {
		ok(fmt.Sprintf("length of handle %d", h), "collection_len", length(h), word(n)[:4])
	}
	bad("length of handle 5", "collection_len", length(5), vmabi.TrapInvalidHandle)
	bad("length of handle -1", "collection_len", length(-1), vmabi.TrapInvalidHandle)

	u64 := func(h, i int) string {
		return fmt.Sprintf("i32.const 0 i32.const %d i32.const %d call $state_u64 i64.store 0", h, i) + write(8)
	}
	ok("u64 of a slot", "state_u64", u64(hKinds, 0), word(0xdead))
	ok("u64 of 2^64-1", "state_u64", u64(hKinds, 2), word(1<<64-1))
	ok("u64 of the block number", "state_u64", u64(0, 0), word(uint64(b.Number)))
	bad("u64 of 2^64", "state_u64", u64(hKinds, 1), vmabi.TrapValueTooWide)
	bad("u64 of a code hash", "state_u64", u64(hKinds, 3), vmabi.TrapValueTooWide)
	bad("u64: index = length", "state_u64", u64(hKinds, 4), vmabi.TrapIndexOutOfRange)
	bad("u64 of the empty collection", "state_u64", u64(hEmpty, 0), vmabi.TrapIndexOutOfRange)
	bad("u64: handle before index", "state_u64", u64(9, 9), vmabi.TrapInvalidHandle)

	read := func(h, i, dst int) string {
		return fmt.Sprintf("i32.const %d i32.const %d i32.const %d call $state_read", h, i, dst)
	}
	ok("read of a wide value", "state_read", read(hMapping, 0, 0)+write(32), le(*s.Collections[1].Items[0].Value))
	ok("read to an odd address", "state_read", read(hKinds, 0, 3)+" i32.const 3 i32.const 32 call $journal_write", le(*s.Collections[2].Items[0].Value))
	bad("read outside memory", "state_read", read(hKinds, 0, 65505), vmabi.TrapOutOfBounds)
	bad("read: bounds before the handle", "state_read", read(9, 0, 65505), vmabi.TrapOutOfBounds)
	bad("read: index", "state_read", read(hKinds, 4, 0), vmabi.TrapIndexOutOfRange)

	many := func(i, n, dst int) string {
		return fmt.Sprintf("i32.const %d i32.const %d i32.const %d i32.const %d call $state_read_n", hKinds, i, n, dst)
	}
	var all []byte
	for _, it := range s.Collections[2].Items {
		all = append(all, le(*it.Value)...)
	}
	ok("read_n of all 4", "state_read_n", many(0, 4, 0)+write(128), all)
	ok("read_n of the last 2", "state_read_n", many(2, 2, 0)+write(64), all[64:])
	ok("read_n of none", "state_read_n", many(1, 0, 65536)+write(0), nil)
	ok("read_n of none at the end", "state_read_n", many(4, 0, 0)+write(0), nil)
	bad("read_n of none behind the end", "state_read_n", many(5, 0, 0), vmabi.TrapIndexOutOfRange)
	bad("read_n of one too many", "state_read_n", many(1, 4, 0), vmabi.TrapIndexOutOfRange)
	bad("read_n: 2^32-1 from 1", "state_read_n", many(1, 2, 65473), vmabi.TrapOutOfBounds)

	return slices.Concat(out, inputs(), g.items(s))
}

func inputs() []handmade {
	in := []byte("0123456789")
	read := func(name string, dst, off, n int, journal string, copied uint64) handmade {
		body := fmt.Sprintf("i32.const 200 i32.const %d i32.const %d i32.const %d call $input_read i32.store 0 i32.const 0 i32.const 10 call $journal_write i32.const 200 i32.const 4 call $journal_write", dst, off, n)
		return handmade{name: name, imports: use("input_read"), body: body, input: in, journal: slices.Concat([]byte(journal), make([]byte, 10-len(journal)), word(copied)[:4])}
	}
	trap := func(name, fn, body string) handmade {
		return handmade{name: name, imports: use(fn), body: body, input: in, trap: vmabi.TrapOutOfBounds, noState: true}
	}
	long := func(n int) string { return fmt.Sprintf("i32.const 100 i32.const %d call $journal_write ", n) }
	return []handmade{
		{name: "input_len", imports: use("input_len"), body: "i32.const 0 call $input_len i32.store 0" + write(4), input: in, journal: word(10)[:4]},
		read("input_read of all", 0, 0, 10, "0123456789", 10),
		read("input_read from 7", 0, 7, 3, "789", 3),
		read("input_read of more than there is", 0, 7, 100, "789", 3),
		read("input_read behind the end", 0, 11, 5, "", 0),
		read("input_read from 2^32-1", 0, -1, 5, "", 0),
		read("input_read of nothing at the end of memory", 65536, 0, 0, "", 0),
		trap("input_read of nothing behind the memory", "input_read", "i32.const 65537 i32.const 0 i32.const 0 call $input_read drop"),
		trap("input_read: length as given is checked", "input_read", "i32.const 65530 i32.const 9 i32.const 7 call $input_read drop"),
		trap("input_read: address wraps", "input_read", "i32.const -1 i32.const 0 i32.const 2 call $input_read drop"),
		{name: "journal of nothing", body: write(0), noState: true},
		{name: "journal in two parts", body: "i32.const 16 i32.const 5 call $journal_write i32.const 22 i32.const 7 call $journal_write", journal: []byte("kindsa.b_c-9"), noState: true},
		{name: "journal of 248 bytes", body: long(100) + long(148), journal: make([]byte, 248), noState: true},
		trap("journal outside memory", "log", "i32.const 65530 i32.const 7 call $journal_write"),
		{name: "a log is not part of the claim", imports: use("log"), body: "i32.const 16 i32.const 5 call $log i32.const 16 i32.const 1 call $journal_write", journal: []byte("k"), noState: true},
		trap("log outside memory", "log", "i32.const 65530 i32.const 7 call $log"),
	}
}

func (g *generator) items(s *schema.State) []handmade {
	it := s.Collections[1].Items[0]
	item := slices.Concat([]byte{0}, it.Address[:], it.Slot[:], it.Key[:])
	hashes, _ := g.state.both(s.Collections[2].Items)
	manifest := asHash(g.state.tree(1, hashes))
	return []handmade{
		{name: "item", imports: use("item"), body: fmt.Sprintf("i32.const %d i32.const 0 i32.const 0 call $item", hMapping) + write(85), journal: item},
		{name: "item: index", imports: use("item"), body: fmt.Sprintf("i32.const %d i32.const 1 i32.const 0 call $item", hMapping), trap: vmabi.TrapIndexOutOfRange},
		{name: "manifest", imports: use("manifest"), body: fmt.Sprintf("i32.const %d i32.const 0 call $manifest", hKinds) + write(32), journal: manifest[:]},
		{name: "manifest of the empty collection", imports: use("manifest"), body: fmt.Sprintf("i32.const %d i32.const 0 call $manifest", hEmpty) + write(32), journal: make([]byte, 32)},
		{name: "state_read_at age 0", imports: use("state_read_at"), body: fmt.Sprintf("i32.const 0 i32.const %d i32.const 0 i32.const 0 call $state_read_at", hMapping) + write(32), journal: le(*it.Value)},
		{name: "state_read_at age 1 without history", imports: use("state_read_at"), body: fmt.Sprintf("i32.const 1 i32.const %d i32.const 0 i32.const 0 call $state_read_at", hMapping), trap: vmabi.TrapAgeOutOfRange},
		{name: "manifest: handle", imports: use("manifest"), body: "i32.const 5 i32.const 0 call $manifest", trap: vmabi.TrapInvalidHandle},
		{name: "keccak256 of kinds", imports: use("keccak256"), body: "i32.const 16 i32.const 5 i32.const 0 call $keccak256" + write(32), journal: keccak([]byte("kinds"))},
		{name: "keccak256 of nothing", imports: use("keccak256"), body: "i32.const 0 i32.const 0 i32.const 0 call $keccak256" + write(32), journal: keccak(nil)},
	}
}
