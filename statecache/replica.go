package statecache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Record is one sealed change of a cache, as the log holds it.
type Record struct {
	Seq uint64
	Raw []byte
}

// feed tells how far the log is acknowledged, and wakes who waits for more.
type feed struct {
	mu   sync.Mutex
	next uint64
	more chan struct{} // closed at the next advance
}

func (f *feed) advance(next uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next = next
	if f.more != nil {
		close(f.more)
		f.more = nil
	}
}

// state returns the number of the next record, and a channel that is closed when
// it is there.
func (f *feed) state() (next uint64, more <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.more == nil {
		f.more = make(chan struct{})
	}
	return f.next, f.more
}

// Limits of what Records reads ahead.
const (
	feedRecords = 64
	feedBytes   = 1 << 20
)

// NextRecord returns the number that the next change will have.
func (c *Cache) NextRecord() uint64 {
	next, _ := c.feed.state()
	return next
}

// Records hands on the records from a number on, in order, to fn, which may keep
// them; then it waits for new ones until ctx ends. Each is durable here. It stops
// at fn's first error and returns it as it is. A slow fn delays nobody else.
//
// Errors: ErrNoLog; ErrLog if the log cannot be read, in particular if the record
// was pruned: start from a checkpoint then; ctx's.
func (c *Cache) Records(ctx context.Context, from uint64, fn func(Record) error) error {
	if c.opts.Log == nil {
		return ErrNoLog
	}
	for {
		next, more := c.feed.state()
		if from < next {
			batch, err := c.readRecords(from, next)
			if err != nil {
				return fmt.Errorf("%w: records from %d on: %w", ErrLog, from, err)
			}
			for _, rec := range batch {
				if err := fn(rec); err != nil {
					return err
				}
			}
			from += uint64(len(batch))
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-more:
		}
	}
}

var errEnough = errors.New("enough")

// readRecords reads some records from one that is there, below next.
func (c *Cache) readRecords(from, next uint64) (out []Record, err error) {
	size := 0
	err = c.opts.Log.Replay(from, func(seq uint64, raw []byte) error {
		if seq >= next || len(out) >= feedRecords || size >= feedBytes {
			return errEnough
		}
		size += len(raw)
		out = append(out, Record{seq, slices.Clone(raw)})
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%w: record %d is missing", ErrLogCorrupt, from)
	}
	return out, err
}

// Replica keeps a cache equal to another one, by its records. It trusts none of
// them: each must continue the chain of sums from the first record on and end in
// the commitment it says, so that a record that is damaged, left out, repeated,
// out of order or of another chain or branch is refused, and nothing changes.
// What it cannot know is whether the leader was told the truth: values are bound
// to the chain elsewhere.
type Replica struct {
	mu sync.Mutex
	c  *Cache
}

// NewReplica returns a replica: empty, or in the state that its own log and
// checkpoints hold. Window and HardCap must be at least those of the leader, or a
// rollback may reach below the window. Errors: those of New.
func NewReplica(opts Options) (*Replica, error) {
	c, err := open(opts, true)
	if err != nil {
		return nil, err
	}
	return &Replica{c: c}, nil
}

// Cache returns the cache, for reading; its own writing methods are ErrFollower.
func (r *Replica) Cache() *Cache { return r.c }

// Next returns the number of the record to apply next.
func (r *Replica) Next() uint64 { return r.c.NextRecord() }

// Apply applies the next record; the replica's own log holds it before it is
// visible. On error nothing has changed.
//
// Errors: ErrLogCorrupt: not the next record of this chain; ErrDiverged: it ends
// in another commitment; ErrOptions: a leader of another chain or mode; ErrLog;
// those of the change itself, from a leader with a larger window.
func (r *Replica) Apply(rec Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if rec.Seq != r.c.log.seq {
		return fmt.Errorf("%w: record %d instead of %d", ErrLogCorrupt, rec.Seq, r.c.log.seq)
	}
	return r.c.replay(rec.Raw)
}
