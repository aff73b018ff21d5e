package circuit

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
)

// Witness is the gnark witness of public inputs and columns.
func Witness(public []fr.Element, w fr.Vector) (witness.Witness, error) {
	wit, err := witness.New(ecc.BN254.ScalarField())
	if err != nil {
		return nil, fmt.Errorf("circuit: witness: %w", err)
	}
	values := make(chan any, 1024)
	go func() { // ends when Fill has drained it: Fill reads exactly this many
		defer close(values)
		for i := range public {
			values <- public[i]
		}
		for i := range w {
			values <- w[i]
		}
	}()
	if err := wit.Fill(len(public), len(w), values); err != nil {
		return nil, fmt.Errorf("circuit: witness: %w", err)
	}
	return wit, nil
}

// Witness is the gnark witness of an assignment.
func (a *Assignment) Witness() (witness.Witness, error) { return Witness(a.Public[:], a.W) }
