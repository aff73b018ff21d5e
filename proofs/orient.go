package proofs

import (
	"fmt"

	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// A constraint L*R = O means the same as R*L = O, but a wire that occurs in
// some R costs the prover a multiplication in G1 and one in G2, about four
// times what a wire in some L costs. gnark puts the shorter side into R. For a
// fraction num/(X-tuple) that is the quotient, a value of full size of its own;
// the tuple's wires are small, or occur in many tuples, or have values that
// many wires have, which makes them nearly free (package groth).

// Relative costs of a wire for the prover.
const (
	weightColumn   = 1 // of the witness: mostly small, often equal
	weightInternal = 6 // products and quotients
	weightRight    = 4 // of an occurrence in R, in relation to one in L
	orientPasses   = 4
)

// orientation chooses the sides of all constraints of a system.
type orientation struct {
	system      *cs.R1CS
	left, right []int32 // occurrences of each wire
	inputs      int     // wires of the witness; the first one is constant
}

// orient exchanges the sides of constraints where that makes proofs cheaper.
// It is deterministic, and it does not change what the system says.
func orient(ccs constraint.ConstraintSystem) error {
	r, ok := ccs.(*cs.R1CS)
	if !ok {
		return fmt.Errorf("%w: system of type %T", ErrCircuit, ccs)
	}
	n := r.NbInternalVariables + len(r.Public) + len(r.Secret)
	o := &orientation{r, make([]int32, n), make([]int32, n), len(r.Public) + len(r.Secret)}
	solved := make([]bool, n)
	o.each(func(call []uint32) {
		l, right, out := sides(call)
		if len(right) == 2 && len(l) > 2 && int(right[1]) >= o.inputs && !solved[right[1]] {
			swapSides(call) // a quotient
			l, right = right, l
		}
		o.count(o.left, l, 1)
		o.count(o.right, right, 1)
		for _, side := range [][]uint32{l, right, out} {
			for i := 1; i < len(side); i += 2 {
				solved[side[i]] = true
			}
		}
	})
	for range orientPasses {
		swapped := 0
		o.each(func(call []uint32) {
			if o.improve(call) {
				swapped++
			}
		})
		if swapped == 0 {
			break
		}
	}
	return nil
}

// each visits the call data of all rank-1 constraints:
// length, |L|, |R|, |O|, then (coefficient, wire) for each term.
func (o *orientation) each(f func(call []uint32)) {
	for _, in := range o.system.Instructions {
		if _, ok := o.system.Blueprints[in.BlueprintID].(*constraint.BlueprintGenericR1C); ok {
			call := o.system.CallData[in.StartCallData:]
			f(call[:call[0]])
		}
	}
}

func sides(call []uint32) (l, r, out []uint32) {
	a := 4 + 2*call[1]
	b := a + 2*call[2]
	return call[4:a], call[a:b], call[b:]
}

func swapSides(call []uint32) {
	l, r, _ := sides(call)
	both := append(append([]uint32(nil), r...), l...)
	copy(call[4:], both)
	call[1], call[2] = call[2], call[1]
}

func (o *orientation) count(of []int32, side []uint32, by int32) {
	for i := 1; i < len(side); i += 2 {
		of[side[i]] += by
	}
}

// cost is what the wires of a side cost that occur nowhere else on that side
// of the system.
func (o *orientation) cost(of []int32, side []uint32, factor int) int {
	total := 0
	for i := 1; i < len(side); i += 2 {
		switch w := int(side[i]); {
		case of[w] > 0 || w == 0:
		case w < o.inputs:
			total += factor * weightColumn
		default:
			total += factor * weightInternal
		}
	}
	return total
}

// improve exchanges the sides of a constraint if that saves anything.
func (o *orientation) improve(call []uint32) bool {
	l, r, _ := sides(call)
	o.count(o.left, l, -1)
	o.count(o.right, r, -1)
	now := o.cost(o.left, l, 1) + o.cost(o.right, r, weightRight)
	then := o.cost(o.left, r, 1) + o.cost(o.right, l, weightRight)
	if then < now {
		swapSides(call)
		l, r, _ = sides(call)
	}
	o.count(o.left, l, 1)
	o.count(o.right, r, 1)
	return then < now
}
