package watchtower

import (
	"context"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
	"vmhost/statecache/poseidon"
)

// logSource is what a book reads.
type logSource interface {
	HashAt(ctx context.Context, number uint64) (common.Hash, error)
	Logs(ctx context.Context, registry [20]byte, from, to uint64) ([]types.Log, error)
}

// mark is a block that was the head of the chain when logs were read up to it.
type mark struct {
	number uint64
	hash   common.Hash
}

// book holds the registry's events of a range of blocks, as the chain has them
// now: what a reorganisation took out is gone.
type book struct {
	node     logSource
	registry [20]byte
	chainID  uint64
	from     uint64 // first block
	marks    []mark // by height; logs are known up to the last
	logs     []types.Log
	whole    uint64 // head when all was last read from the beginning
}

// rereadEvery is how many blocks later everything is read again: a node may have
// hidden an event, or made one up.
const rereadEvery = 32

// maxMarks bounds how far back a reorganisation is told from a new chain: below
// the oldest mark everything is read again.
const maxMarks = 256

// refresh reads the logs up to a head. Errors: ErrMoved, those of the node.
func (b *book) refresh(ctx context.Context, head outbox.Head) error {
	if head.Number >= b.whole+rereadEvery {
		b.marks = nil
	}
	for len(b.marks) > 0 {
		last := b.marks[len(b.marks)-1]
		if last.number <= head.Number {
			hash, err := b.node.HashAt(ctx, last.number)
			if err != nil {
				return err
			}
			if hash == last.hash {
				break
			}
		}
		b.marks = b.marks[:len(b.marks)-1]
	}
	next := b.from
	if len(b.marks) > 0 {
		next = b.marks[len(b.marks)-1].number + 1
	}
	if next > head.Number {
		b.logs = slices.DeleteFunc(b.logs, func(l types.Log) bool { return l.BlockNumber >= next })
		return nil
	}
	logs, err := b.node.Logs(ctx, b.registry, next, head.Number)
	if err != nil {
		return err
	}
	hash, err := b.node.HashAt(ctx, head.Number)
	if err != nil {
		return err
	}
	if hash != head.Hash {
		return fmt.Errorf("%w at block %d", ErrMoved, head.Number)
	}
	if _, err := gamesOf(logs, b.chainID); err != nil { // nothing of it is taken
		return err
	}
	if len(b.marks) == 0 {
		b.whole = head.Number
	}
	b.logs = slices.DeleteFunc(b.logs, func(l types.Log) bool { return l.BlockNumber >= next })
	b.logs = append(b.logs, slices.DeleteFunc(logs, func(l types.Log) bool { return l.Removed })...)
	b.marks = append(b.marks, mark{head.Number, head.Hash})
	b.marks = b.marks[max(0, len(b.marks)-maxMarks):]
	return nil
}

// forget drops what is below a block.
func (b *book) forget(below uint64) {
	if below > b.from {
		b.from = below
		b.logs = slices.DeleteFunc(b.logs, func(l types.Log) bool { return l.BlockNumber < below })
	}
}

// asked is a demand without an answer.
type asked struct {
	Place    bindings.DemandGamePlace
	By       common.Address
	Deadline uint64 // last block to answer
}

// game is what the events tell of one anchor.
type game struct {
	anchor   bindings.AnchorRegistryAnchored
	at       uint64 // block of the Anchored event
	answers  *contracts.Answers
	open     map[contracts.Place]asked
	revoked  *bindings.AnchorRegistryRevoked
	answered int
}

// key names an anchor in stores and maps.
func key(height uint64, commitment [32]byte) string { return fmt.Sprintf("%d-%x", height, commitment) }

// games plays the events. Demands of anchors whose Anchored event is older than
// the book are left out.
func (b *book) games() (map[string]*game, error) { return gamesOf(b.logs, b.chainID) }

func gamesOf(logs []types.Log, chainID uint64) (map[string]*game, error) {
	abi := bindings.NewAnchorRegistry()
	ids, err := eventIDs()
	if err != nil {
		return nil, err
	}
	out := map[string]*game{}
	byCommitment := map[[32]byte]*game{}
	for i := range logs {
		l := &logs[i]
		if len(l.Topics) == 0 {
			continue
		}
		var err error
		switch ids[l.Topics[0]] {
		case bindings.AnchorRegistryAnchoredEventName:
			var e *bindings.AnchorRegistryAnchored
			if e, err = abi.UnpackAnchoredEvent(l); err == nil {
				g := &game{anchor: *e, at: l.BlockNumber, answers: new(contracts.Answers), open: map[contracts.Place]asked{}}
				if _, err := top(g, chainID); err != nil {
					continue // made up: the registry computes the commitment from these roots
				}
				out[key(e.Height, e.Commitment)], byCommitment[e.Commitment] = g, g
			}
		case bindings.AnchorRegistryDemandedEventName:
			var e *bindings.AnchorRegistryDemanded
			if e, err = abi.UnpackDemandedEvent(l); err == nil && byCommitment[e.Commitment] != nil {
				byCommitment[e.Commitment].open[contracts.PlaceOf(e.Place)] = asked{e.Place, e.By, e.Deadline}
			}
		case bindings.AnchorRegistryAnsweredEventName:
			var e *bindings.AnchorRegistryAnswered
			if e, err = abi.UnpackAnsweredEvent(l); err == nil && byCommitment[e.Commitment] != nil {
				g := byCommitment[e.Commitment]
				if !hashes(e) {
					continue // made up
				}
				delete(g.open, contracts.PlaceOf(e.Place))
				g.answered++
				err = g.answers.AddEvent(e)
			}
		case bindings.AnchorRegistryRefundedEventName:
			var e *bindings.AnchorRegistryRefunded
			if e, err = abi.UnpackRefundedEvent(l); err == nil && byCommitment[e.Commitment] != nil {
				delete(byCommitment[e.Commitment].open, contracts.PlaceOf(e.Place))
			}
		case bindings.AnchorRegistryRevokedEventName:
			var e *bindings.AnchorRegistryRevoked
			if e, err = abi.UnpackRevokedEvent(l); err == nil && byCommitment[e.Commitment] != nil {
				byCommitment[e.Commitment].revoked = e
			}
		}
		if err != nil {
			return nil, fmt.Errorf("event in block %d: %w", l.BlockNumber, err)
		}
	}
	return out, nil
}

// hashes reports whether an answer is the preimage of its place's hash.
func hashes(e *bindings.AnchorRegistryAnswered) bool {
	var x [8]fr.Element
	for i, w := range e.Preimage {
		x[i].SetBigInt(w)
	}
	h := poseidon.H8(&x)
	return h.Bytes() == e.Place.Node
}

// eventIDs are the registry's events by their first topic.
func eventIDs() (map[common.Hash]string, error) {
	abi, err := bindings.AnchorRegistryMetaData.ParseABI()
	if err != nil {
		return nil, err
	}
	out := make(map[common.Hash]string, len(abi.Events))
	for name, e := range abi.Events {
		out[e.ID] = name
	}
	return out, nil
}
