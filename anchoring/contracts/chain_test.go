package contracts

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

type account struct {
	key  *ecdsa.PrivateKey
	addr common.Address
}

// chain is a simulated chain under Osaka rules; every sent transaction gets its
// own block. owner deploys, stranger has money and no rights.
type chain struct {
	t               testing.TB
	be              *simulated.Backend
	owner, stranger account
}

func testAccount(tb testing.TB, n byte) account {
	tb.Helper()
	key, err := crypto.ToECDSA(append(make([]byte, 31), n))
	if err != nil {
		tb.Fatal(err)
	}
	return account{key, crypto.PubkeyToAddress(key.PublicKey)}
}

func newChain(tb testing.TB, extra types.GenesisAlloc) *chain {
	tb.Helper()
	return newChainWith(tb, extra, func(*params.ChainConfig) {})
}

// newChainWith has other rules.
func newChainWith(tb testing.TB, extra types.GenesisAlloc, rules func(*params.ChainConfig)) *chain {
	tb.Helper()
	c := &chain{t: tb, owner: testAccount(tb, 1), stranger: testAccount(tb, 2)}
	rich := new(big.Int).Lsh(big.NewInt(1), 100)
	alloc := types.GenesisAlloc{c.owner.addr: {Balance: rich}, c.stranger.addr: {Balance: rich}}
	for a, v := range extra {
		alloc[a] = v
	}
	c.be = simulated.NewBackend(alloc, func(_ *node.Config, ec *ethconfig.Config) {
		cfg := *params.AllDevChainProtocolChanges
		cfg.BogotaTime = nil
		rules(&cfg)
		ec.Genesis.Config = &cfg
		ec.StateScheme = rawdb.HashScheme
		ec.NoPruning = true
		ec.RPCTxFeeCap = 0 // full blocks are dear
	})
	tb.Cleanup(func() { _ = c.be.Close() })
	return c
}

func (c *chain) sender(a account) Sender {
	opts := bind.NewKeyedTransactor(a.key, big.NewInt(1337))
	return NewSender(opts, c.be.Client(), func() { c.be.Commit() })
}

// mustSendBlind sends from the owner without estimating gas: an estimate runs
// in the head block itself, which cannot see its own hash.
func (c *chain) mustSendBlind(to common.Address, data []byte) *types.Receipt {
	c.t.Helper()
	opts := bind.NewKeyedTransactor(c.owner.key, big.NewInt(1337))
	opts.GasLimit = 1_000_000
	receipt, err := NewSender(opts, c.be.Client(), func() { c.be.Commit() })(c.t.Context(), &to, data)
	if err != nil {
		c.t.Fatal(err)
	}
	return receipt
}

// mustSend sends from the owner and returns the receipt of the success.
func (c *chain) mustSend(to common.Address, data []byte) *types.Receipt {
	c.t.Helper()
	receipt, err := c.sender(c.owner)(c.t.Context(), &to, data)
	if err != nil {
		c.t.Fatal(err)
	}
	return receipt
}

func (c *chain) mustDeploy(name string, args ...any) common.Address {
	c.t.Helper()
	addr, err := Deploy(c.t.Context(), c.sender(c.owner), name, args...)
	if err != nil {
		c.t.Fatal(err)
	}
	return addr
}

// mustDeployRegistry creates a registry without bonds.
func (c *chain) mustDeployRegistry() common.Address {
	c.t.Helper()
	at, _, err := DeployRegistry(c.t.Context(), c.sender(c.owner), RegistryConfig{})
	if err != nil {
		c.t.Fatal(err)
	}
	return at
}

// deployTest creates a contract of src/test.
func (c *chain) deployTest(name string) common.Address {
	c.t.Helper()
	receipt, err := c.sender(c.owner)(c.t.Context(), nil, testArtifact(c.t, name).Bytecode)
	if err != nil {
		c.t.Fatal(err)
	}
	return receipt.ContractAddress
}

// call runs an eth_call at the head, or at a block if number is not nil.
func (c *chain) call(from account, to common.Address, data []byte) ([]byte, error) {
	return c.be.Client().CallContract(context.Background(), ethereum.CallMsg{From: from.addr, To: &to, Data: data}, nil)
}

// header returns a canonical header.
func (c *chain) header(n uint64) *types.Header {
	c.t.Helper()
	h, err := c.be.Client().HeaderByNumber(c.t.Context(), new(big.Int).SetUint64(n))
	if err != nil {
		c.t.Fatal(err)
	}
	return h
}

func (c *chain) head() uint64 {
	c.t.Helper()
	n, err := c.be.Client().BlockNumber(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

func testArtifact(tb testing.TB, name string) *Artifact {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "artifacts", name+".json"))
	if err != nil {
		tb.Fatal(err)
	}
	a, err := parseArtifact(data)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func artifact(tb testing.TB, name string) *Artifact {
	tb.Helper()
	a, err := Load(name)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// read calls a view as a stranger and decodes its answer.
func read[T any](c *chain, to common.Address, data []byte, unpack func([]byte) (T, error)) T {
	c.t.Helper()
	out, err := c.call(c.stranger, to, data)
	if err != nil {
		c.t.Fatal(err)
	}
	v, err := unpack(out)
	if err != nil {
		c.t.Fatal(err)
	}
	return v
}

// revertName is the custom error that err carries, "" if it is none.
func revertName(tb testing.TB, err error) string {
	tb.Helper()
	var data rpc.DataError
	if !errors.As(err, &data) {
		return ""
	}
	text, _ := data.ErrorData().(string)
	raw, err := hexutil.Decode(text)
	if err != nil {
		tb.Fatal(err)
	}
	name, _, _ := DecodeError(raw)
	return name
}

// wantRevert requires that err carries the custom error T and returns it.
func wantRevert[T any](tb testing.TB, err error, unpack func([]byte) (any, error)) *T {
	tb.Helper()
	if err == nil {
		tb.Fatalf("did not revert, want %T", *new(T))
	}
	var data rpc.DataError
	if !errors.As(err, &data) {
		tb.Fatalf("no revert data in %v, want %T", err, *new(T))
	}
	text, ok := data.ErrorData().(string)
	if !ok {
		tb.Fatalf("revert data %v of %v is no string", data.ErrorData(), err)
	}
	raw, err := hexutil.Decode(text)
	if err != nil {
		tb.Fatal(err)
	}
	got, err := unpack(raw)
	if err != nil {
		tb.Fatalf("revert data %x: %v, want %T", raw, err, *new(T))
	}
	e, ok := got.(*T)
	if !ok {
		tb.Fatalf("reverted with %T %+v, want %T", got, got, *new(T))
	}
	return e
}
