package main

import (
	"context"
	"fmt"
	"slices"

	examples "vmhost/examples/wasm"
	"vmhost/internal/wasm/wasmtest"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/testvectors/schema"
)

// programs are modules with their IDs, and modules without one.
func (g *generator) programs(context.Context) ([]*suite, error) {
	ok := newSuite(schema.SchemaProgram, "program/ids",
		"IDs by a second implementation of packing and sponge from the lowered program; the lowering has none.")
	for _, e := range examples.All() {
		if err := g.addProgram(ok, e.Name+" in "+string(e.Lang), e.Wasm, "Example"); err != nil {
			return nil, err
		}
		if err := g.addProgram(ok, e.Name+" in "+string(e.Lang)+" with a custom section: the same program", custom(e.Wasm), "CustomSection"); err != nil {
			return nil, err
		}
	}
	for _, m := range smallPrograms() {
		if err := g.addProgram(ok, m.name, m.wasm, "Small"); err != nil {
			return nil, err
		}
	}
	bad, err := examples.BadModules()
	if err != nil {
		return nil, err
	}
	no := newSuite(schema.SchemaProgram, "program/refused", "Modules without an ID: not valid, or not provable.")
	for _, b := range bad {
		if b.Verdict == examples.Traps || b.Verdict == examples.ProofTraps {
			if err := g.addProgram(ok, "traps when run: "+b.Name, b.Wasm, "Traps"); err != nil {
				return nil, err
			}
			continue
		}
		r, known := refusedPrograms[b.Name]
		if !known {
			return nil, fmt.Errorf("program/refused: no reason for %s", b.Name)
		}
		no.add(schema.Program{Common: no.next(false, b.Name), Wasm: b.Wasm, Error: r[0], Reason: r[1]})
	}
	for _, m := range notProvable() {
		if _, err := lower.Lower(m.wasm); err == nil {
			return nil, fmt.Errorf("program/refused: %s is provable", m.name)
		}
		no.add(schema.Program{Common: no.next(false, m.name, "NotProvable"), Wasm: m.wasm, Error: "ErrNotProvable", Reason: m.reason})
	}
	return []*suite{ok, no}, nil
}

func (g *generator) addProgram(s *suite, comment string, wasm []byte, flags ...string) error {
	p, err := lower.Lower(wasm)
	if err != nil {
		return fmt.Errorf("%s: %w", comment, err)
	}
	id := g.program.id(p)
	s.add(schema.Program{Common: s.next(true, comment, flags...), Wasm: wasm, ProgramID: &id})
	return nil
}

// custom appends a custom section named "x".
func custom(wasm []byte) []byte { return slices.Concat(wasm, []byte{0, 5, 1, 'x', 7, 8, 9}) }

type small struct {
	name, reason string
	wasm         []byte
}

// smallPrograms differ from each other in one thing, and so must their IDs.
func smallPrograms() []small {
	body := func(b string) []byte {
		return wasmtest.New().Import("vm", "journal_write", "i32 i32 ->").Memory(1, 1).Define("run", "->", "i32 i64", b).Bytes()
	}
	write := " i32.const 0 i32.const 8 call $journal_write"
	pages := wasmtest.New().Memory(64, 64).Define("run", "->", "", "nop").Bytes()
	data := wasmtest.New().Memory(1, 1).Data(65528, "\x01\x02\x03\x04\x05\x06\x07\xff").Define("run", "->", "", "nop").Bytes()
	calls := wasmtest.New().Define("f", "i32 i64 -> i64", "", "local.get 0 i64.extend_i32_u local.get 1 i64.add").
		Define("run", "-> i32", "", "i32.const 7 i64.const -7 call $f i32.wrap_i64").Bytes()
	host := func(name, typ, args string) []byte {
		return wasmtest.New().Import("vm", name, typ).Memory(1, 1).Define("run", "->", "", args+" call $"+name).Bytes()
	}
	return []small{
		{name: "empty run", wasm: wasmtest.New().Define("run", "->", "", "").Bytes()},
		{name: "stores 1", wasm: body("i32.const 0 i64.const 1 i64.store 0" + write)},
		{name: "stores 2", wasm: body("i32.const 0 i64.const 2 i64.store 0" + write)},
		{name: "stores at offset 8", wasm: body("i32.const 0 i64.const 1 i64.store 8" + write)},
		{name: "stores 4 bytes", wasm: body("i32.const 0 i64.const 1 i64.store32 0" + write)},
		{name: "loads with sign", wasm: body("i32.const 0 i32.const 0 i64.load8_s 3 i64.store 8" + write)},
		{name: "loads without sign", wasm: body("i32.const 0 i32.const 0 i64.load8_u 3 i64.store 8" + write)},
		{name: "loads 16 bits to 32", wasm: body("i32.const 0 i32.const 0 i32.load16_s 3 i32.store 8" + write)},
		{name: "select", wasm: body("i32.const 0 i64.const 3 i64.const 4 i32.const 0 i32.load 0 select i64.store 0" + write)},
		{name: "loop that counts to 9", wasm: body("loop local.get 0 i32.const 1 i32.add local.tee 0 i32.const 9 i32.lt_u br_if 0 end i32.const 0 local.get 0 i32.store 0" + write)},
		{name: "loop in a loop", wasm: body("loop loop local.get 0 i32.const 1 i32.add local.tee 0 i32.const 9 i32.lt_u br_if 0 end local.get 1 i64.const 1 i64.add local.tee 1 i64.const 3 i64.lt_u br_if 0 end i32.const 0 local.get 1 i64.store 0" + write)},
		{name: "call with a constant", wasm: calls},
		{name: "64 pages", wasm: pages},
		{name: "data at the end of memory", wasm: data},
		{name: "memory.grow", wasm: wasmtest.New().Memory(1, 2).Define("run", "->", "", "i32.const 1 memory.grow drop").Bytes()},
		{name: "imports keccak256", wasm: host("keccak256", "i32 i32 i32 ->", "i32.const 0 i32.const 0 i32.const 0")},
		{name: "imports manifest", wasm: host("manifest", "i32 i32 ->", "i32.const 0 i32.const 0")},
		{name: "imports item", wasm: host("item", "i32 i32 i32 ->", "i32.const 0 i32.const 0 i32.const 0")},
		{name: "imports state_read_at", wasm: host("state_read_at", "i32 i32 i32 i32 ->", "i32.const 0 i32.const 0 i32.const 0 i32.const 0")},
	}
}

func notProvable() []small {
	return []small{
		{"65 pages", "65 pages", wasmtest.New().Memory(65, 65).Define("run", "->", "", "nop").Bytes()},
	}
}

// refusedPrograms has the error and a part of its message.
var refusedPrograms = map[string][2]string{
	"not-wasm":         {"ErrBadModule", "offset 0x0"},
	"truncated":        {"ErrBadModule", "offset 0x60"},
	"unknown-import":   {"ErrNotProvable", `"clock"`},
	"foreign-import":   {"ErrNotProvable", `"wasi_snapshot_preview1"`},
	"import-signature": {"ErrNotProvable", `"state_u64": signature`},
	"no-run":           {"ErrNotProvable", "no exported function run"},
	"run-signature":    {"ErrNotProvable", "run must be () -> () or () -> i32"},
	"run-is-memory":    {"ErrNotProvable", "no exported function run"},
	"pages-10000":      {"ErrNotProvable", "10000 pages"},
	"simd":             {"ErrNotProvable", "SIMD: instruction 0xfd 12 at 0x20"},
	"floats":           {"ErrNotProvable", "f64.const at 0x4c"},
}
