package contracts

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"

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
	c := newChain(t, nil)
	var lines []string
	add := func(name string, gas uint64) { lines = append(lines, fmt.Sprintf("%-46s %9d", name, gas)) }

	s := newTrapdoor(80)
	m := withKey(t, s.blob(true))
	router := c.mustDeploy("VmVerifier")
	c.mustAddKey(router, s.blob(true))
	for _, n := range []int{0, 1, 31, 62, 64, 248} {
		claim := s.proven(s.claimOf(n))
		data := m.calldata(claim)
		gas := executionGas(c.mustSend(router, data), data)
		add(fmt.Sprintf("verify, journal of %d", n), gas)
		if n == 64 && gas > 330_000 {
			t.Errorf("verify with 64 bytes costs %d execution gas, the limit is 330,000", gas)
		}
		if guess := VerifyGas(claim.Journal); max(guess, gas)-min(guess, gas) > 500 {
			t.Errorf("verify with %d bytes costs %d, VerifyGas says %d", n, gas, guess)
		}
		switch n {
		case 62:
			direct, err := testArtifact(t, "GnarkVerifierToy").ABI.Pack("verifyProof", []byte(claim.Proof), inputsOf(claim))
			if err != nil {
				t.Fatal(err)
			}
			add("  gnark's export, without a router, any journal", executionGasIn(t, m, m.oracle, direct))
		case 64:
			for _, part := range m.breakDown(data) {
				add("  "+part.name, part.gas)
			}
		}
	}
	code, err := KeyCreationCode(s.blob(false))
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := c.sender(c.owner)(t.Context(), nil, code)
	if err != nil {
		t.Fatal(err)
	}
	add("transaction: deploy a key", receipt.GasUsed)
	add("transaction: add a key", c.mustSend(router, routerABI.PackAddKey(receipt.ContractAddress)).GasUsed)
	if receipt, err = c.sender(c.owner)(t.Context(), nil, artifact(t, "VmVerifier").Bytecode); err != nil {
		t.Fatal(err)
	}
	add("transaction: deploy VmVerifier", receipt.GasUsed)

	registry := c.mustDeployRegistry()
	c.mustSend(registry, pack(1, c.anchorOf(0, 1, 1)))
	for _, n := range []uint64{1, 10} {
		var anchors []bindings.AnchorRegistryAnchor
		for range n {
			anchors = append(anchors, c.anchorOf(n/10+1+uint64(len(anchors)), 1, 1))
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
	for _, name := range []string{"AnchorRegistry", "StateJudge", "FormJudge", "VmVerifier"} {
		add("code bytes of "+name, uint64(len(artifact(t, name).Runtime)))
	}
	add("code bytes of a key", KeySize)

	golden(t, "testdata/gas.golden", lines)
}

// golden compares lines with a file, or writes it.
func golden(t *testing.T, name string, lines []string) {
	t.Helper()
	got := strings.Join(lines, "\n") + "\n"
	t.Log("\n" + got)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("gas changed: go test ./anchoring/contracts -run TestGas -update; was\n%s", want)
	}
}

type gasPart struct {
	name string
	gas  uint64
}

// breakDown runs a call under a tracer and says where its gas goes.
func (m *machine) breakDown(data []byte) []gasPart {
	m.t.Helper()
	var calls, gas [9]uint64 // by precompile
	var key, storage uint64
	target := 0
	cfg := *m.cfg
	cfg.EVMConfig.Tracer = &tracing.Hooks{
		OnEnter: func(_ int, _ byte, _, to common.Address, _ []byte, _ uint64, _ *big.Int) {
			target = int(to.Big().Uint64() % 256)
			if to.Big().BitLen() > 8 {
				target = 0
			}
		},
		OnExit: func(_ int, _ []byte, used uint64, _ error, _ bool) {
			if target > 0 && target < len(gas) {
				calls[target]++
				gas[target] += used
			}
			target = 0
		},
		OnOpcode: func(_ uint64, op byte, _, cost uint64, _ tracing.OpContext, _ []byte, _ int, _ error) {
			switch vm.OpCode(op) {
			case vm.EXTCODECOPY:
				key += cost
			case vm.SLOAD:
				storage += cost
			}
		},
	}
	total := executionGasIn(m.t, &machine{t: m.t, cfg: &cfg}, m.router, data)
	rest := total - gas[6] - gas[7] - gas[8] - key - storage
	return []gasPart{
		{fmt.Sprintf("%d pairing of 5 pairs", calls[8]), gas[8]},
		{fmt.Sprintf("%d multiplications", calls[7]), gas[7]},
		{fmt.Sprintf("%d additions", calls[6]), gas[6]},
		{"reading the key", key},
		{"finding the key", storage},
		{"all else", rest},
	}
}

// executionGasIn is the gas of a call in a bare EVM, where the called contract
// is warm as in a transaction.
func executionGasIn(tb testing.TB, m *machine, to common.Address, data []byte) uint64 {
	tb.Helper()
	out, left, err := runtime.Call(to, data, m.cfg)
	if err != nil {
		tb.Fatalf("%v %x", err, out)
	}
	return m.cfg.GasLimit - left
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
