package groth

import (
	"context"
	"fmt"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Options of Prove.
type Options struct {
	Workers int // processors to use; default: GOMAXPROCS
	// Progress is told how much of the whole work is done, in ascending order.
	// It must return quickly.
	Progress func(done, total int)
}

// Prove makes a proof for the Solidity verifier, and says how much work it was,
// in additions in G1. It ends with the context's error within a piece of work
// after the context ends.
func Prove(ctx context.Context, r1cs *cs.R1CS, pk *groth16.ProvingKey, w witness.Witness, o Options) (*groth16.Proof, int, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	p := &prover{r1cs: r1cs, pk: pk, workers: o.Workers, meter: meter{tell: o.Progress}}
	if err := p.check(); err != nil {
		return nil, 0, err
	}
	p.meter.add(0)
	if err := p.solve(ctx, w); err != nil {
		return nil, 0, err
	}
	if err := p.blind(); err != nil {
		return nil, 0, err
	}
	h, err := p.quotient(ctx)
	if err != nil {
		return nil, 0, err
	}
	if err := p.multiply(ctx, h); err != nil {
		return nil, 0, err
	}
	return &p.proof, p.work, ctx.Err()
}

// prover is one computation.
type prover struct {
	r1cs    *cs.R1CS
	pk      *groth16.ProvingKey
	info    constraint.Groth16Commitment
	workers int
	meter   meter
	work    int // additions in G1, or as long

	proof   groth16.Proof
	wires   []fr.Element
	a, b, c []fr.Element // evaluations over the constraints
	r, s    fr.Element   // blinding
}

// check finds keys that would let an index run over.
func (p *prover) check() error {
	infos, ok := p.r1cs.CommitmentInfo.(constraint.Groth16Commitments)
	pk := p.pk
	if !ok || len(infos) != 1 || len(pk.CommitmentKeys) != 1 {
		return fmt.Errorf("%w: %d commitments and %d keys for them, not 1", ErrKey, len(infos), len(pk.CommitmentKeys))
	}
	p.info = infos[0]
	wires, committed := p.r1cs.NbInternalVariables+len(p.r1cs.Public)+len(p.r1cs.Secret), len(p.info.PrivateCommitted)
	for _, l := range []struct {
		what      string
		got, want int
	}{
		{"A flags", len(pk.InfinityA), wires},
		{"B flags", len(pk.InfinityB), wires},
		{"A points", len(pk.G1.A) + int(pk.NbInfinityA), wires},
		{"B points", len(pk.G1.B) + int(pk.NbInfinityB), wires},
		{"B2 points", len(pk.G2.B) + int(pk.NbInfinityB), wires},
		{"K points", len(pk.G1.K) + len(p.r1cs.Public) + committed + 1, wires},
		{"Z points", len(pk.G1.Z) + 1, int(pk.Domain.Cardinality)},
		{"commitment points", len(pk.CommitmentKeys[0].Basis), committed},
		{"points of knowledge", len(pk.CommitmentKeys[0].BasisExpSigma), committed},
	} {
		if l.got != l.want {
			return fmt.Errorf("%w: %d %s, not %d", ErrKey, l.got, l.what, l.want)
		}
	}
	if uint64(p.r1cs.GetNbConstraints()) > pk.Domain.Cardinality {
		return fmt.Errorf("%w: %d constraints over a domain of %d", ErrKey, p.r1cs.GetNbConstraints(), pk.Domain.Cardinality)
	}
	return nil
}

// solve computes all wires. On the way it makes the commitment, whose hash is
// the challenge.
func (p *prover) solve(ctx context.Context, w witness.Witness) error {
	config, err := backend.NewProverConfig(solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		return fmt.Errorf("prover options: %w", err)
	}
	inputs, ok := w.Vector().(fr.Vector)
	if want := len(p.r1cs.Public) - 1 + len(p.r1cs.Secret); !ok || len(inputs) != want {
		return fmt.Errorf("%w: %d values over %T, the circuit has %d", ErrUnsatisfied, len(inputs), w.Vector(), want)
	}
	s := newSolution(p.r1cs, inputs, int(p.pk.Domain.Cardinality))
	s.commit = func(wires []fr.Element) (fr.Element, error) {
		if err := p.commit(ctx, pick(wires, p.info.PrivateCommitted)); err != nil {
			return fr.Element{}, err
		}
		return challengeOf(config.HashToFieldFn, p.proof.Commitments[0].Marshal(), pick(wires, p.info.PublicAndCommitmentCommitted)), nil
	}
	if err := s.run(ctx); err != nil {
		return err
	}
	p.wires, p.a, p.b, p.c = s.wires, s.a, s.b, s.c
	p.meter.add(shareSolve)
	p.work += Serial(p.r1cs.GetNbConstraints())
	return nil
}

func pick(v []fr.Element, at []int) []fr.Element {
	out := make([]fr.Element, len(at))
	for i := range at {
		out[i] = v[at[i]]
	}
	return out
}

// commit makes the Pedersen commitment to the values and what the proof of its
// knowledge needs.
func (p *prover) commit(ctx context.Context, values []fr.Element) error {
	classes, distinct := classify(values)
	key := &p.pk.CommitmentKeys[0]
	c := &msm[bn254.G1Affine]{points: key.Basis, classes: classes, curve: g1}
	pok := &msm[bn254.G1Affine]{points: key.BasisExpSigma, classes: classes, curve: g1}
	var merges, windows []task
	for _, m := range []*msm[bn254.G1Affine]{c, pok} {
		merges = append(merges, mergeG1(m, distinct))
	}
	if err := p.run(ctx, merges); err != nil {
		return err
	}
	for _, m := range []*msm[bn254.G1Affine]{c, pok} {
		windows = append(windows, tasksG1(m)...)
	}
	if err := p.run(ctx, windows); err != nil {
		return err
	}
	p.proof.Commitments = []bn254.G1Affine{c.result()}
	p.proof.CommitmentPok = pok.result() // one commitment: nothing to fold
	return nil
}

func (p *prover) blind() error {
	if _, err := p.r.SetRandom(); err != nil {
		return fmt.Errorf("blinding: %w", err)
	}
	if _, err := p.s.SetRandom(); err != nil {
		return fmt.Errorf("blinding: %w", err)
	}
	return nil
}
