package statecache

import (
	"errors"
	"fmt"
	"time"
)

// Naming a block.
var (
	// ErrEmpty: no block was applied yet.
	ErrEmpty = errors.New("statecache: no block yet")
	// ErrEvicted: the height has left the window. Pin earlier or widen the window.
	ErrEvicted = errors.New("statecache: block evicted")
	// ErrFuture: the height is above the head. Retry after it is applied.
	ErrFuture = errors.New("statecache: block in the future")
	// ErrUnknownBlock: the height is retained, but this hash was never there; or
	// it lies below the first block ever applied.
	ErrUnknownBlock = errors.New("statecache: unknown block")
	// ErrOrphaned: the block was applied and rolled back.
	ErrOrphaned = errors.New("statecache: block orphaned")
)

// Defining collections.
var (
	// ErrBadName: not 1 to 31 characters of [a-z0-9._-].
	ErrBadName = errors.New("statecache: bad collection name")
	// ErrNameTaken: the name is in use; names are used once for ever.
	ErrNameTaken = errors.New("statecache: collection name taken")
	// ErrReserved: the header collection is kept by the cache itself.
	ErrReserved = errors.New("statecache: reserved collection")
	// ErrBadItem: unknown kind, header kind, or a slot or key where the kind has none.
	ErrBadItem = errors.New("statecache: bad item")
	// ErrBadSlot: an item's slot is not keccak(key ‖ base), though it has a key or
	// its collection a base. See BadSlot.
	ErrBadSlot = errors.New("statecache: slot does not follow from its key")
	// ErrDuplicateItem: the collection lists the item already.
	ErrDuplicateItem = errors.New("statecache: duplicate item")
	// ErrTooLarge: more collections or items than the format can index.
	ErrTooLarge = errors.New("statecache: too many collections or items")
)

// Applying, rolling back, finalizing.
var (
	// ErrBadBlock: a header that cannot be a block (zero hash, height out of range).
	ErrBadBlock = errors.New("statecache: bad block")
	// ErrNotLinked: the block is not the child of the head. Roll back first.
	ErrNotLinked = errors.New("statecache: block does not extend the head")
	// ErrConflict: the block was applied before with another header or value.
	ErrConflict = errors.New("statecache: block applied before with other content")
	// ErrUnknownCollection: no collection of that name at this height.
	ErrUnknownCollection = errors.New("statecache: unknown collection")
	// ErrDropped: the collection was dropped and has no values any more.
	ErrDropped = errors.New("statecache: collection dropped")
	// ErrIndexRange: the index is not below the collection's length.
	ErrIndexRange = errors.New("statecache: index out of range")
	// ErrMissingValue: a newly watched item came without its first value.
	ErrMissingValue = errors.New("statecache: item without a value")
	// ErrDuplicateChange: two changes of one item in one block.
	ErrDuplicateChange = errors.New("statecache: item changed twice in one block")
	// ErrBadLog: a log with too many topics or out of order, or a filter that makes
	// no sense.
	ErrBadLog = errors.New("statecache: bad log")
	// ErrTooDeep: a rollback deeper than the window. Stop and resync.
	ErrTooDeep = errors.New("statecache: rollback deeper than the window")
	// ErrBelowFinalized: a rollback below the finalized height. The source is
	// faulty (a lagging node): alarm, never resync onto it.
	ErrBelowFinalized = errors.New("statecache: rollback below the finalized height")
	// ErrBackpressure: pinned views hold the window at its hard cap. See PinnedError.
	ErrBackpressure = errors.New("statecache: window full of pinned blocks")
	// ErrPressure: the memory budget is nearly used up. Retry later, or drop
	// collections. See Level.
	ErrPressure = errors.New("statecache: memory budget used up")
)

// Reading a view.
var (
	// ErrReleased: the view was released by its owner.
	ErrReleased = errors.New("statecache: view released")
	// ErrExpired: the pin's deadline passed; its blocks may be gone. Take a new view.
	ErrExpired = errors.New("statecache: view expired")
	// ErrCancelled: the pin was cancelled, because it held the window at its hard
	// cap or by Cancel. Take a new view.
	ErrCancelled = errors.New("statecache: view cancelled")
	// ErrBadHandle: no collection has this handle at the view's block.
	ErrBadHandle = errors.New("statecache: invalid handle")
	// ErrNoLogs: the view is of a snapshot, which holds no logs.
	ErrNoLogs = errors.New("statecache: no logs kept")
	// ErrForeign: the views belong to different caches.
	ErrForeign = errors.New("statecache: view of another cache")
	// ErrNotWatched: the collection does not hold the item at the view's block.
	ErrNotWatched = errors.New("statecache: item not watched")
	// ErrNoHistory: the cache keeps no history, so no earlier block can be read.
	ErrNoHistory = errors.New("statecache: no history kept")
	// ErrAgeRange: the block that many heights earlier was not retained when the
	// view was taken.
	ErrAgeRange = errors.New("statecache: age out of range")
	// ErrNotThen: the item was not yet watched at the earlier block.
	ErrNotThen = errors.New("statecache: item not watched at that age")
)

