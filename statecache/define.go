package statecache

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// definitions is the list of everything ever defined, in order. It only grows
// and is not rolled back: a row says how much of it is in effect, and what a
// rollback takes out of effect is pending again.
type definitions struct {
	cols   []*definition // by handle - 1
	byName map[string]*definition
	ops    []defOp
}

// definition is a collection with all its items, pending ones included.
type definition struct {
	name   string
	base   [32]byte
	handle uint32
	items  []Item
	hashes []fr.Element
	seen   map[fr.Element]struct{} // hashes
}

// defOp says that a collection has these items from some block on. The slices
// are prefixes of the definition's, safe to read while it grows.
type defOp struct {
	def    *definition
	items  []Item
	hashes []fr.Element
}

// Define adds a collection. It takes effect at the next applied block, whose
// changes must hold a value for each of its items.
func (c *Cache) Define(col Collection) error {
	if c.follower {
		return fmt.Errorf("define %q: %w", col.Name, ErrFollower)
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
	c.writer.Lock()
	defer c.writer.Unlock()
	if err := c.defs.canDefine(col.Name); err != nil {
		return err
	}
	def := &definition{name: col.Name, base: col.Base, seen: map[fr.Element]struct{}{}}
	if err := def.canExtend(hashes); err != nil {
		return err
	}
	if err := c.append(recDefine, appendCollection(nil, &col)); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.defs.add(def)
	c.defs.extend(def, col.Items, hashes)
	return nil
}

// Extend appends items to a collection. They take effect at the next applied
// block, whose changes must hold a value for each of them.
func (c *Cache) Extend(name string, items []Item) error {
	if c.follower {
		return fmt.Errorf("extend %q: %w", name, ErrFollower)
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
	if err := def.canExtend(hashes); err != nil {
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
	listed := map[*definition]uint32{}
	for _, op := range c.defs.pending(c.inEffect()) {
		from, ok := listed[op.def]
		if !ok {
			from = c.lengthInEffect(op.def)
		}
		for i := from; i < uint32(len(op.items)); i++ {
			out = append(out, Watch{op.def.name, i, op.items[i]})
		}
		listed[op.def] = uint32(len(op.items))
	}
	return out
}

// Collections returns all definitions, pending items included, by handle from 1.
func (c *Cache) Collections() []Collection {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Collection, len(c.defs.cols))
	for i, def := range c.defs.cols {
		out[i] = Collection{Name: def.name, Base: def.base, Items: def.items[:len(def.items):len(def.items)]}
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
func (c *Cache) lengthInEffect(def *definition) uint32 {
	if head := c.head(); head != nil {
		if col := head.column(def.handle); col != nil {
			return col.len()
		}
	}
	return 0
}

func (d *definitions) canDefine(name string) error {
	if _, taken := d.byName[name]; taken {
		return ErrNameTaken
	}
	if len(d.cols)+2 > MaxCollections {
		return ErrTooLarge
	}
	return nil
}

// add registers a new collection and gives it its handle.
func (d *definitions) add(def *definition) {
	d.cols = append(d.cols, def)
	def.handle = uint32(len(d.cols))
	if d.byName == nil {
		d.byName = map[string]*definition{}
	}
	d.byName[def.name] = def
}

// extend appends items and records the operation.
func (d *definitions) extend(def *definition, items []Item, hashes []fr.Element) {
	def.items = append(def.items, items...)
	def.hashes = append(def.hashes, hashes...)
	for i := range hashes {
		def.seen[hashes[i]] = struct{}{}
	}
	n := len(def.items)
	d.ops = append(d.ops, defOp{def, def.items[:n:n], def.hashes[:n:n]})
}

// pending returns the operations after the first n.
func (d *definitions) pending(n int) []defOp { return d.ops[n:len(d.ops):len(d.ops)] }

// canExtend reports duplicates among new items and with those of the collection.
func (d *definition) canExtend(hashes []fr.Element) error {
	if len(d.items)+len(hashes) > MaxItems {
		return ErrTooLarge
	}
	fresh := make(map[fr.Element]struct{}, len(hashes))
	for i := range hashes {
		if _, dup := d.seen[hashes[i]]; dup {
			return fmt.Errorf("%w: number %d of the new ones", ErrDuplicateItem, i)
		}
		if _, dup := fresh[hashes[i]]; dup {
			return fmt.Errorf("%w: number %d of the new ones", ErrDuplicateItem, i)
		}
		fresh[hashes[i]] = struct{}{}
	}
	return nil
}

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
