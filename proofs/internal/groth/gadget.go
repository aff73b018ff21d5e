package groth

import (
	"math"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
)

// gadget is a solution as the blueprints of gnark's gadgets see it
// (constraint.Solver).
type gadget struct {
	constraint.Field[constraint.U64]
	s *solution
}

// GetValue is a coefficient times a wire.
func (g gadget) GetValue(coeff, wire uint32) constraint.U64 {
	return word(g.s.input([]uint32{coeff, wire}))
}

// GetCoeff is a coefficient.
func (g gadget) GetCoeff(coeff uint32) constraint.U64 { return word(&g.s.system.Coefficients[coeff]) }

// SetValue solves a wire.
func (g gadget) SetValue(wire uint32, v constraint.U64) {
	g.s.set(wire, constraint.CoeffIdOne, fr.Element(v[:fr.Limbs]))
}

// IsSolved says whether a wire has its value.
func (g gadget) IsSolved(wire uint32) bool {
	return wire == math.MaxUint32 || g.s.state[wire] == solved
}

// GetBlueprint is the system's.
func (g gadget) GetBlueprint(id constraint.BlueprintID) constraint.Blueprint {
	return g.s.system.Blueprints[id]
}

// Read evaluates the linear expression at the start of call data, and returns
// its length.
func (g gadget) Read(call []uint32) (constraint.U64, int) {
	end := 1 + 2*int(call[0])
	return word(g.s.input(call[1:end])), end
}

func word(v *fr.Element) (w constraint.U64) {
	copy(w[:], v[:])
	return w
}
