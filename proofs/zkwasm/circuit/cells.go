package circuit

import (
	"math/big"

	"vmhost/proofs/zkwasm/ir"
)

// cellRow is one memory cell over the run: its value before and after. Q is
// its address / 8; used rows are strictly increasing, so a cell exists once.
type cellRow[T any] struct {
	On, Q, V0, Vf, Tf, IsData T
	Gap                       u26[T]
}

// inputRow is a cell of the private input: any 64-bit value to begin with.
type inputRow[T any] struct {
	On, Q, Vf, Tf T
	V0            u64[T]
	Gap           u26[T]
}

// cells constrains the cells of one region from index first on.
func (b *builder) cells(l string, region ir.Region, rows []cellRow[V], first int) {
	prev := V(first - 1)
	for _, r := range rows {
		b.booleans(l+".bool", r.On, r.IsData)
		b.assertMul(l+".data-on", r.IsData, b.not(r.On), 0)
		b.assertMul(l+".zero", r.V0, b.not(r.IsData), 0)
		b.step(l, r.On, r.Q, prev, r.Gap)
		a := b.cell(l, region, r.On, r.Q, r.V0, r.Vf, r.Tf)
		b.read(l+".data", busData, r.IsData, b.at(0, own, r.V0), a, b.at(2, fixed, int(region)))
		prev = r.Q
	}
}

// step demands q >= prev + on.
func (b *builder) step(l string, on, q, prev V, gap u26[V]) {
	b.assertEq(l+".order", q, b.add(prev, on, b.u26(l+".gap", gap)))
}

// below demands q < limit for the last (greatest) index.
func (b *builder) below(l string, q, limit V, room u26[V]) {
	b.assertEq(l+".limit", limit, b.add(q, 1, b.u26(l+".room", room)))
}

// cell writes the initial tuple and reads the final one.
func (b *builder) cell(l string, region ir.Region, on, q, v0, vf, tf V) term {
	a := b.at(1, own, b.shl(q, 3))
	rg := b.at(2, fixed, int(region))
	b.write(l+".init", busMem, on, b.at(0, own, v0), a, rg, b.at(3, fixed, 0))
	b.read(l+".final", busMem, on, b.at(0, own, vf), a, rg, b.at(3, own, tf))
	return a
}

func (b *builder) inputCells(rows []inputRow[V]) {
	const l = "cells-input"
	prev := V(-1)
	for _, r := range rows {
		b.boolean(l+".bool", r.On)
		b.step(l, r.On, r.Q, prev, r.Gap)
		b.cell(l, ir.RegionInput, r.On, r.Q, b.u64(l+".value", r.V0), r.Vf, r.Tf)
		prev = r.Q
	}
}

// journalRow is one of the 31 cells of the journal: zero before, bytes after.
type journalRow[T any] struct {
	Bytes [8]T
	Tf    T
}

// hostRow holds the host cells: journal length (0 before), input length, and the
// size of linear memory.
type hostRow[T any] struct {
	JournalLen, JournalTf, InputTf, Size, SizeTf T
	InputLen                                     u32[T]
}

const journalCells = ir.MaxJournal / 8

// journal constrains the journal cells and returns the words of the claim.
func (b *builder) journal(rows []journalRow[V]) [8]V {
	const l = "journal"
	var bytes [ir.MaxJournal]V
	for i, r := range rows {
		for j, v := range r.Bytes {
			b.limb(l+".byte", 8, v)
			bytes[8*i+j] = v
		}
		b.cell(l, ir.RegionJournal, 1, i, 0, b.compose(8, r.Bytes[:]...), r.Tf)
	}
	var words [8]V
	for i := range words {
		parts := make([]V, 31)
		for j := range parts {
			parts[j] = b.shl(bytes[31*i+j], uint(8*(30-j)))
		}
		words[i] = b.add(parts[0], parts[1:]...)
	}
	return words
}

func (b *builder) host(r hostRow[V], pages V) {
	const l = "host"
	b.cell(l+"-journal", ir.RegionGlobals, 1, ir.JournalLenAddr/8, 0, r.JournalLen, r.JournalTf)
	n := b.u32(l+".input-length", r.InputLen)
	b.cell(l+"-input", ir.RegionGlobals, 1, ir.InputLenAddr/8, n, n, r.InputTf)
	b.cell(l+"-size", ir.RegionGlobals, 1, ir.MemSizeAddr/8, b.scale(pages, big.NewInt(ir.PageSize)), r.Size, r.SizeTf)
}
