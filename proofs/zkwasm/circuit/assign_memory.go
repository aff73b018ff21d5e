package circuit

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// eventChip says which chip can run an event most cheaply.
type eventChip uint8

const (
	chipLoad64 eventChip = iota
	chipStore64
	chipLoad32
	chipStore32
	chipLoadPart
	chipStorePart
	chipLoadAny
	chipStoreAny
	chipGrow
	chipKeccak
	numEventChips
)

func chipOf(m ir.MemStep) eventChip {
	addr := m.Addr + uint64(m.Op.Imm)
	switch {
	case m.Op.Grow:
		return chipGrow
	case m.Op.Keccak:
		return chipKeccak
	case m.Op.Width == 8 && addr%8 == 0 && m.Op.Store:
		return chipStore64
	case m.Op.Width == 8 && addr%8 == 0:
		return chipLoad64
	case m.Op.Width == 4 && addr%4 == 0 && m.Op.Store && m.Val < 1<<32 && !m.Op.Wide:
		return chipStore32
	case m.Op.Width == 4 && addr%4 == 0 && !m.Op.Store && !m.Op.Signed && !m.Op.Wide:
		return chipLoad32
	case addr%uint64(m.Op.Width) == 0 && m.Op.Width < 8 && m.Op.Store:
		return chipStorePart
	case addr%uint64(m.Op.Width) == 0 && m.Op.Width < 8:
		return chipLoadPart
	case m.Op.Store:
		return chipStoreAny
	}
	return chipLoadAny
}

// spillsTo says where events go that a chip has no room for: the chips that can
// run any of them.
var spillsTo = [numEventChips]eventChip{
	chipLoad64: chipLoadAny, chipStore64: chipStoreAny, chipLoad32: chipLoadPart, chipStore32: chipStorePart,
	chipLoadPart: chipLoadAny, chipStorePart: chipStoreAny, chipLoadAny: chipLoadAny, chipStoreAny: chipStoreAny,
}

// eventsByChip assigns events to chips.
func (a *assigner) eventsByChip() (by [numEventChips][]ir.MemStep) {
	room := [numEventChips]int{
		a.sh.Load64, a.sh.Store64, a.sh.Load32, a.sh.Store32, a.sh.LoadPart, a.sh.StorePart, 1 << 30, 1 << 30, 1 << 30, 1 << 30,
	}
	for _, m := range a.t.Mem {
		c := chipOf(m)
		for len(by[c]) >= room[c] {
			c = spillsTo[c]
		}
		by[c] = append(by[c], m)
	}
	return by
}

func eventRow(m ir.MemStep) event[fr.Element] {
	return event[fr.Element]{
		Act: u(1), MP: u(uint64(m.PC)<<6 + uint64(m.Index)), F: u(m.Frame), Tau: u(m.Tau),
		S1: u(uint64(m.Op.Addr.Slot)), B1: bit(m.Op.Addr.Const), Imm: u(uint64(m.Op.Imm)),
		Space: u(uint64(m.Op.Region)), A: u(m.Addr),
		Age: split26(m.Tau - m.Cells[0].PrevTau - 1),
	}
}

// idleEvent is the event of an unused row: its age limbs say tick -1, which
// nobody reads because Act is 0.
func idleEvent() event[fr.Element] { return event[fr.Element]{} }

func storeOf(m ir.MemStep) storeOp[fr.Element] {
	return storeOp[fr.Element]{S2: u(uint64(m.Op.Val.Slot)), B2: bit(m.Op.Val.Const), Val: u(m.Val)}
}

