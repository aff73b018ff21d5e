package lower_test

import (
	"encoding/binary"
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
)

const void = wasm.BlockTypeEmpty

func blockI32(op wasm.Opcode) wasm.Instr {
	result := wasm.I32
	return ins(op, uint64(int64(int8(result|0x80))))
}

// input32 loads the 32-bit word i of the input, which every test reads to
// address 1024 first, so that nothing is constant.
func input32(i uint64) []wasm.Instr { return seq(c32(1024), ins(wasm.OpI32Load, 4*i)) }

func readInput() []wasm.Instr {
	return seq(c32(1024), c32(0), c32(64), host("input_read"), wasm.OpDrop)
}

func words(w ...uint32) []byte {
	var b []byte
	for _, x := range w {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	return b
}

// store32 stores what code leaves at address 4*i.
func store32(i uint64, code ...any) []wasm.Instr {
	return seq(c32(0), seq(code...), ins(wasm.OpI32Store, 4*i))
}

// TestControl runs control flow whose result is easily worked out by hand, and
// compares with the runtime as well.
func TestControl(t *testing.T) {
	d := newDiffer(t)
	tests := []struct {
		name  string
		funcs []function
		input []byte
		want  []uint32
	}{
		{"two exits of one loop with different values to one block", []function{{
			locals: []wasm.ValueType{i32, i32},
			code: seq(readInput(), input32(0), set(0), store32(0,
				blockI32(wasm.OpBlock),
				ins(wasm.OpLoop, void),
				c32(7), get(0), c32(3), wasm.OpI32Eq, ins(wasm.OpBrIf, 1), wasm.OpDrop,
				c32(9), get(0), c32(5), wasm.OpI32Eq, ins(wasm.OpBrIf, 1), wasm.OpDrop,
				get(0), c32(1), wasm.OpI32Add, set(0), ins(wasm.OpBr, 0), wasm.OpEnd,
				wasm.OpUnreachable, wasm.OpEnd), emitJournal(4)),
		}}, words(4), []uint32{9}},
		{"br out of three loops with two values", []function{{
			locals: []wasm.ValueType{i32, i32, i32},
			code: seq(readInput(), ins(wasm.OpBlock, void),
				ins(wasm.OpLoop, void), ins(wasm.OpLoop, void), ins(wasm.OpLoop, void),
				get(0), c32(1), wasm.OpI32Add, set(0), get(1), get(0), wasm.OpI32Add, set(1),
				get(0), input32(0), wasm.OpI32Eq, ins(wasm.OpBrIf, 3),
				get(0), c32(2), wasm.OpI32RemU, ins(wasm.OpBrIf, 0),
				get(0), c32(3), wasm.OpI32RemU, ins(wasm.OpBrIf, 1),
				ins(wasm.OpBr, 2), wasm.OpEnd, wasm.OpEnd, wasm.OpEnd, wasm.OpEnd,
				store32(0, get(0)), store32(1, get(1)), emitJournal(8)),
		}}, words(20), []uint32{20, 210}},
		{"return out of two loops in a callee", []function{
			{code: seq(readInput(), store32(0, input32(0), callFn(1)), emitJournal(4))},
			{params: []wasm.ValueType{i32}, results: []wasm.ValueType{i32}, locals: []wasm.ValueType{i32}, code: seq(
				ins(wasm.OpLoop, void), get(1), c32(10), wasm.OpI32Add, set(1),
				ins(wasm.OpLoop, void), get(1), get(0), wasm.OpI32GeU, ins(wasm.OpIf, void), get(1), wasm.OpReturn, wasm.OpEnd,
				get(1), c32(1), wasm.OpI32Add, ins(wasm.OpLocalTee, 1), c32(7), wasm.OpI32RemU, ins(wasm.OpBrIf, 0), wasm.OpEnd,
				ins(wasm.OpBr, 0), wasm.OpEnd, wasm.OpUnreachable)},
		}, words(33), []uint32{38}},
		{"fibonacci, recursive", []function{
			{code: seq(readInput(), store32(0, input32(0), callFn(1)), emitJournal(4))},
			{params: []wasm.ValueType{i32}, results: []wasm.ValueType{i32}, code: seq(
				get(0), c32(2), wasm.OpI32LtU, blockI32(wasm.OpIf), get(0), wasm.OpElse,
				get(0), c32(1), wasm.OpI32Sub, callFn(1), get(0), c32(2), wasm.OpI32Sub, callFn(1), wasm.OpI32Add, wasm.OpEnd)},
		}, words(12), []uint32{144}},
		{"mutual recursion in a loop", []function{
			{locals: []wasm.ValueType{i32}, code: seq(readInput(), input32(0), set(0),
				ins(wasm.OpLoop, void), store32(0, c32(0), ins(wasm.OpI32Load), get(0), callFn(1), wasm.OpI32Add),
				get(0), c32(1), wasm.OpI32Sub, ins(wasm.OpLocalTee, 0), ins(wasm.OpBrIf, 0), wasm.OpEnd, emitJournal(4))},
			{params: []wasm.ValueType{i32}, results: []wasm.ValueType{i32}, code: seq(get(0), wasm.OpI32Eqz, blockI32(wasm.OpIf), c32(1), wasm.OpElse,
				get(0), c32(1), wasm.OpI32Sub, callFn(2), wasm.OpEnd)},
			{params: []wasm.ValueType{i32}, results: []wasm.ValueType{i32}, code: seq(get(0), wasm.OpI32Eqz, blockI32(wasm.OpIf), c32(0), wasm.OpElse,
				get(0), c32(1), wasm.OpI32Sub, callFn(1), wasm.OpEnd)},
		}, words(9), []uint32{4}},
		{"value that survives a loop untouched", []function{{
			locals: []wasm.ValueType{i32, i32},
			code: seq(readInput(), input32(1), set(1), input32(0), set(0),
				ins(wasm.OpLoop, void), get(0), c32(1), wasm.OpI32Sub, ins(wasm.OpLocalTee, 0), ins(wasm.OpBrIf, 0), wasm.OpEnd,
				store32(0, get(1)), store32(1, get(0)), emitJournal(8)),
		}}, words(5, 77), []uint32{77, 0}},
		{"stack value below a loop", []function{{
			locals: []wasm.ValueType{i32},
			code: seq(readInput(), input32(0), set(0), c32(0), input32(1),
				ins(wasm.OpLoop, void), get(0), c32(1), wasm.OpI32Sub, ins(wasm.OpLocalTee, 0), ins(wasm.OpBrIf, 0), wasm.OpEnd,
				ins(wasm.OpI32Store), emitJournal(4)),
		}}, words(5, 78), []uint32{78}},
		{"swap in a loop", []function{{ // moves of an edge happen at once
			locals: []wasm.ValueType{i32, i32, i32, i32},
			code: seq(readInput(), input32(0), set(0), input32(1), set(1), input32(2), set(2),
				ins(wasm.OpLoop, void), get(0), set(3), get(1), set(0), get(3), set(1),
				get(2), c32(1), wasm.OpI32Sub, ins(wasm.OpLocalTee, 2), ins(wasm.OpBrIf, 0), wasm.OpEnd,
				store32(0, get(0)), store32(1, get(1)), emitJournal(8)),
		}}, words(1, 2, 7), []uint32{2, 1}},
		{"br_table to three loop depths", []function{{
			locals: []wasm.ValueType{i32, i32},
			tables: [][]uint32{{0, 1, 2, 3, 0}},
			code: seq(readInput(), ins(wasm.OpBlock, void), ins(wasm.OpLoop, void), ins(wasm.OpLoop, void), ins(wasm.OpBlock, void),
				get(1), c32(10), wasm.OpI32Mul, c32(1024), get(0), c32(2), wasm.OpI32Shl, wasm.OpI32Add, ins(wasm.OpI32Load), wasm.OpI32Add, set(1),
				get(0), c32(1), wasm.OpI32Add, set(0),
				get(1), c32(10), wasm.OpI32RemU, ins(wasm.OpBrTable, 0), wasm.OpEnd,
				get(1), c32(1), wasm.OpI32Add, set(1), ins(wasm.OpBr, 1), wasm.OpEnd, wasm.OpEnd, wasm.OpEnd,
				store32(0, get(1)), emitJournal(4)),
		}}, words(0, 1, 2, 4, 3), []uint32{11253}},
		{"multi-value loop parameters and results", []function{{
			code: seq(readInput(), c32(0), c32(0), input32(0), callFn(1), wasm.OpI32Add, ins(wasm.OpI32Store), wasm.OpDrop, emitJournal(4)),
		}, {
			params: []wasm.ValueType{i32}, results: []wasm.ValueType{i32, i32, i32},
			code: seq(get(0), c32(1), c32(2), c32(3)),
		}}, words(1), []uint32{}},
	}
	for _, test := range tests {
		if test.name == "multi-value loop parameters and results" {
			test.funcs[0].code = seq(readInput(), input32(0), callFn(1), set(0), set(1), set(2),
				store32(0, get(0)), store32(1, get(1)), store32(2, get(2)), emitJournal(12))
			test.funcs[0].locals = []wasm.ValueType{i32, i32, i32}
			test.funcs[1].code = seq(get(0), c32(1), wasm.OpI32Add, get(0), get(0), c32(2), wasm.OpI32Add)
			test.want = []uint32{3, 1, 2}
		}
		t.Run(test.name, func(t *testing.T) {
			m := module(nil, test.funcs...)
			res, ok := d.compare(t, m, test.input, 100_000)
			if !ok || res.Trap != "" {
				t.Fatalf("%+v", res.Trap)
			}
			if got := string(res.Journal); got != string(words(test.want...)) {
				t.Errorf("journal %x, want %v", got, test.want)
			}
		})
	}
}

// TestForcedTraps checks that what must trap traps although nobody wants its
// result (C6).
func TestForcedTraps(t *testing.T) {
	zero := seq(c32(0), ins(wasm.OpI32Load))
	zero64 := seq(c32(0), ins(wasm.OpI64Load))
	tests := []struct {
		name string
		code []wasm.Instr
		trap vmabi.Trap
	}{
		{"division by zero", seq(c32(5), zero, wasm.OpI32DivU, wasm.OpDrop), vmabi.TrapDivideByZero},
		{"division by the constant zero", seq(c32(5), c32(0), wasm.OpI32DivU, wasm.OpDrop), vmabi.TrapDivideByZero},
		{"remainder by zero", seq(c64(5), zero64, wasm.OpI64RemS, wasm.OpDrop), vmabi.TrapDivideByZero},
		{"overflow", seq(c32(1<<31), zero, c32(1), wasm.OpI32Sub, wasm.OpI32DivS, wasm.OpDrop), vmabi.TrapIntegerOverflow},
		{"constant overflow", seq(c64(1<<63), c64(^uint64(0)), wasm.OpI64DivS, wasm.OpDrop), vmabi.TrapIntegerOverflow},
		{"load out of bounds", seq(c32(1<<20), ins(wasm.OpI32Load), wasm.OpDrop), vmabi.TrapOutOfBounds},
		{"unreachable", seq(wasm.OpUnreachable), vmabi.TrapUnreachable},
		{"handle", seq(c32(77), host("collection_len"), wasm.OpDrop), vmabi.TrapInvalidHandle},
		{"no items of no collection", seq(c32(77), c32(0), c32(0), c32(0), host("state_read_n")), vmabi.TrapInvalidHandle},
		{"index", seq(c32(1), c32(77), host("state_u64"), wasm.OpDrop), vmabi.TrapIndexOutOfRange},
		{"width", seq(c32(1), c32(2), host("state_u64"), wasm.OpDrop), vmabi.TrapValueTooWide},
		{"name", seq(c32(100), c32(4), host("collection"), wasm.OpDrop), vmabi.TrapUnknownCollection},
		{"empty name", seq(c32(100), c32(0), host("collection"), wasm.OpDrop), vmabi.TrapUnknownCollection},
		{"long name", seq(c32(100), c32(32), host("collection"), wasm.OpDrop), vmabi.TrapUnknownCollection},
		{"item of no collection", seq(c32(77), c32(0), c32(0), host("item")), vmabi.TrapInvalidHandle},
		{"item behind the end", seq(c32(1), c32(77), c32(0), host("item")), vmabi.TrapIndexOutOfRange},
		{"item to the end of memory", seq(c32(77), c32(0), c32(65536-84), host("item")), vmabi.TrapOutOfBounds},
		{"manifest of no collection", seq(c32(77), c32(0), host("manifest")), vmabi.TrapInvalidHandle},
		{"manifest to the end of memory", seq(c32(77), c32(65505), host("manifest")), vmabi.TrapOutOfBounds},
		{"earlier value of no collection", seq(c32(1), c32(77), c32(0), c32(0), host("state_read_at")), vmabi.TrapInvalidHandle},
		{"earlier value of no item", seq(c32(1), c32(1), c32(77), c32(0), host("state_read_at")), vmabi.TrapIndexOutOfRange},
		{"earlier value before the first", seq(c32(4), c32(1), c32(0), c32(0), host("state_read_at")), vmabi.TrapAgeOutOfRange},
		{"earlier value of a later item", seq(c32(3), c32(1), c32(5), c32(0), host("state_read_at")), vmabi.TrapNotCached},
		{"earlier value to the end of memory", seq(c32(9), c32(1), c32(0), c32(65505), host("state_read_at")), vmabi.TrapOutOfBounds},
		{"value of age 0 of no collection", seq(c32(0), c32(77), c32(0), c32(0), host("state_read_at")), vmabi.TrapInvalidHandle},
		{"hash of what is outside", seq(c32(65530), c32(7), c32(0), host("keccak256")), vmabi.TrapOutOfBounds},
		{"hash to the outside", seq(c32(0), c32(7), c32(65505), host("keccak256")), vmabi.TrapOutOfBounds},
		{"field", seq(c32(6), c32(0), host("block")), vmabi.TrapUnknownBlockField},
		{"journal", seq(c32(0), c32(249), host("journal_write")), vmabi.TrapJournalOverflow},
		{"journal in two parts", seq(c32(0), c32(248), host("journal_write"), c32(0), c32(1), host("journal_write")), vmabi.TrapJournalOverflow},
		{"pointer of nothing", seq(c32(65537), c32(0), host("log")), vmabi.TrapOutOfBounds},
		{"wrapping pointer", seq(c32(1<<32-8), c32(16), host("log")), vmabi.TrapOutOfBounds},
		{"fill of nothing", seq(c32(65537), c32(0), c32(0), ins(wasm.OpMemoryFill)), vmabi.TrapOutOfBounds},
		{"copy of nothing", seq(c32(0), c32(65537), c32(0), ins(wasm.OpMemoryCopy)), vmabi.TrapOutOfBounds},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if res := mustRun(t, module(nil, function{code: test.code}), nil); res.Trap != test.trap {
				t.Errorf("trap %q, want %q", res.Trap, test.trap)
			}
		})
	}
	res := mustRun(t, module(nil, function{results: []wasm.ValueType{i32}, code: seq(c32(3))}), nil)
	if res.Trap != vmabi.TrapRunNonZero {
		t.Errorf("run returned 3: trap %q", res.Trap)
	}
}

