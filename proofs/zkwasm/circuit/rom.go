package circuit

import "vmhost/proofs/zkwasm/ir"

// The program enters as ROM sections. Every piece of an entry is range-checked
// by its limbs, entries are packed into field elements at strides that cover
// the checked ranges (so packing is injective, C12), and the elements are
// absorbed by one sponge a section (id.go). Rows beyond the program are zero:
// slot, pc, edge and opcode 0, and a way out that is not present, never match a
// chip.

// u20 is a slot, u24 a block id, given by their limbs.
type (
	u20[T any] struct{ L [2]T } // 12 and 8 bits
	u24[T any] struct{ L [2]T } // 12 bits each
)

func (b *builder) u20(label string, x u20[V]) V {
	b.limb(label, 12, x.L[0])
	b.limb(label, 8, x.L[1])
	return b.compose(12, x.L[:]...)
}

func (b *builder) u24(label string, x u24[V]) V {
	b.limb(label, 12, x.L[0])
	b.limb(label, 12, x.L[1])
	return b.compose(12, x.L[:]...)
}

// bitsOf demands v < 2^n, n a width of the range tables.
func (b *builder) bitsOf(label string, n uint, v V) V { b.limb(label, n, v); return v }

// piece is one packed part of an entry.
type piece struct {
	v    V
	bits uint
}

// romPRow: pure op of one or two operands. Op is code and flags.
type romPRow[T any] struct {
	S, S1, S2 u20[T]
	Op, M     T
}

// romQRow: pure op of three or four operands.
type romQRow[T any] struct {
	S, S1, S2, S3, S4 u20[T]
	Op, M             T
}

// romSRow: a block's terminator, its pc is its position: operands, number of
// events, and for each way out (not taken, taken) its target and flags.
type romSRow[T any] struct {
	S1, S2 u20[T]
	Nb     T
	Npc    [2]u24[T]
	Flags  [2]T
	M      [2]T
}

// romLRow: a load, event I of block PC. Code = b1 + 2 code.
type romLRow[T any] struct {
	PC      u24[T]
	I       T
	Imm     u32[T]
	S1, Dst u20[T]
	Code, M T
}

// romStRow: a store. Code = b1 + 2 b2 + 4 code.
type romStRow[T any] struct {
	PC      u24[T]
	I       T
	Imm     u32[T]
	S1, S2  u20[T]
	Code, M T
}

// romERow: a move along an edge: low 24 bits of the edge's id, and what is above
// them (F: 1 taken, 4 return, 8 the source is a constant).
type romERow[T any] struct {
	E        u24[T]
	F        T
	Src, Dst u20[T]
	M        T
}

// romKRow: an enter or call edge and its continuation (0 for enter).
type romKRow[T any] struct {
	E    u24[T]
	F    T
	Cont u24[T]
	M    T
}

// constRow: a constant of frame 0.
type constRow[T any] struct {
	Slot u20[T]
	Val  u64[T]
	M    T
}

// dataRow: an initial cell; Live is 1 for every row of the program, and such a
// row must be taken up by exactly one cell (C11).
type dataRow[T any] struct {
	Addr         u32[T]
	Val          u64[T]
	Region, Live T
}

func (b *builder) romP(r romPRow[V]) []piece {
	const l = "rom-p"
	s, s1, s2 := b.u20(l+".range", r.S), b.u20(l+".range", r.S1), b.u20(l+".range", r.S2)
	op := b.bitsOf(l+".range", 12, r.Op)
	b.produce(l, busRomP, r.M, b.at(0, own, b.add(s1, b.shl(s2, 40), b.shl(op, 160))), b.at(1, own, s))
	return []piece{{s, 20}, {s1, 20}, {s2, 20}, {op, 12}}
}

func (b *builder) romQ(r romQRow[V]) []piece {
	const l = "rom-q"
	s, s1, s2 := b.u20(l+".range", r.S), b.u20(l+".range", r.S1), b.u20(l+".range", r.S2)
	s3, s4, op := b.u20(l+".range", r.S3), b.u20(l+".range", r.S4), b.bitsOf(l+".range", 12, r.Op)
	b.produce(l, busRomP, r.M, b.at(0, own, b.compose(40, s1, s2, s3, s4, op)), b.at(1, own, s))
	return []piece{{s, 20}, {s1, 20}, {s2, 20}, {s3, 20}, {s4, 20}, {op, 12}}
}

