package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// apply brings the cache to the followed chain again and again. It looks at
// where both are rather than at single events, so that a branch which comes and
// goes while a block is being proven costs nothing.
func (s *Source) apply(ctx context.Context, handle func(context.Context, Event) error) error {
	pause := s.opts.RetryMin
	for {
		progress, err := s.step(ctx, handle)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if h, ok := errors.AsType[*handlerError](err); ok {
			return h.err
		}
		switch {
		case err != nil:
			// Retried after a pause, or at once when the chain has changed.
			if err := s.report(ctx, handle, err); err != nil {
				return err
			}
			if err := s.lost(err); err != nil {
				return err
			}
			after, _ := ethrpc.RetryAfter(err)
			if err := s.wait(ctx, max(pause, after)); err != nil {
				return err
			}
			pause = min(2*pause, s.opts.RetryMax)
		case progress:
			pause = s.opts.RetryMin
		default:
			if err := s.wait(ctx, 0); err != nil {
				return err
			}
		}
	}
}

// wait returns when something changed or, if d is not 0, after d.
func (s *Source) wait(ctx context.Context, d time.Duration) error {
	var timeout <-chan time.Time
	if d > 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		timeout = t.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.wake:
	case <-timeout:
	}
	return nil
}

// handlerError marks an error of the handler, which ends Run.
type handlerError struct{ err error }

func (e *handlerError) Error() string { return e.err.Error() }
func (e *handlerError) Unwrap() error { return e.err }

func tell(ctx context.Context, handle func(context.Context, Event) error, e Event) error {
	if err := handle(ctx, e); err != nil {
		return &handlerError{fmt.Errorf("handle event: %w", err)}
	}
	return nil
}

// lost ends Run if the cache cannot be continued for too long and the caller
// wants to know; nil goes on.
func (s *Source) lost(err error) error {
	if !errors.Is(err, ErrBehind) && !errors.Is(err, follower.ErrGap) {
		return nil
	}
	if s.lostSince.IsZero() {
		s.lostSince = time.Now()
	}
	if !s.opts.StopWhenLost || time.Since(s.lostSince) < s.opts.LostAfter {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrLost, err)
}

// report tells a new fault once; the same one again only reaches the log.
func (s *Source) report(ctx context.Context, handle func(context.Context, Event) error, err error) error {
	fault := &Fault{Err: err}
	if e, ok := errors.AsType[*blockError](err); ok {
		fault.Ref = e.ref
	}
	s.mu.Lock()
	same := s.fault != nil && s.fault.Error() == err.Error()
	s.fault = err
	s.mu.Unlock()
	s.log.LogAttrs(ctx, slog.LevelError, "block not applied", slog.Any("err", err), slog.Bool("again", same))
	if same {
		return nil
	}
	return tell(ctx, handle, fault)
}

// blockError says which block could not be applied.
type blockError struct {
	ref statecache.BlockRef
	err error
}

func (e *blockError) Error() string { return fmt.Sprintf("block %v: %v", e.ref, e.err) }
func (e *blockError) Unwrap() error { return e.err }

// step does one thing: tell a fault, roll back, apply one block, or finalize.
// It reports whether there was anything to do.
func (s *Source) step(ctx context.Context, handle func(context.Context, Event) error) (bool, error) {
	if e := s.takeQueued(); e != nil {
		if err := tell(ctx, handle, e); err != nil {
			return true, err
		}
		if f, ok := e.(*Fault); ok {
			if err := s.lost(f.Err); err != nil {
				return true, &handlerError{err} // ends Run
			}
		}
		return true, nil
	}
	to, next, live, err := s.plan()
	if err != nil {
		return false, err
	}
	if to != nil {
		return true, s.rollback(ctx, handle, *to)
	}
	if next != nil {
		return true, s.extend(ctx, handle, next, live)
	}
	return s.finalize(ctx, handle)
}

