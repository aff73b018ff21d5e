package proofs

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// A sealed file is a header and a payload:
//
//	magic "vmhostk1" | fingerprint (32) | payload length (8, big-endian) | sha256 of the payload (32)
//
// The payload is decoded only after its checksum was found right: gnark's
// dump reader checks nothing.
const (
	sealMagic  = "vmhostk1"
	headerSize = len(sealMagic) + 32 + 8 + 32
)

// counter hashes and counts what is written.
type counter struct {
	h hash.Hash
	n uint64
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += uint64(len(p))
	return c.h.Write(p)
}

// writeAtomic writes a file under a temporary name and renames it, so that
// path holds the old file, or the whole new one.
func writeAtomic(path string, write func(*os.File) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".tmp-*")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close() // the first error is the one to report
			_ = os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return fmt.Errorf("%w: write %s: %w", ErrStore, filepath.Base(path), err)
	}
	if err = errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("%w: write %s: %w", ErrStore, filepath.Base(path), err)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	return nil
}

// writeSealed writes a sealed file atomically.
func writeSealed(path string, fingerprint [32]byte, payload func(io.Writer) error) error {
	return writeAtomic(path, func(f *os.File) error {
		if _, err := f.Write(make([]byte, headerSize)); err != nil {
			return err
		}
		c := &counter{h: sha256.New()}
		buf := bufio.NewWriterSize(f, 1<<20)
		if err := payload(io.MultiWriter(buf, c)); err != nil {
			return err
		}
		if err := buf.Flush(); err != nil {
			return err
		}
		head := append([]byte(sealMagic), fingerprint[:]...)
		head = binary.BigEndian.AppendUint64(head, c.n)
		_, err := f.WriteAt(c.h.Sum(head), 0)
		return err
	})
}

// readSealed checks a sealed file and decodes its payload. A missing file is
// ErrKeyMissing.
func readSealed(ctx context.Context, path string, fingerprint [32]byte, payload func(io.Reader) error) error {
	name := filepath.Base(path)
	f, err := os.Open(path) //nolint:gosec // the store names the file
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrKeyMissing, path)
	} else if err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	defer func() { _ = f.Close() }() // only read
	head := make([]byte, headerSize)
	if _, err := io.ReadFull(f, head); err != nil || string(head[:len(sealMagic)]) != sealMagic {
		return fmt.Errorf("%w: %s is not a key file", ErrDamagedKey, name)
	}
	rest := head[len(sealMagic):]
	if [32]byte(rest) != fingerprint {
		return fmt.Errorf("%w: %s", ErrForeignKey, name)
	}
	size := binary.BigEndian.Uint64(rest[32:])
	if st, err := f.Stat(); err != nil || uint64(st.Size()) != uint64(headerSize)+size {
		return fmt.Errorf("%w: %s has the wrong length", ErrDamagedKey, name)
	}
	c := &counter{h: sha256.New()}
	if _, err := io.Copy(c, &cancelReader{ctx, f}); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("%w: read %s: %w", ErrStore, name, err)
	}
	if [32]byte(c.h.Sum(nil)) != [32]byte(rest[40:]) {
		return fmt.Errorf("%w: checksum of %s", ErrDamagedKey, name)
	}
	if _, err := f.Seek(int64(headerSize), io.SeekStart); err != nil {
		return fmt.Errorf("%w: read %s: %w", ErrStore, name, err)
	}
	if err := payload(bufio.NewReaderSize(f, 1<<20)); err != nil {
		return fmt.Errorf("%w: decode %s: %w", ErrDamagedKey, name, err)
	}
	return ctx.Err()
}

// cancelReader ends with the context's error.
type cancelReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
