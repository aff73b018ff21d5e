package binding

import (
	"bytes"
	"cmp"
	"slices"
	"sort"

	"vmhost/statecache"
)

// watched is what a Binder is to bring: the items of the collections by account.
// Lists grow at the end only, so that each call looks at what is new.
type watched struct {
	hash     *hasher
	cols     []statecache.Collection
	seen     []int // items of each collection taken over
	accounts []*account
	byAddr   map[[20]byte]*account
	// order lists the accounts by key, the hash of their address.
	order []*account
	keys  [][32]byte
	// items taken over, and those of them that the newest picture has values of.
	items, settled int
}

// place is where an item stands.
type place struct{ col, index uint32 }

func (p place) compare(o place) int {
	return cmp.Or(cmp.Compare(p.col, o.col), cmp.Compare(p.index, o.index))
}

// field is a watched field of an account.
type field struct {
	kind statecache.Kind
	place
}

// account is an address with what is watched of it.
type account struct {
	id      int // in watched.accounts
	address [20]byte
	key     [32]byte
	news    bool // since the last picture: itself, one of its fields, or its first slot
	first   place
	fields  []field
	// slots have values in every picture, fresh ones do not yet.
	slots, fresh slotList

	// expected slots are thought to change in the next block.
	expected [][32]byte
	habit
}

// habit is what the last blocks were like, to guess what to ask for at once.
type habit struct {
	changed bool       // the storage did in the last block
	hot     [][32]byte // slots that did when the storage last did
	deep    int        // down to where the storage trie then changed nearly everywhere
}

// slotList is slots sorted by key; a slot that is watched twice is there twice.
type slotList struct {
	keys  [][32]byte
	slots []slotAt
}

type slotAt struct {
	slot [32]byte
	place
}

// Len implements sort.Interface.
func (l *slotList) Len() int { return len(l.keys) }

// Less implements sort.Interface.
func (l *slotList) Less(i, j int) bool {
	if c := bytes.Compare(l.keys[i][:], l.keys[j][:]); c != 0 {
		return c < 0
	}
	return l.slots[i].compare(l.slots[j].place) < 0
}

// Swap implements sort.Interface.
func (l *slotList) Swap(i, j int) {
	l.keys[i], l.keys[j] = l.keys[j], l.keys[i]
	l.slots[i], l.slots[j] = l.slots[j], l.slots[i]
}

// merge moves all of o, sorted, into l.
func (l *slotList) merge(o *slotList) {
	i, j := len(l.keys)-1, len(o.keys)-1
	l.keys, l.slots = append(l.keys, o.keys...), append(l.slots, o.slots...)
	for k := len(l.keys) - 1; j >= 0; k-- {
		from, at := o, &j
		if i >= 0 && bytes.Compare(l.keys[i][:], o.keys[j][:]) > 0 {
			from, at = l, &i
		}
		l.keys[k], l.slots[k] = from.keys[*at], from.slots[*at]
		*at--
	}
	*o = slotList{}
}

// inOrder returns the slots in order of first appearance, each once.
func (l *slotList) inOrder() [][32]byte {
	list := slices.Clone(l.slots)
	slices.SortFunc(list, func(a, b slotAt) int { return a.compare(b.place) })
	out := make([][32]byte, len(list))
	for i := range list {
		out[i] = list[i].slot
	}
	return unique(out)
}

func newWatched() *watched { return &watched{hash: newHasher(), byAddr: map[[20]byte]*account{}} }

// continues reports whether the collections are those of w, or longer.
func (w *watched) continues(cols []statecache.Collection) bool {
	if len(cols) < len(w.cols) {
		return false
	}
	for i, c := range w.cols {
		if cols[i].Name != c.Name || len(cols[i].Items) < w.seen[i] {
			return false
		}
	}
	return true
}

// grow takes new items over.
func (w *watched) grow(cols []statecache.Collection) error {
	w.cols = cols
	for len(w.seen) < len(cols) {
		w.seen = append(w.seen, 0)
	}
	before := len(w.accounts)
	touched := map[*account]bool{}
	for c := range cols {
		for i := w.seen[c]; i < len(cols[c].Items); i++ {
			a, err := w.add(place{uint32(c), uint32(i)}, cols[c].Items[i])
			if err != nil {
				return err
			}
			touched[a] = true
		}
		w.seen[c] = len(cols[c].Items)
	}
	for a := range touched {
		sort.Sort(&a.fresh)
	}
	if len(w.accounts) > before {
		w.order = append(w.order, w.accounts[before:]...)
		slices.SortFunc(w.order, func(a, b *account) int { return bytes.Compare(a.key[:], b.key[:]) })
		w.keys = w.keys[:0]
		for _, a := range w.order {
			w.keys = append(w.keys, a.key)
		}
	}
	return nil
}

func (w *watched) add(p place, item statecache.Item) (*account, error) {
	if !item.Kind.Valid() || item.Kind == statecache.KindHeader {
		return nil, &ItemError{w.watch(p), ErrKind}
	}
	a := w.byAddr[item.Address]
	if a == nil {
		a = &account{id: len(w.accounts), address: item.Address, key: w.hash.key(item.Address[:]), news: true, first: p}
		w.byAddr[item.Address] = a
		w.accounts = append(w.accounts, a)
	}
	if item.Kind == statecache.KindSlot {
		a.fresh.keys = append(a.fresh.keys, w.hash.key(item.Slot[:]))
		a.fresh.slots = append(a.fresh.slots, slotAt{item.Slot, p})
		a.news = a.news || a.slots.Len() == 0
	} else {
		a.fields, a.news = append(a.fields, field{item.Kind, p}), true
	}
	w.items++
	return a, nil
}

// newAccounts lists accounts that are new, or have a new field, by key.
func (w *watched) newAccounts() (list []*account, keys [][32]byte) {
	for _, a := range w.order {
		if a.news {
			list, keys = append(list, a), append(keys, a.key)
		}
	}
	return list, keys
}

// settle counts what is new among the rest.
func (w *watched) settle() {
	w.settled = w.items
	for _, a := range w.accounts {
		a.slots.merge(&a.fresh)
		a.news = false
	}
}

// watch describes the item at a place.
func (w *watched) watch(p place) statecache.Watch {
	return statecache.Watch{Collection: w.cols[p.col].Name, Index: p.index, Item: w.cols[p.col].Items[p.index]}
}

// change is the value of the item at a place.
func (w *watched) change(p place, value [32]byte) statecache.Change {
	return statecache.Change{Collection: w.cols[p.col].Name, Index: p.index, Value: value}
}

// named returns the first item that watches a slot, or else the account's first.
func (w *watched) named(a *account, slot [32]byte) statecache.Watch {
	found, ok := a.first, false
	for _, l := range []*slotList{&a.slots, &a.fresh} {
		for _, s := range l.slots {
			if s.slot == slot && (!ok || s.compare(found) < 0) {
				found, ok = s.place, true
			}
		}
	}
	return w.watch(found)
}
