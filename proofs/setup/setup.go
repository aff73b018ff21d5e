package setup

import (
	"context"
	"fmt"
	"io"
	"math/bits"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Progress is told how many of all curve points are done. It is called from
// several goroutines at once, done never decreases by more than a batch, and
// it must return quickly.
type Progress func(done, total int)

// Setup makes the proving and verifying key of ccs, which must be an R1CS over
// BN254, from the bytes of source (see the package comment for what their
// secrecy means). progress may be nil.
//
// It stops with the context's error soon after ctx is done, and returns
// ErrCircuit or ErrSource otherwise.
func Setup(ctx context.Context, ccs constraint.ConstraintSystem, source io.Reader, progress Progress) (*groth16.ProvingKey, *groth16.VerifyingKey, error) {
	r1cs, info, err := checkCircuit(ccs)
	if err != nil {
		return nil, nil, err
	}
	domain := fft.NewDomain(uint64(r1cs.GetNbConstraints()))
	s, err := drawSecrets(source, domain.Cardinality, len(info))
	if err != nil {
		return nil, nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	q := evaluate(r1cs, domain, s)
	k := combine(r1cs, info, domain, s, q)
	return k.keys(ctx, domain, s, info, r1cs.GetNbPublicVariables(), progress)
}

func checkCircuit(ccs constraint.ConstraintSystem) (*cs.R1CS, constraint.Groth16Commitments, error) {
	r1cs, ok := ccs.(*cs.R1CS)
	if !ok || r1cs.Type != constraint.SystemR1CS {
		return nil, nil, fmt.Errorf("%w: got %T, need an R1CS over BN254", ErrCircuit, ccs)
	}
	info, ok := r1cs.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok {
		return nil, nil, fmt.Errorf("%w: commitments are of type %T", ErrCircuit, r1cs.CommitmentInfo)
	}
	if r1cs.GetNbConstraints() == 0 {
		return nil, nil, fmt.Errorf("%w: no constraints", ErrCircuit)
	}
	return r1cs, info, nil
}

// scalars are the logarithms of all points of the keys.
type scalars struct {
	a, b                   []fr.Element // without zeros, which infA and infB mark
	infA, infB             []bool
	private, public, z     []fr.Element // z in bit-reversed order
	committed, committedSg [][]fr.Element
}

// combine turns the evaluated wires into the scalars of the key: public and
// committed wires are divided by gamma, which is 1, the others by delta.
func combine(r1cs *cs.R1CS, info constraint.Groth16Commitments, domain *fft.Domain, s *secrets, q *wires) *scalars {
	n := len(q.a)
	owner := make([]int32, n) // 0 private, -1 public, i+1 committed by i
	for i := range r1cs.GetNbPublicVariables() {
		owner[i] = -1
	}
	for i := range info {
		owner[info[i].CommitmentIndex] = -1 // the verifier computes it: public to Groth16
		for _, w := range info[i].PrivateCommitted {
			owner[w] = int32(i) + 1
		}
	}
	k := &scalars{committed: make([][]fr.Element, len(info)), committedSg: make([][]fr.Element, len(info))}
	for i := range n {
		var v, t fr.Element
		v.Mul(&q.a[i], &s.beta)
		t.Mul(&q.b[i], &s.alpha)
		v.Add(&v, &t).Add(&v, &q.c[i])
		switch o := owner[i]; {
		case o == 0:
			k.private = append(k.private, *v.Mul(&v, &s.deltaInv))
		case o < 0:
			k.public = append(k.public, v)
		default:
			k.committed[o-1] = append(k.committed[o-1], v)
			k.committedSg[o-1] = append(k.committedSg[o-1], *t.Mul(&v, &s.sigma[o-1]))
		}
	}
	k.z = quotientPowers(domain, s)
	k.a, k.infA = dropZeros(q.a)
	k.b, k.infB = dropZeros(q.b)
	return k
}

// quotientPowers is t^i (t^n - 1) / delta for i < n, in the bit-reversed order
// in which the prover's FFT leaves the quotient. The last entry stays last and
// is not needed: the quotient has degree n-2.
func quotientPowers(domain *fft.Domain, s *secrets) []fr.Element {
	n := int(domain.Cardinality)
	shift := 64 - uint(bits.TrailingZeros64(domain.Cardinality))
	z := make([]fr.Element, n)
	v := vanishing(domain, &s.t)
	v.Mul(&v, &s.deltaInv)
	for i := range n {
		z[bits.Reverse64(uint64(i))>>shift] = v
		v.Mul(&v, &s.t)
	}
	return z[:n-1]
}

func dropZeros(in []fr.Element) (out []fr.Element, isZero []bool) {
	isZero = make([]bool, len(in))
	out = in[:0]
	for i := range in {
		if isZero[i] = in[i].IsZero(); !isZero[i] {
			out = append(out, in[i])
		}
	}
	return out, isZero
}

// job is one slice of points to compute.
type job[P any] struct {
	out     []P
	scalars []fr.Element
}

func newJob[P any](out *[]P, scalars []fr.Element) job[P] {
	*out = make([]P, len(scalars))
	return job[P]{*out, scalars}
}

// keys lifts the scalars to the curve.
func (k *scalars) keys(ctx context.Context, domain *fft.Domain, s *secrets, info constraint.Groth16Commitments, public int, progress Progress) (*groth16.ProvingKey, *groth16.VerifyingKey, error) {
	pk, vk := new(groth16.ProvingKey), new(groth16.VerifyingKey)
	pk.Domain = *domain
	pk.InfinityA, pk.NbInfinityA = k.infA, uint64(len(k.infA)-len(k.a))
	pk.InfinityB, pk.NbInfinityB = k.infB, uint64(len(k.infB)-len(k.b))

	var single1 []bn254.G1Affine // alpha, beta, delta
	var single2 []bn254.G2Affine // beta, delta, minus each sigma
	fixed2 := []fr.Element{s.beta, s.delta}
	for i := range s.sigma {
		var v fr.Element
		fixed2 = append(fixed2, *v.Neg(&s.sigma[i]))
	}
	jobs1 := []job[bn254.G1Affine]{
		newJob(&single1, []fr.Element{s.alpha, s.beta, s.delta}),
		newJob(&vk.G1.K, k.public),
		newJob(&pk.G1.A, k.a), newJob(&pk.G1.B, k.b), newJob(&pk.G1.K, k.private), newJob(&pk.G1.Z, k.z),
	}
	if len(info) > 0 {
		pk.CommitmentKeys = make([]pedersen.ProvingKey, len(info))
		vk.CommitmentKeys = make([]pedersen.VerifyingKey, len(info))
	}
	for i := range info {
		jobs1 = append(jobs1, newJob(&pk.CommitmentKeys[i].Basis, k.committed[i]), newJob(&pk.CommitmentKeys[i].BasisExpSigma, k.committedSg[i]))
	}
	jobs2 := []job[bn254.G2Affine]{newJob(&single2, fixed2), newJob(&pk.G2.B, k.b)}
	if err := lift(ctx, jobs1, jobs2, progress); err != nil {
		return nil, nil, err
	}

	pk.G1.Alpha, pk.G1.Beta, pk.G1.Delta = single1[0], single1[1], single1[2]
	pk.G2.Beta, pk.G2.Delta = single2[0], single2[1]
	vk.G1.Alpha, vk.G1.Beta, vk.G1.Delta = single1[0], single1[1], single1[2]
	_, _, _, gen2 := bn254.Generators()
	vk.G2.Beta, vk.G2.Gamma, vk.G2.Delta = single2[0], gen2, single2[1]
	for i := range info {
		vk.CommitmentKeys[i] = pedersen.VerifyingKey{G: gen2, GSigmaNeg: single2[2+i]}
	}
	vk.PublicAndCommitmentCommitted = info.GetPublicAndCommitmentCommitted(info.CommitmentIndexes(), public)
	if err := vk.Precompute(); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrCircuit, err)
	}
	return pk, vk, nil
}

