package difftest

import (
	"math/rand/v2"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

// Generate returns a random valid module without floats: structured control
// flow, locals, globals, memory, calls, host calls. It is a function of the
// seed. Most modules finish within some thousand instructions; some trap, some
// never end, so run them with little fuel. Modules with an odd seed keep to
// instructions that are cheap to prove and rarely trap.
func Generate(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 0x766d686f7374)) //nolint:gosec // a function of the seed
	g := &generator{r: r, wild: seed%2 == 0}
	return wasm.Encode(g.module())
}

type generator struct {
	r     *rand.Rand
	wild  bool
	m     *wasm.Module
	host  []vmabi.Function
	types []wasm.FuncType // of defined functions
	first uint32          // index of the first defined function

	// The function in work.
	self   int
	locals []wasm.ValueType
	loops  int // locals at the end that count loops
	used   int // of them
	out    []wasm.Instr
	tables [][]uint32
	labels []label
	budget int // instructions to come, about
}

// label is a branch target. Branches to loops are left to the loop itself.
type label struct {
	loop   bool
	result wasm.ValueType // 0 for none
}

func (g *generator) module() *wasm.Module {
	g.m = &wasm.Module{Memories: []wasm.Limits{{Min: 1, Max: uint32(1 + g.r.IntN(4)), HasMax: g.r.IntN(3) > 0}}}
	if g.r.IntN(16) == 0 {
		g.m.Memories[0].Min = 0
	}
	for _, name := range []string{"input_len", "input_read", "journal_write", "state_u64", "state_read", "state_read_n", "collection_len", "block", "keccak256"} {
		f, _ := vmabi.Lookup(name)
		g.host = append(g.host, f)
		g.m.Imports = append(g.m.Imports, wasm.Import{Module: vmabi.Module, Name: name, Kind: wasm.ExternFunc, Type: g.typeIndex(hostType(f))})
	}
	g.first = uint32(len(g.host))
	for range 1 + g.r.IntN(3) {
		t := g.valueType()
		op := wasm.OpI32Const
		if t == wasm.I64 {
			op = wasm.OpI64Const
		}
		g.m.Globals = append(g.m.Globals, wasm.Global{GlobalType: wasm.GlobalType{Type: t, Mutable: true}, Init: wasm.ConstExpr{Op: op, Value: g.constant(t)}})
	}
	if g.r.IntN(2) == 0 && g.m.Memories[0].Min > 0 {
		b := make([]byte, 1+g.r.IntN(100))
		for i := range b {
			b[i] = byte(g.r.Uint32())
		}
		g.m.Data = []wasm.Data{{Position: wasm.ConstExpr{Op: wasm.OpI32Const, Value: uint64(g.r.IntN(2000))}, Bytes: b}}
	}
	g.types = []wasm.FuncType{{}}
	for range g.r.IntN(5) {
		var t wasm.FuncType
		for range g.r.IntN(4) {
			t.Params = append(t.Params, g.valueType())
		}
		switch g.r.IntN(8) {
		case 0, 1:
		case 2:
			t.Results = []wasm.ValueType{g.valueType(), g.valueType()}
		default:
			t.Results = []wasm.ValueType{g.valueType()}
		}
		g.types = append(g.types, t)
	}
	g.table()
	for i := range g.types {
		g.function(i)
	}
	g.m.Exports = []wasm.Export{{Name: vmabi.Entry, Index: g.first}, {Name: vmabi.MemoryExport, Kind: wasm.ExternMemory}}
	for i := range g.m.Globals {
		g.m.Exports = append(g.m.Exports, wasm.Export{Name: string(rune('a' + i)), Kind: wasm.ExternGlobal, Index: uint32(i)})
	}
	if g.r.IntN(8) == 0 {
		s := g.first
		g.m.Start = &s
	}
	return g.m
}

func hostType(f vmabi.Function) wasm.FuncType {
	var t wasm.FuncType
	for _, p := range f.Params {
		t.Params = append(t.Params, wasm.ValueType(p))
	}
	for _, r := range f.Results {
		t.Results = append(t.Results, wasm.ValueType(r))
	}
	return t
}

