package lower_test

import "vmhost/internal/wasm"

// call emits a call, direct or through the table.
func (g *generator) call(i int, drop bool) {
	f := &g.funcs[i]
	if g.depth > 6 {
		return
	}
	g.depth++
	for _, t := range f.ft.Params {
		g.expr(t)
	}
	g.depth--
	if g.n(3) == 0 {
		g.expr(i32)
		g.emit(wasm.OpI32Const, 7)
		g.emit(wasm.OpI32And)
		g.emit(wasm.OpCallIndirect, uint64(f.typ), 0)
	} else {
		g.emit(wasm.OpCall, uint64(len(g.m.Imports)+i))
	}
	if drop {
		for range f.ft.Results {
			g.emit(wasm.OpDrop)
		}
	}
}

// host calls a host function with mostly sensible arguments.
func (g *generator) host() {
	small := func(n int) {
		if g.n(12) == 0 {
			g.expr(i32)
			return
		}
		g.emit(wasm.OpI32Const, uint64(g.n(n)))
	}
	call := func(name string) { g.emit(wasm.OpCall, uint64(g.imports[name])) }
	switch g.n(13) {
	case 0:
		small(100)
		small(40)
		small(40)
		call("input_read")
		g.emit(wasm.OpDrop)
	case 1, 2:
		small(100)
		small(20)
		call("journal_write")
	case 3:
		small(3)
		small(3)
		call("state_u64")
		g.emit(wasm.OpDrop)
	case 4:
		small(3)
		small(3)
		small(100)
		call("state_read")
	case 5:
		small(3)
		small(2)
		small(2)
		small(100)
		call("state_read_n")
	case 6:
		small(7)
		small(100)
		call("block")
	case 7:
		small(3)
		call("collection_len")
		g.emit(wasm.OpDrop)
	case 8:
		small(3)
		small(3)
		small(100)
		call("item")
	case 9:
		small(3)
		small(100)
		call("manifest")
	case 10:
		small(5)
		small(3)
		small(4)
		small(100)
		call("state_read_at")
	case 11:
		small(100)
		small(300)
		small(100)
		call("keccak256")
	case 12:
		g.emit(wasm.OpI32Const, uint64(8+g.n(2)))
		g.emit(wasm.OpI32Const, uint64(g.n(6)))
		if g.n(2) == 0 {
			call("log")
		} else {
			call("collection")
			g.emit(wasm.OpDrop)
		}
	}
}

var interesting = []uint64{0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 255, 256, 65535, 65536, 1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, 1<<63 - 1, 1 << 63, ^uint64(0)}

// expr leaves one value of type t.
func (g *generator) expr(t wasm.ValueType) {
	g.depth++
	defer func() { g.depth-- }()
	k := g.n(12)
	if g.depth > 7 || g.size > 2000 {
		k = g.n(4)
	}
	switch k {
	case 0, 1:
		c := interesting[g.n(len(interesting))]
		if g.n(3) == 0 {
			c = g.r.Uint64() >> g.n(64)
		}
		if t == i32 {
			g.emit(wasm.OpI32Const, uint64(uint32(c)))
		} else {
			g.emit(wasm.OpI64Const, c)
		}
	case 2, 3:
		if v, ok := g.local(t); ok {
			g.emit(wasm.OpLocalGet, v)
			return
		}
		if t == i32 {
			g.emit(wasm.OpI32Const, uint64(g.n(10)))
		} else {
			g.emit(wasm.OpI64Const, uint64(g.n(10)))
		}
	case 4, 5, 6:
		g.binary(t)
	case 7:
		g.unary(t)
	case 8:
		off := g.address()
		loads := []wasm.Opcode{wasm.OpI32Load, wasm.OpI32Load8S, wasm.OpI32Load8U, wasm.OpI32Load16S, wasm.OpI32Load16U}
		if t == i64 {
			loads = []wasm.Opcode{wasm.OpI64Load, wasm.OpI64Load8S, wasm.OpI64Load8U, wasm.OpI64Load16S, wasm.OpI64Load16U, wasm.OpI64Load32S, wasm.OpI64Load32U}
		}
		g.emit(loads[g.n(len(loads))], off)
	case 9:
		g.expr(t)
		g.expr(t)
		g.expr(i32)
		g.emit(wasm.OpSelect)
	case 10:
		for i := range g.m.Globals {
			if g.m.Globals[i].Type == t {
				g.emit(wasm.OpGlobalGet, uint64(i))
				return
			}
		}
		for i := range g.funcs {
			if r := g.funcs[i].ft.Results; len(r) == 1 && r[0] == t && g.n(2) == 0 && g.depth < 5 {
				g.call(i, false)
				return
			}
		}
		if t == i32 {
			g.emit(wasm.OpMemorySize)
		} else {
			g.emit(wasm.OpI64Const, 5)
		}
	default:
		if g.depth < 6 {
			g.nested([]wasm.ValueType{t})
		} else {
			g.unary(t)
		}
	}
}

func (g *generator) unary(t wasm.ValueType) {
	if t == i32 {
		ops := []wasm.Opcode{wasm.OpI32Clz, wasm.OpI32Ctz, wasm.OpI32Popcnt, wasm.OpI32Eqz, wasm.OpI32Extend8S, wasm.OpI32Extend16S}
		switch g.n(4) {
		case 0:
			g.expr(i64)
			g.emit([]wasm.Opcode{wasm.OpI32WrapI64, wasm.OpI64Eqz}[g.n(2)])
		case 1:
			g.expr(i32)
			g.emit(wasm.OpMemoryGrow)
		default:
			g.expr(i32)
			g.emit(ops[g.n(len(ops))])
		}
		return
	}
	if g.n(3) == 0 {
		g.expr(i32)
		g.emit([]wasm.Opcode{wasm.OpI64ExtendI32S, wasm.OpI64ExtendI32U}[g.n(2)])
		return
	}
	ops := []wasm.Opcode{wasm.OpI64Clz, wasm.OpI64Ctz, wasm.OpI64Popcnt, wasm.OpI64Extend8S, wasm.OpI64Extend16S, wasm.OpI64Extend32S}
	g.expr(i64)
	g.emit(ops[g.n(len(ops))])
}

func (g *generator) binary(t wasm.ValueType) {
	op := wasm.OpI32Add + wasm.Opcode(g.n(15))
	operand := t
	if t == i64 {
		op = wasm.OpI64Add + wasm.Opcode(g.n(15))
	} else if g.n(2) == 0 {
		op = wasm.OpI32Eq + wasm.Opcode(g.n(10))
		if g.n(2) == 0 {
			op, operand = wasm.OpI64Eq+wasm.Opcode(g.n(10)), i64
		}
	}
	g.expr(operand)
	g.expr(operand)
	if op >= wasm.OpI32DivS && op <= wasm.OpI32RemU && g.n(8) > 0 {
		g.emit(wasm.OpI32Const, 1)
		g.emit(wasm.OpI32Or)
	}
	if op >= wasm.OpI64DivS && op <= wasm.OpI64RemU && g.n(8) > 0 {
		g.emit(wasm.OpI64Const, 1)
		g.emit(wasm.OpI64Or)
	}
	g.emit(op)
}
