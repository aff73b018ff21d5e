package contracts

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/proofs/verifier" //nolint:depguard // the two decoders of a key must agree
)

// The points of a key.
type keyPoint struct {
	name     string
	at, size int
}

func keyPoints() []keyPoint {
	list := []keyPoint{{"alpha", 0x20, 64}, {"-beta", 0x60, 128}, {"-delta", 0xe0, 128}, {"sigma", 0x160, 128}}
	for i := range 13 {
		list = append(list, keyPoint{fmt.Sprintf("K[%d]", i), 0x1e0 + 64*i, 64})
	}
	return list
}

// A key that the router refuses when it is added, and the Go decoder too.
func TestBadKeysAreRefused(t *testing.T) {
	s := newTrapdoor(50)
	good := s.blob(true)
	m := newMachine(t, 1337)
	refused := func(name, reason string, change func(b []byte)) {
		t.Helper()
		bad := bytes.Clone(good)
		change(bad)
		out, err := m.addKey(bad)
		if id := artifact(t, "VmVerifier").ABI.Errors[reason].ID; err == nil || !bytes.HasPrefix(out, id[:4]) {
			t.Errorf("%s: %v, %x", name, err, out)
		}
		if _, err := verifier.ReadBlob(bad); !errors.Is(err, verifier.ErrBadKey) {
			t.Errorf("%s: in Go: %v", name, err)
		}
	}
	for i := 1; i < 31; i++ { // with byte 0 no contract would be created
		refused(fmt.Sprintf("header byte %d", i), "KeyMalformed", func(b []byte) { b[i] ^= 1 })
	}
	for bit := 1; bit < 8; bit++ {
		refused(fmt.Sprintf("flag %d", bit), "KeyMalformed", func(b []byte) { b[31] |= 1 << bit })
	}
	outside := wrongSubgroup(t)
	for _, p := range keyPoints() {
		part := func(b []byte) []byte { return b[p.at : p.at+p.size] }
		for i := 0; i < p.size; i += 32 {
			refused(fmt.Sprintf("%s word %d off the curve", p.name, i/32), "KeyPointInvalid", func(b []byte) { part(b)[i+31] ^= 1 })
			refused(fmt.Sprintf("%s word %d = p", p.name, i/32), "KeyPointInvalid", func(b []byte) { fp.Modulus().FillBytes(part(b)[i : i+32]) })
			refused(fmt.Sprintf("%s word %d + p", p.name, i/32), "KeyPointInvalid", func(b []byte) { addTo(part(b)[i:i+32], fp.Modulus()) })
		}
		refused(p.name+" infinity", "KeyPointInvalid", func(b []byte) { clear(part(b)) })
		if p.size == 128 {
			refused(p.name+" outside the group", "KeyPointInvalid", func(b []byte) { copy(part(b), outside) })
			refused(p.name+" generator", "KeyPointKnown", func(b []byte) { copy(part(b), g2(fr.One())) })
			refused(p.name+" minus the generator", "KeyPointKnown", func(b []byte) { copy(part(b), g2(neg(fr.One()))) })
		}
	}
	refused("alpha generator", "KeyPointKnown", func(b []byte) { copy(b[0x20:], g1(fr.One())) })
	refused("alpha minus the generator", "KeyPointKnown", func(b []byte) { copy(b[0x20:], g1(neg(fr.One()))) })
	secrets := map[int]fr.Element{0x60: s.beta, 0xe0: s.delta, 0x160: s.sigma}
	for at, e := range secrets {
		for other := range secrets {
			if other != at {
				refused(fmt.Sprintf("the secret of %#x at %#x", at, other), "KeyPointKnown", func(b []byte) { copy(b[other:], g2(e)) })
				refused(fmt.Sprintf("minus the secret of %#x at %#x", at, other), "KeyPointKnown", func(b []byte) { copy(b[other:], g2(neg(e))) })
			}
		}
	}
	for i := 1; i < 13; i++ {
		for j := 1; j < 13; j++ {
			if i != j && (i+j)%3 == 0 { // a third of the pairs
				refused(fmt.Sprintf("K[%d] is K[%d]", i, j), "KeyPointKnown", func(b []byte) { copy(b[0x1e0+64*i:], g1(s.k[j])) })
				refused(fmt.Sprintf("K[%d] is -K[%d]", i, j), "KeyPointKnown", func(b []byte) { copy(b[0x1e0+64*i:], g1(neg(s.k[j]))) })
			}
		}
	}
	// Code of another length cannot be deployed by DeployKey; by other tools it can.
	for _, bad := range [][]byte{{0}, good[:KeySize-1], good[:KeySize-64], append(bytes.Clone(good), 0)} {
		at := m.create(append([]byte{0x61, byte(len(bad) >> 8), byte(len(bad)), 0x80, 0x60, 0x0a, 0x5f, 0x39, 0x5f, 0xf3}, bad...))
		out, _, err := runtime.Call(m.router, routerABI.PackAddKey(at), m.cfg)
		if id := artifact(t, "VmVerifier").ABI.Errors["KeyMalformed"].ID; err == nil || !bytes.HasPrefix(out, id[:4]) {
			t.Errorf("%d bytes: %v, %x", len(bad), err, out)
		}
		if _, err := verifier.ReadBlob(bad); !errors.Is(err, verifier.ErrBadKey) {
			t.Errorf("%d bytes: in Go: %v", len(bad), err)
		}
	}
	if out, err := m.addKey(good); err != nil {
		t.Errorf("%v %x", err, out)
	}
}

