package contracts

import (
	"encoding/binary"
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"vmhost/anchoring/contracts/bindings"
)

// blockHash is the hash of block n in the bare EVM of these tests.
func blockHash(n uint64) common.Hash {
	return crypto.Keccak256Hash(binary.BigEndian.AppendUint64([]byte("block"), n))
}

// bareEVM runs code at a block number far from genesis, with the history
// contract filled as a chain would have filled it.
func bareEVM(tb testing.TB, number, chainID uint64) *runtime.Config {
	tb.Helper()
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		tb.Fatal(err)
	}
	cfg := *params.AllDevChainProtocolChanges
	cfg.BogotaTime = nil
	cfg.ChainID = new(big.Int).SetUint64(chainID)
	db.SetCode(params.HistoryStorageAddress, params.HistoryStorageCode, 0)
	for n := range number {
		if number-n > 2*params.HistoryServeWindow {
			continue
		}
		slot := common.BigToHash(new(big.Int).SetUint64(n % params.HistoryServeWindow))
		db.SetState(params.HistoryStorageAddress, slot, blockHash(n))
	}
	return &runtime.Config{
		ChainConfig: &cfg, State: db, GasLimit: 10_000_000,
		BlockNumber: new(big.Int).SetUint64(number), Random: &common.Hash{},
		GetHashFn: blockHash,
	}
}

func TestWindowEdges(t *testing.T) {
	const number = 100_000
	cfg := bareEVM(t, number, 1337)
	registry := common.HexToAddress("0x1000")
	cfg.State.SetCode(registry, artifact(t, "AnchorRegistry").Runtime, 0)
	if params.HistoryStorageAddress != common.HexToAddress("0x0000F90827F1C53a10cb7A02335B175320002935") {
		t.Fatal("the history contract moved")
	}
	for _, test := range []struct {
		name      string
		height    uint64
		available bool
	}{
		{"parent", number - 1, true},
		{"last of BLOCKHASH", number - 256, true},
		{"first of EIP-2935 only", number - 257, true},
		{"middle", number - 5000, true},
		{"last of the window", number - 8191, true},
		{"one too old", number - 8192, false},
		{"far too old", 1, false},
		{"genesis", 0, false},
		{"the block itself", number, false},
		{"the next block", number + 1, false},
		{"greatest", 1<<64 - 1, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, _, err := runtime.Call(registry, registryABI.PackCanonicalHash(test.height), cfg)
			if err != nil {
				t.Fatal(err)
			}
			want := common.Hash{}
			if test.available {
				want = blockHash(test.height)
			}
			if got := common.BytesToHash(out); got != want {
				t.Fatalf("hash %s, want %s", got, want)
			}

			a := bindings.AnchorRegistryAnchor{Height: test.height, BlockHash: blockHash(test.height), DirectoryRoot: root(1)}
			cfg.State.SetState(registry, anchorerSlot(cfg.Origin), common.BigToHash(big.NewInt(1)))
			out, _, err = runtime.Call(registry, pack(1, a), cfg)
			if test.available {
				if err != nil {
					t.Fatalf("anchor: %v %x", err, out)
				}
				return
			}
			if !errors.Is(err, vm.ErrExecutionReverted) {
				t.Fatalf("anchor: %v", err)
			}
			e, err := registryABI.UnpackError(out)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := e.(*bindings.AnchorRegistryBlockNotAvailable); !ok {
				t.Fatalf("anchor: %T", e)
			}
		})
	}
}

// Before Prague there is no history contract: only BLOCKHASH's window is open.
func TestWindowWithoutHistoryContract(t *testing.T) {
	const number = 100_000
	cfg := bareEVM(t, number, 1337)
	registry := common.HexToAddress("0x1000")
	cfg.State.SetCode(registry, artifact(t, "AnchorRegistry").Runtime, 0)
	cfg.State.SetCode(params.HistoryStorageAddress, nil, 0)
	for height, want := range map[uint64]common.Hash{number - 256: blockHash(number - 256), number - 257: {}} {
		out, _, err := runtime.Call(registry, registryABI.PackCanonicalHash(height), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if got := common.BytesToHash(out); got != want {
			t.Errorf("height %d: %s, want %s", height, got, want)
		}
	}
}

// On a chain of real headers, past BLOCKHASH's window.
func TestHistoryContractOnChain(t *testing.T) {
	c := newChain(t, nil)
	registry := c.mustDeployRegistry()
	for range 300 {
		c.be.Commit()
	}
	for _, height := range []uint64{0, 5, c.head() - 256, c.head() - 257, c.head() - 1} {
		got := read(c, registry, registryABI.PackCanonicalHash(height), registryABI.UnpackCanonicalHash)
		if want := c.header(height).Hash(); got != want {
			t.Errorf("height %d: %x, want %x", height, got, want)
		}
	}
	a := c.anchorOf(5, 3, 0)
	c.mustSend(registry, pack(1, a))
	if c.commitmentAt(registry, 5) != commitmentOf(t, a) {
		t.Error("not anchored")
	}
}

// anchorerSlot is where isAnchorer(account) lives.
func anchorerSlot(account common.Address) common.Hash {
	return crypto.Keccak256Hash(common.LeftPadBytes(account[:], 32), common.LeftPadBytes([]byte{2}, 32))
}
