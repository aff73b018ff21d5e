package poseidon

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// below returns raw words brought below p (the words an Element may hold).
func below(w [4]uint64) fr.Element {
	p := modulus()
	w[3] &= 1<<62 - 1
	for {
		var d [4]uint64
		var b uint64
		for i := range d {
			d[i], b = bits.Sub64(w[i], p[i], b)
		}
		if b != 0 {
			return w
		}
		w = d
	}
}

func modulus() (w [4]uint64) {
	m := fr.Modulus()
	for i := range w {
		w[i] = m.Uint64()
		m.Rsh(m, 64)
	}
	return w
}

// extreme draws words at the edges of what kernels do to them: the ends of the
// field, single bits, limbs (of radix 2^51 and 2^52) all ones, zero or half.
func extreme(r *rand.Rand) fr.Element {
	switch r.IntN(8) {
	case 0:
		return fr.Element{}
	case 1:
		return fr.Element{r.Uint64N(4)}
	case 2: // p-1-k
		p := modulus()
		return fr.Element{p[0] - 1 - r.Uint64N(4), p[1], p[2], p[3]}
	case 3:
		var w [4]uint64
		w[r.IntN(4)] = 1 << r.IntN(64)
		return below(w)
	case 4, 5: // limbs of one kind or another
		radix := 51 + r.IntN(2)
		var w [4]uint64
		for k := range 5 {
			limb := [6]uint64{0, 1, 1<<radix - 1, 1 << (radix - 1), 1<<(radix-1) - 1, r.Uint64N(1 << radix)}[r.IntN(6)]
			at := k * radix
			w[at/64] |= limb << (at % 64)
			if at/64 < 3 && at%64 != 0 {
				w[at/64+1] |= limb >> (64 - at%64)
			}
		}
		return below(w)
	case 6:
		return below([4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)})
	default:
		return below([4]uint64{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()})
	}
}

// library is H8 of the constants' own library.
func library(x [8]fr.Element) fr.Element {
	h := x
	if err := poseidon2.NewPermutation(8, 8, 57).Permutation(h[:]); err != nil {
		panic(err)
	}
	h[0].Add(&h[0], &x[0])
	return h[0]
}

// all lists every kernel this build and CPU can run, the scalar one last.
func all() []kernel { return append(candidates(), kernel{"scalar", scalarMany}) }

func checkRows(t *testing.T, k kernel, in [][8]fr.Element) {
	t.Helper()
	before := append([][8]fr.Element(nil), in...)
	dst := make([]fr.Element, len(in)+1)
	k.hash(dst[:len(in)], in)
	for i := range in {
		if in[i] != before[i] {
			t.Fatalf("%s: row %d of %d: input changed", k.name, i, len(in))
		}
		if want := library(in[i]); dst[i] != want {
			t.Fatalf("%s: row %d of %d: %x, want %x, of %x", k.name, i, len(in), dst[i], want, in[i])
		}
		if below(dst[i]) != dst[i] {
			t.Fatalf("%s: row %d of %d: output not below p", k.name, i, len(in))
		}
	}
	if dst[len(in)] != (fr.Element{}) {
		t.Fatalf("%s: %d rows: wrote past them", k.name, len(in))
	}
}

func TestKernelsOnExtremes(t *testing.T) {
	for _, k := range all() {
		r := rand.New(rand.NewPCG(1, 2))
		in := make([][8]fr.Element, 512)
		for i := range in {
			for j := range in[i] {
				in[i][j] = extreme(r)
			}
		}
		// Rows of one and the same extreme word.
		for i := range 64 {
			e := extreme(r)
			for j := range in[i] {
				in[i][j] = e
			}
		}
		checkRows(t, k, in)
	}
}

func TestKernelsOnEveryBatchSize(t *testing.T) {
	for _, k := range all() {
		r := rand.New(rand.NewPCG(3, 4))
		for _, n := range append(rangeTo(33), 63, 101) {
			in := make([][8]fr.Element, n)
			for i := range in {
				for j := range in[i] {
					in[i][j] = extreme(r)
				}
			}
			checkRows(t, k, in)
		}
	}
}

