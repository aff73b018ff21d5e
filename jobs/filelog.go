package jobs

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"sync"
)

// logFormat is the version in every segment's header.
const logFormat = "vmhost-results/1"

// File is what a [FileLog] needs of an open segment.
type File interface {
	io.ReaderAt
	io.Writer
	Sync() error
	Truncate(size int64) error
	Close() error
}

// FileLogOptions configures [OpenFileLog]. The zero value is usable.
type FileLogOptions struct {
	// SegmentBytes is the size at which a segment is full; default 8 MiB.
	SegmentBytes int64
	// RetainBytes bounds all segments together; default 256 MiB. The current
	// and the one before are always kept.
	RetainBytes int64
	// WrapFile may wrap the current segment's file (fault injection in tests).
	WrapFile func(File) File
}

func (o FileLogOptions) withDefaults() FileLogOptions {
	if o.SegmentBytes <= 0 {
		o.SegmentBytes = 8 << 20
	}
	if o.RetainBytes <= 0 {
		o.RetainBytes = 256 << 20
	}
	if o.WrapFile == nil {
		o.WrapFile = func(f File) File { return f }
	}
	return o
}

// FileLog is a [Log] of segment files in one folder, named by their first
// sequence number. Every Append is one frame (frame.go), written and fsynced
// before it returns. Opening reads all frames once: a torn tail of the last
// segment is cut off, any other damage is [ErrCorrupt].
//
//	00000000000000000001.log   header{epoch, first, chain, snapshot} frame frame …
//	00000000000000004711.log   header … frame frame ¦ torn
type FileLog struct {
	dir   string
	opts  FileLogOptions
	epoch Epoch

	mu       sync.RWMutex
	segments []*segment
	next     uint64
	last     [32]byte
	broken   error
	closed   bool
}

// segment is one open file. Offsets index its batch frames.
type segment struct {
	file     File
	path     string
	first    uint64
	chain    [32]byte // before the first record
	snapshot []byte
	frames   []frameIndex
	size     int64
}

type frameIndex struct {
	first  uint64 // first record's number
	chain  [32]byte
	offset int64
	size   int
}

type segmentHeader struct {
	Format   string `json:"format"`
	Epoch    Bytes  `json:"epoch"`
	First    uint64 `json:"first"`
	Chain    Hash   `json:"chain"`
	Snapshot []byte `json:"snapshot,omitempty"`
}

// OpenFileLog opens the log in dir, creating both if they are absent.
func OpenFileLog(dir string, o FileLogOptions) (*FileLog, error) {
	o = o.withDefaults()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open results log: %w", err)
	}
	l := &FileLog{dir: dir, opts: o, next: 1}
	names, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil {
		return nil, fmt.Errorf("open results log: %w", err)
	}
	sort.Strings(names)
	for i, name := range names {
		if err := l.openSegment(name, i == len(names)-1); err != nil {
			_ = l.Close()
			return nil, fmt.Errorf("open results log %s: %w", filepath.Base(name), err)
		}
	}
	if len(names) == 0 {
		_, _ = rand.Read(l.epoch[:]) // never fails (crypto/rand)
		if err := l.addSegment(nil); err != nil {
			return nil, fmt.Errorf("create results log: %w", err)
		}
	}
	return l, nil
}

func (l *FileLog) openSegment(path string, lastOne bool) error {
	data, err := os.ReadFile(path) //nolint:gosec // our own data folder
	if err != nil {
		return err
	}
	s := &segment{path: path, first: 0}
	good, err := splitFrames(data, func(off int, payload []byte) error {
		if off == 0 {
			return l.readHeader(s, payload)
		}
		return l.indexFrame(s, off, payload)
	})
	if err != nil {
		return err
	}
	if s.first == 0 {
		return fmt.Errorf("%w: no segment header", ErrCorrupt)
	}
	if good < len(data) && !lastOne {
		return fmt.Errorf("%w: torn at offset %d but not the last segment", ErrCorrupt, good)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0o600) //nolint:gosec // our own data folder
	if err != nil {
		return err
	}
	s.file, s.size = f, int64(good)
	if lastOne {
		s.file = l.opts.WrapFile(f)
	}
	l.segments = append(l.segments, s)
	if good < len(data) {
		if err := errors.Join(f.Truncate(int64(good)), f.Sync()); err != nil {
			return fmt.Errorf("cut torn tail: %w", err)
		}
	}
	return nil
}