func (s *Source) takeQueued() Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return nil
	}
	e := s.queue[0]
	s.queue = s.queue[1:]
	return e
}

// plan compares cache and chain: roll back to a block, or apply the next, or
// neither.
func (s *Source) plan() (to *statecache.BlockRef, next *arrived, live bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.chain) == 0 {
		return nil, nil, false, nil
	}
	head, ok := s.opts.Cache.Head()
	if !ok {
		// Any block can be the first. Not genesis if there is another: anvil's
		// header of it has no state root.
		if s.chain[0].Ref.Number == 0 && len(s.chain) > 1 {
			s.chain = s.chain[1:]
		}
		first := s.chain[0]
		return nil, &first, len(s.chain) == 1, nil
	}
	// The highest block of the cache that the chain has too.
	base := s.chain[0].Ref.Number
	tip := s.chain[len(s.chain)-1].Ref.Number
	n := min(head.Number, tip)
	for ; n >= base; n-- {
		ref, err := s.opts.Cache.Canonical(n)
		if err != nil {
			return nil, nil, false, fmt.Errorf("%w: %w", ErrDetached, err)
		}
		if s.chain[n-base].Ref == ref {
			break
		}
		if n == 0 {
			return nil, nil, false, ErrDetached
		}
	}
	if n < base { // the chain known here begins above: its first block names the parent
		parent := s.chain[0].Parent()
		if ref, err := s.opts.Cache.Canonical(parent.Number); err != nil || ref != parent {
			return nil, nil, false, fmt.Errorf("%w: chain begins at %v, cache ends at %v", ErrDetached, s.chain[0].Ref, head)
		}
	}
	if n < head.Number {
		ref, err := s.opts.Cache.Canonical(n)
		return &ref, nil, false, err
	}
	s.trim(n)
	base = s.chain[0].Ref.Number
	if i := n + 1 - base; i < uint64(len(s.chain)) {
		found := s.chain[i] // a copy: the follower rewrites the slice
		return nil, &found, i == uint64(len(s.chain))-1, nil
	}
	return nil, nil, false, nil
}

// trim forgets headers that no reorganisation can reach. Requires mu.
func (s *Source) trim(applied uint64) {
	keep := 2 * s.opts.Window
	base := s.chain[0].Ref.Number
	if applied > base+2*keep {
		s.chain = append([]arrived(nil), s.chain[applied-keep-base:]...)
	}
}

func (s *Source) rollback(ctx context.Context, handle func(context.Context, Event) error, to statecache.BlockRef) error {
	head, _ := s.opts.Cache.Head()
	e := &RolledBack{To: to}
	for n := head.Number; n > to.Number; n-- {
		ref, err := s.opts.Cache.Canonical(n)
		if err != nil {
			return &blockError{to, err}
		}
		e.Reverted = append(e.Reverted, ref)
	}
	if err := s.opts.Cache.Rollback(to); err != nil {
		return &blockError{to, err}
	}
	s.count(func(m *Metrics) { m.RolledBack += uint64(len(e.Reverted)) })
	return tell(ctx, handle, e)
}

// extend proves and applies one block.
func (s *Source) extend(ctx context.Context, handle func(context.Context, Event) error, next *arrived, live bool) error {
	b, err := s.bind(ctx, next.Header)
	if err != nil {
		if s.startLater(next.Ref, err) {
			s.log.LogAttrs(ctx, slog.LevelInfo, "beginning one block later", slog.Uint64("not", next.Ref.Number), slog.Any("err", err))
			return nil
		}
		return &blockError{next.Ref, err}
	}
	commitment, err := s.opts.Cache.ApplyLogs(next.Block(), b.changes, b.logs)
	for errors.Is(err, statecache.ErrMissingValue) { // items were defined while the block was proven
		more, added := s.prove(ctx, next.Header, s.binder.Added)
		if added != nil {
			return &blockError{next.Ref, added}
		}
		if len(more) == 0 {
			break
		}
		b.changes = append(b.changes, more...)
		commitment, err = s.opts.Cache.ApplyLogs(next.Block(), b.changes, b.logs)
	}
	if err != nil {
		return &blockError{next.Ref, err}
	}
	s.lostSince = time.Time{}
	s.mu.Lock()
	s.fault = nil
	s.metrics.Applied++
	s.metrics.Values += uint64(len(b.changes))
	s.mu.Unlock()
	return tell(ctx, handle, &Applied{Header: next.Block(), Commitment: commitment, Logs: b.logs, Received: next.at, Live: live})
}