// TestSplit checks that a block of more than 63 events is split.
func TestSplit(t *testing.T) {
	var code []wasm.Instr
	for i := range uint64(200) {
		code = append(code, store32(i, input32(0), c32(uint32(i)), wasm.OpI32Add)...)
	}
	m := module(nil, function{code: seq(readInput(), code)})
	res := mustRun(t, m, words(1000))
	for i := range uint32(200) {
		if got := binary.LittleEndian.Uint32(res.Memory[4*i:]); got != 1000+i {
			t.Fatalf("word %d: %d", i, got)
		}
	}
}

// TestQuality pins what the optimiser must achieve on small programs: a
// regression here is a dearer proof.
func TestQuality(t *testing.T) {
	sum := module(nil, function{locals: []wasm.ValueType{i32, i64}, code: seq(
		c32(0), c32(0), c32(64), host("input_read"), wasm.OpDrop,
		ins(wasm.OpLoop, void),
		get(1), get(0), ins(wasm.OpI64Load), wasm.OpI64Add, set(1),
		get(0), c32(8), wasm.OpI32Add, ins(wasm.OpLocalTee, 0), c32(64), wasm.OpI32Ne, ins(wasm.OpBrIf, 0), wasm.OpEnd,
		c32(0), get(1), ins(wasm.OpI64Store), c32(0), c32(8), host("journal_write"))})
	p := mustLower(t, sum)
	for i := range p.Regions {
		r := &p.Regions[i]
		if r.Kind != ir.KindLoop || len(r.Blocks) != 2 {
			continue
		}
		b := &p.Blocks[r.Blocks[0]-1]
		if len(b.Params) == 2 && len(b.Body) == 3 && b.Term.A.Slot != 0 && b.Term.B.Const {
			return // two parameters; load, add, add; compare fused into the branch
		}
	}
	t.Errorf("the loop of a sum is not tight: %+v", lower.Count(p))
}
