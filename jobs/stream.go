package jobs

import (
	"context"
	"fmt"
	"slices"
)

// Finality is how sure a block must be before a stream delivers it.
type Finality string

// The finality levels. Safe is never behind finalized.
const (
	Latest    Finality = "latest"
	Safe      Finality = "safe"
	Finalized Finality = "finalized"
)

// Position is a place in the results stream of one log: what a cursor carries.
type Position struct {
	// Epoch of the log.
	Epoch Epoch
	// Seq is the last record that was delivered (or skipped).
	Seq uint64
	// Check is that record's digest; it pins the whole history before it.
	Check Check
	// Head is the newest block that was delivered and not undone.
	Head BlockRef
}

// StreamOptions say where a stream begins. The zero value is "from now on".
type StreamOptions struct {
	// From resumes after a position.
	From *Position
	// Oldest begins with the oldest retained record (ignored with From).
	Oldest bool
	// Height begins with that block (ignored with From); nil to ignore.
	Height *uint64
	// Finality; empty means Latest.
	Finality Finality
}

// Event is one delivered record and the position after it.
type Event struct {
	*Record
	Pos Position
	// Resumed marks the undo that a resume on a reverted block begins with.
	Resumed bool
}

// Stream delivers records in order, each at most once: a record whose block was
// undone before it was delivered is skipped, and so is an undo of which nothing
// was delivered. So a slow reader, a resumed one and a live one end with the
// same set of results. It reads the log at the reader's pace and holds nothing
// for it. Not safe for concurrent use.
type Stream struct {
	m        *Manager
	pos      Position
	finality Finality
	undo     *Record
	buf      []*Record
}

// Stream opens a stream. [ErrTooOld] and [ErrOtherLog] say that the position
// cannot be resumed; [Manager.Oldest] gives one that can.
func (m *Manager) Stream(o StreamOptions) (*Stream, error) {
	s := &Stream{m: m, finality: o.Finality}
	switch o.Finality {
	case Latest, Safe, Finalized:
	case "":
		s.finality = Latest
	default:
		return nil, fmt.Errorf("%w: finality %q", ErrInvalidInput, clip(string(o.Finality)))
	}
	if o.From != nil {
		return s, s.resume(*o.From)
	}
	return s, s.begin(o)
}

// Oldest is the position before the oldest retained record.
func (m *Manager) Oldest() Position {
	oldest, _ := m.log.Bounds()
	return Position{Epoch: m.log.Epoch(), Seq: oldest - 1}
}

// Position returns the position after the last delivered (or skipped) record.
func (s *Stream) Position() Position { return s.pos }

func (s *Stream) begin(o StreamOptions) error {
	m := s.m
	oldest, _ := m.log.Bounds()
	m.mu.RLock()
	defer m.mu.RUnlock()
	c := m.core
	s.pos = Position{Epoch: m.log.Epoch(), Seq: m.next - 1, Head: c.head()}
	first := uint64(0) // height to begin with
	switch {
	case o.Oldest:
		s.pos.Seq, s.pos.Head = oldest-1, BlockRef{}
		return nil
	case o.Height != nil:
		first = *o.Height
	case s.finality == Finalized:
		first = c.finalized.Number + 1
	case s.finality == Safe:
		first = m.safeLocked().Number + 1
	default:
		s.pos.Check = m.checkLocked()
		return nil
	}
	for i, b := range c.window {
		if uint64(b.Number) < first {
			continue
		}
		s.pos.Seq, s.pos.Head = max(b.seq, oldest)-1, BlockRef{}
		if i > 0 {
			s.pos.Head = c.window[i-1].Ref()
		}
		break
	}
	return nil
}

// checkLocked is the digest of the newest visible record, if it is cached.
func (m *Manager) checkLocked() Check {
	if n := len(m.tail.recs); n > 0 {
		return m.tail.recs[n-1].Check
	}
	return Check{}
}

