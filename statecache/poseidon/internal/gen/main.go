// Command gen writes the vector kernels of package poseidon.
package main

import (
	"fmt"
	"os"
)

var kernels = map[string]func() string{
	"avx2_amd64.s": generateAVX2,
	"ifma_amd64.s": generateIFMA,
}

func main() {
	for name, generate := range kernels {
		if err := os.WriteFile(name, []byte(generate()), 0o644); err != nil { //nolint:gosec // source, for all to read
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