// The forgery that the check of delta is for: with delta = gamma the points of
// the statement can be undone by C, without any secret. The equation holds, so
// only registration stands between such a key and its users.
func TestKnownDeltaIsForgeable(t *testing.T) {
	s := newTrapdoor(60)
	s.delta = fr.One()
	blob := s.blob(true)
	m := newMachine(t, 1337)
	if _, err := m.addKey(blob); err == nil {
		t.Fatal("the key was added")
	}
	// Planted behind the router's back, it proves anything: A = alpha, B = beta,
	// C = -L.
	m = withKey(t, newTrapdoor(61).blob(true))
	out, _, err := runtime.Call(m.router, routerABI.PackGetKey(m.selector), m.cfg)
	if err != nil {
		t.Fatal(err)
	}
	key, err := routerABI.UnpackGetKey(out)
	if err != nil {
		t.Fatal(err)
	}
	m.cfg.State.SetCode(key, blob, 0)
	claim := s.claimOf(64)
	var c fr.Element
	for i, x := range statement(claim) {
		c.Add(&c, x.Mul(&x, &s.k[1+i]))
	}
	none := logs{}
	challenge := hashToField(g1(none.d))
	c.Add(&c, challenge.Mul(&challenge, &s.k[12]))
	c.Add(&c, &s.k[0])
	claim.Proof = append(append(g1(s.alpha), g2(s.beta)...), g1(neg(c))...)
	claim.Proof = append(claim.Proof, make([]byte, 128)...)
	if !m.verify(claim) {
		t.Error("the forgery does not work: what is the check for?")
	}
}

// Go's encoder and decoder against the layout that this package's tests write
// by hand, and its verifier against the contract.
func TestKeyAndVerdictsAsInGo(t *testing.T) {
	for _, dev := range []bool{true, false} {
		s := newTrapdoor(70)
		blob := s.blob(dev)
		key, err := verifier.ReadBlob(blob)
		if err != nil {
			t.Fatal(err)
		}
		if id := key.ID(); id != crypto.Keccak256Hash(blob) || !bytes.Equal(key.Blob(), blob) || key.UnsafeDev() != dev {
			t.Error("identity, bytes or flag differ")
		}
		m := withKey(t, blob)
		for n := range 12 {
			claim := s.proven(s.claimOf(20 * n))
			for i := range 6 { // the first is valid
				bad := claim
				bad.Proof = bytes.Clone(claim.Proof)
				if i > 0 {
					p := proofParts[i-1]
					negate(bad.Proof[p.at : p.at+p.size])
				}
				c := verifier.Claim{ProgramID: bad.ProgramID, Commitment: bad.Commitment, Journal: bad.Journal}
				if got, want := m.verify(bad), verifier.Verify(c, bad.Proof, key) == nil; got != want || want != (i == 0) {
					t.Errorf("journal of %d, damage %d: contract %t, Go %t", 20*n, i, got, want)
				}
			}
		}
		x := statement(s.claimOf(3))
		if x[2].BigInt(new(big.Int)).Int64() != 3 {
			t.Error("statement")
		}
	}
}