func (s *Stream) resume(p Position) error {
	m := s.m
	if p.Epoch != m.log.Epoch() {
		return fmt.Errorf("%w: epoch %s, this log is %s", ErrOtherLog, p.Epoch, m.log.Epoch())
	}
	oldest, _ := m.log.Bounds()
	if p.Seq+1 < oldest {
		return fmt.Errorf("%w: %d, oldest is %d", ErrTooOld, p.Seq, oldest)
	}
	if p.Seq >= oldest && p.Check != (Check{}) {
		recs, err := m.Records(p.Seq, 1)
		if err != nil {
			return err
		}
		if len(recs) == 0 || recs[0].Check != p.Check {
			return fmt.Errorf("%w: record %d is not the one that was seen", ErrOtherLog, p.Seq)
		}
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if p.Seq >= m.next {
		return fmt.Errorf("%w: record %d does not exist", ErrOtherLog, p.Seq)
	}
	s.pos = p
	s.undo = m.core.undoSince(p)
	if s.undo != nil || p.Head == (BlockRef{}) {
		return nil
	}
	if b := m.core.at(p.Head.Number); b != nil && b.Hash != Hash(p.Head.Hash) {
		return fmt.Errorf("%w: block %s was never canonical here", ErrOtherLog, p.Head)
	}
	return nil
}

// undoSince is the one undo that stands for all after a position that reverted
// its block; nil if none did.
func (c *core) undoSince(p Position) *Record {
	var out *Record
	for _, u := range c.undos {
		if u.seq <= p.Seq || u.to >= p.Head.Number {
			continue
		}
		if out == nil {
			from := p.Head
			out = &Record{Type: RecUndo, From: &from}
		}
		if out.To == nil || u.to < out.To.Number {
			out.To = u.rec.To
		}
		out.Time, out.Head = u.rec.Time, *out.To
		for _, j := range u.rec.Undone {
			if j.Created <= p.Seq {
				out.Undone = append(out.Undone, j)
			}
		}
	}
	return out
}

// Next waits for the next event. [ErrTooOld] says that the reader was so slow
// that the log dropped records it had not read.
func (s *Stream) Next(ctx context.Context) (Event, error) {
	if u := s.undo; u != nil {
		s.undo = nil
		s.pos.Head = *u.To
		return Event{Record: u, Pos: s.pos, Resumed: true}, nil
	}
	for {
		r, err := s.peek(ctx)
		if err != nil {
			return Event{}, err
		}
		deliver, wait, err := s.judge(ctx, r)
		if err != nil {
			return Event{}, err
		}
		if wait {
			continue
		}
		s.buf = s.buf[1:]
		s.pos.Seq, s.pos.Check = r.Seq, r.Check
		if !deliver {
			continue
		}
		switch r.Type { //nolint:exhaustive // the two that move the head
		case RecAdvance:
			s.pos.Head = r.Block.Ref()
		case RecUndo:
			s.pos.Head = *r.To
		}
		return Event{Record: r, Pos: s.pos}, nil
	}
}

// peek returns the next record without taking it.
func (s *Stream) peek(ctx context.Context) (*Record, error) {
	for len(s.buf) == 0 {
		if err := s.m.WaitRecords(ctx, s.pos.Seq+1); err != nil {
			return nil, err
		}
		recs, err := s.m.Records(s.pos.Seq+1, 256)
		if err != nil {
			return nil, err
		}
		s.buf = slices.Clone(recs)
	}
	return s.buf[0], nil
}

// judge says whether a record is to be delivered; wait means that it was not
// final enough and something has changed since.
func (s *Stream) judge(ctx context.Context, r *Record) (deliver, wait bool, err error) {
	if r.Type == RecUndo {
		return r.To.Number < s.pos.Head.Number, false, nil
	}
	n, ok := r.height()
	if !ok {
		return true, false, nil
	}
	m := s.m
	m.mu.RLock()
	dead := m.core.dead(r.Seq, n, m.next)
	sure := m.core.finalized.Number
	if s.finality == Safe {
		sure = m.safeLocked().Number
	}
	grown, stopped := m.grown, m.fatal
	if m.closed {
		stopped = ErrClosed
	}
	m.mu.RUnlock()
	switch {
	case dead:
		return false, false, nil
	case s.finality == Latest || n <= sure:
		return true, false, nil
	case stopped != nil:
		return false, false, stopped
	}
	select {
	case <-grown:
		return false, true, nil
	case <-ctx.Done():
		return false, false, ctx.Err()
	}
}
