package kernels_test

import (
	"testing"

	examples "vmhost/examples/wasm"
	movingaverage "vmhost/examples/wasm/moving-average"
	"vmhost/examples/wasm/spec"
	widesum "vmhost/examples/wasm/wide-sum"
	"vmhost/proofs/zkwasm/circuit"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

// reader is an example that reads so many items of its collection.
type reader struct {
	name, collection, shape string
	items                   uint32
}

// readers are what the shapes for reads of the state must hold.
var readers = []reader{
	{movingaverage.Name, movingaverage.Collection, "s", 110},
	{widesum.Name, widesum.Collection, "s", 80},
	{movingaverage.Name, movingaverage.Collection, "m", 1024},
	{widesum.Name, widesum.Collection, "m", 256},
}

// need measures a reader in both languages.
func (r reader) need(t *testing.T) (out []circuit.Shape) {
	t.Helper()
	for _, lang := range []examples.Lang{examples.C, examples.AssemblyScript} {
		e, ok := examples.Find(r.name, lang)
		if !ok {
			t.Fatal(r.name)
		}
		values := make([]uint64, r.items)
		for i := range values {
			values[i] = uint64(i)<<20 + 12345
		}
		j := e.Jobs[0]
		j.Collections = map[string][]spec.Value{r.collection: spec.U64s(values...)}
		if r.name == movingaverage.Name {
			j.Input = movingaverage.Input(r.items, 4096)
		}
		v, err := j.View()
		if err != nil {
			t.Fatal(err)
		}
		p, err := lower.Lower(e.Wasm)
		if err != nil {
			t.Fatal(err)
		}
		tr, res, err := trace.Run(t.Context(), p, trace.Input{State: v, Input: j.Input})
		if err != nil || res.Trap != "" {
			t.Fatal(r.name, err, res.Trap)
		}
		need, err := circuit.Measure(p, tr, v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, need)
	}
	return out
}

// TestReaders: programs that read whole collections fit the shapes that are
// made for them.
func TestReaders(t *testing.T) {
	for _, r := range readers {
		sh, _ := circuit.ShapeByName(r.shape)
		for _, need := range r.need(t) {
			if err := sh.Fits(need); err != nil {
				t.Errorf("%s of %d: %v", r.name, r.items, err)
			}
		}
	}
}
