package circuit

import (
	"bytes"
	"fmt"
	"testing"

	examples "vmhost/examples/wasm"
)

// TestCosts pins what each chip costs, and what each example uses. A change
// must be explained in the commit: it changes the keys.
func TestCosts(t *testing.T) {
	var out bytes.Buffer
	for _, sh := range Shapes() {
		costs, err := Costs(sh)
		if err != nil {
			t.Fatal(err)
		}
		total := 0
		for _, c := range costs {
			fmt.Fprintf(&out, "%-5s %-9s %5d rows %6d each %8d\n", sh.Name, c.Name, c.Rows, c.PerRow, c.Total)
			total += c.Total
		}
		fmt.Fprintf(&out, "%-5s total %34d, %d columns\n", sh.Name, total, sh.Columns())
	}
	for _, e := range examples.All() {
		p, tr, v := runExample(t, e.Name, e.Lang, 0)
		for _, sh := range Shapes() {
			used := measure(t, p, tr, v)
			if sh.fits(used) != nil {
				continue
			}
			n, err := UsedConstraints(sh, used)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "%s/%s: %s, %d constraints used, %d WASM instructions\n", e.Name, e.Lang, sh.Name, n, tr.WasmInstructions)
			break
		}
	}
	golden(t, "testdata/costs.golden", out.Bytes())
}
