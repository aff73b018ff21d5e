package anchoring_test

import (
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// pusher is a contract that appends its call data's first word to an array at
// slot 0: sstore(keccak(0) + sload(0), word); sstore(0, sload(0) + 1).
const pusher = "601a80600b6000396000f3" + "6000356000548060010160005560006000526020600020015500"

// Collections grow while blocks are followed and leave again with reorganised
// ones: a mapping by the keys of checked logs, an array by its proven length.
func TestGrowing(t *testing.T) {
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // end of a test
	d, err := demo.Deploy(t.Context(), c, demo.Options{Holders: 12, Transfers: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := hex.DecodeString(pusher)
	if err != nil {
		t.Fatal(err)
	}
	array, err := c.Execute(c.Accounts()[3], devchain.Call{Data: code})
	if err != nil {
		t.Fatal(err)
	}
	start, _ := c.Head()
	w, err := statefile.DecodeWatch(fmt.Appendf(nil, `{"format":"vmhost-watch/1","collections":[
		{"name":"holders","mapping":{"address":"0x%x","base":"0x1","keys":["0x%x"],
			"events":{"event":"Transfer(address,address,uint256)","keys":["topic1","topic2"]}}},
		{"name":"list","array":{"address":"0x%x","base":"0x0","max":5}},
		{"name":"pool","slots":{"address":"0x%x","count":8}}]}`, d.Token0, d.Holders[3], array, d.Pool))
	if err != nil {
		t.Fatal(err)
	}
	cache := newCache(t, w.Collections)
	transfer := binding.Filter{Addresses: [][20]byte{d.Token0}}
	f := run(t, anchoring.SourceOptions{URL: c.WSURL(), Cache: cache, Back: 1, Growing: w.Growing, Logs: []binding.Filter{transfer}})
	f.height(start)
	client, err := rpc.Dial(c.HTTPURL())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	lengths := map[string]int{}
	check := func(ref statecache.BlockRef) {
		t.Helper()
		view, err := cache.View(ref, "test", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		defer view.Release()
		for h := uint32(1); h < view.Count(); h++ {
			name, _ := view.Name(h)
			n, _ := view.Len(h)
			lengths[name] = int(n)
			for i := range n {
				it, _ := view.Item(h, i)
				got, _ := view.Value(h, i)
				var want hexutil.Bytes
				err := client.CallContext(t.Context(), &want, "eth_getStorageAt", hexutil.Encode(it.Address[:]), hexutil.Encode(it.Slot[:]),
					map[string]any{"blockHash": hexutil.Encode(ref.Hash[:])})
				if err != nil || string(want) != string(got[:]) {
					t.Fatalf("block %v: %s[%d] is %x, node says %x (%v)", ref, name, i, got, want, err)
				}
			}
		}
	}
	logs := 0
	cached := func(ref statecache.BlockRef) int {
		t.Helper()
		view, err := cache.View(ref, "test", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		defer view.Release()
		found, err := view.Logs(statecache.LogFilter{From: ref.Number, To: ref.Number, Addresses: [][20]byte{d.Token0}})
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	for i := range 24 {
		if i%3 == 0 {
			if _, err := c.Execute(c.Accounts()[3], devchain.Call{To: &array, Data: slices32(i + 1)}); err != nil {
				t.Fatal(err)
			}
		} else if err := c.Mine(1); err != nil {
			t.Fatal(err)
		}
		if i == 10 || i == 17 {
			if _, err := c.Reorg(3, devchain.ReorgOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		n, _ := c.Head()
		a := f.height(n)
		check(a.Header.Ref)
		if n := cached(a.Header.Ref); n != len(a.Logs) {
			t.Errorf("the cache has %d logs of %d", n, len(a.Logs))
		}
		logs += len(a.Logs)
	}
	if lengths["holders"] < 10 || lengths["list"] != 5 || logs < 24 {
		t.Errorf("lengths %v, %d logs", lengths, logs)
	}
	view, err := cache.View(f.source.Status().Head, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer view.Release()
	if it, _ := view.Item(1, 0); it != w.Collections[0].Items[0] {
		t.Errorf("the first item moved: %+v", it)
	}
	m := f.source.Metrics()
	if m.Added < 13 || m.Full != 1 || m.Receipts < 24 {
		t.Errorf("added %d, full %d, receipts %d", m.Added, m.Full, m.Receipts)
	}

	// Keys of before the start, from logs that nothing proves.
	backfilled, err := statefile.Discover(t.Context(), c.HTTPURL(), w, start)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(backfilled.Collections[0].Items); n != 1 {
		t.Errorf("%d holders without a first block", n)
	}
}

func slices32(v int) []byte {
	b := make([]byte, 32)
	b[31] = byte(v)
	return b
}
