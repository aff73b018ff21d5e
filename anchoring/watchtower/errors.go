package watchtower

import "errors"

var (
	// ErrSpend says that the next transaction could exceed the limit of expenses.
	ErrSpend = errors.New("watchtower: the limit of expenses is reached")

	// ErrMoved says that the chain changed while it was read: try again.
	ErrMoved = errors.New("watchtower: the chain moved")

	// ErrNotYet says that a source has not come to a block: ask again later.
	ErrNotYet = errors.New("watchtower: the source has not come to the block")

	// ErrEvidence says that kept evidence cannot be read or is of another block.
	ErrEvidence = errors.New("watchtower: evidence")

	// ErrDamaged says that the store holds something that it was not given.
	ErrDamaged = errors.New("watchtower: damaged store")
)
