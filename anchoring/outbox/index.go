package outbox

import (
	"maps"
	"slices"
)

// index holds the entries so that a look at the chain costs what is under way and
// not what is remembered: a bonded anchorer remembers thousands.
type index struct {
	entries map[uint64]*Entry // by nonce; values are replaced, not changed
	order   []uint64          // nonces, ascending
	open    map[uint64]bool
	lost    map[uint64]bool
	shallow map[uint64]bool     // included and not confirmed
	byRef   map[string][]uint64 // nonces of those that may carry it, ascending
	changed map[uint64]bool     // since TakeChanged
}

func newIndex(entries map[uint64]*Entry) *index {
	x := &index{
		entries: map[uint64]*Entry{}, open: map[uint64]bool{}, lost: map[uint64]bool{}, shallow: map[uint64]bool{},
		byRef: map[string][]uint64{}, changed: map[uint64]bool{},
	}
	for _, nonce := range slices.Sorted(maps.Keys(entries)) {
		x.put(entries[nonce])
	}
	return x
}

// put adds an entry or takes it in the place of the one before.
func (x *index) put(e *Entry) {
	nonce := uint64(e.Nonce)
	if _, known := x.entries[nonce]; !known {
		x.order = insert(x.order, nonce)
	}
	x.entries[nonce] = e
	x.changed[nonce] = true
	mark(x.open, nonce, e.open())
	mark(x.lost, nonce, e.State == Lost)
	mark(x.shallow, nonce, e.State == Included)
	for i := range e.Attempts {
		for _, ref := range e.Attempts[i].Call.Refs {
			x.byRef[ref] = insert(x.byRef[ref], nonce)
		}
	}
}

func (x *index) remove(nonce uint64) {
	e, ok := x.entries[nonce]
	if !ok {
		return
	}
	for i := range e.Attempts {
		for _, ref := range e.Attempts[i].Call.Refs {
			if x.byRef[ref] = without(x.byRef[ref], nonce); len(x.byRef[ref]) == 0 {
				delete(x.byRef, ref)
			}
		}
	}
	x.order = without(x.order, nonce)
	delete(x.entries, nonce)
	for _, set := range []map[uint64]bool{x.open, x.lost, x.shallow, x.changed} {
		delete(set, nonce)
	}
}

// of lists the entries of some nonces, ascending.
func (x *index) of(nonces map[uint64]bool) []*Entry {
	out := make([]*Entry, 0, len(nonces))
	for _, nonce := range slices.Sorted(maps.Keys(nonces)) {
		out = append(out, x.entries[nonce])
	}
	return out
}

func mark(set map[uint64]bool, nonce uint64, in bool) {
	if in {
		set[nonce] = true
	} else {
		delete(set, nonce)
	}
}

// insert adds a number to an ascending list, once.
func insert(list []uint64, n uint64) []uint64 {
	i, found := slices.BinarySearch(list, n)
	if found {
		return list
	}
	return slices.Insert(list, i, n)
}

func without(list []uint64, n uint64) []uint64 {
	if i, found := slices.BinarySearch(list, n); found {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// Carrying lists the transactions that carry ref or may (see Entry.Carries), by nonce.
func (o *Outbox) Carrying(ref string) []Entry {
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []Entry
	for _, nonce := range o.x.byRef[ref] {
		if e := o.x.entries[nonce]; e.Carries(ref) {
			out = append(out, *e)
		}
	}
	return out
}

// TakeChanged lists the transactions that changed since the last call, by nonce;
// the first time all.
func (o *Outbox) TakeChanged() []Entry {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := o.x.of(o.x.changed)
	clear(o.x.changed)
	out := make([]Entry, len(list))
	for i, e := range list {
		out[i] = *e
	}
	return out
}

// list returns the entries of a set, by nonce.
func (o *Outbox) list(set func(*index) map[uint64]bool) []*Entry {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.x.of(set(o.x))
}

func openOnes(x *index) map[uint64]bool    { return x.open }
func shallowOnes(x *index) map[uint64]bool { return x.shallow }

// fromNewest calls f for the entries from the highest nonce down, while it says so.
// f is called without the lock.
func (o *Outbox) fromNewest(f func(*Entry) (more bool)) {
	for at := ^uint64(0); ; {
		o.mu.Lock()
		i, _ := slices.BinarySearch(o.x.order, at)
		if i == 0 {
			o.mu.Unlock()
			return
		}
		at = o.x.order[i-1]
		e := o.x.entries[at]
		o.mu.Unlock()
		if !f(e) {
			return
		}
	}
}
