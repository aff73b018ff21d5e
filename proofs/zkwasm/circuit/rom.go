package circuit

import "vmhost/proofs/zkwasm/ir"

// The program enters as ROM sections. Every piece of an entry is range-checked
// by its limbs, entries are packed into field elements at strides that cover
// the checked ranges (so packing is injective, C12), and the elements are
// absorbed by one sponge a section (id.go). Rows beyond the program are zero:
// slot, pc, edge and opcode 0 never match a chip.

type u39[T any] struct{ L [3]T }

func (b *builder) u39(label string, x u39[V]) V {
	for _, l := range x.L {
		b.limb(label, 13, l)
	}
	return b.compose(13, x.L[:]...)
}

func (b *builder) u13(label string, x V) V { b.limb(label, 13, x); return x }

// piece is one packed part of an entry.
type piece struct {
	v    V
	bits uint
}

// romPRow: pure op of one or two operands.
type romPRow[T any] struct {
	S, S1, S2 u26[T]
	Op, M     T
}

// romQRow: pure op of three or four operands.
type romQRow[T any] struct {
	S, S1, S2, S3, S4 u26[T]
	Op, M             T
}

// romSRow: one way out of a block, keyed by (pc, taken).
type romSRow[T any] struct {
	PC, S1, S2, Npc u26[T]
	Flags, Nb, M    T
}

// romLRow: a load. Code = b1 + 2 code.
type romLRow[T any] struct {
	MP, Imm u39[T]
	S1, Dst u26[T]
	Code, M T
}

// romStRow: a store. Code = b1 + 2 b2 + 4 code.
type romStRow[T any] struct {
	MP, Imm u39[T]
	S1, S2  u26[T]
	Code, M T
}

// romERow: a move along an edge.
type romERow[T any] struct {
	E        u39[T]
	Src, Dst u26[T]
	Bs, M    T
}

// romKRow: an enter or call edge and its continuation (0 for enter).
type romKRow[T any] struct {
	E    u39[T]
	Cont u26[T]
	M    T
}

// constRow: a constant of frame 0.
type constRow[T any] struct {
	Slot u26[T]
	Val  u64[T]
	M    T
}

// dataRow: an initial cell; Live is 1 for every row of the program, and such a
// row must be taken up by exactly one cell (C11).
type dataRow[T any] struct {
	Addr         u39[T]
	Val          u64[T]
	Region, Live T
}

func (b *builder) romP(r romPRow[V]) []piece {
	const l = "rom-p"
	s, s1, s2 := b.u26(l+".range", r.S), b.u26(l+".range", r.S1), b.u26(l+".range", r.S2)
	op := b.u13(l+".range", r.Op)
	b.produce(l, busRomP, r.M, b.at(0, own, s), b.at(1, own, b.add(s1, b.shl(s2, 40))), b.at(2, own, op))
	return []piece{{s, 26}, {s1, 26}, {s2, 26}, {op, 13}}
}

func (b *builder) romQ(r romQRow[V]) []piece {
	const l = "rom-q"
	s, s1, s2 := b.u26(l+".range", r.S), b.u26(l+".range", r.S1), b.u26(l+".range", r.S2)
	s3, s4, op := b.u26(l+".range", r.S3), b.u26(l+".range", r.S4), b.u13(l+".range", r.Op)
	b.produce(l, busRomP, r.M, b.at(0, own, s), b.at(1, own, b.compose(40, s1, s2, s3, s4)), b.at(2, own, op))
	return []piece{{s, 26}, {s1, 26}, {s2, 26}, {s3, 26}, {s4, 26}, {op, 13}}
}

func (b *builder) romS(r romSRow[V]) []piece {
	const l = "rom-s"
	pc, s1, s2, npc := b.u26(l+".range", r.PC), b.u26(l+".range", r.S1), b.u26(l+".range", r.S2), b.u26(l+".range", r.Npc)
	flags, nb := b.u13(l+".range", r.Flags), b.u13(l+".range", r.Nb)
	b.produce(l, busRomS, r.M, b.at(0, own, b.add(pc, b.shl(flags, 24))),
		b.at(1, own, b.add(s1, b.shl(s2, 40))), b.at(2, own, npc), b.at(3, own, nb))
	return []piece{{pc, 26}, {s1, 26}, {s2, 26}, {npc, 26}, {flags, 13}, {nb, 13}}
}

func (b *builder) romL(r romLRow[V]) []piece {
	const l = "rom-l"
	mp, imm, s1, dst := b.u39(l+".range", r.MP), b.u39(l+".range", r.Imm), b.u26(l+".range", r.S1), b.u26(l+".range", r.Dst)
	code := b.u13(l+".range", r.Code)
	b.produce(l, busRomL, r.M, b.at(0, own, b.add(mp, b.shl(code, 30))), b.at(1, own, s1), b.at(2, own, imm), b.at(3, own, dst))
	return []piece{{mp, 39}, {imm, 39}, {s1, 26}, {dst, 26}, {code, 13}}
}

func (b *builder) romSt(r romStRow[V]) []piece {
	const l = "rom-st"
	mp, imm, s1, s2 := b.u39(l+".range", r.MP), b.u39(l+".range", r.Imm), b.u26(l+".range", r.S1), b.u26(l+".range", r.S2)
	code := b.u13(l+".range", r.Code)
	b.produce(l, busRomSt, r.M, b.at(0, own, b.add(mp, b.shl(code, 30))),
		b.at(1, own, b.add(s1, b.shl(s2, 40))), b.at(2, own, imm))
	return []piece{{mp, 39}, {imm, 39}, {s1, 26}, {s2, 26}, {code, 13}}
}

func (b *builder) romE(r romERow[V]) []piece {
	const l = "rom-e"
	e, src, dst, bs := b.u39(l+".range", r.E), b.u26(l+".range", r.Src), b.u26(l+".range", r.Dst), b.u13(l+".range", r.Bs)
	b.produce(l, busRomE, r.M, b.at(0, own, b.add(e, b.shl(bs, 32))), b.at(1, own, src), b.at(2, own, dst))
	return []piece{{e, 39}, {src, 26}, {dst, 26}, {bs, 13}}
}

func (b *builder) romK(r romKRow[V]) []piece {
	const l = "rom-k"
	e, cont := b.u39(l+".range", r.E), b.u26(l+".range", r.Cont)
	b.produce(l, busRomK, r.M, b.at(0, own, e), b.at(1, own, cont))
	return []piece{{e, 39}, {cont, 26}}
}

func (b *builder) constant(r constRow[V]) []piece {
	const l = "const"
	s, v := b.u26(l+".range", r.Slot), b.u64(l+".range", r.Val)
	b.produce(l, busFact, r.M, b.at(0, own, v), b.at(1, own, s), b.at(2, fixed, ir.FrameConst))
	return []piece{{s, 26}, {v, 64}}
}

func (b *builder) data(r dataRow[V]) []piece {
	const l = "data"
	a, v, region := b.u39(l+".range", r.Addr), b.u64(l+".range", r.Val), b.u13(l+".range", r.Region)
	b.boolean(l+".live", r.Live)
	b.write(l, busData, r.Live, b.at(0, own, v), b.at(1, own, a), b.at(2, own, region))
	return []piece{{a, 39}, {v, 64}, {region, 13}, {r.Live, 1}}
}
