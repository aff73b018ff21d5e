package anchoring

import (
	"maps"

	"vmhost/statecache"
)

// entry is an anchor.
type entry struct {
	AnchorStatus
	key       string // names it in the outbox
	notBefore uint64 // height of the next attempt, after refusals and reverts
	refused   int    // how often in a row
	settles   uint64 // height below which its bond need not be looked at
	freed     uint64 // height at which its bond was seen free, 0 if never
}

// book is the anchors that are remembered. Its indexes make a round cost what
// changes in it, not what is remembered: under a bond that is thousands.
type book struct {
	all      map[statecache.BlockRef]*entry
	byKey    map[string]*entry
	byCommit map[statecache.Commitment]*entry
	open     map[*entry]struct{} // queued, posted or included
	locked   map[*entry]struct{} // anchored, and the bond not seen free
	dirty    map[*entry]struct{} // not in the store so
	touched  map[*entry]struct{} // whose transactions may have changed
	count    map[AnchorState]int
}

func newBook(list map[statecache.BlockRef]*entry) *book {
	b := &book{
		all: map[statecache.BlockRef]*entry{}, byKey: map[string]*entry{}, byCommit: map[statecache.Commitment]*entry{},
		open: map[*entry]struct{}{}, locked: map[*entry]struct{}{}, dirty: map[*entry]struct{}{}, touched: map[*entry]struct{}{},
		count: map[AnchorState]int{},
	}
	for _, e := range list {
		b.add(e)
	}
	return b
}

// add takes an anchor in, in the place of an older one of its block.
func (b *book) add(e *entry) {
	ref := e.Anchor.Block
	if old := b.all[ref]; old != nil {
		b.remove(old)
	}
	e.key = refKey(ref)
	b.all[ref], b.byKey[e.key], b.byCommit[e.Anchor.Commitment] = e, e, e
	b.touched[e] = struct{}{}
	b.count[e.State]++
	b.file(e)
}

func (b *book) remove(e *entry) {
	delete(b.all, e.Anchor.Block)
	delete(b.byKey, e.key)
	if b.byCommit[e.Anchor.Commitment] == e {
		delete(b.byCommit, e.Anchor.Commitment)
	}
	b.count[e.State]--
	for _, set := range []map[*entry]struct{}{b.open, b.locked, b.dirty, b.touched} {
		delete(set, e)
	}
}

// state changes an anchor's state.
func (b *book) state(e *entry, s AnchorState) {
	b.count[e.State]--
	e.State = s
	b.count[s]++
	b.file(e)
}

// free notes at which height an anchor's bond was seen free, 0 for not at all.
func (b *book) free(e *entry, height uint64) {
	e.freed = height
	b.dirty[e] = struct{}{}
	b.file(e)
}

// file puts an anchor into the sets where it belongs.
func (b *book) file(e *entry) {
	put := func(set map[*entry]struct{}, in bool) {
		if in {
			set[e] = struct{}{}
		} else {
			delete(set, e)
		}
	}
	put(b.open, e.State == AnchorQueued || e.State == AnchorPosted || e.State == AnchorIncluded)
	put(b.locked, e.State == AnchorAnchored && e.freed == 0)
}

// states counts the anchors by state.
func (b *book) states() map[AnchorState]int { return maps.Clone(b.count) }
