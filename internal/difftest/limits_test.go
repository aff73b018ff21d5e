package difftest_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"vmhost/internal/difftest"
	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/internal/wasm/wasmtest"
	vmruntime "vmhost/runtime"
)

// hostile is a module at or beyond some limit.
type hostile struct {
	name   string
	module []byte
	trap   vmabi.Trap // of a run; "" if it returns
	refuse error      // by the runtime
	proof  string     // part of why it has no proof, "" if it has one
}

// journal4 ends a body: local 0 goes to the journal.
const journal4 = " i32.const 0 local.get 0 i32.store 0 i32.const 0 i32.const 4 call $journal_write"

func guestModule() *wasmtest.Builder {
	return wasmtest.New().Import("vm", "journal_write", "i32 i32 ->").Import("vm", "input_len", "-> i32").Memory(1, 1)
}

// functions is a module of n functions, each called once.
func functions(n int) []byte {
	b := guestModule()
	var run strings.Builder
	for i := range n {
		b.Define(fmt.Sprintf("f%d", i), "i32 -> i32", "", fmt.Sprintf("local.get 0 i32.const %d i32.add", i))
		fmt.Fprintf(&run, "local.get 0 call $f%d local.set 0 ", i)
	}
	return b.Define("run", "->", "i32", run.String()+journal4).Bytes()
}

func locals(each uint32, n int) []byte {
	b := guestModule()
	for i := range n {
		b.Define(fmt.Sprintf("f%d", i), "->", "", "")
		b.M.Code[i].Locals = []wasm.LocalRun{{Count: each, Type: wasm.I64}}
	}
	return b.Define("run", "->", "i32", fmt.Sprintf("call $f%d", n-1)+journal4).Bytes()
}

func nesting(n int, open string) []byte {
	return guestModule().Define("run", "->", "i32", strings.Repeat(open+" ", n)+strings.Repeat("end ", n)+journal4).Bytes()
}

// jumpTable has n targets, one for each of n nested blocks, each of which adds
// to a local; the index is the length of the input and more.
func jumpTable(n, index int) []byte {
	m, _ := wasm.Decode(guestModule().Define("run", "->", "i32", journal4).Bytes())
	c := &m.Code[0]
	var out []wasm.Instr
	add := func(op wasm.Opcode, imm uint64) { out = append(out, wasm.Instr{Op: op, Imm: imm}) }
	for range n {
		add(wasm.OpBlock, wasm.BlockTypeEmpty)
	}
	add(wasm.OpCall, 1)
	add(wasm.OpI32Const, uint64(uint32(index)))
	add(wasm.OpI32Add, 0)
	add(wasm.OpBrTable, 0)
	var labels []uint32
	for i := range n {
		labels = append(labels, uint32(i))
		add(wasm.OpEnd, 0)
		add(wasm.OpLocalGet, 0)
		add(wasm.OpI32Const, uint64(i+1))
		add(wasm.OpI32Add, 0)
		add(wasm.OpLocalSet, 0)
	}
	c.BrTables = [][]uint32{labels}
	c.Instrs = append(out, c.Instrs...)
	return wasm.Encode(m)
}

// wideTable has n entries that lead to two labels by turns.
func wideTable(n int) []byte {
	m, _ := wasm.Decode(guestModule().Define("run", "->", "i32",
		"block block call $input_len br_table 0,1 end i32.const 7 local.set 0 end"+journal4).Bytes())
	labels := make([]uint32, n)
	for i := range labels {
		labels[i] = uint32(i % 2)
	}
	m.Code[0].BrTables[0] = labels
	return wasm.Encode(m)
}

// indirect calls element index of a table of n different functions.
func indirect(n int, size uint32, index int) []byte {
	b := guestModule()
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("f%d", i))
		b.Define(names[i], "i32 -> i32", "", fmt.Sprintf("local.get 0 i32.const %d i32.add", i))
	}
	b.Table(size, names...)
	m, _ := wasm.Decode(b.Define("run", "->", "i32", "local.get 0 local.set 0"+journal4).Bytes())
	c := &m.Code[len(m.Code)-1]
	t, _ := m.FuncType(2)
	ti := slices.IndexFunc(m.Types, t.Equal)
	c.Instrs = append([]wasm.Instr{
		{Op: wasm.OpI32Const, Imm: 5},
		{Op: wasm.OpCall, Imm: 1},
		{Op: wasm.OpI32Const, Imm: uint64(index)},
		{Op: wasm.OpI32Add},
		{Op: wasm.OpCallIndirect, Imm: uint64(ti)},
		{Op: wasm.OpLocalSet},
	}, c.Instrs...)
	return wasm.Encode(m)
}

