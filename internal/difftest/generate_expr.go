package difftest

import "vmhost/internal/wasm"

// Operators by type: binary, compare, unary; those behind the mark trap or are
// seldom provable and are used by wild modules only.
var (
	binary32 = []wasm.Opcode{
		wasm.OpI32Add, wasm.OpI32Sub, wasm.OpI32Mul, wasm.OpI32And, wasm.OpI32Or, wasm.OpI32Xor, wasm.OpI32Shl,
		wasm.OpI32ShrU, wasm.OpI32ShrS, wasm.OpI32Rotl, wasm.OpI32Rotr,
	}
	binary64 = []wasm.Opcode{
		wasm.OpI64Add, wasm.OpI64Sub, wasm.OpI64Mul, wasm.OpI64And, wasm.OpI64Or, wasm.OpI64Xor, wasm.OpI64Shl,
		wasm.OpI64ShrU, wasm.OpI64ShrS, wasm.OpI64Rotl, wasm.OpI64Rotr,
	}
	divisions32 = []wasm.Opcode{wasm.OpI32DivU, wasm.OpI32RemU, wasm.OpI32DivS, wasm.OpI32RemS}
	divisions64 = []wasm.Opcode{wasm.OpI64DivU, wasm.OpI64RemU, wasm.OpI64DivS, wasm.OpI64RemS}
	unary32     = []wasm.Opcode{wasm.OpI32Extend8S, wasm.OpI32Extend16S, wasm.OpI32Clz, wasm.OpI32Ctz, wasm.OpI32Popcnt}
	unary64     = []wasm.Opcode{wasm.OpI64Extend8S, wasm.OpI64Extend16S, wasm.OpI64Extend32S, wasm.OpI64Clz, wasm.OpI64Ctz, wasm.OpI64Popcnt}
	compares32  = []wasm.Opcode{
		wasm.OpI32Eq, wasm.OpI32Ne, wasm.OpI32LtS, wasm.OpI32LtU, wasm.OpI32GtS, wasm.OpI32GtU, wasm.OpI32LeS, wasm.OpI32LeU,
		wasm.OpI32GeS, wasm.OpI32GeU,
	}
	compares64 = []wasm.Opcode{
		wasm.OpI64Eq, wasm.OpI64Ne, wasm.OpI64LtS, wasm.OpI64LtU, wasm.OpI64GtS, wasm.OpI64GtU, wasm.OpI64LeS, wasm.OpI64LeU,
		wasm.OpI64GeS, wasm.OpI64GeU,
	}
	loads32 = []wasm.Opcode{wasm.OpI32Load, wasm.OpI32Load8S, wasm.OpI32Load8U, wasm.OpI32Load16S, wasm.OpI32Load16U}
	loads64 = []wasm.Opcode{
		wasm.OpI64Load, wasm.OpI64Load8S, wasm.OpI64Load8U, wasm.OpI64Load16S, wasm.OpI64Load16U, wasm.OpI64Load32S, wasm.OpI64Load32U,
	}
	stores32 = []wasm.Opcode{wasm.OpI32Store, wasm.OpI32Store8, wasm.OpI32Store16}
	stores64 = []wasm.Opcode{wasm.OpI64Store, wasm.OpI64Store8, wasm.OpI64Store16, wasm.OpI64Store32}
)

func (g *generator) one(ops []wasm.Opcode) wasm.Opcode { return ops[g.r.IntN(len(ops))] }

// per picks by type.
func per[T any](t wasm.ValueType, a, b T) T {
	if t == wasm.I32 {
		return a
	}
	return b
}

// expr emits instructions that leave one value of type t.
func (g *generator) expr(t wasm.ValueType, depth int) {
	if depth == 0 || g.budget <= 0 {
		g.leaf(t)
		return
	}
	switch g.r.IntN(14) {
	case 0, 1, 2, 3:
		g.expr(t, depth-1)
		g.expr(t, depth-1)
		g.emit(g.one(per(t, binary32, binary64)), 0)
	case 4:
		g.division(t, depth)
	case 5:
		g.expr(t, depth-1)
		if ops := per(t, unary32, unary64); g.wild {
			g.emit(g.one(ops), 0)
		} else {
			g.emit(g.one(ops[:2]), 0)
		}
	case 6:
		g.convert(t, depth)
	case 7:
		g.address(depth)
		g.access(g.one(per(t, loads32, loads64)))
	case 8:
		g.expr(t, depth-1)
		g.expr(t, depth-1)
		g.expr(wasm.I32, depth-1)
		g.emit(wasm.OpSelect, 0)
	case 9:
		g.ifExpr(t, depth)
	case 10:
		g.blockExpr(t, depth)
	case 11:
		if !g.call([]wasm.ValueType{t}) {
			g.leaf(t)
		}
	case 12:
		g.tee(t, depth)
	default:
		g.leaf(t)
	}
}

