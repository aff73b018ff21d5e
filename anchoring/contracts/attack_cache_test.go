package contracts

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache"
)

// runner is an operator's cache through definitions, growth, blocks and
// reorganisations.
type runner struct {
	t     *testing.T
	rng   *rand.Rand
	c     *statecache.Cache
	n     int
	names []string
	bases map[string][32]byte
	head  statecache.BlockRef
	fork  uint64
}

func newRunner(t *testing.T, seed uint64) *runner {
	t.Helper()
	c, err := statecache.New(statecache.Options{ChainID: 1337, Window: 12, HardCap: 64})
	if err != nil {
		t.Fatal(err)
	}
	return &runner{
		t: t, rng: rand.New(rand.NewPCG(seed, 3)), c: c, bases: map[string][32]byte{},
		head: statecache.BlockRef{Number: worldStart + seed},
	}
}

// item is the next one of a collection: a mapping's entry where it has a base,
// else a slot, a mapping's entry at base 0, or a field of an account.
func (r *runner) item(base [32]byte) statecache.Item {
	r.n++
	it := statecache.Item{Address: contractA, Key: slotWord(uint64(r.n))}
	switch {
	case base != [32]byte{} || r.n%5 == 0:
		it.Slot = binding.MappingSlot(it.Key, base)
	case r.n%5 == 1:
		it.Kind, it.Key, it.Address = statecache.Kind(1+r.rng.IntN(3)), [32]byte{}, common.BytesToAddress(crypto.Keccak256([]byte{byte(r.n)}))
	default:
		it.Slot, it.Key = it.Key, [32]byte{}
	}
	return it
}

func (r *runner) items(base [32]byte, n int) (out []statecache.Item) {
	for range n {
		out = append(out, r.item(base))
	}
	return out
}

func (r *runner) step() {
	must := func(err error) {
		r.t.Helper()
		if err != nil {
			r.t.Fatal(err)
		}
	}
	switch r.rng.IntN(6) {
	case 0: // lengths around the steps of the depth
		name, base := fmt.Sprintf("col-%d", len(r.names)), [32]byte{}
		if r.rng.IntN(2) == 0 {
			base = slotWord(uint64(r.rng.IntN(9)))
		}
		r.names, r.bases[name] = append(r.names, name), base
		n := []int{0, 1, 2, 7, 8, 9, 64, 65}[r.rng.IntN(8)]
		must(r.c.Define(statecache.Collection{Name: name, Base: base, Items: r.items(base, n)}))
	case 1:
		if len(r.names) > 0 {
			name := r.names[r.rng.IntN(len(r.names))]
			must(r.c.Extend(name, r.items(r.bases[name], 1+r.rng.IntN(9))))
		}
	case 2: // a reorganisation of up to three blocks
		if n := r.head.Number - uint64(r.rng.IntN(4)); r.fork > 0 {
			if ref, err := r.c.Canonical(n); err == nil {
				must(r.c.Rollback(ref))
				r.head = ref
			}
		}
		r.fork++
	default:
		r.block()
	}
}

func (r *runner) block() {
	number := r.head.Number + 1
	ref := statecache.BlockRef{Number: number, Hash: crypto.Keccak256Hash(fmt.Appendf(nil, "%d %d", number, r.fork))}
	var changes []statecache.Change
	for _, w := range r.c.Pending() {
		changes = append(changes, statecache.Change{Collection: w.Collection, Index: w.Index, Value: crypto.Keccak256Hash(ref.Hash[:], w.Item.Slot[:])})
	}
	if _, err := r.c.Apply(statecache.BlockHeader{Ref: ref, Parent: r.head.Hash, PrevRandao: ref.Hash, Timestamp: number}, changes); err != nil {
		r.t.Fatal(err)
	}
	r.head = ref
}

