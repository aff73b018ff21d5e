package lower

import (
	"math/bits"

	"vmhost/proofs/zkwasm/ir"
)

// typ is the type of an SSA value.
type typ uint8

const (
	t32 typ = iota + 1 // zero-extended i32: also a canonical i64
	t64
	tPow // result of OpPow…, only ever the B of a product
)

type vkind uint8

const (
	vConst   vkind = iota
	vArg           // parameter n of the function
	vPhi           // block parameter
	vCallRes       // result n of the call whose continuation is blk
	vOp            // pure op
	vRes           // result n > 0 of the pure op args[0]
	vLoad
	vStore
)

// value is an SSA value, or a store. Values are shared by pointer; one that was
// found equal to another forwards to it.
type value struct {
	kind vkind
	op   ir.Op
	typ  typ
	c    uint64 // constants
	max  uint64 // static upper bound
	n    int    // vArg, vCallRes, vRes; variable of a vPhi
	args [4]*value
	mem  ir.Mem // loads and stores: everything but the slots
	phi  []*value
	blk  *block
	fwd  *value
	fn   *fn    // of a vArg
	id   uint64 // see uid
	live bool
	slot ir.Slot
}

// get follows forwarding.
func (v *value) get() *value {
	if v == nil || v.fwd == nil {
		return v
	}
	r := v
	for r.fwd != nil {
		r = r.fwd
	}
	for v.fwd != nil { // path compression
		v, v.fwd = v.fwd, r
	}
	return r
}

func (v *value) isConst() bool { return v.kind == vConst }

func (v *value) is(c uint64) bool { return v.kind == vConst && v.c == c }

func (v *value) isOp(o ir.Op) bool { return v.kind == vOp && v.op == o }

func konst(c uint64) *value {
	t := t64
	if c < 1<<32 {
		t = t32
	}
	return &value{kind: vConst, typ: t, c: c, max: c}
}

func (t typ) limit() uint64 {
	if t == t32 {
		return 1<<32 - 1
	}
	return ^uint64(0)
}

// ones is the smallest 2^k-1 that is at least x.
func ones(x uint64) uint64 {
	if x == 0 {
		return 0
	}
	return ^uint64(0) >> bits.LeadingZeros64(x)
}

// resultType gives the type and an upper bound of a pure op's result.
func resultType(o ir.Op, a, b, c *value) (typ, uint64) {
	lim := ^uint64(0)
	t := t64
	if o.Width() == 32 {
		lim, t = 1<<32-1, t32
	}
	switch o {
	case ir.OpLtU32, ir.OpGtU32, ir.OpGeU32, ir.OpLeU32, ir.OpLtU64, ir.OpGtU64, ir.OpGeU64, ir.OpLeU64, ir.OpEq, ir.OpNe:
		return t32, 1
	case ir.OpAdd32, ir.OpAdd64:
		if s, carry := bits.Add64(a.max, b.max, 0); carry == 0 && s <= lim {
			return t, s
		}
	case ir.OpAnd32, ir.OpAnd64:
		if a.typ == t32 || b.typ == t32 {
			t = t32
		}
		return t, min(a.max, b.max)
	case ir.OpOr32, ir.OpXor32, ir.OpOr64, ir.OpXor64:
		return t, ones(a.max | b.max)
	case ir.OpMulLo32, ir.OpMulLo64:
		if hi, lo := bits.Mul64(a.max, b.max); hi == 0 && lo <= lim && b.typ != tPow {
			return t, lo
		}
	case ir.OpMulHi32, ir.OpMulHi64:
		if !b.isConst() {
			break
		}
		if hi, lo := bits.Mul64(a.max, b.c); o == ir.OpMulHi64 {
			return t, hi
		} else if hi == 0 {
			return t, lo >> 32
		}
	case ir.OpDivU32, ir.OpDivU64:
		if b.isConst() && b.c != 0 {
			return t, a.max / b.c
		}
		return t, a.max
	case ir.OpRemU32, ir.OpRemU64:
		if b.max != 0 {
			return t, min(a.max, b.max-1)
		}
	case ir.OpSelect:
		if b.typ == t32 && c.typ == t32 {
			t = t32
		}
		return t, max(b.max, c.max)
	case ir.OpPowShl32, ir.OpPowShr32, ir.OpPowShl64, ir.OpPowShr64:
		return tPow, ^uint64(0)
	case ir.OpLo32:
		return t32, min(a.max, 1<<32-1)
	case ir.OpHi32:
		return t32, a.max >> 32
	case ir.OpLeaf, ir.OpManifest, ir.OpItem, ir.OpAged:
		return t64, ^uint64(0)
	case ir.OpLen, ir.OpFind:
		return t32, 1<<32 - 1
	default: // the limit, below
	}
	return t, lim
}
