package lower

import "vmhost/proofs/zkwasm/ir"

// commutes reports whether A and B may be swapped.
func commutes(o ir.Op) bool {
	switch o {
	case ir.OpAdd32, ir.OpAdd64, ir.OpEq, ir.OpNe, ir.OpAnd32, ir.OpOr32, ir.OpXor32,
		ir.OpAnd64, ir.OpOr64, ir.OpXor64, ir.OpMulLo32, ir.OpMulLo64:
		return true
	default:
		return false
	}
}

// isCmp reports whether o is an ordering; bit 0 of the code swaps the operands'
// roles, bit 1 negates.
func isCmp(o ir.Op) bool { return o >= ir.OpLtU32 && o <= ir.OpLeU64 }

// reversed is the ordering with swapped operands: a < b is b > a.
func reversed(o ir.Op) ir.Op { return o ^ 1 }

// negated is the opposite comparison.
func negated(o ir.Op) ir.Op {
	if o == ir.OpEq || o == ir.OpNe {
		return o ^ 1
	}
	return o ^ 2
}

// wider returns the variant of an op at the given width.
func at(o32 ir.Op, w uint) ir.Op {
	if w == 32 {
		return o32
	}
	switch {
	case o32 == ir.OpAdd32 || o32 == ir.OpSub32, o32 >= ir.OpDivU32 && o32 <= ir.OpRemU32,
		o32 == ir.OpPowShl32 || o32 == ir.OpPowShr32:
		return o32 + 2
	}
	return o32 + 4 // comparisons, bit ops, products
}

// op builds a pure op of up to three operands in the current block, or finds an
// equal or simpler value.
func (f *fn) op(o ir.Op, args ...*value) *value {
	var a [4]*value
	for i := range args {
		a[i] = args[i].get()
	}
	if commutes(o) && a[0].isConst() && !a[1].isConst() && a[1].typ != tPow {
		a[0], a[1] = a[1], a[0]
	}
	if isCmp(o) && a[0].isConst() && !a[1].isConst() {
		o, a[0], a[1] = reversed(o), a[1], a[0]
	}
	if v := f.foldConst(o, a); v != nil {
		return v
	}
	if v := f.peephole(o, a[0], a[1], a[2]); v != nil {
		return v
	}
	return f.raw(o, a)
}

func (f *fn) foldConst(o ir.Op, a [4]*value) *value {
	if o.IsState() {
		return nil
	}
	var c [3]uint64
	for i := range o.Operands() {
		if !a[i].isConst() {
			return nil
		}
		c[i] = a[i].c
	}
	switch o {
	case ir.OpPowShr32, ir.OpPowShr64:
		if c[0]%uint64(o.Width()) == 0 {
			return nil // 2^w is no constant; peephole of the product handles it
		}
	case ir.OpDivU32, ir.OpDivU64, ir.OpRemU32, ir.OpRemU64:
		if c[1] == 0 {
			return konst(0) // never executed: a branch excludes it
		}
	case ir.OpMulHi64, ir.OpMulSum64:
		if c[1] == 0 {
			return konst(0)
		}
	default: // as evaluated
	}
	r, _ := ir.Eval(o, c[0], c[1], c[2])
	return konst(r)
}

// peephole returns a simpler equal value, or nil.
func (f *fn) peephole(o ir.Op, a, b, c *value) *value {
	switch o {
	case ir.OpAdd32, ir.OpAdd64:
		return f.simplifyAdd(o, a, b)
	case ir.OpSub32, ir.OpSub64:
		w := o.Width()
		switch {
		case a == b:
			return konst(0)
		case b.isConst():
			neg, _ := ir.Eval(o, 0, b.c, 0)
			return f.op(at(ir.OpAdd32, w), a, konst(neg))
		}
	case ir.OpAnd32, ir.OpAnd64, ir.OpOr32, ir.OpOr64, ir.OpXor32, ir.OpXor64:
		return f.simplifyBits(o, a, b)
	case ir.OpMulLo32, ir.OpMulLo64, ir.OpMulHi32, ir.OpMulHi64, ir.OpMulSum32, ir.OpMulSum64:
		return f.simplifyMul(o, a, b)
	case ir.OpDivU32, ir.OpDivU64, ir.OpRemU32, ir.OpRemU64:
		return f.simplifyDiv(o, a, b)
	case ir.OpEq, ir.OpNe:
		return f.simplifyEq(o, a, b)
	case ir.OpSelect:
		return f.simplifySelect(a, b, c)
	case ir.OpLo32:
		if a.typ == t32 {
			return a
		}
	case ir.OpHi32:
		if a.max < 1<<32 {
			return konst(0)
		}
	default:
		if isCmp(o) {
			return f.simplifyCmp(o, a, b)
		}
	}
	return nil
}

