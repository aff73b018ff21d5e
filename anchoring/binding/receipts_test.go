package binding_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/trie"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// receiptBlock is a block with receipts of every type, before Byzantium too, and
// its header.
func receiptBlock(tb testing.TB, n int) (*ethrpc.Header, []json.RawMessage) {
	tb.Helper()
	h := &ethrpc.Header{Ref: statecache.BlockRef{Number: 7, Hash: [32]byte{7}}}
	var list types.Receipts
	index := uint(0)
	for i := range n {
		r := &types.Receipt{
			Type: uint8(i % 5), Status: uint64(i % 2), CumulativeGasUsed: uint64(21000 * (i + 1)), GasUsed: 21000,
			TxHash: common.Hash{byte(i)}, BlockHash: h.Ref.Hash, BlockNumber: big.NewInt(7), TransactionIndex: uint(i), Logs: []*types.Log{},
		}
		if i%10 == 5 {
			r.Type, r.Status, r.PostState = 0, 0, slices.Repeat([]byte{byte(i)}, 32)
		}
		for j := range i % 4 {
			l := &types.Log{Address: addr(j), Data: []byte{byte(i)}, BlockHash: h.Ref.Hash, BlockNumber: 7, TxIndex: uint(i), TxHash: r.TxHash, Index: index, Topics: []common.Hash{}}
			for k := range j + 1 {
				l.Topics = append(l.Topics, word(100*k+i%3))
			}
			r.Logs = append(r.Logs, l)
			index++
		}
		r.Bloom = types.CreateBloom(r)
		list = append(list, r)
	}
	h.ReceiptsRoot = types.DeriveSha(list, trie.NewStackTrie(nil))
	h.Bloom = types.MergeBloom(list)
	var out []json.RawMessage
	for _, r := range list {
		raw, err := json.Marshal(r)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, raw)
	}
	return h, out
}

func join(list []json.RawMessage) []byte {
	b, err := json.Marshal(list)
	if err != nil {
		panic(err)
	}
	return b
}

func TestReceipts(t *testing.T) {
	for _, n := range []int{0, 1, 2, 127, 128, 129, 300} {
		h, list := receiptBlock(t, n)
		got, err := binding.VerifyReceipts(h, join(list))
		if err != nil || len(got) != n {
			t.Fatalf("%d receipts: %d, %v", n, len(got), err)
		}
		index := uint32(0)
		for i, r := range got {
			if r.Succeeded != (i%2 == 1 && i%10 != 5) || (r.PostState != nil) != (i%10 == 5) || len(r.Logs) != i%4 {
				t.Errorf("receipt %d: %+v", i, r)
			}
			for j, l := range r.Logs {
				if l.LogIndex != index || l.TxIndex != uint32(i) || l.Address != addr(j) || len(l.Topics) != j+1 || l.Data[0] != byte(i) {
					t.Errorf("log %d: %+v", index, l)
				}
				index++
			}
		}
	}
	// A node that answers for a block without transactions.
	h, _ := receiptBlock(t, 0)
	if h.ReceiptsRoot != types.EmptyReceiptsHash {
		t.Errorf("root without receipts is %x", h.ReceiptsRoot)
	}
}

// refuseReceipts forges a block's receipts in every way it can and counts the
// refused.
func refuseReceipts(t *testing.T, h *ethrpc.Header, list []json.RawMessage) (refused int) {
	t.Helper()
	try := func(name string, forged []json.RawMessage) {
		t.Helper()
		_, err := binding.VerifyReceipts(h, join(forged))
		if err == nil || !binding.Faulty(err) && !errors.Is(err, binding.ErrReceiptType) {
			t.Errorf("%s: %v", name, err)
		}
		refused++
	}
	for i := range list {
		try("receipt left out", slices.Delete(slices.Clone(list), i, i+1))
		try("receipt doubled", slices.Insert(slices.Clone(list), i, list[i]))
		if i > 0 {
			swapped := slices.Clone(list)
			swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
			try("receipts swapped", swapped)
		}
	}
	try("none", nil)
	try("null", []json.RawMessage{json.RawMessage("null")})
	for i, raw := range list {
		for _, forged := range forgeries(t, raw) {
			all := slices.Clone(list)
			all[i] = forged.raw
			try(fmt.Sprintf("receipt %d: %s", i, forged.name), all)
		}
	}
	return refused
}

