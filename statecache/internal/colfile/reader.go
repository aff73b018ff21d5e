package colfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
)

// Reader reads a file whose manifest is sound. It is safe for concurrent use.
type Reader struct {
	r    io.ReaderAt
	meta []byte
	cols []*column
}

// NewReader reads and checks the manifest of a file of the given size. Errors:
// ErrCorrupt, and those of reading.
func NewReader(r io.ReaderAt, size int64) (*Reader, error) {
	if size < int64(len(magic)+trailerSize) {
		return nil, fmt.Errorf("%w: %d bytes", ErrCorrupt, size)
	}
	var head [len(magic)]byte
	var tail [trailerSize]byte
	if err := readAt(r, head[:], 0); err != nil {
		return nil, err
	}
	if err := readAt(r, tail[:], size-int64(trailerSize)); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint64(tail[:])
	if string(head[:]) != magic || string(tail[8+sha256.Size:]) != magic {
		return nil, fmt.Errorf("%w: no such file, or cut", ErrCorrupt)
	}
	chunks := size - int64(len(magic)+trailerSize) - int64(min(length, maxManifest))
	if length > maxManifest || chunks < 0 {
		return nil, fmt.Errorf("%w: manifest of %d bytes", ErrCorrupt, length)
	}
	manifest := make([]byte, length)
	if err := readAt(r, manifest, int64(len(magic))+chunks); err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(manifest); !bytes.Equal(sum[:], tail[8:8+sha256.Size]) {
		return nil, fmt.Errorf("%w: manifest", ErrCorrupt)
	}
	meta, cols, err := parseManifest(manifest, chunks)
	if err != nil {
		return nil, err
	}
	return &Reader{r, meta, cols}, nil
}

// readAt fills p.
func readAt(r io.ReaderAt, p []byte, off int64) error {
	if n, err := r.ReadAt(p, off); n < len(p) {
		if err == nil || err == io.EOF { //nolint:errorlint // ReaderAt returns it bare
			err = fmt.Errorf("%w: cut at byte %d", ErrCorrupt, off+int64(n))
		}
		return err
	}
	return nil
}

// Meta returns the writer's description.
func (r *Reader) Meta() []byte { return r.meta }

// Sums returns the sums of a column's chunks, nil if there is no such column.
func (r *Reader) Sums(name string) [][32]byte { return sumsOf(r.cols, name) }

// Cells returns how many cells a column has. Error: ErrNoColumn.
func (r *Reader) Cells(name string, width int) (uint64, error) {
	c, err := r.column(name, width)
	if err != nil {
		return 0, err
	}
	return c.cells, nil
}

func (r *Reader) column(name string, width int) (*column, error) {
	for _, c := range r.cols {
		if c.name == name && c.width == width {
			return c, nil
		}
	}
	return nil, fmt.Errorf("%w: %q of width %d", ErrNoColumn, name, width)
}

// Each calls fn with each chunk of a column after checking it: the number of its
// first cell and its cells, which fn does not keep. With more than one worker
// chunks come in any order and at the same time. It stops at the first error.
//
// Errors: ErrNoColumn, ErrCorrupt, those of reading, fn's own.
func (r *Reader) Each(name string, width, workers int, fn func(first uint64, cells []byte) error) error {
	c, err := r.column(name, width)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	errs := make([]error, max(1, min(workers, len(c.sums))))
	for w := range errs {
		wg.Go(func() {
			var buf []byte
			for {
				i := int(next.Add(1)) - 1
				if i >= len(c.sums) {
					return
				}
				if buf == nil {
					buf = make([]byte, min(int64(ChunkSize), c.size()))
				}
				if errs[w] = r.chunk(c, i, buf, fn); errs[w] != nil {
					next.Store(int64(len(c.sums)))
					return
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("column %q: %w", name, err)
		}
	}
	return nil
}

// chunk reads, checks and hands on one chunk.
func (r *Reader) chunk(c *column, i int, buf []byte, fn func(uint64, []byte) error) error {
	off, n := c.chunk(i)
	if err := readAt(r.r, buf[:n], off); err != nil {
		return err
	}
	if sha256.Sum256(buf[:n]) != c.sums[i] {
		return fmt.Errorf("%w: chunk %d", ErrCorrupt, i)
	}
	return fn(uint64(i)*uint64(c.perChunk()), buf[:n])
}

// All checks every chunk of the file, one after the other, and tells fn the bytes
// of each. It stops at the first error.
func (r *Reader) All(fn func(bytes int) error) error {
	for _, c := range r.cols {
		if err := r.Each(c.name, c.width, 1, func(_ uint64, cells []byte) error { return fn(len(cells)) }); err != nil {
			return err
		}
	}
	return nil
}
