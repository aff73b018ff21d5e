package circuit

import (
	"bytes"
	"fmt"
	"testing"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache"
)

// TestReadCosts pins what a read of the state costs: the rows that open it,
// times what a row costs. The directory and the entry are opened once for a
// collection, and are counted apart.
func TestReadCosts(t *testing.T) {
	sh, _ := ShapeByName("s")
	sh.Manifest, sh.Item, sh.Past, sh.Aged = 1, 1, 1, 1
	costs, err := Costs(sh)
	if err != nil {
		t.Fatal(err)
	}
	per := map[string]int{}
	for _, c := range costs {
		per[c.Name] = c.PerRow
	}
	const n = 1024
	big := statecache.CollectionValues{Collection: statecache.Collection{Name: "big"}}
	for i := range n {
		big.Items = append(big.Items, statecache.Item{Slot: [32]byte{30: byte(i >> 8), 31: byte(i)}})
		big.Values = append(big.Values, [32]byte{31: byte(i)})
	}
	v, err := statecache.FromState(1, statecache.BlockHeader{Ref: statecache.BlockRef{Number: 9, Hash: [32]byte{9}}}, []statecache.CollectionValues{big})
	if err != nil {
		t.Fatal(err)
	}
	op := &ir.Pure{Op: ir.OpLeaf}
	tr := &ir.Trace{}
	for i := range uint64(n) {
		tr.Pure = append(tr.Pure, ir.PureStep{Op: op, A: 1, B: i})
	}
	s, err := openState(tr, v)
	if err != nil {
		t.Fatal(err)
	}
	directory := 4*per["Node"] + per["Entry"]
	whole := (len(s.nodes)-4)*per["Node"] + n*(per["Leaf"]+per["Read"])
	single := 8*per["Node"] + per["Leaf"] + per["Read"]
	aged := 8*per["Node"] + 2*per["Leaf"] + per["Aged"]
	var out bytes.Buffer
	fmt.Fprintf(&out, "opening a collection                      %5d\n", directory)
	fmt.Fprintf(&out, "single read in a tree of 2^24             %5d\n", single)
	fmt.Fprintf(&out, "an item of a whole collection of 1,024    %5d\n", whole/n)
	fmt.Fprintf(&out, "opening an earlier block                  %5d\n", 11*per["Node"]+per["Past"])
	fmt.Fprintf(&out, "read of it in a tree of 2^24, beside the current leaf's path %5d\n", aged)
	fmt.Fprintf(&out, "item, beside the leaf's path              %5d\n", per["Item"])
	fmt.Fprintf(&out, "manifest                                  %5d\n", per["Manifest"])
	golden(t, "testdata/reads.golden", out.Bytes())
	if single > 3600 || whole > 600*n {
		t.Errorf("more than the goals of 3,600 and 600:\n%s", &out)
	}
}