func rangeTo(n int) []int {
	out := make([]int, n+1)
	for i := range out {
		out[i] = i
	}
	return out
}

// TestField: the package's own additions against the library's, on edge words.
func TestField(t *testing.T) {
	if m := modulus(); m != [4]uint64{p0, p1, p2, p3} {
		t.Fatalf("p is %x", m)
	}
	r := rand.New(rand.NewPCG(11, 12))
	for n := range 20_000 {
		var x [8]fr.Element
		for i := range x {
			switch x[i] = extreme(r); n % 4 {
			case 0:
				x[i] = x[0] // eight times the same: multiples of p are near
			case 1:
				x[i] = fr.Element{p0 - 1 - r.Uint64N(2), p1, p2, p3}
			}
		}
		var sum, want fr.Element
		sumAll(&sum, &x)
		for i := range x {
			want.Add(&want, &x[i])
		}
		if sum != want {
			t.Fatalf("sum of %x: %x, want %x", x, sum, want)
		}
		add(&sum, &x[0], &x[1])
		if want.Add(&x[0], &x[1]); sum != want {
			t.Fatalf("%x + %x: %x, want %x", x[0], x[1], sum, want)
		}
	}
}

// TestSharing: batches around the sizes at which goroutines share them.
func TestSharing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{127, 128, 129, 199, 319} {
		checkRows(t, kernel{"HashMany", HashMany}, func() [][8]fr.Element {
			in := make([][8]fr.Element, n)
			for i := range in {
				for j := range in[i] {
					in[i][j] = extreme(r)
				}
			}
			return in
		}())
	}
}

// TestSelfTestRefuses: a kernel that is wrong in one row in nine is not used.
func TestSelfTestRefuses(t *testing.T) {
	wrong := kernel{"wrong", func(dst []fr.Element, in [][8]fr.Element) {
		scalarMany(dst, in)
		if n := len(dst); n > 1 {
			dst[n-2][1]++
		}
	}}
	right := kernel{"right", scalarMany}
	if got := choose([]kernel{wrong, right}).name; got != "right (wrong failed its self-test)" {
		t.Errorf("chose %q", got)
	}
	if got := choose([]kernel{wrong}).name; got != "scalar (wrong failed its self-test)" {
		t.Errorf("chose %q", got)
	}
	for _, k := range all() {
		if !selfTest(k) {
			t.Errorf("%s fails its self-test", k.name)
		}
	}
	t.Logf("kernel: %s", Kernel())
}

func FuzzKernels(f *testing.F) {
	f.Add(make([]byte, 256))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := make([][8]fr.Element, 5)
		for i := range in {
			for j := range in[i] {
				var w [32]byte
				copy(w[:], raw[min(len(raw), (i*8+j)*32%256):])
				for k := range 4 {
					in[i][j][k] = binary.LittleEndian.Uint64(w[8*k:]) + uint64(i)
				}
				in[i][j] = below(in[i][j])
			}
		}
		for _, k := range all() {
			checkRows(t, k, in)
		}
	})
}

// BenchmarkHash gives each kernel 64 rows whose inputs are earlier outputs, in
// ns a hash and, to compare machines, in multiplications of the field
// (a hash is 819 of them).
func BenchmarkHash(b *testing.B) {
	for _, k := range append(all(), kernel{"HashMany", HashMany}) {
		b.Run(k.name, func(b *testing.B) {
			in := make([][8]fr.Element, 64)
			r := rand.New(rand.NewPCG(7, 8))
			for i := range in {
				for j := range in[i] {
					in[i][j] = below([4]uint64{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()})
				}
			}
			dst := make([]fr.Element, len(in))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				k.hash(dst, in)
				for i := range in {
					in[i][n&7] = dst[i]
				}
				n++
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n*len(in)), "ns/hash")
		})
	}
	b.Run("fr.Mul", func(b *testing.B) {
		x, y := fr.NewElement(0x9e3779b97f4a7c15), fr.NewElement(0xbf58476d1ce4e5b9)
		for b.Loop() {
			x.Mul(&x, &y)
		}
	})
}
