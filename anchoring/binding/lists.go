package binding

import (
	"context"
	"errors"
	"fmt"

	"vmhost/statecache"
)

// A block's access list says what need not be proven again. Why that is sound:
//
//   - The list hashes to the header, and a block whose list is not what its
//     execution touched is as invalid as one with a wrong state root: whoever
//     believes the header, believes both. The node that hands the list out is not
//     believed in anything.
//   - Values never come from the list. What it says was written is proven, as
//     without it; and so is every watched field of an account that it so much as
//     names, since an account can come and go without a change being recorded
//     (its code hash does, with its balance). Left out are accounts that the block
//     did not touch, and slots that it did not write: they have the value that
//     they had in the parent, which was proven or left out in its turn.
//   - It is used only where the parent's values are known: not for the first
//     block, not after a deep reorganisation, not for new items.
//   - A proof and the list must agree about every value that both speak of. If
//     they do not, the block is invalid or this version misreads lists: all
//     values are then proven again, and lists are not asked for any more.
//
// Where the list cannot be had, everything is as before. Nodes that were not
// fetched are missing then and are asked for again.

// errContradiction says that the access list and the state root of a header do
// not agree.
var errContradiction = errors.New("binding: access list contradicts the state root")

// written is what the access list says of a watched account.
type written struct {
	AccountWrites
	watched [][32]byte // those of Slots that are watched
}

// list asks for the block's access list, if it can help.
func (s *session) list(ctx context.Context, since [32]byte) error {
	lister, ok := s.b.prover.(AccessLister)
	if !ok || s.b.noLists || s.all || since == s.h.Ref.Hash || s.h.AccessListHash == ([32]byte{}) || s.verifier.state == s.base.stateTree() {
		return nil
	}
	raw, err := lister.AccessList(ctx, s.h.Ref.Hash)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		s.b.noLists = errors.Is(err, ErrNoAccessList)
		return nil // there are proofs
	}
	list, err := CheckAccessList(s.h, raw)
	if errors.Is(err, ErrListForm) {
		s.b.noLists = true
		s.stats.ListsRefused++
		return nil
	}
	if err != nil {
		return err
	}
	s.stats.Lists++
	s.stats.ListBytes += len(raw)
	s.writes = make(map[*account]*written)
	for address, w := range list {
		a := s.b.watched.byAddr[address]
		if a == nil {
			continue
		}
		of := &written{AccountWrites: w}
		for i := range a.slots.slots {
			if _, ok := w.Slots[a.slots.slots[i].slot]; ok {
				of.watched = append(of.watched, a.slots.slots[i].slot)
			}
		}
		s.writes[a] = of
	}
	return nil
}

// spared reports whether the list makes a proof of the account unnecessary.
func (s *session) spared(a *account) bool {
	if s.writes == nil || a.news || a.fresh.Len() > 0 {
		return false
	}
	w := s.writes[a]
	return w == nil || len(a.fields)+len(w.watched) == 0
}

// unwritten reports whether no watched slot of an account was written.
func (s *session) unwritten(a *account) bool {
	return s.writes != nil && (s.writes[a] == nil || len(s.writes[a].watched) == 0)
}

// unlisted reports whether the list shows that a slot was not written.
func (s *session) unlisted(a *account, slot [32]byte) bool {
	_, ok := s.writes[a].slot(slot)
	return s.writes != nil && !ok
}

// agrees compares a proven account with the list.
func (s *session) agrees(a *account, before, now *Account) error {
	if s.writes == nil || len(a.fields) == 0 { // without fields, before may be of an earlier block
		return nil
	}
	var w AccountWrites
	if s.writes[a] != nil {
		w = s.writes[a].AccountWrites
	}
	existed := before != nil && before.Exists == now.Exists
	for _, c := range []struct {
		kind  statecache.Kind
		same  bool // must be, if nothing is listed
		value *[32]byte
	}{
		{statecache.KindBalance, before != nil, w.Balance},
		{statecache.KindNonce, existed, w.nonce()},
		{statecache.KindCodeHash, existed, w.CodeHash},
	} {
		v := now.Field(c.kind)
		if c.value != nil && v != *c.value || c.value == nil && c.same && before.Field(c.kind) != v {
			return fmt.Errorf("%v of 0x%x: %w", c.kind, a.address, errContradiction)
		}
	}
	return nil
}

// slot is what was written to a slot.
func (w *written) slot(slot [32]byte) (value [32]byte, ok bool) {
	if w != nil {
		value, ok = w.Slots[slot]
	}
	return value, ok
}

// nonce is the word that the nonce is watched as.
func (w *AccountWrites) nonce() *[32]byte {
	if w.Nonce == nil {
		return nil
	}
	v := (&Account{Nonce: *w.Nonce}).Field(statecache.KindNonce)
	return &v
}

// slotAgrees compares a proven slot with the list; was is its value in the
// parent, if that is known.
func (s *session) slotAgrees(a *account, slot, now [32]byte, was []byte, known bool) error {
	if s.writes == nil {
		return nil
	}
	want, listed := s.writes[a].slot(slot)
	if !listed && known {
		var err error
		if want, err = parseValue(was); err != nil {
			return err
		}
		listed = true
	}
	if listed && want != now {
		return fmt.Errorf("slot 0x%x of 0x%x: %w", slot, a.address, errContradiction)
	}
	return nil
}
