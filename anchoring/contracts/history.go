package contracts

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"vmhost/statecache/poseidon"
)

// VisitBlock sees the block hash that a suspect's history has for a height, and
// returns a claim against it (by HistoryHash) or nil. A claim or an error ends the
// audit.
type VisitBlock func(height uint64, blockHash [32]byte) (*Challenge, error)

// AuditHistory walks what is known of the suspect's history and returns the first
// claim that its judge will agree with, nil if there is none: about its form, or
// what visit, which may be nil, says of a block hash. What is not known is passed
// over: the leaves cannot be demanded.
//
// Errors: ErrMissing when not even the roots are known; those of visit.
func (s *Suspect) AuditHistory(visit VisitBlock) (*Challenge, error) {
	if _, err := s.roots(); err != nil {
		return nil, err
	}
	return s.auditBlocks(Place{Kind: PlaceHistory, Level: historyDepth}, visit)
}

// auditBlocks audits what is known of the history below a place.
func (s *Suspect) auditBlocks(p Place, visit VisitBlock) (*Challenge, error) {
	x, ok := s.Tree.Open(p)
	if !ok {
		return nil, nil
	}
	if p.Level == 0 {
		switch {
		case !blockForm(x, p.Index):
			return claimed(s.HistoryLeaf(p.Index))
		case visit == nil:
			return nil, nil
		}
		return visit(p.Index, join(x[2], x[3]))
	}
	for i := range x {
		child := Place{Kind: PlaceHistory, Level: p.Level - 1, Index: p.Index<<3 + uint64(i)}
		if x[i].IsZero() {
			continue
		}
		if child.Index<<(3*child.Level) >= s.Height {
			return claimed(s.Future(child))
		}
		if c, err := s.auditBlocks(child, visit); c != nil || err != nil {
			return c, err
		}
	}
	return nil, nil
}

func claimed(c Challenge, err error) (*Challenge, error) {
	if err != nil {
		return nil, err
	}
	return &c, nil
}

// blockForm is what refuteHistoryLeaf takes for well-formed.
func blockForm(x [8]fr.Element, height uint64) bool {
	return x[0] == poseidon.Tag(poseidon.TagHistory, 0) && x[1] == fr.NewElement(height) && half(x[2]) && half(x[3]) &&
		!x[4].IsZero() && x[5].IsZero() && x[6].IsZero() && x[7].IsZero()
}

// walkBytes bounds the headers of one transaction: nodes take 128 KiB at most,
// and the claim at the end of a walk has some more to say.
const walkBytes = 110_000

// Walk is a way down to an old block, by headers.
type Walk struct {
	Calls   [][]byte // calls of FormJudge.prove, one a transaction, in this order
	From    uint64   // height of the block that is known then,
	Headers [][]byte // and the rest: both for HistoryHash
}

// WalkDown leads from a block whose hash the registry or the chain knows (one of
// the last 8191, an anchored one, one that was proven) to an older one, over as
// many transactions as that takes: some 190 headers each, 24,000 gas a header.
// header gives the RLP of a block's header. Errors: ErrBadClaim if the block is
// not older, those of header.
func WalkDown(registry [20]byte, from, height uint64, header func(uint64) ([]byte, error)) (Walk, error) {
	if from < height {
		return Walk{}, fmt.Errorf("%w: the way leads from block %d down, not to %d", ErrBadClaim, from, height)
	}
	w := Walk{From: from}
	judges, err := judgeArtifacts()
	if err != nil {
		return w, err
	}
	size := 0
	for n := from; n > height; n-- {
		h, err := header(n)
		if err != nil {
			return w, fmt.Errorf("header of block %d: %w", n, err)
		}
		padded := 96 + len(h) // as calldata: offset, length, a word's padding
		if size+padded > walkBytes {
			call, err := judges[formJudge].ABI.Pack("prove", common.Address(registry), w.From, w.Headers)
			if err != nil {
				return w, fmt.Errorf("prove: %w", err)
			}
			w.Calls = append(w.Calls, call)
			w.From, w.Headers, size = n, nil, 0
		}
		w.Headers, size = append(w.Headers, h), size+padded
	}
	return w, nil
}
