package main

import (
	"os"
	"testing"
)

// TestCommitted: the committed kernels are what this generator writes.
func TestCommitted(t *testing.T) {
	got, err := os.ReadFile("../../avx2_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != generateAVX2() {
		t.Error("avx2_amd64.s is stale: run go generate ./statecache/poseidon")
	}
}
