package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Schemas.
const (
	SchemaProgram    = "vmhost-program/1"
	SchemaRuntime    = "vmhost-runtime/1"
	SchemaStatecache = "vmhost-statecache/1"
	SchemaProofs     = "vmhost-proofs/1"
	SchemaWsapi      = "vmhost-wsapi/1"
	SchemaAnchoring  = "vmhost-anchoring/1"
)

// Results.
const (
	Valid   = "valid"
	Invalid = "invalid"
)

// ErrFormat says that a file or a test is not as its schema wants it.
var ErrFormat = errors.New("malformed test vector")

// File is the header that all files share.
type File struct {
	Schema  string            `json:"schema"`
	Suite   string            `json:"suite"`
	Version int               `json:"version"`
	Notes   []string          `json:"notes,omitempty"`
	Tests   []json.RawMessage `json:"tests"`
}

// Common is what every test has.
type Common struct {
	ID      int      `json:"id"`
	Comment string   `json:"comment"`
	Flags   []string `json:"flags,omitempty"`
	Result  string   `json:"result"`
}

// IsValid reads the expected result: ErrFormat unless it is valid or invalid.
func (c Common) IsValid() (bool, error) {
	switch c.Result {
	case Valid:
		return true, nil
	case Invalid:
		return false, nil
	}
	return false, fmt.Errorf("%w: result %.40q", ErrFormat, c.Result)
}

// Strict decodes one JSON value and refuses unknown fields and what follows it.
func Strict(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: trailing data", ErrFormat)
	}
	return nil
}
