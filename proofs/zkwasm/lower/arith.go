package lower

import (
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
)

// numeric lowers a numeric instruction that cannot trap (any more: a branch has
// excluded the trapping operands of divisions).
func (f *fn) numeric(o wasm.Opcode, x [4]*value) *value {
	a, b := x[0], x[1]
	switch {
	case o == wasm.OpSelect:
		return f.op(ir.OpSelect, x[2], a, b)
	case o >= wasm.OpI32Eqz && o <= wasm.OpI32GeU:
		return f.compare(32, o-wasm.OpI32Eqz, a, b)
	case o >= wasm.OpI64Eqz && o <= wasm.OpI64GeU:
		return f.compare(64, o-wasm.OpI64Eqz, a, b)
	case o >= wasm.OpI32Clz && o <= wasm.OpI32Rotr:
		return f.integer(32, o, a, b)
	case o >= wasm.OpI64Clz && o <= wasm.OpI64Rotr:
		return f.integer(64, o-wasm.OpI64Clz+wasm.OpI32Clz, a, b)
	}
	switch o {
	case wasm.OpI32WrapI64:
		return f.op(ir.OpLo32, a)
	case wasm.OpI64ExtendI32U:
		return a // i32 values are kept zero-extended
	case wasm.OpI64ExtendI32S:
		return f.signExtend(64, a, 32)
	case wasm.OpI32Extend8S:
		return f.signExtend(32, a, 8)
	case wasm.OpI32Extend16S:
		return f.signExtend(32, a, 16)
	case wasm.OpI64Extend8S:
		return f.signExtend(64, a, 8)
	case wasm.OpI64Extend16S:
		return f.signExtend(64, a, 16)
	case wasm.OpI64Extend32S:
		return f.signExtend(64, a, 32)
	default:
		return nil
	}
}

// mask is 2^w-1.
func mask(w uint) uint64 { return ^uint64(0) >> (64 - w) }

// compare lowers comparison n of the w-bit group: eqz, eq, ne, lt_s, lt_u,
// gt_s, gt_u, le_s, le_u, ge_s, ge_u.
func (f *fn) compare(w uint, n wasm.Opcode, a, b *value) *value {
	switch n {
	case 0:
		return f.op(ir.OpEq, a, konst(0))
	case 1:
		return f.op(ir.OpEq, a, b)
	case 2:
		return f.op(ir.OpNe, a, b)
	default: // orderings, below
	}
	o := at([...]ir.Op{ir.OpLtU32, ir.OpGtU32, ir.OpLeU32, ir.OpGeU32}[(n-3)/2], w)
	if (n-3)%2 == 0 {
		return f.signedCompare(w, o, a.get(), b.get())
	}
	return f.op(o, a, b)
}

// signedCompare compares after adding 2^(w-1) to both sides.
func (f *fn) signedCompare(w uint, o ir.Op, a, b *value) *value {
	half := uint64(1) << (w - 1)
	if a.isConst() && !b.isConst() {
		o, a, b = reversed(o), b, a
	}
	lt, gt := at(ir.OpLtU32, w), at(ir.OpGtU32, w)
	switch {
	case a.max < half && b.max < half:
		return f.op(o, a, b)
	case b.is(0) && o&^2 == lt: // a < 0 is a >= half, a >= 0 is a < half
		return f.op(o^2, a, konst(half))
	case b.is(mask(w)) && o&^2 == gt: // a > -1 is a < half
		return f.op(lt^o&2, a, konst(half))
	}
	return f.op(o, f.bias(w, a), f.bias(w, b))
}

func (f *fn) bias(w uint, a *value) *value {
	return f.op(at(ir.OpAdd32, w), a, konst(1<<(w-1)))
}

// integer lowers the w-bit instruction that corresponds to i32 instruction o.
func (f *fn) integer(w uint, o wasm.Opcode, a, b *value) *value {
	switch o {
	case wasm.OpI32Clz:
		for s := uint(1); s < w; s *= 2 {
			a = f.op(at(ir.OpOr32, w), a, f.shiftRight(w, a, s))
		}
		return f.op(at(ir.OpSub32, w), konst(uint64(w)), f.popcount(w, a))
	case wasm.OpI32Ctz: // the bits below the lowest one
		below := f.op(at(ir.OpSub32, w), a, konst(1))
		return f.popcount(w, f.op(at(ir.OpAnd32, w), f.invert(w, a), below))
	case wasm.OpI32Popcnt:
		return f.popcount(w, a)
	case wasm.OpI32Add:
		return f.op(at(ir.OpAdd32, w), a, b)
	case wasm.OpI32Sub:
		return f.op(at(ir.OpSub32, w), a, b)
	case wasm.OpI32Mul:
		return f.op(at(ir.OpMulLo32, w), a, b)
	case wasm.OpI32DivS:
		return f.divSigned(w, a, b)
	case wasm.OpI32DivU:
		return f.op(at(ir.OpDivU32, w), a, b)
	case wasm.OpI32RemS:
		return f.remSigned(w, a, b)
	case wasm.OpI32RemU:
		return f.op(at(ir.OpRemU32, w), a, b)
	case wasm.OpI32And:
		return f.op(at(ir.OpAnd32, w), a, b)
	case wasm.OpI32Or:
		return f.op(at(ir.OpOr32, w), a, b)
	case wasm.OpI32Xor:
		return f.op(at(ir.OpXor32, w), a, b)
	default:
		return f.shift(w, o, a.get(), b.get())
	}
}

