package follower

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vmhost/anchoring/ethrpc"
)

// look is what was seen of a node that is not followed.
type look struct {
	e *ethrpc.Endpoint
	// head is its highest block that is not above the followed head; nil if it
	// did not answer or was not asked.
	head *Header
}

// probe asks the nodes that are not followed for their heads, and leaves out
// those that are far behind, until the context ends.
func (f *Follower) probe(ctx context.Context) {
	for sleep(ctx, f.opts.Probe) == nil {
		active := f.active()
		for _, e := range f.pool.Endpoints() {
			if e == active {
				continue
			}
			select {
			case f.looks <- look{e, f.lookAt(ctx, e)}:
			case <-ctx.Done():
			}
		}
	}
}

// lookAt asks a node for its head, if it is healthy.
func (f *Follower) lookAt(ctx context.Context, e *ethrpc.Endpoint) (h *Header) {
	if e.Status().State != ethrpc.Healthy {
		return nil
	}
	ours := f.Status().Head
	err := e.Do(ctx, func(ctx context.Context, c *ethrpc.Client) (err error) {
		if h, err = c.HeaderByTag(ctx, "latest"); err != nil {
			return err
		}
		e.SawHead(h.Ref.Number)
		if h.Ref.Number > ours.Number && ours.Number > 0 {
			h, err = c.HeaderByNumber(ctx, ours.Number)
		}
		return err
	})
	f.judge(e, err)
	if err != nil {
		h = nil
	} else if ours.Number > h.Ref.Number && ours.Number-h.Ref.Number > f.opts.Limits.MaxBehind {
		e.Quarantine(fmt.Errorf("at %v, chain at %v: %w", h.Ref, ours, ErrBehind))
		h = nil
	}
	return h
}

// returnError ends a session for one of a node that is preferred.
type returnError struct{ to *ethrpc.Endpoint }

func (r *returnError) Error() string { return "returning to " + r.to.Name() }

// looked ends the session if it is time to return to the node.
func (s *session) looked(l look) error {
	i := slices.Index(s.f.pool.Endpoints(), l.e)
	fit := l.head != nil && s.f.core.Abreast(l.head)
	following := s.f.core.Paused() == nil
	if !s.f.prefer.look(time.Now(), i, fit, l.e.Status().FailedAt) || !following {
		return nil
	}
	s.f.update(func(st *Status) { st.Returns++ })
	return &returnError{l.e}
}