// startLater drops the first block of the chain, and says so, if the cache is
// still empty and there is another to begin with: the node may not keep that old
// a state. A wrong answer is not taken for that at once.
func (s *Source) startLater(first statecache.BlockRef, err error) bool {
	if !binding.Faulty(err) && !errors.Is(err, binding.ErrUnavailable) {
		return false
	}
	if s.refused++; binding.Faulty(err) && s.refused < 3 {
		return false
	}
	s.refused = 0
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.opts.Cache.Head(); ok || len(s.chain) < 2 || s.chain[0].Ref != first {
		return false
	}
	s.chain = s.chain[1:]
	return true
}

// prove fetches the changes of a block.
func (s *Source) prove(ctx context.Context, h *ethrpc.Header, changes changesFunc) ([]statecache.Change, error) {
	start := time.Now()
	found, err := changes(ctx, h, s.opts.Cache.Collections())
	s.count(func(m *Metrics) {
		m.Proving += time.Since(start)
		switch {
		case err == nil:
			m.Proven++
			m.Asked.Add(s.binder.Stats())
		case binding.Faulty(err):
			m.ProofFailures++
		default:
			m.Unproven++
		}
	})
	return found, s.blame(h, err)
}

// changesFunc is a method of binding.Binder.
type changesFunc func(context.Context, *ethrpc.Header, []statecache.Collection) ([]statecache.Change, error)

// blame leaves out the node that gave a wrong answer, and says when no node goes
// back that far.
func (s *Source) blame(h *ethrpc.Header, err error) error {
	if s.nodes != nil {
		s.nodes.blame(err)
	}
	if errors.Is(err, binding.ErrUnavailable) {
		if st := s.follower.Status(); st.Head.Number > h.Ref.Number+s.opts.Window {
			err = fmt.Errorf("%w: %w", ErrBehind, err)
		}
	}
	return err
}

// finalize passes finality on once its block is in the cache.
func (s *Source) finalize(ctx context.Context, handle func(context.Context, Event) error) (bool, error) {
	s.mu.Lock()
	final := s.final
	s.mu.Unlock()
	if final == s.told {
		return s.tellSafe(ctx, handle)
	}
	ref, err := s.opts.Cache.Canonical(final.Number)
	if errors.Is(err, statecache.ErrFuture) || errors.Is(err, statecache.ErrEmpty) {
		return s.tellSafe(ctx, handle)
	}
	if err == nil && ref != final {
		return false, &blockError{final, follower.ErrFinalizedMismatch}
	}
	if final.Number > s.opts.Cache.Finalized() {
		if err := s.opts.Cache.Finalize(final.Number); err != nil {
			return false, &blockError{final, err}
		}
	}
	s.told = final
	return true, tell(ctx, handle, &Finalized{final})
}

// tellSafe passes the safe block on once it is in the cache.
func (s *Source) tellSafe(ctx context.Context, handle func(context.Context, Event) error) (bool, error) {
	s.mu.Lock()
	safe := s.safe
	s.mu.Unlock()
	if safe == s.toldSafe {
		return false, nil
	}
	if ref, err := s.opts.Cache.Canonical(safe.Number); err != nil || ref != safe {
		return false, nil //nolint:nilerr // not there yet, or of a branch that was left
	}
	s.toldSafe = safe
	return true, tell(ctx, handle, &Safe{safe})
}
