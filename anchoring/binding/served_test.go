package binding_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/statecache"
)

// served is the hive chain as a node's eth API.
type served struct {
	bc *core.BlockChain
	p  *chainProver

	mu     sync.Mutex
	proofs int // calls
}

// ChainId is eth_chainId.
//
//nolint:staticcheck // the name is the method's
func (s *served) ChainId() *hexutil.Big { return (*hexutil.Big)(s.bc.Config().ChainID) }

// GetBlockByNumber is eth_getBlockByNumber without transactions.
func (s *served) GetBlockByNumber(n rpc.BlockNumber, _ bool) any {
	switch {
	case n == rpc.FinalizedBlockNumber, n == rpc.SafeBlockNumber:
		return nil
	case n < 0:
		return s.bc.CurrentHeader()
	}
	return found(s.bc.GetHeaderByNumber(uint64(n)))
}

func found(h *types.Header) any {
	if h == nil {
		return nil
	}
	return h
}

// GetBlockByHash is eth_getBlockByHash without transactions.
func (s *served) GetBlockByHash(hash common.Hash, _ bool) any {
	return found(s.bc.GetHeaderByHash(hash))
}

// GetProof is eth_getProof.
func (s *served) GetProof(ctx context.Context, a common.Address, slots []string, at rpc.BlockNumberOrHash) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.proofs++
	q := binding.Query{Address: a}
	for _, slot := range slots {
		q.Slots = append(q.Slots, common.HexToHash(slot))
	}
	answers, err := s.p.Prove(ctx, *at.BlockHash, []binding.Query{q})
	if err != nil {
		return nil, err
	}
	st := s.p.state(*at.BlockHash)
	hex := func(nodes [][]byte) []hexutil.Bytes {
		out := []hexutil.Bytes{}
		for _, n := range nodes {
			out = append(out, n)
		}
		return out
	}
	storage := []map[string]any{}
	for i, p := range answers[0].Slots {
		storage = append(storage, map[string]any{
			"key": slots[i], "value": (*hexutil.Big)(st.GetState(a, p.Slot).Big()), "proof": hex(p.Proof),
		})
	}
	return map[string]any{
		"address": a, "accountProof": hex(answers[0].Account), "balance": (*hexutil.Big)(st.GetBalance(a).ToBig()), "codeHash": st.GetCodeHash(a),
		"nonce": hexutil.Uint64(st.GetNonce(a)), "storageHash": st.GetStorageRoot(a), "storageProof": storage,
	}, nil
}

// lister is the debug API of a node, as far as it has one.
type lister struct {
	p   *chainProver
	lie uint64 // number of the block whose list is another's; 0: none

	mu    sync.Mutex
	asked int
}

// GetRawBlockAccessList is debug_getRawBlockAccessList.
func (l *lister) GetRawBlockAccessList(ctx context.Context, block common.Hash) (hexutil.Bytes, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked++
	if l.p.headers[block].Number.Uint64() == l.lie {
		block = l.p.headers[block].ParentHash
	}
	return l.p.AccessList(ctx, block)
}

// TestServedLists follows the hive chain from a node that serves access lists,
// one that lies about one of them, and one that has none.
func TestServedLists(t *testing.T) {
	bc, prover, blocks := hiveChain(t)
	cols := prover.items(blocks[len(blocks)-60:])
	head := blocks[len(blocks)-1]
	type outcome struct {
		commitment statecache.Commitment
		faults     []error
		proofs     int
		asked      binding.Stats
	}
	follow := func(l *lister) (out outcome) {
		t.Helper()
		api := &served{bc: bc, p: prover}
		server := rpc.NewServer()
		defer server.Stop()
		if err := server.RegisterName("eth", api); err != nil {
			t.Fatal(err)
		}
		if l != nil {
			if err := server.RegisterName("debug", l); err != nil {
				t.Fatal(err)
			}
		}
		node := httptest.NewServer(server)
		defer node.Close()
		cache, err := statecache.New(statecache.Options{ChainID: bc.Config().ChainID.Uint64()})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cols {
			if err := cache.Define(c); err != nil {
				t.Fatal(err)
			}
		}
		s, err := anchoring.NewSource(anchoring.SourceOptions{URL: node.URL, Cache: cache, Back: 40, RetryMin: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		done := errors.New("done")
		err = s.Run(ctx, func(_ context.Context, e anchoring.Event) error {
			switch e := e.(type) {
			case *anchoring.Fault:
				out.faults = append(out.faults, e.Err)
			case *anchoring.Applied:
				if e.Header.Ref.Hash == head.Hash() {
					out.commitment = e.Commitment
					return done
				}
			default:
			}
			return nil
		})
		if !errors.Is(err, done) {
			t.Fatalf("%v; faults %v", err, out.faults)
		}
		out.proofs, out.asked = api.proofs, s.Metrics().Asked
		view, err := cache.View(statecache.BlockRef{Number: head.NumberU64(), Hash: head.Hash()}, "test", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		defer view.Release()
		st := prover.state(head.Hash())
		for i, it := range cols[1].Items {
			if got, err := view.Get(2, uint32(i)); err != nil || got != st.GetState(it.Address, it.Slot) {
				t.Errorf("slot %x of %x is %x, %v", it.Slot, it.Address, got, err)
			}
		}
		return out
	}
	honest, liar := &lister{p: prover}, &lister{p: prover, lie: head.NumberU64() - 20}
	without, with, lied := follow(nil), follow(honest), follow(liar)
	t.Logf("%d items, 40 blocks: %d calls of eth_getProof without lists, %d with %d lists", len(cols[0].Items)+len(cols[1].Items), without.proofs, with.proofs, with.asked.Lists)
	if with.commitment != without.commitment || lied.commitment != without.commitment {
		t.Errorf("commitments %x, %x, %x", without.commitment, with.commitment, lied.commitment)
	}
	if len(without.faults)+len(with.faults) != 0 || without.asked.Lists != 0 || with.asked.Lists < 39 || honest.asked < 39 || with.proofs >= without.proofs {
		t.Errorf("without %+v, with %+v, asked %d times", without, with, honest.asked)
	}
	if len(lied.faults) != 1 || !errors.Is(lied.faults[0], binding.ErrAccessList) || lied.asked.Lists != liar.asked-1 || liar.asked > 25 {
		t.Errorf("lied: %v, %+v, asked %d times", lied.faults, lied.asked, liar.asked)
	}
}
