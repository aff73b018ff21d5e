package difftest_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"vmhost/proofs/zkwasm/kernels"
	vmruntime "vmhost/runtime"
)

// TestKernels runs the cost suite on every engine; the same kernel in two
// languages gives one journal.
func TestKernels(t *testing.T) {
	c := newComparer(t)
	all, err := kernels.All()
	if err != nil {
		t.Fatal(err)
	}
	journals := map[string][]byte{}
	for _, k := range all {
		for _, n := range []uint32{1, 24} {
			o, err := c.Compare(t.Context(), k.Module, vmruntime.RunInput{Input: kernels.Input(n, 7), Prove: true})
			if err != nil {
				t.Errorf("%s: %v", k.Name, err)
				continue
			}
			if o.Result.Trap != "" || len(o.Result.Journal) == 0 {
				t.Errorf("%s: trap %q, journal %x", k.Name, o.Result.Trap, o.Result.Journal)
			}
			name, _, _ := strings.Cut(k.Name, "/")
			key := fmt.Sprint(name, n)
			if j, ok := journals[key]; ok && !bytes.Equal(j, o.Result.Journal) {
				t.Errorf("%s of %d: journal %x, in another language %x", k.Name, n, o.Result.Journal, j)
			}
			journals[key] = o.Result.Journal
		}
	}
	if got := journals["scan1"]; len(got) != 8 || binary.LittleEndian.Uint64(got) != prefixSum(64) {
		t.Errorf("scan: %x", got)
	}
	const permutedZero = "e7dde140798f25f18a47c033f9ccd584eea95aa61e2698d54d49806f304715bd" // Keccak-f[1600], first 32 bytes
	if got := hex.EncodeToString(journals["keccak24"]); got != permutedZero {
		t.Errorf("keccak: %s", got)
	}
}

// prefixSum is the sum of the first n numbers of the kernels' generator.
func prefixSum(n int) (sum uint64) {
	state := uint64(7)
	for range n {
		state = state*6364136223846793005 + 1442695040888963407
		sum += state >> 32
	}
	return sum
}
