package follower

import (
	"fmt"
	"math"

	"vmhost/statecache"
)

// Limits bound what a Core keeps and accepts.
type Limits struct {
	// Window is the deepest reorganisation that is followed, in blocks; 0 means 256.
	Window uint64
	// MaxGap is how many headers may be backfilled at once; 0 means 8192.
	MaxGap uint64
	// MaxBehind is how many blocks below the chain's tip another node's head may
	// be before it is a fault, after Switch; 0 means 8.
	MaxBehind uint64
}

// progressEvery is how many headers of a backfill make a Progress.
const progressEvery = 128

func (l Limits) withDefaults() Limits {
	if l.Window == 0 {
		l.Window = 256
	}
	if l.MaxGap == 0 {
		l.MaxGap = 8192
	}
	if l.MaxBehind == 0 {
		l.MaxBehind = 8
	}
	return l
}

// link is what the core remembers of a block of the chain.
type link struct {
	ref  statecache.BlockRef
	time uint64 // 0 if unknown
}

// Core is the pure decision half of a follower; see the package comment.
type Core struct {
	limits    Limits
	chain     []link // contiguous, lowest first; the last is the tip
	branch    []*Header
	finalized statecache.BlockRef
	future    statecache.BlockRef // finalized block above the tip, not yet checked
	safe      statecache.BlockRef
	fault     error
	// from is where a core without a chain begins.
	from uint64
	// top is the highest head that the present node showed.
	top uint64
	// spare holds the headers of abandoned backfills, so that they go on rather
	// than begin again.
	spare map[[32]byte]*Header
}

// NewCore returns a core with no chain: the first header becomes the tip, unless
// Begin was called.
func NewCore(limits Limits) *Core {
	return &Core{limits: limits.withDefaults(), from: math.MaxUint64, spare: map[[32]byte]*Header{}}
}

// Begin makes a core without a chain begin at this height, if the first head is
// above: the blocks between are backfilled, so that the chain is one that the
// head itself names.
func (c *Core) Begin(from uint64) { c.from = from }

// Switch says that another node answers from now on, whose highest head so far
// was top (0 if it never answered). It may be a little behind the chain. What the
// node before said to be final above the chain is forgotten.
func (c *Core) Switch(top uint64) { c.top, c.future = top, statecache.BlockRef{} }

// Resume returns a core whose chain is known up to now, lowest first, as after a
// restart. The blocks must be contiguous; finalized may be zero.
func Resume(limits Limits, chain []statecache.BlockRef, finalized statecache.BlockRef) (*Core, error) {
	c := NewCore(limits)
	for i, ref := range chain {
		if i > 0 && ref.Number != chain[i-1].Number+1 {
			return nil, fmt.Errorf("resume at %v after %v: %w", ref, chain[i-1], ErrBadLink)
		}
		c.chain = append(c.chain, link{ref: ref})
	}
	c.finalized = finalized
	c.trim()
	return c, nil
}

// Tip returns the head of the chain; ok is false before the first header.
func (c *Core) Tip() (ref statecache.BlockRef, ok bool) {
	if len(c.chain) == 0 {
		return statecache.BlockRef{}, false
	}
	return c.chain[len(c.chain)-1].ref, true
}

// abreast is how many blocks below the tip a node's head is as good as the tip.
const abreast = 2

// Abreast reports whether a node whose head this is follows the same chain as
// closely: its head is the tip, its child, or a block just below.
func (c *Core) Abreast(h *Header) bool {
	tip, ok := c.Tip()
	if !ok {
		return false
	}
	_, known := c.find(h.Ref)
	return known && tip.Number-h.Ref.Number <= abreast || h.Ref.Number > 0 && h.Parent() == tip
}

// Finalized returns the last finalized block, zero if none is known.
func (c *Core) Finalized() statecache.BlockRef { return c.finalized }

// Paused returns the fault that the last header ended in, nil if it fitted.
func (c *Core) Paused() error { return c.fault }

// Step takes a head that the node announced. An unfinished backfill is left
// for later: the newest head is what counts.
func (c *Core) Step(h *Header) []Event {
	c.abandon()
	top := c.top
	c.top = max(top, h.Ref.Number)
	tip, ok := c.Tip()
	if !ok {
		return c.first(h)
	}
	if _, ok := c.find(h.Ref); ok {
		// The tip again: a node that had gone back has returned. Another node may
		// still be on its way to the tip.
		if h.Ref == tip || h.Ref.Number >= top && tip.Number-h.Ref.Number <= c.limits.MaxBehind {
			c.fault = nil
			return nil
		}
		return c.failed(h.Ref, fmt.Errorf("head %v, before it was %v: %w", h.Ref, tip, ErrWentBack))
	}
	if h.Ref.Number > tip.Number && h.Ref.Number-tip.Number > c.limits.MaxGap {
		return c.failed(h.Ref, fmt.Errorf("head %v, chain ends at %v: %w", h.Ref, tip, ErrGap))
	}
	return c.extend(h)
}

