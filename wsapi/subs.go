package wsapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"

	"vmhost/jobs"
)

// subscription is one eth_subscribe of a connection.
type subscription struct {
	id     string
	method string // of its notifications
	kind   string
	cancel context.CancelFunc
}

// resultsParams is the object of ["results", {…}].
type resultsParams struct {
	Program  *jobs.Hash     `json:"program"`
	Trigger  jobs.TriggerID `json:"trigger"`
	Job      jobs.JobID     `json:"job"`
	Cursor   string         `json:"cursor"`
	From     string         `json:"from"`
	Finality jobs.Finality  `json:"finality"`
	Proofs   string         `json:"proofs"`
}

// subscribe checks the parameters, and returns the id and what starts the
// notifications once the response is on its way.
func (c *conn) subscribe(namespace string, a []json.RawMessage) (id string, start func(), err error) {
	var kind string
	if err := decodeArg(a, 0, "subscription", &kind); err != nil {
		return "", nil, err
	}
	if len(a) > 2 {
		return "", nil, errorf(CodeParams, "too many parameters")
	}
	c.mu.Lock()
	n := len(c.subs)
	c.mu.Unlock()
	if n >= c.s.opts.MaxSubscriptions {
		return "", nil, errorf(CodeLimit, "%d subscriptions on this connection", n)
	}
	ctx, cancel := context.WithCancel(c.ctx)
	var run func(ctx context.Context, sub *subscription)
	switch kind {
	case "results":
		run, err = c.prepareResults(ctx, a)
	case "status":
		run = c.runStatus
	case "newHeads":
		run, err = c.prepareHeads()
	default:
		err = errorf(CodeParams, "unknown subscription %q", clip(kind))
	}
	if err != nil {
		cancel()
		return "", nil, err
	}
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // never fails (crypto/rand)
	sub := &subscription{id: "0x" + hex.EncodeToString(raw[:]), method: namespace + "_subscription", kind: kind, cancel: cancel}
	c.mu.Lock()
	c.subs[sub.id] = sub
	c.mu.Unlock()
	return sub.id, func() {
		c.s.metrics.subs.WithLabelValues(kind).Inc()
		c.wg.Go(func() {
			defer c.s.metrics.subs.WithLabelValues(kind).Dec()
			defer c.drop(sub.id)
			run(ctx, sub)
		})
	}, nil
}

// drop ends a subscription; false if there is none.
func (c *conn) drop(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	sub, ok := c.subs[id]
	if ok {
		sub.cancel()
		delete(c.subs, id)
	}
	return ok
}

// notify queues one notification.
func (c *conn) notify(ctx context.Context, sub *subscription, result any) error {
	return c.out.put(ctx, notification(sub, mustJSON(result)))
}

func notification(sub *subscription, result []byte) []byte {
	b := make([]byte, 0, len(result)+128)
	b = append(b, `{"jsonrpc":"2.0","method":"`...)
	b = append(b, sub.method...)
	b = append(b, `","params":{"subscription":"`...)
	b = append(b, sub.id...)
	b = append(b, `","result":`...)
	b = append(b, result...)
	return append(b, "}}"...)
}

func (c *conn) prepareResults(ctx context.Context, a []json.RawMessage) (func(context.Context, *subscription), error) {
	var p resultsParams
	if len(a) > 1 {
		if err := decodeArg(a, 1, "results", &p); err != nil {
			return nil, err
		}
	}
	r := &renderer{filter: filter{trigger: p.Trigger, job: p.Job, proofs: p.Proofs}, finalized: c.s.finalized}
	if p.Program != nil {
		r.program = *p.Program
	}
	switch p.Proofs {
	case "none", "status", "inline":
	case "":
		r.proofs = "status"
	default:
		return nil, errorf(CodeParams, "proofs must be none, status or inline")
	}
	o, err := c.s.streamOptions(p)
	if err != nil {
		return nil, err
	}
	st, err := c.s.opts.Jobs.Stream(o)
	if err != nil {
		return nil, c.s.streamError(err)
	}
	var l *listener
	if r.proofs != "none" { // from now on, not from when the goroutine runs
		l = c.s.hub.listen()
		context.AfterFunc(ctx, func() { c.s.hub.leave(l) })
	}
	return func(ctx context.Context, sub *subscription) { c.runResults(ctx, sub, st, r, l) }, nil
}

