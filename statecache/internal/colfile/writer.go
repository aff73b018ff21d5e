package colfile

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
)

// Writer writes a file, column after column. After an error it is of no use.
type Writer struct {
	w    io.Writer
	cols []*column
	buf  []byte // the chunk being filled
}

// NewWriter begins a file on w, which is written to in order, a chunk at a time.
func NewWriter(w io.Writer) (*Writer, error) {
	if _, err := io.WriteString(w, magic); err != nil {
		return nil, err
	}
	return &Writer{w: w}, nil
}

// Column begins the next column. Names are 1 to 255 bytes, each used once; width
// is the bytes of one cell, 1 to ChunkSize. Error: ErrMisuse.
func (w *Writer) Column(name string, width int) error {
	if err := w.endColumn(); err != nil {
		return err
	}
	if name == "" || len(name) > 255 || width < 1 || width > ChunkSize {
		return fmt.Errorf("%w: %q of width %d", ErrMisuse, name, width)
	}
	for _, c := range w.cols {
		if c.name == name {
			return fmt.Errorf("%w: %q twice", ErrMisuse, name)
		}
	}
	w.cols = append(w.cols, &column{name: name, width: width})
	return nil
}

// Cell returns room for the next cell, to be filled before any other call; what
// is in it is left from before.
func (w *Writer) Cell() ([]byte, error) {
	if len(w.cols) == 0 {
		return nil, fmt.Errorf("%w: none begun", ErrMisuse)
	}
	c := w.cols[len(w.cols)-1]
	if len(w.buf) == c.perChunk()*c.width {
		if err := w.flush(); err != nil {
			return nil, err
		}
	}
	if w.buf == nil {
		w.buf = make([]byte, 0, ChunkSize)
	}
	n := len(w.buf)
	w.buf = w.buf[:n+c.width]
	c.cells++
	return w.buf[n:], nil
}

// Write adds cells to the column. Error: ErrMisuse if p is no whole cells.
func (w *Writer) Write(p []byte) error {
	for len(p) > 0 {
		cell, err := w.Cell()
		if err != nil {
			return err
		}
		if len(p) < len(cell) {
			return fmt.Errorf("%w: %d bytes of a cell", ErrMisuse, len(p))
		}
		p = p[copy(cell, p):]
	}
	return nil
}

func (w *Writer) flush() error {
	c := w.cols[len(w.cols)-1]
	c.sums = append(c.sums, sha256.Sum256(w.buf))
	_, err := w.w.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

func (w *Writer) endColumn() error {
	if len(w.buf) == 0 {
		return nil
	}
	return w.flush()
}

// Finish ends the file with a description of its own, at most 1 GB with the sums.
func (w *Writer) Finish(meta []byte) error {
	if err := w.endColumn(); err != nil {
		return err
	}
	b := appendManifest(nil, meta, w.cols)
	if len(b) > maxManifest {
		return fmt.Errorf("%w: manifest of %d bytes", ErrMisuse, len(b))
	}
	sum := sha256.Sum256(b)
	n := len(b)
	b = binary.BigEndian.AppendUint64(b, uint64(n))
	b = append(b, sum[:]...)
	b = append(b, magic...)
	_, err := w.w.Write(b)
	return err
}

// Sums returns the sums of a column's chunks so far, nil if there is no such
// column. The last chunk is in it only after the column has ended.
func (w *Writer) Sums(name string) [][32]byte { return sumsOf(w.cols, name) }

func sumsOf(cols []*column, name string) [][32]byte {
	for _, c := range cols {
		if c.name == name {
			return c.sums
		}
	}
	return nil
}
