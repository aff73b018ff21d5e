package statecache

import (
	"cmp"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// View reads the state after one block. Its answers never change until it is
// released, also when the block is rolled back under it (Orphaned). Once its pin
// ends otherwise (the deadline passed, it was cancelled) every read fails, and
// Err says why. All methods are safe for concurrent use; reads take no lock.
type View struct {
	c    *Cache
	pin  *pin
	rows []*version // what was retained when the view was taken; the last is v
	v    *version
	past map[uint64]*View // of a snapshot: the earlier blocks at hand, by height

	histNodes map[uint64][8]fr.Element // of a snapshot: nodes of the history, by address
}

// pin is what the cache knows of a view and of the aged views made from it.
type pin struct {
	owner    string
	ref      BlockRef
	deadline time.Time

	low  uint64 // oldest height that the view may read at an age
	hold uint64 // guarded by mu: eviction stops here. The block's height or, once it is orphaned, the fork's

	state  atomic.Uint32 // a pinState
	done   chan struct{} // closed when state is no longer pinLive
	orphan atomic.Pointer[orphan]
}

// pinState says whether a view answers.
type pinState = uint32

const (
	pinLive pinState = iota
	pinReleased
	pinExpired
	pinCancelled
)

// err returns why the pin's views do not answer, nil while they do.
func (p *pin) err() error {
	switch p.state.Load() {
	case pinLive:
		return nil
	case pinReleased:
		return ErrReleased
	case pinCancelled:
		return ErrCancelled
	}
	return ErrExpired
}

// end makes a live pin's views fail and reports whether it was live.
func (p *pin) end(as pinState) bool {
	if !p.state.CompareAndSwap(pinLive, as) {
		return false
	}
	close(p.done)
	return true
}

// holds reports whether the pin keeps its blocks.
func (p *pin) holds() bool { return p.state.Load() == pinLive }

// Pin describes a live view.
type Pin struct {
	Owner     string
	Ref       BlockRef
	Deadline  time.Time // zero if none
	Orphaned  bool
	Expired   bool
	Cancelled bool
}

// View pins a retained block for owner (a job id: it is named when the pin
// stands in the way). The pin stops eviction of the block and of newer ones
// until Release, or until Expire meets the deadline (zero: none). If the block is
// rolled back, the pin holds the block it forked from instead.
//
// Errors: ErrEmpty, ErrEvicted, ErrFuture, ErrUnknownBlock, ErrOrphaned, and
// ErrBackpressure (a *PinnedError) when pins already hold the window at its cap,
// ErrPressure when the memory budget is used up.
func (c *Cache) View(ref BlockRef, owner string, deadline time.Time) (*View, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, err := c.find(ref)
	if err != nil {
		return nil, fmt.Errorf("view of block %v: %w", ref, err)
	}
	if p := c.lowestPin(); p != nil && len(c.rows) >= c.opts.HardCap {
		return nil, fmt.Errorf("view of block %v: %w", ref, &PinnedError{Owner: p.owner, Ref: p.ref, Deadline: p.deadline})
	}
	if err := c.pressed(LevelRefuseJobs); err != nil {
		return nil, fmt.Errorf("view of block %v: %w", ref, err)
	}
	low := c.rows[0].header.Ref.Number
	p := &pin{owner: owner, ref: ref, deadline: deadline, low: low, hold: ref.Number, done: make(chan struct{})}
	c.pins[p] = struct{}{}
	return &View{c: c, pin: p, rows: slices.Clone(c.rows[:ref.Number-low+1]), v: v}, nil
}

// lowestPin returns the pin that holds the oldest block, nil if there is none.
// Requires mu.
func (c *Cache) lowestPin() *pin {
	var low *pin
	for p := range c.pins {
		if p.holds() && (low == nil || p.hold < low.hold) {
			low = p
		}
	}
	return low
}

// Pins lists the live views, oldest block first.
func (c *Cache) Pins() []Pin {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Pin, 0, len(c.pins))
	for p := range c.pins {
		out = append(out, p.describe())
	}
	slices.SortFunc(out, func(a, b Pin) int {
		return cmp.Or(cmp.Compare(a.Ref.Number, b.Ref.Number), cmp.Compare(a.Owner, b.Owner))
	})
	return out
}

