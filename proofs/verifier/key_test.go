package verifier_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark/frontend"
	"golang.org/x/crypto/sha3"

	"vmhost/proofs/internal/toy"
	"vmhost/proofs/verifier"
)

// Offsets in the raw key of a circuit with 11 public inputs.
const (
	offBeta2    = 128
	offK        = 128 + 256 + 64 + 128 // the number of points
	offK0       = offK + 4
	offPublic   = offK0 + 13*64 // lists of committed public inputs
	offKeys     = offPublic + 8
	offPedersen = offKeys + 4
	sizeKey     = offPedersen + 256
)

func TestKeyIdentity(t *testing.T) {
	k, _ := honest(t)
	h := sha3.NewLegacyKeccak256()
	h.Write(k.Raw)
	id := k.Key.ID()
	if !bytes.Equal(h.Sum(nil), id[:]) {
		t.Fatal("identity is not keccak256 of the raw key")
	}
	if !bytes.Equal(k.Key.Bytes(), k.Raw) || len(k.Raw) != sizeKey {
		t.Fatalf("raw key of %d bytes", len(k.Raw))
	}
}

func TestBadKeys(t *testing.T) {
	k, _ := honest(t)
	sg := wrongSubgroup(t)
	sgRaw := sg.RawBytes()
	edit := func(f func(b []byte)) []byte {
		b := bytes.Clone(k.Raw)
		f(b)
		return b
	}
	for name, raw := range map[string][]byte{
		"empty":              nil,
		"short":              k.Raw[:sizeKey-1],
		"long":               append(bytes.Clone(k.Raw), 0),
		"not on curve":       edit(func(b []byte) { b[63] ^= 1 }),
		"wrong subgroup":     edit(func(b []byte) { copy(b[offBeta2:], sgRaw[:]) }),
		"non-canonical":      edit(func(b []byte) { fp.Modulus().FillBytes(b[:32]) }),
		"alpha infinity":     edit(func(b []byte) { clear(b[:64]) }),
		"beta infinity":      edit(func(b []byte) { clear(b[offBeta2 : offBeta2+128]) }),
		"G infinity":         edit(func(b []byte) { clear(b[offPedersen : offPedersen+128]) }),
		"no points":          edit(func(b []byte) { clear(b[offK : offK+4]) }),
		"huge count":         edit(func(b []byte) { b[offK] = 0xff }),
		"free public input":  edit(func(b []byte) { clear(b[offK0+5*64 : offK0+6*64]) }),
		"free challenge":     edit(func(b []byte) { clear(b[offK0+12*64 : offK0+13*64]) }),
		"two commitments":    edit(func(b []byte) { b[offPublic+3] = 2 }),
		"no commitment":      edit(func(b []byte) { b[offPublic+3] = 0 }),
		"huge list":          edit(func(b []byte) { b[offPublic+4] = 0xff }),
		"two keys":           edit(func(b []byte) { b[offKeys+3] = 2 }),
		"compression flags":  edit(func(b []byte) { b[0] |= 0x80 }),
		"committed 0":        insertCommitted(k.Raw, 0),
		"committed 12 of 11": insertCommitted(k.Raw, 12),
		"committed unsorted": insertCommitted(k.Raw, 3, 2),
		"committed twice":    insertCommitted(k.Raw, 3, 3),
	} {
		if _, err := verifier.ReadKey(raw); !errors.Is(err, verifier.ErrBadKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := verifier.ReadKey(insertCommitted(k.Raw, 1, 11)); err != nil {
		t.Errorf("committed 1 and 11: %v", err)
	}
}

// insertCommitted makes the key say that these public inputs are hashed.
func insertCommitted(raw []byte, list ...byte) []byte {
	out := bytes.Clone(raw[:offKeys])
	out[offKeys-1] = byte(len(list))
	for _, i := range list {
		out = append(out, 0, 0, 0, 0, 0, 0, 0, i)
	}
	return append(out, raw[offKeys:]...)
}

// loose leaves public input 1 out of all constraints: gnark proves and
// verifies it for any value (gnark.md section 7), so the key must be refused.
type loose struct {
	Public [2]frontend.Variable `gnark:",public"`
	Secret frontend.Variable
}

func (c *loose) Define(api frontend.API) error {
	x, err := api.(frontend.Committer).Commit(c.Secret)
	if err != nil {
		return err
	}
	api.AssertIsDifferent(x, c.Secret)
	api.AssertIsEqual(c.Public[0], api.Mul(c.Secret, c.Secret))
	return nil
}

func TestUnconstrainedInputRefused(t *testing.T) {
	if _, err := toy.MakeFor(&loose{}, "loose"); !errors.Is(err, verifier.ErrBadKey) {
		t.Fatalf("got %v", err)
	}
}

func FuzzKey(f *testing.F) {
	k, _ := honest(f)
	f.Add(k.Raw)
	f.Add(insertCommitted(k.Raw, 1, 2))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		key, err := verifier.ReadKey(raw)
		if err != nil {
			if !errors.Is(err, verifier.ErrBadKey) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(key.Bytes(), raw) {
			t.Fatal("bytes changed")
		}
	})
}

func pins(tb testing.TB, list ...verifier.Pin) *verifier.Pins {
	tb.Helper()
	p, err := verifier.NewPins(list...)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestPins(t *testing.T) {
	k, _ := honest(t)
	other, err := toy.Make(10, "other")
	if err != nil {
		t.Fatal(err)
	}
	old := verifier.Pin{Shape: "toy", Class: "tiny", Status: verifier.Ceremony, Tombstoned: true, Constraints: 5, Key: other.Key}
	now := verifier.Pin{Shape: "toy", Class: "tiny", Status: verifier.UnsafeDev, Constraints: 7, Key: k.Key}
	list := pins(t, old, now)
	data, err := list.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := verifier.ReadPins(data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := back.Encode()
	if err != nil || !bytes.Equal(data, again) {
		t.Fatalf("round trip: %v", err)
	}
	if p, ok := back.ByShape("toy"); !ok || p.ID() != k.Key.ID() || p.Constraints != 7 || p.Status != verifier.UnsafeDev {
		t.Errorf("ByShape gives %+v", p)
	}
	if p, ok := back.ByID(other.Key.ID()); !ok || !p.Tombstoned {
		t.Errorf("ByID gives %+v", p)
	}
	if _, ok := back.ByShape("other"); ok {
		t.Error("unknown shape found")
	}
	if _, ok := back.ByID([32]byte{}); ok {
		t.Error("unknown identity found")
	}
	id := k.Key.ID()
	for name, edit := range map[string][2]string{
		"identity":      {hex.EncodeToString(id[:]), hex.EncodeToString(make([]byte, 32))},
		"status":        {`"unsafe-dev"`, `"safe"`},
		"unknown field": {`"class"`, `"clasp"`},
		"format":        {"keys/1", "keys/2"},
		"case":          {`"shape"`, `"Shape"`},
		"key":           {hex.EncodeToString(k.Raw), hex.EncodeToString(k.Raw[1:])},
	} {
		bad := bytes.Replace(data, []byte(edit[0]), []byte(edit[1]), 1)
		if bytes.Equal(bad, data) {
			t.Fatalf("%s: nothing replaced", name)
		}
		if _, err := verifier.ReadPins(bad); !errors.Is(err, verifier.ErrBadKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := verifier.NewPins(now, now); !errors.Is(err, verifier.ErrBadKey) {
		t.Errorf("same key twice: %v", err)
	}
	if _, err := verifier.NewPins(verifier.Pin{Shape: "x"}); !errors.Is(err, verifier.ErrBadKey) {
		t.Errorf("pin without key: %v", err)
	}
}

func TestCommittedPinsAreReadable(t *testing.T) {
	p, err := verifier.Pinned()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range p.All() {
		if q.Key.NbPublicInputs() != verifier.NbPublicInputs {
			t.Errorf("%s has %d public inputs", q.Shape, q.Key.NbPublicInputs())
		}
	}
}
