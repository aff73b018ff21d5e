package contracts

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/anchoring/contracts/bindings"
)

// Demand encodes the call AnchorRegistry.demand, which asks for the preimage at
// a place. It must carry the registry's demand bond (config().demandBond). The
// way down begins at the commitment: each step costs about 36,000 gas, or 7,000
// when that part was answered. In the challenge window, and not after it, answered
// may say what was: then the way begins at the lowest of these parts. Requires
// that everything above the place is known; see MissingError for what can be asked.
//
// Errors: ErrMissing (a *MissingError), ErrBadClaim.
func (s *Suspect) Demand(place Place, answered *Answers) ([]byte, error) {
	var preimages [][8]*big.Int
	var steps []uint8
	from := place
	for {
		if from.Kind == PlaceCommit {
			break
		}
		up, word, x, err := s.above(from)
		if err != nil {
			return nil, err
		}
		preimages, steps = append(preimages, words(x)), append(steps, word)
		from = up
		if answered != nil {
			if _, ok := answered.Open(up); ok && up.Kind != PlaceCommit {
				break
			}
		}
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("%w: the commitment itself cannot be asked for", ErrBadClaim)
	}
	slices.Reverse(preimages)
	slices.Reverse(steps)
	node := s.Commitment
	if from.Kind != PlaceCommit {
		_, word, x, err := s.above(from)
		if err != nil {
			return nil, err
		}
		node = x[word].Bytes()
	}
	return bindings.NewAnchorRegistry().PackDemand(s.Height, s.Commitment, from.bind(node), preimages, steps), nil
}

// Asked is the place with its hash, as expire, refund and demandOf take it.
func (s *Suspect) Asked(place Place) (bindings.DemandGamePlace, error) {
	_, word, x, err := s.above(place)
	if err != nil {
		return bindings.DemandGamePlace{}, err
	}
	return place.bind(x[word].Bytes()), nil
}

// above is the place above another, what leads from there to it, and its preimage.
func (s *Suspect) above(p Place) (up Place, word uint8, x [8]fr.Element, err error) {
	if p.Kind == PlaceItems && p.Level == 0 {
		leaf := Place{Kind: PlaceLeaves, Entry: p.Entry, Index: p.Index}
		if x, ok := s.Tree.Open(leaf); ok {
			return leaf, 1, x, nil
		}
	}
	var depth uint8
	if p.Kind == PlaceItems || p.Kind == PlaceLeaves {
		entry, err := open(s.Tree, Place{Kind: PlaceDirectory, Index: uint64(p.Entry)}, [32]byte{})
		if err != nil {
			return up, 0, x, err
		}
		depth = depthOf(entry)
	}
	up, word = p.parent(depth)
	x, err = open(s.Tree, up, [32]byte{})
	return up, word, x, err
}

// Shown is one part of an anchor, as AnchorRegistry.answer takes it.
type Shown = bindings.DemandGameShown

// Show opens a place that a Demanded event of an anchor named. Errors: ErrMissing
// (a *MissingError).
func Show(t Tree, height uint64, commitment [32]byte, asked bindings.DemandGamePlace) (Shown, error) {
	x, err := open(t, PlaceOf(asked), asked.Node)
	if err != nil {
		return Shown{}, err
	}
	return Shown{Height: height, Commitment: commitment, Place: asked, Preimage: words(x)}, nil
}

// Answer encodes the call AnchorRegistry.answer: parts of any anchors, in order
// of deadlines or of anchors. What nobody asks for any more is passed over; the
// call reverts if that is all of it. Parts of one anchor that stand next to each
// other share some 15,000 gas.
func Answer(shown ...Shown) []byte { return bindings.NewAnchorRegistry().PackAnswer(shown) }
