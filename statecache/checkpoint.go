package statecache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"vmhost/statecache/internal/colfile"
)

// CheckpointStore keeps checkpoints: files that are there whole or not at all.
// Package deltalog has one in a folder.
type CheckpointStore interface {
	// Write makes a checkpoint of what fill writes. It MUST be durable when Write
	// returns nil. After an error or a crash there MUST be none of that number, or
	// the one from before.
	Write(seq uint64, fill func(io.Writer) error) error
	// List returns the numbers of the checkpoints, newest first.
	List() ([]uint64, error)
	// Open opens one for reading, with its size in bytes.
	Open(seq uint64) (f interface {
		io.ReaderAt
		io.Closer
	}, size int64, err error)
	// Remove deletes one; it is no error if it is not there.
	Remove(seq uint64) error
}

// keepCheckpoints is how many checkpoints stay: one that is damaged is replaced
// by the one before and more of the log.
const keepCheckpoints = 2

// checkpointOwner is the owner of a checkpoint's pin.
const checkpointOwner = "checkpoint"

// mark is the place in the log where a block became the head: at which nothing
// was pending.
type mark struct {
	seq       uint64   // of the record after the block's
	sum       [32]byte // of the block's record
	finalized uint64
}

// Checkpoint writes the state of the oldest block retained, so that recovery
// starts there and comes to the whole window by the records above; then it drops
// older checkpoints but one, and the records that no checkpoint needs. Blocks are
// applied and rolled back meanwhile; the pin of the block (owner "checkpoint")
// stops eviction as long as it takes. It returns the number of the first record
// that is not in the checkpoint.
//
// If it fails, the checkpoints from before are there and nothing was dropped that
// they need. Calling it again without a new oldest block does nothing.
//
// Errors: ErrNoLog without a log and a store; ErrEmpty; ErrBackpressure; ErrLog
// if a record is missing or cannot be read or dropped, the store's own, ctx's.
func (c *Cache) Checkpoint(ctx context.Context) (seq uint64, err error) {
	if c.opts.Log == nil || c.opts.Checkpoints == nil {
		return 0, fmt.Errorf("checkpoint: %w", ErrNoLog)
	}
	c.checkpointing.Lock()
	defer c.checkpointing.Unlock()
	meta, v, err := c.pinOldest()
	if err != nil {
		return 0, fmt.Errorf("checkpoint: %w", err)
	}
	defer v.Release()
	seq = meta.mark.seq
	have, err := c.opts.Checkpoints.List()
	if err == nil && !slices.Contains(have, seq) {
		err = c.writeCheckpoint(ctx, &meta, v)
		have = append([]uint64{seq}, have...)
	}
	if err == nil {
		err = c.retain(have)
	}
	if err != nil {
		return 0, fmt.Errorf("checkpoint of block %v: %w", v.Ref(), err)
	}
	return seq, nil
}

// pinOldest pins the oldest block, with what its cells do not say.
func (c *Cache) pinOldest() (checkpointMeta, *View, error) {
	c.writer.Lock()
	defer c.writer.Unlock()
	if len(c.rows) == 0 {
		return checkpointMeta{}, nil, ErrEmpty
	}
	row := c.rows[0]
	v, err := c.View(row.header.Ref, checkpointOwner, time.Time{})
	if err != nil {
		return checkpointMeta{}, nil, err
	}
	m := checkpointMeta{
		open: c.openPayload(), mark: c.marks[row.header.Ref.Number], first: c.first,
		header: row.header, defs: uint32(row.defs), addrs: uint32(c.st.addrs.index.n), past: row.past.lo, commitment: row.commitment.Bytes(),
	}
	for handle := 1; handle < len(row.cols); handle++ {
		col := &row.cols[handle]
		m.cols = append(m.cols, checkpointColumn{col.name, col.base, col.n, col.items.keyed(), col.gone})
	}
	return m, v, nil
}

