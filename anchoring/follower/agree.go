package follower

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Agreement is how many nodes have the head that was last considered.
type Agreement struct {
	// Want is how many nodes must have a head, Of how many there are; 0 if the
	// followed one is believed.
	Want, Of int
	// Ref is the head; Same nodes have it, the followed one included, and Other
	// nodes have one other block of its height.
	Ref         statecache.BlockRef
	Same, Other int
	// Since is when a head was first held back, zero if none is.
	Since time.Time
}

// agreed returns the header to step to: h if enough nodes have it, else an
// earlier head that was held back and that they have by now, else nil. Nodes
// hear of a block at different moments, so a difference is a fault only after
// AgreeWait.
func (s *session) agreed(ctx context.Context, h *Header) (*Header, error) {
	if s.f.opts.Agree < 2 {
		return h, nil
	}
	defer func() {
		s.f.update(func(st *Status) {
			if st.Agreement.Since = s.since; s.held == nil {
				st.Agreement.Since = time.Time{}
			}
		})
	}()
	if tip, ok := s.f.core.Tip(); ok && tip == h.Ref {
		s.held = nil // accepted before
		return h, nil
	}
	for _, candidate := range []*Header{h, s.held} {
		if candidate == nil {
			continue
		}
		v := s.poll(ctx, candidate.Ref)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if v.same >= s.f.opts.Agree {
			if s.held = nil; candidate != h {
				s.held, s.since = h, time.Now() // the next that they may have
			}
			return candidate, nil
		}
		if s.held == nil {
			s.held, s.since = h, time.Now()
		}
		if candidate != s.held {
			continue
		}
		if time.Since(s.since) >= s.f.opts.AgreeWait {
			return nil, s.disagree(ctx, v)
		}
		if v.other > 0 {
			s.held = h // they left that block behind, or this node did
		}
	}
	return nil, nil
}

// disagree alarms and leaves the node: perhaps enough others agree with the next.
func (s *session) disagree(ctx context.Context, v votes) error {
	ref := s.held.Ref
	err := fmt.Errorf("%v: %d have it, %d another, %d must: %w", ref, v.same, v.other, s.f.opts.Agree, ErrNoAgreement)
	return s.fault(ctx, &Fault{Err: err, Ref: ref}, true)
}

// votes are what nodes have at a height: the same block, or (most of them)
// another one. Nodes that do not answer or have no such block do not vote.
type votes struct{ same, other int }

// poll asks the healthy nodes for their block of ref's height. This session's
// node has voted.
func (s *session) poll(ctx context.Context, ref statecache.BlockRef) votes {
	v := votes{same: 1}
	against := map[[32]byte]int{}
	for _, h := range s.askOthers(ctx, func(ctx context.Context, c *ethrpc.Client) (*Header, error) {
		return c.HeaderByNumber(ctx, ref.Number)
	}) {
		if h.Ref == ref {
			v.same++
			continue
		}
		against[h.Ref.Hash]++
		v.other = max(v.other, against[h.Ref.Hash])
	}
	s.f.update(func(st *Status) { st.Agreement.Ref, st.Agreement.Same, st.Agreement.Other = ref, v.same, v.other })
	return v
}

// askOthers asks the other healthy nodes at once and returns what answered.
func (s *session) askOthers(ctx context.Context, get func(context.Context, *ethrpc.Client) (*Header, error)) []*Header {
	others := s.f.pool.Others(s.e)
	answers := make([]*Header, len(others))
	var wg sync.WaitGroup
	for i, e := range others {
		wg.Go(func() {
			err := e.Do(ctx, func(ctx context.Context, c *ethrpc.Client) (err error) {
				answers[i], err = get(ctx, c)
				return err
			})
			s.f.judge(e, err)
			if err == nil {
				e.SawHead(answers[i].Ref.Number)
			}
		})
	}
	wg.Wait()
	return slices.DeleteFunc(answers, func(h *Header) bool { return h == nil })
}

// judge leaves out a node that gave a wrong answer.
func (f *Follower) judge(e *ethrpc.Endpoint, err error) {
	if err != nil && (ethrpc.Faulty(err) || errors.Is(err, ErrChainID)) {
		e.Quarantine(err)
	}
}

// finalize asks for the finalized and the safe block, in this order. A node that
// has none is no fault.
func (s *session) finalize(ctx context.Context) error {
	s.f.lastFinalized = time.Now()
	for _, tag := range []string{"finalized", "safe"} {
		h, err := s.tag(ctx, tag)
		switch kind := ethrpc.KindOf(err); {
		case err != nil && ethrpc.Faulty(err):
			return s.faulty(ctx, err)
		case kind == ethrpc.KindNotFound || kind == ethrpc.KindAnswer:
			s.f.log.LogAttrs(ctx, slog.LevelDebug, "no such block", slog.String("tag", tag), slog.Any("err", err))
			continue
		case err != nil:
			return err
		}
		ref := h.Ref
		if n := s.f.opts.Agree; n > 1 {
			refs := []statecache.BlockRef{ref}
			for _, o := range s.askOthers(ctx, func(ctx context.Context, c *ethrpc.Client) (*Header, error) { return c.HeaderByTag(ctx, tag) }) {
				refs = append(refs, o.Ref)
			}
			var ok bool
			if ref, ok = s.f.core.common(refs, n); !ok {
				continue
			}
		}
		events := s.f.core.Safe
		if tag == "finalized" {
			events = s.f.core.Finalize
		}
		if err := s.step(ctx, events(ref)); err != nil {
			return err
		}
	}
	return nil
}

// common returns the highest block that n nodes hold to be final, or safe: the
// n-th highest of what they named. The first is the followed node's, whose
// block is passed on if it contradicts the chain; others that do are not
// counted.
func (c *Core) common(refs []statecache.BlockRef, n int) (statecache.BlockRef, bool) {
	tip, ok := c.Tip()
	if !ok {
		return statecache.BlockRef{}, false
	}
	var fit []statecache.BlockRef
	for i, ref := range refs {
		_, known := c.find(ref)
		switch {
		case known || ref.Number > tip.Number:
			fit = append(fit, ref)
		case i == 0 && ref.Number >= c.chain[0].ref.Number:
			return ref, true
		}
	}
	if len(fit) < n {
		return statecache.BlockRef{}, false
	}
	slices.SortFunc(fit, func(a, b statecache.BlockRef) int { return int(b.Number) - int(a.Number) })
	return fit[n-1], true
}

// lagging says that the node is far behind the others. One node alone can not
// drive another out by naming a high block: of several the second highest counts,
// and an only other one is believed if this node stands still.
func (s *session) lagging(head statecache.BlockRef) error {
	var heads []uint64
	others := s.f.pool.Others(s.e)
	for _, e := range others {
		heads = append(heads, e.Head())
	}
	still := s.f.opts.Silence / 2
	if still < 0 {
		still = 30 * time.Second
	}
	if len(heads) == 0 || len(heads) == 1 && time.Since(s.moved) < still {
		return nil
	}
	slices.Sort(heads)
	best := heads[max(0, len(heads)-2)]
	if best > head.Number && best-head.Number > s.f.opts.Limits.MaxBehind {
		return fmt.Errorf("%s at %v, others at %d: %w", s.e.Name(), head, best, ErrBehind)
	}
	return nil
}
