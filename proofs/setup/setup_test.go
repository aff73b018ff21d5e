package setup

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha3"
	"errors"
	"io"
	"math/big"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/groth16"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/std/rangecheck"
)

// toy has the public inputs of a claim, and one commitment: the range checks'.
type toy struct {
	Public [11]frontend.Variable `gnark:",public"`
	Secret [4]frontend.Variable
	Size   int `gnark:"-"`
}

func (c *toy) Define(api frontend.API) error {
	rc := rangecheck.New(api)
	x := c.Secret[0]
	for i := range c.Size {
		x = api.Add(api.Mul(x, c.Secret[1+i%3]), i-3)
	}
	for i := range c.Secret {
		rc.Check(c.Secret[i], 32)
	}
	for i := range c.Public {
		api.AssertIsEqual(c.Public[i], api.Mul(c.Secret[i%4], c.Secret[(i+1)%4], i+1))
	}
	api.AssertIsDifferent(x, 0)
	return nil
}

func toyWitness(size int) *toy {
	w := &toy{Size: size, Secret: [4]frontend.Variable{3, 5, 70000, 11}}
	s := []int64{3, 5, 70000, 11}
	for i := range w.Public {
		w.Public[i] = s[i%4] * s[(i+1)%4] * int64(i+1)
	}
	return w
}

func compile(tb testing.TB, c frontend.Circuit) constraint.ConstraintSystem {
	tb.Helper()
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
	if err != nil {
		tb.Fatal(err)
	}
	return ccs
}

func raw(tb testing.TB, w interface {
	WriteRawTo(io.Writer) (int64, error)
},
) []byte {
	tb.Helper()
	var b bytes.Buffer
	if _, err := w.WriteRawTo(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func proveAndVerify(t *testing.T, ccs constraint.ConstraintSystem, pk *groth16.ProvingKey, vk *groth16.VerifyingKey, assignment frontend.Circuit) {
	t.Helper()
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := gnark.Prove(ccs, pk, full, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		t.Fatal(err)
	}
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	if err := gnark.Verify(proof, vk, public, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)); err != nil {
		t.Fatalf("honest proof refused: %v", err)
	}
	v := public.Vector().(fr.Vector)
	for i := range v {
		v[i].SetUint64(123456789)
		if gnark.Verify(proof, vk, public, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)) == nil {
			t.Fatalf("accepted with public input %d changed", i)
		}
		if public, err = full.Public(); err != nil {
			t.Fatal(err)
		}
		v = public.Vector().(fr.Vector)
	}
}

