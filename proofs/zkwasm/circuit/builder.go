package circuit

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/permutation/poseidon2"
)

// V is a value of either backend: a gnark variable, or *cell natively.
type V = frontend.Variable

// cell is a native value; col is its index in W when it is a raw column, else -1.
type cell struct {
	e   fr.Element
	col int
}

// builder records constraints on one backend. Every constraint has a label
// "chip.what": tests switch labels off to show that each one is needed.
type builder struct {
	api  frontend.API // nil on the native backend
	nat  *native
	err  error
	skip map[string]bool
	told func(name string, lo, hi int, f func(*columns)) // tests: see unit

	gamma  [6]V // powers of the challenge
	x      V
	pos    []V
	neg    []V
	nFrac  int
	cost   int        // constraints so far
	costs  []ChipCost // booked by chip
	perm8  *poseidon2.Permutation
	perm16 *poseidon2.Permutation
	asserter
}

func (b *builder) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf(format, args...)
	}
}

func (b *builder) native() bool { return b.api == nil }

// --- linear operations (free) ---

func nat(v V) fr.Element {
	switch x := v.(type) {
	case *cell:
		return x.e
	case int:
		var e fr.Element
		e.SetInt64(int64(x))
		return e
	case uint64:
		var e fr.Element
		e.SetUint64(x)
		return e
	case *big.Int:
		var e fr.Element
		e.SetBigInt(x)
		return e
	case fr.Element:
		return x
	}
	panic(fmt.Sprintf("circuit: value of type %T", v))
}

func wrap(e fr.Element) V { return &cell{e: e, col: -1} }

func (b *builder) add(a V, rest ...V) V {
	if !b.native() {
		for i := range rest {
			rest[i] = gconst(rest[i])
		}
		switch len(rest) {
		case 0:
			return a
		case 1:
			return b.api.Add(gconst(a), rest[0])
		}
		return b.api.Add(gconst(a), rest[0], rest[1:]...)
	}
	s := nat(a)
	for _, r := range rest {
		e := nat(r)
		s.Add(&s, &e)
	}
	return wrap(s)
}

func (b *builder) sub(a, c V) V {
	if !b.native() {
		return b.api.Sub(gconst(a), gconst(c))
	}
	s, e := nat(a), nat(c)
	s.Sub(&s, &e)
	return wrap(s)
}

// scale multiplies by a constant.
func (b *builder) scale(a V, k *big.Int) V {
	if !b.native() {
		return b.api.Mul(gconst(a), k)
	}
	s, e := nat(a), nat(k)
	s.Mul(&s, &e)
	return wrap(s)
}

// shl multiplies by 2^k.
func (b *builder) shl(a V, k uint) V {
	if b.native() && k < uint(len(powers)) {
		s := nat(a)
		s.Mul(&s, &powers[k])
		return wrap(s)
	}
	return b.scale(a, pow2(k))
}

// powers of two as field elements, for the native backend.
var powers = func() (p [192]fr.Element) {
	p[0].SetOne()
	for i := 1; i < len(p); i++ {
		p[i].Double(&p[i-1])
	}
	return p
}()

// sum of v[i] * 2^(step*i).
func (b *builder) compose(step uint, v ...V) V {
	parts := make([]V, len(v))
	for i := range v {
		parts[i] = b.shl(v[i], step*uint(i))
	}
	return b.add(parts[0], parts[1:]...)
}

// mux is a if s = 0 and c if s = 1 (one constraint).
func (b *builder) mux(s, a, c V) V { return b.add(a, b.mul(s, b.sub(c, a))) }

// not is 1 - a for a boolean a.
func (b *builder) not(a V) V { return b.sub(1, a) }

// --- one constraint each ---

func (b *builder) mul(a, c V) V {
	b.cost++
	if !b.native() {
		return b.api.Mul(gconst(a), gconst(c))
	}
	s, e := nat(a), nat(c)
	s.Mul(&s, &e)
	return wrap(s)
}

// assertMul demands a*c == d.
func (b *builder) assertMul(label string, a, c, d V) {
	if b.skip[label] {
		return
	}
	b.cost++
	if !b.native() {
		b.r1c(b.api, gconst(a), gconst(c), gconst(d))
		return
	}
	b.nat.labels[label] = true
	s, e, f := nat(a), nat(c), nat(d)
	s.Mul(&s, &e)
	if !s.Equal(&f) {
		b.nat.violate(label, s.Sub(&s, &f))
	}
}

// assertEq demands a == c.
func (b *builder) assertEq(label string, a, c V) { b.assertMul(label, b.sub(a, c), 1, 0) }

// boolean demands a in {0, 1}.
func (b *builder) boolean(label string, a V) { b.assertMul(label, a, b.sub(1, a), 0) }

func (b *builder) booleans(label string, vs ...V) {
	for _, v := range vs {
		b.boolean(label, v)
	}
}

// isZero demands z = 1 if d == 0 and z = 0 otherwise; inv is a witness column.
func (b *builder) isZero(label string, d, inv, z V) {
	b.assertMul(label+"-inv", d, inv, b.sub(1, z))
	b.assertMul(label, d, z, 0)
}

// h8 is the tree hash of formats.md: first element of P(x)+x.
func (b *builder) h8(x [8]V) V {
	b.cost += 363
	if b.native() {
		var in [8]fr.Element
		for i := range x {
			in[i] = nat(x[i])
		}
		return wrap(b.nat.hash8(&in))
	}
	st := make([]frontend.Variable, 8)
	for i := range x {
		st[i] = gconst(x[i])
	}
	if err := b.perm8.Permutation(st); err != nil {
		b.fail("poseidon2 t=8: %w", err)
	}
	return b.api.Add(st[0], gconst(x[0]))
}

// permute16 is the Poseidon2 permutation of width 16, the sponge of program IDs.
func (b *builder) permute16(x [16]V) [16]V {
	var out [16]V
	b.cost += 555
	if b.native() {
		var in [16]fr.Element
		for i := range x {
			in[i] = nat(x[i])
		}
		b.nat.permute(&in)
		for i := range out {
			out[i] = wrap(in[i])
		}
		return out
	}
	st := make([]frontend.Variable, 16)
	for i := range x {
		st[i] = gconst(x[i])
	}
	if err := b.perm16.Permutation(st); err != nil {
		b.fail("poseidon2 t=16: %w", err)
	}
	copy(out[:], st)
	return out
}

func pow2(k uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), k) }

// gconst turns native constants into what gnark takes.
func gconst(v V) V {
	switch x := v.(type) {
	case fr.Element:
		return x.BigInt(new(big.Int))
	}
	return v
}

func newGnarkBuilder(api frontend.API) (*builder, error) {
	b := &builder{api: api}
	var err error
	if b.perm8, err = poseidon2.NewPoseidon2FromParameters(api, 8, 8, 57); err != nil {
		return nil, err
	}
	if b.perm16, err = poseidon2.NewPoseidon2FromParameters(api, 16, 8, 57); err != nil {
		return nil, err
	}
	return b, nil
}
