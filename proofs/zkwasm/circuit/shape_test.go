package circuit

import "testing"

// TestShapeSizes: the prover's work doubles at each power of two.
func TestShapeSizes(t *testing.T) {
	limit := map[string]int{"tiny": 1 << 16, "s": 1 << 18, "m": 1 << 20}
	for _, sh := range Shapes() {
		costs, err := Costs(sh)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, c := range costs {
			sum += c.Total
		}
		class := sh.Class()
		if sum > limit[class] || class != "tiny" && sum < limit[class]/100*99 {
			t.Errorf("%s: %d constraints, class %s has %d", sh.Name, sum, class, limit[class])
		}
	}
}
