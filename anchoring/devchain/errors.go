package devchain

import "errors"

var (
	// ErrClosed says that the chain was closed.
	ErrClosed = errors.New("devchain: closed")

	// ErrTooDeep says that a reorganisation would go below genesis.
	ErrTooDeep = errors.New("devchain: reorg deeper than the chain")

	// ErrFinalized says that a reorganisation would revert a finalized block;
	// ReorgOptions.Force does it all the same.
	ErrFinalized = errors.New("devchain: reorg below the finalized block")

	// ErrReverted says that a transaction was included and reverted.
	ErrReverted = errors.New("devchain: transaction reverted")

	// ErrNotIncluded says that a transaction was not in the sealed block.
	ErrNotIncluded = errors.New("devchain: transaction not included")
)