func (a *assigner) memory() {
	by := a.eventsByChip()
	fillRows(a, a.sh.Load64, by[chipLoad64], func(m ir.MemStep) load64Row[fr.Element] {
		return load64Row[fr.Element]{E: eventRow(m), Dst: u(uint64(m.Op.Dst)), Val: u(m.Val)}
	}, load64Row[fr.Element]{E: idleEvent()})
	fillRows(a, a.sh.Store64, by[chipStore64], func(m ir.MemStep) store64Row[fr.Element] {
		return store64Row[fr.Element]{E: eventRow(m), S: storeOf(m), Old: u(m.Cells[0].Old)}
	}, store64Row[fr.Element]{E: idleEvent()})
	fillRows(a, a.sh.Load32, by[chipLoad32], func(m ir.MemStep) load32Row[fr.Element] {
		c := m.Cells[0].Old
		return load32Row[fr.Element]{E: eventRow(m), High: high(m), Lo: split32(c & 0xffffffff), Hi: split32(c >> 32), Dst: u(uint64(m.Op.Dst))}
	}, load32Row[fr.Element]{E: idleEvent()})
	fillRows(a, a.sh.Store32, by[chipStore32], func(m ir.MemStep) store32Row[fr.Element] {
		c := m.Cells[0].Old
		return store32Row[fr.Element]{
			E: eventRow(m), S: storeOf(m), High: high(m), Lo: split32(c & 0xffffffff), Hi: split32(c >> 32), New: split32(m.Val),
		}
	}, store32Row[fr.Element]{E: idleEvent()})
	fillRows(a, a.sh.LoadPart, by[chipLoadPart], loadPartOf, loadPartRow[fr.Element]{E: idleEvent()})
	fillRows(a, a.sh.StorePart, by[chipStorePart], storePartOf, storePartRow[fr.Element]{E: idleEvent()})
	idleWin := window[fr.Element]{}
	idleWin.H[0], idleWin.W[0] = u(1), u(1)
	fillRows(a, a.sh.LoadAny, by[chipLoadAny], loadAnyOf, loadAnyRow[fr.Element]{E: idleEvent(), Win: idleWin})
	fillRows(a, a.sh.StoreAny, by[chipStoreAny], storeAnyOf, storeAnyRow[fr.Element]{E: idleEvent(), Win: idleWin})
	fillRows(a, a.sh.Grow, by[chipGrow], func(m ir.MemStep) growRow[fr.Element] {
		return growRow[fr.Element]{
			Act: u(1), MP: u(uint64(m.PC)<<6 + uint64(m.Index)), F: u(m.Frame), Tau: u(m.Tau),
			Left: signed(int64(a.p.MaxPages) - 1 - int64(m.Cells[0].Old/ir.PageSize)), Age: split26(m.Tau - m.Cells[0].PrevTau - 1),
		}
	}, growRow[fr.Element]{})
	a.keccak(by[chipKeccak])
	a.cells()
}

func high(m ir.MemStep) fr.Element { return bit((m.Addr+uint64(m.Op.Imm))%8 == 4) }

func windowOf(m ir.MemStep) (w window[fr.Element]) {
	for i := range 8 {
		w.Bytes[i] = u(m.Cells[0].Old >> (8 * i) & 255)
		if m.Two {
			w.Bytes[8+i] = u(m.Cells[1].Old >> (8 * i) & 255)
		}
	}
	w.H[(m.Addr+uint64(m.Op.Imm))%8] = u(1)
	for i, n := range []uint8{1, 2, 4, 8} {
		w.W[i] = bit(m.Op.Width == n)
	}
	if m.Two {
		w.Age2 = split26(m.Tau - m.Cells[1].PrevTau - 1)
	}
	return w
}

// signOf is the top bit of what a load of less than 8 bytes finds.
func signOf(m ir.MemStep) fr.Element { return u(m.Val >> (8*m.Op.Width - 1) & 1) }

func partOf(m ir.MemStep) (p part[fr.Element]) {
	for i := range p.Bytes {
		p.Bytes[i] = u(m.Cells[0].Old >> (8 * i) & 255)
	}
	for i := range p.O {
		p.O[i] = u((m.Addr + uint64(m.Op.Imm)) >> i & 1)
	}
	p.Ge2, p.Ge4 = bit(m.Op.Width >= 2), bit(m.Op.Width >= 4)
	return p
}

func loadPartOf(m ir.MemStep) loadPartRow[fr.Element] {
	return loadPartRow[fr.Element]{
		E: eventRow(m), P: partOf(m), Signed: bit(m.Op.Signed), Wide: bit(m.Op.Wide), Sg: signOf(m), Dst: u(uint64(m.Op.Dst)),
	}
}

