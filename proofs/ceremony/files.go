package ceremony

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// Sizes of gnark's encodings, in bytes.
const (
	sizeG1    = bn254.SizeOfG1AffineCompressed
	sizeG2    = bn254.SizeOfG2AffineCompressed
	sizeProof = sizeG1 + sizeG2 // of an update
)

func (c *Ceremony) path(phase, i int) string {
	return filepath.Join(c.dir, fmt.Sprintf("phase%d", phase), fmt.Sprintf("%04d.bin", i))
}

// field is a big-endian number that a file must have at a place.
type field struct {
	at    int64
	bytes int
	want  uint64
}

// read1 reads contribution i of phase 1, whose bytes must have the given hash.
func (c *Ceremony) read1(i int, hash string) (*mpcsetup.Phase1, error) {
	n := int64(c.t.Circuit.Domain)
	size := 3*sizeProof + 8 + sizeG2 + (2*n-2)*sizeG1 + (n-1)*sizeG2 + 2*n*sizeG1 + 1 + sha256.Size
	p := new(mpcsetup.Phase1)
	err := readChecked(c.path(1, i), hash, size, []field{{3 * sizeProof, 8, uint64(n)}}, p)
	if err == nil && len(p.Challenge) != sha256.Size {
		err = fmt.Errorf("%w: no challenge", ErrContribution)
	}
	return p, err
}

// read2 reads contribution i of phase 2; 0 is the start.
func (c *Ceremony) read2(i int, hash string) (*mpcsetup.Phase2, error) {
	w := c.widths()
	fields := []field{{0, 2, 1}} // commitments
	at := int64(2 + sizeG1)
	vector := func(n int) {
		fields = append(fields, field{at, 4, uint64(n)})
		at += 4 + int64(n)*sizeG1
	}
	vector(w.private)
	vector(w.quotient)
	at += sizeG2
	vector(w.committed)
	size := at + sizeG2 + 2*sizeProof + 1
	if i > 0 {
		size += sha256.Size
	}
	p := new(mpcsetup.Phase2)
	return p, readChecked(c.path(2, i), hash, size, fields, p)
}

// readChecked decodes a file after its size and its length fields were found
// as they must be: gnark's decoders allocate what a file says.
func readChecked(path, hash string, size int64, fields []field, into io.ReaderFrom) error {
	f, err := os.Open(path) //nolint:gosec // below the ceremony's folder
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStorage, err)
	}
	defer func() { _ = f.Close() }() // only read
	bad := func(what any) error { return fmt.Errorf("%w: %s: %v", ErrContribution, filepath.Base(path), what) }
	if st, err := f.Stat(); err != nil || st.Size() != size {
		return bad("wrong length")
	}
	for _, l := range fields {
		var b [8]byte
		if _, err := f.ReadAt(b[8-l.bytes:], l.at); err != nil || binary.BigEndian.Uint64(b[:]) != l.want {
			return bad("of another circuit")
		}
	}
	h := sha256.New()
	n, err := into.ReadFrom(io.TeeReader(bufio.NewReaderSize(io.LimitReader(f, size), 1<<20), h))
	if err != nil {
		return bad(err)
	}
	if n != size {
		return bad("bytes after the end")
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != hash {
		return bad("hash is " + got + ", the transcript says " + hash)
	}
	return nil
}

// store writes a contribution and returns its hash.
func (c *Ceremony) store(phase, i int, p io.WriterTo) (string, error) {
	path := c.path(phase, i)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return "", fmt.Errorf("%w: %w", ErrStorage, err)
	}
	if err := writeFile(path, p); err != nil {
		return "", err
	}
	return hashOf(p)
}

func hashOf(p io.WriterTo) (string, error) {
	h := sha256.New()
	if _, err := p.WriteTo(h); err != nil {
		return "", fmt.Errorf("%w: %w", ErrStorage, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func same(a, b io.WriterTo) bool {
	var x, y bytes.Buffer
	_, errA := a.WriteTo(&x)
	_, errB := b.WriteTo(&y)
	return errA == nil && errB == nil && bytes.Equal(x.Bytes(), y.Bytes())
}