// streamOptions says where a results subscription begins: at a cursor, or from
// "latest" (the default), "earliest" (what is retained), or a block number.
func (s *Server) streamOptions(p resultsParams) (jobs.StreamOptions, error) {
	o := jobs.StreamOptions{Finality: p.Finality}
	if p.Cursor != "" {
		pos, err := decodeCursor(p.Cursor)
		switch {
		case errors.Is(err, errCursorVersion):
			return o, s.streamError(jobs.ErrOtherLog)
		case err != nil:
			return o, errorf(CodeParams, "%v", err)
		}
		o.From = &pos
		return o, nil
	}
	switch p.From {
	case "", "latest":
	case "earliest":
		o.Oldest = true
	default:
		var n jobs.Quantity
		if err := n.UnmarshalText([]byte(p.From)); err != nil {
			return o, errorf(CodeParams, "from must be latest, earliest or a block number")
		}
		h := uint64(n)
		o.Height = &h
	}
	return o, nil
}

// streamError is the error of a stream that cannot begin or go on; with the
// cursor code it carries a cursor that can be resumed.
func (s *Server) streamError(err error) *Error {
	e := toError(err)
	if e.Code == CodeCursor {
		e.OldestCursor = encodeCursor(s.opts.Jobs.Oldest())
	}
	return e
}

func (c *conn) runResults(ctx context.Context, sub *subscription, st *jobs.Stream, r *renderer, l *listener) {
	if l != nil {
		c.wg.Go(func() { c.runProgress(ctx, sub, r.filter, l) })
	}
	for {
		e, err := st.Next(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			w := c.s.streamError(err)
			c.s.metrics.dropped.WithLabelValues(w.Code.info().Name).Inc()
			if w.Code == CodeInternal {
				c.s.opts.Logger.LogAttrs(ctx, slog.LevelError, "results stream", slog.Any("err", err))
			}
			_ = c.notify(ctx, sub, errorMessage{"error", w.Code, w.Message, w.OldestCursor})
			return
		}
		if m := r.render(e); m != nil {
			if c.notify(ctx, sub, m) != nil {
				return
			}
		}
	}
}

// runProgress forwards proof progress until the subscription ends.
func (c *conn) runProgress(ctx context.Context, sub *subscription, f filter, l *listener) {
	for {
		select {
		case <-ctx.Done():
			return
		case u := <-l.c:
			for _, p := range u.progress {
				if f.matches(p.program, p.module, p.trigger, p.JobID) && c.notify(ctx, sub, p.progressMessage) != nil {
					return
				}
			}
		}
	}
}

// runStatus sends the status now and whenever it changed.
func (c *conn) runStatus(ctx context.Context, sub *subscription) {
	l := c.s.hub.listen()
	defer c.s.hub.leave(l)
	if c.notify(ctx, sub, c.s.statusMessage(jobs.Changes{}, false)) != nil {
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case u := <-l.c:
			if c.out.put(ctx, notification(sub, u.status(l))) != nil {
				return
			}
		}
	}
}

func (c *conn) prepareHeads() (func(context.Context, *subscription), error) {
	st, err := c.s.opts.Jobs.Stream(jobs.StreamOptions{})
	if err != nil {
		return nil, c.s.streamError(err)
	}
	return func(ctx context.Context, sub *subscription) {
		for {
			e, err := st.Next(ctx)
			if err != nil {
				return
			}
			if e.Type == jobs.RecAdvance && c.notify(ctx, sub, headMessage{*e.Block}) != nil {
				return
			}
		}
	}, nil
}
