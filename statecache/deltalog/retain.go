package deltalog

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/cockroachdb/pebble/v2"
)

// Prune drops the records below a number, but never the last one, and returns
// their room to the disk. Records that should have been there and were not are
// reported as ErrGap after the others were dropped: what lies behind a
// checkpoint is not needed any more, but somebody has damaged the log.
func (p *Pebble) Prune(below uint64) error {
	p.writer.Lock()
	defer p.writer.Unlock()
	if err := p.prune(below); err != nil {
		return fmt.Errorf("prune below record %d: %w", below, err)
	}
	return nil
}

func (p *Pebble) prune(below uint64) error {
	if err := p.ready(); err != nil {
		return err
	}
	first, next := p.Bounds()
	if below <= first {
		return nil
	}
	if below >= next {
		return fmt.Errorf("%w: the last record is %d", ErrGap, next-1)
	}
	gap := p.use(func(db *pebble.DB) error { return contiguous(db, first, below) })
	if gap != nil && !errors.Is(gap, ErrGap) {
		return gap
	}
	err := p.use(func(db *pebble.DB) error {
		if err := db.DeleteRange(recordKey(0), recordKey(below), pebble.Sync); err != nil {
			return err
		}
		if err := p.mark(db); err != nil {
			return err
		}
		_, err := db.AsyncFlush() // a deletion frees files once it lies in a table
		return err
	})
	if err == nil {
		p.setBounds(below, next)
	}
	return errors.Join(gap, err)
}

// contiguous reports the first hole among the records from first to below.
func contiguous(db *pebble.DB, first, below uint64) (err error) {
	it, err := db.NewIter(&pebble.IterOptions{LowerBound: recordKey(first), UpperBound: recordKey(below)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	want := first
	for ok := it.First(); ok; ok = it.Next() {
		seq, err := parseKey(it.Key())
		if err != nil {
			return err
		}
		if seq != want {
			break
		}
		want++
	}
	if it.Error() == nil && want != below {
		return fmt.Errorf("%w: record %d was not there", ErrGap, want)
	}
	return it.Error()
}

// The mark is a file that says what was acknowledged:
//
//	magic 8 | next number 8 | SHA-256 of the last record 32 | SHA-256 of all that 32
//
// It is written when the log is closed or pruned. A log that ends before it was
// damaged: without the mark, a flipped bit in the last record would look like
// the torn write of a crash.
const (
	markName  = "acknowledged"
	markMagic = "vmhmark1"
	markSize  = 8 + 8 + sha256.Size + sha256.Size
)

// mark writes the mark. Requires writer.
func (p *Pebble) mark(db *pebble.DB) error {
	_, next := p.Bounds()
	if next == 0 {
		return nil
	}
	sum, err := recordSum(db, next-1)
	if err != nil {
		return err
	}
	b := binary.BigEndian.AppendUint64([]byte(markMagic), next)
	b = append(b, sum[:]...)
	all := sha256.Sum256(b)
	b = append(b, all[:]...)
	if err := writeFile(p.opts.FS, p.dir, markName, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
		return fmt.Errorf("mark: %w", err)
	}
	p.marked = next
	return nil
}

// unmark removes the mark.
func (p *Pebble) unmark() error {
	if err := p.opts.FS.Remove(p.opts.FS.PathJoin(p.dir, markName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	p.marked = 0
	return syncDir(p.opts.FS, p.dir)
}

// checkMark compares the log with the mark, if there is one.
func (p *Pebble) checkMark() error {
	f, err := p.opts.FS.Open(p.opts.FS.PathJoin(p.dir, markName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	b, err := io.ReadAll(io.LimitReader(f, markSize+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if len(b) != markSize || string(b[:8]) != markMagic || sha256.Sum256(b[:markSize-sha256.Size]) != [32]byte(b[markSize-sha256.Size:]) {
		return fmt.Errorf("%w: the file %q is damaged", ErrLost, markName)
	}
	marked := binary.BigEndian.Uint64(b[8:])
	first, next := p.Bounds()
	if next < marked {
		return fmt.Errorf("%w: the log ends before record %d, %d were acknowledged", ErrLost, next, marked)
	}
	p.marked = marked
	if marked <= first {
		return nil
	}
	sum, err := recordSum(p.db, marked-1)
	if err == nil && sum != [32]byte(b[16:]) {
		err = fmt.Errorf("%w: record %d is not the one acknowledged", ErrLost, marked-1)
	}
	return err
}

func recordSum(db *pebble.DB, seq uint64) (sum [32]byte, err error) {
	rec, closer, err := db.Get(recordKey(seq))
	if err != nil {
		return sum, fmt.Errorf("record %d: %w", seq, err)
	}
	sum = sha256.Sum256(rec)
	return sum, closer.Close()
}
