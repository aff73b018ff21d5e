package main

import (
	"testing"

	"vmhost/proofs/zkwasm/circuit"
	"vmhost/proofs/zkwasm/kernels"
	"vmhost/proofs/zkwasm/lower"
)

// TestProgramIDs compares the two implementations on the kernels, whose
// programs have every section.
func TestProgramIDs(t *testing.T) {
	all, err := kernels.All()
	if err != nil {
		t.Fatal(err)
	}
	h := newProgramHasher()
	for _, k := range all {
		p, err := lower.Lower(k.Module)
		if err != nil {
			t.Fatal(err)
		}
		want, err := circuit.ProgramID(p)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.id(p); [32]byte(got) != want.Bytes() {
			t.Errorf("%s: ID %x, the circuit's is %x", k.Name, got, want.Bytes())
		}
	}
}