func TestKeysProveAndVerify(t *testing.T) {
	for _, size := range []int{1, 100, 2000} {
		ccs := compile(t, &toy{Size: size})
		if n := len(ccs.GetCommitments().CommitmentIndexes()); n != 1 {
			t.Fatalf("%d commitments", n)
		}
		pk, vk, err := Setup(t.Context(), ccs, DevSource("toy"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(pk, vk); err != nil {
			t.Fatal(err)
		}
		proveAndVerify(t, ccs, pk, vk, toyWitness(size))
	}
}

// Keys must be indistinguishable in shape from gnark's own.
func TestShapeAsGnark(t *testing.T) {
	ccs := compile(t, &toy{Size: 50})
	pk, vk, err := Setup(t.Context(), ccs, DevSource("toy"), nil)
	if err != nil {
		t.Fatal(err)
	}
	gpk, gvk, err := gnark.Setup(ccs)
	if err != nil {
		t.Fatal(err)
	}
	g := gpk.(*groth16.ProvingKey)
	if len(raw(t, vk)) != len(raw(t, gvk)) || len(raw(t, pk)) != len(raw(t, gpk)) {
		t.Fatal("encoded sizes differ from gnark's")
	}
	for i := range g.InfinityA {
		if g.InfinityA[i] != pk.InfinityA[i] || g.InfinityB[i] != pk.InfinityB[i] {
			t.Fatalf("infinity marks of wire %d differ", i)
		}
	}
	if len(g.G1.K) != len(pk.G1.K) || len(g.G1.Z) != len(pk.G1.Z) || len(g.CommitmentKeys[0].Basis) != len(pk.CommitmentKeys[0].Basis) {
		t.Fatal("query sizes differ from gnark's")
	}
	if err := Check(g, gvk.(*groth16.VerifyingKey)); err != nil {
		t.Fatalf("Check refuses gnark's own keys: %v", err)
	}
}

// two is a circuit with two commitments, one of which commits to the other,
// and with committed public inputs.
type two struct {
	A frontend.Variable `gnark:",public"`
	B frontend.Variable
}

func (c *two) Define(api frontend.API) error {
	com := api.(frontend.Committer)
	x, err := com.Commit(c.A, c.B)
	if err != nil {
		return err
	}
	y, err := com.Commit(x, api.Mul(c.B, c.B))
	if err != nil {
		return err
	}
	api.AssertIsDifferent(x, y)
	api.AssertIsEqual(c.A, api.Mul(c.B, c.B))
	return nil
}

type none struct {
	A frontend.Variable `gnark:",public"`
	B frontend.Variable
}

func (c *none) Define(api frontend.API) error {
	api.AssertIsEqual(c.A, api.Mul(c.B, c.B, c.B))
	return nil
}

func TestOtherCommitmentCounts(t *testing.T) {
	for name, c := range map[string][2]frontend.Circuit{
		"two":  {&two{}, &two{A: 49, B: 7}},
		"none": {&none{}, &none{A: 343, B: 7}},
	} {
		t.Run(name, func(t *testing.T) {
			ccs := compile(t, c[0])
			pk, vk, err := Setup(t.Context(), ccs, DevSource(name), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := Check(pk, vk); err != nil {
				t.Fatal(err)
			}
			proveAndVerify(t, ccs, pk, vk, c[1])
		})
	}
}

func TestDeterministic(t *testing.T) {
	ccs := compile(t, &toy{Size: 300})
	keys := func(source io.Reader) (string, string) {
		pk, vk, err := Setup(t.Context(), ccs, source, nil)
		if err != nil {
			t.Fatal(err)
		}
		var dump bytes.Buffer
		if err := pk.WriteDump(&dump); err != nil {
			t.Fatal(err)
		}
		return dump.String(), string(raw(t, vk))
	}
	pk1, vk1 := keys(DevSource("a"))
	old := runtime.GOMAXPROCS(1)
	pk2, vk2 := keys(DevSource("a"))
	runtime.GOMAXPROCS(old)
	if pk1 != pk2 || vk1 != vk2 {
		t.Fatal("same seed, different keys")
	}
	pk3, vk3 := keys(DevSource("b"))
	if pk1 == pk3 || vk1 == vk3 {
		t.Fatal("names a and b have the same keys")
	}
	_, vk4 := keys(rand.Reader)
	_, vk5 := keys(rand.Reader)
	if vk4 == vk5 || vk4 == vk1 {
		t.Fatal("two random setups have the same keys")
	}
}

// A change of the digest is a change of everybody's development keys.
func TestDevSourceIsFrozen(t *testing.T) {
	var got [32]byte
	if _, err := io.ReadFull(DevSource("tiny"), got[:]); err != nil {
		t.Fatal(err)
	}
	h := sha3.NewSHAKE256()
	_, _ = h.Write([]byte("vmhost/unsafe-dev-keys/1:tiny"))
	var want [32]byte
	_, _ = h.Read(want[:])
	if got != want {
		t.Fatalf("dev stream begins with %x", got)
	}
}

type forbidden struct{ reads *atomic.Int64 }

func (f forbidden) Read(p []byte) (int, error) {
	f.reads.Add(1)
	return 0, errors.New("the process-wide reader was used")
}

// Finding U4: a seeded setup must not read, or be able to disturb, the
// randomness of everything else.
func TestDevSetupLeavesGlobalReaderAlone(t *testing.T) {
	ccs := compile(t, &toy{Size: 20})
	var reads atomic.Int64
	old := rand.Reader
	rand.Reader = forbidden{&reads}
	_, _, err := Setup(t.Context(), ccs, DevSource("toy"), nil)
	replaced := rand.Reader
	rand.Reader = old
	if err != nil {
		t.Fatal(err)
	}
	if n := reads.Load(); n != 0 {
		t.Fatalf("crypto/rand.Reader was read %d times", n)
	}
	if _, ok := replaced.(forbidden); !ok {
		t.Fatal("setup replaced crypto/rand.Reader")
	}
}

func TestBadInput(t *testing.T) {
	ccs := compile(t, &toy{Size: 20})
	if _, _, err := Setup(t.Context(), ccs, strings.NewReader("too short"), nil); !errors.Is(err, ErrSource) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("short source: %v", err)
	}
	sparse, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &none{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Setup(t.Context(), sparse, DevSource("x"), nil); !errors.Is(err, ErrCircuit) {
		t.Errorf("PLONK system: %v", err)
	}
	other, err := frontend.Compile(ecc.BLS12_381.ScalarField(), r1cs.NewBuilder, &none{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Setup(t.Context(), other, DevSource("x"), nil); !errors.Is(err, ErrCircuit) {
		t.Errorf("other curve: %v", err)
	}
}

// A source that first gives 0 (refused everywhere) and 1 (a point of every
// evaluation domain, so refused as t) must still give working keys.
func TestDegenerateSecretsAreSkipped(t *testing.T) {
	ccs := compile(t, &none{})
	one := make([]byte, 48)
	one[47] = 1
	r := new(big.Int).FillBytes(make([]byte, 48))
	modulus := fr.Modulus().FillBytes(make([]byte, 48))
	source := io.MultiReader(bytes.NewReader(r), bytes.NewReader(one), bytes.NewReader(modulus), DevSource("x"))
	pk, vk, err := Setup(t.Context(), ccs, source, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(pk, vk); err != nil {
		t.Fatal(err)
	}
	proveAndVerify(t, ccs, pk, vk, &none{A: 343, B: 7})
	_, direct, err := Setup(t.Context(), ccs, DevSource("x"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(raw(t, vk), raw(t, direct)) {
		t.Fatal("skipped values left a trace")
	}
}

func TestCancelAndProgress(t *testing.T) {
	ccs := compile(t, &toy{Size: 3000})
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int64
	_, _, err := Setup(ctx, ccs, DevSource("toy"), func(_, _ int) {
		calls.Add(1)
		cancel()
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if n := calls.Load(); n > int64(2*runtime.GOMAXPROCS(0)) {
		t.Fatalf("%d batches after the cancellation", n)
	}
	var last, total atomic.Int64
	_, _, err = Setup(t.Context(), ccs, DevSource("toy"), func(d, n int) {
		total.Store(int64(n))
		for old := last.Load(); int64(d) > old && !last.CompareAndSwap(old, int64(d)); old = last.Load() {
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if last.Load() != total.Load() || total.Load() == 0 {
		t.Fatalf("progress ended at %d of %d", last.Load(), total.Load())
	}
}

func TestCheckFindsDamage(t *testing.T) {
	ccs := compile(t, &toy{Size: 20})
	_, _, g1, g2 := bn254.Generators()
	for name, damage := range map[string]func(*groth16.ProvingKey, *groth16.VerifyingKey){
		"alpha":       func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.G1.Alpha = g1 },
		"beta":        func(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) { pk.G1.Beta, vk.G1.Beta = g1, g1 },
		"delta":       func(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) { pk.G2.Delta, vk.G2.Delta = g2, g2 },
		"B in G1":     func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.G1.B[3] = g1 },
		"B in G2":     func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.G2.B[3] = g2 },
		"basis":       func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.CommitmentKeys[0].Basis[1] = g1 },
		"basis sigma": func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.CommitmentKeys[0].BasisExpSigma[0] = g1 },
		"sigma":       func(_ *groth16.ProvingKey, vk *groth16.VerifyingKey) { vk.CommitmentKeys[0].GSigmaNeg = g2 },
		"size of A":   func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.G1.A = pk.G1.A[1:] },
		"size of K":   func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.G1.K = pk.G1.K[1:] },
		"size of Z":   func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.G1.Z = pk.G1.Z[1:] },
		"marks":       func(pk *groth16.ProvingKey, _ *groth16.VerifyingKey) { pk.InfinityB[0] = !pk.InfinityB[0] },
	} {
		pk, vk, err := Setup(t.Context(), ccs, DevSource("toy"), nil)
		if err != nil {
			t.Fatal(err)
		}
		damage(pk, vk)
		if err := Check(pk, vk); !errors.Is(err, ErrInconsistent) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Table multiplication against gnark-crypto, on scalars that hit every special
// case: 0, carries in every digit, and accumulator equal to the addend.
func TestFixedBase(t *testing.T) {
	_, _, gen1, gen2 := bn254.Generators()
	for _, n := range []int{1, 40, 3000} {
		w := chooseWindow(n)
		rows := rowsFor(w)
		s := edgeScalars(w, rows)
		for len(s) < n {
			var e fr.Element
			e.MustSetRandom()
			s = append(s, e)
		}
		f1, err := newFixedBase(t.Context(), gen1, n, func() group[bn254.G1Affine] { return new(g1) })
		if err != nil {
			t.Fatal(err)
		}
		out1 := make([]bn254.G1Affine, len(s))
		if err := f1.mulAll(t.Context(), out1, s, func(int) {}); err != nil {
			t.Fatal(err)
		}
		want1 := bn254.BatchScalarMultiplicationG1(&gen1, s)
		f2, err := newFixedBase(t.Context(), gen2, n, func() group[bn254.G2Affine] { return new(g2) })
		if err != nil {
			t.Fatal(err)
		}
		out2 := make([]bn254.G2Affine, len(s))
		if err := f2.mulAll(t.Context(), out2, s, func(int) {}); err != nil {
			t.Fatal(err)
		}
		want2 := bn254.BatchScalarMultiplicationG2(&gen2, s)
		for i := range s {
			if !out1[i].Equal(&want1[i]) || !out2[i].Equal(&want2[i]) {
				t.Fatalf("window %d: scalar %s", w, s[i].String())
			}
		}
	}
}

func edgeScalars(w, rows int) []fr.Element {
	set := func(v *big.Int) (e fr.Element) {
		e.SetBigInt(v)
		return e
	}
	one := big.NewInt(1)
	s := []fr.Element{set(new(big.Int)), set(one), set(new(big.Int).Sub(fr.Modulus(), one))}
	for j := range rows {
		at := new(big.Int).Lsh(one, uint(j*w))
		half := new(big.Int).Lsh(at, uint(w-1))
		for d := int64(-2); d <= 2; d++ {
			s = append(s, set(new(big.Int).Add(at, big.NewInt(d))), set(new(big.Int).Add(half, big.NewInt(d))))
		}
	}
	// 2 d 2^(w(rows-1)) - r: the last addition is a doubling modulo r.
	top := new(big.Int).Lsh(one, uint((rows-1)*w+1))
	for d := int64(1); d < 1<<(w-1) && d < 4096; d++ {
		v := new(big.Int).Mul(top, big.NewInt(d))
		if v.Sub(v, fr.Modulus()); v.Sign() > 0 && v.Cmp(fr.Modulus()) < 0 {
			s = append(s, set(v))
		}
	}
	return s
}
