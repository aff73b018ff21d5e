package verifier_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	gnarkbackend "github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/frontend"
	"golang.org/x/crypto/sha3"

	"vmhost/proofs/internal/toy"
	"vmhost/proofs/verifier"
)

// Offsets in the raw key of a circuit with 11 public inputs.
const (
	offBeta2    = 128
	offGamma    = 256
	offDelta2   = 256 + 128 + 64
	offK        = offDelta2 + 128 // the number of points
	offK0       = offK + 4
	offPublic   = offK0 + 13*64 // lists of committed public inputs
	offKeys     = offPublic + 8
	offPedersen = offKeys + 4
	offSigma    = offPedersen + 128
	sizeKey     = offSigma + 128
)

func TestKeyIdentity(t *testing.T) {
	k, _ := honest(t)
	real, err := verifier.ReadKey(k.Raw, verifier.Ceremony)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []*verifier.Key{k.Key, real} {
		h := sha3.NewLegacyKeccak256()
		h.Write(key.Blob())
		if id := key.ID(); !bytes.Equal(h.Sum(nil), id[:]) {
			t.Error("identity is not keccak256 of the blob")
		}
	}
	if k.Key.ID() == real.ID() || !k.Key.UnsafeDev() || real.UnsafeDev() {
		t.Error("the status is not part of the identity")
	}
	if !bytes.Equal(k.Key.Bytes(), k.Raw) || len(k.Raw) != sizeKey {
		t.Errorf("raw key of %d bytes", len(k.Raw))
	}
}

