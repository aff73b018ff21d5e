package contracts

import (
	"bytes"
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
)

// Where the parts of a proof are.
var proofParts = []struct {
	name     string
	at, size int
}{{"A", 0, 64}, {"B", 64, 128}, {"C", 192, 64}, {"D", 256, 64}, {"Q", 320, 64}}

// Valid proofs of claims with journals of every length, in both contracts, with
// ones behind the journal in the calldata and at odd places.
func TestVerifyEveryLength(t *testing.T) {
	s := newTrapdoor(10)
	m := withKey(t, s.blob(true))
	for n := range 249 {
		claim := s.claimOf(n)
		if n%3 == 0 {
			claim.Journal = bytes.Repeat([]byte{0xff}, n)
		}
		if n%5 == 0 {
			clear(claim.Journal[:n/2]) // zero words in front
		}
		claim = s.proven(claim)
		m.agree(fmt.Sprintf("%d bytes", n), claim, true)
		data := m.calldata(claim)
		for i := 4 + 32*5 + n; i < 4+32*5+(n+31)/32*32; i++ {
			data[i] = 0xff
		}
		for _, data := range [][]byte{data, shifted(data)} {
			if _, _, err := runtime.Call(m.router, data, m.cfg); err != nil {
				t.Errorf("%d bytes: %v", n, err)
			}
		}
		if n > 0 {
			claim.Journal[n-1] ^= 1
			if m.verify(claim) {
				t.Errorf("%d bytes: the last is not bound", n)
			}
		}
	}
}

// Every way to damage a real proof of gnark's, each of which gnark's contract
// refuses too.
func TestVerifyAgreesWithGnark(t *testing.T) {
	f := loadToy(t)
	m := withKey(t, f.Key)
	for _, c := range f.Claims {
		m.agree(c.Name, c, true)
	}
	good, other := f.claim(t, 62), f.claim(t, 31)
	damaged := func(name string, change func(*toyClaim)) {
		bad := f.claim(t, 62)
		change(&bad)
		m.agree(name, bad, false)
	}
	for i := range good.Proof {
		damaged(fmt.Sprintf("bit of byte %d", i), func(b *toyClaim) { b.Proof[i] ^= 1 << (i % 8) })
	}
	for i := 0; i < len(good.Proof); i += 32 {
		damaged(fmt.Sprintf("word %d + p", i/32), func(b *toyClaim) { addTo(b.Proof[i:i+32], fp.Modulus()) })
		damaged(fmt.Sprintf("word %d = p", i/32), func(b *toyClaim) { fp.Modulus().FillBytes(b.Proof[i : i+32]) })
		damaged(fmt.Sprintf("word %d of ones", i/32), func(b *toyClaim) { copy(b.Proof[i:], bytes.Repeat([]byte{0xff}, 32)) })
	}
	outside, generator := wrongSubgroup(t), g2(fr.One())
	for _, p := range proofParts {
		part := func(b *toyClaim) []byte { return b.Proof[p.at : p.at+p.size] }
		damaged(p.name+" infinity", func(b *toyClaim) { clear(part(b)) })
		damaged(p.name+" of another proof", func(b *toyClaim) { copy(part(b), other.Proof[p.at:]) })
		damaged(p.name+" negated", func(b *toyClaim) { negate(part(b)) })
		damaged(p.name+" off the curve", func(b *toyClaim) {
			clear(part(b))
			part(b)[p.size-1] = 1
		})
		if p.size == 128 {
			damaged("B generator", func(b *toyClaim) { copy(part(b), generator) })
			damaged("B outside the group", func(b *toyClaim) { copy(part(b), outside) })
			damaged("B with swapped parts", func(b *toyClaim) {
				for i := 0; i < 128; i += 64 {
					x := bytes.Clone(part(b)[i : i+32])
					copy(part(b)[i:], part(b)[i+32:i+64])
					copy(part(b)[i+32:], x)
				}
			})
			continue
		}
		damaged(p.name+" generator", func(b *toyClaim) { copy(part(b), g1(fr.One())) })
		for _, o := range proofParts {
			if o.size == 64 && o.at != p.at {
				damaged(p.name+" is "+o.name, func(b *toyClaim) { copy(part(b), good.Proof[o.at:o.at+64]) })
			}
		}
	}
	damaged("commitment and knowledge of another proof", func(b *toyClaim) { copy(b.Proof[256:], other.Proof[256:]) })
	damaged("no commitment", func(b *toyClaim) { clear(b.Proof[256:]) })
	damaged("D and Q negated", func(b *toyClaim) { negate(b.Proof[256:320]); negate(b.Proof[320:]) })
	for _, n := range []int{0, 1, 256, 320, 352, 383} {
		damaged(fmt.Sprintf("%d bytes", n), func(b *toyClaim) { b.Proof = b.Proof[:n] })
	}
	damaged("385 bytes", func(b *toyClaim) { b.Proof = append(b.Proof, 0) })
	damaged("proof twice", func(b *toyClaim) { b.Proof = append(b.Proof, b.Proof...) })
	damaged("program and commitment swapped", func(b *toyClaim) { b.ProgramID, b.Commitment = b.Commitment, b.ProgramID })
	damaged("program + r", func(b *toyClaim) { addTo(b.ProgramID[:], fr.Modulus()) })
	damaged("commitment + r", func(b *toyClaim) { addTo(b.Commitment[:], fr.Modulus()) })
	damaged("program = r", func(b *toyClaim) { fr.Modulus().FillBytes(b.ProgramID[:]) })
	damaged("journal words swapped", func(b *toyClaim) {
		b.Journal = append(bytes.Clone(b.Journal[31:]), b.Journal[:31]...)
	})
	damaged("journal with a zero more", func(b *toyClaim) { b.Journal = append(b.Journal, 0) })
	damaged("journal without its last", func(b *toyClaim) { b.Journal = b.Journal[:61] })
	// What both take: a proof is malleable, so it is no identity.
	same := f.claim(t, 62)
	negate(same.Proof[:64])
	negate(same.Proof[64:192])
	m.agree("A and B negated", same, true)
}

