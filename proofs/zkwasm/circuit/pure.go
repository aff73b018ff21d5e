package circuit

import (
	"vmhost/proofs/zkwasm/ir"
)

// head is what every pure row of two operands carries: result slot S of frame
// F, operand slots S1 (own frame) and S2 (own frame, or constants if Bs),
// operand values, and the multiplicity of the result.
type head[T any] struct{ F, S, S1, S2, Bs, A, B, M T }

// key is p0 of a pure row's ROM entry: operand slots and code (op + flags).
func (b *builder) key(code V, slots ...V) term {
	k := b.at(0, slot, slots[0])
	for i, s := range slots[1:] {
		k = b.plus(k, uint(40*(i+1)), b.at(0, slot, s))
	}
	return b.plus(k, 160, b.at(0, flag, code))
}

// pure2 ties a row to its ROM entry and operands and offers its result r.
// code is op + flags (booleans of the chip).
func (b *builder) pure2(l string, h head[V], code, r V) {
	b.boolean(l+".bs", h.Bs)
	gF, gS := b.at(2, own, h.F), b.at(1, own, h.S)
	g1, g2 := b.at(1, slot, h.S1), b.at(1, slot, h.S2)
	b.read(l+".rom", busRomP, 1, b.key(b.add(code, b.shl(h.Bs, 8)), h.S1, h.S2), gS)
	b.read(l+".a", busFact, 1, b.at(0, own, h.A), g1, gF)
	b.read(l+".b", busFact, 1, b.at(0, own, h.B), g2, b.gate(gF, b.not(h.Bs)))
	b.produce(l+".out", busFact, h.M, b.at(0, own, r), gS, gF)
}

// pad offers the one ROM entry, not part of any program, that an unused row of
// a chip runs: constant operands in frame 0, result slot SlotPad0, never read.
func (b *builder) pad(op ir.Op, mult V, operands ...ir.Slot) {
	slots := make([]V, len(operands))
	for i, s := range operands {
		slots[i] = int(s)
	}
	b.produce("pad."+op.String(), busRomP, mult, b.key(int(codeOf(op)), slots...), b.at(1, fixed, int(ir.SlotPad0)))
}

// addRow: R = A ± B mod 2^w with carry or borrow C.
type addRow64[T any] struct {
	H      head[T]
	Sub, C T
	R      u64[T]
}

type addRow32[T any] struct {
	H      head[T]
	Sub, C T
	R      u32[T]
}

func (b *builder) addSub(l string, h head[V], op ir.Op, w uint, sub, c, r V) {
	b.booleans(l+".bool", sub, c)
	// (1-2 sub)(B - c 2^w) = R - A
	b.assertMul(l+".sum", b.sub(1, b.shl(sub, 1)), b.sub(h.B, b.shl(c, w)), b.sub(r, h.A))
	b.pure2(l, h, b.add(sub, int(op)), r)
}

// cmpRow: borrow C of A-B (or B-A if Sw), negated if Neg; any width.
type cmpRow[T any] struct {
	H       head[T]
	Sw, Neg T
	C       T
	D       u64[T]
}

func (b *builder) cmp(l string, r cmpRow[V]) {
	b.booleans(l+".bool", r.Sw, r.Neg, r.C)
	d := b.u64(l+".diff", r.D)
	// (1-2 sw)(A - B) = D - c 2^64
	b.assertMul(l+".borrow", b.sub(1, b.shl(r.Sw, 1)), b.sub(r.H.A, r.H.B), b.sub(d, b.shl(r.C, 64)))
	out := b.sub(b.add(r.C, r.Neg), b.shl(b.mul(r.C, r.Neg), 1))
	b.pure2(l, r.H, b.add(int(ir.OpLtU32), r.Sw, b.shl(r.Neg, 1)), out)
}

// eqRow: Z = (A == B), result Z or its negation.
type eqRow[T any] struct {
	H          head[T]
	Ne, Inv, Z T
}

func (b *builder) eq(l string, r eqRow[V]) {
	b.boolean(l+".bool", r.Ne)
	b.isZero(l+".zero", b.sub(r.H.A, r.H.B), r.Inv, r.Z)
	out := b.sub(b.add(r.Z, r.Ne), b.shl(b.mul(r.Z, r.Ne), 1))
	b.pure2(l, r.H, b.add(r.Ne, int(ir.OpEq)), out)
}

// bitRow: N = A and B, from 11 digits of 6 bits. P holds a + 2^80 b + 2^160 n
// of each digit, so the sum is A + 2^80 B + 2^160 N: unique because A, B are
// canonical and N is range-checked (C1).
type bitRow[T any] struct {
	H       head[T]
	Or, Xor T
	N       u64[T]
	P       [11]T
}

func (b *builder) bits(l string, r bitRow[V]) {
	b.booleans(l+".bool", r.Or, r.Xor)
	n := b.u64(l+".n", r.N)
	for _, p := range r.P {
		b.read(l+".digit", busAnd, 1, b.at(0, own, p))
	}
	b.assertEq(l+".sum", b.compose(6, r.P[:]...), b.add(r.H.A, b.shl(r.H.B, 80), b.shl(n, 160)))
	ab := b.add(r.H.A, r.H.B)
	out := b.add(n,
		b.mul(r.Or, b.sub(ab, b.shl(n, 1))),
		b.mul(r.Xor, b.sub(ab, b.add(n, b.shl(n, 1)))))
	b.pure2(l, r.H, b.add(int(ir.OpAnd32), r.Or, b.shl(r.Xor, 1)), out)
}

