package circuit

import (
	"cmp"
	"reflect"
	"slices"

	"vmhost/proofs/zkwasm/ir"
)

// used counts what a run needs of each resource.
func (a *assigner) used() Shape {
	n := func(from, to ir.Op) int { return len(a.ops(from, to)) }
	by := a.eventsByChip()
	u := Shape{
		Name: a.sh.Name, Spine: len(a.t.Spine), Move: len(a.t.Moves), Link: len(a.t.Links),
		Add32: n(ir.OpAdd32, ir.OpSub32), Add64: n(ir.OpAdd64, ir.OpSub64), Cmp: n(ir.OpLtU32, ir.OpLeU64),
		Eq: n(ir.OpEq, ir.OpNe), Bit: n(ir.OpAnd32, ir.OpXor64), Mul32: n(ir.OpMulLo32, ir.OpMulSum32),
		Mul64: n(ir.OpMulLo64, ir.OpMulSum64), Div: n(ir.OpDivU32, ir.OpRemU64), Sel: n(ir.OpSelect, ir.OpSelect),
		Pow: n(ir.OpPowShl32, ir.OpPowShr64), Split: n(ir.OpLo32, ir.OpHi32),
		Load64: len(by[chipLoad64]), Store64: len(by[chipStore64]), Load32: len(by[chipLoad32]), Store32: len(by[chipStore32]),
		LoadPart: len(by[chipLoadPart]), StorePart: len(by[chipStorePart]), LoadAny: len(by[chipLoadAny]), StoreAny: len(by[chipStoreAny]),
		Grow: len(by[chipGrow]), Keccak: len(by[chipKeccak]), Linear: len(a.linear(false)), Grown: len(a.linear(true)), Globals: len(a.cellsOf(ir.RegionGlobals, ir.GlobalsBase)), Input: len(a.cellsOf(ir.RegionInput, 0)),
		Node: len(a.state.nodes), Entry: len(a.state.entries), Leaf: len(a.state.leaves),
		Read: n(ir.OpLeaf, ir.OpLeaf), Len: n(ir.OpLen, ir.OpLen), Find: n(ir.OpFind, ir.OpFind),
		Manifest: n(ir.OpManifest, ir.OpManifest), Item: n(ir.OpItem, ir.OpItem), Past: len(a.state.past), Aged: n(ir.OpAged, ir.OpAged),
	}
	u.RomP, u.RomQ, u.RomS = a.rom.blocks(secP), a.rom.blocks(secQ), a.rom.blocks(secS)
	u.RomL, u.RomSt, u.RomE, u.RomK = a.rom.blocks(secL), a.rom.blocks(secSt), a.rom.blocks(secE), a.rom.blocks(secK)
	u.Consts, u.Data = a.rom.blocks(secConst), a.rom.blocks(secData)
	return u
}

// Measure counts what a run needs of each resource if every row has the chip
// that is cheapest for it: the shape that fits exactly, whatever its size.
func Measure(p *ir.Program, t *ir.Trace, o Opener) (Shape, error) {
	rom, err := flattenROM(p)
	if err != nil {
		return Shape{}, err
	}
	st, err := openState(t, o)
	if err != nil {
		return Shape{}, err
	}
	const all = 1 << 30
	sh := Shape{Load64: all, Store64: all, Load32: all, Store32: all, LoadPart: all, StorePart: all}
	return (&assigner{sh: sh, p: p, t: t, rom: rom, state: st, pow: powSlots(p), pure: groupPure(t)}).used(), nil
}

// Fits says whether a run fits: *ShortError if not.
func (s Shape) Fits(need Shape) error { return s.fits(s.spill(need)) }

// spill moves rows that a chip has no room for to the chips that can run them
// as well.
func (s Shape) spill(need Shape) Shape {
	over := func(from *int, have int, to *int) {
		if n := *from - have; n > 0 {
			*from -= n
			*to += n
		}
	}
	over(&need.Load64, s.Load64, &need.LoadAny)
	over(&need.Load32, s.Load32, &need.LoadPart)
	over(&need.LoadPart, s.LoadPart, &need.LoadAny)
	over(&need.Store64, s.Store64, &need.StoreAny)
	over(&need.Store32, s.Store32, &need.StorePart)
	over(&need.StorePart, s.StorePart, &need.StoreAny)
	return need
}

// Entries is the number of entries of a program that its ID binds, constants
// and initial cells included; 0 for a program that has no ID.
func Entries(p *ir.Program) int {
	r, err := flattenROM(p)
	if err != nil {
		return 0
	}
	n := 0
	for s := secP; s < numSections; s++ {
		n += r.size(s)
	}
	return n
}

// fits lists the resources that are short, the one that is short by the largest
// factor first.
func (s Shape) fits(used Shape) error {
	e := &ShortError{Shape: s.Name}
	sv, uv := reflect.ValueOf(s), reflect.ValueOf(used)
	for i := range sv.NumField() {
		if sv.Field(i).Kind() != reflect.Int {
			continue
		}
		have, need := int(sv.Field(i).Int()), int(uv.Field(i).Int())
		if need > have {
			e.Short = append(e.Short, Shortage{Resource: sv.Type().Field(i).Name, Need: need, Have: have})
		}
	}
	if e.Short == nil {
		return nil
	}
	slices.SortStableFunc(e.Short, func(a, b Shortage) int { return cmp.Compare(b.factor(), a.factor()) })
	return e
}