// code is a module of one page with this body and locals i32, i64.
func code(body string) []byte {
	return guestModule().Define("run", "->", "i32 i64", body+journal4).Bytes()
}

func pages(min uint32, body string) []byte {
	return wasmtest.New().Import("vm", "journal_write", "i32 i32 ->").Memory(min, -1).Define("run", "->", "i32 i64", body+journal4).Bytes()
}

// patched replaces the only occurrence of some bytes.
func patched(b, from, to []byte) []byte {
	if bytes.Count(b, from) != 1 {
		panic("not exactly one place to patch")
	}
	return bytes.Replace(b, from, to, 1)
}

func hostiles() []hostile {
	params := strings.Repeat("i32 ", 65)
	return []hostile{
		{name: "20,000 functions", module: functions(20_000)},
		{name: "as many locals as there may be", module: locals(wasm.MaxLocals, 1)},
		{name: "one local more", module: locals(wasm.MaxLocals+1, 1), refuse: vmruntime.ErrTooLarge},
		{name: "2^32-1 locals", module: locals(1<<32-1, 1), refuse: vmruntime.ErrTooLarge},
		{name: "many functions of many locals", module: locals(wasm.MaxLocals, 500), refuse: vmruntime.ErrTooLarge},
		{name: "deepest blocks", module: nesting(wasm.MaxNesting-1, "block")},
		{name: "deepest loops", module: nesting(wasm.MaxNesting-1, "loop")},
		{name: "too deep", module: nesting(wasm.MaxNesting+1, "block"), refuse: vmruntime.ErrTooLarge},
		{name: "jump table of 9,000 targets, the first", module: jumpTable(9_000, 0)},
		{name: "jump table of 9,000 targets, the last", module: jumpTable(9_000, 8_999)},
		{name: "jump table of 9,000 targets, beyond", module: jumpTable(9_000, -1)},
		{name: "jump table of 10,000 entries to two targets", module: wideTable(10_000)},
		{name: "jump table of 100,000 entries to two targets", module: wideTable(100_000), proof: "too complex"},
		{name: "table of 10,000 functions", module: indirect(10_000, 10_000, 9_999)},
		{name: "table of 65,536 elements, the last", module: indirect(3, 65_536, 65_535), trap: vmabi.TrapUndefinedElement},
		{name: "table of 65,536 elements, beyond", module: indirect(3, 65_536, 65_536), trap: vmabi.TrapUndefinedElement},
		{name: "table of 65,537 elements", module: indirect(3, 65_537, 1), refuse: vmruntime.ErrTable},
		{name: "table of 2^32-1 elements", module: indirect(3, 1<<32-1, 1), refuse: vmruntime.ErrTable},
		{name: "64 pages", module: pages(64, "i32.const 0x3ffffc i32.const 9 i32.store 0 i32.const 0x3ffff8 i32.load 4 local.set 0")},
		{name: "65 pages", module: pages(65, ""), proof: "65 pages"},
		{name: "2,000 pages", module: pages(2_000, ""), refuse: vmruntime.ErrMemory},
		{name: "growth to 64 pages and not further", module: pages(1, "i32.const 63 memory.grow i32.const 1 memory.grow i32.mul local.set 0")},
		{name: "growth by 2^32-1", module: pages(1, "i32.const -1 memory.grow memory.size i32.add local.set 0")},
		{name: "data of 700 KB", module: guestModuleWithData(700_000)},
		{name: "a module of 2 MB", module: guestModuleWithData(2_000_000), refuse: vmruntime.ErrTooLarge},
		{name: "recursion without end", module: guestModule().Define("f", "i32 -> i32", "", "local.get 0 i32.const 1 i32.add call $f").
			Define("run", "->", "i32", "i32.const 0 call $f local.set 0"+journal4).Bytes(), trap: vmabi.TrapCallStack},
		{name: "loop without end", module: code("loop br 0 end"), trap: vmabi.TrapOutOfFuel},
		{name: "65 parameters", module: guestModule().Define("f", params+"->", "", "").
			Define("run", "->", "i32", strings.Repeat("i32.const 1 ", 65)+"call $f"+journal4).Bytes(), proof: "too many parameters"},
		{name: "unaligned load at the end", module: code("i32.const 65528 i64.load 0 local.set 1")},
		{name: "unaligned load over the end", module: code("i32.const 65529 i64.load 0 local.set 1"), trap: vmabi.TrapOutOfBounds},
		{name: "offset beyond 2^32", module: code("i32.const -4 i32.load 0xffffffff local.set 0"), trap: vmabi.TrapOutOfBounds},
		{name: "store across a page border", module: pages(2, "i32.const 65533 i64.const 0x0102030405060708 i64.store 0 i32.const 65536 i32.load 0 local.set 0")},
		{name: "copy of nothing at the end", module: code("i32.const 65536 i32.const 65536 i32.const 0 memory.copy")},
		{name: "copy of nothing beyond the end", module: code("i32.const 65537 i32.const 0 i32.const 0 memory.copy"), trap: vmabi.TrapOutOfBounds},
		{name: "fill of 2^32-1", module: code("i32.const 1 i32.const 0 i32.const -1 memory.fill"), trap: vmabi.TrapOutOfBounds},
		{name: "division by zero", module: code("i32.const 1 local.get 0 i32.div_s local.set 0"), trap: vmabi.TrapDivideByZero},
		{name: "remainder by zero, unused", module: code("i64.const 1 local.get 1 i64.rem_u drop"), trap: vmabi.TrapDivideByZero},
		{name: "least number by -1", module: code("i32.const 0x80000000 local.get 0 i32.const 1 i32.sub i32.div_s local.set 0"), trap: vmabi.TrapIntegerOverflow},
		{name: "remainder of the least number by -1", module: code("i64.const 0x8000000000000000 local.get 1 i64.const 1 i64.sub i64.rem_s local.set 1")},
		{name: "LEB128 of six bytes", module: patched(code("i32.const 77 local.set 0"), []byte{0x41, 0xcd, 0x00}, []byte{0x41, 0xcd, 0x80, 0x80, 0x80, 0x80, 0x00}), refuse: vmruntime.ErrMalformed},
		{name: "LEB128 with bits behind the 32nd", module: patched(code("i32.const 77 local.set 0"), []byte{0x41, 0xcd, 0x00}, []byte{0x41, 0xcd, 0x80, 0x80, 0x80, 0x70}), refuse: vmruntime.ErrMalformed},
		{name: "nothing", module: nil, refuse: vmruntime.ErrNotWASM},
	}
}