// shift lowers shifts and rotations to products with powers of two.
func (f *fn) shift(w uint, o wasm.Opcode, a, b *value) *value {
	lo, hi, sum := at(ir.OpMulLo32, w), at(ir.OpMulHi32, w), at(ir.OpMulSum32, w)
	if b.isConst() {
		k := uint(b.c) & (w - 1)
		switch {
		case k == 0:
			return a
		case o == wasm.OpI32Shl:
			return f.op(lo, a, konst(1<<k))
		case o == wasm.OpI32ShrU:
			return f.shiftRight(w, a, k)
		case o == wasm.OpI32Rotl:
			return f.op(sum, a, konst(1<<k))
		case o == wasm.OpI32Rotr:
			return f.op(sum, a, konst(1<<(w-k)))
		case a.max < 1<<(w-1):
			return f.shiftRight(w, a, k)
		}
		// shr_s: floor division commutes with adding a multiple of 2^k
		return f.op(at(ir.OpSub32, w), f.shiftRight(w, f.bias(w, a), k), konst(1<<(w-1)>>k))
	}
	shl, shr := at(ir.OpPowShl32, w), at(ir.OpPowShr32, w)
	switch o {
	case wasm.OpI32Shl:
		return f.op(lo, a, f.op(shl, b))
	case wasm.OpI32ShrU:
		return f.op(hi, a, f.op(shr, b))
	case wasm.OpI32Rotl:
		return f.op(sum, a, f.op(shl, b))
	case wasm.OpI32Rotr:
		return f.op(sum, a, f.op(shr, b))
	default: // shr_s, below
	}
	p := f.op(shr, b)
	if a.max < 1<<(w-1) {
		return f.op(hi, a, p)
	}
	return f.op(at(ir.OpSub32, w), f.op(hi, f.bias(w, a), p), f.op(hi, konst(1<<(w-1)), p))
}

// signExtend extends the low n bits of a to w bits.
func (f *fn) signExtend(w uint, a *value, n uint) *value {
	a = a.get()
	low := a
	if n == 32 && a.typ == t64 {
		low = f.op(ir.OpLo32, a)
	} else if n < 32 {
		low = f.op(at(ir.OpAnd32, w), a, konst(mask(n)))
	}
	half := uint64(1) << (n - 1)
	if low.get().max < half {
		return low
	}
	return f.op(at(ir.OpSub32, w), f.op(at(ir.OpXor32, w), low, konst(half)), konst(half))
}

// invert is a ^ -1.
func (f *fn) invert(w uint, a *value) *value {
	return f.op(at(ir.OpXor32, w), a, konst(mask(w)))
}

// popcount adds neighbouring fields of 1, 2 and 4 bits, then all bytes by a product.
func (f *fn) popcount(w uint, a *value) *value {
	and, add, sub := at(ir.OpAnd32, w), at(ir.OpAdd32, w), at(ir.OpSub32, w)
	m := func(c uint64) *value { return konst(c & mask(w)) }
	a = f.op(sub, a, f.op(and, f.shiftRight(w, a, 1), m(0x5555555555555555)))
	a = f.op(add, f.op(and, a, m(0x3333333333333333)), f.op(and, f.shiftRight(w, a, 2), m(0x3333333333333333)))
	a = f.op(and, f.op(add, a, f.shiftRight(w, a, 4)), m(0x0f0f0f0f0f0f0f0f))
	return f.shiftRight(w, f.op(at(ir.OpMulLo32, w), a, m(0x0101010101010101)), w-8)
}

// negative is 1 if a, as a signed number, is below 0.
func (f *fn) negative(w uint, a *value) *value {
	return f.op(at(ir.OpGeU32, w), a, konst(1<<(w-1)))
}

// negateIf is -a if cond, else a.
func (f *fn) negateIf(w uint, cond, a *value) *value {
	if cond.get().is(0) {
		return a
	}
	return f.op(ir.OpSelect, cond, f.op(at(ir.OpSub32, w), konst(0), a), a)
}

func (f *fn) divSigned(w uint, a, b *value) *value {
	na, nb := f.negative(w, a), f.negative(w, b)
	q := f.op(at(ir.OpDivU32, w), f.negateIf(w, na, a), f.negateIf(w, nb, b))
	return f.negateIf(w, f.op(ir.OpXor32, na, nb), q)
}

func (f *fn) remSigned(w uint, a, b *value) *value {
	na, nb := f.negative(w, a), f.negative(w, b)
	r := f.op(at(ir.OpRemU32, w), f.negateIf(w, na, a), f.negateIf(w, nb, b))
	return f.negateIf(w, na, r)
}
