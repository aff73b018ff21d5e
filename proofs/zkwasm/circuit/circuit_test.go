package circuit

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

func TestCompileShapes(t *testing.T) {
	for _, name := range []string{"tiny"} {
		sh, _ := ShapeByName(name)
		ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, New(sh))
		if err != nil {
			t.Fatal(err)
		}
		costs, err := Costs(sh)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, c := range costs {
			sum += c.Total
			t.Logf("%+v", c)
		}
		t.Logf("%s: %d constraints (%d booked), %d columns", name, ccs.GetNbConstraints(), sum, sh.Columns())
	}
}
