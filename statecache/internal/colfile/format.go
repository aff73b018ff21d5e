package colfile

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

const (
	// ChunkSize is the most bytes that one sum covers.
	ChunkSize = 4 << 20

	magic       = "vmhcol\x00\x01"
	trailerSize = 8 + sha256.Size + len(magic)
	maxManifest = 1 << 30
)

// column is what the manifest says of a column.
type column struct {
	name  string
	width int
	cells uint64
	sums  [][32]byte
	start int64 // offset of its first chunk in the file; not stored
}

// perChunk is how many cells a whole chunk holds.
func (c *column) perChunk() int { return ChunkSize / c.width }

// chunks is how many chunks the cells fill.
func (c *column) chunks() uint64 {
	per := uint64(c.perChunk())
	return c.cells/per + min(1, c.cells%per)
}

// chunk returns where a chunk lies and its length.
func (c *column) chunk(i int) (offset int64, length int) {
	first := int64(i) * int64(c.perChunk())
	cells := min(int64(c.perChunk()), int64(c.cells)-first)
	return c.start + first*int64(c.width), int(cells) * c.width
}

func (c *column) size() int64 { return int64(c.cells) * int64(c.width) }

func appendManifest(b, meta []byte, cols []*column) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(meta)))
	b = append(b, meta...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(cols)))
	for _, c := range cols {
		b = append(append(b, byte(len(c.name))), c.name...)
		b = binary.BigEndian.AppendUint32(b, uint32(c.width))
		b = binary.BigEndian.AppendUint64(b, c.cells)
		for i := range c.sums {
			b = append(b, c.sums[i][:]...)
		}
	}
	return b
}

// parseManifest decodes a manifest of a file whose chunks fill size bytes.
func parseManifest(b []byte, size int64) (meta []byte, cols []*column, err error) {
	r := decoder{b: b}
	meta = r.bytes(uint64(r.u32()))
	names := map[string]bool{}
	at := int64(len(magic))
	left := size
	for n := r.u32(); n > 0 && r.err == nil; n-- {
		c := &column{name: string(r.bytes(uint64(r.u8()))), width: int(r.u32()), cells: r.u64(), start: at}
		switch {
		case r.err != nil:
			return nil, nil, r.err
		case names[c.name], c.width < 1, c.width > ChunkSize, c.cells > uint64(left)/uint64(c.width):
			return nil, nil, fmt.Errorf("%w: column %q", ErrCorrupt, c.name)
		}
		names[c.name] = true
		at += c.size()
		left -= c.size()
		sums := r.bytes(c.chunks() * sha256.Size)
		for ; len(sums) > 0; sums = sums[sha256.Size:] {
			c.sums = append(c.sums, [32]byte(sums))
		}
		cols = append(cols, c)
	}
	if r.err == nil && (len(r.b) > 0 || left != 0) {
		return nil, nil, fmt.Errorf("%w: %d bytes of manifest and %d of chunks left over", ErrCorrupt, len(r.b), left)
	}
	return meta, cols, r.err
}

// decoder reads a manifest; after the first error it yields zeros.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) bytes(n uint64) []byte {
	if d.err != nil || uint64(len(d.b)) < n {
		d.b, d.err = nil, fmt.Errorf("%w: manifest is too short", ErrCorrupt)
		return nil
	}
	out := d.b[:n:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) u8() byte {
	if b := d.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) u32() uint32 {
	if b := d.bytes(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (d *decoder) u64() uint64 {
	if b := d.bytes(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}
