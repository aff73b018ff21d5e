package lower_test

import (
	"math/rand/v2"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

// generator makes random valid modules. Loops are bounded by a fuel-like
// counter in a local only sometimes: the fuel limit ends the others.
type generator struct {
	r       *rand.Rand
	m       *wasm.Module
	imports map[string]uint32
	funcs   []genFunc
	cur     *genFunc
	code    []wasm.Instr
	brs     [][]uint32
	labels  []label // innermost last
	depth   int
	size    int
}

type genFunc struct {
	typ    uint32
	ft     wasm.FuncType
	locals []wasm.ValueType
}

type label struct{ types []wasm.ValueType }

const (
	i32 = wasm.I32
	i64 = wasm.I64
)

func (g *generator) n(n int) int { return g.r.IntN(n) }

func (g *generator) emit(op wasm.Opcode, imm ...uint64) {
	in := wasm.Instr{Op: op}
	if len(imm) > 0 {
		in.Imm = imm[0]
	}
	if len(imm) > 1 {
		in.Imm2 = uint32(imm[1])
	}
	g.code = append(g.code, in)
	g.size++
}

func (g *generator) typ(t wasm.FuncType) uint32 {
	for i := range g.m.Types {
		if g.m.Types[i].Equal(t) {
			return uint32(i)
		}
	}
	g.m.Types = append(g.m.Types, t)
	return uint32(len(g.m.Types) - 1)
}

func (g *generator) valueType() wasm.ValueType {
	if g.n(2) == 0 {
		return i32
	}
	return i64
}

func (g *generator) types(maximum int) []wasm.ValueType {
	var out []wasm.ValueType
	for range g.n(maximum + 1) {
		out = append(out, g.valueType())
	}
	return out
}

// module makes a module with a run function and a few others.
func (g *generator) module() []byte {
	g.m = &wasm.Module{Memories: []wasm.Limits{{Min: 1, Max: 1, HasMax: true}}}
	g.imports = map[string]uint32{}
	for _, f := range vmabi.Functions() {
		t := wasm.FuncType{}
		for _, p := range f.Params {
			t.Params = append(t.Params, wasm.ValueType(p))
		}
		for _, p := range f.Results {
			t.Results = append(t.Results, wasm.ValueType(p))
		}
		g.imports[f.Name] = uint32(len(g.m.Imports))
		g.m.Imports = append(g.m.Imports, wasm.Import{Module: "vm", Name: f.Name, Kind: wasm.ExternFunc, Type: g.typ(t)})
	}
	for range g.n(4) {
		t := g.valueType()
		op := wasm.OpI32Const
		v := g.r.Uint64() >> g.n(64)
		if t == i64 {
			op = wasm.OpI64Const
		} else {
			v = uint64(uint32(v))
		}
		g.m.Globals = append(g.m.Globals, wasm.Global{GlobalType: wasm.GlobalType{Type: t, Mutable: g.n(4) > 0}, Init: wasm.ConstExpr{Op: op, Value: v}})
	}
	results := []wasm.ValueType(nil)
	if g.n(8) == 0 {
		results = []wasm.ValueType{i32}
	}
	g.funcs = append(g.funcs, genFunc{ft: wasm.FuncType{Results: results}})
	for range g.n(4) {
		g.funcs = append(g.funcs, genFunc{ft: wasm.FuncType{Params: g.types(4), Results: g.types(2)}})
	}
	first := uint32(len(g.m.Imports))
	for i := range g.funcs {
		g.funcs[i].typ = g.typ(g.funcs[i].ft)
		g.m.Functions = append(g.m.Functions, g.funcs[i].typ)
	}
	table := make([]uint32, 1+g.n(6))
	for i := range table {
		table[i] = first + uint32(g.n(len(g.funcs)))
	}
	g.m.Tables = []wasm.Limits{{Min: uint32(len(table) + g.n(2))}}
	g.m.Elements = []wasm.Element{{Position: wasm.ConstExpr{Op: wasm.OpI32Const}, Funcs: table}}
	data := make([]byte, 64)
	for i := range data {
		data[i] = byte(g.r.Uint32())
	}
	copy(data[8:], "pool")
	g.m.Data = []wasm.Data{{Position: wasm.ConstExpr{Op: wasm.OpI32Const, Value: uint64(g.n(4))}, Bytes: data}}
	g.m.Exports = []wasm.Export{{Name: "run", Index: first}, {Name: "memory", Kind: wasm.ExternMemory}}
	if g.n(8) == 0 {
		for i := range g.funcs {
			if len(g.funcs[i].ft.Params)+len(g.funcs[i].ft.Results) == 0 {
				s := first + uint32(i)
				g.m.Start = &s
			}
		}
	}
	for i := range g.funcs {
		g.m.Code = append(g.m.Code, g.function(&g.funcs[i]))
	}
	return wasm.Encode(g.m)
}

func (g *generator) function(f *genFunc) wasm.Code {
	g.cur, g.code, g.brs, g.depth, g.size = f, nil, nil, 0, 0
	locals := g.types(6)
	f.locals = append(append([]wasm.ValueType(nil), f.ft.Params...), locals...)
	g.labels = []label{{f.ft.Results}}
	g.block(f.ft.Results, 2+g.n(6))
	g.emit(wasm.OpEnd)
	c := wasm.Code{Instrs: g.code, BrTables: g.brs}
	for _, t := range locals {
		c.Locals = append(c.Locals, wasm.LocalRun{Count: 1, Type: t})
	}
	return c
}

// block emits statements and then values of the given types.
func (g *generator) block(results []wasm.ValueType, statements int) {
	for range statements {
		g.statement()
	}
	for _, t := range results {
		g.expr(t)
	}
}

func (g *generator) local(t wasm.ValueType) (uint64, bool) {
	var fit []int
	for i, l := range g.cur.locals {
		if l == t {
			fit = append(fit, i)
		}
	}
	if len(fit) == 0 {
		return 0, false
	}
	return uint64(fit[g.n(len(fit))]), true
}

func (g *generator) blockType(params, results []wasm.ValueType) uint64 {
	switch {
	case len(params) == 0 && len(results) == 0:
		return wasm.BlockTypeEmpty
	case len(params) == 0 && len(results) == 1:
		return uint64(int64(int8(results[0] | 0x80)))
	}
	return uint64(g.typ(wasm.FuncType{Params: params, Results: results}))
}

// nested emits a block, loop or if whose values stay on the stack.
func (g *generator) nested(results []wasm.ValueType) {
	g.depth++
	defer func() { g.depth-- }()
	var params []wasm.ValueType
	if g.n(4) == 0 {
		params = g.types(2)
	}
	for _, t := range params {
		g.expr(t)
	}
	drop := func() { // use up the parameters
		for i := len(params) - 1; i >= 0; i-- {
			if v, ok := g.local(params[i]); ok && g.n(2) == 0 {
				g.emit(wasm.OpLocalSet, v)
			} else {
				g.emit(wasm.OpDrop)
			}
		}
	}
	bt := g.blockType(params, results)
	switch g.n(4) {
	case 0:
		g.emit(wasm.OpBlock, bt)
		g.labels = append(g.labels, label{results})
		drop()
		g.block(results, g.n(4))
	case 1, 2:
		g.emit(wasm.OpLoop, bt)
		g.labels = append(g.labels, label{params})
		drop()
		for range g.n(4) {
			g.statement()
		}
		if v, ok := g.local(i32); ok && g.n(4) > 0 { // for (v %= 16; v--;)
			for _, t := range params {
				g.expr(t)
			}
			g.emit(wasm.OpLocalGet, v)
			g.emit(wasm.OpI32Const, 15)
			g.emit(wasm.OpI32And)
			g.emit(wasm.OpI32Const, 1)
			g.emit(wasm.OpI32Sub)
			g.emit(wasm.OpLocalTee, v)
			g.emit(wasm.OpI32Const, 0)
			g.emit(wasm.OpI32GtS)
			g.emit(wasm.OpBrIf, 0)
			for range params {
				g.emit(wasm.OpDrop)
			}
		}
		g.block(results, g.n(2))
	default:
		g.expr(i32)
		g.emit(wasm.OpIf, bt)
		g.labels = append(g.labels, label{results})
		drop()
		g.block(results, g.n(4))
		if len(results) > 0 || len(params) > 0 || g.n(2) == 0 {
			g.emit(wasm.OpElse)
			drop()
			g.block(results, g.n(4))
		}
	}
	g.emit(wasm.OpEnd)
	g.labels = g.labels[:len(g.labels)-1]
}

func (g *generator) address() uint64 { // offset; the address is on the stack
	g.expr(i32)
	switch g.n(40) {
	case 0:
	case 1:
		return uint64(g.r.Uint32())
	case 2:
		g.emit(wasm.OpI32Const, 0xffff)
		g.emit(wasm.OpI32And)
	default:
		g.emit(wasm.OpI32Const, 0x3f)
		g.emit(wasm.OpI32And)
	}
	return uint64(g.n(16))
}

func (g *generator) statement() {
	if g.size > 1500 {
		return
	}
	k := g.n(20)
	if g.depth > 5 && k >= 10 && k < 15 {
		k = g.n(10)
	}
	switch k {
	case 0, 1, 2, 3, 4:
		t := g.valueType()
		g.expr(t)
		if v, ok := g.local(t); ok {
			g.emit(wasm.OpLocalSet, v)
		} else {
			g.emit(wasm.OpDrop)
		}
	case 5, 6, 7:
		off := g.address()
		stores := []wasm.Opcode{wasm.OpI32Store, wasm.OpI32Store8, wasm.OpI32Store16}
		t := g.valueType()
		if t == i64 {
			stores = []wasm.Opcode{wasm.OpI64Store, wasm.OpI64Store8, wasm.OpI64Store16, wasm.OpI64Store32}
		}
		g.expr(t)
		g.emit(stores[g.n(len(stores))], off)
	case 8:
		if len(g.m.Globals) == 0 {
			return
		}
		i := g.n(len(g.m.Globals))
		if g.m.Globals[i].Mutable {
			g.expr(g.m.Globals[i].Type)
			g.emit(wasm.OpGlobalSet, uint64(i))
		}
	case 9:
		g.host()
	case 10, 11, 12, 13:
		g.nested(nil)
	case 14: // block with values
		ts := g.types(2)
		g.nested(ts)
		for range ts {
			g.emit(wasm.OpDrop)
		}
	case 15, 16:
		g.branch()
	case 17:
		g.call(g.n(len(g.funcs)), true)
	case 18:
		if g.n(3) == 0 {
			for range 3 {
				g.expr(i32)
				g.emit(wasm.OpI32Const, 0xff)
				g.emit(wasm.OpI32And)
			}
			g.emit([]wasm.Opcode{wasm.OpMemoryCopy, wasm.OpMemoryFill}[g.n(2)])
		}
	case 19:
		if g.n(12) == 0 {
			g.emit(wasm.OpUnreachable)
		} else {
			g.expr(g.valueType())
			g.emit(wasm.OpDrop)
		}
	}
}

// branch emits br_if, br_table or, inside of an if, br and return.
func (g *generator) branch() {
	d := g.n(len(g.labels))
	types := g.labels[len(g.labels)-1-d].types
	switch g.n(5) {
	case 0, 1, 2:
		for _, t := range types {
			g.expr(t)
		}
		g.expr(i32)
		g.emit(wasm.OpBrIf, uint64(d))
		for range types {
			g.emit(wasm.OpDrop)
		}
	case 3: // if c { br d }
		g.expr(i32)
		g.emit(wasm.OpIf, wasm.BlockTypeEmpty)
		g.labels = append(g.labels, label{})
		for _, t := range types {
			g.expr(t)
		}
		g.labels = g.labels[:len(g.labels)-1]
		if d == len(g.labels)-1 && g.n(2) == 0 {
			g.emit(wasm.OpReturn)
		} else {
			g.emit(wasm.OpBr, uint64(d+1))
		}
		g.emit(wasm.OpEnd)
	case 4:
		var same []uint32
		for i := range g.labels {
			if equalTypes(g.labels[len(g.labels)-1-i].types, types) {
				same = append(same, uint32(i+1))
			}
		}
		g.expr(i32)
		g.emit(wasm.OpIf, wasm.BlockTypeEmpty)
		g.labels = append(g.labels, label{})
		for _, t := range types {
			g.expr(t)
		}
		g.expr(i32)
		g.labels = g.labels[:len(g.labels)-1]
		g.emit(wasm.OpI32Const, 7)
		g.emit(wasm.OpI32And)
		var tab []uint32
		for range 1 + g.n(7) {
			tab = append(tab, same[g.n(len(same))])
		}
		g.brs = append(g.brs, tab)
		g.emit(wasm.OpBrTable, uint64(len(g.brs)-1))
		g.emit(wasm.OpEnd)
	}
}

func equalTypes(a, b []wasm.ValueType) bool {
	return (wasm.FuncType{Params: a}).Equal(wasm.FuncType{Params: b})
}
