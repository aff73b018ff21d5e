package anchoring

import (
	"encoding/json"
	"fmt"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/outbox"
	"vmhost/anchoring/outbox/fakenode"
	"vmhost/statecache"
)

// BenchmarkRound is a look at the chain after a new block, in which nothing is to
// be done, with so many anchors and an eighth as many transactions remembered.
func BenchmarkRound(b *testing.B) {
	for _, n := range []int{84, 840, 8400} {
		b.Run(fmt.Sprintf("remembered=%d", n), func(b *testing.B) {
			h := newHarbour(b)
			for range 4 {
				h.block()
			}
			remembered(b, h, n)
			h.reg.FirstNonce = uint64(n / 8)
			h.open()
			h.a.opts.Keep = 1 << 40
			h.turn()
			if h.err != nil {
				b.Fatal(h.err)
			}
			b.ReportAllocs()
			for b.Loop() {
				h.block()
				h.turn()
			}
			if h.err != nil || len(h.a.out.Entries()) != n/8 {
				b.Fatal(h.err)
			}
		})
	}
}

// remembered fills the store with anchored anchors and confirmed transactions.
func remembered(b *testing.B, h *harbour, n int) {
	b.Helper()
	values := map[string][]byte{}
	put := func(key string, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			b.Fatal(err)
		}
		values[key] = text
	}
	at := statecache.BlockRef{Number: 2, Hash: h.reg.BlockHash(2)}
	var refs []string
	for i := range n {
		ref := statecache.BlockRef{Number: uint64(i), Hash: [32]byte{1, byte(i), byte(i >> 8)}}
		s := AnchorStatus{Anchor: Anchor{Block: ref, Commitment: statecache.Commitment(ref.Hash)}, State: AnchorAnchored, Tx: Tx{Hash: [32]byte{1}, Block: at}}
		put(anchorKey(ref), recordOf(s, 1))
		if refs = append(refs, refKey(ref)); len(refs) < 8 {
			continue
		}
		nonce := uint64(i / 8)
		to := h.key.Address()
		tx, err := h.key.Sign(b.Context(), big.NewInt(fakenode.ChainID), types.NewTx(&types.DynamicFeeTx{
			ChainID: big.NewInt(fakenode.ChainID), Nonce: nonce, Gas: 21_000, To: &to, GasFeeCap: big.NewInt(1), GasTipCap: big.NewInt(1), Data: make([]byte, 1024),
		}))
		if err != nil {
			b.Fatal(err)
		}
		raw, err := tx.MarshalBinary()
		if err != nil {
			b.Fatal(err)
		}
		put(fmt.Sprintf("tx/%020d", nonce), outbox.Entry{
			Nonce: hexutil.Uint64(nonce), State: outbox.Confirmed,
			Attempts: []outbox.Attempt{{
				Call: outbox.Call{Tag: tagAnchor, Refs: refs}, Hash: tx.Hash(), Raw: raw, Tip: (*hexutil.Big)(big.NewInt(1)), FeeCap: (*hexutil.Big)(big.NewInt(1)),
			}},
			Receipt: &outbox.Receipt{Hash: tx.Hash(), Number: hexUint(at.Number), Block: at.Hash, Success: true},
		})
		refs = nil
	}
	if err := h.store.Write(values); err != nil {
		b.Fatal(err)
	}
}
