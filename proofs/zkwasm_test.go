package proofs

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/circuit"
	"vmhost/proofs/zkwasm/ir"
)

// bareState is a state without collections.
type bareState struct{ circuit.Opener }

func (bareState) CommitPreimage() (x [8]fr.Element) {
	for i, v := range []uint64{260, 1337, 7, 1, 2, 3, 0, 0} {
		x[i].SetUint64(v)
	}
	return x
}
func (bareState) DirNode(int, uint32) (x [8]fr.Element, ok bool)      { return x, false }
func (bareState) Entry(uint32) (x [8]fr.Element, ok bool)             { return x, false }
func (bareState) Node(uint32, int, uint32) (x [8]fr.Element, ok bool) { return x, false }
func (bareState) Leaf(_, _ uint32) (x [8]fr.Element, ok bool)         { return x, false }

// The whole way with the real circuit and the least program there is.
func TestHaltProgramProof(t *testing.T) {
	p, err := machine(t).Prover(t.Context(), "tiny", nil)
	if err != nil {
		t.Fatal(err)
	}
	key := p.Key()
	program := &ir.Program{
		Entry: 1, Halt: 1, Pages: 1, MaxPages: 1,
		Regions: []ir.CodeRegion{{Kind: ir.KindStart, Blocks: []uint32{1}}},
		Blocks:  []ir.Block{{PC: 1, Term: ir.Term{Kind: ir.TermHalt}}},
	}
	sh, _ := circuit.ShapeByName("tiny")
	a, err := circuit.Assign(sh, program, &ir.Trace{Spine: []ir.SpineStep{{PC: 1, Frame: 1, Tau: 1}}}, bareState{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := a.Witness()
	if err != nil {
		t.Fatal(err)
	}
	claim := Claim{ProgramID: a.Public[0].Bytes(), Commitment: a.Public[1].Bytes()}
	r, err := p.Prove(t.Context(), claim, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d constraints, %v, %d MB", key.Info.Constraints, r.Wall, r.PeakBytes>>20)
	if err := Verify(claim, r.Proof, key.Verifying); err != nil {
		t.Fatal(err)
	}
	claim.ProgramID[31] ^= 1
	if Verify(claim, r.Proof, key.Verifying) == nil {
		t.Fatal("proof valid for another program")
	}
}