// first begins the chain at a head, or below it.
func (c *Core) first(h *Header) []Event {
	if h.Ref.Number > c.from {
		if h.Ref.Number-c.from > c.limits.MaxGap {
			return c.failed(h.Ref, fmt.Errorf("head %v, begin at %d: %w", h.Ref, c.from, ErrGap))
		}
		return c.extend(h)
	}
	c.chain = []link{{h.Ref, h.Timestamp}}
	return c.advance(&Advanced{h})
}

// abandon keeps what an unfinished backfill fetched.
func (c *Core) abandon() {
	if uint64(len(c.spare)+len(c.branch)) > c.limits.MaxGap {
		clear(c.spare)
	}
	for _, h := range c.branch {
		c.spare[h.Ref.Hash] = h
	}
	c.branch = nil
}

// Backfill takes the header that the last Need asked for. Another header is a
// faulty answer.
func (c *Core) Backfill(h *Header) []Event {
	if len(c.branch) == 0 || c.branch[len(c.branch)-1].Parent() != h.Ref {
		c.abandon()
		return c.failed(h.Ref, fmt.Errorf("backfill %v was not asked for: %w", h.Ref, ErrBadLink))
	}
	return c.extend(h)
}

// extend adds a header below the branch, and those that are spare, until the
// branch meets the chain or a header is missing.
func (c *Core) extend(h *Header) []Event {
	for {
		if h.Ref.Number == 0 && len(c.chain) > 0 {
			return c.failed(h.Ref, fmt.Errorf("another genesis %v: %w", h.Ref, ErrBelowFinalized))
		}
		// Equal times are no fault: development nodes seal several blocks a second.
		if n := len(c.branch); n > 0 && c.branch[n-1].Timestamp < h.Timestamp {
			return c.failed(h.Ref, fmt.Errorf("timestamp of %v is before its parent's: %w", c.branch[n-1].Ref, ErrBadLink))
		}
		c.branch = append(c.branch, h)
		if len(c.chain) == 0 && h.Ref.Number <= c.from {
			return c.connect(-1)
		}
		parent := h.Parent()
		if i, ok := c.find(parent); ok {
			return c.connect(i)
		}
		if err := c.hopeless(h, parent); err != nil {
			return c.failed(h.Ref, err)
		}
		spare, ok := c.spare[parent.Hash]
		if !ok || spare.Ref != parent {
			return c.need(parent)
		}
		h = spare
	}
}

// hopeless says why no ancestor of an unknown parent can be on the chain.
func (c *Core) hopeless(h *Header, parent statecache.BlockRef) error {
	if len(c.chain) == 0 {
		return nil
	}
	base := c.chain[0].ref.Number
	switch {
	case c.finalized != (statecache.BlockRef{}) && parent.Number <= c.finalized.Number:
		return fmt.Errorf("parent of %v, finalized %v: %w", h.Ref, c.finalized, ErrBelowFinalized)
	case parent.Number <= base:
		return fmt.Errorf("parent of %v, oldest block kept %d: %w", h.Ref, base, ErrTooDeep)
	}
	return nil
}

// need asks for a header, and tells now and then how far the backfill is.
func (c *Core) need(parent statecache.BlockRef) []Event {
	events := []Event{&Need{parent}}
	if n := uint64(len(c.branch)); n%progressEvery == 0 {
		p := &Progress{Head: c.branch[0].Ref, Fetched: n - 1}
		low := c.from
		if tip, ok := c.Tip(); ok {
			low = tip.Number + 1
		}
		if parent.Number >= low {
			p.Missing = parent.Number - low + 1
		}
		events = []Event{p, events[0]}
	}
	return events
}

