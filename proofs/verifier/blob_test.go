package verifier_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"vmhost/proofs/verifier"
)

// The blob's layout by hand, from gnark's key.
func TestBlobLayout(t *testing.T) {
	k, _ := honest(t)
	want := append([]byte("\x00vmhost groth16-bsb22-bn254 v1\x00"), 1)
	p1 := func(p bn254.G1Affine) { b := p.RawBytes(); want = append(want, b[:]...) }
	p2 := func(p bn254.G2Affine) { p.Neg(&p); b := p.RawBytes(); want = append(want, b[:]...) }
	p1(k.VK.G1.Alpha)
	p2(k.VK.G2.Beta)
	p2(k.VK.G2.Delta)
	p2(k.VK.CommitmentKeys[0].GSigmaNeg)
	for _, p := range k.VK.G1.K {
		p1(p)
	}
	if blob := k.Key.Blob(); !bytes.Equal(blob, want) || len(blob) != verifier.BlobSize {
		t.Fatalf("blob %x", blob)
	}
	_, _, _, generator := bn254.Generators()
	if !k.VK.G2.Gamma.Equal(&generator) || !k.VK.CommitmentKeys[0].G.Equal(&generator) {
		t.Error("the setup's gamma or base is not the generator")
	}
}

// A key that was read from a blob verifies as the one that was read from gnark.
func TestBlobKeyVerifies(t *testing.T) {
	k, proof := honest(t)
	key, err := verifier.ReadBlob(k.Key.Blob())
	if err != nil {
		t.Fatal(err)
	}
	if err := verifier.Verify(testClaim, proof, key); err != nil {
		t.Fatal(err)
	}
	proof[383] ^= 1
	if err := verifier.Verify(testClaim, proof, key); !errors.Is(err, verifier.ErrBadProof) {
		t.Fatal(err)
	}
	if len(key.Bytes()) != 0 {
		t.Error("gnark's bytes out of nothing")
	}
}

// What the contract refuses too (anchoring/contracts tests the two together).
func TestBadBlobs(t *testing.T) {
	k, _ := honest(t)
	good := k.Key.Blob()
	for name, edit := range map[string]func(b []byte) []byte{
		"empty":         func([]byte) []byte { return nil },
		"short":         func(b []byte) []byte { return b[1:] },
		"long":          func(b []byte) []byte { return append(b, 0) },
		"no STOP":       func(b []byte) []byte { b[0] = 1; return b },
		"version":       func(b []byte) []byte { b[29]++; return b },
		"unknown flag":  func(b []byte) []byte { b[31] |= 2; return b },
		"alpha":         func(b []byte) []byte { b[0x20+63] ^= 1; return b },
		"not canonical": func(b []byte) []byte { fp.Modulus().FillBytes(b[0x20:0x40]); return b },
		"infinity":      func(b []byte) []byte { clear(b[0x1e0:0x220]); return b },
		"equal inputs":  func(b []byte) []byte { copy(b[0x220:0x260], b[0x260:]); return b },
		"equal secrets": func(b []byte) []byte { copy(b[0x60:0xe0], b[0xe0:]); return b },
	} {
		if _, err := verifier.ReadBlob(edit(bytes.Clone(good))); !errors.Is(err, verifier.ErrBadKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzBlob(f *testing.F) {
	k, _ := honest(f)
	good := k.Key.Blob()
	f.Add(good)
	f.Add(good[:len(good)-1])
	for _, at := range []int{0, 31, 0x20, 0x60, 0xe0, 0x160, 0x1e0, 0x220} {
		bad := bytes.Clone(good)
		bad[at] ^= 1
		f.Add(bad)
		clear(bad[at : at+32])
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, blob []byte) {
		key, err := verifier.ReadBlob(blob)
		if err != nil {
			if !errors.Is(err, verifier.ErrBadKey) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(key.Blob(), blob) {
			t.Fatal("a second encoding of the same key")
		}
	})
}
