package watchtower

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache/poseidon"
)

// Asked is a demand without an answer.
type Asked struct {
	Place    contracts.Place
	Node     bindings.DemandGamePlace // the place as the contract takes it
	By       common.Address
	Deadline uint64 // last block to answer
}

// Game is how the game about a standing anchor goes, for who plays it by hand.
type Game struct {
	Suspect   contracts.Suspect // its Tree is what was shown
	Answers   *contracts.Answers
	Asked     []Asked
	At        uint64 // block in which it was anchored
	WindowEnd uint64 // last block of the challenge window
	Operator  common.Address
	Head      uint64
}

// LookAt reads the game about what is anchored at a height. More, if not nil, is
// a tree from elsewhere, of which what is the operator's is used: nothing of it
// is believed. Errors: anchoring.ErrNotAnchored, those of the node.
func LookAt(ctx context.Context, c *anchoring.Client, registry [20]byte, height uint64, more contracts.Tree) (*Game, error) {
	record, err := c.RecordAt(ctx, registry, height)
	if err != nil {
		return nil, err
	}
	if record.Commitment == ([32]byte{}) {
		return nil, fmt.Errorf("%w: block %d", anchoring.ErrNotAnchored, height)
	}
	terms, err := c.Terms(ctx, registry)
	if err != nil {
		return nil, err
	}
	head, err := c.Head(ctx)
	if err != nil {
		return nil, err
	}
	end := uint64(record.WindowEnd)
	b := &book{node: c, registry: registry, chainID: c.ChainID(), from: end - min(end, terms.ChallengeWindow)}
	if err := b.refresh(ctx, head); err != nil {
		return nil, err
	}
	games, err := b.games()
	if err != nil {
		return nil, err
	}
	g := games[key(height, record.Commitment)]
	if g == nil {
		return nil, fmt.Errorf("%w: no event of the anchor of block %d in block %d", ErrMoved, height, b.from)
	}
	top, err := top(g, c.ChainID())
	if err != nil {
		return nil, err
	}
	tree := &checked{from: contracts.Trees{g.answers}, known: map[contracts.Place][8]fr.Element{{}: top}}
	if more != nil {
		tree.from = append(tree.from, more)
	}
	out := &Game{
		Suspect: contracts.Suspect{Height: height, BlockHash: record.BlockHash, Commitment: record.Commitment, Tree: tree},
		Answers: g.answers, At: g.at, WindowEnd: end, Operator: record.Operator, Head: head.Number,
	}
	for p, a := range g.open {
		out.Asked = append(out.Asked, Asked{p, a.Place, a.By, a.Deadline})
	}
	return out, nil
}

// top is the preimage of an anchor's commitment, which its event tells.
func top(g *game, chainID uint64) ([8]fr.Element, error) {
	e := &g.anchor
	d := &descent{Case: &Case{ChainID: chainID, DirectoryRoot: e.DirectoryRoot, HistoryRoot: e.HistoryRoot}}
	d.suspect = contracts.Suspect{Height: e.Height, BlockHash: e.BlockHash, Commitment: e.Commitment}
	return d.preimage()
}

// Ours are the open demands of an account about anchors that fell, in a range of
// blocks up to the head: they can be refunded.
func Ours(ctx context.Context, c *anchoring.Client, registry, account [20]byte, from uint64) (map[[32]byte][]Asked, error) {
	head, err := c.Head(ctx)
	if err != nil {
		return nil, err
	}
	b := &book{node: c, registry: registry, chainID: c.ChainID(), from: from}
	if err := b.refresh(ctx, head); err != nil {
		return nil, err
	}
	games, err := b.games()
	if err != nil {
		return nil, err
	}
	out := map[[32]byte][]Asked{}
	for _, g := range games {
		for p, a := range g.open {
			if g.revoked != nil && a.By == account {
				out[g.anchor.Commitment] = append(out[g.anchor.Commitment], Asked{p, a.Place, a.By, a.Deadline})
			}
		}
	}
	return out, nil
}

// checked is a tree of which every preimage was hashed: it has, of others, what
// belongs to one commitment.
type checked struct {
	from  contracts.Trees
	known map[contracts.Place][8]fr.Element
}

// Open implements contracts.Tree.
func (t *checked) Open(p contracts.Place) ([8]fr.Element, bool) {
	if x, ok := t.known[p]; ok {
		return x, true
	}
	wanted := t.elements(p)
	for _, tree := range t.from {
		x, ok := tree.Open(p)
		if !ok {
			continue
		}
		for _, e := range wanted {
			if poseidon.H8(&x) == e {
				t.known[p] = x
				return x, true
			}
		}
	}
	return [8]fr.Element{}, false
}

// elements are what a place's preimage may hash to: an item has a place in the
// manifest and one in its leaf.
func (t *checked) elements(p contracts.Place) (out []fr.Element) {
	depth := uint8(contracts.DirectoryDepth)
	switch p.Kind {
	case contracts.PlaceItems, contracts.PlaceLeaves:
		entry, ok := t.Open(contracts.Place{Kind: contracts.PlaceDirectory, Index: uint64(p.Entry)})
		if !ok || !entry[2].IsUint64() || entry[2].Uint64() > 8 || uint64(p.Level) > entry[2].Uint64() {
			return nil
		}
		depth = uint8(entry[2].Uint64())
	case contracts.PlaceHistory:
		depth = contracts.HistoryDepth
	case contracts.PlaceDirectory:
	default:
		return nil
	}
	if p.Level > depth || p.Index>>(3*(depth-p.Level)) != 0 {
		return nil
	}
	up, word := p.Up(depth)
	if x, ok := t.Open(up); ok {
		out = append(out, x[word])
	}
	if p.Kind == contracts.PlaceItems && p.Level == 0 {
		if x, ok := t.Open(contracts.Place{Kind: contracts.PlaceLeaves, Entry: p.Entry, Index: p.Index}); ok {
			out = append(out, x[1])
		}
	}
	return out
}