func (f *fn) simplifyAdd(o ir.Op, a, b *value) *value {
	if !b.isConst() {
		return nil
	}
	if b.c == 0 && (o == ir.OpAdd64 || a.typ == t32) {
		return a
	}
	if a.isOp(o) && a.args[1].get().isConst() {
		sum, _ := ir.Eval(o, a.args[1].get().c, b.c, 0)
		return f.op(o, a.args[0], konst(sum))
	}
	return nil
}

func (f *fn) simplifyBits(o ir.Op, a, b *value) *value {
	if o >= ir.OpAnd64 && a.typ == t32 && b.typ == t32 {
		return f.op(o-4, a, b)
	}
	and := o == ir.OpAnd32 || o == ir.OpAnd64
	or := o == ir.OpOr32 || o == ir.OpOr64
	if a == b {
		if and || or {
			return a
		}
		return konst(0)
	}
	if !b.isConst() {
		return nil
	}
	switch {
	case and && b.c == 0:
		return konst(0)
	case and && b.c&ones(a.max) == ones(a.max) && (a.typ == t32 || b.typ == t64):
		return a
	case !and && b.c == 0:
		return a
	}
	if a.isOp(o) && a.args[1].get().isConst() {
		c, _ := ir.Eval(o, a.args[1].get().c, b.c, 0)
		return f.op(o, a.args[0], konst(c))
	}
	return nil
}

func (f *fn) simplifyMul(o ir.Op, a, b *value) *value {
	w := o.Width()
	lo, hi := at(ir.OpMulLo32, w), at(ir.OpMulHi32, w)
	if (b.isOp(ir.OpPowShr32) || b.isOp(ir.OpPowShr64)) && o != lo {
		if k := b.args[0].get(); k.isConst() && k.c%uint64(w) == 0 {
			return a // times 2^w: the upper half, and the sum
		}
	}
	if a.is(0) {
		return konst(0)
	}
	if !b.isConst() {
		return nil
	}
	switch {
	case b.c == 0:
		return konst(0)
	case b.c == 1 && o == hi:
		return konst(0)
	case b.c == 1:
		return a
	case b.c == 2 && o == lo:
		return f.op(at(ir.OpAdd32, w), a, a)
	case o == ir.OpMulHi64 && b.c == 1<<32:
		return f.op(ir.OpHi32, a)
	}
	if o == hi {
		if _, m := resultType(o, a, b, nil); m == 0 {
			return konst(0)
		}
	}
	if o == lo && a.isOp(o) && a.args[1].get().isConst() {
		c, _ := ir.Eval(o, a.args[1].get().c, b.c, 0)
		return f.op(o, a.args[0], konst(c))
	}
	return nil
}

func (f *fn) simplifyDiv(o ir.Op, a, b *value) *value {
	if !b.isConst() || b.c == 0 {
		return nil
	}
	rem := o == ir.OpRemU32 || o == ir.OpRemU64
	w := o.Width()
	switch {
	case a.max < b.c && rem:
		return a
	case a.max < b.c:
		return konst(0)
	case b.c&(b.c-1) != 0:
		return nil
	case rem:
		return f.op(at(ir.OpAnd32, w), a, konst(b.c-1))
	}
	return f.shiftRight(w, a, log2(b.c))
}

func log2(x uint64) uint {
	k := uint(0)
	for x > 1 {
		x >>= 1
		k++
	}
	return k
}

// shiftRight is a >> k (unsigned) for constant k < w.
func (f *fn) shiftRight(w uint, a *value, k uint) *value {
	if k == 0 {
		return a
	}
	return f.op(at(ir.OpMulHi32, w), a, konst(1<<(w-k)))
}

func (f *fn) simplifyCmp(o ir.Op, a, b *value) *value {
	neg := o&2 != 0
	truth := func(x bool) *value {
		if x != neg {
			return konst(1)
		}
		return konst(0)
	}
	eq := func(k uint64) *value { // x == k, negated if the ordering is
		if neg {
			return f.op(ir.OpNe, a, konst(k))
		}
		return f.op(ir.OpEq, a, konst(k))
	}
	if a == b {
		return truth(false)
	}
	if !b.isConst() {
		return nil
	}
	if o&1 == 0 { // a < b, or its negation
		switch {
		case b.c == 0:
			return truth(false)
		case a.max < b.c:
			return truth(true)
		case b.c == 1:
			return eq(0)
		}
		return nil
	}
	switch { // a > b, or its negation
	case a.max <= b.c:
		return truth(false)
	case b.c == 0: // a > 0 is a != 0
		neg = !neg
		return eq(0)
	}
	return nil
}

