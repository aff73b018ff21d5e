package circuit

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

func (a *assigner) fixedRow(pub [NumPublic]fr.Element) fixedRow[fr.Element] {
	f := fixedRow[fr.Element]{PublicCopy: pub, Entry: u(uint64(a.p.Entry)), Halt: u(uint64(a.p.Halt)), Pages: u(uint64(a.p.Pages)), MaxPages: u(uint64(a.p.MaxPages))}
	f.TauEnd = u(a.endTau())
	c := a.state.commit
	f.Commit = commitRow[fr.Element]{ChainID: c[1], Height: c[2], HashHi: c[3], HashLo: c[4], Dir: c[5], Hist: c[6]}
	f.Host.InputLen = split32(uint64(len(a.t.Input)))
	f.Host.JournalLen = u(uint64(len(a.t.Output)))
	f.Host.Size = u(uint64(a.p.Pages) * ir.PageSize)
	for _, cell := range a.t.Cells {
		switch {
		case cell.Region == ir.RegionJournal && cell.Addr < ir.MaxJournal:
			f.Journal[cell.Addr/8].Tf = u(cell.FinalTau)
			for j := range 8 {
				f.Journal[cell.Addr/8].Bytes[j] = u(cell.Final >> (8 * j) & 255)
			}
		case cell.Region == ir.RegionGlobals && cell.Addr == ir.JournalLenAddr:
			f.Host.JournalTf = u(cell.FinalTau)
		case cell.Region == ir.RegionGlobals && cell.Addr == ir.InputLenAddr:
			f.Host.InputTf = u(cell.FinalTau)
		case cell.Region == ir.RegionGlobals && cell.Addr == ir.MemSizeAddr:
			f.Host.Size, f.Host.SizeTf = u(cell.Final), u(cell.FinalTau)
		}
	}
	f.Room = split26(a.linearRoom())
	return f
}

// linearRoom is the number of cells above the last linear one.
func (a *assigner) linearRoom() uint64 {
	limit := uint64(a.p.Pages) * (ir.PageSize / 8)
	if cells := a.linear(false); len(cells) > 0 {
		return limit - 1 - cells[len(cells)-1].Addr/8
	}
	return limit
}

func (a *assigner) endTau() uint64 { return uint64(len(a.t.Mem)) + 1 }

func (a *assigner) spine() {
	n := len(a.t.Spine)
	if n == 0 || a.t.Spine[n-1].PC != a.p.Halt {
		a.err = fmt.Errorf("circuit: the trace does not end at halt")
		return
	}
	for i := range a.sh.Spine {
		s := a.t.Spine[min(i, n-1)]
		blk := &a.p.Blocks[s.PC-1]
		w := wayOut(blk, s.Taken)
		r := spineRow[fr.Element]{
			PC: u(uint64(s.PC)), F: u(s.Frame), Tau: u(s.Tau),
			S1: u(uint64(w.a.Slot)), S2: u(uint64(w.b.Slot)), B1: bit(w.a.Const), B2: bit(w.b.Const),
			A: u(s.A), B: u(s.B), Npc: u(uint64(w.npc)), Nb: u(uint64(events(blk))),
			New: bit(w.flags&flagNew != 0), NpcA: bit(w.flags&flagNpcA != 0), ParB: bit(w.flags&flagParB != 0),
		}
		r.Inv, r.Z = inverse(diff(s.A, s.B)), bit(s.A == s.B)
		put(&a.w, &r)
	}
}

func (a *assigner) moves() {
	z, padSlot := u(uint64(ir.SlotZero)), u(uint64(ir.SlotPad0))
	fillRows(a, a.sh.Move, a.t.Moves, func(m ir.MoveStep) moveRow[fr.Element] {
		return moveRow[fr.Element]{
			E: u(uint64(m.Edge)), From: u(m.From), To: u(m.To), Src: u(uint64(m.Move.Src.Slot)), Bs: bit(m.Move.Src.Const),
			Dst: u(uint64(m.Move.Dst)), Val: u(m.Value),
		}
	}, moveRow[fr.Element]{Src: z, Dst: padSlot})
	fillRows(a, a.sh.Link, a.t.Links, func(l ir.LinkStep) linkRow[fr.Element] {
		return linkRow[fr.Element]{E: u(uint64(l.Edge)), From: u(l.From), To: u(l.To), Cont: u(uint64(l.Cont))}
	}, linkRow[fr.Element]{})
}

func (a *assigner) romRows() {
	for s := secP; s < numSections; s++ {
		total := a.sh.romBlocks(s) * perElement[s] * spongeRate
		switch s {
		case secP:
			fillRows(a, total, a.rom.p, same, romPRow[fr.Element]{})
		case secQ:
			fillRows(a, total, a.rom.q, same, romQRow[fr.Element]{})
		case secS:
			fillRows(a, total, a.rom.s, same, romSRow[fr.Element]{})
		case secL:
			fillRows(a, total, a.rom.l, same, romLRow[fr.Element]{})
		case secSt:
			fillRows(a, total, a.rom.st, same, romStRow[fr.Element]{})
		case secE:
			fillRows(a, total, a.rom.e, same, romERow[fr.Element]{})
		case secK:
			fillRows(a, total, a.rom.k, same, romKRow[fr.Element]{})
		case secConst:
			fillRows(a, total, a.rom.c, same, constRow[fr.Element]{})
		case secData:
			fillRows(a, total, a.rom.d, same, dataRow[fr.Element]{})
		default: // the header has no rows
		}
		for k := range a.sh.romBlocks(s) {
			a.w = append(a.w, bit(k < a.rom.blocks(s)))
		}
	}
}

func same[R any](r R) R { return r }
