package follower

import (
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Header is a checked header.
type Header = ethrpc.Header

// Event is what the core decided: *Advanced, *Reorged, *Safe, *Finalized,
// *Progress, *Need or *Fault. Need never reaches the handler of a Follower.
type Event interface{ isEvent() }

// Advanced says that the chain grew by one block.
type Advanced struct{ Header *Header }

// Reorged says that the chain switched to another branch.
type Reorged struct {
	// CommonAncestor is the last block that both branches share.
	CommonAncestor statecache.BlockRef
	// Reverted blocks, highest first; at least one.
	Reverted []statecache.BlockRef
	// Applied headers, lowest first; at least one.
	Applied []*Header
}

// Finalized says that the block can no longer be reverted.
type Finalized struct{ Ref statecache.BlockRef }

// Safe says that the node holds the block to be safe: unlikely to be reverted,
// not certain.
type Safe struct{ Ref statecache.BlockRef }

// Progress tells of a long backfill, now and then.
type Progress struct {
	// Head that is being connected to the chain.
	Head statecache.BlockRef
	// Fetched headers below it so far, and at least how many are missing.
	Fetched, Missing uint64
}

// Need asks for a header by hash, to be given to Core.Backfill.
type Need struct{ Ref statecache.BlockRef }

// Fault says that the source contradicts what it or the chain said before, or
// is silent. The chain is unchanged and the follower is paused until a head fits.
type Fault struct {
	// Err wraps one of this package's sentinels.
	Err error
	// Ref is the block that caused it, if any.
	Ref statecache.BlockRef
}

func (*Advanced) isEvent()  {}
func (*Reorged) isEvent()   {}
func (*Finalized) isEvent() {}
func (*Safe) isEvent()      {}
func (*Progress) isEvent()  {}
func (*Need) isEvent()      {}
func (*Fault) isEvent()     {}
