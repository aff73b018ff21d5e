package anchoring_test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring"
	"vmhost/anchoring/follower"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// anvilKey is the first of anvil's public test accounts.
const anvilKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"

// clock is the init code of a contract that writes the block's number to slot 0
// and its time to slot 1 whenever it is called.
//
//	NUMBER PUSH0 SSTORE  TIMESTAMP PUSH1 1 SSTORE  STOP
const clock = "0x67" + "435f554260015500" + "5f52" + "60086018f3"

// startAnvil runs a real node of another make in a process of its own. It comes
// from npm (testdata/npm): absent, the test is skipped, but not in CI.
func startAnvil(t *testing.T) (url string) {
	t.Helper()
	arch := map[string]string{"amd64": "amd64", "arm64": "arm64"}[runtime.GOARCH]
	bin := filepath.Join("testdata", "npm", "node_modules", "@foundry-rs", "anvil-"+runtime.GOOS+"-"+arch, "bin", "anvil")
	if _, err := os.Stat(bin); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no anvil: run `npm ci` in anchoring/testdata/npm: %v", err)
		}
		t.Skip("no anvil: run `npm ci` in anchoring/testdata/npm")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	cmd := exec.Command(bin, "--host", "127.0.0.1", "-p", fmt.Sprint(port), "--silent", "--hardfork", "osaka")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // ours, and it may be dead already
		_ = cmd.Wait()
	})
	deadline := time.Now().Add(20 * time.Second)
	for {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = conn.Close()
			return fmt.Sprintf("127.0.0.1:%d", port)
		}
		if time.Now().After(deadline) {
			t.Fatalf("anvil does not listen: %v", err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// anvil is the node with the clock contract on it.
type anvil struct {
	*remote
	client   *anchoring.Client
	contract [20]byte
}

func newAnvil(t *testing.T) *anvil {
	t.Helper()
	at := startAnvil(t)
	a := &anvil{remote: &remote{t: t, chainInfo: chainInfo{WS: "ws://" + at, HTTP: "http://" + at}}}
	var err error
	if a.rpc, err = rpc.Dial(a.WS); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.rpc.Close)
	a.client, err = anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: a.HTTP, Key: common.FromHex(anvilKey)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.client.Close)
	tx, err := a.client.Send(t.Context(), nil, hexutil.MustDecode(clock), 0)
	if err != nil {
		t.Fatal(err)
	}
	a.contract = tx.Contract
	col := statecache.Collection{Name: "clock"}
	for i := range 3 {
		col.Items = append(col.Items, statecache.Item{Address: a.contract, Slot: [32]byte{31: byte(i)}})
	}
	col.Items = append(col.Items, statecache.Item{Kind: statecache.KindNonce, Address: a.client.Address()})
	a.Collections = []statecache.Collection{col}
	return a
}

// tick makes blocks that change the contract.
func (a *anvil) tick(n int) (head statecache.BlockRef) {
	a.t.Helper()
	for range n {
		tx, err := a.client.Send(a.t.Context(), &a.contract, nil, 100_000)
		if err != nil {
			a.t.Fatal(err)
		}
		head = tx.Block
	}
	return head
}

// at waits until the cache's head is this block and compares its slots.
func (f *feed) at(a *anvil, ref statecache.BlockRef) {
	f.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		if head, _ := f.cache.Head(); head == ref {
			break
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("not at %v: %+v", ref, f.source.Status())
		}
		time.Sleep(2 * time.Millisecond)
	}
	slots := *a.remote
	slots.Collections = []statecache.Collection{{Name: "clock", Items: a.Collections[0].Items[:3]}}
	f.check(&slots, ref)
}

func (a *anvil) head() (ref statecache.BlockRef) {
	a.t.Helper()
	var b struct {
		Number hexutil.Uint64
		Hash   common.Hash
	}
	a.call(&b, "eth_getBlockByNumber", "latest", false)
	return statecache.BlockRef{Number: uint64(b.Number), Hash: b.Hash}
}

func TestFollowsAnvil(t *testing.T) {
	for _, scheme := range []string{"ws", "http"} {
		t.Run(scheme, func(t *testing.T) {
			a := newAnvil(t)
			url := a.WS
			if scheme == "http" {
				url = a.HTTP
			}
			a.tick(3)
			f := run(t, anchoring.SourceOptions{URL: url, Cache: newCache(t, a.Collections), Poll: 20 * time.Millisecond, RetryMax: 50 * time.Millisecond})
			ref := a.tick(7)
			f.at(a, ref)
			view, err := f.cache.View(ref, "test", time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			defer view.Release()
			if v, _ := view.Value(1, 0); v != [32]byte([]byte{31: byte(ref.Number)}) {
				t.Errorf("slot 0 is %x at %v", v, ref)
			}
			// Five blocks are replaced by empty ones, announced from the lowest on.
			a.call(nil, "anvil_reorg", 5, []any{})
			f.at(a, a.head())
			if !view.Orphaned() {
				t.Error("the view is not orphaned")
			}
			var back []statecache.BlockRef
			for len(f.events) > 0 {
				if e, ok := (<-f.events).(*anchoring.RolledBack); ok {
					back = append(back, e.Reverted...)
				}
			}
			if len(back) != 5 || back[0] != ref {
				t.Errorf("rolled back %v", back)
			}
			f.at(a, a.tick(2))
		})
	}
}

// evm_revert sets the node back without a word: polling sees the old head, which
// is a fault; the new branch from there is a reorganisation.
func TestAnvilGoesBack(t *testing.T) {
	a := newAnvil(t)
	f := run(t, anchoring.SourceOptions{URL: a.HTTP, Cache: newCache(t, a.Collections), Poll: 20 * time.Millisecond})
	f.at(a, a.tick(2))
	var snapshot string
	a.call(&snapshot, "evm_snapshot")
	ref := a.tick(3)
	f.at(a, ref)
	a.call(nil, "evm_revert", snapshot)
	events := f.until(func(e anchoring.Event) bool { _, ok := e.(*anchoring.Fault); return ok })
	if fault := events[len(events)-1].(*anchoring.Fault); !errors.Is(fault.Err, follower.ErrWentBack) {
		t.Errorf("fault %v", fault.Err)
	}
	if head, _ := f.cache.Head(); head != ref {
		t.Errorf("rolled back to %v", head)
	}
	if f.source.Status().Ready(100) {
		t.Error("ready")
	}
	// Time has moved on: the blocks of the new branch differ.
	a.call(nil, "evm_increaseTime", 100)
	f.at(a, a.tick(1))
	if !f.source.Status().Ready(0) {
		t.Errorf("not ready: %+v", f.source.Status())
	}
}

func TestFetchFromAnvil(t *testing.T) {
	a := newAnvil(t)
	ref := a.tick(3)
	f, err := statefile.Fetch(t.Context(), a.HTTP, "latest", &statefile.Watch{Collections: a.Collections})
	if err != nil {
		t.Fatal(err)
	}
	if f.Block != ref || f.ChainID != 31337 || f.Collections[0].Values[0][31] != byte(ref.Number) {
		t.Errorf("%+v", f)
	}
}