func (g *generator) typeIndex(t wasm.FuncType) uint32 {
	for i := range g.m.Types {
		if g.m.Types[i].Equal(t) {
			return uint32(i)
		}
	}
	g.m.Types = append(g.m.Types, t)
	return uint32(len(g.m.Types) - 1)
}

func (g *generator) valueType() wasm.ValueType {
	if g.r.IntN(2) == 0 {
		return wasm.I32
	}
	return wasm.I64
}

// constant prefers the edges.
func (g *generator) constant(t wasm.ValueType) uint64 {
	v := g.r.Uint64()
	switch g.r.IntN(4) {
	case 0:
		v = uint64(g.r.IntN(5)) - 2
	case 1:
		v = 1<<g.r.IntN(64) - uint64(g.r.IntN(2))
	case 2:
		v = uint64(g.r.IntN(1000))
	}
	if t == wasm.I32 {
		v = uint64(uint32(v))
	}
	return v
}

func (g *generator) emit(op wasm.Opcode, imm uint64) {
	g.out = append(g.out, wasm.Instr{Op: op, Imm: imm})
	g.budget--
}

func (g *generator) function(i int) {
	t := g.types[i]
	g.self, g.out, g.tables, g.used, g.loops = i, nil, nil, 0, 4
	g.labels = []label{{}}
	g.locals = append([]wasm.ValueType(nil), t.Params...)
	var runs []wasm.LocalRun
	for range 1 + g.r.IntN(4) {
		runs = append(runs, wasm.LocalRun{Count: 1, Type: g.valueType()})
		g.locals = append(g.locals, runs[len(runs)-1].Type)
	}
	runs = append(runs, wasm.LocalRun{Count: uint32(g.loops), Type: wasm.I32}) // loop counters, last
	g.budget = 20 + g.r.IntN(250)
	if len(t.Results) > 0 {
		g.labels[0].result = t.Results[0]
	}
	g.statements(4)
	if i == 0 {
		g.showGlobals()
	}
	for _, r := range t.Results {
		g.expr(r, 3)
	}
	g.emit(wasm.OpEnd, 0)
	g.m.Functions = append(g.m.Functions, g.typeIndex(t))
	g.m.Code = append(g.m.Code, wasm.Code{Locals: runs, Instrs: g.out, BrTables: g.tables})
}

func (g *generator) statements(depth int) {
	for n := 1 + g.r.IntN(6); n > 0 && g.budget > 0; n-- {
		g.statement(depth)
	}
}

func (g *generator) statement(depth int) {
	if depth == 0 {
		g.localSet()
		return
	}
	switch g.r.IntN(21) {
	case 15:
		g.bulk()
	case 16:
		g.grow()
	case 17:
		g.callIndirect()
	case 18:
		g.multiBlock()
	case 19:
		g.callMulti()
	case 0, 1, 2:
		g.localSet()
	case 3, 4:
		i := g.r.IntN(len(g.m.Globals))
		g.expr(g.m.Globals[i].Type, 3)
		g.emit(wasm.OpGlobalSet, uint64(i))
	case 5, 6:
		g.store()
	case 7, 8:
		g.ifElse(depth)
	case 9, 10:
		g.loop(depth)
	case 11:
		g.emit(wasm.OpBlock, wasm.BlockTypeEmpty)
		g.labels = append(g.labels, label{})
		g.statements(depth - 1)
		g.endBlock()
	case 12:
		g.branch()
	case 13:
		g.call(nil)
	case 14:
		g.hostCall()
	default:
		g.expr(g.valueType(), 3)
		g.emit(wasm.OpDrop, 0)
	}
}

func (g *generator) endBlock() {
	g.emit(wasm.OpEnd, 0)
	g.labels = g.labels[:len(g.labels)-1]
}

func (g *generator) localSet() {
	i := g.r.IntN(len(g.locals))
	g.expr(g.locals[i], 3)
	g.emit(wasm.OpLocalSet, uint64(i))
}

func (g *generator) ifElse(depth int) {
	g.expr(wasm.I32, 2)
	g.emit(wasm.OpIf, wasm.BlockTypeEmpty)
	g.labels = append(g.labels, label{})
	g.statements(depth - 1)
	if g.r.IntN(2) == 0 {
		g.emit(wasm.OpElse, 0)
		g.statements(depth - 1)
	}
	g.endBlock()
}

