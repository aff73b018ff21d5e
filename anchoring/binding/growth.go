package binding

import (
	"encoding/binary"
	"fmt"

	"vmhost/statecache"
)

// MaxGrowth is how long a growing collection becomes at most, unless it says
// otherwise.
const MaxGrowth = 1 << 16

// Growth says how a collection finds new items by itself: the entries of a
// mapping by the keys that events name, or the elements of an array by its
// length. New items are added at the end; none ever moves.
type Growth struct {
	// Collection that grows.
	Collection string
	// Address of the contract, and Base, the slot of the mapping or array.
	Address [20]byte
	Base    [32]byte
	// Offset of the watched word in the value of a mapping, 0 unless that is a
	// struct. Items of another offset have no key: a key binds keccak(key ‖ base).
	Offset uint64
	// Events whose fields are keys of the mapping; nil for an array.
	Events *Events
	// Backfill says that keys are looked up in old logs too, of block From and later.
	Backfill bool
	From     uint64
	// Words is how many slots an element of an array takes, and Packed how many
	// elements share one; one of both is 1 or more.
	Words, Packed uint64
	// Max is the longest the collection becomes; 0 means MaxGrowth.
	Max uint32
}

// Events choose logs and say where in them keys are.
type Events struct {
	Filter
	// Topics (1 to 3) and 32-byte words of the data (from 0) that are keys.
	KeyTopics, KeyWords []int
}

// Keys returns the keys that a log names, if the filter chooses it.
func (e *Events) Keys(l *Log) (out [][32]byte) {
	if !e.Match(l) {
		return nil
	}
	for _, i := range e.KeyTopics {
		if i < len(l.Topics) {
			out = append(out, l.Topics[i])
		}
	}
	for _, i := range e.KeyWords {
		if len(l.Data) >= 32*(i+1) {
			out = append(out, [32]byte(l.Data[32*i:]))
		}
	}
	return out
}

// Entry is the item of a mapping's entry.
func (g *Growth) Entry(key [32]byte) statecache.Item {
	it := statecache.Item{Address: g.Address, Slot: MappingSlot(key, g.Base)}
	if g.Offset == 0 {
		it.Key = key
	} else {
		it.Slot = AddSlot(it.Slot, g.Offset)
	}
	return it
}

// Elements are the items of an array's first n elements, without its length.
func (g *Growth) Elements(n uint64) []statecache.Item { return g.elements(0, g.slots(n)) }

// elements are the items of an array's slots from..to, without its length.
func (g *Growth) elements(from, to uint64) (out []statecache.Item) {
	first := ArraySlot(g.Base)
	for i := from; i < to; i++ {
		out = append(out, statecache.Item{Address: g.Address, Slot: AddSlot(first, i)})
	}
	return out
}

// slots is how many slots an array of n elements takes.
func (g *Growth) slots(n uint64) uint64 {
	limit := uint64(g.max())
	if n > limit*max(g.Packed, 1) {
		return limit
	}
	if g.Packed > 1 {
		return (n + g.Packed - 1) / g.Packed
	}
	return min(n*max(g.Words, 1), limit)
}

func (g *Growth) max() uint32 {
	if g.Max == 0 {
		return MaxGrowth
	}
	return g.Max
}

// AddSlot is slot + n modulo 2^256.
func AddSlot(slot [32]byte, n uint64) [32]byte {
	low := binary.BigEndian.Uint64(slot[24:])
	binary.BigEndian.PutUint64(slot[24:], low+n)
	for i := 23; low+n < low && i >= 0; i-- {
		slot[i]++
		if slot[i] != 0 {
			break
		}
	}
	return slot
}

// Grower finds the new items of growing collections, block by block. It is used
// by one goroutine.
type Grower struct {
	growths []Growth
	seen    []map[[32]byte]bool // slots of each collection
	full    []bool              // each was told
}

