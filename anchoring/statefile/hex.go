package statefile

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// The types below have one spelling each: what is read is what would be written.

// quantity is an Ethereum hex quantity.
type quantity uint64

// MarshalText implements encoding.TextMarshaler.
func (q quantity) MarshalText() ([]byte, error) {
	return append([]byte("0x"), strconv.FormatUint(uint64(q), 16)...), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (q *quantity) UnmarshalText(b []byte) error {
	digits, ok := strings.CutPrefix(string(b), "0x")
	n, err := strconv.ParseUint(digits, 16, 64)
	if !ok || err != nil || "0x"+strconv.FormatUint(n, 16) != string(b) {
		return fmt.Errorf("%w: %.24q is not a hex quantity", ErrFormat, b)
	}
	*q = quantity(n)
	return nil
}

// data is bytes of any length.
type data []byte

// MarshalText implements encoding.TextMarshaler.
func (d data) MarshalText() ([]byte, error) { return []byte("0x" + hex.EncodeToString(d)), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *data) UnmarshalText(b []byte) error {
	out, err := unhex(string(b))
	*d = out
	return err
}

// word is 32 bytes, address 20.
type (
	word    [32]byte
	address [20]byte
)

// MarshalText implements encoding.TextMarshaler.
func (w word) MarshalText() ([]byte, error) { return data(w[:]).MarshalText() }

// UnmarshalText implements encoding.TextUnmarshaler.
func (w *word) UnmarshalText(b []byte) error { return fixed(w[:], b) }

// MarshalText implements encoding.TextMarshaler.
func (a address) MarshalText() ([]byte, error) { return data(a[:]).MarshalText() }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *address) UnmarshalText(b []byte) error { return fixed(a[:], b) }

func fixed(dst, b []byte) error {
	out, err := unhex(string(b))
	if err != nil {
		return err
	}
	if len(out) != len(dst) {
		return fmt.Errorf("%w: %.24q has %d bytes, not %d", ErrFormat, b, len(out), len(dst))
	}
	copy(dst, out)
	return nil
}

// unhex reads lower-case hex with 0x.
func unhex(s string) ([]byte, error) {
	digits, ok := strings.CutPrefix(s, "0x")
	out, err := hex.DecodeString(digits)
	if !ok || err != nil || strings.ContainsAny(digits, "ABCDEF") {
		return nil, fmt.Errorf("%w: %.24q is not lower-case hex bytes", ErrFormat, s)
	}
	return out, nil
}
