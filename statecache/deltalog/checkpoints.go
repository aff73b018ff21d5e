package deltalog

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// Checkpoints is a folder of checkpoints, one file each, named by the number of
// the first record that is not in it. A file is complete or not there. The store
// knows nothing of what a file says. It is safe for concurrent use by one
// process.
type Checkpoints struct {
	fs  vfs.FS
	dir string
}

// The names are "checkpoint-" and 20 digits, so that they sort.
const checkpointPrefix = "checkpoint-"

// OpenCheckpoints opens or makes a folder of checkpoints and removes what an
// interrupted write left behind.
func OpenCheckpoints(dir string, opts Options) (*Checkpoints, error) {
	s := &Checkpoints{opts.withDefaults().FS, dir}
	if err := s.clean(); err != nil {
		return nil, fmt.Errorf("open checkpoints: %w", err)
	}
	return s, nil
}

func (s *Checkpoints) clean() error {
	if err := s.fs.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	if err := syncDir(s.fs, s.fs.PathDir(s.dir)); err != nil {
		return err
	}
	names, err := s.fs.List(s.dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasPrefix(name, checkpointPrefix) && strings.HasSuffix(name, temporary) {
			if err := ignoreMissing(s.fs.Remove(s.fs.PathJoin(s.dir, name))); err != nil {
				return err
			}
		}
	}
	return nil
}

// Write makes a checkpoint of what fill writes, replacing one of that number.
// After an error or a crash there is no such file, or the one from before.
func (s *Checkpoints) Write(seq uint64, fill func(io.Writer) error) error {
	if err := writeFile(s.fs, s.dir, checkpointName(seq), fill); err != nil {
		return fmt.Errorf("write checkpoint %d: %w", seq, err)
	}
	return nil
}

// List returns the numbers of the checkpoints, newest first.
func (s *Checkpoints) List() ([]uint64, error) {
	names, err := s.fs.List(s.dir)
	if err != nil {
		return nil, fmt.Errorf("list checkpoints: %w", err)
	}
	var out []uint64
	for _, name := range names {
		if seq, ok := parseCheckpointName(s.fs.PathBase(name)); ok {
			out = append(out, seq)
		}
	}
	slices.SortFunc(out, func(a, b uint64) int { return cmp.Compare(b, a) })
	return out, nil
}

// Open opens a checkpoint for reading, with its size in bytes; the caller closes it.
func (s *Checkpoints) Open(seq uint64) (f interface {
	io.ReaderAt
	io.Closer
}, size int64, err error,
) {
	file, err := s.fs.Open(s.fs.PathJoin(s.dir, checkpointName(seq)))
	if err != nil {
		return nil, 0, fmt.Errorf("open checkpoint %d: %w", seq, err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("open checkpoint %d: %w", seq, err), file.Close())
	}
	return file, info.Size(), nil
}

// Remove deletes a checkpoint; one that is not there is no error.
func (s *Checkpoints) Remove(seq uint64) error {
	if err := ignoreMissing(s.fs.Remove(s.fs.PathJoin(s.dir, checkpointName(seq)))); err != nil {
		return fmt.Errorf("remove checkpoint %d: %w", seq, err)
	}
	return nil
}

func checkpointName(seq uint64) string { return fmt.Sprintf("%s%020d", checkpointPrefix, seq) }

func parseCheckpointName(name string) (uint64, bool) {
	digits, ok := strings.CutPrefix(name, checkpointPrefix)
	if !ok || len(digits) != 20 {
		return 0, false
	}
	seq, err := strconv.ParseUint(digits, 10, 64)
	return seq, err == nil && checkpointName(seq) == name
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