// Proofs, durability.
var (
	// ErrInvalidProof: the proof does not show what it says.
	ErrInvalidProof = errors.New("statecache: invalid proof")
	// ErrLog: the delta log could not be read or written; nothing was published.
	ErrLog = errors.New("statecache: delta log")
	// ErrLogCorrupt: a record is damaged, missing or out of order. Restore or resync.
	ErrLogCorrupt = errors.New("statecache: delta log corrupt")
	// ErrDiverged: replay ended in another commitment than the one logged.
	ErrDiverged = errors.New("statecache: replay diverged from the logged commitment")
	// ErrFollower: the cache follows another one; only its Replica changes it.
	ErrFollower = errors.New("statecache: cache of a replica")
	// ErrNoLog: without a log there are no records to hand on and no checkpoints.
	ErrNoLog = errors.New("statecache: no delta log")
	// ErrCheckpoint: a checkpoint is damaged or does not belong to the log.
	ErrCheckpoint = errors.New("statecache: bad checkpoint")
	// ErrIntegrity: what is in memory is not what was committed to: a fault of the
	// memory or of this program. Stop serving; see IntegrityError.
	ErrIntegrity = errors.New("statecache: integrity check failed")
	// ErrBadHistory: an earlier block of a snapshot is not in its history.
	ErrBadHistory = errors.New("statecache: block not in the history")
	// ErrOptions: an option is out of range.
	ErrOptions = errors.New("statecache: bad option")
)

// PinnedError says which pin holds the window. It is an ErrBackpressure.
type PinnedError struct {
	Owner    string
	Ref      BlockRef
	Deadline time.Time // zero if none
}

// Error implements error.
func (e *PinnedError) Error() string {
	return fmt.Sprintf("%v: oldest pin is %q at block %v", ErrBackpressure, e.Owner, e.Ref)
}

// Unwrap returns ErrBackpressure.
func (e *PinnedError) Unwrap() error { return ErrBackpressure }

// codes are the stable names of the sentinels, most specific first.
var codes = []struct {
	err  error
	code string
}{
	{ErrBelowFinalized, "ErrBelowFinalized"},
	{ErrTooDeep, "ErrTooDeep"},
	{ErrEmpty, "ErrEmpty"},
	{ErrEvicted, "ErrEvicted"},
	{ErrFuture, "ErrFuture"},
	{ErrUnknownBlock, "ErrUnknownBlock"},
	{ErrOrphaned, "ErrOrphaned"},
	{ErrBadName, "ErrBadName"},
	{ErrNameTaken, "ErrNameTaken"},
	{ErrReserved, "ErrReserved"},
	{ErrBadItem, "ErrBadItem"},
	{ErrBadSlot, "ErrBadSlot"},
	{ErrDuplicateItem, "ErrDuplicateItem"},
	{ErrTooLarge, "ErrTooLarge"},
	{ErrBadBlock, "ErrBadBlock"},
	{ErrNotLinked, "ErrNotLinked"},
	{ErrConflict, "ErrConflict"},
	{ErrBadLog, "ErrBadLog"},
	{ErrUnknownCollection, "ErrUnknownCollection"},
	{ErrDropped, "ErrDropped"},
	{ErrIndexRange, "ErrIndexRange"},
	{ErrMissingValue, "ErrMissingValue"},
	{ErrDuplicateChange, "ErrDuplicateChange"},
	{ErrBackpressure, "ErrBackpressure"},
	{ErrPressure, "ErrPressure"},
	{ErrReleased, "ErrReleased"},
	{ErrExpired, "ErrExpired"},
	{ErrCancelled, "ErrCancelled"},
	{ErrBadHandle, "ErrBadHandle"},
	{ErrNoLogs, "ErrNoLogs"},
	{ErrForeign, "ErrForeign"},
	{ErrNotWatched, "ErrNotWatched"},
	{ErrNoHistory, "ErrNoHistory"},
	{ErrAgeRange, "ErrAgeRange"},
	{ErrNotThen, "ErrNotThen"},
	{ErrInvalidProof, "ErrInvalidProof"},
	{ErrLogCorrupt, "ErrLogCorrupt"},
	{ErrDiverged, "ErrDiverged"},
	{ErrLog, "ErrLog"},
	{ErrFollower, "ErrFollower"},
	{ErrNoLog, "ErrNoLog"},
	{ErrCheckpoint, "ErrCheckpoint"},
	{ErrIntegrity, "ErrIntegrity"},
	{ErrBadHistory, "ErrBadHistory"},
	{ErrOptions, "ErrOptions"},
}

// Code returns the name of the sentinel that err is ("ErrEvicted"), for test
// vectors and messages; "" if err is none of them.
func Code(err error) string {
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return ""
}
