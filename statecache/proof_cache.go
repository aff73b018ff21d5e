package statecache

import (
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
)

// ProofCache keeps the proofs used last. It lies outside the commitment: what it
// holds may be dropped at any time. It is safe for concurrent use.
type ProofCache struct {
	proofs *lru.Cache[proofKey, *Proof]
}

// proofKey names a proof for ever: the commitment says block, branch and values.
type proofKey struct {
	commitment    Commitment
	handle, index uint32
}

// NewProofCache returns a cache of up to size proofs (about 3 KB each). Errors:
// ErrOptions unless size is positive.
func NewProofCache(size int) (*ProofCache, error) {
	c, err := lru.New[proofKey, *Proof](size)
	if err != nil {
		return nil, fmt.Errorf("%w: %d proofs", ErrOptions, size)
	}
	return &ProofCache{c}, nil
}

// Prove is [View.Prove], or its result from before, which the caller must not
// change. A view that has ended gives an error also for a proof that is kept.
func (c *ProofCache) Prove(v *View, handle, index uint32) (*Proof, error) {
	key := proofKey{v.CommitmentBytes(), handle, index}
	if p, ok := c.proofs.Get(key); ok {
		if err := v.Err(); err != nil {
			return nil, fmt.Errorf("prove: %w", err)
		}
		return p, nil
	}
	p, err := v.Prove(handle, index)
	if err == nil && !v.v.commitment.IsZero() { // which an earlier block of a snapshot does not know
		c.proofs.Add(key, p)
	}
	return p, err
}

// Len returns how many proofs are kept.
func (c *ProofCache) Len() int { return c.proofs.Len() }