// loop counts one of the counters up to a small bound.
func (g *generator) loop(depth int) {
	if g.used == g.loops {
		g.localSet()
		return
	}
	counter := uint64(len(g.locals) + g.used)
	g.used++
	g.emit(wasm.OpI32Const, 0)
	g.emit(wasm.OpLocalSet, counter)
	g.emit(wasm.OpLoop, wasm.BlockTypeEmpty)
	g.labels = append(g.labels, label{loop: true})
	g.statements(depth - 1)
	g.emit(wasm.OpLocalGet, counter)
	g.emit(wasm.OpI32Const, 1)
	g.emit(wasm.OpI32Add, 0)
	g.emit(wasm.OpLocalTee, counter)
	g.emit(wasm.OpI32Const, uint64(1+g.r.IntN(6)))
	g.emit(wasm.OpI32LtU, 0)
	g.emit(wasm.OpBrIf, 0)
	g.endBlock()
	g.used--
}

// targets returns the depths of the labels that carry no value and are no loops.
func (g *generator) targets() []uint32 {
	var out []uint32
	for i, l := range g.labels {
		if !l.loop && l.result == 0 {
			out = append(out, uint32(len(g.labels)-1-i))
		}
	}
	return out
}

// branch emits a conditional way out; unconditional ones stand in an if, so that
// the code behind them lives.
func (g *generator) branch() {
	to := g.targets()
	if len(to) == 0 {
		g.localSet()
		return
	}
	pick := func() uint32 { return to[g.r.IntN(len(to))] }
	g.expr(wasm.I32, 2)
	switch g.r.IntN(5) {
	case 0, 1:
		g.emit(wasm.OpBrIf, uint64(pick()))
		return
	case 2: // br_table behind an if
		g.emit(wasm.OpIf, wasm.BlockTypeEmpty)
		g.expr(wasm.I32, 1)
		var labels []uint32
		for range 1 + g.r.IntN(4) {
			labels = append(labels, pick()+1)
		}
		g.emit(wasm.OpBrTable, uint64(len(g.tables)))
		g.tables = append(g.tables, labels)
	case 3:
		g.emit(wasm.OpIf, wasm.BlockTypeEmpty)
		for _, r := range g.types[g.self].Results {
			g.expr(r, 1)
		}
		g.emit(wasm.OpReturn, 0)
	default:
		g.emit(wasm.OpIf, wasm.BlockTypeEmpty)
		g.emit(wasm.OpBr, uint64(pick()+1))
	}
	g.emit(wasm.OpEnd, 0)
}

// call calls a defined function with these results; it reports whether there is
// one. Functions later in the module only, but now and then any: recursion.
func (g *generator) call(results []wasm.ValueType) bool {
	from := g.self + 1
	if g.wild && g.r.IntN(20) == 0 {
		from = 1
	}
	for i := from; i < len(g.types); i++ {
		t := g.types[i]
		if !(wasm.FuncType{Results: results}).Equal(wasm.FuncType{Results: t.Results}) || g.r.IntN(2) == 0 {
			continue
		}
		for _, p := range t.Params {
			g.expr(p, 1)
		}
		g.emit(wasm.OpCall, uint64(g.first)+uint64(i))
		return true
	}
	return false
}

// hostCall calls a host function, mostly with arguments that it accepts.
func (g *generator) hostCall() {
	i := g.r.IntN(len(g.host))
	f := g.host[i]
	for _, name := range f.ParamNames {
		most := map[string]int{"handle": 3, "index": 5, "len": 16, "off": 10, "n": 3, "field": 4}[name]
		if most == 0 {
			most = 60_000 // a pointer
		}
		if g.wild && g.r.IntN(30) == 0 {
			g.expr(wasm.I32, 1)
		} else {
			g.emit(wasm.OpI32Const, uint64(g.r.IntN(most)))
		}
	}
	g.emit(wasm.OpCall, uint64(i))
	if len(f.Results) > 0 {
		g.emit(wasm.OpDrop, 0)
	}
}
