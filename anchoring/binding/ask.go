package binding

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// choose picks keys to ask for from keys[lo:hi], whose paths share a node at
// depth that is not known. Deep is down to where most nodes are thought to have
// changed.
func (s *session) choose(keys [][32]byte, lo, hi, depth, deep int) (out []int) {
	few := fewBelow
	if depth == 0 {
		few = fewKeys
	}
	prefix := max(depth, deep) // one key for each prefix of so many nibbles
	if hi-lo <= few || s.base == nil || s.round >= patience {
		prefix = nibbles
	}
	for i := lo; i < hi; i++ {
		if i == lo || !samePrefix(&keys[i], &keys[i-1], prefix) {
			out = append(out, i)
		}
	}
	return out
}

// samePrefix compares the first n nibbles.
func samePrefix(a, b *[32]byte, n int) bool {
	return string(a[:n/2]) == string(b[:n/2]) && (n%2 == 0 || a[n/2]>>4 == b[n/2]>>4)
}

// guess is what to ask for with an account before its storage root is known.
func (s *session) guess(a *account) (out [][32]byte) {
	switch {
	case s.writes != nil && !a.news:
		if w := s.writes[a]; w != nil {
			out = append(out, w.watched...)
		}
	case a.slots.Len() <= coldSlots || s.base.storageOf(a) == nil:
		out = a.slots.inOrder()
	default:
		if a.changed {
			out = append(out, a.hot...)
		}
		out = append(out, a.expected...)
	}
	return append(out, a.fresh.inOrder()...)
}

// question adds to what is asked for.
func (s *session) question(a *account, slots [][32]byte) { s.asked[a] = append(s.asked[a], slots...) }

// ask asks for all that is missing, a bounded part at a time, and verifies the
// answers into the tries.
func (s *session) ask(ctx context.Context) error {
	accounts := make([]*account, 0, len(s.asked))
	for a := range s.asked {
		accounts = append(accounts, a)
	}
	slices.SortFunc(accounts, func(a, b *account) int { return cmp.Compare(a.id, b.id) })
	var part []*account
	var queries []Query
	size := 0
	flush := func() error {
		err := s.prove(ctx, part, queries)
		part, queries, size = nil, nil, 0
		return err
	}
	for _, a := range accounts {
		slots := unique(s.asked[a])
		for first := true; first || len(slots) > 0; first = false {
			if size == slotsAtOnce {
				if err := flush(); err != nil {
					return err
				}
			}
			n := min(len(slots), slotsAtOnce-size)
			part, queries = append(part, a), append(queries, Query{Address: a.address, Slots: slots[:n:n]})
			slots, size = slots[n:], size+max(n, 1)
		}
	}
	return flush()
}

// unique removes repetitions, keeping the order.
func unique(list [][32]byte) [][32]byte {
	seen := make(map[[32]byte]bool, len(list))
	return slices.DeleteFunc(list, func(s [32]byte) bool {
		was := seen[s]
		seen[s] = true
		return was
	})
}

// prove asks once and verifies.
func (s *session) prove(ctx context.Context, accounts []*account, queries []Query) error {
	answers, err := s.b.prover.Prove(ctx, s.h.Ref.Hash, queries)
	if err != nil {
		return err
	}
	if len(answers) != len(queries) {
		return fmt.Errorf("%d answers to %d queries: %w", len(answers), len(queries), ErrAnswer)
	}
	for i := range queries {
		if err := s.verify(accounts[i], &queries[i], &answers[i]); err != nil {
			return err
		}
		s.stats.Slots += len(queries[i].Slots)
	}
	s.stats.Accounts += len(queries)
	return nil
}

// verify takes one answer over; its error names the item.
func (s *session) verify(a *account, q *Query, answer *Answer) error {
	w := s.b.watched
	if slot, err := q.answeredBy(answer); err != nil {
		if slot == nil {
			return &ItemError{w.watch(a.first), err}
		}
		return &ItemError{w.named(a, *slot), err}
	}
	proven, err := s.verifier.account(a.address, answer.Account)
	if err == nil {
		_, err = s.verifier.slots(s.storage(a, proven.StorageRoot), proven, answer)
	}
	if e, ok := errors.AsType[*SlotError](err); ok {
		return &ItemError{w.named(a, e.Slot), e.Err}
	}
	if err != nil {
		return &ItemError{w.watch(a.first), err}
	}
	return nil
}

// answeredBy checks that an answer is about what was asked, and names the slot
// where it is not.
func (q *Query) answeredBy(a *Answer) (*[32]byte, error) {
	if a.Address != q.Address || len(a.Slots) != len(q.Slots) {
		return nil, ErrAnswer
	}
	for i := range q.Slots {
		if a.Slots[i].Slot != q.Slots[i] {
			return &q.Slots[i], ErrAnswer
		}
	}
	return nil, nil
}