// One equation alone is not enough, and no error in one makes up for another
// in the other, unless it was made for the weight rho that is used.
func TestBothEquationsAreChecked(t *testing.T) {
	s := newTrapdoor(20)
	m := withKey(t, s.blob(true))
	zero, one, claim := fr.Element{}, fr.One(), s.claimOf(64)
	x := statement(claim)
	try := func(name string, p logs, want bool) {
		t.Helper()
		claim.Proof = p.encode()
		m.agree(name, claim, want)
	}
	e := s.random()
	try("no error", s.prove(x, zero, zero), true)
	try("the first fails", s.prove(x, e, zero), false)
	try("the second fails", s.prove(x, zero, e), false)
	try("both fail alike", s.prove(x, e, e), false)
	try("the errors cancel for rho = 1", s.prove(x, neg(e), e), false)
	try("for rho = -1", s.prove(x, e, neg(e)), false)
	try("the second by one", s.prove(x, zero, one), false)

	// Commitment and knowledge both zero: the statement's equation can be solved,
	// and both contracts accept; a circuit has to refuse that challenge by itself.
	p := logs{a: s.random(), b: s.random()}
	have, _ := s.errors(x, p)
	var inverse fr.Element
	p.c.Mul(&have, inverse.Inverse(&s.delta))
	try("commitment to nothing", p, true)
}

// Whoever may change one part after rho is drawn cancels an error of one
// equation with one of the other. So rho is the hash of the key, the statement
// and the proof, whole: the trace of the multiplications shows which rho the
// contract uses, for valid and for invalid proofs.
func TestRhoIsTheHashOfAll(t *testing.T) {
	for _, dev := range []bool{true, false} {
		s := newTrapdoor(30)
		m := withKey(t, s.blob(dev))
		for _, n := range []int{0, 1, 64, 248} {
			for _, valid := range []bool{true, false} {
				claim := s.claimOf(n)
				x := statement(claim)
				p := s.prove(x, fr.Element{}, fr.Element{})
				if !valid {
					p = s.prove(x, s.random(), s.random())
				}
				claim.Proof = p.encode()
				calls := m.multiplications(m.calldata(claim))
				if len(calls) < 5 {
					t.Fatalf("%d multiplications", len(calls))
				}
				rho, challenge := s.rho(x, p, dev), hashToField(g1(p.d))
				weight, hashed := rho.Bytes(), challenge.Bytes()
				q, d := calls[len(calls)-2], calls[len(calls)-1]
				if !bytes.Equal(q, append(g1(p.q), weight[:]...)) || !bytes.Equal(d, append(g1(p.d), weight[:]...)) {
					t.Errorf("journal of %d, valid %t: rho is another", n, valid)
				}
				if c := calls[len(calls)-3]; !bytes.Equal(c, append(g1(s.k[12]), hashed[:]...)) {
					t.Errorf("journal of %d, valid %t: the challenge is another", n, valid)
				}
			}
		}
	}
}

// multiplications are the inputs of the calls of the precompile: point, scalar.
func (m *machine) multiplications(data []byte) (inputs [][]byte) {
	cfg := *m.cfg
	cfg.EVMConfig.Tracer = &tracing.Hooks{
		OnEnter: func(_ int, _ byte, _, to common.Address, input []byte, _ uint64, _ *big.Int) {
			if to == common.BytesToAddress([]byte{7}) {
				inputs = append(inputs, bytes.Clone(input))
			}
		},
	}
	_, _, _ = runtime.Call(m.router, data, &cfg) // whatever it says
	return inputs
}

