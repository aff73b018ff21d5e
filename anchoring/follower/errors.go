package follower

import "errors"

// Faults of the source: the follower pauses, alarms and rolls nothing back.
var (
	// ErrBelowFinalized says that the node's branch leaves ours below the finalized block.
	ErrBelowFinalized = errors.New("follower: branch leaves the chain below the finalized block")

	// ErrTooDeep says that the node's branch leaves ours deeper than the window.
	ErrTooDeep = errors.New("follower: branch leaves the chain deeper than the window")

	// ErrWentBack says that the node's head is an ancestor of a head it gave before.
	ErrWentBack = errors.New("follower: node went back to an earlier block")

	// ErrFinalizedMismatch says that the node's finalized block is not on our chain.
	ErrFinalizedMismatch = errors.New("follower: finalized block is not on the followed chain")

	// ErrBadLink says that a header is no child of the parent that it names.
	ErrBadLink = errors.New("follower: header does not extend its parent")

	// ErrGap says that the node's head is further ahead than may be backfilled.
	ErrGap = errors.New("follower: gap larger than the backfill limit")

	// ErrChainID says that the node serves another chain.
	ErrChainID = errors.New("follower: node serves another chain")

	// ErrSilent says that no new head came for too long.
	ErrSilent = errors.New("follower: no new head")

	// ErrNode says that the node gave an answer that is wrong in itself.
	ErrNode = errors.New("follower: faulty answer from node")
)
