package proofs

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
)

// keyFormat is the version of a key's folder. toolchain is part of every
// stored file's identity: constraint systems and dumps of proving keys are
// tied to the memory layout of these versions (a test compares with go.mod).
const (
	keyFormat = "vmhost-key/1"
	toolchain = "gnark v0.15.0, gnark-crypto v0.20.1"
)

// KeyInfo describes a key.
type KeyInfo struct {
	Shape          string
	Class          string
	Status         Status
	Version        string // of the circuit
	Toolchain      string // versions and machine type that wrote the files
	Constraints    int
	VerifyingKeyID [32]byte
}

func newInfo(s Shape, status Status) KeyInfo {
	return KeyInfo{Shape: s.Name, Class: s.Class, Status: status, Version: s.Version, Toolchain: toolchain + ", " + runtime.GOARCH}
}

type infoJSON struct {
	Format         string `json:"format"`
	Shape          string `json:"shape"`
	Class          string `json:"class"`
	Status         Status `json:"status"`
	Version        string `json:"version"`
	Toolchain      string `json:"toolchain"`
	Constraints    int    `json:"constraints"`
	VerifyingKeyID string `json:"verifyingKeyId"`
}

func (i KeyInfo) encode() ([]byte, error) {
	data, err := json.MarshalIndent(infoJSON{
		keyFormat, i.Shape, i.Class, i.Status, i.Version, i.Toolchain, i.Constraints,
		"0x" + hex.EncodeToString(i.VerifyingKeyID[:]),
	}, "", "  ")
	return append(data, '\n'), err
}

// decodeInfo reads key.json. Another format version is foreign, anything
// unreadable is damage.
func decodeInfo(data []byte) (KeyInfo, error) {
	var j infoJSON
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&j); err != nil {
		return KeyInfo{}, fmt.Errorf("%w: %s: %w", ErrDamagedKey, infoFile, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return KeyInfo{}, fmt.Errorf("%w: %s: bytes after the end", ErrDamagedKey, infoFile)
	}
	if j.Format != keyFormat {
		return KeyInfo{}, fmt.Errorf("%w: format %q, not %q", ErrForeignKey, j.Format, keyFormat)
	}
	id, err := hex.DecodeString(trim0x(j.VerifyingKeyID))
	if err != nil || len(id) != 32 {
		return KeyInfo{}, fmt.Errorf("%w: %s: bad verifying key id", ErrDamagedKey, infoFile)
	}
	return KeyInfo{j.Shape, j.Class, j.Status, j.Version, j.Toolchain, j.Constraints, [32]byte(id)}, nil
}

func trim0x(s string) string {
	if len(s) >= 2 && s[:2] == "0x" {
		return s[2:]
	}
	return "not hex"
}

// matches returns ErrForeignKey unless the key is of this shape, circuit
// version and toolchain.
func (i KeyInfo) matches(s Shape) error {
	want := newInfo(s, i.Status)
	for _, f := range []struct{ what, got, want string }{
		{"shape", i.Shape, want.Shape},
		{"class", i.Class, want.Class},
		{"circuit", i.Version, want.Version},
		{"toolchain", i.Toolchain, want.Toolchain},
	} {
		if f.got != f.want {
			return fmt.Errorf("%w: %s %q, not %q", ErrForeignKey, f.what, f.got, f.want)
		}
	}
	if i.Status != UnsafeDev && i.Status != Ceremony {
		return fmt.Errorf("%w: status %q", ErrDamagedKey, i.Status)
	}
	return nil
}

// fingerprint ties a stored file to its key and its kind.
func (i KeyInfo) fingerprint(kind string) [32]byte {
	h := sha256.New()
	for _, s := range []string{keyFormat, kind, i.Shape, i.Class, string(i.Status), i.Version, i.Toolchain, string(i.VerifyingKeyID[:])} {
		_, _ = fmt.Fprintf(h, "%d:%s;", len(s), s) // a hash never fails
	}
	return [32]byte(h.Sum(nil))
}
