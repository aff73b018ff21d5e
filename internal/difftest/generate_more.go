package difftest

import "vmhost/internal/wasm"

// table makes a table of some functions, with holes.
func (g *generator) table() {
	n := 1 + g.r.IntN(8)
	if g.r.IntN(16) == 0 {
		n = 2000 // mostly empty
	}
	e := wasm.Element{Position: wasm.ConstExpr{Op: wasm.OpI32Const, Value: uint64(g.r.IntN(2))}}
	for range min(n, 8) - int(e.Position.Value) {
		e.Funcs = append(e.Funcs, g.first+uint32(g.r.IntN(len(g.types))))
	}
	g.m.Tables = []wasm.Limits{{Min: uint32(n)}}
	if len(e.Funcs) > 0 {
		g.m.Elements = []wasm.Element{e}
	}
}

// callIndirect calls through the table, mostly what is there and cannot lead
// back to this function.
func (g *generator) callIndirect() {
	if len(g.m.Elements) == 0 {
		g.localSet()
		return
	}
	e := &g.m.Elements[0]
	i := g.r.IntN(len(e.Funcs))
	callee := int(e.Funcs[i] - g.first)
	if wild := g.wild && g.r.IntN(10) == 0; callee <= g.self && !wild {
		g.localSet()
		return
	}
	t := g.types[callee]
	for _, p := range t.Params {
		g.expr(p, 1)
	}
	index := uint64(i) + e.Position.Value
	switch {
	case g.wild && g.r.IntN(10) == 0:
		g.expr(wasm.I32, 1)
	case g.r.IntN(3) == 0: // not a constant
		g.expr(wasm.I32, 1)
		g.emit(wasm.OpI32Const, 0)
		g.emit(wasm.OpI32And, 0)
		g.emit(wasm.OpI32Const, index)
		g.emit(wasm.OpI32Add, 0)
	default:
		g.emit(wasm.OpI32Const, index)
	}
	g.emit(wasm.OpCallIndirect, uint64(g.typeIndex(t)))
	g.take(t.Results)
}

// callMulti calls a function with several results.
func (g *generator) callMulti() {
	for i := g.self + 1; i < len(g.types); i++ {
		t := g.types[i]
		if len(t.Results) < 2 {
			continue
		}
		for _, p := range t.Params {
			g.expr(p, 1)
		}
		g.emit(wasm.OpCall, uint64(g.first)+uint64(i))
		g.take(t.Results)
		return
	}
	g.localSet()
}

// take stores or drops values of these types, the last first.
func (g *generator) take(types []wasm.ValueType) {
	for i := len(types) - 1; i >= 0; i-- {
		if l, ok := g.local(types[i]); ok && g.r.IntN(3) > 0 {
			g.emit(wasm.OpLocalSet, l)
		} else {
			g.emit(wasm.OpDrop, 0)
		}
	}
}

// local picks a local of a type.
func (g *generator) local(t wasm.ValueType) (uint64, bool) {
	start := g.r.IntN(len(g.locals))
	for k := range g.locals {
		if i := (start + k) % len(g.locals); g.locals[i] == t {
			return uint64(i), true
		}
	}
	return 0, false
}

// multiBlock is a block, loop or if of two parameters and two results, which
// swaps them.
func (g *generator) multiBlock() {
	a, b := g.valueType(), g.valueType()
	la, okA := g.local(a)
	lb, okB := g.local(b)
	if !okA || !okB || la == lb {
		g.localSet()
		return
	}
	g.expr(a, 2)
	g.expr(b, 2)
	t := g.typeIndex(wasm.FuncType{Params: []wasm.ValueType{a, b}, Results: []wasm.ValueType{b, a}})
	swap := func() {
		g.emit(wasm.OpLocalSet, lb)
		g.emit(wasm.OpLocalSet, la)
		g.emit(wasm.OpLocalGet, lb)
		g.emit(wasm.OpLocalGet, la)
	}
	switch g.r.IntN(3) {
	case 0:
		g.emit(wasm.OpBlock, uint64(t))
		swap()
		g.emit(wasm.OpLocalGet, la)
		if a == wasm.I64 {
			g.emit(wasm.OpI32WrapI64, 0)
		}
		g.emit(wasm.OpBrIf, 0)
	case 1:
		g.emit(wasm.OpLoop, uint64(t))
		swap()
	default:
		g.emit(wasm.OpLocalGet, la)
		if a == wasm.I64 {
			g.emit(wasm.OpI64Eqz, 0)
		}
		g.emit(wasm.OpIf, uint64(t))
		swap()
		g.emit(wasm.OpElse, 0)
		swap()
	}
	g.emit(wasm.OpEnd, 0)
	g.take([]wasm.ValueType{b, a})
}

// showGlobals stores the globals in memory, which is compared.
func (g *generator) showGlobals() {
	if g.m.Memories[0].Min == 0 {
		return
	}
	for i, gl := range g.m.Globals {
		g.emit(wasm.OpI32Const, uint64(65000+8*i))
		g.emit(wasm.OpGlobalGet, uint64(i))
		g.emit(per(gl.Type, wasm.OpI32Store, wasm.OpI64Store), 0)
	}
}

// grow grows the memory by nothing, some pages, or far too many.
func (g *generator) grow() {
	if g.r.IntN(4) == 0 {
		g.expr(wasm.I32, 1)
	} else {
		g.emit(wasm.OpI32Const, uint64(g.r.IntN(3)))
	}
	g.emit(wasm.OpMemoryGrow, 0)
	g.take([]wasm.ValueType{wasm.I32})
}

// bulk copies or fills, near the end of the first page too.
func (g *generator) bulk() {
	place := func() {
		if g.r.IntN(3) == 0 {
			g.emit(wasm.OpI32Const, uint64(65536-g.r.IntN(48)))
		} else {
			g.address(1)
		}
	}
	length := func() {
		if g.wild && g.r.IntN(20) == 0 {
			g.expr(wasm.I32, 1)
			return
		}
		g.emit(wasm.OpI32Const, uint64(g.r.IntN(40)))
	}
	place()
	op := wasm.OpMemoryFill
	if g.r.IntN(2) == 0 {
		op = wasm.OpMemoryCopy
		if g.r.IntN(2) == 0 { // overlap
			l, ok := g.local(wasm.I32)
			if ok {
				g.emit(wasm.OpLocalTee, l)
				g.emit(wasm.OpLocalGet, l)
				g.emit(wasm.OpI32Const, uint64(uint32(g.r.IntN(20)-10)))
				g.emit(wasm.OpI32Add, 0)
				length()
				g.emit(op, 0)
				return
			}
		}
		place()
	} else {
		g.expr(wasm.I32, 1)
	}
	length()
	g.emit(op, 0)
}
