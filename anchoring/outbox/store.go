package outbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

// Store keeps small values by key, durably. It belongs to one process.
type Store interface {
	// Load returns all values. The caller keeps the map.
	Load() (map[string][]byte, error)
	// Write sets values, all or none; nil deletes. When it returns without error
	// they survive a crash. After an error they may be there or not at the next
	// Load; later writes of the same keys win.
	Write(batch map[string][]byte) error
	// Close releases the store.
	Close() error
}

// fileHeader begins a store's file.
const fileHeader = "vmhost-outbox/1"

// record is a line of the file.
type record map[string]json.RawMessage

// File is a Store in one file: lines of a checksum and a JSON object of values,
// appended and synced. Opening it drops a torn last line and writes the file
// anew; so does the first write after one that failed.
type File struct {
	path string
	lock *flock.Flock

	mu     sync.Mutex
	values map[string][]byte
	f      *os.File // nil after a failed write
	dead   int      // values in the file that are overwritten
	// compact is how many overwritten values the file may hold.
	compact int
}

// compactAfter is the default of File.compact.
const compactAfter = 4096

// OpenFile opens or creates a store. Values must be JSON. Errors: ErrInUse,
// ErrDamaged, ErrStore.
func OpenFile(path string) (_ *File, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	s := &File{path: path, compact: compactAfter, lock: flock.New(path + ".lock")}
	ok, err := s.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("%w: lock: %w", ErrStore, err)
	}
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrInUse, path)
	}
	defer func() {
		if err != nil {
			_ = s.lock.Unlock()
		}
	}()
	if s.values, err = ReadFile(path); err != nil {
		return nil, err
	}
	return s, s.rewrite(s.values)
}

// ReadFile reads a store's values without opening it for writing, also while
// another process has it open. A missing file has none.
func ReadFile(path string) (map[string][]byte, error) {
	b, err := os.ReadFile(path) //nolint:gosec // the operator's folder
	if errors.Is(err, fs.ErrNotExist) {
		return map[string][]byte{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	return decodeFile(b)
}

func decodeFile(b []byte) (map[string][]byte, error) {
	values := map[string][]byte{}
	first, rest, ok := bytes.Cut(b, []byte("\n"))
	if !ok && strings.HasPrefix(fileHeader, string(first)) { // torn at its creation
		return values, nil
	}
	if string(first) != fileHeader {
		return nil, fmt.Errorf("%w: first line is not %s", ErrDamaged, fileHeader)
	}
	for n := 2; len(rest) > 0; n++ {
		var line []byte
		line, rest, ok = bytes.Cut(rest, []byte("\n"))
		r, err := decodeLine(line)
		if err != nil && len(rest) == 0 { // torn by a crash: was never acknowledged
			break
		}
		if err != nil || !ok {
			if err == nil { // whole but for its end
				break
			}
			return nil, fmt.Errorf("%w: line %d: %w", ErrDamaged, n, err)
		}
		for key, v := range r {
			if string(v) == "null" {
				delete(values, key)
			} else {
				values[key] = v
			}
		}
	}
	return values, nil
}

var (
	errChecksum = errors.New("checksum differs")
	table       = crc32.MakeTable(crc32.Castagnoli)
)

func decodeLine(line []byte) (record, error) {
	sum, body, ok := bytes.Cut(line, []byte(" "))
	if !ok || string(sum) != fmt.Sprintf("%08x", crc32.Checksum(body, table)) {
		return nil, errChecksum
	}
	var r record
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, err
	}
	return r, nil
}

func encodeLine(batch map[string][]byte) ([]byte, error) {
	r := make(record, len(batch))
	for key, v := range batch {
		if v == nil {
			v = []byte("null")
		}
		r[key] = v
	}
	body, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStore, err)
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.Checksum(body, table), body), nil
}

// Load implements Store.
func (s *File) Load() (map[string][]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.values), nil
}

// Write implements Store.
func (s *File) Write(batch map[string][]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.f == nil || s.dead > max(s.compact, len(s.values)) {
		next := maps.Clone(s.values)
		set(next, batch)
		return s.rewrite(next)
	}
	line, err := encodeLine(batch)
	if err != nil {
		return err
	}
	if _, err = s.f.Write(line); err == nil {
		err = s.f.Sync()
	}
	if err != nil {
		// What the disk holds is not known: the next write makes a new file.
		_ = s.f.Close()
		s.f = nil
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	set(s.values, batch)
	s.dead += len(batch)
	return nil
}

func set(values, batch map[string][]byte) {
	for key, v := range batch {
		if v == nil {
			delete(values, key)
		} else {
			values[key] = slices.Clone(v)
		}
	}
}

// rewrite puts a new file with these values in the place of the old. Requires mu.
func (s *File) rewrite(values map[string][]byte) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%w: %w", ErrStore, err)
		}
	}()
	tmp := s.path + ".tmp"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600) //nolint:gosec // the operator's folder
	if err != nil {
		return err
	}
	if err := writeAll(f, values); err != nil {
		_ = f.Close()
		return err
	}
	if err := os.Rename(tmp, s.path); err != nil {
		_ = f.Close()
		return err
	}
	if s.f != nil {
		_ = s.f.Close()
	}
	s.f, s.values, s.dead = f, values, 0
	return syncDir(filepath.Dir(s.path))
}

func writeAll(f io.Writer, values map[string][]byte) error {
	w := bufio.NewWriter(f)
	_, _ = fmt.Fprintln(w, fileHeader) // errors stay in w
	for _, key := range slices.Sorted(maps.Keys(values)) {
		line, err := encodeLine(map[string][]byte{key: values[key]})
		if err != nil {
			return err
		}
		_, _ = w.Write(line)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if s, ok := f.(interface{ Sync() error }); ok {
		return s.Sync()
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the operator's folder
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Close implements Store.
func (s *File) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.f != nil {
		err = s.f.Close()
		s.f = nil
	}
	return errors.Join(err, s.lock.Unlock())
}

// Mem is a Store in memory: a crash loses it. The zero value is ready.
type Mem struct {
	mu     sync.Mutex
	values map[string][]byte
}

// Load implements Store.
func (m *Mem) Load() (map[string][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := maps.Clone(m.values)
	if out == nil {
		out = map[string][]byte{}
	}
	return out, nil
}

// Write implements Store.
func (m *Mem) Write(batch map[string][]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[string][]byte{}
	}
	set(m.values, batch)
	return nil
}

// Close implements Store.
func (m *Mem) Close() error { return nil }
