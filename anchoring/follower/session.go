package follower

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// session is one connection to a node, used by one goroutine.
type session struct {
	f      *Follower
	e      *ethrpc.Endpoint
	handle Handler
	client *ethrpc.Client

	asked   time.Time // when the head was last asked for
	moved   time.Time // when the tip last moved, or the session began
	gone    int       // heads in a row whose ancestors the node does not have
	held    *Header   // head that too few nodes have yet
	since   time.Time // when that began
	ahead   map[[32]byte]*Header
	noBatch bool // the node refuses batches
}

// waitHere is the longest rate limit that is waited out within a session.
const waitHere = 5 * time.Second

// request runs one call. If the node limits, it waits, unless that is long or
// another node can take over.
func (s *session) request(ctx context.Context, call func(context.Context) error) error {
	for {
		err := s.e.Call(ctx, call)
		after, limited := ethrpc.RetryAfter(err)
		if !limited || after > waitHere || len(s.f.pool.Others(s.e)) > 0 {
			return err
		}
		if err := sleep(ctx, after); err != nil {
			return err
		}
	}
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

// run follows by subscription, if the connection carries one, and by asking.
func (s *session) run(ctx context.Context) error {
	var sub ethrpc.Subscription // of channels that never deliver
	var ended <-chan error
	interval := s.f.opts.Poll
	if s.client.Subscribes() {
		opened, err := s.subscribe(ctx)
		if err != nil {
			return err
		}
		defer opened.Close()
		sub, ended, interval = *opened, opened.Err(), s.f.opts.Recheck
	}
	silence, stop := s.silenceTimer()
	defer stop()
	finality := time.NewTicker(s.f.opts.FinalizedEvery)
	defer finality.Stop()
	next := s.latest
	for {
		before, _ := s.f.core.Tip()
		if err := next(ctx); err != nil {
			return err
		}
		if tip, _ := s.f.core.Tip(); tip != before {
			s.moved, s.gone = time.Now(), 0
			s.resetSilence(silence)
		}
		wait := interval
		if s.held != nil {
			wait = s.f.opts.Poll
		}
		again := time.NewTimer(max(0, wait-time.Since(s.asked)))
		select {
		case <-ctx.Done():
			next = func(ctx context.Context) error { return ctx.Err() }
		case err := <-ended:
			next = func(context.Context) error { return fmt.Errorf("subscription ended: %w", errors.Join(err)) }
		case <-silence.C:
			next = s.silent
		case <-finality.C:
			next = s.finalize
		case l := <-s.f.looks:
			next = func(context.Context) error { return s.looked(l) }
		case raw := <-sub.Heads:
			next = func(ctx context.Context) error { return s.announced(ctx, raw) }
		case <-again.C:
			next = s.latest
		}
		again.Stop()
	}
}

func (s *session) subscribe(ctx context.Context) (sub *ethrpc.Subscription, err error) {
	err = s.request(ctx, func(ctx context.Context) (err error) {
		sub, err = s.client.SubscribeHeads(ctx)
		return err
	})
	return sub, err
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
	err := fmt.Errorf("for %v after %v: %w", s.f.opts.Silence, tip, ErrSilent)
	return errors.Join(err, s.f.emit(ctx, s.handle, &Fault{Err: err, Ref: tip}))
}

// announced handles a head of the subscription. Only one that extends the chain
// is taken as it is: anything else may be late or out of order, so the node is
// asked what its head is.
func (s *session) announced(ctx context.Context, raw json.RawMessage) error {
	h, err := ethrpc.ParseJSON(raw)
	if err != nil {
		return s.faulty(ctx, err)
	}
	if tip, ok := s.f.core.Tip(); ok && h.Ref.Number > 0 && h.Parent() == tip {
		return s.head(ctx, h)
	}
	return s.latest(ctx)
}

// latest asks for the head.
func (s *session) latest(ctx context.Context) error {
	s.asked = time.Now()
	h, err := s.tag(ctx, "latest")
	if err != nil {
		if ethrpc.Faulty(err) {
			return s.faulty(ctx, err)
		}
		return err
	}
	return s.head(ctx, h)
}

// head gives a head to the core, once enough nodes have it.
func (s *session) head(ctx context.Context, h *Header) error {
	s.e.SawHead(h.Ref.Number)
	if err := s.lagging(h.Ref); err != nil {
		return s.fault(ctx, &Fault{Err: err, Ref: h.Ref}, true)
	}
	h, err := s.agreed(ctx, h)
	if err != nil || h == nil {
		return err
	}
	tip, ok := s.f.core.Tip()
	if !ok {
		if err := s.begin(ctx, h); err != nil {
			return err
		}
	}
	if err := s.step(ctx, s.f.core.Step(h)); err != nil {
		return err
	}
	if now, _ := s.f.core.Tip(); now == tip && s.f.core.Paused() == nil && len(s.f.core.branch) == 0 {
		// A head that fits ends a pause, but not one for silence.
		s.f.update(func(st *Status) {
			if !errors.Is(st.Paused, ErrSilent) {
				st.Paused = nil
			}
		})
	}
	if time.Since(s.f.lastFinalized) < s.f.opts.FinalizedEvery {
		return nil
	}
	return s.finalize(ctx)
}

// begin tells a core without a chain where to begin.
func (s *session) begin(ctx context.Context, head *Header) error {
	from := head.Ref.Number - min(head.Ref.Number, s.f.opts.Back)
	h, err := s.tag(ctx, "finalized")
	switch {
	case err == nil && h.Ref.Number <= head.Ref.Number:
		from = max(from, h.Ref.Number)
	case err != nil && ethrpc.KindOf(err) == ethrpc.KindConnection:
		return err
	}
	s.f.core.Begin(from)
	return nil
}

// step emits the core's events and fetches what it needs.
func (s *session) step(ctx context.Context, events []Event) error {
	needs := 0
	for len(events) > 0 {
		e := events[0]
		events = events[1:]
		switch e := e.(type) {
		case *Need:
			needs++
			h, err := s.need(ctx, e.Ref, needs)
			switch {
			case errors.Is(err, ethrpc.ErrNotFound):
				// The node left that branch meanwhile: its next head tells.
				s.f.log.LogAttrs(ctx, slog.LevelWarn, "ancestor is gone", slog.Any("err", err))
				if s.gone++; s.gone >= maxGone {
					s.gone = 0
					return s.faulty(ctx, fmt.Errorf("no ancestors of %d heads: %w", maxGone, err))
				}
				return nil
			case err != nil && ethrpc.Faulty(err):
				return s.faulty(ctx, err)
			case err != nil:
				return err
			}
			events = append(events, s.f.core.Backfill(h)...)
		case *Fault:
			if err := s.fault(ctx, e, false); err != nil {
				return err
			}
		default:
			if err := s.f.emit(ctx, s.handle, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxGone heads in a row without ancestors are no bad luck.
const maxGone = 8

// Of a long backfill, headers are fetched ahead by number, in batches.
const (
	singles   = 4 // fetched by hash before that
	batchSize = 64
)

// need fetches the n-th header of a backfill. Numbers only guess: what was
// fetched ahead is used when its hash is the one that is needed.
func (s *session) need(ctx context.Context, ref statecache.BlockRef, n int) (*Header, error) {
	if h, ok := s.ahead[ref.Hash]; ok {
		return h, nil
	}
	if n > singles && !s.noBatch {
		size := min(batchSize, ref.Number+1)
		var got []*Header
		err := s.request(ctx, func(ctx context.Context) (err error) {
			got, err = s.client.HeadersByNumber(ctx, ref.Number+1-size, int(size))
			return err
		})
		switch ethrpc.KindOf(err) {
		case ethrpc.KindOK:
		case ethrpc.KindAnswer, ethrpc.KindHTTP, ethrpc.KindMalformed:
			s.noBatch = true
		default:
			return nil, err
		}
		s.ahead = make(map[[32]byte]*Header, len(got))
		for _, h := range got {
			if h != nil {
				s.ahead[h.Ref.Hash] = h
			}
		}
		if h, ok := s.ahead[ref.Hash]; ok {
			return h, nil
		}
	}
	return s.header(ctx, func(ctx context.Context) (*Header, error) { return s.client.HeaderByHash(ctx, ref.Hash) })
}

// faulty reports an answer that is wrong in itself.
func (s *session) faulty(ctx context.Context, err error) error {
	return s.fault(ctx, &Fault{Err: fmt.Errorf("%w: %w", ErrNode, err)}, false)
}

// fault emits a fault of the node. The session goes on, unless it must end or
// another node can take over.
func (s *session) fault(ctx context.Context, e *Fault, end bool) error {
	if err := s.f.emit(ctx, s.handle, e); err != nil {
		return err
	}
	if s.e.Quarantine(e.Err) || end {
		return e.Err
	}
	return nil
}
