package jobs

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
)

// Epoch identifies a log. A new log has a new random epoch, so a position of
// another server (or of a deleted data folder) is told apart.
type Epoch [8]byte

// String returns the epoch in hex.
func (e Epoch) String() string { return "0x" + hex.EncodeToString(e[:]) }

// Check is a digest of all records up to and including one, chained:
// first 8 bytes of sha256(previous digest ‖ record).
type Check [8]byte

// Entry is one stored record.
type Entry struct {
	// Seq is the record's number, from 1.
	Seq uint64
	// Check covers this record and all before it.
	Check Check
	// Data is the record's bytes; the reader must not change them.
	Data []byte
}

// Log is an append-only sequence of records with bounded retention. A [Manager]
// is the only appender; any number of goroutines read.
//
// Retention works by whole segments. Roll begins a new segment whose first
// entry is a snapshot of the state before it, so that the segments before can
// be dropped and the state can still be rebuilt.
type Log interface {
	// Epoch is fixed for the life of the log.
	Epoch() Epoch
	// Append stores the records, all or none, and returns the number of the
	// first when they are durable. An error that is [ErrAppend] means that
	// nothing was stored; [ErrLogBroken] that it is unknown.
	Append(records [][]byte) (first uint64, err error)
	// Read returns up to limit entries from seq on; none at the end of the log;
	// [ErrTooOld] if seq is before the oldest retained one.
	Read(seq uint64, limit int) ([]Entry, error)
	// Bounds returns the oldest retained number and the next to be given.
	Bounds() (oldest, next uint64)
	// Snapshot returns the snapshot that precedes the oldest retained record;
	// nil if the log was never rolled.
	Snapshot() ([]byte, error)
	// Full reports that the current segment reached its size: the owner should
	// call Roll.
	Full() bool
	// Roll starts a new segment and drops those past retention.
	Roll(snapshot []byte) error
	// Close releases the log; later calls return [ErrClosed].
	Close() error
}

func chain(prev [32]byte, data []byte) [32]byte {
	h := sha256.New()
	h.Write(prev[:])
	h.Write(data)
	return [32]byte(h.Sum(nil))
}

// MemLog is a [Log] in memory: for tests, and for a server that keeps nothing.
type MemLog struct {
	mu       sync.RWMutex
	epoch    Epoch
	segLen   int // records a segment
	keep     int // segments retained
	segments []memSegment
	next     uint64
	last     [32]byte
	closed   bool
}

type memSegment struct {
	first    uint64
	snapshot []byte
	entries  []Entry
}

// NewMemLog returns an empty log that keeps `keep` segments of segLen records
// (0: 8 segments of 8,192).
func NewMemLog(segLen, keep int) *MemLog {
	if segLen <= 0 {
		segLen = 8192
	}
	if keep <= 0 {
		keep = 8
	}
	l := &MemLog{segLen: segLen, keep: keep, next: 1, segments: []memSegment{{first: 1}}}
	_, _ = rand.Read(l.epoch[:]) // never fails (crypto/rand)
	return l
}

// Epoch implements [Log].
func (l *MemLog) Epoch() Epoch { return l.epoch }

// Append implements [Log].
func (l *MemLog) Append(records [][]byte) (uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return 0, ErrClosed
	}
	first := l.next
	seg := &l.segments[len(l.segments)-1]
	for _, r := range records {
		l.last = chain(l.last, r)
		seg.entries = append(seg.entries, Entry{Seq: l.next, Check: Check(l.last[:8]), Data: append([]byte(nil), r...)})
		l.next++
	}
	return first, nil
}

// Read implements [Log].
func (l *MemLog) Read(seq uint64, limit int) ([]Entry, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return nil, ErrClosed
	}
	if oldest := l.segments[0].first; seq < oldest {
		return nil, fmt.Errorf("%w: %d, oldest is %d", ErrTooOld, seq, oldest)
	}
	var out []Entry
	for _, s := range l.segments {
		end := s.first + uint64(len(s.entries))
		for seq < end && len(out) < limit {
			out = append(out, s.entries[seq-s.first])
			seq++
		}
	}
	return out, nil
}

// Bounds implements [Log].
func (l *MemLog) Bounds() (uint64, uint64) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.segments[0].first, l.next
}

// Snapshot implements [Log].
func (l *MemLog) Snapshot() ([]byte, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.segments[0].snapshot, nil
}

// Full implements [Log].
func (l *MemLog) Full() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.segments[len(l.segments)-1].entries) >= l.segLen
}

// Roll implements [Log].
func (l *MemLog) Roll(snapshot []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return ErrClosed
	}
	l.segments = append(l.segments, memSegment{first: l.next, snapshot: append([]byte(nil), snapshot...)})
	if drop := len(l.segments) - l.keep; drop > 0 {
		l.segments = append([]memSegment(nil), l.segments[drop:]...)
	}
	return nil
}

// Close implements [Log].
func (l *MemLog) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	return nil
}
