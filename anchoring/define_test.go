package anchoring_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// between is a Prover that does something when a block is half proven.
type between struct {
	binding.Prover
	do chan func() // before the next answer
}

func (b *between) Prove(ctx context.Context, block [32]byte, queries []binding.Query) ([]binding.Answer, error) {
	select {
	case f := <-b.do:
		f()
	default:
	}
	return b.Prover.Prove(ctx, block, queries)
}

// defining is a chain that is followed while collections are added.
type defining struct {
	*feed
	t      *testing.T
	chain  *devchain.Chain
	demo   *demo.Demo
	client *rpc.Client
	hook   *between
	first  map[string]uint64 // block from which on a collection has values, on the branch now
}

func newDefining(t *testing.T) *defining {
	t.Helper()
	c, err := devchain.New(devchain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	d, err := demo.Deploy(t.Context(), c, demo.Options{Holders: 20, Transfers: 3})
	if err != nil {
		t.Fatal(err)
	}
	node, err := ethrpc.Dial(t.Context(), c.HTTPURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(node.Close)
	client, err := rpc.Dial(c.HTTPURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	s := &defining{t: t, chain: c, demo: d, client: client, first: map[string]uint64{}}
	s.hook = &between{binding.NewRPC(node), make(chan func(), 1)}
	s.feed = run(t, anchoring.SourceOptions{URL: c.WSURL(), Cache: newCache(t, d.Collections()[:1]), Back: 1, Prover: s.hook})
	head, _ := c.Head()
	s.feed.height(head)
	return s
}

// define adds a collection of three balances of the mapping.
func (s *defining) define(i int) string {
	name := fmt.Sprint("late-", i)
	col := statecache.Collection{Name: name, Base: [32]byte{31: 1}}
	for _, a := range s.demo.Holders[i%18 : i%18+3] {
		key := [32]byte{}
		copy(key[12:], a[:])
		col.Items = append(col.Items, statecache.Item{Address: s.demo.Token0, Key: key, Slot: binding.MappingSlot(key, col.Base)})
	}
	if err := s.cache.Define(col); err != nil {
		s.t.Error(err)
	}
	return name
}

// settle waits for the chain's head. No fault may come on the way: to define
// something is no reason to alarm an operator.
func (s *defining) settle() {
	s.t.Helper()
	_, hash := s.chain.Head()
	s.until(func(e anchoring.Event) bool {
		if f, ok := e.(*anchoring.Fault); ok {
			s.t.Errorf("fault: %v", f.Err)
		}
		a, ok := e.(*anchoring.Applied)
		return ok && a.Header.Ref.Hash == hash
	})
}

// check compares all that the blocks of the window hold with the node, and what
// they do not hold with where each collection began.
func (s *defining) check() {
	s.t.Helper()
	oldest, _ := s.cache.Oldest()
	head, _ := s.cache.Head()
	tip, err := s.cache.View(head, "test", time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer tip.Release()
	for n := max(oldest.Number, head.Number-6); n <= head.Number; n++ {
		ref, err := s.cache.Canonical(n)
		if err != nil {
			s.t.Fatal(err)
		}
		v, err := s.cache.View(ref, "test", time.Time{})
		if err != nil {
			s.t.Fatal(err)
		}
		for h := uint32(1); h < tip.Count(); h++ {
			name, _ := tip.Name(h)
			from, late := s.first[name]
			if _, err := v.Get(h, 0); late && n < from {
				_, aged := tip.ValueAt(head.Number-n, h, 0)
				if _, found := v.Find(name); found || !errors.Is(err, statecache.ErrBadHandle) || !errors.Is(aged, statecache.ErrNotThen) {
					s.t.Errorf("block %d: %s, defined for block %d on, is there (%v), %v, %v", n, name, from, found, err, aged)
				}
				continue
			}
			count, _ := v.Len(h)
			for i := range count {
				it, _ := v.Item(h, i)
				got, err := v.Get(h, i)
				var want hexutil.Bytes
				if err := s.client.CallContext(s.t.Context(), &want, "eth_getStorageAt", hexutil.Encode(it.Address[:]), hexutil.Encode(it.Slot[:]),
					map[string]any{"blockHash": hexutil.Encode(ref.Hash[:])}); err != nil {
					s.t.Fatal(err)
				}
				if err != nil || string(want) != string(got[:]) {
					s.t.Errorf("block %v: %s[%d] is %x, node says %x (%v)", ref, name, i, got, want, err)
				}
			}
		}
		v.Release()
	}
}

func (s *defining) mine() {
	s.t.Helper()
	if err := s.chain.Mine(1); err != nil {
		s.t.Fatal(err)
	}
}

func (s *defining) reorg(depth uint64) {
	s.t.Helper()
	if _, err := s.chain.Reorg(depth, devchain.ReorgOptions{}); err != nil {
		s.t.Fatal(err)
	}
}

// TestDefineAmidReorgs: a collection that is added has values from the next
// applied block on, the right ones, whatever the chain does just then; blocks
// before have none, and say so. A block of another branch is the next one too.
func TestDefineAmidReorgs(t *testing.T) {
	s := newDefining(t)
	for i := range 12 {
		depth := uint64(i % 4)
		head, _ := s.chain.Head()
		var name string
		switch i % 3 {
		case 0: // between two blocks
			name = s.define(i)
			s.mine()
			s.settle()
			s.first[name] = head + 1
		case 1: // while a block is being proven
			defined := make(chan string, 1)
			s.hook.do <- func() { defined <- s.define(i) }
			s.mine()
			name = <-defined
			s.settle()
			s.first[name] = head + 1
		default: // while the first block of another branch is being proven
			s.mine()
			s.settle()
			defined := make(chan string, 1)
			s.hook.do <- func() { defined <- s.define(i) }
			s.reorg(depth + 1)
			name = <-defined
			s.settle()
			from, _ := s.chain.Head()
			s.first[name] = from
			for from > 0 { // the lowest block of the branch that has it
				ref, err := s.cache.Canonical(from)
				if err != nil {
					t.Fatal(err)
				}
				v, err := s.cache.View(ref, "test", time.Time{})
				if err != nil {
					t.Fatal(err)
				}
				_, ok := v.Find(name)
				v.Release()
				if !ok {
					break
				}
				s.first[name] = from
				from--
			}
			if lowest := head + 1 - depth; s.first[name] > lowest+1 {
				t.Errorf("defined with block %d, has values from %d on", lowest, s.first[name])
			}
		}
		s.check()
		if depth > 0 { // the block that brought the first values leaves again
			at, _ := s.chain.Head()
			s.reorg(depth)
			s.settle()
			now, _ := s.chain.Head()
			for n, from := range s.first {
				if gone := at - depth; from > gone {
					s.first[n] = gone + 1
				}
			}
			if now < at {
				t.Fatalf("the chain went from %d to %d", at, now)
			}
			s.check()
		}
	}
	if m := s.source.Metrics(); m.ProofFailures+m.Unproven != 0 || m.RolledBack == 0 {
		t.Errorf("%+v", m)
	}
}