// A cache that is fed with sound definitions never commits to anything that a
// judge of the form would refute, whatever happened before, and can show all
// that can be asked for: also of blocks that have left the chain since, and with
// a history that begins below its window.
func TestAttackWhatACacheCommits(t *testing.T) {
	w := newWorld(t)
	anchors, places, asked := 0, 0, 0
	for seed := range uint64(rounds(2)) {
		r := newRunner(t, seed)
		r.block()
		for i := range 60 {
			r.step()
			if i%12 != 11 {
				continue
			}
			v, err := r.c.View(r.head, t.Name(), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			for range 3 { // the anchor's block gets older, or leaves the chain
				r.step()
			}
			tree := ViewTree(v)
			s := &Suspect{Height: v.Ref().Number, BlockHash: v.Ref().Hash, Commitment: v.CommitmentBytes(), Tree: tree}
			if found, err := s.Audit(nil); err != nil || found != nil {
				t.Fatalf("seed %d, block %v: %v, %v", seed, v.Ref(), found, err)
			}
			anchors++
			all := descend(t, tree)
			for _, p := range all {
				if _, err := Show(tree, s.Height, s.Commitment, p); err != nil {
					t.Errorf("seed %d, block %v: cannot answer: %v", seed, v.Ref(), err)
				}
			}
			places += len(all)
			asked += r.everyClaim(w, s)
			v.Release()
		}
	}
	t.Logf("%d commitments, %d places, %d claims", anchors, places, asked)
}

// everyClaim puts claims about random parts of a true commitment to the judges.
func (r *runner) everyClaim(w *world, s *Suspect) (asked int) {
	v := s.Tree.(viewTree).v
	past := *s
	if old, err := v.Aged(3); err == nil {
		height := old.Ref().Number
		past.Past, past.PastTree = &height, ViewTree(old)
	}
	for _, x := range []*Suspect{s, &past} {
		handle := uint16(r.rng.IntN(int(v.Count())))
		n, _ := v.Len(uint32(handle))
		index := uint64(r.rng.IntN(int(n) + 1))
		place := Place{PlaceKind(2 + r.rng.IntN(2)), uint8(r.rng.IntN(3)), handle, uint64(r.rng.IntN(int(n) + 9))}
		for _, f := range []func() (Challenge, error){
			func() (Challenge, error) { return x.Slot(handle, index) },
			func() (Challenge, error) { return x.Manifest(handle, index) },
			func() (Challenge, error) { return x.Leaf(handle, index) },
			func() (Challenge, error) { return x.Entry(handle) },
			func() (Challenge, error) { return x.Names(handle, uint16(r.rng.IntN(int(v.Count())))) },
			func() (Challenge, error) { return x.Shape(place) },
			func() (Challenge, error) { return x.NoHeader(uint8(r.rng.IntN(5))) },
			func() (Challenge, error) { return x.Header([]uint64{0, 3}[r.rng.IntN(2)], nil) },
			func() (Challenge, error) { return s.HistoryLeaf(s.Height - 1) },
			func() (Challenge, error) {
				return s.Future(Place{PlaceHistory, uint8(r.rng.IntN(11)), 0, s.Height - uint64(r.rng.IntN(2))})
			},
		} {
			c, err := f()
			if err != nil { // there is nothing to show
				continue
			}
			if _, err := w.judge(c); err == nil {
				r.t.Errorf("block %v: %s holds: %x", v.Ref(), c.Kind, c.Claim)
			}
			asked++
		}
	}
	return asked
}

// Places come from events, which come from a node: none makes an operator's
// tree fail, and nothing comes out that is not hashed there.
func TestAttackPlaces(t *testing.T) {
	r := newRunner(t, 1)
	r.block()
	for range 60 {
		r.step()
	}
	r.block()
	v, err := r.c.View(r.head, t.Name(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Release()
	s := &Suspect{Height: v.Ref().Number, BlockHash: v.Ref().Hash, Commitment: v.CommitmentBytes(), Tree: ViewTree(v)}
	word := func(near ...uint64) uint64 {
		if x := near[r.rng.IntN(len(near))]; r.rng.IntN(3) > 0 {
			return x
		}
		return r.rng.Uint64() >> r.rng.IntN(64)
	}
	opened := 0
	for range 2_500 {
		p := bindings.DemandGamePlace{
			Kind: uint8(word(0, 1, 2, 3, 4)), Level: uint8(word(0, 1, 2, 3, 4, 11, 255)), Entry: uint16(word(0, 1, 2, 3, 4095, 65535)),
			Index: word(0, 1, 7, 8, 63, r.head.Number-1, r.head.Number, 1<<63, 1<<64-1),
		}
		if _, err := Show(s.Tree, s.Height, s.Commitment, p); err == nil {
			opened++
		}
		_, _ = s.Asked(PlaceOf(p))
		_, _ = s.Demand(PlaceOf(p), nil)
		if p.Kind >= uint8(PlaceItems) {
			_, _ = s.Shape(PlaceOf(p))
		}
		_, _ = s.Future(PlaceOf(p))
		_, _ = s.NoHeader(p.Level)
		_, _ = s.Leaf(p.Entry, p.Index)
		_, _ = s.Manifest(p.Entry, p.Index)
	}
	if opened < 150 {
		t.Errorf("only %d places opened", opened)
	}
}
