package deltalog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Options configures a Pebble log and a folder of checkpoints.
type Options struct {
	// FS is where the folder lies. Default the disk.
	FS vfs.FS
	// Logger gets Pebble's own messages, and what was repaired. Default discards.
	Logger *slog.Logger
	// MemTable is how many bytes of records Pebble keeps in memory before it
	// writes a table. Default 8 MB.
	MemTable uint64
}

func (o Options) withDefaults() Options {
	if o.FS == nil {
		o.FS = vfs.Default
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.MemTable == 0 {
		o.MemTable = 8 << 20
	}
	return o
}

// Pebble is a log in a Pebble database: one synced Set for each record, under
// 'r' and the number, big-endian. A disk that fails or is full makes the call
// fail and nothing else: the next change opens the database anew, and Replay
// fails until then.
type Pebble struct {
	dir  string
	opts Options

	writer sync.Mutex // serialises Append, Prune and Close; taken before the others
	marked uint64     // number up to which the mark vouches; guarded by writer

	life sync.RWMutex // held for reading while db is used
	db   *pebble.DB   // nil after a failure, until it is opened again
	gate *gate
	shut bool // by Close

	num         sync.Mutex
	first, next uint64 // number of the oldest record, and of the one to come
}

// OpenPebble opens or makes the log in a folder, which one process may hold at a
// time. Close it. Errors: Pebble's own, ErrForeign, ErrLost.
func OpenPebble(dir string, opts Options) (*Pebble, error) {
	p := &Pebble{dir: dir, opts: opts.withDefaults()}
	if err := p.open(); err != nil {
		return nil, fmt.Errorf("open delta log: %w", err)
	}
	if err := p.checkMark(); err != nil {
		return nil, errors.Join(fmt.Errorf("open delta log: %w", err), p.db.Close())
	}
	return p, nil
}

// open opens the database and finds its numbers. Requires writer and life, or
// that nobody else knows p.
func (p *Pebble) open() error {
	g := newGate(p.opts.FS)
	logger := pebbleLogger{p.opts.Logger}
	db, err := pebble.Open(p.dir, &pebble.Options{
		FS: g, Logger: logger, MemTableSize: p.opts.MemTable, FormatMajorVersion: pebble.FormatNewest,
		EventListener: &pebble.EventListener{
			BackgroundError: func(err error) { logger.Errorf("background: %v", err) },
			DataCorruption:  func(info pebble.DataCorruptionInfo) { logger.Errorf("%s", info) }, // the read fails as well
		},
	})
	var first, next uint64
	if err = errors.Join(err, g.failed()); err == nil {
		first, next, err = bounds(db)
	}
	if _, acked := p.Bounds(); err == nil && next < acked {
		err = fmt.Errorf("%w: the log ends before record %d, %d were acknowledged", ErrLost, next, acked)
	}
	if err != nil {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
		return err
	}
	p.db, p.gate = db, g
	p.setBounds(first, next)
	return nil
}

// ready opens the database again if the disk has failed under it. Requires writer.
func (p *Pebble) ready() error {
	if p.use(func(*pebble.DB) error { return nil }) == nil {
		return nil // without waiting for readers
	}
	p.life.Lock()
	defer p.life.Unlock()
	if p.shut {
		return ErrClosed
	}
	if p.db != nil {
		p.opts.Logger.Warn("delta log opens its database again", slog.Any("err", p.gate.failed()))
		p.abandon()
	}
	if err := p.open(); err != nil {
		return fmt.Errorf("open the log again: %w", err)
	}
	return nil
}

// abandon closes a database whose gate is shut. Requires life.
func (p *Pebble) abandon() {
	if err := p.db.Close(); err != nil { // says again what failed
		p.opts.Logger.Debug("close of a failed log", slog.Any("err", err))
	}
	p.db = nil
}

// use calls f with the database; it fails if the disk has failed, then or before.
func (p *Pebble) use(f func(*pebble.DB) error) error {
	p.life.RLock()
	defer p.life.RUnlock()
	if p.db == nil {
		return ErrClosed
	}
	err := f(p.db)
	return errors.Join(err, p.gate.failed())
}

// Close closes the database after noting what was acknowledged, so that damage
// to the last record cannot pass for a torn write.
func (p *Pebble) Close() error {
	p.writer.Lock()
	defer p.writer.Unlock()
	p.life.Lock()
	defer p.life.Unlock()
	if p.shut || p.db == nil {
		p.shut = true
		return nil
	}
	p.shut = true
	if p.gate.failed() != nil { // reported when it happened; the rest is as after a crash
		p.abandon()
		return nil
	}
	err := errors.Join(p.mark(p.db), p.db.Close(), p.gate.failed())
	p.db = nil
	return err
}

// Bounds returns the numbers of the oldest record and of the one to come.
func (p *Pebble) Bounds() (first, next uint64) {
	p.num.Lock()
	defer p.num.Unlock()
	return p.first, p.next
}

func (p *Pebble) setBounds(first, next uint64) {
	p.num.Lock()
	defer p.num.Unlock()
	p.first, p.next = first, next
}

// Append stores record seq with an fsync, replacing it if it is the last one.
// The first record of an empty log may have any number. After an error nothing
// is acknowledged; the record may be found after a crash all the same.
func (p *Pebble) Append(seq uint64, rec []byte) error {
	p.writer.Lock()
	defer p.writer.Unlock()
	if err := p.put(seq, rec); err != nil {
		return fmt.Errorf("append record %d: %w", seq, err)
	}
	return nil
}

func (p *Pebble) put(seq uint64, rec []byte) error {
	if err := p.ready(); err != nil {
		return err
	}
	first, next := p.Bounds()
	switch {
	case first == next:
		first = seq
	case seq != next && seq+1 != next:
		return fmt.Errorf("%w: the last record is %d", ErrGap, next-1)
	}
	if seq < p.marked { // replaces a record that the mark vouches for
		if err := p.unmark(); err != nil {
			return err
		}
	}
	if err := p.use(func(db *pebble.DB) error { return db.Set(recordKey(seq), rec, pebble.Sync) }); err != nil {
		return err
	}
	p.setBounds(first, seq+1)
	return nil
}

// Replay calls fn for each record in order, from a number on, and not at all if
// there is none yet. Records that are appended meanwhile may be among them.
//
// Errors: ErrPruned if the number is below the first record, ErrGap, fn's own as
// they are.
func (p *Pebble) Replay(from uint64, fn func(seq uint64, rec []byte) error) error {
	if first, next := p.Bounds(); from < first && first < next {
		return fmt.Errorf("%w: %d, the first is %d", ErrPruned, from, first)
	}
	return p.use(func(db *pebble.DB) error { return replay(db, from, fn) })
}

func replay(db *pebble.DB, from uint64, fn func(seq uint64, rec []byte) error) (err error) {
	it, err := db.NewIter(&pebble.IterOptions{LowerBound: recordKey(from)})
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	defer func() {
		if cerr := it.Close(); err == nil { // fn's own error goes back as it is
			err = cerr
		}
	}()
	for ok := it.First(); ok; ok = it.Next() {
		seq, err := parseKey(it.Key())
		if err != nil {
			return err
		}
		if seq != from {
			return fmt.Errorf("%w: record %d is missing, the next is %d", ErrGap, from, seq)
		}
		from++
		rec, err := it.ValueAndErr()
		if err != nil {
			return fmt.Errorf("replay record %d: %w", seq, err)
		}
		if err := fn(seq, rec); err != nil {
			return err
		}
	}
	return it.Error()
}

// bounds returns the first number kept and the one after the last.
func bounds(db *pebble.DB) (first, next uint64, err error) {
	it, err := db.NewIter(nil)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	if !it.First() {
		return 0, 0, it.Error()
	}
	if first, err = parseKey(it.Key()); err != nil {
		return 0, 0, err
	}
	if !it.Last() {
		return 0, 0, it.Error()
	}
	next, err = parseKey(it.Key())
	return first, next + 1, err
}

func recordKey(seq uint64) []byte { return binary.BigEndian.AppendUint64([]byte{'r'}, seq) }

func parseKey(key []byte) (uint64, error) {
	if len(key) != 9 || key[0] != 'r' {
		return 0, fmt.Errorf("%w: key 0x%x", ErrForeign, key)
	}
	return binary.BigEndian.Uint64(key[1:]), nil
}

// pebbleLogger hands Pebble's messages to slog.
type pebbleLogger struct{ l *slog.Logger }

func (p pebbleLogger) Infof(format string, args ...any) {
	p.l.Debug("pebble", slog.String("text", fmt.Sprintf(format, args...)))
}

func (p pebbleLogger) Errorf(format string, args ...any) {
	p.l.Error("pebble", slog.String("text", fmt.Sprintf(format, args...)))
}

// Fatalf must not return: Pebble calls it when going on would lose data. The
// gate keeps failures of the disk from coming here.
func (p pebbleLogger) Fatalf(format string, args ...any) {
	p.l.Error("pebble", slog.String("text", fmt.Sprintf(format, args...)))
	os.Exit(1)
}