func guestModuleWithData(n int) []byte {
	return wasmtest.New().Import("vm", "journal_write", "i32 i32 ->").Memory(40, 40).
		Data(16, strings.Repeat("\x01\x02\x03", n/3)).Define("run", "->", "i32", "i32.const 600000 i32.load 0 local.set 0"+journal4).Bytes()
}

// TestLimits: a refusal, a trap or a result, the same on all engines, in bounded
// time and memory.
func TestLimits(t *testing.T) {
	c := newComparer(t)
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			out, err := c.Compare(t.Context(), h.module, vmruntime.RunInput{Limits: vmruntime.Limits{Fuel: 1_000_000}})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			made := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%d bytes: %v, %d MB allocated", len(h.module), took.Round(time.Millisecond), made)
			if took > 60*time.Second || made > 4000 {
				t.Errorf("%v and %d MB allocated for %d bytes", took, made, len(h.module))
			}
			switch {
			case errors.Is(err, difftest.ErrDisagree):
				t.Fatal(err)
			case h.refuse != nil:
				if !errors.Is(err, h.refuse) {
					t.Fatalf("%v, want %v", err, h.refuse)
				}
			case err != nil:
				t.Fatal(err)
			case out.Result.Trap != h.trap:
				t.Errorf("trap %q, want %q", out.Result.Trap, h.trap)
			case h.proof == "" && out.NotProvable != nil:
				t.Error(out.NotProvable)
			case h.proof != "" && (out.NotProvable == nil || !strings.Contains(out.NotProvable.Error(), h.proof)):
				t.Errorf("not provable because of %v, want %s", out.NotProvable, h.proof)
			}
		})
	}
}
