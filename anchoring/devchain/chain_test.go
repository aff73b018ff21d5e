package devchain_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
	"go.uber.org/goleak"

	"vmhost/anchoring/devchain"
)

// transfers is an Activity: account 1 pays a branch-dependent amount.
type transfers struct{ from devchain.Account }

func (t transfers) Transactions(number, branch uint64, nonce func([20]byte) uint64) ([]*types.Transaction, error) {
	to := [20]byte{0xaa}
	tx, err := t.from.Sign(nonce(t.from.Address), devchain.Call{To: &to, Value: new(big.Int).SetUint64(number*1000 + branch), Gas: 21_000})
	return []*types.Transaction{tx}, err
}

func newChain(t *testing.T, opts devchain.Options) *devchain.Chain {
	t.Helper()
	c, err := devchain.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func dial(t *testing.T, url string) *rpc.Client {
	t.Helper()
	client, err := rpc.Dial(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func call[T any](t *testing.T, c *rpc.Client, method string, args ...any) T {
	t.Helper()
	var out T
	if err := c.CallContext(t.Context(), &out, method, args...); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return out
}

func TestStartStopLeaksNothing(t *testing.T) {
	warm, err := devchain.New(devchain.Options{}) // what is started once a process
	if err != nil {
		t.Fatal(err)
	}
	if err := warm.Mine(1); err != nil { // starts the process-wide sender cache
		t.Fatal(err)
	}
	if err := warm.Close(); err != nil {
		t.Fatal(err)
	}
	ignore := goleak.IgnoreCurrent()
	start := time.Now()
	c, err := devchain.New(devchain.Options{Period: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %v", time.Since(start))
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if n, _ := c.Head(); n >= 2 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the period seals no blocks")
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	if err := c.Mine(1); !errors.Is(err, devchain.ErrClosed) {
		t.Errorf("Mine after Close: %v", err)
	}
	// goleveldb's pool drain ends up to 30 s after its database (p2p's node table).
	goleak.VerifyNone(t, ignore, goleak.IgnoreTopFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"))
}

// A subscriber of another connection sees one head with an unknown parent:
//
//	0 … 6 ─ 7 ─ 8 ─ 9 ─ 10
//	    └ 7'─ 8'─ 9'─ 10'─ 11'
func TestSuddenReorg(t *testing.T) {
	c := newChain(t, devchain.Options{})
	c.SetActivity(transfers{c.Accounts()[1]})
	client := dial(t, c.WSURL())
	heads := make(chan *types.Header, 100)
	sub, err := client.EthSubscribe(t.Context(), heads, "newHeads")
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Unsubscribe()
	if err := c.Mine(10); err != nil {
		t.Fatal(err)
	}
	seen := map[[32]byte]bool{}
	for range 10 {
		seen[next(t, heads).Hash()] = true
	}
	result := call[struct{ Ancestor, Old, New struct{ Number, Hash string } }](t, client, "devnet_reorg", 4, map[string]any{})
	if result.Ancestor.Number != "0x6" || result.Old.Number != "0xa" || result.New.Number != "0xb" {
		t.Errorf("devnet_reorg answered %+v", result)
	}
	tip := next(t, heads)
	if tip.Number.Uint64() != 11 || seen[tip.ParentHash] || seen[tip.Hash()] {
		t.Errorf("got head %d on a known parent: %v", tip.Number, seen[tip.ParentHash])
	}
	select {
	case h := <-heads:
		t.Errorf("a second head %d", h.Number)
	case <-time.After(100 * time.Millisecond):
	}
	// The siblings carry other transactions: sum over 1..11 with branch 1 from 7 on.
	want := big.NewInt(66*1000 + 5)
	if got := call[string](t, client, "eth_getBalance", "0xaa00000000000000000000000000000000000000", "latest"); got != "0x"+want.Text(16) {
		t.Errorf("balance %s, want %x", got, want)
	}
	if err := c.Mine(1); err != nil {
		t.Fatal(err)
	}
	if h := next(t, heads); h.ParentHash != tip.Hash() {
		t.Errorf("block %d does not follow the sibling branch", h.Number)
	}
}

func next(t *testing.T, heads <-chan *types.Header) *types.Header {
	t.Helper()
	select {
	case h := <-heads:
		return h
	case <-time.After(10 * time.Second):
		t.Fatal("no head came")
		return nil
	}
}

func TestReorgRefused(t *testing.T) {
	c := newChain(t, devchain.Options{FinalityDepth: 5})
	if err := c.Mine(10); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		depth uint64
		opts  devchain.ReorgOptions
		want  error
	}{
		{0, devchain.ReorgOptions{}, devchain.ErrTooDeep},
		{10, devchain.ReorgOptions{}, devchain.ErrTooDeep},
		{1 << 63, devchain.ReorgOptions{Force: true}, devchain.ErrTooDeep},
		{6, devchain.ReorgOptions{}, devchain.ErrFinalized},
		{6, devchain.ReorgOptions{Force: true}, nil},
	} {
		if _, err := c.Reorg(tc.depth, tc.opts); !errors.Is(err, tc.want) {
			t.Errorf("depth %d, %+v: got %v, want %v", tc.depth, tc.opts, err, tc.want)
		}
	}
}

func TestReorgLengths(t *testing.T) {
	for _, tc := range []struct {
		extra int
		want  uint64
	}{{0, 11}, {1, 11}, {3, 13}, {-1, 10}, {-2, 9}, {-100, 7}} {
		c := newChain(t, devchain.Options{})
		if err := c.Mine(10); err != nil {
			t.Fatal(err)
		}
		r, err := c.Reorg(4, devchain.ReorgOptions{Extra: tc.extra, Empty: true})
		if err != nil {
			t.Fatal(err)
		}
		if r.New.Number != tc.want {
			t.Errorf("extra %d: head %d, want %d", tc.extra, r.New.Number, tc.want)
		}
	}
}

// The RPC surface that the product and users' tools rely on.
func TestRPCSurface(t *testing.T) {
	c := newChain(t, devchain.Options{FinalityDepth: 4})
	c.SetActivity(transfers{c.Accounts()[1]})
	if err := c.Mine(200); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{c.HTTPURL(), c.WSURL()} {
		client := dial(t, url)
		if got := call[string](t, client, "eth_chainId"); got != "0x539" {
			t.Errorf("chain id %s", got)
		}
		type block struct{ Number, ParentBeaconBlockRoot string }
		if got := call[block](t, client, "eth_getBlockByNumber", "finalized", false); got.Number != "0xc4" {
			t.Errorf("finalized %s", got.Number)
		}
		if got := call[block](t, client, "eth_getBlockByNumber", "safe", false); got.Number != "0xc6" {
			t.Errorf("safe %s", got.Number)
		}
		old := call[block](t, client, "eth_getBlockByNumber", "0x2", false)
		proof := call[map[string]json.RawMessage](t, client, "eth_getProof", common.Address(c.Accounts()[1].Address), []string{}, old.Number)
		if string(proof["nonce"]) != `"0x2"` {
			t.Errorf("nonce at block 2: %s", proof["nonce"])
		}
		trace := call[[]json.RawMessage](t, client, "debug_traceBlockByNumber", "latest",
			map[string]any{"tracer": "prestateTracer", "tracerConfig": map[string]any{"diffMode": true}})
		if len(trace) != 1 {
			t.Errorf("traced %d transactions", len(trace))
		}
	}
}

func TestExecuteReportsRevert(t *testing.T) {
	c := newChain(t, devchain.Options{})
	from := c.Accounts()[0]
	// init code that returns the one-instruction contract INVALID
	addr, err := c.Execute(from, devchain.Call{Data: []byte{0x60, 0xfe, 0x5f, 0x53, 0x60, 0x01, 0x5f, 0xf3}})
	if err != nil || addr == ([20]byte{}) {
		t.Fatalf("create: %x, %v", addr, err)
	}
	if _, err := c.Execute(from, devchain.Call{To: &addr}); !errors.Is(err, devchain.ErrReverted) {
		t.Errorf("got %v, want ErrReverted", err)
	}
}

func TestPortTaken(t *testing.T) {
	c := newChain(t, devchain.Options{})
	var port int
	if _, err := fmt.Sscanf(c.HTTPURL(), "http://127.0.0.1:%d", &port); err != nil {
		t.Fatal(err)
	}
	if _, err := devchain.New(devchain.Options{Port: port}); err == nil {
		t.Error("a taken port was accepted")
	}
}

func BenchmarkMine(b *testing.B) {
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // end of a benchmark
	c.SetActivity(transfers{c.Accounts()[1]})
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Mine(1); err != nil {
			b.Fatal(err)
		}
	}
}
