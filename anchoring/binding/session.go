package binding

import (
	"context"
	"errors"
	"fmt"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// session brings the values of one block.
//
//	state root (of the header)          known nodes of the last block are
//	   ├─ unchanged hash: nothing         taken over where the hash is the same;
//	   │  below has changed               a hash without its node is asked for,
//	   └─ changed ─► node not known       by a proof of one key below it
//	                    └─ ask ─► verify ─► look again
//
// What is left out has the hash that it had, so that no change can be missed,
// whatever the node answers.
type session struct {
	b        *Binder
	h        *ethrpc.Header
	verifier *Verifier
	base     *picture // whose nodes are taken over, may be nil
	all      bool     // base is not the parent: tell all values
	next     *picture
	writes   map[*account]*written // by the access list; nil without one
	round    int
	changes  []statecache.Change
	asked    map[*account][][32]byte // slots to ask for, with the account
	learnt   map[*account]habit
	deep     int
	stats    Stats
}

// newSession continues from a block, if that was seen.
func newSession(b *Binder, h *ethrpc.Header, since [32]byte) *session {
	base := b.picture(since)
	s := &session{b: b, h: h, base: base, all: base == nil, verifier: NewVerifier(h.StateRoot)}
	if s.all {
		s.base = b.newest()
	}
	if old := s.base.stateTree(); old != nil && old.is(&h.StateRoot) {
		s.verifier.state = old
	}
	n := len(b.watched.accounts)
	s.next = &picture{block: h.Ref.Hash, state: s.verifier.state, storage: make([]*tree, n), accounts: make([]*Account, n)}
	return s
}

// run looks and asks until nothing is missing.
func (s *session) run(ctx context.Context) error {
	for ; ; s.round++ {
		if err := s.look(); err != nil {
			return fmt.Errorf("block %v: %w", s.h.Ref, err)
		}
		if len(s.asked) == 0 {
			return nil
		}
		if err := s.ask(ctx); err != nil {
			return fmt.Errorf("block %v: %w", s.h.Ref, err)
		}
		s.stats.Rounds++
	}
}

// look walks the tries: changes are those found so far, asked what is missing.
func (s *session) look() error {
	s.changes, s.asked, s.learnt = nil, map[*account][][32]byte{}, map[*account]habit{}
	w := s.b.watched
	told := make([]bool, len(w.accounts)) // changed, or not known
	s.next.stale = make([]bool, len(w.accounts))
	var fault error
	look := func(order []*account, keys [][32]byte, all, news bool) error {
		walk := walk{keys: keys, all: all}
		walk.unknown = func(lo, hi, depth int) {
			if s.writes != nil && !all {
				for _, a := range order[lo:hi] {
					if s.spared(a) {
						s.next.stale[a.id] = true
						continue
					}
					told[a.id] = true
					s.question(a, s.guess(a))
				}
				return
			}
			for i := lo; i < hi; i++ {
				told[order[i].id] = true
			}
			for _, i := range s.choose(keys, lo, hi, depth, s.b.deep) {
				s.question(order[i], s.guess(order[i]))
			}
		}
		walk.value = func(lo, hi int, value []byte) {
			for i := lo; i < hi && fault == nil; i++ {
				if a := order[i]; a.news == news {
					told[a.id] = true
					fault = s.account(a, value, all)
				}
			}
		}
		err := walk.run(s.verifier.state, s.base.stateTree())
		s.deep = walk.deep()
		return errors.Join(err, fault)
	}
	news, newKeys := w.newAccounts()
	if err := look(news, newKeys, true, true); err != nil {
		return err
	}
	if err := look(w.order, w.keys, s.all, false); err != nil {
		return err
	}
	for _, a := range w.accounts { // those on unchanged paths, and those left out
		if told[a.id] || a.news {
			continue
		}
		if err := s.untold(a); err != nil {
			return err
		}
	}
	return nil
}

// untold takes over what the base knows of an account that has not changed.
func (s *session) untold(a *account) error {
	if s.next.storage[a.id] == nil {
		s.next.storage[a.id] = s.base.storageOf(a)
	}
	s.next.accounts[a.id] = s.base.accountOf(a)
	s.next.stale[a.id] = s.next.stale[a.id] || s.base.isStale(a)
	if s.next.stale[a.id] && a.fresh.Len() > 0 { // new slots need the storage of this block
		value, ok := s.verifier.state.known(&a.key)
		if !ok {
			s.question(a, s.guess(a))
			return nil
		}
		now, err := parseAccount(value)
		if err != nil {
			return &ItemError{s.b.watched.watch(a.first), err}
		}
		s.storage(a, now.StorageRoot)
		s.next.stale[a.id] = false
	}
	return s.fresh(a)
}

// account takes over an account, all of it or what has changed.
func (s *session) account(a *account, value []byte, all bool) error {
	w := s.b.watched
	now, err := parseAccount(value)
	if err != nil {
		return &ItemError{w.watch(a.first), err}
	}
	before := s.base.accountOf(a)
	if !all {
		if err := s.agrees(a, before, &now); err != nil {
			return err
		}
	}
	s.next.accounts[a.id] = &now
	for _, f := range a.fields {
		if v := now.Field(f.kind); all || before == nil || before.Field(f.kind) != v {
			s.changes = append(s.changes, w.change(f.place, v))
		}
	}
	if a.slots.Len()+a.fresh.Len() == 0 {
		return nil
	}
	if old := s.base.storageOf(a); !all && old != nil && !old.is(&now.StorageRoot) && a.fresh.Len() == 0 && s.unwritten(a) {
		s.next.storage[a.id], s.next.stale[a.id] = old, true // better than nodes that nobody asked for
		return nil
	}
	s.storage(a, now.StorageRoot)
	if before == nil || before.StorageRoot != now.StorageRoot {
		s.learnt[a] = habit{changed: true, hot: a.hot, deep: a.deep}
	}
	if err := s.slots(a, &a.slots, all); err != nil {
		return err
	}
	return s.fresh(a)
}

// storage is the storage trie of an account in this block.
func (s *session) storage(a *account, root [32]byte) *tree {
	t := s.next.storage[a.id]
	if t == nil || !t.is(&root) {
		if t = s.base.storageOf(a); t == nil || !t.is(&root) {
			t = newTree(root)
		}
		s.next.storage[a.id] = t
	}
	return t
}

// fresh looks at the slots that have no values yet.
func (s *session) fresh(a *account) error {
	if a.fresh.Len() == 0 || s.next.storage[a.id] == nil {
		return nil
	}
	return s.slots(a, &a.fresh, true)
}

// slots walks the storage trie for a list of slots.
func (s *session) slots(a *account, list *slotList, all bool) error {
	var hot [][32]byte
	var fault error
	old := s.base.storageOf(a)
	walk := walk{keys: list.keys, all: all}
	walk.unknown = func(lo, hi, depth int) {
		var slots [][32]byte
		if s.writes != nil && !all {
			for i := lo; i < hi; i++ {
				if _, ok := s.writes[a].slot(list.slots[i].slot); ok {
					slots = append(slots, list.slots[i].slot)
				}
			}
			if len(slots) > 0 {
				s.question(a, slots)
			}
			return
		}
		for _, i := range s.choose(list.keys, lo, hi, depth, a.deep) {
			slots = append(slots, list.slots[i].slot)
		}
		s.question(a, slots)
	}
	walk.value = func(lo, hi int, value []byte) {
		v, err := parseValue(value)
		if err != nil {
			fault = errors.Join(fault, &ItemError{s.b.watched.watch(list.slots[lo].place), err})
			return
		}
		for i := lo; i < hi; i++ {
			was, ok := old.known(&list.keys[i])
			if !all {
				fault = errors.Join(fault, s.slotAgrees(a, list.slots[i].slot, v, was, ok))
				if ok && string(was) == string(value) || !ok && s.unlisted(a, list.slots[i].slot) {
					continue
				}
			}
			s.changes = append(s.changes, s.b.watched.change(list.slots[i].place, v))
			if len(hot) < hotSlots && (i == lo || list.keys[i] != list.keys[i-1]) {
				hot = append(hot, list.slots[i].slot)
			}
		}
	}
	if err := walk.run(s.next.storage[a.id], old); err != nil {
		return &ItemError{s.b.watched.watch(a.first), err}
	}
	if _, ok := s.learnt[a]; ok && !all {
		s.learnt[a] = habit{changed: true, hot: hot, deep: walk.deep()}
	}
	return fault
}