func (l *FileLog) readHeader(s *segment, payload []byte) error {
	var h segmentHeader
	if err := json.Unmarshal(payload, &h); err != nil {
		return fmt.Errorf("%w: segment header: %w", ErrCorrupt, err)
	}
	if h.Format != logFormat {
		return fmt.Errorf("%w: %q, want %q", ErrFormat, clip(h.Format), logFormat)
	}
	if len(h.Epoch) != len(l.epoch) || h.First == 0 {
		return fmt.Errorf("%w: segment header", ErrCorrupt)
	}
	if len(l.segments) == 0 {
		l.epoch, l.next, l.last = Epoch(h.Epoch), h.First, h.Chain
	}
	if Epoch(h.Epoch) != l.epoch || h.First != l.next || h.Chain != l.last {
		return fmt.Errorf("%w: segment does not continue the one before", ErrCorrupt)
	}
	s.first, s.chain, s.snapshot = h.First, h.Chain, h.Snapshot
	return nil
}

func (l *FileLog) indexFrame(s *segment, off int, payload []byte) error {
	records, err := decodeBatch(payload)
	if err != nil {
		return err
	}
	s.frames = append(s.frames, frameIndex{first: l.next, chain: l.last, offset: int64(off), size: frameHead + len(payload)})
	for _, r := range records {
		l.last = chain(l.last, r)
		l.next++
	}
	return nil
}

// addSegment writes and syncs a new segment file under its final name.
func (l *FileLog) addSegment(snapshot []byte) error {
	h, err := json.Marshal(segmentHeader{Format: logFormat, Epoch: l.epoch[:], First: l.next, Chain: l.last, Snapshot: snapshot})
	if err != nil {
		return err
	}
	if len(h) > maxFrame {
		return fmt.Errorf("snapshot of %d bytes is over the frame limit", len(snapshot))
	}
	path := filepath.Join(l.dir, fmt.Sprintf("%020d.log", l.next))
	b := appendFrame(nil, h)
	if err := writeFileAtomic(path, b); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0o600) //nolint:gosec // our own data folder
	if err != nil {
		return err
	}
	l.segments = append(l.segments, &segment{
		file: l.opts.WrapFile(f), path: path, first: l.next, chain: l.last, snapshot: snapshot, size: int64(len(b)),
	})
	return nil
}

// Epoch implements [Log].
func (l *FileLog) Epoch() Epoch { return l.epoch }

// Append implements [Log]. A failed write or sync is undone by cutting the
// file back; if even that fails the log is broken until it is reopened.
func (l *FileLog) Append(records [][]byte) (uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.usable(); err != nil {
		return 0, err
	}
	payload := encodeBatch(records)
	if len(payload) > maxFrame {
		return 0, fmt.Errorf("%w: batch of %d bytes", ErrAppend, len(payload))
	}
	s := l.segments[len(l.segments)-1]
	frame := appendFrame(nil, payload)
	if err := l.write(s, frame); err != nil {
		return 0, err
	}
	first := l.next
	s.frames = append(s.frames, frameIndex{first: first, chain: l.last, offset: s.size, size: len(frame)})
	s.size += int64(len(frame))
	for _, r := range records {
		l.last = chain(l.last, r)
		l.next++
	}
	return first, nil
}

