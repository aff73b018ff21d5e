package binding_test

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"
	"github.com/holiman/uint256"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// world is a state in memory that proves itself: an honest Prover of one block.
type world struct {
	t        testing.TB
	accounts map[[20]byte]*account
	state    *trie.Trie
	calls    [][]binding.Query
}

type account struct {
	types.StateAccount
	slots   map[[32]byte][32]byte
	storage *trie.Trie
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	return &world{t: tb, accounts: map[[20]byte]*account{}}
}

func emptyTrie() *trie.Trie {
	return trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), triedb.HashDefaults))
}

func addr(i int) (a [20]byte) {
	binary.BigEndian.PutUint64(a[12:], uint64(i))
	return a
}

func word(i int) (w [32]byte) {
	binary.BigEndian.PutUint64(w[24:], uint64(i))
	return w
}

func newAccount() *account {
	return &account{StateAccount: *types.NewEmptyStateAccount(), slots: map[[32]byte][32]byte{}}
}

// set changes an account; slots with value 0 are deleted.
func (w *world) set(a [20]byte, nonce, balance uint64, slots map[[32]byte][32]byte) {
	acc := w.accounts[a]
	if acc == nil {
		acc = newAccount()
		w.accounts[a] = acc
	}
	acc.Nonce, acc.Balance = nonce, uint256.NewInt(balance)
	for k, v := range slots {
		acc.slots[k] = v
	}
	w.state = nil
}

func (w *world) check(err error) {
	if err != nil {
		w.t.Fatal(err)
	}
}

// root builds the tries.
func (w *world) root() [32]byte {
	if w.state != nil {
		return w.state.Hash()
	}
	w.state = emptyTrie()
	for a, acc := range w.accounts {
		acc.storage = emptyTrie()
		for k, v := range acc.slots {
			if v == ([32]byte{}) {
				continue
			}
			i := 0
			for v[i] == 0 {
				i++
			}
			enc, err := rlp.EncodeToBytes(v[i:])
			w.check(err)
			w.check(acc.storage.Update(crypto.Keccak256(k[:]), enc))
		}
		acc.Root = acc.storage.Hash()
		enc, err := rlp.EncodeToBytes(&acc.StateAccount)
		w.check(err)
		w.check(w.state.Update(crypto.Keccak256(a[:]), enc))
	}
	return w.state.Hash()
}

// header is a header of the world's state; its hash is made up.
func (w *world) header(number int, parent [32]byte) *ethrpc.Header {
	root := w.root()
	hash := crypto.Keccak256(root[:], []byte{byte(number)})
	return &ethrpc.Header{Ref: statecache.BlockRef{Number: uint64(number), Hash: [32]byte(hash)}, ParentHash: parent, StateRoot: root}
}

type nodeList [][]byte

// Put implements ethdb.KeyValueWriter.
func (l *nodeList) Put(_, v []byte) error { *l = append(*l, slices.Clone(v)); return nil }

// Delete implements ethdb.KeyValueWriter.
func (l *nodeList) Delete([]byte) error { return errors.New("no deletes") }

func (w *world) path(t *trie.Trie, key []byte) [][]byte {
	var l nodeList
	w.check(t.Prove(crypto.Keccak256(key), &l))
	return l
}

// answer proves one query.
func (w *world) answer(q binding.Query) binding.Answer {
	w.root()
	a := binding.Answer{AccountProof: binding.AccountProof{Address: q.Address, Account: w.path(w.state, q.Address[:])}}
	a.Claims = &binding.Claims{StorageHash: types.EmptyRootHash}
	acc := w.accounts[q.Address]
	if acc != nil {
		a.Claims = &binding.Claims{Nonce: acc.Nonce, Balance: acc.Balance.Bytes32(), CodeHash: [32]byte(acc.CodeHash), StorageHash: acc.Root}
	}
	for _, s := range q.Slots {
		p := binding.SlotProof{Slot: s}
		var v [32]byte
		if acc != nil {
			p.Proof, v = w.path(acc.storage, s[:]), acc.slots[s]
		}
		a.Slots = append(a.Slots, p)
		a.Claims.Values = append(a.Claims.Values, v)
	}
	return a
}

// Prove implements binding.Prover.
func (w *world) Prove(_ context.Context, _ [32]byte, queries []binding.Query) ([]binding.Answer, error) {
	w.calls = append(w.calls, queries)
	var out []binding.Answer
	for _, q := range queries {
		out = append(out, w.answer(q))
	}
	return out, nil
}

// liar is a Prover that changes the answers of an honest one.
type liar struct {
	binding.Prover
	lie func([]binding.Answer) []binding.Answer
}

func (l liar) Prove(ctx context.Context, block [32]byte, queries []binding.Query) ([]binding.Answer, error) {
	a, err := l.Prover.Prove(ctx, block, queries)
	return l.lie(a), err
}

// city is a world with a contract of n slots (addr 1), one of one slot (addr
// 2), one without (addr 3) and many other accounts.
func city(tb testing.TB, n int) *world {
	tb.Helper()
	w := newWorld(tb)
	for i := 10; i < 60; i++ {
		w.set(addr(i), uint64(i), uint64(i)*1000, nil)
	}
	slots := map[[32]byte][32]byte{}
	for i := range n {
		slots[word(i)] = word(i*i + 1)
	}
	slots[word(0)] = [32]byte{0xff, 31: 1} // a full word
	w.set(addr(1), 1, 77, slots)
	w.set(addr(2), 1, 0, map[[32]byte][32]byte{word(5): word(55)})
	w.set(addr(3), 9, 1<<60, nil)
	return w
}

func keccak(b []byte) [32]byte { return [32]byte(crypto.Keccak256(b)) }
