package proofs

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

// rights is the number of wires that occur on the right.
func rights(r *cs.R1CS) int {
	seen := map[uint32]bool{}
	(&orientation{system: r}).each(func(call []uint32) {
		_, right, _ := sides(call)
		for i := 1; i < len(right); i += 2 {
			seen[right[i]] = true
		}
	})
	return len(seen)
}

// Every constraint has the sides it had, exchanged or not.
func TestOrient(t *testing.T) {
	reg, err := ZkwasmShapes()
	if err != nil {
		t.Fatal(err)
	}
	shape, err := reg.Lookup("tiny")
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, shape.Circuit())
	if err != nil {
		t.Fatal(err)
	}
	system := compiled.(*cs.R1CS)
	before, wires := slices.Clone(system.CallData), rights(system)
	if err := orient(system); err != nil {
		t.Fatal(err)
	}
	o := &orientation{system: &cs.R1CS{System: system.System}}
	o.system.CallData = before
	var was [][]uint32
	o.each(func(call []uint32) { was = append(was, call) })
	i, swapped := 0, 0
	(&orientation{system: system}).each(func(call []uint32) {
		l0, r0, o0 := sides(was[i])
		l1, r1, o1 := sides(call)
		same, swap := slices.Equal(l0, l1) && slices.Equal(r0, r1), slices.Equal(l0, r1) && slices.Equal(r0, l1)
		if !same && !swap || !slices.Equal(o0, o1) {
			t.Fatalf("constraint %d changed", i)
		}
		if !same {
			swapped++
		}
		i++
	})
	after := rights(system)
	t.Logf("%d of %d constraints swapped, %d wires on the right, %d before", swapped, i, after, wires)
	if i != system.GetNbConstraints() || swapped == 0 || after >= wires*9/10 {
		t.Error("orientation saves less than it did")
	}
	again := slices.Clone(system.CallData)
	copy(system.CallData, before)
	if err := orient(system); err != nil || !slices.Equal(system.CallData, again) {
		t.Error("not deterministic")
	}
}
