package circuit

import (
	"sort"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	poseidon2 "github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"

	"vmhost/statecache/poseidon"
)

// native is the second backend: it evaluates every constraint on field
// elements, collects the labels that fail, and balances the buses exactly (as
// multisets, not by a random challenge).
type native struct {
	violated map[string]int
	misses   map[string]fr.Element // tests: how far violated constraints are off
	labels   map[string]bool       // every constraint met; false for offers, which refuse nothing
	balance  map[tupleKey]*tally
	memo     map[[8]fr.Element]fr.Element
	p16      *poseidon2.Permutation
}

// tally is the state of one tuple: sum of signed numerators, and the first
// free multiplicity column that may balance it.
type tally struct {
	sum  fr.Element
	free int // column of W, or -1
}

func newNative() *native {
	return &native{
		violated: map[string]int{},
		labels:   map[string]bool{},
		balance:  make(map[tupleKey]*tally, 1<<16),
		memo:     map[[8]fr.Element]fr.Element{},
		p16:      poseidon2.NewPermutation(16, 8, 57),
	}
}

// violate notes a constraint that fails, and (if asked to) by how much.
func (n *native) violate(label string, by *fr.Element) {
	n.violated[label]++
	if n.misses != nil {
		n.misses[label] = *by
	}
}

func (n *native) hash8(x *[8]fr.Element) fr.Element {
	if h, ok := n.memo[*x]; ok {
		return h
	}
	h := poseidon.H8(x)
	n.memo[*x] = h
	return h
}

func (n *native) permute(x *[16]fr.Element) {
	if err := n.p16.Permutation(x[:]); err != nil {
		panic(err) // width is 16 by construction
	}
}

func (n *native) fraction(t bus, num V, sign int, free bool, terms []term) {
	k := tupleKey{bus: t}
	for _, x := range terms {
		k.p[x.pow] = nat(x.raw)
	}
	ta := n.balance[k]
	if ta == nil {
		ta = &tally{free: -1}
		n.balance[k] = ta
	}
	e := nat(num)
	if c, ok := num.(*cell); ok && free && ta.free < 0 {
		ta.free = c.col
	}
	if sign > 0 {
		ta.sum.Add(&ta.sum, &e)
	} else {
		ta.sum.Sub(&ta.sum, &e)
	}
}

// unbalanced lists the buses whose sum does not vanish.
func (n *native) unbalanced() []string {
	seen := map[string]bool{}
	for k, t := range n.balance {
		if !t.sum.IsZero() {
			seen[k.bus.String()] = true
		}
	}
	var out []string
	for k := range seen {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