func (g *generator) leaf(t wasm.ValueType) {
	switch g.r.IntN(4) {
	case 0:
		if t == wasm.I32 && g.r.IntN(10) == 0 {
			g.emit(wasm.OpMemorySize, 0)
			return
		}
	case 1:
		for i, gl := range g.m.Globals {
			if gl.Type == t {
				g.emit(wasm.OpGlobalGet, uint64(i))
				return
			}
		}
	default:
		start := g.r.IntN(len(g.locals))
		for k := range g.locals {
			if i := (start + k) % len(g.locals); g.locals[i] == t {
				g.emit(wasm.OpLocalGet, uint64(i))
				return
			}
		}
	}
	g.emit(per(t, wasm.OpI32Const, wasm.OpI64Const), g.constant(t))
}

// division divides by something odd, unless the module is wild.
func (g *generator) division(t wasm.ValueType, depth int) {
	g.expr(t, depth-1)
	g.expr(t, depth-1)
	ops := per(t, divisions32, divisions64)
	if !g.wild || g.r.IntN(4) > 0 {
		g.emit(per(t, wasm.OpI32Const, wasm.OpI64Const), 1)
		g.emit(per(t, wasm.OpI32Or, wasm.OpI64Or), 0)
	}
	if !g.wild {
		ops = ops[:2]
	}
	g.emit(g.one(ops), 0)
}

func (g *generator) convert(t wasm.ValueType, depth int) {
	from := g.valueType()
	switch {
	case g.r.IntN(3) == 0 && t == wasm.I32:
		g.expr(from, depth-1)
		g.emit(per(from, wasm.OpI32Eqz, wasm.OpI64Eqz), 0)
	case t == wasm.I32 && g.r.IntN(2) == 0:
		g.expr(from, depth-1)
		g.expr(from, depth-1)
		g.emit(g.one(per(from, compares32, compares64)), 0)
	case t == wasm.I32:
		g.expr(wasm.I64, depth-1)
		g.emit(wasm.OpI32WrapI64, 0)
	default:
		g.expr(wasm.I32, depth-1)
		g.emit(g.one([]wasm.Opcode{wasm.OpI64ExtendI32S, wasm.OpI64ExtendI32U}), 0)
	}
}

// address leaves an address within the first page, unless the module is wild.
func (g *generator) address(depth int) {
	if g.r.IntN(2) == 0 {
		g.emit(wasm.OpI32Const, uint64(g.r.IntN(2048)))
		return
	}
	g.expr(wasm.I32, depth-1)
	if !g.wild || g.r.IntN(20) > 0 {
		g.emit(wasm.OpI32Const, 0x7fff)
		g.emit(wasm.OpI32And, 0)
	}
}

func (g *generator) access(op wasm.Opcode) {
	offset := uint64(g.r.IntN(64))
	if g.wild && g.r.IntN(40) == 0 {
		offset = uint64(g.r.Uint32())
	}
	g.emit(op, offset)
}

func (g *generator) store() {
	t := g.valueType()
	g.address(2)
	g.expr(t, 3)
	g.access(g.one(per(t, stores32, stores64)))
}

func (g *generator) ifExpr(t wasm.ValueType, depth int) {
	g.expr(wasm.I32, depth-1)
	g.emit(wasm.OpIf, uint64(int64(int8(t|0x80))))
	g.labels = append(g.labels, label{result: t})
	g.expr(t, depth-1)
	g.emit(wasm.OpElse, 0)
	g.expr(t, depth-1)
	g.endBlock()
}

// blockExpr is a block with a result and a conditional way out that carries it.
func (g *generator) blockExpr(t wasm.ValueType, depth int) {
	g.emit(wasm.OpBlock, uint64(int64(int8(t|0x80))))
	g.labels = append(g.labels, label{result: t})
	g.expr(t, depth-1)
	if g.r.IntN(2) == 0 {
		g.expr(wasm.I32, depth-1)
		g.emit(wasm.OpBrIf, 0)
	}
	if g.r.IntN(3) == 0 { // leave from inside an if
		g.expr(wasm.I32, depth-1)
		g.emit(wasm.OpIf, wasm.BlockTypeEmpty)
		g.labels = append(g.labels, label{})
		g.expr(t, depth-1)
		g.emit(wasm.OpBr, 1)
		g.endBlock()
	}
	g.endBlock()
}

func (g *generator) tee(t wasm.ValueType, depth int) {
	for i, l := range g.locals {
		if l == t && g.r.IntN(2) == 0 {
			g.expr(t, depth-1)
			g.emit(wasm.OpLocalTee, uint64(i))
			return
		}
	}
	g.leaf(t)
}
