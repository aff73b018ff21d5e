package anchoring

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache"
)

// Anchor is what the registry stores of a block: enough to compute its commitment.
type Anchor struct {
	Block         statecache.BlockRef
	DirectoryRoot [32]byte // field element
	HistoryRoot   [32]byte // field element, 0 if no history is kept
	// Commitment that the registry must arrive at.
	Commitment statecache.Commitment
}

// AnchorOf returns the anchor of a view's block.
func AnchorOf(v *statecache.View) Anchor {
	p := v.CommitPreimage()
	return Anchor{Block: v.Ref(), DirectoryRoot: p[5].Bytes(), HistoryRoot: p[6].Bytes(), Commitment: v.CommitmentBytes()}
}

// IsAnchored reports whether the registry holds exactly this commitment at a height.
func (c *Client) IsAnchored(ctx context.Context, registry [20]byte, height uint64, commitment [32]byte) (bool, error) {
	return c.isAnchoredAt(ctx, registry, height, commitment, nil)
}

// isAnchoredAt is IsAnchored at the end of a block, nil for the head.
func (c *Client) isAnchoredAt(ctx context.Context, registry [20]byte, height uint64, commitment [32]byte, at *big.Int) (bool, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.callAt(ctx, registry, b.PackIsAnchored(height, commitment), at)
	if err != nil {
		return false, err
	}
	ok, err := b.UnpackIsAnchored(out)
	if err != nil {
		return false, fmt.Errorf("isAnchored: %w", err)
	}
	return ok, nil
}

// CommitmentAt reads the registry's commitment of a height, 0 if there is none.
func (c *Client) CommitmentAt(ctx context.Context, registry [20]byte, height uint64) ([32]byte, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.Call(ctx, registry, b.PackCommitmentAt(height))
	if err != nil {
		return [32]byte{}, err
	}
	v, err := b.UnpackCommitmentAt(out)
	if err != nil {
		return [32]byte{}, fmt.Errorf("commitmentAt: %w", err)
	}
	return v, nil
}

// anchorGas is the gas that is given to an anchor transaction that cannot be
// estimated: an estimate runs as the head's block, which does not see the head's
// own hash.
func anchorGas(n int) uint64 { return 150_000 + 150_000*uint64(n) }

func anchorCalldata(anchors []Anchor, fence uint64) []byte {
	list := make([]bindings.AnchorRegistryAnchor, len(anchors))
	for i, a := range anchors {
		list[i] = bindings.AnchorRegistryAnchor{
			Height: a.Block.Number, BlockHash: a.Block.Hash, DirectoryRoot: a.DirectoryRoot, HistoryRoot: a.HistoryRoot,
		}
	}
	return bindings.NewAnchorRegistry().PackAnchor(list, fence)
}

// PostAnchors records anchors in one transaction: all or none. The blocks must
// be below the head. Errors: *RevertError (see AnchorProblem), ErrTimeout.
func (c *Client) PostAnchors(ctx context.Context, registry [20]byte, anchors []Anchor, fence uint64) (Tx, error) {
	return c.Send(ctx, &registry, anchorCalldata(anchors, fence), anchorGas(len(anchors)))
}

// AnchorProblem says why the registry refused.
type AnchorProblem string

// Problems that an anchor can have.
const (
	ProblemNone         AnchorProblem = ""
	ProblemNotAnchorer  AnchorProblem = "account may not anchor"
	ProblemFence        AnchorProblem = "fence too low"
	ProblemNoBlock      AnchorProblem = "block hash not available"
	ProblemWrongBlock   AnchorProblem = "block is not canonical"
	ProblemOther        AnchorProblem = "another commitment is anchored for the block"
	ProblemBadRoot      AnchorProblem = "root is not a field element"
	ProblemBond         AnchorProblem = "deposit does not cover the bond"
	ProblemRevoked      AnchorProblem = "commitment was revoked"
	ProblemUnknownError AnchorProblem = "reverted"
)

// ProblemOf reads the registry's error; ProblemNone if err is not a revert.
func ProblemOf(err error) AnchorProblem {
	r, ok := errors.AsType[*RevertError](err)
	if !ok {
		if errors.Is(err, ErrReverted) {
			return ProblemUnknownError
		}
		return ProblemNone
	}
	reason, uerr := bindings.NewAnchorRegistry().UnpackError(r.Data)
	if uerr != nil {
		return ProblemUnknownError
	}
	switch reason.(type) {
	case *bindings.AnchorRegistryNotAnchorer:
		return ProblemNotAnchorer
	case *bindings.AnchorRegistryFenceTooLow:
		return ProblemFence
	case *bindings.AnchorRegistryBlockNotAvailable:
		return ProblemNoBlock
	case *bindings.AnchorRegistryBlockHashMismatch:
		return ProblemWrongBlock
	case *bindings.AnchorRegistryAlreadyAnchored:
		return ProblemOther
	case *bindings.AnchorRegistryBondMissing:
		return ProblemBond
	case *bindings.AnchorRegistryCommitmentRevoked:
		return ProblemRevoked
	case *bindings.AnchorRegistryNotFieldElement, *bindings.AnchorRegistryEmptyDirectory:
		return ProblemBadRoot
	}
	return ProblemUnknownError
}

// Deposit adds wei to the client's account in the registry, from which anchors
// are bonded.
func (c *Client) Deposit(ctx context.Context, registry [20]byte, wei *big.Int) (Tx, error) {
	return c.SendValue(ctx, &registry, bindings.NewAnchorRegistry().PackDeposit(c.from), wei, 0)
}
