package verifier

import (
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Status of a verifying key.
type Status string

// Statuses.
const (
	UnsafeDev Status = "unsafe-dev" // made from a public seed: anyone can forge
	Ceremony  Status = "ceremony"   // made by several parties, see the ceremony's transcript
)

// Pin is one verifying key that this version knows.
type Pin struct {
	Shape       string // circuit shape, such as "s" or "s-scan"
	Class       string // size class of the shape
	Status      Status
	Tombstoned  bool // withdrawn for ever: refused whatever else is allowed
	Constraints int
	Key         *Key
}

// ID of the pinned key.
func (p Pin) ID() [32]byte { return p.Key.ID() }

// Pins is a list of trusted keys.
type Pins struct{ list []Pin }

//go:generate go run ../internal/genpins -out pinned.json

//go:embed pinned.json
var pinnedJSON []byte

// Pinned is the list that is part of this version.
func Pinned() (*Pins, error) {
	p, err := ReadPins(pinnedJSON)
	if err != nil {
		return nil, fmt.Errorf("pinned list of this version: %w", err)
	}
	return p, nil
}

// NewPins makes a list, in order; identities must differ.
func NewPins(list ...Pin) (*Pins, error) {
	for i, p := range list {
		if p.Key == nil || p.Shape == "" || p.Class == "" {
			return nil, fmt.Errorf("%w: pin %d is incomplete", ErrBadKey, i)
		}
		if p.Status != UnsafeDev && p.Status != Ceremony {
			return nil, fmt.Errorf("%w: pin %s has status %q", ErrBadKey, p.Shape, p.Status)
		}
		if p.Key.UnsafeDev() != (p.Status == UnsafeDev) {
			return nil, fmt.Errorf("%w: the key of pin %s has another status than %q", ErrBadKey, p.Shape, p.Status)
		}
		if slices.ContainsFunc(list[:i], func(o Pin) bool { return o.ID() == p.ID() }) {
			return nil, fmt.Errorf("%w: pin %s repeats a key", ErrBadKey, p.Shape)
		}
	}
	return &Pins{list: slices.Clone(list)}, nil
}

// All pins, oldest last.
func (p *Pins) All() []Pin { return slices.Clone(p.list) }

// ByID finds a key by identity.
func (p *Pins) ByID(id [32]byte) (Pin, bool) {
	return p.find(func(q Pin) bool { return q.ID() == id })
}

// ByShape finds the current key of a shape: the first that is not tombstoned.
func (p *Pins) ByShape(shape string) (Pin, bool) {
	return p.find(func(q Pin) bool { return q.Shape == shape && !q.Tombstoned })
}

func (p *Pins) find(f func(Pin) bool) (Pin, bool) {
	if i := slices.IndexFunc(p.list, f); i >= 0 {
		return p.list[i], true
	}
	return Pin{}, false
}

// pinsFormat is the version of the list's encoding.
const pinsFormat = "vmhost-pinned-keys/1"

type pinJSON struct {
	Shape          string `json:"shape"`
	Class          string `json:"class"`
	Status         Status `json:"status"`
	Tombstoned     bool   `json:"tombstoned,omitempty"`
	Constraints    int    `json:"constraints"`
	VerifyingKeyID string `json:"verifyingKeyId"`
	VerifyingKey   string `json:"verifyingKey"`
}

type pinsJSON struct {
	Format string    `json:"format"`
	Keys   []pinJSON `json:"keys"`
}

// ReadPins decodes a list and recomputes every identity.
func ReadPins(data []byte) (*Pins, error) {
	top, err := object(data, []string{"format", "keys"}, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	if f, err := text(top["format"]); err != nil || f != pinsFormat {
		return nil, fmt.Errorf("%w: format is not %q", ErrBadKey, pinsFormat)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(top["keys"], &raw); err != nil {
		return nil, fmt.Errorf("%w: keys: %w", ErrBadKey, err)
	}
	list := make([]Pin, len(raw))
	for i := range raw {
		if list[i], err = readPin(raw[i]); err != nil {
			return nil, fmt.Errorf("%w: pin %d: %w", ErrBadKey, i, err)
		}
	}
	return NewPins(list...)
}

func readPin(raw []byte) (Pin, error) {
	names := []string{"shape", "class", "status", "constraints", "verifyingKeyId", "verifyingKey"}
	if _, err := object(raw, names, []string{"tombstoned"}); err != nil {
		return Pin{}, err
	}
	var j pinJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return Pin{}, err
	}
	vk, err := hexBytes(j.VerifyingKey)
	if err != nil {
		return Pin{}, err
	}
	key, err := ReadKey(vk, j.Status)
	if err != nil {
		return Pin{}, err
	}
	if id := key.ID(); j.VerifyingKeyID != "0x"+hex.EncodeToString(id[:]) {
		return Pin{}, fmt.Errorf("%w: identity of %s differs from its key's", ErrBadKey, j.Shape)
	}
	return Pin{j.Shape, j.Class, j.Status, j.Tombstoned, j.Constraints, key}, nil
}

// Encode is the inverse of ReadPins, one line a field, for review in a diff.
func (p *Pins) Encode() ([]byte, error) {
	out := pinsJSON{Format: pinsFormat, Keys: []pinJSON{}}
	for _, q := range p.list {
		id := q.ID()
		out.Keys = append(out.Keys, pinJSON{
			q.Shape, q.Class, q.Status, q.Tombstoned, q.Constraints,
			"0x" + hex.EncodeToString(id[:]), "0x" + hex.EncodeToString(q.Key.raw),
		})
	}
	data, err := json.MarshalIndent(out, "", " ")
	return append(data, '\n'), err
}
