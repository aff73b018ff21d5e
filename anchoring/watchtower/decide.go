package watchtower

import (
	"cmp"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/statecache"
)

// Honest is the true state of a block, as far as the watcher has definitions.
type Honest struct {
	// Tree of it, and the collections' names by handle; 0 is the header.
	Tree  contracts.Tree
	Names []string
	// Header is the RLP of the block's header, Accounts prove all values.
	Header   []byte
	Accounts []binding.AccountProof
}

// Proof is the chain's value of an item at the anchored block, with its proof.
type Proof struct {
	Value   [32]byte
	Account binding.AccountProof
}

// Open is a demand without an answer.
type Open struct {
	Deadline uint64 // last block to answer
	Ours     bool
}

// Case is all that is known of an anchor whose directory differs.
type Case struct {
	Suspect contracts.Suspect // its Tree is set here
	// DirectoryRoot of the anchor; Suspect.Commitment is made with it.
	DirectoryRoot, HistoryRoot [32]byte
	ChainID                    uint64
	Honest                     *Honest
	Answers                    *contracts.Answers // what was shown, checked by the registry
	// Published is what the operator says the tree is, nil if he says nothing.
	// Nothing in it is believed.
	Published contracts.Tree
	Demands   map[contracts.Place]Open
	Head      uint64
	// Explore is how many demands may still be made where no definition leads.
	Explore int
	// Proofs of items that no definition has, as far as they were fetched.
	Proofs map[statecache.Item]Proof
	// Seed makes the places that are explored unpredictable.
	Seed [32]byte
}

// MoveKind says what is to be done.
type MoveKind string

// Kinds of move.
const (
	Rest      MoveKind = "rest"      // nothing that differs can be judged
	Challenge MoveKind = "challenge" // Claim takes the anchor down
	Demand    MoveKind = "demand"    // ask for Place
	Wait      MoveKind = "wait"      // Place was asked for
	Expire    MoveKind = "expire"    // Place was not shown in time
	Prove     MoveKind = "prove"     // fetch the proof of Item
)

// Move is what is to be done about an anchor now.
type Move struct {
	Kind  MoveKind
	Place contracts.Place
	Claim contracts.Challenge
	What  string // what is false, for people
	Item  statecache.Item
	Until uint64 // Wait: last block to answer
	// Exploring: no definition leads there.
	Exploring bool
	// Suspect with the tree as far as it is known, for the call.
	Suspect *contracts.Suspect
	// Unjudged says what differs and is not judged.
	Unjudged []string
}

// courtesy is how many blocks an expired demand of somebody else is left to him.
const courtesy = 16

// Decide says what to do about an anchor. It is a function of the case alone.
// Errors: contracts.ErrMissing, contracts.ErrBadClaim: faults of this package.
func Decide(c *Case) (Move, error) {
	d := &descent{Case: c, suspect: c.Suspect, known: new(contracts.Answers), names: map[fr.Element]uint16{}}
	d.suspect.Tree = d.known
	if err := d.commitment(); err != nil {
		return Move{}, err
	}
	m, err := d.move()
	m.Suspect, m.Unjudged = &d.suspect, d.unjudged
	return m, err
}

// move chooses: what is proven false first, then what is missing where the
// definitions lead, then what may be explored.
func (d *descent) move() (Move, error) {
	if d.claimErr != nil {
		return Move{}, d.claimErr
	}
	if d.claim != nil {
		return Move{Kind: Challenge, Claim: *d.claim, What: d.what}, nil
	}
	late := func(o Open) bool { return d.Head > o.Deadline && (o.Ours || d.Head > o.Deadline+courtesy) }
	for _, w := range d.missing {
		if o, asked := d.Demands[w.place]; asked && late(o) {
			return Move{Kind: Expire, Place: w.place}, nil
		}
	}
	if len(d.toProve) > 0 {
		return Move{Kind: Prove, Item: d.toProve[0]}, nil
	}
	slices.SortStableFunc(d.missing, func(a, b want) int {
		return cmp.Or(boolCompare(a.explore, b.explore), cmp.Compare(b.depth, a.depth))
	})
	for _, w := range d.missing {
		if o, asked := d.Demands[w.place]; asked {
			return Move{Kind: Wait, Place: w.place, Until: o.Deadline, Exploring: w.explore}, nil
		}
		if !w.explore || d.Explore > 0 {
			return Move{Kind: Demand, Place: w.place, Exploring: w.explore}, nil
		}
	}
	return Move{Kind: Rest}, nil
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
