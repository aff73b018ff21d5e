package binding_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// copyOf is the world as it is now, to come back to.
func (w *world) copyOf() *world {
	c := newWorld(w.t)
	for a, acc := range w.accounts {
		n := *acc
		n.slots = maps.Clone(acc.slots)
		c.accounts[a] = &n
	}
	return c
}

// truth is the value of an item.
func (w *world) truth(it statecache.Item) (v [32]byte) {
	acc := w.accounts[it.Address]
	if acc == nil {
		return v
	}
	switch it.Kind {
	case statecache.KindSlot:
		return acc.slots[it.Slot]
	case statecache.KindBalance:
		return acc.Balance.Bytes32()
	case statecache.KindNonce:
		return word(int(acc.Nonce))
	default:
		return [32]byte(acc.CodeHash)
	}
}

// node is a Prover of whatever world it stands at.
type nodeAt struct{ *world }

// model is a chain of worlds with what the binder told of each.
type model struct {
	t      *testing.T
	rng    *rand.Rand
	node   *nodeAt
	binder *binding.Binder
	cols   []statecache.Collection
	chain  []block
	number int
	stats  binding.Stats // of all blocks

	lists *listed    // serves lists, if not nil
	noise *rand.Rand // of lists and whether there is one; nil: always, and without
}

type block struct {
	world  *world
	hash   [32]byte
	values map[string][32]byte // by collection and index
}

// One binder through random blocks, reorganisations, growing and dropped
// collections: after each block the values told so far are those of the state.
func TestModel(t *testing.T) {
	steps := 120
	if os.Getenv("VMHOST_LONG") != "" {
		steps = 1500
	}
	for seed := range uint64(4) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			m := newModel(t, seed)
			for range steps {
				m.step()
			}
		})
	}
}

func newModel(t *testing.T, seed uint64) *model {
	t.Helper()
	m := &model{t: t, rng: rand.New(rand.NewPCG(seed, 1)), node: &nodeAt{}}
	m.binder = binding.NewBinder(m.node)
	w := newWorld(t)
	for i := range 40 {
		w.set(addr(i), 1, uint64(i), nil)
	}
	m.chain = []block{{world: w, hash: [32]byte{1}, values: map[string][32]byte{}}}
	m.grow()
	return m
}

// list gives a block its access list, mostly.
func (m *model) list(h *ethrpc.Header, from, to *world) {
	if m.lists == nil || m.noise != nil && m.noise.IntN(8) == 0 {
		return
	}
	raw := accessList(m.t, from, to, m.noise)
	h.AccessListHash = keccak(raw)
	if m.noise == nil || m.noise.IntN(8) > 0 {
		m.lists.lists[h.Ref.Hash] = raw
	}
}

func (m *model) step() {
	switch m.rng.IntN(12) {
	case 0: // the chain switches to another branch
		m.chain = m.chain[:1+m.rng.IntN(len(m.chain))]
	case 1, 2:
		m.grow()
	case 3:
		if m.rng.IntN(4) == 0 && len(m.cols) > 3 {
			i := m.rng.IntN(len(m.cols))
			m.cols = slices.Delete(slices.Clone(m.cols), i, i+1)
		}
	case 4: // a block that fails leaves no trace
		m.apply(true)
	}
	m.apply(false)
}

// grow adds a collection, or items to one.
func (m *model) grow() {
	n := m.rng.IntN(60) + 1
	var items []statecache.Item
	for range n {
		it := statecache.Item{Kind: statecache.Kind(m.rng.IntN(4)), Address: addr(m.rng.IntN(50))}
		if m.rng.IntN(3) > 0 {
			it = statecache.Item{Address: addr(m.rng.IntN(3)), Slot: word(m.rng.IntN(600))}
		} else if it.Kind == statecache.KindSlot {
			it.Slot = word(m.rng.IntN(5))
		}
		items = append(items, it)
	}
	if len(m.cols) > 0 && m.rng.IntN(2) == 0 {
		m.cols = slices.Clone(m.cols)
		c := &m.cols[m.rng.IntN(len(m.cols))]
		c.Items = append(slices.Clone(c.Items), items...)
		return
	}
	m.number++
	m.cols = append(slices.Clone(m.cols), statecache.Collection{Name: fmt.Sprint("c", m.number), Items: items})
}

// apply makes a block and compares.
func (m *model) apply(fail bool) {
	m.t.Helper()
	parent := m.chain[len(m.chain)-1]
	w := parent.world.copyOf()
	for range m.rng.IntN(4) {
		a := addr(m.rng.IntN(50))
		switch m.rng.IntN(8) {
		case 0:
			delete(w.accounts, a)
		case 1, 2:
			w.set(a, uint64(m.rng.IntN(3)), uint64(m.rng.IntN(3)), nil)
		default:
			slots := map[[32]byte][32]byte{}
			for range m.rng.IntN(30) {
				slots[word(m.rng.IntN(600))] = word(m.rng.IntN(3))
			}
			w.set(addr(m.rng.IntN(3)), 1, 1, slots)
		}
	}
	m.number++
	h := w.header(m.number, parent.hash)
	h.Ref.Hash = keccak(fmt.Append(nil, m.number))
	m.node.world = w
	m.list(h, parent.world, w)
	if fail {
		m.node.world = newWorld(m.t) // answers from another state
		if _, err := m.binder.Changes(m.t.Context(), h, m.cols); err == nil && h.StateRoot != parent.world.root() {
			return // nothing watched has changed, or all was known
		}
		m.node.world = w
	}
	changes, err := m.binder.Changes(m.t.Context(), h, m.cols)
	if err != nil {
		m.t.Fatal(err)
	}
	m.stats.Add(m.binder.Stats())
	values := maps.Clone(parent.values)
	for _, c := range changes {
		values[fmt.Sprint(c.Collection, " ", c.Index)] = c.Value
	}
	for _, col := range m.cols {
		for i, it := range col.Items {
			name := fmt.Sprint(col.Name, " ", i)
			got, ok := values[name]
			if want := w.truth(it); !ok || got != want {
				m.t.Fatalf("block %d: %s (%v of %x, slot %x) is %x (told: %v), state says %x", m.number, name, it.Kind, it.Address, it.Slot, got, ok, want)
			}
		}
	}
	m.chain = append(m.chain, block{w, h.Ref.Hash, values})
	if len(m.chain) > 30 {
		m.chain = m.chain[10:]
	}
}
