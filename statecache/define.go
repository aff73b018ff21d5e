package statecache

import (
	"fmt"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// definitions is the list of everything ever defined, in order. It only grows
// and is not rolled back: a row says how much of it is in effect, and what a
// rollback takes out of effect is pending again.
type definitions struct {
	byName map[string]*collection
	ops    []defOp
}

// defOp says that a collection has its first n items from some block on, or is
// dropped.
type defOp struct {
	def  *collection
	n    uint32
	drop bool // it is gone
}

// Define adds a collection. It takes effect at the next applied block, whose
// changes must hold a value for each of its items. Blocks that were applied
// before are committed to without it, for ever: there are no back-values. A view
// of such a block has no handle for it (ErrBadHandle; ErrIndexRange for the items
// of Extend), and an aged read says ErrNotThen. That depends on the block alone,
// not on what was defined since, so that a run at that block ends the same
// whenever it is repeated. After a rollback the definition takes effect at the
// first block of the new branch.
//
// Errors: ErrBadName, ErrReserved, ErrNameTaken, ErrBadItem, ErrBadSlot,
// ErrDuplicateItem, ErrTooLarge, ErrPressure, ErrFollower, ErrLog.
func (c *Cache) Define(col Collection) error {
	if c.follower {
		return fmt.Errorf("define %q: %w", col.Name, ErrFollower)
	}
	if err := c.watchesAllowed(); err != nil {
		return fmt.Errorf("define %q: %w", col.Name, err)
	}
	if err := c.define(col); err != nil {
		return fmt.Errorf("define %q: %w", col.Name, err)
	}
	return nil
}

func (c *Cache) define(col Collection) error {
	switch {
	case !ValidName(col.Name):
		return ErrBadName
	case col.Name == HeaderName:
		return ErrReserved
	}
	hashes, err := checkItems(col.Items)
	if err != nil {
		return err
	}
	if err := c.checkSlots(col.Base, col.Items, 0); err != nil {
		return err
	}
	c.writer.Lock()
	defer c.writer.Unlock()
	if err := c.canDefine(col.Name); err != nil {
		return err
	}
	if err := newItems(c.st.addrs, new(atomic.Int64)).canAppend(col.Items); err != nil {
		return err
	}
	if err := c.append(recDefine, appendCollection(nil, &col)); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	def := c.st.add(col.Name, col.Base)
	c.defs.byName[col.Name] = def
	if !col.Lease.IsZero() {
		c.leases[col.Name] = col.Lease
	}
	c.defs.extend(def, col.Items, hashes)
	return nil
}

// Extend appends items to a collection. They take effect at the next applied
// block, whose changes must hold a value for each of them.
func (c *Cache) Extend(name string, items []Item) error {
	if c.follower {
		return fmt.Errorf("extend %q: %w", name, ErrFollower)
	}
	if err := c.watchesAllowed(); err != nil {
		return fmt.Errorf("extend %q: %w", name, err)
	}
	if err := c.extend(name, items); err != nil {
		return fmt.Errorf("extend %q: %w", name, err)
	}
	return nil
}

func (c *Cache) extend(name string, items []Item) error {
	if name == HeaderName {
		return ErrReserved
	}
	hashes, err := checkItems(items)
	if err != nil {
		return err
	}
	c.writer.Lock()
	defer c.writer.Unlock()
	def, ok := c.defs.byName[name]
	if !ok {
		return ErrUnknownCollection
	}
	if def.dropped {
		return ErrDropped
	}
	if err := c.checkSlots(def.base, items, def.items.n); err != nil {
		return err
	}
	if err := def.items.canAppend(items); err != nil {
		return err
	}
	if len(items) == 0 {
		return nil
	}
	if err := c.append(recExtend, appendCollection(nil, &Collection{Name: name, Items: items})); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.defs.extend(def, items, hashes)
	return nil
}

// Pending returns the items that take effect at the next applied block, which
// must bring their values, in the order of definition.
func (c *Cache) Pending() []Watch {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Watch
	listed := map[*collection]uint32{}
	for _, op := range c.defs.pending(c.inEffect()) {
		if op.def.dropped {
			continue
		}
		from, ok := listed[op.def]
		if !ok {
			from = c.lengthInEffect(op.def)
		}
		for i := from; i < op.n; i++ {
			out = append(out, Watch{op.def.name, i, op.def.items.get(uint64(i))})
		}
		listed[op.def] = op.n
	}
	return out
}

// Collections returns all definitions but dropped ones, pending items included,
// by handle.
func (c *Cache) Collections() []Collection {
	c.mu.Lock()
	defer c.mu.Unlock()
	defs := c.st.cols[1:]
	out := make([]Collection, 0, len(defs))
	for _, def := range defs {
		if !def.dropped {
			out = append(out, Collection{Name: def.name, Base: def.base, Items: def.items.list(0, def.items.n)})
		}
	}
	return out
}

// inEffect returns how many operations the head has. Requires c.mu.
func (c *Cache) inEffect() int {
	if head := c.head(); head != nil {
		return head.defs
	}
	return 0
}

// lengthInEffect returns a collection's length at the head. Requires c.mu.
func (c *Cache) lengthInEffect(def *collection) uint32 {
	if head := c.head(); head != nil && uint64(def.handle) < uint64(len(head.cols)) {
		return head.cols[def.handle].n
	}
	return 0
}

func (c *Cache) canDefine(name string) error {
	if def, taken := c.defs.byName[name]; taken && def.dropped {
		return fmt.Errorf("%w: %w", ErrNameTaken, ErrDropped)
	} else if taken {
		return ErrNameTaken
	}
	if len(c.st.cols)+1 > MaxCollections {
		return ErrTooLarge
	}
	return nil
}

// extend appends items and records the operation.
func (d *definitions) extend(def *collection, items []Item, hashes []fr.Element) {
	for i := range items {
		def.items.append(&items[i], hashes[i])
	}
	d.ops = append(d.ops, defOp{def: def, n: uint32(def.items.n)})
}

// pending returns the operations after the first n.
func (d *definitions) pending(n int) []defOp { return d.ops[n:len(d.ops):len(d.ops)] }

// checkItems reports items that cannot be watched and hashes the others.
func checkItems(items []Item) ([]fr.Element, error) {
	if len(items) > MaxItems {
		return nil, ErrTooLarge
	}
	for i := range items {
		it := &items[i]
		switch {
		case !it.Kind.Valid() || it.Kind == KindHeader:
			return nil, fmt.Errorf("%w: item %d has kind %v", ErrBadItem, i, it.Kind)
		case it.Kind != KindSlot && (it.Slot != [32]byte{} || it.Key != [32]byte{}):
			return nil, fmt.Errorf("%w: item %d of kind %v has a slot or key", ErrBadItem, i, it.Kind)
		}
	}
	return hashItems(items), nil
}