func storePartOf(m ir.MemStep) storePartRow[fr.Element] {
	r := storePartRow[fr.Element]{E: eventRow(m), P: partOf(m), S: storeOf(m), Rest: split32(m.Val >> 32)}
	for i := range r.V {
		r.V[i] = u(m.Val >> (8 * i) & 255)
	}
	return r
}

func loadAnyOf(m ir.MemStep) loadAnyRow[fr.Element] {
	r := loadAnyRow[fr.Element]{E: eventRow(m), Win: windowOf(m), Signed: bit(m.Op.Signed), Wide: bit(m.Op.Wide), Dst: u(uint64(m.Op.Dst))}
	if m.Op.Width < 8 {
		r.Sg = signOf(m)
	}
	return r
}

func storeAnyOf(m ir.MemStep) storeAnyRow[fr.Element] {
	r := storeAnyRow[fr.Element]{E: eventRow(m), Win: windowOf(m), S: storeOf(m), N0: split64(m.Cells[0].New)}
	if m.Two {
		r.N1 = split64(m.Cells[1].New)
	}
	for i := range r.V {
		r.V[i] = u(m.Val >> (8 * i) & 255)
	}
	return r
}

// cellsOf lists the touched cells of a region from address first on.
func (a *assigner) cellsOf(rg ir.Region, first uint64) (out []ir.Cell) {
	for _, c := range a.t.Cells {
		if c.Region == rg && c.Addr >= first {
			out = append(out, c)
		}
	}
	return out
}

// linear lists the touched cells of grown pages, or of initial ones.
func (a *assigner) linear(grown bool) (out []ir.Cell) {
	for _, c := range a.cellsOf(ir.RegionLinear, 0) {
		if (c.Birth > 0) == grown {
			out = append(out, c)
		}
	}
	return out
}

func (a *assigner) cells() {
	a.cellRows(a.sh.Linear, a.linear(false), -1)
	a.grownRows(a.sh.Grown, a.linear(true))
	a.cellRows(a.sh.Globals, a.cellsOf(ir.RegionGlobals, ir.GlobalsBase), ir.GlobalsBase/8-1)
	prev := int64(-1)
	for _, c := range a.cellsOf(ir.RegionInput, 0) {
		q := int64(c.Addr / 8)
		r := inputRow[fr.Element]{On: u(1), Q: u(uint64(q)), Vf: u(c.Final), Tf: u(c.FinalTau), V0: split64(c.Init), Gap: split26(uint64(q - prev - 1))}
		put(&a.w, &r)
		prev = q
	}
	idle := inputRow[fr.Element]{Q: signed(prev)}
	for range a.sh.Input - len(a.cellsOf(ir.RegionInput, 0)) {
		put(&a.w, &idle)
	}
}

// cellRows puts the cells of a region; unused rows repeat the last index.
func (a *assigner) cellRows(n int, cells []ir.Cell, prev int64) {
	for _, c := range cells {
		q := int64(c.Addr / 8)
		r := cellRow[fr.Element]{
			On: u(1), Q: u(uint64(q)), V0: u(c.Init), Vf: u(c.Final), Tf: u(c.FinalTau), IsData: bit(c.IsData), Gap: split26(uint64(q - prev - 1)),
		}
		put(&a.w, &r)
		prev = q
	}
	idle := cellRow[fr.Element]{Q: signed(prev)}
	for range n - len(cells) {
		put(&a.w, &idle)
	}
}

// grownRows puts the cells of grown pages; unused rows repeat the last index.
func (a *assigner) grownRows(n int, cells []ir.Cell) {
	prev := int64(-1)
	at := func(q int64) grownRow[fr.Element] {
		return grownRow[fr.Element]{Page: signed(q >> 13), Off: signed(q & (cellsPerPage - 1))}
	}
	for _, c := range cells {
		q := int64(c.Addr / 8)
		r := at(q)
		r.On, r.Birth, r.Vf, r.Tf, r.Gap = u(1), u(c.Birth), u(c.Final), u(c.FinalTau), split26(uint64(q-prev-1))
		put(&a.w, &r)
		prev = q
	}
	idle := at(prev)
	for range n - len(cells) {
		put(&a.w, &idle)
	}
}

func signed(x int64) (e fr.Element) { e.SetInt64(x); return e }
