package circuit

import (
	"reflect"

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
		LoadAny: len(by[chipLoadAny]), StoreAny: len(by[chipStoreAny]),
		Linear: len(a.cellsOf(ir.RegionLinear, 0)), Globals: len(a.cellsOf(ir.RegionGlobals, ir.GlobalsBase)), Input: len(a.cellsOf(ir.RegionInput, 0)),
		Node: len(a.state.nodes), Entry: len(a.state.entries), Leaf: len(a.state.leaves),
		Read: n(ir.OpLeaf, ir.OpLeaf), Len: n(ir.OpLen, ir.OpLen), Find: n(ir.OpFind, ir.OpFind),
	}
	u.RomP, u.RomQ, u.RomS = a.rom.blocks(secP), a.rom.blocks(secQ), a.rom.blocks(secS)
	u.RomL, u.RomSt, u.RomE, u.RomK = a.rom.blocks(secL), a.rom.blocks(secSt), a.rom.blocks(secE), a.rom.blocks(secK)
	u.Consts, u.Data = a.rom.blocks(secConst), a.rom.blocks(secData)
	return u
}

// fits reports the resource that is short by the largest factor.
func (s Shape) fits(used Shape) error {
	var worst *ShortError
	ratio := 1.0
	sv, uv := reflect.ValueOf(s), reflect.ValueOf(used)
	for i := range sv.NumField() {
		if sv.Field(i).Kind() != reflect.Int {
			continue
		}
		have, need := int(sv.Field(i).Int()), int(uv.Field(i).Int())
		if r := float64(need) / float64(max(have, 1)); need > have && r > ratio {
			worst, ratio = &ShortError{Shape: s.Name, Resource: sv.Type().Field(i).Name, Need: need, Have: have}, r
		}
	}
	if worst == nil {
		return nil
	}
	return worst
}
