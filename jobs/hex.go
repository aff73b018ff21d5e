package jobs

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
)

// Hash is 32 bytes; in JSON "0x" and 64 lower-case digits (either case read).
type Hash [32]byte

// String returns the 0x form.
func (h Hash) String() string { return "0x" + hex.EncodeToString(h[:]) }

// IsZero reports whether all bytes are zero.
func (h Hash) IsZero() bool { return h == Hash{} }

// MarshalText implements encoding.TextMarshaler.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hash) UnmarshalText(b []byte) error {
	raw, err := decodeHex(b)
	if err != nil {
		return err
	}
	if len(raw) != len(h) {
		return fmt.Errorf("%w: hash has %d bytes, want 32", ErrInvalidInput, len(raw))
	}
	copy(h[:], raw)
	return nil
}

// ParseHash reads the 0x form.
func ParseHash(s string) (Hash, error) {
	var h Hash
	err := h.UnmarshalText([]byte(s))
	return h, err
}

// Bytes is a byte string; in JSON 0x hex, empty as "0x".
type Bytes []byte

// MarshalText implements encoding.TextMarshaler.
func (b Bytes) MarshalText() ([]byte, error) {
	out := make([]byte, 2+2*len(b))
	copy(out, "0x")
	hex.Encode(out[2:], b)
	return out, nil
}

// MarshalJSON implements json.Marshaler (a nil slice is "0x", not null).
func (b Bytes) MarshalJSON() ([]byte, error) {
	out := make([]byte, 0, 4+2*len(b))
	out = append(out, '"', '0', 'x')
	out = hex.AppendEncode(out, b)
	return append(out, '"'), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *Bytes) UnmarshalText(t []byte) error {
	raw, err := decodeHex(t)
	if err != nil {
		return err
	}
	*b = raw
	return nil
}

func decodeHex(t []byte) ([]byte, error) {
	if len(t) < 2 || t[0] != '0' || (t[1] != 'x' && t[1] != 'X') {
		return nil, fmt.Errorf("%w: hex must begin with 0x", ErrInvalidInput)
	}
	raw := make([]byte, hex.DecodedLen(len(t)-2))
	if _, err := hex.Decode(raw, t[2:]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalidInput, err)
	}
	return raw, nil
}

// Quantity is an Ethereum hex quantity in JSON ("0x0", no leading zeros).
type Quantity uint64

// MarshalText implements encoding.TextMarshaler.
func (q Quantity) MarshalText() ([]byte, error) {
	return strconv.AppendUint([]byte("0x"), uint64(q), 16), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (q *Quantity) UnmarshalText(t []byte) error {
	s := string(t)
	if len(s) < 3 || s[0] != '0' || s[1] != 'x' || (len(s) > 3 && s[2] == '0') || s[2] == '+' {
		return fmt.Errorf("%w: %q is not a hex quantity", ErrInvalidInput, clip(s))
	}
	v, err := strconv.ParseUint(s[2:], 16, 64)
	if err != nil {
		return fmt.Errorf("%w: %q is not a hex quantity", ErrInvalidInput, clip(s))
	}
	*q = Quantity(v)
	return nil
}

// clip bounds text that came from outside before it is put into a message.
func clip(s string) string {
	const n = 80
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}

// BlockRef names a block. It has the fields of statecache.BlockRef, so one
// converts to the other; here it has a JSON form: {"number":"0x…","hash":"0x…"}.
type BlockRef struct {
	Number uint64
	Hash   [32]byte
}

type blockRefJSON struct {
	Number Quantity `json:"number"`
	Hash   Hash     `json:"hash"`
}

// MarshalJSON implements json.Marshaler.
func (r BlockRef) MarshalJSON() ([]byte, error) {
	return json.Marshal(blockRefJSON{Quantity(r.Number), r.Hash})
}

// UnmarshalJSON implements json.Unmarshaler.
func (r *BlockRef) UnmarshalJSON(b []byte) error {
	var v blockRefJSON
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	r.Number, r.Hash = uint64(v.Number), v.Hash
	return nil
}

// String returns "number/0xabcdef…" for messages.
func (r BlockRef) String() string {
	return fmt.Sprintf("%d/0x%x", r.Number, r.Hash[:4])
}

// Block is one applied block: the reference, its parent, and the commitment of
// the state cache at it.
type Block struct {
	Number     Quantity `json:"number"`
	Hash       Hash     `json:"hash"`
	ParentHash Hash     `json:"parentHash"`
	Commitment Hash     `json:"commitment"`
	// Timestamp is the header's, seconds since 1970.
	Timestamp Quantity `json:"timestamp"`
}

// Ref returns the block's reference.
func (b Block) Ref() BlockRef { return BlockRef{Number: uint64(b.Number), Hash: b.Hash} }