func (f *fn) simplifyEq(o ir.Op, a, b *value) *value {
	flip := func(v *value) *value { // v is the truth of a != b
		if o == ir.OpNe {
			return v
		}
		return f.not(v)
	}
	switch {
	case a == b:
		return konst(uint64(o&1 ^ 1))
	case !b.isConst():
		return nil
	case a.max < b.c:
		return konst(uint64(o & 1))
	case b.c == 0 && isTruth(a):
		return flip(a)
	case b.c == 1 && isTruth(a):
		return f.op(o^1, a, konst(0))
	case b.c == 0 && (a.isOp(ir.OpSub32) || a.isOp(ir.OpSub64) || a.isOp(ir.OpXor32) || a.isOp(ir.OpXor64)):
		return f.op(o, a.args[0], a.args[1])
	case (a.isOp(ir.OpAdd32) || a.isOp(ir.OpAdd64)) && a.args[1].get().isConst():
		sub := ir.OpSub32
		if a.op == ir.OpAdd64 {
			sub = ir.OpSub64
		}
		d, _ := ir.Eval(sub, b.c, a.args[1].get().c, 0)
		return f.op(o, a.args[0], konst(d))
	}
	return nil
}

// isTruth reports whether v is the result of a comparison.
func isTruth(v *value) bool {
	return v.kind == vOp && (isCmp(v.op) || v.op == ir.OpEq || v.op == ir.OpNe)
}

// not negates the truth of v.
func (f *fn) not(v *value) *value {
	v = v.get()
	if isTruth(v) {
		return f.op(negated(v.op), v.args[0], v.args[1])
	}
	return f.op(ir.OpEq, v, konst(0))
}

func (f *fn) simplifySelect(a, b, c *value) *value {
	switch {
	case b == c, b.isConst() && c.isConst() && b.c == c.c:
		return b
	case a.isConst() && a.c != 0:
		return b
	case a.isConst():
		return c
	case a.isOp(ir.OpNe) && a.args[1].get().is(0):
		return f.op(ir.OpSelect, a.args[0], b, c)
	case a.isOp(ir.OpEq) && a.args[1].get().is(0):
		return f.op(ir.OpSelect, a.args[0], c, b)
	case b.is(1) && c.is(0) && a.max <= 1:
		return a
	case b.is(0) && c.is(1):
		return f.not(a)
	}
	return nil
}

// maxCandidates is how many equal ops are looked at for one that dominates.
const maxCandidates = 32

// raw appends a pure op, unless an equal one dominates it in the same region.
func (f *fn) raw(o ir.Op, a [4]*value) *value {
	k := opKey{op: o}
	for i := range o.Operands() {
		k.arg(i, a[i])
	}
	same := f.seen[k]
	for i := len(same) - 1; i >= 0 && i >= len(same)-maxCandidates; i-- {
		if v := same[i]; v.blk.region == f.cur.region && f.dominates(v.blk, f.cur) {
			return v
		}
	}
	v := &value{kind: vOp, op: o, args: a, blk: f.cur}
	v.typ, v.max = resultType(o, a[0], a[1], a[2])
	f.cur.ins = append(f.cur.ins, v)
	f.seen[k] = append(f.seen[k], v)
	return v
}

// result is result n of a state op.
func (f *fn) result(v *value, n int) *value {
	v = v.get()
	if n == 0 {
		return v
	}
	k := opKey{op: v.op, n: n}
	k.arg(0, v)
	for _, r := range f.seen[k] {
		return r
	}
	r := &value{kind: vRes, n: n, args: [4]*value{v}, blk: v.blk, typ: t64, max: ^uint64(0)}
	if n == 4 {
		r.typ, r.max = t32, 1
	}
	f.seen[k] = append(f.seen[k], r)
	return r
}

// opKey identifies an op up to equality of constants and identity of values.
type opKey struct {
	op ir.Op
	n  int
	v  [4]*value
	c  [4]uint64
}

func (k *opKey) arg(i int, v *value) {
	if v.isConst() {
		k.c[i] = v.c
		return
	}
	k.v[i] = v
}
