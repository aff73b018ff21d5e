package watchtower_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/watchtower"
	"vmhost/statecache"
)

// world is an honest state without a chain: proofs are empty, since Decide does
// not look at them.
type world struct {
	view   *statecache.View
	honest *watchtower.Honest
	values map[statecache.Item][32]byte
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{values: map[statecache.Item][32]byte{}}
	pool, token := [20]byte{1}, [20]byte{2}
	cols := []statecache.Collection{{Name: "pool"}, {Name: "balances", Base: [32]byte{31: 5}}}
	for i := range byte(8) {
		cols[0].Items = append(cols[0].Items, statecache.Item{Address: pool, Slot: [32]byte{31: i}})
	}
	for i := range byte(32) {
		key := [32]byte{31: i}
		cols[1].Items = append(cols[1].Items, statecache.Item{Address: token, Key: key, Slot: binding.MappingSlot(key, cols[1].Base)})
	}
	values := make([]statecache.CollectionValues, len(cols))
	w.honest = &watchtower.Honest{Names: []string{"header"}, Header: []byte{0xc0}}
	for i, c := range cols {
		values[i] = statecache.CollectionValues{Collection: c}
		proof := binding.AccountProof{Address: c.Items[0].Address}
		for j, it := range c.Items {
			v := [32]byte{30: byte(i + 1), 31: byte(j)}
			values[i].Values = append(values[i].Values, v)
			proof.Slots = append(proof.Slots, binding.SlotProof{Slot: it.Slot})
			it.Key = [32]byte{}
			w.values[it] = v
		}
		w.honest.Names = append(w.honest.Names, c.Name)
		w.honest.Accounts = append(w.honest.Accounts, proof)
	}
	header := statecache.BlockHeader{Ref: statecache.BlockRef{Number: 1000, Hash: [32]byte{9}}, Timestamp: 1_700_000_000, GasUsed: 21000}
	v, err := statecache.FromState(1337, header, values)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Release)
	w.view, w.honest.Tree = v, contracts.ViewTree(v)
	return w
}

// begin is the case of a lie before anything was asked.
func (w *world) begin(lie func(*forged)) (*watchtower.Case, *forged) {
	f := forge(w.view)
	lie(f)
	s, a := f.suspect(w.view.Ref())
	return &watchtower.Case{
		Suspect:       contracts.Suspect{Height: s.Height, BlockHash: s.BlockHash, Commitment: s.Commitment},
		DirectoryRoot: a.DirectoryRoot, HistoryRoot: a.HistoryRoot, ChainID: 1337, Honest: w.honest, Answers: new(contracts.Answers),
		Demands: map[contracts.Place]watchtower.Open{}, Head: 100, Proofs: map[statecache.Item]watchtower.Proof{}, Seed: crypto.Keccak256Hash([]byte("seed")),
	}, f
}

// prove fetches what Decide asks for.
func (w *world) prove(c *watchtower.Case, it statecache.Item) {
	plain := it
	plain.Key = [32]byte{}
	c.Proofs[it] = watchtower.Proof{
		Value: w.values[plain], Account: binding.AccountProof{Address: it.Address, Slots: []binding.SlotProof{{Slot: it.Slot}}},
	}
}

// Whatever is false comes to the claim that refutes it when the operator answers
// all that he is asked; what is not false comes to rest. Nothing is asked twice.
func TestEveryFalsehoodIsFound(t *testing.T) {
	w := newWorld(t)
	for _, lie := range falsehoods() {
		t.Run(strings.ReplaceAll(lie.name, " ", "_"), func(t *testing.T) {
			c, operator := w.begin(lie.tell)
			c.Explore = lie.explore
			asked := map[contracts.Place]bool{}
			for range 400 {
				m, err := watchtower.Decide(c)
				if err != nil {
					t.Fatal(err)
				}
				switch m.Kind {
				case watchtower.Demand:
					if asked[m.Place] {
						t.Fatalf("%s is asked twice", m.Place.Short())
					}
					asked[m.Place] = true
					if _, err := m.Suspect.Demand(m.Place, c.Answers); err != nil {
						t.Fatalf("demand of %s: %v", m.Place.Short(), err)
					}
					x, ok := operator.Open(m.Place)
					if !ok {
						t.Fatalf("%s cannot be answered", m.Place.Short())
					}
					c.Answers.Add(m.Place, x)
					if m.Exploring {
						c.Explore--
					}
				case watchtower.Prove:
					w.prove(c, m.Item)
				case watchtower.Challenge:
					if m.Claim.Kind != lie.claim || m.What == "" {
						t.Errorf("%s (%s), want %q", m.Claim.Kind, m.What, lie.claim)
					}
					t.Logf("%d demands: %s", len(asked), m.What)
					return
				case watchtower.Rest:
					if lie.claim != "" || len(m.Unjudged) == 0 {
						t.Errorf("rests after %d demands, want %q; not judged: %q", len(asked), lie.claim, m.Unjudged)
					}
					t.Logf("%d demands, not judged: %q", len(asked), m.Unjudged)
					return
				default:
					t.Fatalf("%+v", m)
				}
			}
			t.Fatal("no end")
		})
	}
}

