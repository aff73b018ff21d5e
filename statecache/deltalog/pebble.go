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

// Options configures a Pebble log.
type Options struct {
	// FS is where the folder lies. Default the disk.
	FS vfs.FS
	// Logger gets Pebble's own messages. Default discards.
	Logger *slog.Logger
}

// Pebble is a log in a Pebble database: one synced Set for each record, under
// 'r' and the number, big-endian.
type Pebble struct {
	mu   sync.Mutex
	db   *pebble.DB
	next uint64
}

// OpenPebble opens or makes the log in a folder, which one process may hold at a
// time. Close it. Errors: Pebble's own, ErrForeign.
func OpenPebble(dir string, opts Options) (*Pebble, error) {
	logger := opts.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	fs := opts.FS
	if fs == nil {
		fs = vfs.Default
	}
	db, err := pebble.Open(dir, &pebble.Options{FS: fs, Logger: pebbleLogger{logger}})
	if err != nil {
		return nil, fmt.Errorf("open delta log: %w", err)
	}
	p := &Pebble{db: db}
	if p.next, err = p.count(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return p, nil
}

// Close closes the database; the log must not be used after.
func (p *Pebble) Close() error { return p.db.Close() }

// Append stores record seq with an fsync, replacing it if it is the last one.
func (p *Pebble) Append(seq uint64, rec []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if seq != p.next && seq+1 != p.next {
		return fmt.Errorf("%w: record %d after %d records", ErrGap, seq, p.next)
	}
	if err := p.db.Set(recordKey(seq), rec, pebble.Sync); err != nil {
		return fmt.Errorf("append record %d: %w", seq, err)
	}
	p.next = seq + 1
	return nil
}

// Replay calls fn for each record in order.
func (p *Pebble) Replay(fn func(seq uint64, rec []byte) error) (err error) {
	it, err := p.db.NewIter(nil)
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

// count returns the number after the last record.
func (p *Pebble) count() (n uint64, err error) {
	it, err := p.db.NewIter(nil)
	if err != nil {
		return 0, fmt.Errorf("open delta log: %w", err)
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	if !it.Last() {
		return 0, it.Error()
	}
	n, err = parseKey(it.Key())
	return n + 1, err
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

// Fatalf must not return: Pebble calls it when going on would lose data.
func (p pebbleLogger) Fatalf(format string, args ...any) {
	p.l.Error("pebble", slog.String("text", fmt.Sprintf(format, args...)))
	os.Exit(1)
}