type forgery struct {
	name string
	raw  json.RawMessage
}

// forgeries changes what a root commits to, and the positions.
func forgeries(t *testing.T, raw json.RawMessage) (out []forgery) {
	t.Helper()
	edit := func(name string, change func(r map[string]any, logs []any) bool) {
		var r map[string]any
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		logs, _ := r["logs"].([]any)
		if !change(r, logs) {
			return
		}
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, forgery{name, b})
	}
	set := func(name, field string, value any) {
		edit(name, func(r map[string]any, _ []any) bool { r[field] = value; return true })
	}
	edit("status", func(r map[string]any, _ []any) bool {
		if r["status"] == nil || r["root"] != nil && r["root"] != "0x" {
			return false
		}
		r["status"] = map[any]any{"0x0": "0x1", "0x1": "0x0"}[r["status"]]
		return true
	})
	set("status 2", "status", "0x2")
	set("a state root", "root", "0x"+strings.Repeat("ab", 32))
	set("a short state root", "root", "0xab")
	set("gas", "cumulativeGasUsed", "0x1")
	set("another type", "type", "0x5")
	set("bloom of nothing else", "logsBloom", "0x"+strings.Repeat("ff", 256))
	set("index", "transactionIndex", "0xffff")
	set("block", "blockHash", "0x"+strings.Repeat("11", 32))
	edit("type", func(r map[string]any, _ []any) bool {
		r["type"] = map[any]any{"0x0": "0x1", "0x1": "0x2", "0x2": "0x3", "0x3": "0x4", "0x4": "0x0"}[r["type"]]
		return r["type"] != nil
	})
	edit("log added", func(r map[string]any, logs []any) bool {
		r["logs"] = append(logs, map[string]any{
			"address": "0x" + strings.Repeat("22", 20), "topics": []any{}, "data": "0x", "blockHash": r["blockHash"], "blockNumber": r["blockNumber"],
			"transactionHash": r["transactionHash"], "transactionIndex": r["transactionIndex"], "logIndex": "0x0", "removed": false,
		})
		return true
	})
	for j := range 3 {
		log := func(name string, change func(l map[string]any) bool) {
			edit(fmt.Sprintf("log %d: %s", j, name), func(_ map[string]any, logs []any) bool {
				return j < len(logs) && change(logs[j].(map[string]any))
			})
		}
		field := func(name string, value any) {
			log(name, func(l map[string]any) bool { l[name] = value; return true })
		}
		field("address", "0x"+strings.Repeat("33", 20))
		field("data", "0xdeadbeef")
		field("topics", []any{"0x" + strings.Repeat("44", 32), "0x" + strings.Repeat("44", 32)})
		field("topics", []any{"0x" + strings.Repeat("44", 32), "0x" + strings.Repeat("44", 32), "0x" + strings.Repeat("44", 32), "0x" + strings.Repeat("44", 32), "0x" + strings.Repeat("44", 32)})
		field("logIndex", "0xffffff")
		field("transactionIndex", "0xffff")
		field("blockHash", "0x"+strings.Repeat("11", 32))
		field("removed", true)
		log("left out", func(map[string]any) bool { return true })
	}
	edit("log left out", func(r map[string]any, logs []any) bool {
		if len(logs) == 0 {
			return false
		}
		r["logs"] = logs[1:]
		return true
	})
	edit("logs swapped", func(_ map[string]any, logs []any) bool {
		if len(logs) < 2 {
			return false
		}
		logs[0], logs[1] = logs[1], logs[0]
		return true
	})
	return slices.DeleteFunc(out, func(f forgery) bool { return strings.HasSuffix(f.name, ": left out") })
}