// The operator's published tree is as good as his answers, and a wrong one is as
// good as none.
func TestPublishedTree(t *testing.T) {
	w := newWorld(t)
	for _, lie := range falsehoods() {
		c, operator := w.begin(lie.tell)
		c.Explore, c.Published = lie.explore, operator
		m, err := watchtower.Decide(c)
		for i := 0; err == nil && m.Kind == watchtower.Prove && i < 100; i++ {
			w.prove(c, m.Item)
			m, err = watchtower.Decide(c)
		}
		if err != nil || lie.claim != "" && m.Claim.Kind != lie.claim || lie.claim == "" && m.Kind != watchtower.Rest {
			t.Errorf("%s: %s %s, %v", lie.name, m.Kind, m.Claim.Kind, err)
		}
	}
	c, _ := w.begin(falsehoods()[0].tell)
	c.Published = contracts.ViewTree(w.view) // the truth is not what is anchored
	if m, err := watchtower.Decide(c); err != nil || m.Kind != watchtower.Demand {
		t.Errorf("%s, %v", m.Kind, err)
	}
}

// What is done about demands under way, by who asked and by how late it is.
func TestWaitAndExpire(t *testing.T) {
	w := newWorld(t)
	top := contracts.Place{Kind: contracts.PlaceDirectory, Level: contracts.DirectoryDepth}
	for _, story := range []struct {
		head uint64
		ours bool
		want watchtower.MoveKind
	}{
		{100, true, watchtower.Wait},
		{119, true, watchtower.Wait},
		{120, true, watchtower.Wait},
		{121, true, watchtower.Expire},
		{121, false, watchtower.Wait},
		{136, false, watchtower.Wait},
		{137, false, watchtower.Expire},
	} {
		c, _ := w.begin(falsehoods()[0].tell)
		c.Head, c.Demands[top] = story.head, watchtower.Open{Deadline: 120, Ours: story.ours}
		m, err := watchtower.Decide(c)
		if err != nil || m.Kind != story.want || m.Place != top {
			t.Errorf("%+v: %s %s, %v", story, m.Kind, m.Place.Short(), err)
		}
	}
}

// A demand where no definition leads does not keep the others waiting, and
// without a budget nothing is asked there.
func TestDefinitionsComeFirst(t *testing.T) {
	w := newWorld(t)
	both := func(f *forged) {
		rename(f, 1)
		f.edit(leaf(2, 9), func(x *[8]fe) { x[3] = number(1) })
	}
	for _, budget := range []int{0, 5} {
		c, operator := w.begin(both)
		c.Explore = budget
		for i := 0; ; i++ {
			m, err := watchtower.Decide(c)
			if err != nil || i > 20 {
				t.Fatal(i, err)
			}
			if m.Kind == watchtower.Challenge {
				break
			}
			if m.Kind != watchtower.Demand || m.Exploring {
				t.Fatalf("%s %s, exploring %t", m.Kind, m.Place.Short(), m.Exploring)
			}
			x, _ := operator.Open(m.Place)
			c.Answers.Add(m.Place, x)
		}
	}
}

// Places that are explored depend on the seed, which the operator does not know.
func TestExploringIsUnpredictable(t *testing.T) {
	w := newWorld(t)
	first := map[string]bool{}
	for i := range 40 {
		c, operator := w.begin(func(f *forged) { rename(f, 2) })
		c.Explore, c.Seed = 100, crypto.Keccak256Hash([]byte{byte(i)})
		for {
			m, err := watchtower.Decide(c)
			if err != nil {
				t.Fatal(err)
			}
			if m.Kind != watchtower.Demand {
				t.Fatalf("%s", m.Kind)
			}
			if m.Place.Kind == contracts.PlaceItems {
				first[fmt.Sprint(m.Place.Index)] = true
				break
			}
			x, _ := operator.Open(m.Place)
			c.Answers.Add(m.Place, x)
		}
	}
	if len(first) < 15 {
		t.Errorf("the first leaf was one of %d", len(first))
	}
}

// A case whose roots are not its commitment's is refused.
func TestDecideRefuses(t *testing.T) {
	w := newWorld(t)
	c, _ := w.begin(falsehoods()[0].tell)
	c.DirectoryRoot[31] ^= 1
	if _, err := watchtower.Decide(c); err == nil {
		t.Error("accepted")
	}
}
