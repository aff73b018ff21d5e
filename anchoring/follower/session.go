package follower

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"vmhost/anchoring/ethrpc"
)

// session is one connection to the node, used by one goroutine.
type session struct {
	f      *Follower
	handle Handler
	client *ethrpc.Client
	// caughtUp is false while heads may come that were buffered before the head
	// was asked for: known ancestors are then no sign of a node that went back.
	caughtUp bool
}

// request runs one call with the timeout.
func (s *session) request(ctx context.Context, call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.f.opts.Timeout)
	defer cancel()
	return call(ctx)
}

func (s *session) header(ctx context.Context, get func(context.Context) (*Header, error)) (h *Header, err error) {
	err = s.request(ctx, func(ctx context.Context) error {
		h, err = get(ctx)
		return err
	})
	return h, err
}

func (s *session) tag(ctx context.Context, tag string) (*Header, error) {
	return s.header(ctx, func(ctx context.Context) (*Header, error) { return s.client.HeaderByTag(ctx, tag) })
}

// checkChain makes sure that the node still serves the same chain.
func (s *session) checkChain(ctx context.Context) error {
	var id uint64
	err := s.request(ctx, func(ctx context.Context) (err error) {
		id, err = s.client.ChainID(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if s.f.chainID == 0 {
		s.f.chainID = id
	}
	if id != s.f.chainID {
		fault := fmt.Errorf("chain id %d, expected %d: %w", id, s.f.chainID, ErrChainID)
		return errors.Join(fault, s.f.emit(ctx, s.handle, &Fault{Err: fault}))
	}
	s.f.update(func(st *Status) { st.Connected = true })
	s.f.log.LogAttrs(ctx, slog.LevelInfo, "connected to node", slog.String("url", s.f.opts.URL), slog.Uint64("chain", id))
	return nil
}

// subscribe follows by websocket.
func (s *session) subscribe(ctx context.Context) error {
	sub, err := s.client.SubscribeHeads(ctx)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := s.latest(ctx); err != nil {
		return err
	}
	silence, stop := s.silenceTimer()
	defer stop()
	finalized := time.NewTicker(s.f.opts.FinalizedEvery)
	defer finalized.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-sub.Err():
			return fmt.Errorf("subscription ended: %w", errors.Join(err))
		case <-silence.C:
			return s.silent(ctx)
		case <-finalized.C:
			if err := s.finalize(ctx); err != nil {
				return err
			}
		case raw := <-sub.Heads:
			before, _ := s.f.core.Tip()
			if err := s.announced(ctx, raw); err != nil {
				return err
			}
			if tip, _ := s.f.core.Tip(); tip != before {
				s.resetSilence(silence)
			}
		}
	}
}

// poll follows by asking for the head again and again.
func (s *session) poll(ctx context.Context) error {
	silence, stop := s.silenceTimer()
	defer stop()
	ticker := time.NewTicker(s.f.opts.Poll)
	defer ticker.Stop()
	for {
		before, _ := s.f.core.Tip()
		s.caughtUp = true
		if err := s.latest(ctx); err != nil {
			return err
		}
		if tip, _ := s.f.core.Tip(); tip != before {
			s.resetSilence(silence)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-silence.C:
			return s.silent(ctx)
		case <-ticker.C:
		}
	}
}

func (s *session) silenceTimer() (*time.Timer, func()) {
	d := s.f.opts.Silence
	if d < 0 {
		d = 1 << 62
	}
	t := time.NewTimer(d)
	return t, func() { t.Stop() }
}

func (s *session) resetSilence(t *time.Timer) {
	if s.f.opts.Silence > 0 {
		t.Reset(s.f.opts.Silence)
	}
}

// silent alarms and ends the session: the connection itself may be dead.
func (s *session) silent(ctx context.Context) error {
	tip, _ := s.f.core.Tip()
	fault := fmt.Errorf("for %v after %v: %w", s.f.opts.Silence, tip, ErrSilent)
	return errors.Join(fault, s.f.emit(ctx, s.handle, &Fault{Err: fault, Ref: tip}))
}

// announced handles a head of the subscription.
func (s *session) announced(ctx context.Context, raw json.RawMessage) error {
	h, err := ethrpc.ParseJSON(raw)
	if err != nil {
		return s.faulty(ctx, err)
	}
	return s.head(ctx, h)
}

// latest asks for the head, starts the chain with the first, and asks for the
// finalized block.
func (s *session) latest(ctx context.Context) error {
	h, err := s.tag(ctx, "latest")
	if err != nil {
		if ethrpc.Faulty(err) {
			return s.faulty(ctx, err)
		}
		return err
	}
	if _, ok := s.f.core.Tip(); !ok {
		if err := s.start(ctx, h); err != nil {
			return err
		}
	}
	if err := s.head(ctx, h); err != nil {
		return err
	}
	return s.finalizeIfDue(ctx)
}

// start gives a core without a chain its first block.
func (s *session) start(ctx context.Context, head *Header) error {
	from := head.Ref.Number - min(head.Ref.Number, s.f.opts.Back)
	if h, err := s.tag(ctx, "finalized"); err == nil && h.Ref.Number <= head.Ref.Number {
		from = max(from, h.Ref.Number)
	}
	h, err := s.header(ctx, func(ctx context.Context) (*Header, error) { return s.client.HeaderByNumber(ctx, from) })
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	return s.step(ctx, s.f.core.Step(h))
}

// head gives a head to the core.
func (s *session) head(ctx context.Context, h *Header) error {
	tip, ok := s.f.core.Tip()
	if _, known := s.f.core.find(h.Ref); ok && known && h.Ref != tip && !s.caughtUp {
		return nil
	}
	s.caughtUp = true
	if err := s.step(ctx, s.f.core.Step(h)); err != nil {
		return err
	}
	if h.Ref == tip {
		// The tip again ends a pause, but not one for silence.
		s.f.update(func(st *Status) {
			if !errors.Is(st.Paused, ErrSilent) {
				st.Paused = s.f.core.Paused()
			}
		})
		return nil
	}
	return s.finalizeIfDue(ctx)
}

// step emits the core's events and fetches what it needs.
func (s *session) step(ctx context.Context, events []Event) error {
	for len(events) > 0 {
		e := events[0]
		events = events[1:]
		need, ok := e.(*Need)
		if !ok {
			if err := s.f.emit(ctx, s.handle, e); err != nil {
				return err
			}
			continue
		}
		h, err := s.header(ctx, func(ctx context.Context) (*Header, error) { return s.client.HeaderByHash(ctx, need.Ref.Hash) })
		switch {
		case errors.Is(err, ethrpc.ErrNotFound):
			// The node left that branch meanwhile: its next head tells.
			s.f.log.LogAttrs(ctx, slog.LevelWarn, "ancestor is gone", slog.Any("err", err))
			return nil
		case err != nil && ethrpc.Faulty(err):
			return s.faulty(ctx, err)
		case err != nil:
			return err
		}
		events = append(events, s.f.core.Backfill(h)...)
	}
	return nil
}

// faulty reports an answer that is wrong in itself. The session goes on.
func (s *session) faulty(ctx context.Context, err error) error {
	return s.f.emit(ctx, s.handle, &Fault{Err: fmt.Errorf("%w: %w", ErrNode, err)})
}

func (s *session) finalizeIfDue(ctx context.Context) error {
	if time.Since(s.f.lastFinalized) < s.f.opts.FinalizedEvery {
		return nil
	}
	return s.finalize(ctx)
}

// finalize asks for the finalized block. A node that has none is no fault.
func (s *session) finalize(ctx context.Context) error {
	s.f.lastFinalized = time.Now()
	h, err := s.tag(ctx, "finalized")
	if err != nil {
		if ethrpc.Faulty(err) {
			return s.faulty(ctx, err)
		}
		s.f.log.LogAttrs(ctx, slog.LevelDebug, "no finalized block", slog.Any("err", err))
		return nil
	}
	// Paused before and fitting now is for heads to say.
	return s.step(ctx, s.f.core.Finalize(h.Ref))
}
