package binding_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/beacon"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// gethData is a folder of the module go-ethereum that this is built with.
func gethData(t *testing.T, path ...string) string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/ethereum/go-ethereum").Output()
	if err != nil {
		t.Skipf("no module cache: %v", err)
	}
	return filepath.Join(append([]string{strings.TrimSpace(string(dir))}, path...)...)
}

// chainProver proves the states of a chain in memory, and has its access lists.
type chainProver struct {
	t       *testing.T
	tries   *triedb.Database
	db      ethdb.Database // has the lists
	headers map[[32]byte]*types.Header
}

func newChainProver(t *testing.T, db ethdb.Database, tries *triedb.Database, genesis *types.Block, blocks []*types.Block) *chainProver {
	t.Helper()
	p := &chainProver{t, tries, db, map[[32]byte]*types.Header{genesis.Hash(): genesis.Header()}}
	for _, b := range blocks {
		p.headers[b.Hash()] = b.Header()
	}
	return p
}

func (p *chainProver) prove(id *trie.ID, key []byte) (*trie.StateTrie, [][]byte) {
	p.t.Helper()
	tr, err := trie.NewStateTrie(id, p.tries)
	if err != nil {
		p.t.Fatal(err)
	}
	path, err := trie.New(id, p.tries)
	if err != nil {
		p.t.Fatal(err)
	}
	var l nodeList
	if err := path.Prove(crypto.Keccak256(key), &l); err != nil {
		p.t.Fatal(err)
	}
	return tr, l
}

// Prove implements binding.Prover.
func (p *chainProver) Prove(_ context.Context, block [32]byte, queries []binding.Query) (out []binding.Answer, err error) {
	root := p.headers[block].Root
	for _, q := range queries {
		state, nodes := p.prove(trie.StateTrieID(root), q.Address[:])
		a := binding.Answer{AccountProof: binding.AccountProof{Address: q.Address, Account: nodes}}
		acc, err := state.GetAccount(q.Address)
		if err != nil {
			return nil, err
		}
		for _, slot := range q.Slots {
			s := binding.SlotProof{Slot: slot}
			if acc != nil && acc.Root != types.EmptyRootHash {
				_, s.Proof = p.prove(trie.StorageTrieID(root, crypto.Keccak256Hash(q.Address[:]), acc.Root), slot[:])
			}
			a.Slots = append(a.Slots, s)
		}
		out = append(out, a)
	}
	return out, nil
}

// AccessList implements binding.AccessLister.
func (p *chainProver) AccessList(_ context.Context, block [32]byte) ([]byte, error) {
	return rawdb.ReadAccessListRLP(p.db, block, p.headers[block].Number.Uint64()), nil
}

// hiveChain is the test chain of go-ethereum's peer-to-peer tests, made for hive:
// 600 blocks from Shanghai through Cancun, Prague, Osaka to Amsterdam, with
// transactions of every type, logs, withdrawals, requests and contracts.
func hiveChain(t *testing.T) (bc *core.BlockChain, p *chainProver, blocks []*types.Block) {
	t.Helper()
	dir := gethData(t, "cmd", "devp2p", "internal", "ethtest", "testdata")
	var genesis core.Genesis
	if err := json.Unmarshal(readFile(t, dir, "genesis.json"), &genesis); err != nil {
		t.Fatal(err)
	}
	db := rawdb.NewMemoryDatabase()
	bc, err := core.NewBlockChain(db, &genesis, beacon.New(ethash.NewFaker()),
		core.DefaultConfig().WithArchive(true).WithStateScheme(rawdb.HashScheme))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bc.Stop)
	for s := rlp.NewStream(bytes.NewReader(readFile(t, dir, "chain.rlp")), 0); ; {
		var b types.Block
		err := s.Decode(&b)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if b.NumberU64() > 0 {
			blocks = append(blocks, &b)
		}
	}
	if n, err := bc.InsertChain(blocks); err != nil {
		t.Fatalf("block %d: %v", n+1, err)
	}
	return bc, newChainProver(t, db, bc.TrieDB(), bc.Genesis(), blocks), blocks
}

