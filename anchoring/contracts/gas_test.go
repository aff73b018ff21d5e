package contracts

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/contracts/bindings"
)

var update = flag.Bool("update", false, "rewrite testdata/gas.golden")

// executionGas is what a transaction used beyond its base and its calldata.
func executionGas(receipt *types.Receipt, data []byte) uint64 {
	gas := receipt.GasUsed - 21_000
	for _, b := range data {
		if b == 0 {
			gas -= 4
		} else {
			gas -= 16
		}
	}
	return gas
}

// TestGas measures on the chain and compares with the golden file; execution
// gas excludes the 21,000 base and the calldata.
func TestGas(t *testing.T) {
	c, f, router := newRouter(t)
	var lines []string
	add := func(name string, gas uint64) { lines = append(lines, fmt.Sprintf("%-46s %9d", name, gas)) }

	verifier := read(c, router, routerABI.PackGetVerifier(f.selector()), routerABI.UnpackGetVerifier)
	toy := testArtifact(t, "UnsafeDevVerifierToy")
	for _, n := range []int{0, 31, 62, 248} {
		claim := f.claim(t, n)
		data := f.calldata(claim)
		gas := executionGas(c.mustSend(router, data), data)
		add(fmt.Sprintf("verify through the router, journal of %d", n), gas)
		if gas > 400_000 {
			t.Errorf("verify with %d bytes costs %d execution gas, the limit is 400,000", n, gas)
		}
		direct, err := toy.ABI.Pack("verifyProof", []byte(claim.Proof), inputsOf(claim))
		if err != nil {
			t.Fatal(err)
		}
		add(fmt.Sprintf("verifyProof directly, journal of %d", n), executionGas(c.mustSend(verifier, direct), direct))
	}

	registry := c.mustDeploy("AnchorRegistry")
	c.mustSend(registry, pack(1, c.anchorOf(0, 1, 1)))
	for _, n := range []uint64{1, 2, 4} {
		var anchors []bindings.AnchorRegistryAnchor
		for range n {
			anchors = append(anchors, c.anchorOf(n+uint64(len(anchors)), 1, 1))
		}
		data := pack(1, anchors...)
		add(fmt.Sprintf("anchor, new blocks: %d", n), executionGas(c.mustSend(registry, data), data))
	}
	harness := testArtifact(t, "Poseidon2Harness")
	h := c.deployTest("Poseidon2Harness")
	var x [8]*big.Int
	for i := range x {
		x[i] = new(big.Int).Sub(fr.Modulus(), big.NewInt(int64(i+1)))
	}
	data, err := harness.ABI.Pack("gasOfH8", x)
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.call(c.stranger, h, data)
	if err != nil {
		t.Fatal(err)
	}
	add("H8", new(big.Int).SetBytes(out[:32]).Uint64())
	add("H8: loading the round keys", new(big.Int).SetBytes(out[32:64]).Uint64())

	demo, err := DeployDemo(t.Context(), c.sender(c.owner), c.owner.addr, big.NewInt(1e12), big.NewInt(2e12))
	if err != nil {
		t.Fatal(err)
	}
	c.mustSend(demo.Pool, poolABI.PackSwap(true, big.NewInt(1e6), new(big.Int)))
	data = poolABI.PackSwap(true, big.NewInt(1e6), new(big.Int))
	add("swap", executionGas(c.mustSend(demo.Pool, data), data))
	for _, name := range []string{"AnchorRegistry", "VmVerifier"} {
		add("code bytes of "+name, uint64(len(artifact(t, name).Runtime)))
	}
	add("code bytes of a shape verifier", uint64(len(toy.Runtime)))

	got := strings.Join(lines, "\n") + "\n"
	t.Log("\n" + got)
	if *update {
		if err := os.WriteFile("testdata/gas.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/gas.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("gas changed: go test ./anchoring/contracts -run TestGas -update; was\n%s", want)
	}
}

// inputsOf computes the public inputs from a claim as formats.md says.
func inputsOf(claim toyClaim) (in [11]*big.Int) {
	in[0], in[1], in[2] = claim.ProgramID.Big(), claim.Commitment.Big(), big.NewInt(int64(len(claim.Journal)))
	padded := append(claim.Journal[:len(claim.Journal):len(claim.Journal)], make([]byte, 248-len(claim.Journal))...)
	for i := range 8 {
		in[3+i] = new(big.Int).SetBytes(padded[31*i : 31*i+31])
	}
	return in
}
