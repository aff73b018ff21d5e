package binding

import (
	"context"
	"errors"
	"fmt"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Fetch brings the values of all items at one block together with the proofs of
// them, one for each account. Errors: those of Binder.Changes.
func Fetch(ctx context.Context, p Prover, h *ethrpc.Header, cols []statecache.Collection) ([]statecache.CollectionValues, []AccountProof, error) {
	w := newWatched()
	if err := w.grow(cols); err != nil {
		return nil, nil, err
	}
	queries := w.queries()
	answers, err := p.Prove(ctx, h.Ref.Hash, queries)
	if err != nil {
		return nil, nil, fmt.Errorf("block %v: %w", h.Ref, err)
	}
	if len(answers) != len(queries) {
		return nil, nil, fmt.Errorf("block %v: %d answers to %d queries: %w", h.Ref, len(answers), len(queries), ErrAnswer)
	}
	values := make([]statecache.CollectionValues, len(cols))
	for i := range cols {
		values[i] = statecache.CollectionValues{Collection: cols[i], Values: make([][32]byte, len(cols[i].Items))}
	}
	s := newSession(&Binder{watched: w}, h, [32]byte{})
	proofs := make([]AccountProof, len(answers))
	for i, a := range w.accounts {
		if err := s.verify(a, &queries[i], &answers[i]); err != nil {
			return nil, nil, fmt.Errorf("block %v: %w", h.Ref, err)
		}
		proofs[i] = answers[i].AccountProof
	}
	if err := s.look(); err != nil || len(s.asked) > 0 {
		return nil, nil, errors.Join(err, ErrAnswer)
	}
	index := map[string]int{}
	for i := range cols {
		index[cols[i].Name] = i
	}
	for _, c := range s.changes {
		values[index[c.Collection]].Values[c.Index] = c.Value
	}
	return values, proofs, nil
}

// queries asks for everything, the accounts in order of first appearance.
func (w *watched) queries() []Query {
	out := make([]Query, 0, len(w.accounts))
	for _, a := range w.accounts {
		out = append(out, Query{Address: a.address, Slots: a.fresh.inOrder()})
	}
	return out
}

// Queries returns what to ask a Prover for the items of the collections: each
// account and each slot once, in order of first appearance.
func Queries(cols []statecache.Collection) ([]Query, error) {
	w := newWatched()
	if err := w.grow(cols); err != nil {
		return nil, err
	}
	return w.queries(), nil
}