func TestForgedReceipts(t *testing.T) {
	h, list := receiptBlock(t, 14)
	n := refuseReceipts(t, h, list)
	t.Logf("%d forged blocks refused", n)
	if n < 300 {
		t.Errorf("only %d", n)
	}
	raw := join(list)
	for i := range raw {
		if _, err := binding.VerifyReceipts(h, raw[:i]); !binding.Faulty(err) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	for _, change := range []func(*ethrpc.Header){
		func(h *ethrpc.Header) { h.ReceiptsRoot[0] ^= 1 },
		func(h *ethrpc.Header) { h.Bloom[0] ^= 1 },
		func(h *ethrpc.Header) { h.Bloom = [256]byte{} },
		func(h *ethrpc.Header) { h.Ref.Hash[0] ^= 1 },
	} {
		other := *h
		change(&other)
		if _, err := binding.VerifyReceipts(&other, raw); !binding.Faulty(err) {
			t.Errorf("another header: %v", err)
		}
	}
}

// receiptNode serves receipts and counts.
type receiptNode struct {
	raw   json.RawMessage
	calls int
}

func (r *receiptNode) Receipts(context.Context, [32]byte) (json.RawMessage, error) {
	r.calls++
	return r.raw, nil
}

func TestLogs(t *testing.T) {
	h, list := receiptBlock(t, 60)
	node := &receiptNode{raw: join(list)}
	for _, tc := range []struct {
		name    string
		filters []binding.Filter
		want    int
		fetched bool
	}{
		{"no filter", nil, 0, false},
		{"all", []binding.Filter{{}}, 90, true},
		{"address", []binding.Filter{{Addresses: [][20]byte{addr(2)}}}, 15, true},
		{"two addresses", []binding.Filter{{Addresses: [][20]byte{addr(2), addr(1)}}}, 45, true},
		{"two filters that overlap", []binding.Filter{{Addresses: [][20]byte{addr(2)}}, {Addresses: [][20]byte{addr(2), addr(1)}}}, 45, true},
		{"bloom shows that there is none", []binding.Filter{{Addresses: [][20]byte{addr(99)}}}, 0, false},
		{"topic", []binding.Filter{{Topics: [4][][32]byte{{word(1)}}}}, 30, true},
		{"second topic", []binding.Filter{{Topics: [4][][32]byte{1: {word(101), word(102)}}}}, 30, true},
		{"topic and address", []binding.Filter{{Addresses: [][20]byte{addr(0)}, Topics: [4][][32]byte{{word(1)}}}}, 15, true},
		{"both there, but not together", []binding.Filter{{Addresses: [][20]byte{addr(0)}, Topics: [4][][32]byte{1: {word(101)}}}}, 0, true},
		{"topic that is absent", []binding.Filter{{Topics: [4][][32]byte{{word(77)}}}}, 0, false},
	} {
		node.calls = 0
		logs, fetched, err := binding.Logs(t.Context(), node, h, tc.filters)
		if err != nil || len(logs) != tc.want || fetched != tc.fetched || node.calls > 1 || (node.calls == 1) != fetched {
			t.Errorf("%s: %d logs, fetched %v (%d calls), %v; want %d, %v", tc.name, len(logs), fetched, node.calls, err, tc.want, tc.fetched)
		}
		for i := 1; i < len(logs); i++ {
			if logs[i].LogIndex <= logs[i-1].LogIndex {
				t.Errorf("%s: order", tc.name)
			}
		}
	}
	node.raw = join(list[1:])
	if _, _, err := binding.Logs(t.Context(), node, h, []binding.Filter{{}}); !binding.Faulty(err) {
		t.Errorf("short receipts: %v", err)
	}
}

func FuzzReceipts(f *testing.F) {
	h, list := receiptBlock(f, 2)
	f.Add(join(list))
	f.Add([]byte(`[{"type":"0x7f"}]`))
	f.Add([]byte(`[null]`))
	want, err := binding.VerifyReceipts(h, join(list))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := binding.VerifyReceipts(h, raw)
		if err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("accepted other receipts: %v", got)
		}
	})
}

func BenchmarkReceipts(b *testing.B) {
	h, list := receiptBlock(b, 200)
	raw := join(list)
	b.ReportAllocs()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := binding.VerifyReceipts(h, raw); err != nil {
			b.Fatal(err)
		}
	}
}
