package replay_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/ethereum/go-ethereum/common"              //nolint:depguard // the contract's verdict needs an EVM
	"github.com/ethereum/go-ethereum/core/types"          //nolint:depguard // see above
	evm "github.com/ethereum/go-ethereum/core/vm/runtime" //nolint:depguard // see above
	"github.com/ethereum/go-ethereum/params"              //nolint:depguard // see above

	"vmhost/anchoring/contracts"
	"vmhost/proofs/verifier"
	"vmhost/testvectors"
	"vmhost/testvectors/schema"
)

// The router contract says of each proof file what the vectors say: it takes
// the calldata of the valid ones and reverts on everything else. What it cannot
// see (policies, expectations, the file's own form) is left out.
func TestProofsInEVM(t *testing.T) {
	chain := *params.AllDevChainProtocolChanges
	cfg := &evm.Config{ChainConfig: &chain, GasLimit: 30_000_000}
	send := func(_ context.Context, to *common.Address, data []byte) (*types.Receipt, error) {
		if to == nil {
			_, address, _, err := evm.Create(data, cfg)
			return &types.Receipt{ContractAddress: address}, err
		}
		_, _, err := evm.Call(*to, data, cfg)
		return &types.Receipt{}, err
	}
	pins, err := verifier.Pinned()
	if err != nil {
		t.Fatal(err)
	}
	var keys []contracts.Key
	for _, shape := range []string{"tiny", "s"} {
		pin, ok := pins.ByShape(shape)
		if !ok {
			t.Fatalf("no pinned key %s", shape)
		}
		keys = append(keys, contracts.Key{Class: shape, Blob: pin.Key.Blob()})
	}
	system, err := contracts.DeploySystem(t.Context(), send, keys, contracts.RegistryConfig{})
	if err != nil {
		t.Fatal(err)
	}
	valid, refused := 0, 0
	for _, test := range proofTests(t) {
		f, err := verifier.DecodeFile([]byte(test.File))
		if err != nil {
			continue
		}
		_, left, err := evm.Call(system.Router, f.Calldata(), cfg)
		// The contract sees the claim, the first bytes of the key's id and the
		// proof, not the other bytes, the class, or what the user asked for.
		want := test.Error != "ErrBadProof" && test.Comment != "key of another class"
		if (err == nil) != want {
			t.Errorf("test %d (%s): %v, want accepted %t", test.ID, test.Comment, err, want)
		}
		if err == nil {
			valid++
			if gas := cfg.GasLimit - left; gas > 330_000 {
				t.Errorf("test %d: %d gas", test.ID, gas)
			}
		} else {
			refused++
		}
	}
	if valid < 5 || refused < 40 {
		t.Errorf("%d accepted, %d refused", valid, refused)
	}
}

func proofTests(t *testing.T) (out []schema.Proof) {
	t.Helper()
	b, err := testvectors.Files.ReadFile("proofs/tiny.json")
	if err != nil {
		t.Fatal(err)
	}
	var f schema.File
	if err := schema.Strict(b, &f); err != nil {
		t.Fatal(err)
	}
	for _, raw := range f.Tests {
		var p schema.Proof
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}
