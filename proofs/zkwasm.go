package proofs

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/consensys/gnark/frontend"

	"vmhost/proofs/zkwasm/circuit"
)

// circuitVersion counts changes of the zkWASM circuit that its shapes'
// dimensions do not show. Keys of another version are made anew; a change that
// was forgotten here still shows as a key that differs from the pinned one.
const circuitVersion = 2

// ZkwasmShapes are the shapes of the universal zkWASM circuit.
func ZkwasmShapes() (*Registry, error) {
	var out []Shape
	for _, sh := range circuit.Shapes() {
		out = append(out, zkwasmShape(sh))
	}
	return NewRegistry(out...)
}

func zkwasmShape(sh circuit.Shape) Shape {
	class, _, _ := strings.Cut(sh.Name, "-")
	dims := sha256.Sum256(fmt.Appendf(nil, "%+v", sh))
	return Shape{
		Name: sh.Name, Class: class,
		Version: fmt.Sprintf("zkwasm/%d-%x", circuitVersion, dims[:6]),
		Circuit: func() frontend.Circuit { return circuit.New(sh) },
	}
}
