package contracts

import (
	"bytes"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
)

func exported(tb testing.TB) []byte {
	tb.Helper()
	src, err := os.ReadFile("testdata/toy/verifier.sol")
	if err != nil {
		tb.Fatal(err)
	}
	return src
}

func TestRenameUnsafeDev(t *testing.T) {
	got, err := RenameUnsafeDev(exported(t), "toy")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("src/test/UnsafeDevVerifierToy.sol")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Fatal("src/test/UnsafeDevVerifierToy.sol is not the transformed testdata/toy/verifier.sol: run internal/gentoy")
	}
}

// Each committed verifier carries the guard where the transformation puts it.
func TestCommittedVerifiersAreGuarded(t *testing.T) {
	files, err := filepath.Glob("src/generated/*.sol")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "src/test/UnsafeDevVerifierToy.sol") {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".sol")
		if !strings.HasPrefix(name, UnsafeDevPrefix) || !bytes.Contains(src, []byte("\ncontract "+name+" is IShapeVerifier {\n")) {
			t.Errorf("%s does not hold contract %s", file, name)
		}
		if n := bytes.Count(src, []byte("public view onlyDevChain {")); n != 2 {
			t.Errorf("%s: %d guarded functions", file, n)
		}
		if !bytes.Contains(src, []byte("constructor() onlyDevChain {}")) {
			t.Errorf("%s: no guarded constructor", file)
		}
	}
}

func TestRenameUnsafeDevRefuses(t *testing.T) {
	src := exported(t)
	replace := func(old, new string, n int) []byte {
		if !bytes.Contains(src, []byte(old)) {
			t.Fatalf("the export has no %q", old)
		}
		return bytes.Replace(src, []byte(old), []byte(new), n)
	}
	done, err := RenameUnsafeDev(src, "toy")
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"nothing":                    nil,
		"another contract name":      replace("contract Verifier {", "contract Other {", 1),
		"an inheriting contract":     replace("contract Verifier {", "contract Verifier is X {", 1),
		"two contracts":              append(bytes.Clone(src), src...),
		"no pragma":                  replace("pragma solidity", "// pragma solidity", 1),
		"ten public inputs":          replace("uint256[11] calldata input", "uint256[10] calldata input", -1),
		"one function of ten":        replace("uint256[11] calldata input", "uint256[10] calldata input", 1),
		"two commitments":            replace("uint256[1] calldata compressedCommitments", "uint256[2] calldata compressedCommitments", 1),
		"a function that is guarded": replace(") public view {", ") public view onlyOwner {", 1),
		"an external function":       replace("    /// Negation in Fp.", "    function f() external {}\n    /// Negation in Fp.", 1),
		"a constructor":              replace("    /// Negation in Fp.", "    constructor() {}\n    /// Negation in Fp.", 1),
		"already transformed":        done,
	} {
		t.Run(name, func(t *testing.T) {
			out, err := RenameUnsafeDev(bad, "toy")
			if !errors.Is(err, ErrNotExported) {
				t.Fatalf("error %v", err)
			}
			if out != nil {
				t.Fatal("a source came with the error")
			}
		})
	}
	for _, class := range []string{"", "Tiny", "s_scan", "-s", "s-", "s--x", "1", "tiny\n", "a b", "ü"} {
		if _, err := RenameUnsafeDev(src, class); !errors.Is(err, ErrBadClass) {
			t.Errorf("class %q: %v", class, err)
		}
	}
}

func TestUnsafeDevName(t *testing.T) {
	for class, want := range map[string]string{
		"tiny": "UnsafeDevVerifierTiny", "s": "UnsafeDevVerifierS", "s-scan": "UnsafeDevVerifierSScan", "l2": "UnsafeDevVerifierL2",
	} {
		if got, err := UnsafeDevName(class); err != nil || got != want {
			t.Errorf("%s: %s, %v", class, got, err)
		}
	}
}

// On a real chain the verifier cannot be created, and one that is there all
// the same (copied code, a fork with another chain id) verifies nothing.
func TestUnsafeDevRefusesRealChains(t *testing.T) {
	verifier, f := testArtifact(t, "UnsafeDevVerifierToy"), loadToy(t)
	claim := f.claim(t, 31)
	var inputs [11]*big.Int
	inputs[0], inputs[1], inputs[2] = claim.ProgramID.Big(), claim.Commitment.Big(), big.NewInt(31)
	for i := range 8 {
		inputs[3+i] = new(big.Int)
	}
	inputs[3].SetBytes(claim.Journal)
	call, err := verifier.ABI.Pack("verifyProof", []byte(claim.Proof), inputs)
	if err != nil {
		t.Fatal(err)
	}
	compressed, err := verifier.ABI.Pack("verifyCompressedProof",
		[4]*big.Int{inputs[4], inputs[4], inputs[4], inputs[4]}, [1]*big.Int{inputs[4]}, inputs[4], inputs)
	if err != nil {
		t.Fatal(err)
	}
	for _, chainID := range []uint64{0, 1, 10, 1336, 1338, 31336, 31338, 11155111, 42161, 1337 + 1<<32} {
		cfg := bareEVM(t, 1, chainID)
		out, _, _, err := runtime.Create(verifier.Bytecode, cfg)
		wantRealChain(t, verifier, chainID, out, err)
		at := common.HexToAddress("0x1000")
		cfg.State.SetCode(at, verifier.Runtime, 0)
		for _, data := range [][]byte{call, compressed} {
			out, _, err = runtime.Call(at, data, cfg)
			wantRealChain(t, verifier, chainID, out, err)
		}
	}
	for _, chainID := range []uint64{1337, 31337} {
		cfg := bareEVM(t, 1, chainID)
		code, at, _, err := runtime.Create(verifier.Bytecode, cfg)
		if err != nil {
			t.Fatalf("chain %d: %v", chainID, err)
		}
		if !bytes.Equal(code, verifier.Runtime) {
			t.Errorf("chain %d: the code is not the artifact's", chainID)
		}
		if out, _, err := runtime.Call(at, call, cfg); err != nil {
			t.Errorf("chain %d: %v %x", chainID, err, out)
		}
	}
}

func wantRealChain(t *testing.T, a *Artifact, chainID uint64, out []byte, err error) {
	t.Helper()
	if !errors.Is(err, vm.ErrExecutionReverted) {
		t.Errorf("chain %d: %v", chainID, err)
		return
	}
	e := a.ABI.Errors["UnsafeDevKeyOnRealChain"]
	want := append(bytes.Clone(e.ID[:4]), common.BigToHash(new(big.Int).SetUint64(chainID)).Bytes()...)
	if !bytes.Equal(out, want) {
		t.Errorf("chain %d: reverted with %x", chainID, out)
	}
}
