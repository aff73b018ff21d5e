package circuit

import "vmhost/proofs/zkwasm/ir"

// spineRow is one executed block: its terminator reads A and B, decides which
// edge is taken, and hands over frame and tokens. pc, F and Tau of row t+1 are
// columns of the next row; the row after the last has only Tau.
type spineRow[T any] struct {
	PC, F, Tau         T
	S1, S2, B1, B2     T
	A, B               T
	Inv, Z             T // Z = (A == B)
	Npc, Nb            T
	New, NpcA, ParB, M T
}

// spine constrains all rows. entry and halt are the program's; tauEnd is the
// tick after the last event.
func (b *builder) spine(rows []spineRow[V], entry, halt, tauEnd V) {
	const l = "spine"
	b.assertEq(l+".entry", rows[0].PC, entry)
	b.assertEq(l+".frame0", rows[0].F, ir.FrameStart)
	b.assertEq(l+".tau0", rows[0].Tau, 1)
	last := len(rows) - 1
	b.assertEq(l+".halt", rows[last].PC, halt)
	g2, g3t := b.at(2, own, rows[0].F), b.at(3, own, rows[0].Tau)
	for i, r := range rows {
		var next spineRow[V]
		tau := tauEnd
		if i < last {
			next = rows[i+1]
			tau = next.Tau
		}
		nextTau := b.at(3, own, tau)
		b.booleans(l+".bool", r.B1, r.B2, r.New, r.NpcA, r.ParB)
		b.isZero(l+".cmp", b.sub(r.A, r.B), r.Inv, r.Z)
		taken := b.mul(b.not(r.Z), b.not(r.ParB))

		flags := b.add(flagPresent, taken, b.shl(r.New, 1), b.shl(r.NpcA, 2), b.shl(r.ParB, 3), b.shl(r.B1, 4), b.shl(r.B2, 5))
		s1, s2 := b.at(1, slot, r.S1), b.at(1, slot, r.S2)
		key := b.plus(b.at(0, exact, r.PC), 24, b.at(0, flag, flags))
		key = b.plus(b.plus(key, 40, b.at(0, slot, r.S1)), 80, b.at(0, slot, r.S2))
		b.read(l+".rom", busRomS, 1, key, b.at(1, own, r.Npc), b.at(2, own, r.Nb))
		b.read(l+".a", busFact, 1, b.at(0, own, r.A), s1, b.gate(g2, b.not(r.B1)))
		b.read(l+".b", busFact, 1, b.at(0, own, r.B), s2, b.gate(g2, b.not(r.B2)))

		mp := b.shl(r.PC, 6)
		b.write(l+".token-out", busToken, 1, b.at(0, own, mp), g2, g3t)
		b.read(l+".token-in", busToken, 1, b.at(0, own, b.add(mp, r.Nb)), g2, nextTau)
		if i == last {
			break
		}
		// pc' = NpcA ? A : npc
		b.assertMul(l+".pc", r.NpcA, b.sub(r.A, r.Npc), b.sub(next.PC, r.Npc))
		// F' = New ? row id : ParB ? B : F
		fresh := b.mul(r.New, b.sub(ir.FrameFirst+i, r.F))
		b.assertMul(l+".frame", r.ParB, b.sub(r.B, r.F), b.sub(next.F, b.add(r.F, fresh)))
		// edge id: static, or 2^26 + continuation for a return
		static := b.add(r.PC, b.shl(taken, 24))
		e := b.add(static, b.mul(r.NpcA, b.sub(b.add(r.A, pow2(26)), static)))
		g2next := b.at(2, own, next.F)
		b.produce(l+".edge", busEdge, r.M, b.at(0, own, e), g2next, b.at(3, own, r.F))
		g2, g3t = g2next, nextTau
	}
}

// moveRow copies a value along a taken edge.
type moveRow[T any] struct{ E, From, To, Src, Bs, Dst, Val, M T }

func (b *builder) move(r moveRow[V]) {
	const l = "move"
	b.boolean(l+".bool", r.Bs)
	dst := b.at(1, own, r.Dst)
	key := b.plus(b.at(0, exact, r.E), 27, b.at(0, flag, r.Bs))
	b.read(l+".rom", busRomE, 1, b.plus(key, 40, b.at(0, slot, r.Src)), dst)
	to := b.at(2, own, r.To)
	b.read(l+".edge", busEdge, 1, b.at(0, own, r.E), to, b.at(3, own, r.From))
	b.read(l+".src", busFact, 1, b.at(0, own, r.Val), b.at(1, slot, r.Src), b.gate(b.at(2, own, r.From), b.not(r.Bs)))
	b.produce(l+".dst", busFact, r.M, b.at(0, own, r.Val), dst, to)
}

// linkRow gives the frame that an enter or call edge opens its PARENT and,
// for calls, its RETPC.
type linkRow[T any] struct{ E, From, To, Cont, MParent, MRet T }

func (b *builder) link(r linkRow[V]) {
	const l = "link"
	cont := b.at(1, own, r.Cont)
	b.read(l+".rom", busRomK, 1, b.at(0, own, r.E), cont)
	to := b.at(2, own, r.To)
	b.read(l+".edge", busEdge, 1, b.at(0, own, r.E), to, b.at(3, own, r.From))
	b.produce(l+".parent", busFact, r.MParent, b.at(0, own, r.From), b.at(1, fixed, int(ir.SlotParent)), to)
	b.produce(l+".retpc", busFact, r.MRet, b.at(0, own, r.Cont), b.at(1, fixed, int(ir.SlotRetPC)), to)
}

// padEdge offers the reserved edge (id 0 in frame 0) that unused move and link
// rows take: no program edge has id 0.
func (b *builder) padEdge(mEdge, mMove, mLink V) {
	zero := func(pow int) term { return b.at(pow, fixed, 0) }
	b.produce("pad.edge", busEdge, mEdge, zero(0), zero(2), zero(3))
	b.produce("pad.move", busRomE, mMove, b.at(0, fixed, uint64(ir.SlotZero)<<40), b.at(1, fixed, int(ir.SlotPad0)))
	b.produce("pad.link", busRomK, mLink, zero(0), zero(1))
}