// TestHiveChain binds a chain across Amsterdam with access lists and without:
// headers and receipts of every fork, lists that name all that changed and say
// what the state says, and the same values either way.
func TestHiveChain(t *testing.T) {
	bc, prover, blocks := hiveChain(t)
	with := binding.NewBinder(prover)
	without := binding.NewBinder(struct{ binding.Prover }{prover})
	cols := prover.items(blocks)
	var told [2]map[string][32]byte
	var asked [2]binding.Stats
	told[0], told[1] = map[string][32]byte{}, map[string][32]byte{}
	kinds := map[uint8]int{}
	lists, listed, bytesOf := 0, 0, 0
	for _, b := range blocks {
		raw, err := rlp.EncodeToBytes(b.Header())
		if err != nil {
			t.Fatal(err)
		}
		h, err := ethrpc.ParseRLP(raw)
		if err != nil || h.Ref.Hash != b.Hash() {
			t.Fatalf("block %d: %v", b.Number(), err)
		}
		receipts := bc.GetReceiptsByHash(b.Hash())
		if _, err := binding.CheckReceipts(h, receipts); err != nil {
			t.Fatal(err)
		}
		for _, r := range receipts {
			kinds[r.Type]++
		}
		if amsterdam := bc.Config().IsAmsterdam(b.Number(), b.Time()); amsterdam != (h.AccessListHash != [32]byte{}) {
			t.Fatalf("block %d: hash of a list: %x", b.Number(), h.AccessListHash)
		} else if amsterdam {
			raw, _ := prover.AccessList(t.Context(), h.Ref.Hash) // never fails
			list, err := binding.CheckAccessList(h, raw)
			if err != nil {
				t.Fatal(err)
			}
			listed += prover.compare(h, list)
			lists, bytesOf = lists+1, bytesOf+len(raw)
		}
		for i, binder := range []*binding.Binder{without, with} {
			changes, err := binder.Changes(t.Context(), h, cols)
			if err != nil {
				t.Fatalf("block %d: %v", b.Number(), err)
			}
			asked[i].Add(binder.Stats())
			for _, c := range changes {
				told[i][fmt.Sprint(c.Collection, c.Index)] = c.Value
			}
		}
		if !maps.Equal(told[0], told[1]) {
			t.Fatalf("block %d: other values with lists", b.Number())
		}
	}
	t.Logf("%d blocks, receipts by type %v, %d lists of %d bytes on average with %d changes; %d items", len(blocks), kinds, lists, bytesOf/lists, listed, len(told[0]))
	for i, name := range []string{"without lists", "with"} {
		t.Logf("%s: %+v", name, asked[i])
	}
	if len(kinds) != 5 || lists < 500 || asked[1].ListsRefused != 0 || asked[1].Lists < 500 || asked[1].Slots >= asked[0].Slots || asked[1].Changes != asked[0].Changes {
		t.Error("not what the chain was taken for")
	}
}

func (p *chainProver) state(block [32]byte) *state.StateDB {
	p.t.Helper()
	st, err := state.New(p.headers[block].Root, state.NewDatabase(p.tries, nil))
	if err != nil {
		p.t.Fatal(err)
	}
	return st
}

// compare checks all that a list says against the state after its block, and
// that nothing else has changed. It returns how many changes that were.
func (p *chainProver) compare(h *ethrpc.Header, list binding.AccessList) (n int) {
	p.t.Helper()
	now, was := p.state(h.Ref.Hash), p.state(h.ParentHash)
	for address, w := range list {
		for slot, value := range w.Slots {
			if got := now.GetState(address, slot); got != common.Hash(value) {
				p.t.Fatalf("block %v: slot %x of %x is %x, listed %x", h.Ref, slot, address, got, value)
			}
			n++
		}
		for _, c := range []struct {
			same   bool
			listed bool
			right  bool
		}{
			{now.GetBalance(address).Eq(was.GetBalance(address)), w.Balance != nil, w.Balance == nil || now.GetBalance(address).Bytes32() == *w.Balance},
			{now.GetNonce(address) == was.GetNonce(address), w.Nonce != nil, w.Nonce == nil || now.GetNonce(address) == *w.Nonce},
			{bytes.Equal(now.GetCode(address), was.GetCode(address)), w.CodeHash != nil, w.CodeHash == nil || keccak(now.GetCode(address)) == *w.CodeHash},
		} {
			if !c.right || !c.same && !c.listed {
				p.t.Fatalf("block %v: account %x: %+v of %+v", h.Ref, address, c, w)
			}
			if c.listed {
				n++
			}
		}
	}
	return n
}

// items watches, of every account that Amsterdam's blocks touch, a field, and
// half of the slots that they write.
func (p *chainProver) items(blocks []*types.Block) []statecache.Collection {
	p.t.Helper()
	seen := map[statecache.Item]bool{}
	out := []statecache.Collection{{Name: "fields"}, {Name: "slots"}}
	add := func(c int, it statecache.Item) {
		if !seen[it] {
			seen[it] = true
			out[c].Items = append(out[c].Items, it)
		}
	}
	for _, b := range blocks {
		if b.Header().BlockAccessListHash == nil {
			continue
		}
		raw, _ := p.AccessList(p.t.Context(), b.Hash()) // never fails
		list, err := binding.CheckAccessList(&ethrpc.Header{AccessListHash: *b.Header().BlockAccessListHash}, raw)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, a := range slices.SortedFunc(maps.Keys(list), func(x, y [20]byte) int { return bytes.Compare(x[:], y[:]) }) {
			add(0, statecache.Item{Kind: statecache.Kind(1 + a[19]%3), Address: a})
			for slot := range list[a].Slots {
				if slot[31]%2 == 0 {
					add(1, statecache.Item{Address: a, Slot: slot})
				}
			}
		}
	}
	return out
}
