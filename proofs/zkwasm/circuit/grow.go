package circuit

import (
	"math/big"

	"vmhost/proofs/zkwasm/ir"
)

// Linear memory grows page by page. The cell MemSizeAddr holds its size in
// bytes; a grow event adds a page to it and offers birth(page; tick), once for
// each page because the size only rises. Cells of such pages begin at that tick:
// an access before it would need a negative age. Cells of initial pages begin at
// tick 0 and need none of this.

// growRow is one grow event. Left is what can still be added behind it.
type growRow[T any] struct {
	Act, MP, F, Tau, Left, M T
	Age                      u26[T]
}

func (b *builder) grow(r growRow[V], maxPages V) {
	const l = "grow"
	b.boolean(l+".bool", r.Act)
	g2, g3 := b.at(2, own, r.F), b.at(3, own, r.Tau)
	b.read(l+".token-in", busToken, r.Act, b.at(0, own, r.MP), g2, g3)
	b.write(l+".token-out", busToken, r.Act, b.at(0, own, b.add(r.MP, 1)), g2, b.shift(g3, 1))
	b.fixedEvent(l, r.Act, r.MP, ir.GrowEvent(), ir.MemSizeAddr)

	b.limb(l+".left", 6, r.Left)
	page := b.sub(b.sub(maxPages, 1), r.Left)
	size := b.scale(page, big.NewInt(ir.PageSize))
	a, rg := b.at(1, fixed, ir.MemSizeAddr), b.at(2, fixed, int(ir.RegionGlobals))
	prev := b.sub(b.sub(r.Tau, 1), b.u26(l+".age", r.Age))
	b.read(l+".cell-in", busMem, r.Act, b.at(0, own, size), a, rg, b.at(3, own, prev))
	b.write(l+".cell-out", busMem, r.Act, b.at(0, own, b.add(size, ir.PageSize)), a, rg, g3)
	b.assertMul(l+".unused", r.M, b.not(r.Act), 0)
	b.produce(l+".birth", busBirth, r.M, b.at(0, own, page), g3)
}

// fixedEvent ties a row to the ROM entry of an event that has no operands.
func (b *builder) fixedEvent(l string, act, mp V, m ir.Mem, imm int) {
	key := b.plus(b.at(0, exact, mp), 30, b.at(0, fixed, storeCode(&m)))
	for _, k := range []uint{48, 88} { // both operands
		key = b.plus(key, k, b.at(0, fixed, int(ir.SlotZero)))
	}
	b.read(l+".rom", busRomSt, act, key, b.at(1, fixed, imm))
}

// grownRow is a cell of a page that was not there at the start: zero from the
// birth of its page on.
type grownRow[T any] struct {
	On, Page, Off, Birth, Vf, Tf T
	Gap                          u26[T]
}

const cellsPerPage = ir.PageSize / 8

func (b *builder) grown(rows []grownRow[V]) {
	const l = "grown"
	prev := V(-1)
	rg := b.at(2, fixed, int(ir.RegionLinear))
	for _, r := range rows {
		b.boolean(l+".bool", r.On)
		b.limb(l+".offset", 13, r.Off)
		q := b.add(b.scale(r.Page, big.NewInt(cellsPerPage)), r.Off)
		b.step(l, r.On, q, prev, r.Gap)
		a, birth := b.at(1, own, b.shl(q, 3)), b.at(3, own, r.Birth)
		b.read(l+".birth", busBirth, r.On, b.at(0, own, r.Page), birth)
		b.write(l+".init", busMem, r.On, b.at(0, fixed, 0), a, rg, birth)
		b.read(l+".final", busMem, r.On, b.at(0, own, r.Vf), a, rg, b.at(3, own, r.Tf))
		prev = q
	}
}