func TestBadKeys(t *testing.T) {
	k, _ := honest(t)
	sg := wrongSubgroup(t)
	sgRaw := sg.RawBytes()
	_, _, gen1, gen2 := bn254.Generators()
	one1, one2 := gen1.RawBytes(), gen2.RawBytes()
	gen2.Neg(&gen2)
	minusOne2 := gen2.RawBytes()
	edit := func(f func(b []byte)) []byte {
		b := bytes.Clone(k.Raw)
		f(b)
		return b
	}
	for name, raw := range map[string][]byte{
		"empty":                nil,
		"short":                k.Raw[:sizeKey-1],
		"long":                 append(bytes.Clone(k.Raw), 0),
		"not on curve":         edit(func(b []byte) { b[63] ^= 1 }),
		"wrong subgroup":       edit(func(b []byte) { copy(b[offBeta2:], sgRaw[:]) }),
		"non-canonical":        edit(func(b []byte) { fp.Modulus().FillBytes(b[:32]) }),
		"alpha infinity":       edit(func(b []byte) { clear(b[:64]) }),
		"beta infinity":        edit(func(b []byte) { clear(b[offBeta2 : offBeta2+128]) }),
		"delta infinity":       edit(func(b []byte) { clear(b[offDelta2 : offDelta2+128]) }),
		"sigma infinity":       edit(func(b []byte) { clear(b[offSigma : offSigma+128]) }),
		"alpha known":          edit(func(b []byte) { copy(b, one1[:]) }),
		"beta known":           edit(func(b []byte) { copy(b[offBeta2:], one2[:]) }),
		"delta known":          edit(func(b []byte) { copy(b[offDelta2:], one2[:]) }),
		"delta minus one":      edit(func(b []byte) { copy(b[offDelta2:], minusOne2[:]) }),
		"sigma known":          edit(func(b []byte) { copy(b[offSigma:], minusOne2[:]) }),
		"delta is beta":        edit(func(b []byte) { copy(b[offDelta2:offDelta2+128], b[offBeta2:]) }),
		"sigma is delta":       edit(func(b []byte) { copy(b[offSigma:], b[offDelta2:offDelta2+128]) }),
		"gamma is delta":       edit(func(b []byte) { copy(b[offGamma:offGamma+128], b[offDelta2:]) }),
		"gamma minus one":      edit(func(b []byte) { copy(b[offGamma:], minusOne2[:]) }),
		"base minus one":       edit(func(b []byte) { copy(b[offPedersen:], minusOne2[:]) }),
		"no points":            edit(func(b []byte) { clear(b[offK : offK+4]) }),
		"huge count":           edit(func(b []byte) { b[offK] = 0xff }),
		"twelve inputs":        edit(func(b []byte) { b[offK+3]++ }),
		"free constant":        edit(func(b []byte) { clear(b[offK0 : offK0+64]) }),
		"free public input":    edit(func(b []byte) { clear(b[offK0+5*64 : offK0+6*64]) }),
		"free challenge":       edit(func(b []byte) { clear(b[offK0+12*64 : offK0+13*64]) }),
		"input 3 is input 7":   edit(func(b []byte) { copy(b[offK0+4*64:], b[offK0+8*64:offK0+9*64]) }),
		"input is challenge":   edit(func(b []byte) { copy(b[offK0+12*64:], b[offK0+64:offK0+2*64]) }),
		"two commitments":      edit(func(b []byte) { b[offPublic+3] = 2 }),
		"no commitment":        edit(func(b []byte) { b[offPublic+3] = 0 }),
		"huge list":            edit(func(b []byte) { b[offPublic+4] = 0xff }),
		"two keys":             edit(func(b []byte) { b[offKeys+3] = 2 }),
		"compression flags":    edit(func(b []byte) { b[0] |= 0x80 }),
		"committed input":      insertCommitted(k.Raw, 1),
		"committed input zero": insertCommitted(k.Raw, 0),
	} {
		if _, err := verifier.ReadKey(raw, verifier.UnsafeDev); !errors.Is(err, verifier.ErrBadKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := verifier.ReadKey(k.Raw, "safe"); !errors.Is(err, verifier.ErrBadKey) {
		t.Errorf("unknown status: %v", err)
	}
}

// gnark's own setup draws gamma: its keys are not of the form that ceremonies
// give, and are refused rather than guessed at.
func TestGnarkSetupKeyRefused(t *testing.T) {
	k, _ := honest(t)
	_, vk, err := gnarkbackend.Setup(k.CCS)
	if err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if _, err := vk.WriteRawTo(&raw); err != nil {
		t.Fatal(err)
	}
	if _, err := verifier.ReadKey(raw.Bytes(), verifier.Ceremony); !errors.Is(err, verifier.ErrBadKey) || !strings.Contains(err.Error(), "gamma") {
		t.Errorf("%v", err)
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
	Public [verifier.NbPublicInputs]frontend.Variable `gnark:",public"`
	Secret frontend.Variable
}

func (c *loose) Define(api frontend.API) error {
	x, err := api.(frontend.Committer).Commit(c.Secret)
	if err != nil {
		return err
	}
	api.AssertIsDifferent(x, c.Secret)
	for i := range c.Public {
		if i != 1 {
			api.AssertIsEqual(c.Public[i], api.Mul(c.Secret, c.Secret, i+1))
		}
	}
	return nil
}

func TestUnconstrainedInputRefused(t *testing.T) {
	_, err := toy.MakeFor(&loose{}, "loose")
	if !errors.Is(err, verifier.ErrBadKey) || !strings.Contains(err.Error(), "point 2 of the statement: point is infinity") {
		t.Fatalf("got %v", err)
	}
}

// alike binds only the sum of two inputs.
type alike struct {
	Public [verifier.NbPublicInputs]frontend.Variable `gnark:",public"`
	Secret [verifier.NbPublicInputs]frontend.Variable
}

func (c *alike) Define(api frontend.API) error {
	x, err := api.(frontend.Committer).Commit(c.Secret[0])
	if err != nil {
		return err
	}
	api.AssertIsDifferent(x, c.Secret[0])
	api.AssertIsEqual(api.Mul(c.Secret[0], c.Secret[1]), api.Add(c.Public[0], c.Public[1]))
	for i := 2; i < len(c.Public); i++ {
		api.AssertIsEqual(c.Public[i], api.Mul(c.Secret[i], c.Secret[i]))
	}
	return nil
}

func TestInterchangeableInputsRefused(t *testing.T) {
	_, err := toy.MakeFor(&alike{}, "alike")
	if !errors.Is(err, verifier.ErrBadKey) || !strings.Contains(err.Error(), "point 2 of the statement") {
		t.Fatalf("got %v", err)
	}
}

func FuzzKey(f *testing.F) {
	k, _ := honest(f)
	f.Add(k.Raw, true)
	f.Add(insertCommitted(k.Raw, 1, 2), false)
	f.Add([]byte{}, true)
	f.Fuzz(func(t *testing.T, raw []byte, dev bool) {
		status := verifier.Ceremony
		if dev {
			status = verifier.UnsafeDev
		}
		key, err := verifier.ReadKey(raw, status)
		if err != nil {
			if !errors.Is(err, verifier.ErrBadKey) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(key.Bytes(), raw) {
			t.Fatal("bytes changed")
		}
		if again, err := verifier.ReadBlob(key.Blob()); err != nil || again.ID() != key.ID() || again.UnsafeDev() != dev {
			t.Fatalf("blob: %v", err)
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
	otherKey, err := verifier.ReadKey(other.Raw, verifier.Ceremony)
	if err != nil {
		t.Fatal(err)
	}
	old := verifier.Pin{Shape: "toy", Class: "tiny", Status: verifier.Ceremony, Tombstoned: true, Constraints: 5, Key: otherKey}
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
	if p, ok := back.ByID(otherKey.ID()); !ok || !p.Tombstoned {
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
	now.Status = verifier.Ceremony
	if _, err := verifier.NewPins(now); !errors.Is(err, verifier.ErrBadKey) {
		t.Errorf("development key pinned as a ceremony's: %v", err)
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
		if q.Status == verifier.UnsafeDev && !q.Key.UnsafeDev() {
			t.Errorf("%s: the key does not say that it is a development key", q.Shape)
		}
	}
}