// Expire ends the pins whose deadline is before now and returns them: they no
// longer stop eviction, and every read of their views is ErrExpired.
func (c *Cache) Expire(now time.Time) []Pin {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Pin
	for p := range c.pins {
		if p.deadline.IsZero() || !p.deadline.Before(now) || !p.end(pinExpired) {
			continue
		}
		out = append(out, p.describe())
		c.opts.Logger.Warn("pin expired", slog.String("owner", p.owner), slog.Uint64("height", p.ref.Number))
	}
	return out
}

// Cancel ends all pins of an owner and returns how many: every read of their
// views is ErrCancelled.
func (c *Cache) Cancel(owner string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for p := range c.pins {
		if p.owner == owner && p.end(pinCancelled) {
			n++
		}
	}
	return n
}

func (p *pin) describe() Pin {
	s := p.state.Load()
	return Pin{p.owner, p.ref, p.deadline, p.orphan.Load() != nil, s == pinExpired, s == pinCancelled}
}

// Release ends the view and its pin, and those of the views Aged made from it.
// Releasing twice is harmless.
func (v *View) Release() {
	if !v.pin.end(pinReleased) && v.pin.state.Swap(pinReleased) == pinReleased {
		return
	}
	v.c.mu.Lock()
	defer v.c.mu.Unlock()
	delete(v.c.pins, v.pin)
}

// Orphaned reports whether the view's block was rolled back since the view was
// taken. It stays true if the block is applied again.
func (v *View) Orphaned() bool {
	o := v.pin.orphan.Load()
	return o != nil && v.v.seq > o.fork
}

// Expired reports whether the pin's deadline has passed.
func (v *View) Expired() bool { return v.pin.state.Load() == pinExpired }

// Done returns a channel that is closed when the view ends: released, expired or
// cancelled.
func (v *View) Done() <-chan struct{} { return v.pin.done }

// Err returns why the view does not answer: ErrReleased, ErrExpired or
// ErrCancelled; nil while it does. What was read before Err returned nil is right.
func (v *View) Err() error { return v.pin.err() }

// Ref returns the view's block.
func (v *View) Ref() BlockRef { return v.v.header.Ref }

// Header returns the view's block header.
func (v *View) Header() BlockHeader { return v.v.header }

// ChainID returns the chain id that the commitment binds.
func (v *View) ChainID() uint64 { return v.v.preimage[1].Uint64() }

// Commitment returns the state commitment.
func (v *View) Commitment() fr.Element { return v.v.commitment }

// CommitmentBytes returns the state commitment as bytes32.
func (v *View) CommitmentBytes() Commitment { return v.v.commitment.Bytes() }

// column returns the collection of a handle; its collection is nil if there is
// none, it was dropped, or the view has ended: see missing.
func (v *View) column(handle uint32) column {
	if v.pin.state.Load() != pinLive || uint64(handle) >= uint64(len(v.v.cols)) || v.v.cols[handle].gone {
		return column{}
	}
	return v.v.cols[handle]
}

// Find returns the handle of a collection: its directory index.
func (v *View) Find(name string) (handle uint32, ok bool) {
	if v.Err() != nil {
		return 0, false
	}
	if handle, ok = v.v.names[name]; !ok || v.v.cols[handle].gone {
		return 0, false
	}
	return handle, true
}

// Name returns a collection's name.
func (v *View) Name(handle uint32) (string, bool) {
	if col := v.column(handle); col.collection != nil {
		return col.name, true
	}
	return "", false
}

// Base returns the mapping slot a collection was defined with, 0 if none.
func (v *View) Base(handle uint32) ([32]byte, bool) {
	if col := v.column(handle); col.collection != nil {
		return col.base, true
	}
	return [32]byte{}, false
}

