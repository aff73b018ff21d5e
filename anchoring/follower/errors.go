package follower

import (
	"errors"

	"vmhost/anchoring/ethrpc"
)

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
	ErrChainID = ethrpc.ErrChainID

	// ErrBehind says that the node is far behind the chain or the other nodes.
	ErrBehind = errors.New("follower: node is far behind")

	// ErrNoAgreement says that too few nodes have the head as their block of its height.
	ErrNoAgreement = errors.New("follower: nodes do not agree on the head")

	// ErrSilent says that no new head came for too long.
	ErrSilent = errors.New("follower: no new head")

	// ErrNode says that the node gave an answer that is wrong in itself.
	ErrNode = errors.New("follower: faulty answer from node")
)

// Kind names the sentinel of a fault, for metrics: "went_back" for ErrWentBack.
func Kind(err error) string {
	for _, k := range []struct {
		err  error
		name string
	}{
		{ErrBelowFinalized, "below_finalized"},
		{ErrTooDeep, "too_deep"},
		{ErrWentBack, "went_back"},
		{ErrFinalizedMismatch, "finalized_mismatch"},
		{ErrBadLink, "bad_link"},
		{ErrGap, "gap"},
		{ErrChainID, "chain_id"},
		{ErrBehind, "behind"},
		{ErrNoAgreement, "no_agreement"},
		{ErrSilent, "silent"},
		{ErrNode, "node"},
	} {
		if errors.Is(err, k.err) {
			return k.name
		}
	}
	return "other"
}
