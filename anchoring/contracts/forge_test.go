package contracts

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"
)

// trapdoor is a key of which the test knows every secret, the logarithms of all
// its points. It makes proofs of anything without a circuit, and proofs that
// are wrong in exactly the way a test wants.
type trapdoor struct {
	rng                       *rand.Rand
	alpha, beta, delta, sigma fr.Element
	k                         [13]fr.Element
}

func newTrapdoor(seed uint64) *trapdoor {
	s := &trapdoor{rng: rand.New(rand.NewPCG(seed, 77))}
	for _, e := range []*fr.Element{&s.alpha, &s.beta, &s.delta, &s.sigma} {
		*e = s.random()
	}
	for i := range s.k {
		s.k[i] = s.random()
	}
	return s
}

func (s *trapdoor) random() (e fr.Element) {
	e.SetBigInt(new(big.Int).SetBytes(s.bytes(48)))
	return e
}

func (s *trapdoor) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(s.rng.Uint32())
	}
	return b
}

func g1(e fr.Element) []byte {
	var p bn254.G1Affine
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	if p.IsInfinity() {
		return make([]byte, 64)
	}
	b := p.RawBytes()
	return b[:]
}

func g2(e fr.Element) []byte {
	var p bn254.G2Affine
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	if p.IsInfinity() {
		return make([]byte, 128)
	}
	b := p.RawBytes()
	return b[:]
}

func neg(e fr.Element) fr.Element { return *e.Neg(&e) }

// blob writes the key as Bn254.sol lays it out, from its text and not by the
// encoder of proofs/verifier.
func (s *trapdoor) blob(dev bool) []byte {
	out := append([]byte("\x00vmhost groth16-bsb22-bn254 v1"), 0, 0)
	if dev {
		out[31] = 1
	}
	out = append(out, g1(s.alpha)...)
	out = append(out, g2(neg(s.beta))...)
	out = append(out, g2(neg(s.delta))...)
	out = append(out, g2(s.sigma)...)
	for _, k := range s.k {
		out = append(out, g1(k)...)
	}
	return out
}

// statement is the public inputs of a claim as field elements.
func statement(c toyClaim) (x [11]fr.Element) {
	for i, v := range inputsOf(c) {
		x[i].SetBigInt(v)
	}
	return x
}

// logs are the logarithms of a proof's points.
type logs struct{ a, b, c, d, q fr.Element }

func (p logs) encode() []byte {
	out := append(g1(p.a), g2(p.b)...)
	for _, e := range []fr.Element{p.c, p.d, p.q} {
		out = append(out, g1(e)...)
	}
	return out
}

// errors of a proof: u of the Groth16 equation, v of the commitment's, both 0
// for a valid one.
func (s *trapdoor) errors(x [11]fr.Element, p logs) (u, v fr.Element) {
	challenge := hashToField(g1(p.d))
	l := s.k[0]
	add := func(a, b *fr.Element) { var t fr.Element; l.Add(&l, t.Mul(a, b)) }
	for i := range x {
		add(&x[i], &s.k[1+i])
	}
	add(&challenge, &s.k[12])
	l.Add(&l, &p.d)
	var t fr.Element
	u.Mul(&p.a, &p.b)
	u.Sub(&u, t.Mul(&s.alpha, &s.beta)).Sub(&u, &l).Sub(&u, t.Mul(&p.c, &s.delta))
	v.Sub(v.Mul(&p.d, &s.sigma), &p.q)
	return u, v
}

// prove makes a proof with the given errors.
func (s *trapdoor) prove(x [11]fr.Element, u, v fr.Element) logs {
	p := logs{a: s.random(), b: s.random(), d: s.random()}
	p.q.Sub(p.q.Mul(&p.d, &s.sigma), &v)
	have, _ := s.errors(x, p) // with C = 0: C takes the rest
	var inverse fr.Element
	p.c.Sub(&have, &u).Mul(&p.c, inverse.Inverse(&s.delta))
	return p
}

// rho is the weight of the commitment's equation, as Groth16.sol says.
func (s *trapdoor) rho(x [11]fr.Element, p logs, dev bool) fr.Element {
	transcript := s.blob(dev)
	for i := range x {
		b := x[i].Bytes()
		transcript = append(transcript, b[:]...)
	}
	return hashToField(append(transcript, p.encode()...))
}

func hashToField(b []byte) (e fr.Element) {
	e.SetBigInt(new(big.Int).SetBytes(crypto.Keccak256(b)))
	return e
}

// claimOf is a claim with a journal of n bytes, none of them zero.
func (s *trapdoor) claimOf(n int) toyClaim {
	program, commitment := s.random(), s.random()
	c := toyClaim{ProgramID: program.Bytes(), Commitment: commitment.Bytes(), Journal: s.bytes(n)}
	for i := range c.Journal {
		c.Journal[i] |= 1
	}
	return c
}

// proven is the claim with a valid proof.
func (s *trapdoor) proven(c toyClaim) toyClaim {
	c.Proof = s.prove(statement(c), fr.Element{}, fr.Element{}).encode()
	return c
}

// The trapdoor's own arithmetic, without any contract: it knows when the
// product of the two equations is 1.
func TestTrapdoor(t *testing.T) {
	s := newTrapdoor(1)
	x := statement(s.claimOf(40))
	u, v := s.random(), s.random()
	p := s.prove(x, u, v)
	if gotU, gotV := s.errors(x, p); gotU != u || gotV != v {
		t.Error("the errors are others than asked for")
	}
	if len(s.blob(true)) != KeySize || len(p.encode()) != 384 {
		t.Error("sizes")
	}
	if id := crypto.Keccak256Hash(s.blob(true)); id == crypto.Keccak256Hash(s.blob(false)) {
		t.Error("the flag is not part of the identity")
	}
}
