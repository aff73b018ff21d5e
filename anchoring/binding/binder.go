package binding

import (
	"context"
	"errors"
	"fmt"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// hotSlots is how many slots of an account are fetched at once with it, rather
// than after its storage root was seen to have changed.
const hotSlots = 8

// Binder fetches and proves the watched values of one block after the other.
type Binder struct {
	prover Prover
	block  [32]byte // block of the accounts below
	known  map[[20]byte]*tracked
}

// tracked is what the last block told of an account.
type tracked struct {
	storageRoot [32]byte
	watches     int  // how many slot watches had their value then
	changed     bool // the storage root changed in that block
}

// NewBinder returns a Binder that has seen no block.
func NewBinder(p Prover) *Binder { return &Binder{prover: p, known: map[[20]byte]*tracked{}} }

// group is an account with the watches on it.
type group struct {
	address  [20]byte
	fields   []statecache.Watch // balance, nonce, code hash
	slots    []statecache.Watch
	distinct [][32]byte       // slots, each once
	position map[[32]byte]int // in distinct
}

// Changes returns the proven values of the collections' items at a block: of
// all items, but for the slots of accounts whose storage did not change since
// the parent block, if that was the block of the call before.
//
// Errors: *ItemError for a faulty answer (see Faulty); ErrUnavailable; ErrKind;
// those of the connection.
func (b *Binder) Changes(ctx context.Context, h *ethrpc.Header, cols []statecache.Collection) ([]statecache.Change, error) {
	groups, err := groupByAccount(cols)
	if err != nil {
		return nil, err
	}
	if b.block != h.ParentHash {
		b.known = map[[20]byte]*tracked{}
	}
	var now, later []*group // slots with the account at once, or when needed
	for _, g := range groups {
		if t := b.known[g.address]; t != nil && !t.changed && t.watches == len(g.slots) && len(g.distinct) > hotSlots {
			later = append(later, g)
		} else {
			now = append(now, g)
		}
	}
	next := make(map[[20]byte]*tracked, len(groups))
	changes, err := b.fetch(ctx, h, now, later, next)
	if err != nil {
		return nil, err
	}
	b.block, b.known = h.Ref.Hash, next
	return changes, nil
}

// Reset forgets the blocks seen, so that the next call fetches everything.
func (b *Binder) Reset() { b.block, b.known = [32]byte{}, map[[20]byte]*tracked{} }

// fetch proves the accounts, with their slots for those of now, and the slots
// of those of later whose storage root has changed.
func (b *Binder) fetch(ctx context.Context, h *ethrpc.Header, now, later []*group, next map[[20]byte]*tracked) ([]statecache.Change, error) {
	var changes []statecache.Change
	for round := 0; len(now)+len(later) > 0; round++ {
		queries := make([]Query, 0, len(now)+len(later))
		for _, g := range now {
			queries = append(queries, Query{Address: g.address, Slots: g.distinct})
		}
		for _, g := range later {
			queries = append(queries, Query{Address: g.address})
		}
		answers, err := b.prover.Prove(ctx, h.Ref.Hash, queries)
		if err != nil {
			return nil, fmt.Errorf("block %v: %w", h.Ref, err)
		}
		if len(answers) != len(queries) {
			return nil, fmt.Errorf("block %v: %d answers to %d queries: %w", h.Ref, len(answers), len(queries), ErrAnswer)
		}
		var again []*group
		for i, g := range append(now[:len(now):len(now)], later...) {
			proven, err := g.verify(h.StateRoot, &answers[i], queries[i].Slots)
			if err != nil {
				return nil, fmt.Errorf("block %v: %w", h.Ref, err)
			}
			before := b.known[g.address]
			changed := before == nil || before.storageRoot != proven.StorageRoot
			if i >= len(now) && changed {
				again = append(again, g)
				continue
			}
			next[g.address] = &tracked{storageRoot: proven.StorageRoot, watches: len(g.slots), changed: changed && before != nil}
			changes = g.append(changes, &proven, i < len(now))
		}
		now, later = again, nil
	}
	return changes, nil
}

// verify proves an answer and names the item on failure.
func (g *group) verify(stateRoot [32]byte, a *Answer, asked [][32]byte) (Proven, error) {
	if a.Address != g.address || len(a.Slots) != len(asked) {
		return Proven{}, &ItemError{g.first(), ErrAnswer}
	}
	for i, s := range a.Slots {
		if s.Slot != asked[i] {
			return Proven{}, &ItemError{g.watch(asked[i]), ErrAnswer}
		}
	}
	proven, err := Verify(stateRoot, a)
	if s, ok := errors.AsType[*SlotError](err); ok {
		return Proven{}, &ItemError{g.watch(s.Slot), s.Err}
	}
	if err != nil {
		return Proven{}, &ItemError{g.first(), err}
	}
	return proven, nil
}

// append adds the values of the group's items.
func (g *group) append(out []statecache.Change, p *Proven, slots bool) []statecache.Change {
	for _, w := range g.fields {
		out = append(out, statecache.Change{Collection: w.Collection, Index: w.Index, Value: p.Field(w.Item.Kind)})
	}
	if slots {
		for _, w := range g.slots {
			out = append(out, statecache.Change{Collection: w.Collection, Index: w.Index, Value: p.Values[g.position[w.Item.Slot]]})
		}
	}
	return out
}

// Field returns the account's value of kind balance, nonce or code hash.
func (a *Account) Field(k statecache.Kind) (v [32]byte) {
	switch k {
	case statecache.KindBalance:
		return a.Balance
	case statecache.KindNonce:
		for i := range 8 {
			v[31-i] = byte(a.Nonce >> (8 * i))
		}
	case statecache.KindCodeHash:
		return a.CodeHash
	default:
	}
	return v
}

// first returns an item to name when the account itself is at fault.
func (g *group) first() statecache.Watch {
	if len(g.fields) > 0 {
		return g.fields[0]
	}
	return g.slots[0]
}

// watch returns the first item that watches the slot.
func (g *group) watch(slot [32]byte) statecache.Watch {
	for _, w := range g.slots {
		if w.Item.Slot == slot {
			return w
		}
	}
	return g.first()
}

// groupByAccount sorts items by account, in order of first appearance.
func groupByAccount(cols []statecache.Collection) ([]*group, error) {
	var out []*group
	byAddress := map[[20]byte]*group{}
	for _, col := range cols {
		for i, item := range col.Items {
			w := statecache.Watch{Collection: col.Name, Index: uint32(i), Item: item}
			if !item.Kind.Valid() || item.Kind == statecache.KindHeader {
				return nil, &ItemError{w, ErrKind}
			}
			g := byAddress[item.Address]
			if g == nil {
				g = &group{address: item.Address, position: map[[32]byte]int{}}
				byAddress[item.Address] = g
				out = append(out, g)
			}
			if item.Kind != statecache.KindSlot {
				g.fields = append(g.fields, w)
				continue
			}
			g.slots = append(g.slots, w)
			if _, ok := g.position[item.Slot]; !ok {
				g.position[item.Slot] = len(g.distinct)
				g.distinct = append(g.distinct, item.Slot)
			}
		}
	}
	return out, nil
}

// Queries returns what to ask a Prover for the items of the collections: each
// account and each slot once, in order of first appearance.
func Queries(cols []statecache.Collection) ([]Query, error) {
	groups, err := groupByAccount(cols)
	if err != nil {
		return nil, err
	}
	out := make([]Query, 0, len(groups))
	for _, g := range groups {
		out = append(out, Query{Address: g.address, Slots: g.distinct})
	}
	return out, nil
}