func (l *FileLog) write(s *segment, frame []byte) error {
	_, err := s.file.Write(frame)
	if err == nil {
		err = s.file.Sync()
	}
	if err == nil {
		return nil
	}
	if undo := errors.Join(s.file.Truncate(s.size), s.file.Sync()); undo != nil {
		l.broken = fmt.Errorf("%w: %w; cutting back: %w", ErrLogBroken, err, undo)
		return l.broken
	}
	return fmt.Errorf("%w: %w", ErrAppend, err)
}

func (l *FileLog) usable() error {
	if l.closed {
		return ErrClosed
	}
	return l.broken
}

// Read implements [Log].
func (l *FileLog) Read(seq uint64, limit int) ([]Entry, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return nil, ErrClosed
	}
	if oldest := l.segments[0].first; seq < oldest {
		return nil, fmt.Errorf("%w: %d, oldest is %d", ErrTooOld, seq, oldest)
	}
	var out []Entry
	for seq < l.next && len(out) < limit {
		i := sort.Search(len(l.segments), func(i int) bool { return l.segments[i].first > seq }) - 1
		s := l.segments[i]
		j := sort.Search(len(s.frames), func(j int) bool { return s.frames[j].first > seq }) - 1
		entries, err := readFrame(s, s.frames[j])
		if err != nil {
			return nil, fmt.Errorf("read results log at %d: %w", seq, err)
		}
		for _, e := range entries {
			if e.Seq >= seq && len(out) < limit {
				out = append(out, e)
				seq = e.Seq + 1
			}
		}
	}
	return out, nil
}

func readFrame(s *segment, f frameIndex) ([]Entry, error) {
	b := make([]byte, f.size)
	if _, err := s.file.ReadAt(b, f.offset); err != nil {
		return nil, err
	}
	payload, _, ok := frameAt(b)
	if !ok {
		return nil, fmt.Errorf("%w: frame at offset %d", ErrCorrupt, f.offset)
	}
	records, err := decodeBatch(payload)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(records))
	c := f.chain
	for i, r := range records {
		c = chain(c, r)
		out[i] = Entry{Seq: f.first + uint64(i), Check: Check(c[:8]), Data: r}
	}
	return out, nil
}

// Bounds implements [Log].
func (l *FileLog) Bounds() (uint64, uint64) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if len(l.segments) == 0 {
		return l.next, l.next
	}
	return l.segments[0].first, l.next
}

// Snapshot implements [Log].
func (l *FileLog) Snapshot() ([]byte, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return nil, ErrClosed
	}
	return l.segments[0].snapshot, nil
}

// Full implements [Log].
func (l *FileLog) Full() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.segments) > 0 && l.segments[len(l.segments)-1].size >= l.opts.SegmentBytes
}

// Roll implements [Log]. A crash between its steps leaves either the old
// segments alone or one more empty segment; both open.
func (l *FileLog) Roll(snapshot []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.usable(); err != nil {
		return err
	}
	if s := l.segments[len(l.segments)-1]; s.first == l.next {
		return nil // nothing since the last roll
	}
	if err := l.addSegment(snapshot); err != nil {
		return fmt.Errorf("%w: roll: %w", ErrAppend, err)
	}
	var total int64
	for _, s := range l.segments {
		total += s.size
	}
	for len(l.segments) > 2 && total > l.opts.RetainBytes {
		s := l.segments[0]
		total -= s.size
		l.segments = l.segments[1:]
		if err := errors.Join(s.file.Close(), os.Remove(s.path)); err != nil {
			return fmt.Errorf("drop segment: %w", err)
		}
	}
	return nil
}

// Close implements [Log].
func (l *FileLog) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	var errs []error
	for _, s := range l.segments {
		errs = append(errs, s.file.Close())
	}
	return errors.Join(errs...)
}

// writeFileAtomic writes a file so that after a crash it is there whole or not
// at all.
func writeFileAtomic(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".tmp-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // a no-op after the rename
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // our own data folder
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