// What a weight that leaves out a part would cost: with the trapdoor, C is
// chosen after rho such that both equations fail and their product holds. The
// contract draws another rho for the new C.
func TestErrorsCannotCancel(t *testing.T) {
	s := newTrapdoor(31)
	m := withKey(t, s.blob(true))
	claim := s.claimOf(64)
	x := statement(claim)
	p := s.prove(x, s.random(), s.random())
	u, v := s.errors(x, p)
	rho := s.rho(x, p, true)
	e := sum(u, rho, v)
	var inverse fr.Element
	e.Mul(&e, inverse.Inverse(&s.delta))
	p.c.Add(&p.c, &e)
	u, v = s.errors(x, p)
	if e := sum(u, rho, v); !e.IsZero() || u.IsZero() || v.IsZero() {
		t.Fatal("the test does not forge what it should")
	}
	claim.Proof = p.encode()
	m.agree("cancelled for the old rho", claim, false)
}

// A journal of more than eight words is refused even if its length and first
// words were proven: a key's circuit might take any length.
func TestLongJournalIsRefused(t *testing.T) {
	s := newTrapdoor(35)
	m := withKey(t, s.blob(true))
	for _, n := range []int{248, 249, 250, 279, 1 << 16} {
		claim := s.claimOf(n)
		head := claim
		head.Journal = claim.Journal[:248]
		x := statement(head)
		x[2].SetUint64(uint64(n))
		claim.Proof = s.prove(x, fr.Element{}, fr.Element{}).encode()
		if got := m.verify(claim); got != (n == 248) {
			t.Errorf("%d bytes: accepted %t", n, got)
		}
	}
}

// sum is u + rho v.
func sum(u, rho, v fr.Element) fr.Element {
	v.Mul(&v, &rho)
	return *u.Add(&u, &v)
}

// The development flag is looked at whenever a proof is verified, not only when
// the key is added: a fork may change the chain id.
func TestDevKeyOnRealChain(t *testing.T) {
	s := newTrapdoor(40)
	claim := s.proven(s.claimOf(5))
	wantRealChain := func(m *machine, out []byte, err error) {
		t.Helper()
		e := artifact(t, "VmVerifier").ABI.Errors["UnsafeDevKeyOnRealChain"]
		id := m.cfg.ChainConfig.ChainID
		if want := append(bytes.Clone(e.ID[:4]), id.FillBytes(make([]byte, 32))...); err == nil || !bytes.Equal(out, want) {
			t.Errorf("chain %s: %v, %x", id, err, out)
		}
	}
	for _, id := range []uint64{0, 1, 10, 1336, 1338, 31336, 31338, 11155111, 42161, 1337 + 1<<32} {
		m := newMachine(t, id)
		out, err := m.addKey(s.blob(true))
		wantRealChain(m, out, err)
		// A key without the flag is added anywhere.
		if out, err := m.addKey(s.blob(false)); err != nil {
			t.Errorf("chain %d: %v %x", id, err, out)
		}
		if !m.verify(s.proven(s.claimOf(5))) {
			t.Errorf("chain %d: refused", id)
		}

		m = withKey(t, s.blob(true))
		if !m.verify(claim) {
			t.Fatal("refused on a development chain")
		}
		m.cfg.ChainConfig.ChainID = new(big.Int).SetUint64(id)
		out, _, err = runtime.Call(m.router, m.calldata(claim), m.cfg)
		wantRealChain(m, out, err)
	}
	m := newMachine(t, 31337)
	if out, err := m.addKey(s.blob(true)); err != nil || !m.verify(claim) {
		t.Errorf("chain 31337: %v %x", err, out)
	}
}

// addTo adds to a big-endian word, if the sum fits.
func addTo(word []byte, n *big.Int) {
	if v := new(big.Int).Add(new(big.Int).SetBytes(word), n); v.BitLen() <= 256 {
		v.FillBytes(word)
	}
}

// negate turns a point into its negative: y to p - y.
func negate(point []byte) {
	for at := len(point) / 2; at < len(point); at += 32 {
		var y fp.Element
		y.SetBytes(point[at : at+32])
		y.Neg(&y)
		b := y.Bytes()
		copy(point[at:], b[:])
	}
}

// wrongSubgroup is a point of the twist outside the group of order r.
func wrongSubgroup(t *testing.T) []byte {
	t.Helper()
	_, _, _, g := bn254.Generators()
	var b, y2, rhs bn254.E2 // b is the twist's constant, from the generator
	b.Square(&g.X).Mul(&b, &g.X)
	y2.Square(&g.Y)
	b.Sub(&y2, &b)
	var p bn254.G2Affine
	for i := uint64(1); i < 100; i++ {
		p.X.A0.SetUint64(i)
		rhs.Square(&p.X).Mul(&rhs, &p.X).Add(&rhs, &b)
		if rhs.Legendre() == 1 {
			p.Y.Sqrt(&rhs)
			if p.IsOnCurve() && !p.IsInSubGroup() {
				raw := p.RawBytes()
				return raw[:]
			}
		}
	}
	t.Fatal("none found")
	return nil
}
