package schema

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrHex says that a text is not hex as the files have it.
var ErrHex = errors.New("not lower-case hex with 0x of the right length")

// Bytes is hex of any length.
type Bytes []byte

// Hash is hex of 32 bytes: a hash, a slot, a value, a field element.
type Hash [32]byte

// Address is hex of 20 bytes.
type Address [20]byte

// Quantity is an Ethereum quantity: hex without leading zeros.
type Quantity uint64

// MarshalText implements encoding.TextMarshaler.
func (b Bytes) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "0x%x", []byte(b)), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *Bytes) UnmarshalText(text []byte) error {
	*b = make([]byte, max(0, len(text)/2-1))
	return decode(*b, text)
}

// MarshalText implements encoding.TextMarshaler.
func (h Hash) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "0x%x", h[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hash) UnmarshalText(text []byte) error { return decode(h[:], text) }

// MarshalText implements encoding.TextMarshaler.
func (a Address) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "0x%x", a[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Address) UnmarshalText(text []byte) error { return decode(a[:], text) }

// MarshalText implements encoding.TextMarshaler.
func (q Quantity) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "0x%x", uint64(q)), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (q *Quantity) UnmarshalText(text []byte) error {
	s, ok := strings.CutPrefix(string(text), "0x")
	n, err := strconv.ParseUint(s, 16, 64)
	if !ok || err != nil || strconv.FormatUint(n, 16) != s {
		return fmt.Errorf("%.80q: %w", text, ErrHex)
	}
	*q = Quantity(n)
	return nil
}

func decode(dst, text []byte) error {
	s, ok := bytes.CutPrefix(text, []byte("0x"))
	if !ok || len(s) != 2*len(dst) || !bytes.Equal(s, bytes.ToLower(s)) {
		return fmt.Errorf("%.80q: %w", text, ErrHex)
	}
	if _, err := hex.Decode(dst, s); err != nil {
		return fmt.Errorf("%.80q: %w", text, ErrHex)
	}
	return nil
}
