package main

import (
	"os"
	"testing"
)

// TestCommitted: the committed kernels are what this generator writes.
func TestCommitted(t *testing.T) {
	for name, generate := range kernels {
		got, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != generate() {
			t.Errorf("%s is stale: run go generate ./statecache/poseidon", name)
		}
	}
}