// connect switches the chain to the branch, which hangs on chain[i]; i is -1 if
// it is the first.
func (c *Core) connect(i int) []Event {
	var ancestor link
	if i >= 0 {
		ancestor = c.chain[i]
	}
	lowest := c.branch[len(c.branch)-1]
	if lowest.Timestamp < ancestor.time {
		return c.failed(lowest.Ref, fmt.Errorf("timestamp of %v is before its parent's: %w", lowest.Ref, ErrBadLink))
	}
	if i >= 0 && c.finalized != (statecache.BlockRef{}) && ancestor.ref.Number < c.finalized.Number {
		return c.failed(lowest.Ref, fmt.Errorf("ancestor %v, finalized %v: %w", ancestor.ref, c.finalized, ErrBelowFinalized))
	}
	reverted := len(c.chain) - 1 - i
	if uint64(reverted) > c.limits.Window {
		return c.failed(lowest.Ref, fmt.Errorf("ancestor %v, %d blocks deep: %w", ancestor.ref, reverted, ErrTooDeep))
	}
	applied := make([]*Header, 0, len(c.branch))
	for j := len(c.branch) - 1; j >= 0; j-- {
		applied = append(applied, c.branch[j])
	}
	c.branch = nil
	clear(c.spare)
	var out []Event
	if reverted > 0 {
		r := &Reorged{CommonAncestor: ancestor.ref, Applied: applied}
		for j := len(c.chain) - 1; j > i; j-- {
			r.Reverted = append(r.Reverted, c.chain[j].ref)
		}
		out = append(out, r)
	} else {
		for _, h := range applied {
			out = append(out, &Advanced{h})
		}
	}
	c.chain = c.chain[:i+1]
	for _, h := range applied {
		c.chain = append(c.chain, link{h.Ref, h.Timestamp})
	}
	return c.advance(out...)
}

// advance ends a step that moved the tip.
func (c *Core) advance(events ...Event) []Event {
	c.fault = nil
	if f := c.future; f != (statecache.BlockRef{}) {
		if tip, _ := c.Tip(); tip.Number >= f.Number {
			c.future = statecache.BlockRef{}
			events = append(events, c.Finalize(f)...)
		}
	}
	if _, ok := c.find(c.safe); !ok {
		c.safe = statecache.BlockRef{} // reverted: the node will tell another
	}
	c.trim()
	return events
}

// Finalize takes the node's finalized block.
func (c *Core) Finalize(ref statecache.BlockRef) []Event {
	tip, ok := c.Tip()
	switch {
	case !ok || ref.Number > tip.Number:
		c.future = ref // the node is ahead of the heads it told: check it then
		return nil
	case ref.Number <= c.finalized.Number && c.finalized != (statecache.BlockRef{}):
		if ref.Number == c.finalized.Number && ref.Hash != c.finalized.Hash {
			return c.failed(ref, fmt.Errorf("finalized %v, before it was %v: %w", ref, c.finalized, ErrFinalizedMismatch))
		}
		return nil // a lagging answer
	case ref.Number < c.chain[0].ref.Number:
		return nil // older than what is kept
	}
	if _, ok := c.find(ref); !ok {
		ours := c.chain[ref.Number-c.chain[0].ref.Number].ref
		return c.failed(ref, fmt.Errorf("finalized %v, ours is %v: %w", ref, ours, ErrFinalizedMismatch))
	}
	c.finalized = ref
	return []Event{&Finalized{ref}}
}

// Safe takes the node's safe block. It may be lower than before, after a
// reorganisation; one that is not on the chain is of another moment and ignored.
func (c *Core) Safe(ref statecache.BlockRef) []Event {
	if _, ok := c.find(ref); !ok || ref == c.safe || ref.Number < c.finalized.Number {
		return nil
	}
	c.safe = ref
	return []Event{&Safe{ref}}
}

// failed records a fault; the chain stays as it is.
func (c *Core) failed(ref statecache.BlockRef, err error) []Event {
	c.branch, c.fault = nil, err
	return []Event{&Fault{Err: err, Ref: ref}}
}

// find returns the position of a block in the chain.
func (c *Core) find(ref statecache.BlockRef) (int, bool) {
	if len(c.chain) == 0 || ref.Number < c.chain[0].ref.Number {
		return 0, false
	}
	i := ref.Number - c.chain[0].ref.Number
	if i >= uint64(len(c.chain)) || c.chain[i].ref.Hash != ref.Hash {
		return 0, false
	}
	return int(i), true
}

// trim drops what no reorganisation can reach: Window blocks below the tip stay.
func (c *Core) trim() {
	keep := c.limits.Window + 1
	if n := uint64(len(c.chain)); n > 2*keep { // now and then, not each block
		c.chain = append([]link(nil), c.chain[n-keep:]...)
	}
}
