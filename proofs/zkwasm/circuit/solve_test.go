package circuit

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	gcs "github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"vmhost/proofs/zkwasm/ir"
)

// noState is a state without collections.
type noState struct{ Opener }

func (noState) CommitPreimage() [8]fr.Element {
	return [8]fr.Element{u(260), u(1337), u(7), u(1), u(2), u(3), u(0), u(0)}
}
func (noState) DirNode(int, uint32) (x [8]fr.Element, ok bool)      { return x, false }
func (noState) Entry(uint32) (x [8]fr.Element, ok bool)             { return x, false }
func (noState) Node(uint32, int, uint32) (x [8]fr.Element, ok bool) { return x, false }
func (noState) Leaf(_, _ uint32) (x [8]fr.Element, ok bool)         { return x, false }

func compile(tb testing.TB, c *Circuit) constraint.ConstraintSystem {
	tb.Helper()
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
	if err != nil {
		tb.Fatal(err)
	}
	return ccs
}

// solve runs gnark's solver with a fixed challenge in place of the commitment.
func solve(ccs constraint.ConstraintSystem, public []fr.Element, w fr.Vector) error {
	wit, err := Witness(public, w)
	if err != nil {
		return err
	}
	challenge := func(_ *big.Int, _ []*big.Int, out []*big.Int) error {
		out[0].SetString("1234567890123456789012345678901234567890123456789012345678901234567", 10)
		return nil
	}
	_, err = ccs.Solve(wit, solver.OverrideHint(solver.GetHintID(gcs.Bsb22CommitmentComputePlaceholder), challenge))
	return err
}

// check demands that the native backend is content with a witness.
func check(sh Shape, a *Assignment) error {
	n, err := nativeCheck(sh, a.W, a.Public[:], nil)
	if err != nil {
		return err
	}
	if len(n.violated) > 0 || len(n.unbalanced()) > 0 {
		return fmt.Errorf("violated %v, unbalanced %v", n.violated, n.unbalanced())
	}
	return nil
}

func TestHaltProgram(t *testing.T) {
	p := &ir.Program{
		Entry: 1, Halt: 1, Pages: 1, MaxPages: 1,
		Regions: []ir.CodeRegion{{Kind: ir.KindStart, Blocks: []uint32{1}}},
		Blocks:  []ir.Block{{PC: 1, Term: ir.Term{Kind: ir.TermHalt}}},
	}
	tr := &ir.Trace{Spine: []ir.SpineStep{{PC: 1, Frame: 1, Tau: 1}}}
	sh, _ := ShapeByName("tiny")
	a, err := Assign(sh, p, tr, noState{})
	if err != nil {
		t.Fatal(err)
	}
	if err := check(sh, a); err != nil {
		t.Fatal(err)
	}
	ccs := compile(t, New(sh))
	if err := solve(ccs, a.Public[:], a.W); err != nil {
		t.Fatal(err)
	}
	for i := range a.Public {
		bad := a.Public
		bad[i].SetUint64(99)
		if solve(ccs, bad[:], a.W) == nil {
			t.Errorf("public input %d is not bound", i)
		}
	}
}

var _ witness.Witness
