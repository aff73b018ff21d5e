package circuit

import (
	"errors"
	"testing"

	"vmhost/proofs/zkwasm/ir"
)

// TestProphecy: a store of what a later load of the same cell answers. The
// circuit takes any number there, so that ir.Check, which refuses the program,
// is what the claim rests on (C14).
func TestProphecy(t *testing.T) {
	const width = 8
	one := ir.Ref{Slot: ir.SlotOne, Const: true}
	word := ir.Ref{Slot: ir.SlotFirst}
	store := ir.Instr{Mem: &ir.Mem{Store: true, Width: width, Addr: ir.Zero(), Val: word}}
	load := ir.Instr{Mem: &ir.Mem{Width: width, Addr: ir.Zero(), Dst: word.Slot}}
	journal := []ir.Instr{
		{Mem: &ir.Mem{Store: true, Width: width, Region: ir.RegionJournal, Addr: ir.Zero(), Val: word}},
		{Mem: &ir.Mem{Store: true, Width: width, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: ir.JournalLenAddr, Val: one}},
	}
	p := straight(t, ir.Program{Pages: 1}, append([]ir.Instr{load, store}, journal...)...)
	accepted := func(v uint64) bool {
		l := &liar{p: p, store: func(n int, m *ir.MemStep) {
			if n == 0 {
				m.Val = v
			}
		}}
		if !l.run() {
			t.Fatal("does not end")
		}
		if want := byte(v); l.t.Output[0] != want {
			t.Fatalf("journal %x, want %x", l.t.Output, want)
		}
		_, err := claim(t, p, l.t, noState{})
		return err == nil
	}
	if !accepted(0) {
		t.Error("load, then store: the honest run is refused")
	}
	p.Blocks[0].Body[0], p.Blocks[0].Body[1] = store, load
	if err := ir.Check(p); !errors.Is(err, ir.ErrOrder) {
		t.Errorf("registration: %v", err)
	}
	for _, v := range []uint64{7, 99} { // two results of one program
		if !accepted(v) {
			t.Errorf("store, then load: %d is refused, so the check would not be needed", v)
		}
	}
}