// writeCheckpoint writes one file.
func (c *Cache) writeCheckpoint(ctx context.Context, m *checkpointMeta, v *View) error {
	var err error
	if m.anchor, err = c.anchor(m.mark); err != nil {
		return err
	}
	cols := v.v.cellColumns(c.st, m.addrs, m.cols)
	err = c.opts.Checkpoints.Write(m.mark.seq, func(w io.Writer) error {
		f, err := colfile.NewWriter(w)
		if err != nil {
			return err
		}
		for i := range cols {
			if err := exportColumn(ctx, f, &cols[i], v); err != nil {
				return err
			}
		}
		return f.Finish(m.encode())
	})
	if err == nil {
		c.opts.Logger.LogAttrs(ctx, slog.LevelInfo, "checkpoint written", slog.Uint64("height", v.Ref().Number), slog.Uint64("record", m.mark.seq))
	}
	return err
}

// exportColumn writes the cells of one column.
func exportColumn(ctx context.Context, f *colfile.Writer, col *cellColumn, v *View) error {
	if err := f.Column(col.name, col.width()); err != nil {
		return err
	}
	for k := range col.runs {
		r := &col.runs[k]
		for i := range r.n {
			if (r.start+i)%4096 == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			cell, err := f.Cell()
			if err != nil {
				return err
			}
			if err := r.export(v, i, cell); err != nil {
				return err
			}
		}
	}
	return nil
}

// anchor reads the record of a mark: the last that the checkpoint stands for. It
// stays in the log and proves at recovery that log and checkpoint belong together.
func (c *Cache) anchor(m mark) (raw []byte, err error) {
	recs, err := c.readRecords(m.seq-1, m.seq)
	if err != nil {
		return nil, fmt.Errorf("%w: record %d: %w", ErrLog, m.seq-1, err)
	}
	if sum := recordSum(recs[0].Raw); sum != m.sum {
		return nil, fmt.Errorf("%w: record %d is another one", ErrLogCorrupt, m.seq-1)
	}
	return recs[0].Raw, nil
}

// retain drops checkpoints but the newest, and the records that these do not
// need. A record that is missing among them is reported as ErrLog; the rest is
// dropped all the same.
func (c *Cache) retain(have []uint64) error {
	keep := min(keepCheckpoints, len(have))
	var errs []error
	for _, seq := range have[keep:] {
		errs = append(errs, c.opts.Checkpoints.Remove(seq))
	}
	if err := c.opts.Log.Prune(have[keep-1] - 1); err != nil {
		c.opts.Logger.Error("delta log pruned with errors", slog.Any("err", err))
		errs = append(errs, fmt.Errorf("%w: %w", ErrLog, err))
	}
	return errors.Join(errs...)
}

// InstallCheckpoint puts a checkpoint of another cache (a leader's) where a
// replica that has no state yet will start: Log must be empty. The file is
// checked and copied. If it fails or is interrupted it can be called again.
//
// Errors: ErrCheckpoint; ErrLog, also if Log has records of its own; ErrNoLog.
func InstallCheckpoint(ctx context.Context, log DeltaLog, store CheckpointStore, f io.ReaderAt, size int64) error {
	if log == nil || store == nil {
		return fmt.Errorf("install checkpoint: %w", ErrNoLog)
	}
	r, m, err := openCheckpoint(f, size)
	if err == nil {
		err = checkCheckpoint(ctx, r, nil)
	}
	if err != nil {
		return fmt.Errorf("install checkpoint: %w", err)
	}
	if first, next := log.Bounds(); first != next && (first != m.mark.seq-1 || next != m.mark.seq) {
		return fmt.Errorf("install checkpoint: %w: it holds records %d to %d", ErrLog, first, next)
	}
	err = store.Write(m.mark.seq, func(w io.Writer) error {
		_, err := io.Copy(w, io.NewSectionReader(f, 0, size))
		return err
	})
	if err != nil {
		return fmt.Errorf("install checkpoint: %w", err)
	}
	if err := log.Append(m.mark.seq-1, m.anchor); err != nil {
		return fmt.Errorf("install checkpoint: %w: %w", ErrLog, err)
	}
	return nil
}