// romS returns the function for the rows in order: row i is the block of pc i+1.
func (b *builder) romS() func(romSRow[V]) []piece {
	pc := uint64(0)
	return func(r romSRow[V]) []piece {
		const l = "rom-s"
		pc++
		s1, s2, nb := b.u20(l+".range", r.S1), b.u20(l+".range", r.S2), b.bitsOf(l+".range", 6, r.Nb)
		pieces := []piece{{s1, 20}, {s2, 20}, {nb, 6}}
		operands, events := b.add(b.shl(s1, 40), b.shl(s2, 80)), b.at(2, own, nb)
		for taken := range uint64(2) {
			npc, flags := b.u24(l+".range", r.Npc[taken]), b.bitsOf(l+".range", 6, r.Flags[taken])
			b.produce(l, busRomS, r.M[taken],
				b.at(0, own, b.add(b.shl(flags, 25), pc+taken<<24, operands)), b.at(1, own, npc), events)
			pieces = append(pieces, piece{npc, 24}, piece{flags, 6})
		}
		return pieces
	}
}

func (b *builder) romL(r romLRow[V]) []piece {
	const l = "rom-l"
	pc, i, imm := b.u24(l+".range", r.PC), b.bitsOf(l+".range", 6, r.I), b.u32(l+".range", r.Imm)
	s1, dst, code := b.u20(l+".range", r.S1), b.u20(l+".range", r.Dst), b.bitsOf(l+".range", 12, r.Code)
	b.produce(l, busRomL, r.M, b.at(0, own, b.add(i, b.shl(pc, 6), b.shl(code, 30), b.shl(s1, 48))), b.at(1, own, dst), b.at(2, own, imm))
	return []piece{{pc, 24}, {i, 6}, {imm, 32}, {s1, 20}, {dst, 20}, {code, 12}}
}

func (b *builder) romSt(r romStRow[V]) []piece {
	const l = "rom-st"
	pc, i, imm := b.u24(l+".range", r.PC), b.bitsOf(l+".range", 6, r.I), b.u32(l+".range", r.Imm)
	s1, s2, code := b.u20(l+".range", r.S1), b.u20(l+".range", r.S2), b.bitsOf(l+".range", 12, r.Code)
	b.produce(l, busRomSt, r.M, b.at(0, own, b.add(i, b.shl(pc, 6), b.shl(code, 30), b.shl(s1, 48), b.shl(s2, 88))), b.at(1, own, imm))
	return []piece{{pc, 24}, {i, 6}, {imm, 32}, {s1, 20}, {s2, 20}, {code, 12}}
}

func (b *builder) romE(r romERow[V]) []piece {
	const l = "rom-e"
	e, f, src, dst := b.u24(l+".range", r.E), b.bitsOf(l+".range", 6, r.F), b.u20(l+".range", r.Src), b.u20(l+".range", r.Dst)
	b.produce(l, busRomE, r.M, b.at(0, own, b.add(e, b.shl(f, 24), b.shl(src, 40))), b.at(1, own, dst))
	return []piece{{e, 24}, {f, 6}, {src, 20}, {dst, 20}}
}

func (b *builder) romK(r romKRow[V]) []piece {
	const l = "rom-k"
	e, f, cont := b.u24(l+".range", r.E), b.bitsOf(l+".range", 6, r.F), b.u24(l+".range", r.Cont)
	b.produce(l, busRomK, r.M, b.at(0, own, b.add(e, b.shl(f, 24))), b.at(1, own, cont))
	return []piece{{e, 24}, {f, 6}, {cont, 24}}
}

func (b *builder) constant(r constRow[V]) []piece {
	const l = "const"
	s, v := b.u20(l+".range", r.Slot), b.u64(l+".range", r.Val)
	b.produce(l, busFact, r.M, b.at(0, own, v), b.at(1, own, s), b.at(2, fixed, ir.FrameConst))
	return []piece{{s, 20}, {v, 64}}
}

func (b *builder) data(r dataRow[V]) []piece {
	const l = "data"
	a, v, region := b.u32(l+".range", r.Addr), b.u64(l+".range", r.Val), b.bitsOf(l+".range", 6, r.Region)
	b.boolean(l+".live", r.Live)
	b.write(l, busData, r.Live, b.at(0, own, v), b.at(1, own, a), b.at(2, own, region))
	return []piece{{a, 32}, {v, 64}, {region, 6}, {r.Live, 1}}
}