// lift computes all points. A G2 point counts as three: it costs about as much.
func lift(ctx context.Context, jobs1 []job[bn254.G1Affine], jobs2 []job[bn254.G2Affine], progress Progress) error {
	const weight2 = 3
	n1, n2 := 0, 0
	for _, j := range jobs1 {
		n1 += len(j.out)
	}
	for _, j := range jobs2 {
		n2 += len(j.out)
	}
	total := n1 + weight2*n2
	var done atomic.Int64
	step := func(n int) {
		if now := done.Add(int64(n)); progress != nil {
			progress(int(now), total)
		}
	}
	_, _, base1, base2 := bn254.Generators()
	f1, err := newFixedBase(ctx, base1, n1, func() group[bn254.G1Affine] { return new(g1) })
	if err != nil {
		return err
	}
	for _, j := range jobs1 {
		if err := f1.mulAll(ctx, j.out, j.scalars, step); err != nil {
			return err
		}
	}
	f2, err := newFixedBase(ctx, base2, n2, func() group[bn254.G2Affine] { return new(g2) })
	if err != nil {
		return err
	}
	for _, j := range jobs2 {
		if err := f2.mulAll(ctx, j.out, j.scalars, func(n int) { step(weight2 * n) }); err != nil {
			return err
		}
	}
	return nil
}
