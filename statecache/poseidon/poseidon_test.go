package poseidon_test

import (
	"encoding/hex"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"

	"vmhost/statecache/poseidon"
)

// naivePermute is the permutation straight from the paper: big integers, full
// matrices, no shared code with the package.
func naivePermute(x []*big.Int) []*big.Int {
	p := poseidon2.NewParameters(8, 8, 57)
	mod := fr.Modulus()
	rc := func(r, i int) *big.Int {
		if i >= len(p.RoundKeys[r]) {
			return new(big.Int)
		}
		return p.RoundKeys[r][i].BigInt(new(big.Int))
	}
	m4 := [4][4]int64{{5, 7, 1, 3}, {4, 6, 1, 1}, {1, 3, 5, 7}, {1, 1, 4, 6}}
	ext := make([][]*big.Int, 8)
	in := make([][]*big.Int, 8)
	for i := range 8 {
		ext[i], in[i] = make([]*big.Int, 8), make([]*big.Int, 8)
		for j := range 8 {
			v := m4[i%4][j%4]
			if i/4 == j/4 {
				v *= 2
			}
			ext[i][j] = big.NewInt(v)
			in[i][j] = big.NewInt(1)
			if i == j {
				in[i][j].Add(in[i][j], p.DiagM1[i].BigInt(new(big.Int)))
			}
		}
	}
	apply := func(m [][]*big.Int, v []*big.Int) []*big.Int {
		out := make([]*big.Int, 8)
		for i := range 8 {
			out[i] = new(big.Int)
			for j := range 8 {
				out[i].Add(out[i], new(big.Int).Mul(m[i][j], v[j]))
			}
			out[i].Mod(out[i], mod)
		}
		return out
	}
	pow5 := func(v *big.Int) *big.Int { return new(big.Int).Exp(v, big.NewInt(5), mod) }
	x = apply(ext, x)
	for r := range 65 {
		full := r < 4 || r >= 61
		for i := range 8 {
			x[i] = new(big.Int).Add(x[i], rc(r, i))
			if full || i == 0 {
				x[i] = pow5(x[i])
			}
		}
		if full {
			x = apply(ext, x)
		} else {
			x = apply(in, x)
		}
	}
	return x
}

func naiveH8(x []*big.Int) *big.Int {
	out := naivePermute(x)
	return new(big.Int).Mod(new(big.Int).Add(out[0], x[0]), fr.Modulus())
}

func toBig(x *[8]fr.Element) []*big.Int {
	out := make([]*big.Int, 8)
	for i := range out {
		out[i] = x[i].BigInt(new(big.Int))
	}
	return out
}

func randElement(r *rand.Rand) fr.Element {
	var b [32]byte
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	var e fr.Element
	e.SetBytes(b[:])
	return e
}

// golden was printed by naiveH8 (run with -v to print it again).
var golden = []struct {
	name string
	in   func(i int) fr.Element
	want string
}{
	{"zeros", func(int) fr.Element { return fr.Element{} }, "140009a75e76ee4f8a7adc6f8592257cfbf1012ea04e71752ee28e23f4f955ec"},
	{"index", func(i int) fr.Element { return fr.NewElement(uint64(i)) }, "1d1a50bcde871247856df135d56a4ca61af575f1140ed9b1503c77528cf345df"},
	{"minus one", func(int) fr.Element { var e fr.Element; e.SetInt64(-1); return e }, "1b15e0fe1cd94e38a4df47b900260e8306e89a2219b9cfe28f83aa90a344e2b2"},
	{"leaf tag", func(i int) fr.Element {
		if i == 0 {
			return fr.NewElement(poseidon.TagLeaf)
		}
		return fr.Element{}
	}, "2d9235fc203499dc72e3d839547818820fd012418d5b7dd22f5b7c65cde33a49"},
}