// Count returns how many collections there are, the header collection included.
// Handles are below it; those of dropped collections are not used again.
func (v *View) Count() uint32 {
	if v.Err() != nil {
		return 0
	}
	return uint32(len(v.v.cols))
}

// Len returns how many items a collection has.
func (v *View) Len(handle uint32) (n uint32, ok bool) {
	col := v.column(handle)
	return col.n, col.collection != nil
}

// Value returns an item's value, big-endian; false if there is no such item or
// the view has ended.
func (v *View) Value(handle, index uint32) (value [32]byte, ok bool) {
	col := v.column(handle)
	if index >= col.n {
		return value, false
	}
	var w [4]uint64
	if v.load(col.values, 0, uint64(index), valueWord, w[:]) != nil {
		return value, false
	}
	return getWord(w[:]), true
}

// Values reads len(dst) consecutive values from index on; false, with dst
// untouched, if they are not all there or the view has ended.
func (v *View) Values(handle, index uint32, dst [][32]byte) bool {
	col := v.column(handle)
	if col.collection == nil || uint64(index)+uint64(len(dst)) > uint64(col.n) {
		return false
	}
	for i := range dst {
		value, ok := v.Value(handle, index+uint32(i))
		if !ok {
			clear(dst[:i])
			return false
		}
		dst[i] = value
	}
	return true
}

// Item returns what an item watches.
func (v *View) Item(handle, index uint32) (Item, bool) {
	col := v.column(handle)
	if index >= col.n {
		return Item{}, false
	}
	return col.items.get(uint64(index)), true
}

// ItemsRoot returns a collection's manifest: the root over its items, a field
// element, big-endian.
func (v *View) ItemsRoot(handle uint32) ([32]byte, bool) {
	col := v.column(handle)
	if col.collection == nil {
		return [32]byte{}, false
	}
	root, err := v.root(col.list, col.span())
	return root.Bytes(), err == nil
}

// Aged returns a view of the block age heights earlier, on the same branch,
// which lives and dies with v. Errors: ErrReleased; ErrNoHistory; ErrAgeRange
// if that block was not retained when v was taken.
func (v *View) Aged(age uint64) (*View, error) {
	switch {
	case v.Err() != nil:
		return nil, v.Err()
	case age == 0:
		return v, nil
	case v.past != nil:
		return v.remembered(age)
	case !v.keepsHistory():
		return nil, ErrNoHistory
	case age >= uint64(len(v.rows)):
		return nil, fmt.Errorf("%w: %d of %d", ErrAgeRange, age, len(v.rows)-1)
	}
	n := uint64(len(v.rows)) - age
	return &View{c: v.c, pin: v.pin, rows: v.rows[:n], v: v.rows[n-1]}, nil
}

// remembered is Aged of a snapshot.
func (v *View) remembered(age uint64) (*View, error) {
	height := v.v.header.Ref.Number
	if age <= height && v.past[height-age] != nil {
		return v.past[height-age], nil
	}
	return nil, fmt.Errorf("%w: %d", ErrAgeRange, age)
}

func (v *View) keepsHistory() bool { return !v.c.opts.NoHistory }

// ValueAt returns the value that an item of the view's block had age heights
// earlier. Errors: those of Aged, ErrBadHandle, ErrIndexRange, and ErrNotThen if
// the item was not watched then.
func (v *View) ValueAt(age uint64, handle, index uint32) ([32]byte, error) {
	old, err := v.Aged(age)
	if err != nil {
		return [32]byte{}, err
	}
	col := v.column(handle)
	switch {
	case col.collection == nil:
		return [32]byte{}, fmt.Errorf("%w: handle %d", v.missing(handle), handle)
	case index >= col.n:
		return [32]byte{}, fmt.Errorf("%w: %d of %d", ErrIndexRange, index, col.n)
	}
	value, ok := old.Value(handle, index)
	if err := v.Err(); !ok && err != nil {
		return [32]byte{}, err
	}
	if !ok {
		return [32]byte{}, fmt.Errorf("%w: %q item %d, age %d", ErrNotThen, col.name, index, age)
	}
	return value, nil
}
