package verifier_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"math/rand/v2"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"pgregory.net/rapid"

	"vmhost/proofs/internal/toy"
	"vmhost/proofs/verifier"
)

var fixture = sync.OnceValues(func() (*toy.Keys, error) { return toy.Make(40, "toy") })

var testClaim = verifier.Claim{
	ProgramID:  [32]byte{1, 2, 3, 31: 9},
	Commitment: [32]byte{0x20, 31: 1},
	Journal:    []byte("forty-two bytes of journal, or about that"),
}

var honestProof = sync.OnceValues(func() ([]byte, error) {
	k, err := fixture()
	if err != nil {
		return nil, err
	}
	return k.Prove(testClaim)
})

func honest(tb testing.TB) (*toy.Keys, []byte) {
	tb.Helper()
	k, err := fixture()
	if err != nil {
		tb.Fatal(err)
	}
	p, err := honestProof()
	if err != nil {
		tb.Fatal(err)
	}
	return k, bytes.Clone(p)
}

// gnarkVerify is the reference: gnark's decoder, with the length prefix that
// the Solidity encoding leaves out put back, and gnark's Verify. gnark's decoder
// takes the two top bits of a point as flags and would then read another
// number of bytes (and take the length prefix from the middle of a point): the
// Solidity encoding knows no flags.
func gnarkVerify(vk *gnark.VerifyingKey, proof []byte, inputs [][32]byte) error {
	if len(proof) != verifier.ProofSize {
		return errors.New("length")
	}
	for _, at := range []int{0, 64, 192, 256, 320} {
		if proof[at]&0xc0 != 0 {
			return errors.New("flags")
		}
	}
	raw := append([]byte(nil), proof[:256]...)
	raw = binary.BigEndian.AppendUint32(raw, 1)
	raw = append(raw, proof[256:]...)
	var p gnark.Proof
	n, err := p.ReadFrom(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if n != int64(len(raw)) {
		return errors.New("compressed point")
	}
	pub := make(fr.Vector, len(inputs))
	for i := range inputs {
		if err := pub[i].SetBytesCanonical(inputs[i][:]); err != nil {
			return err
		}
	}
	return gnark.Verify(&p, vk, pub, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
}

func inputsOf(tb testing.TB, c verifier.Claim) [][32]byte {
	tb.Helper()
	in, err := c.PublicInputs()
	if err != nil {
		tb.Fatal(err)
	}
	return in[:]
}

// agree fails unless both verifiers give the same answer, which it returns.
func agree(t interface {
	Helper()
	Fatalf(string, ...any)
}, k *toy.Keys, proof []byte, inputs [][32]byte,
) bool {
	t.Helper()
	ours := k.Key.Verify(proof, inputs)
	theirs := gnarkVerify(k.VK, proof, inputs)
	if (ours == nil) != (theirs == nil) {
		t.Fatalf("we say %v, gnark says %v", ours, theirs)
	}
	if ours != nil && !errors.Is(ours, verifier.ErrBadProof) && !errors.Is(ours, verifier.ErrBadClaim) {
		t.Fatalf("error without a sentinel: %v", ours)
	}
	return ours == nil
}

func TestHonestProof(t *testing.T) {
	k, proof := honest(t)
	if err := verifier.Verify(testClaim, proof, k.Key); err != nil {
		t.Fatal(err)
	}
	if !agree(t, k, proof, inputsOf(t, testClaim)) {
		t.Fatal("refused")
	}
}

func TestEveryClaimPartIsBound(t *testing.T) {
	k, proof := honest(t)
	longer := append(bytes.Clone(testClaim.Journal), 0)
	for name, c := range map[string]verifier.Claim{
		"program":           {ProgramID: [32]byte{1}, Commitment: testClaim.Commitment, Journal: testClaim.Journal},
		"commitment":        {ProgramID: testClaim.ProgramID, Commitment: [32]byte{1}, Journal: testClaim.Journal},
		"journal byte":      {ProgramID: testClaim.ProgramID, Commitment: testClaim.Commitment, Journal: append([]byte("F"), testClaim.Journal[1:]...)},
		"journal padding":   {ProgramID: testClaim.ProgramID, Commitment: testClaim.Commitment, Journal: longer},
		"journal truncated": {ProgramID: testClaim.ProgramID, Commitment: testClaim.Commitment, Journal: testClaim.Journal[:40]},
		"impossible":        verifier.ImpossibleClaim(),
	} {
		if err := verifier.Verify(c, proof, k.Key); !errors.Is(err, verifier.ErrBadProof) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every byte of the proof, with a flipped low bit, and with its flag bits set.
func TestEveryByteIsBound(t *testing.T) {
	k, proof := honest(t)
	in := inputsOf(t, testClaim)
	for i := range proof {
		for _, mask := range []byte{1, 0x40, 0x80} {
			if mask > 1 && i%32 != 0 {
				continue
			}
			proof[i] ^= mask
			if agree(t, k, proof, in) {
				t.Errorf("byte %d mask %02x accepted", i, mask)
			}
			proof[i] ^= mask
		}
	}
	for i := range in {
		in[i][31] ^= 1
		if agree(t, k, proof, in) {
			t.Errorf("public input %d not bound", i)
		}
		in[i][31] ^= 1
	}
}

func TestMutations(t *testing.T) {
	k, proof := honest(t)
	in := inputsOf(t, testClaim)
	_, _, gen1, gen2 := bn254.Generators()
	g1, g2 := gen1.RawBytes(), gen2.RawBytes()
	slots := []struct{ at, n int }{{0, 64}, {64, 128}, {192, 64}, {256, 64}, {320, 64}}
	rapid.Check(t, func(rt *rapid.T) {
		p := bytes.Clone(proof)
		for range rapid.IntRange(1, 3).Draw(rt, "edits") {
			s := slots[rapid.IntRange(0, 4).Draw(rt, "slot")]
			switch rapid.IntRange(0, 5).Draw(rt, "kind") {
			case 0: // a random byte
				p[s.at+rapid.IntRange(0, s.n-1).Draw(rt, "offset")] = rapid.Byte().Draw(rt, "byte")
			case 1: // infinity
				clear(p[s.at : s.at+s.n])
			case 2: // another valid point
				copy(p[s.at:s.at+s.n], map[int][]byte{64: g1[:], 128: g2[:]}[s.n])
			case 3: // the negative: y -> p - y
				for at := s.at + s.n/2; at < s.at+s.n; at += 32 {
					var e fp.Element
					if e.SetBytesCanonical(p[at:at+32]) == nil {
						e.Neg(&e)
						b := e.Bytes()
						copy(p[at:], b[:])
					}
				}
			case 4: // a point of another slot
				o := slots[[]int{0, 2, 3, 4}[rapid.IntRange(0, 3).Draw(rt, "other")]]
				copy(p[s.at:s.at+64], proof[o.at:o.at+64])
			case 5: // second encoding of a coordinate
				at := s.at + 32*rapid.IntRange(0, s.n/32-1).Draw(rt, "coordinate")
				v := new(big.Int).SetBytes(p[at : at+32])
				if v.Add(v, fp.Modulus()); v.BitLen() <= 256 {
					v.FillBytes(p[at : at+32])
				}
			}
		}
		// (-A, -B) is as good as (A, B); nothing else may pass.
		if agree(rt, k, p, in) && !(bytes.Equal(p[192:], proof[192:]) && bytes.Equal(p[:32], proof[:32])) {
			rt.Fatalf("accepted %x", p)
		}
	})
}

// Groth16 proofs can be re-randomised by anyone; both verifiers must take the
// result (so proofs are no identities, formats.md), and the commitment stays.
func TestMalleableProofIsValid(t *testing.T) {
	k, proof := honest(t)
	var a bn254.G1Affine
	var b bn254.G2Affine
	if _, err := a.SetBytes(proof[:64]); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SetBytes(proof[64:192]); err != nil {
		t.Fatal(err)
	}
	var s, inv fr.Element
	s.SetUint64(987654321)
	inv.Inverse(&s)
	a.ScalarMultiplication(&a, s.BigInt(new(big.Int)))
	b.ScalarMultiplication(&b, inv.BigInt(new(big.Int)))
	ab, bb := a.RawBytes(), b.RawBytes()
	copy(proof, ab[:])
	copy(proof[64:], bb[:])
	if !agree(t, k, proof, inputsOf(t, testClaim)) {
		t.Fatal("re-randomised proof refused")
	}
}

func TestMalformedPoints(t *testing.T) {
	k, proof := honest(t)
	in := inputsOf(t, testClaim)
	off := bytes.Clone(proof)
	copy(off[:64], bytes.Repeat([]byte{0, 1}, 32))
	outside := bytes.Clone(proof)
	sg := wrongSubgroup(t)
	raw := sg.RawBytes()
	copy(outside[64:], raw[:])
	big1 := bytes.Clone(proof)
	fp.Modulus().FillBytes(big1[192:224])
	for name, c := range map[string]struct {
		proof []byte
		text  string
	}{
		"not on curve":   {off, "A: point is not on the curve"},
		"wrong subgroup": {outside, "B: point is not in the subgroup"},
		"non-canonical":  {big1, "C: coordinate is not below the modulus"},
		"empty":          {nil, "0 bytes"},
		"short":          {proof[:383], "383 bytes"},
		"long":           {append(bytes.Clone(proof), 0), "385 bytes"},
		"compressed":     {proof[:196], "196 bytes"},
	} {
		if agree(t, k, c.proof, in) {
			t.Errorf("%s: accepted", name)
		}
		err := k.Key.Verify(c.proof, in)
		if !errors.Is(err, verifier.ErrBadProof) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// wrongSubgroup finds a point on the twist outside the group of order r.
func wrongSubgroup(t *testing.T) (p bn254.G2Affine) {
	t.Helper()
	_, _, _, g := bn254.Generators()
	var b bn254.E2 // the twist's constant, from the generator
	b.Square(&g.X).Mul(&b, &g.X)
	var y2 bn254.E2
	y2.Square(&g.Y)
	b.Sub(&y2, &b)
	for i := uint64(1); ; i++ {
		p.X.A0.SetUint64(i)
		var rhs bn254.E2
		rhs.Square(&p.X).Mul(&rhs, &p.X).Add(&rhs, &b)
		if rhs.Legendre() == 1 {
			p.Y.Sqrt(&rhs)
			if p.IsOnCurve() && !p.IsInSubGroup() {
				return p
			}
		}
	}
}

func TestInputsRefused(t *testing.T) {
	k, proof := honest(t)
	in := inputsOf(t, testClaim)
	fr.Modulus().FillBytes(in[5][:])
	if err := k.Key.Verify(proof, in); !errors.Is(err, verifier.ErrBadClaim) {
		t.Errorf("input = r: %v", err)
	}
	if err := k.Key.Verify(proof, in[:10]); !errors.Is(err, verifier.ErrBadClaim) {
		t.Errorf("ten inputs: %v", err)
	}
	plusR := testClaim
	v := new(big.Int).SetBytes(plusR.ProgramID[:])
	v.Add(v, fr.Modulus()).FillBytes(plusR.ProgramID[:])
	if err := verifier.Verify(plusR, proof, k.Key); !errors.Is(err, verifier.ErrBadClaim) {
		t.Errorf("program + r: %v", err)
	}
	plusR = testClaim
	v.SetBytes(plusR.Commitment[:])
	v.Add(v, fr.Modulus()).FillBytes(plusR.Commitment[:])
	if err := verifier.Verify(plusR, proof, k.Key); !errors.Is(err, verifier.ErrBadClaim) {
		t.Errorf("commitment + r: %v", err)
	}
}

func TestOtherKeyRefuses(t *testing.T) {
	_, proof := honest(t)
	other, err := toy.Make(40, "other")
	if err != nil {
		t.Fatal(err)
	}
	if agree(t, other, proof, inputsOf(t, testClaim)) {
		t.Fatal("proof valid under another key of the same circuit")
	}
}

func TestNoGnarkInDependencies(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "vmhost/proofs/verifier").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if !bytes.Contains(out, []byte("github.com/consensys/gnark-crypto/ecc/bn254\n")) {
		t.Fatalf("go list printed %d bytes without gnark-crypto", len(out))
	}
	for _, pkg := range strings.Fields(string(out)) {
		if pkg == "github.com/consensys/gnark" || strings.HasPrefix(pkg, "github.com/consensys/gnark/") {
			t.Errorf("the verifier links %s", pkg)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	k, proof := honest(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := verifier.Verify(testClaim, proof, k.Key); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzProof(f *testing.F) {
	k, proof := honest(f)
	in := inputsOf(f, testClaim)
	f.Add(proof)
	f.Add(make([]byte, verifier.ProofSize))
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		p := bytes.Clone(proof)
		p[r.IntN(len(p))] ^= 1 << r.IntN(8)
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p []byte) { agree(t, k, p, in) })
}