func TestGolden(t *testing.T) {
	for _, g := range golden {
		var x [8]fr.Element
		for i := range x {
			x[i] = g.in(i)
		}
		naive := hex.EncodeToString(naiveH8(toBig(&x)).FillBytes(make([]byte, 32)))
		t.Logf("%s %s", g.name, naive)
		if naive != g.want {
			t.Errorf("%s: naive %s, golden %s", g.name, naive, g.want)
		}
		h := poseidon.H8(&x)
		b := h.Bytes()
		if got := hex.EncodeToString(b[:]); got != g.want {
			t.Errorf("%s: H8 %s, golden %s", g.name, got, g.want)
		}
	}
}

func TestAgainstNaiveAndLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	lib := poseidon2.NewPermutation(8, 8, 57)
	for n := range 50 {
		var x [8]fr.Element
		for i := range x {
			switch r.IntN(6) {
			case 0:
				x[i] = fr.NewElement(r.Uint64())
			case 1: // p-1-k
				x[i].SetInt64(-1 - int64(r.IntN(4)))
			case 2: // zero
			default:
				x[i] = randElement(r)
			}
		}
		before := x
		got := poseidon.H8(&x)
		if x != before {
			t.Fatal("H8 changed its input")
		}
		if got.BigInt(new(big.Int)).Cmp(naiveH8(toBig(&x))) != 0 {
			t.Fatalf("case %d: H8 differs from the naive permutation", n)
		}
		want, full := x, x
		if err := lib.Permutation(want[:]); err != nil {
			t.Fatal(err)
		}
		poseidon.Permute(&full)
		if full != want {
			t.Fatalf("case %d: Permute differs from the library", n)
		}
	}
}

// TestEveryInputMatters: a changed or moved input changes the hash.
func TestEveryInputMatters(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var x [8]fr.Element
	for i := range x {
		x[i] = randElement(r)
	}
	h := poseidon.H8(&x)
	one := fr.One()
	for i := range x {
		y := x
		y[i].Add(&y[i], &one)
		if poseidon.H8(&y) == h {
			t.Errorf("input %d ignored", i)
		}
		z := x
		z[i], z[(i+1)%8] = z[(i+1)%8], z[i]
		if poseidon.H8(&z) == h {
			t.Errorf("order of inputs %d and %d ignored", i, (i+1)%8)
		}
	}
}

func TestTags(t *testing.T) {
	seen := map[uint64]bool{}
	for _, tag := range []uint64{poseidon.TagLeaf, poseidon.TagDir, poseidon.TagHistory, poseidon.TagCommit, poseidon.TagProgram, poseidon.TagItem} {
		if tag == 0 || tag > 255 || seen[tag] {
			t.Errorf("tag %d is zero, too large or used twice", tag)
		}
		seen[tag] = true
	}
	if got, want := poseidon.Tag(poseidon.TagCommit, poseidon.CommitmentVersion), fr.NewElement(260); got != want {
		t.Errorf("Tag(commit, 1) = %s, want 260", got.String())
	}
}

func BenchmarkH8(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	var x [8]fr.Element
	for i := range x {
		x[i] = randElement(r)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() { // chained: the input varies
		x[i&7] = poseidon.H8(&x)
		i++
	}
}

func BenchmarkLibraryPermutation(b *testing.B) {
	var x [8]fr.Element
	lib := poseidon2.NewPermutation(8, 8, 57)
	b.ReportAllocs()
	for b.Loop() {
		if err := lib.Permutation(x[:]); err != nil {
			b.Fatal(err)
		}
	}
}

func TestHashMany(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for n := range 34 {
		in := make([][8]fr.Element, n)
		for i := range in {
			for j := range in[i] {
				in[i][j] = randElement(r)
			}
		}
		dst := make([]fr.Element, n+1)
		poseidon.HashMany(dst, in)
		for i := range in {
			if dst[i] != poseidon.H8(&in[i]) {
				t.Fatalf("row %d of %d differs from H8", i, n)
			}
		}
		if dst[n] != (fr.Element{}) {
			t.Fatalf("batch of %d wrote past its rows", n)
		}
	}
}
