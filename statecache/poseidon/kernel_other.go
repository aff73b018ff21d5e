//go:build !amd64 || purego

package poseidon

// candidates: no vector kernel here.
func candidates() []kernel { return nil }