// NewGrower takes the collections as they are now. Errors: ErrGrowth for a
// growth of a collection that is not there or is told twice.
func NewGrower(growths []Growth, cols []statecache.Collection) (*Grower, error) {
	g := &Grower{}
	for _, growth := range growths {
		if err := g.Add(growth, cols); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// Add lets one more collection grow.
func (g *Grower) Add(growth Growth, cols []statecache.Collection) error {
	for _, have := range g.growths {
		if have.Collection == growth.Collection {
			return fmt.Errorf("%w: collection %s twice", ErrGrowth, growth.Collection)
		}
	}
	for i := range cols {
		if cols[i].Name != growth.Collection {
			continue
		}
		seen := make(map[[32]byte]bool, len(cols[i].Items))
		for _, it := range cols[i].Items {
			seen[it.Slot] = true
		}
		g.growths, g.seen, g.full = append(g.growths, growth), append(g.seen, seen), append(g.full, false)
		return nil
	}
	return fmt.Errorf("%w: no collection %s", ErrGrowth, growth.Collection)
}

// Drop stops the growth of a collection.
func (g *Grower) Drop(name string) {
	for i := range g.growths {
		if g.growths[i].Collection == name {
			g.growths = append(g.growths[:i:i], g.growths[i+1:]...)
			g.seen = append(g.seen[:i:i], g.seen[i+1:]...)
			g.full = append(g.full[:i:i], g.full[i+1:]...)
			return
		}
	}
}

// Filters choose the logs that Keys needs.
func (g *Grower) Filters() (out []Filter) {
	for i := range g.growths {
		if e := g.growths[i].Events; e != nil {
			out = append(out, e.Filter)
		}
	}
	return out
}

// Grown is new items for the end of a collection.
type Grown struct {
	Collection string
	Items      []statecache.Item
	// Full says that items were left out, since the collection is as long as it
	// may become; told once.
	Full bool
}

// Touched calls f with the entries whose keys the logs name, new or not.
func (g *Grower) Touched(logs []Log, f func(contract [20]byte, slots ...[32]byte)) {
	for i := range g.growths {
		growth := &g.growths[i]
		if growth.Events == nil {
			continue
		}
		for j := range logs {
			for _, key := range growth.Events.Keys(&logs[j]) {
				if slot := growth.Entry(key).Slot; g.seen[i][slot] {
					f(growth.Address, slot)
				}
			}
		}
	}
}

// Keys returns the items whose keys the logs name for the first time.
func (g *Grower) Keys(logs []Log) (out []Grown) {
	for i := range g.growths {
		growth := &g.growths[i]
		if growth.Events == nil {
			continue
		}
		var items []statecache.Item
		for j := range logs {
			for _, key := range growth.Events.Keys(&logs[j]) {
				items = append(items, growth.Entry(key))
			}
		}
		out = g.add(out, i, items)
	}
	return out
}

// Lengths returns the items that arrays have grown by, given the changes of a
// block: the first item of such a collection is the array's length.
func (g *Grower) Lengths(changes []statecache.Change) (out []Grown) {
	for i := range g.growths {
		growth := &g.growths[i]
		if growth.Events != nil {
			continue
		}
		for _, c := range changes {
			if c.Collection != growth.Collection || c.Index != 0 {
				continue
			}
			n := growth.slots(binary.BigEndian.Uint64(c.Value[24:]))
			if [24]byte(c.Value[:24]) != ([24]byte{}) {
				n = uint64(growth.max())
			}
			out = g.add(out, i, growth.elements(0, n))
		}
	}
	return out
}

// add keeps those of the items that are new.
func (g *Grower) add(out []Grown, i int, items []statecache.Item) []Grown {
	grown := Grown{Collection: g.growths[i].Collection}
	for _, it := range items {
		if g.seen[i][it.Slot] {
			continue
		}
		if uint32(len(g.seen[i])) >= g.growths[i].max() {
			grown.Full, g.full[i] = !g.full[i], true
			break
		}
		g.seen[i][it.Slot] = true
		grown.Items = append(grown.Items, it)
	}
	if len(grown.Items) > 0 || grown.Full {
		out = append(out, grown)
	}
	return out
}
