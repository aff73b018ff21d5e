package statecache

import (
	"fmt"
	"slices"
	"time"
)

// Difference is an item whose value two blocks do not share.
type Difference struct {
	Handle, Index uint32
	Before, After [32]byte
	Was, Is       bool // whether it was watched at the first block, at the second
}

// Diff lists what differs between two retained blocks, by handle and index. It
// looks only at what changed between them. Errors: those of View.
func (c *Cache) Diff(a, b BlockRef) ([]Difference, error) {
	va, err := c.View(a, "diff", time.Time{})
	if err != nil {
		return nil, fmt.Errorf("diff: %w", err)
	}
	defer va.Release()
	vb, err := c.View(b, "diff", time.Time{})
	if err != nil {
		return nil, fmt.Errorf("diff: %w", err)
	}
	defer vb.Release()
	return va.Diff(vb)
}

// Diff lists what differs between the view's block and another's, which may lie
// on another branch: a job whose block was rolled back learns what the new branch
// changed. Errors: ErrReleased, ErrExpired; ErrForeign if other is of another
// cache.
func (v *View) Diff(other *View) ([]Difference, error) {
	if v.c != other.c {
		return nil, fmt.Errorf("diff: %w", ErrForeign)
	}
	touched := v.c.touched(v, other)
	var out []Difference
	for _, addr := range touched {
		_, handle, _, i := splitAddress(addr)
		d := Difference{Handle: handle, Index: uint32(i)}
		d.Before, d.Was = v.Value(handle, d.Index)
		d.After, d.Is = other.Value(handle, d.Index)
		if d.Was != d.Is || d.Before != d.After {
			out = append(out, d)
		}
	}
	for _, view := range []*View{v, other} {
		if err := view.Err(); err != nil {
			return nil, fmt.Errorf("diff: %w", err)
		}
	}
	return out, nil
}

// touched lists the addresses of all values that may differ between two views,
// sorted: those that blocks between them changed or made. Rollbacks wait.
func (c *Cache) touched(a, b *View) []uint64 {
	c.writer.Lock()
	defer c.writer.Unlock()
	c.mu.Lock()
	rows := slices.Concat(c.tail, c.rows)
	c.mu.Unlock()
	var out []uint64
	take := func(addrs []uint64) {
		for _, addr := range addrs {
			if kind, _, level, _ := splitAddress(addr); kind == treeLeaves && level == 0 {
				out = append(out, addr)
			}
		}
	}
	lo, hi := a.anchor(take), b.anchor(take)
	if lo > hi {
		lo, hi = hi, lo
	}
	for _, row := range rows {
		if row.seq > lo && row.seq <= hi {
			if ch := c.st.ring.get(row.seq); ch != nil { // else a pin ended, and Diff will fail
				take(ch.addr[:ch.leaves])
			}
		}
	}
	for handle := range max(len(a.v.cols), len(b.v.cols)) {
		n, m := a.v.spanOf(treeLeaves, uint32(handle)).hi, b.v.spanOf(treeLeaves, uint32(handle)).hi
		for i := min(n, m); i < max(n, m); i++ {
			out = append(out, address(treeID(treeLeaves, uint32(handle)), 0, i))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// anchor returns the sequence number of the newest canonical block below or at
// the view's, and gives the addresses that the dropped blocks above changed.
func (v *View) anchor(take func([]uint64)) uint64 {
	o := v.pin.orphan.Load()
	if o == nil || v.v.seq <= o.fork {
		return v.v.seq
	}
	for _, r := range o.redo {
		if r.seq <= v.v.seq {
			take(r.addr)
		}
	}
	return o.fork
}