// mulRow: A*B = Hi 2^w + Lo; result Lo, Hi or Lo+Hi. B may be 2^w (type pow2).
type mulRow64[T any] struct {
	H      head[T]
	Fh, Fs T
	Lo, Hi u64[T]
}

type mulRow32[T any] struct {
	H      head[T]
	Fh, Fs T
	Lo, Hi u32[T]
}

func (b *builder) product(l string, h head[V], op ir.Op, w uint, fh, fs, lo, hi V) {
	b.booleans(l+".bool", fh, fs)
	b.assertMul(l+".product", h.A, h.B, b.add(lo, b.shl(hi, w)))
	out := b.add(lo, b.mul(fh, b.sub(hi, lo)), b.mul(fs, hi))
	b.pure2(l, h, b.add(int(op), fh, b.shl(fs, 1)), out)
}

// divRow: A = Q B + Rm, Rm < B; any width.
type divRow[T any] struct {
	H        head[T]
	Rem      T
	Q, Rm, D u64[T]
}

func (b *builder) div(l string, r divRow[V]) {
	b.boolean(l+".bool", r.Rem)
	q, rm, d := b.u64(l+".q", r.Q), b.u64(l+".r", r.Rm), b.u64(l+".less", r.D)
	b.assertMul(l+".product", q, r.H.B, b.sub(r.H.A, rm))
	b.assertEq(l+".below", b.add(rm, d, 1), r.H.B)
	out := b.add(q, b.mul(r.Rem, b.sub(rm, q)))
	b.pure2(l, r.H, b.add(int(ir.OpDivU32), r.Rem), out)
}

// selRow: A != 0 ? B : C.
type selRow[T any] struct {
	H         head[T]
	S3, Cs, C T
	Inv, Z    T
}

func (b *builder) sel(l string, r selRow[V]) {
	h := r.H
	b.booleans(l+".bool", h.Bs, r.Cs)
	b.isZero(l+".zero", h.A, r.Inv, r.Z)
	out := b.add(h.B, b.mul(r.Z, b.sub(r.C, h.B)))
	gF, gS := b.at(2, own, h.F), b.at(1, own, h.S)
	g1, g2, g3 := b.at(1, slot, h.S1), b.at(1, slot, h.S2), b.at(1, slot, r.S3)
	b.read(l+".rom", busRomP, 1, b.key(b.add(int(ir.OpSelect), b.shl(h.Bs, 8), b.shl(r.Cs, 9)), h.S1, h.S2, r.S3), gS)
	b.read(l+".a", busFact, 1, b.at(0, own, h.A), g1, gF)
	b.read(l+".b", busFact, 1, b.at(0, own, h.B), g2, b.gate(gF, b.not(h.Bs)))
	b.read(l+".c", busFact, 1, b.at(0, own, r.C), g3, b.gate(gF, b.not(r.Cs)))
	b.produce(l+".out", busFact, h.M, b.at(0, own, out), gS, gF)
}

// head1 is the head of a row with one operand.
type head1[T any] struct{ F, S, S1, A, M T }

func (b *builder) pure1(l string, h head1[V], a, code, r V) {
	gF, gS, g1 := b.at(2, own, h.F), b.at(1, own, h.S), b.at(1, slot, h.S1)
	b.read(l+".rom", busRomP, 1, b.key(code, h.S1), gS)
	b.read(l+".a", busFact, 1, b.at(0, own, a), g1, gF)
	b.produce(l+".out", busFact, h.M, b.at(0, own, r), gS, gF)
}

// powRow: R = 2^k or 2^(w-k), k = A mod w = A - w Q.
type powRow[T any] struct {
	H         head1[T]
	Shr, Wide T
	K, R      T
	Q         u64[T]
}

func (b *builder) pow(l string, r powRow[V]) {
	b.booleans(l+".bool", r.Shr, r.Wide)
	q := b.u64(l+".q", r.Q)
	b.assertMul(l+".mod", q, b.add(32, b.shl(r.Wide, 5)), b.sub(r.H.A, r.K))
	mode := b.add(r.Shr, b.shl(r.Wide, 1))
	b.read(l+".table", busPow, 1, b.at(0, own, r.R), b.at(1, own, r.K), b.at(2, flag, mode))
	b.pure1(l, r.H, r.H.A, b.add(mode, int(ir.OpPowShl32)), r.R)
}

// splitRow: A = Lo + 2^32 Hi, result one half.
type splitRow[T any] struct {
	H      head1[T]
	Fh     T
	Lo, Hi u32[T]
}

func (b *builder) split(l string, r splitRow[V]) {
	b.boolean(l+".bool", r.Fh)
	lo, hi := b.u32(l+".lo", r.Lo), b.u32(l+".hi", r.Hi)
	b.assertEq(l+".sum", r.H.A, b.add(lo, b.shl(hi, 32)))
	out := b.add(lo, b.mul(r.Fh, b.sub(hi, lo)))
	b.pure1(l, r.H, r.H.A, b.add(r.Fh, int(ir.OpLo32)), out)
}
