package groth

import (
	"context"
	"fmt"
	"math/big"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"
)

// Options of Prove.
type Options struct {
	Workers int // processors to use; default: GOMAXPROCS
	// Progress is told how much of the whole work is done, in ascending order.
	// It must return quickly.
	Progress func(done, total int)
}

// Prove makes a proof for the Solidity verifier. It ends with the context's
// error within a piece of work after the context ends.
func Prove(ctx context.Context, r1cs *cs.R1CS, pk *groth16.ProvingKey, w witness.Witness, o Options) (*groth16.Proof, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	p := &prover{r1cs: r1cs, pk: pk, workers: o.Workers, meter: meter{tell: o.Progress}}
	if err := p.check(); err != nil {
		return nil, err
	}
	p.meter.add(0)
	if err := p.solve(ctx, w); err != nil {
		return nil, err
	}
	if err := p.blind(); err != nil {
		return nil, err
	}
	h, err := p.quotient(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.multiply(ctx, h); err != nil {
		return nil, err
	}
	return &p.proof, ctx.Err()
}

// prover is one computation.
type prover struct {
	r1cs    *cs.R1CS
	pk      *groth16.ProvingKey
	info    constraint.Groth16Commitment
	workers int
	meter   meter

	proof   groth16.Proof
	pok     *msm[bn254.G1Affine]
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
	challenge := func(_ *big.Int, in, out []*big.Int) error {
		in = in[1:]
		public, private := in[:len(p.info.PublicAndCommitmentCommitted)], in[len(p.info.PublicAndCommitmentCommitted):]
		values := make([]fr.Element, len(private))
		for i := range private {
			values[i].SetBigInt(private[i])
		}
		if err := p.commit(ctx, values); err != nil {
			return err
		}
		h := config.HashToFieldFn
		h.Reset()
		h.Write(constraint.SerializeCommitment(p.proof.Commitments[0].Marshal(), public, fr.Bytes))
		var x fr.Element
		x.SetBytes(h.Sum(nil)[:fr.Bytes])
		x.BigInt(out[0])
		return nil
	}
	id := solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder)
	solved, err := p.r1cs.Solve(w, solver.OverrideHint(id, challenge), solver.WithNbTasks(p.workers))
	if ctx.Err() != nil {
		return ctx.Err()
	} else if err != nil {
		return fmt.Errorf("%w: %w", ErrUnsatisfied, err)
	}
	s, ok := solved.(*cs.R1CSSolution)
	if !ok {
		return fmt.Errorf("%w: solution of another system", ErrKey)
	}
	p.wires, p.a, p.b, p.c = s.W, s.A, s.B, s.C
	p.meter.add(shareSolve)
	return nil
}

// commit makes the Pedersen commitment to the values and what the proof of its
// knowledge needs.
func (p *prover) commit(ctx context.Context, values []fr.Element) error {
	classes, distinct := classify(values)
	key := &p.pk.CommitmentKeys[0]
	c := &msm[bn254.G1Affine]{points: key.Basis, classes: classes, curve: g1}
	p.pok = &msm[bn254.G1Affine]{points: key.BasisExpSigma, classes: classes, curve: g1}
	var merges, windows []task
	for _, m := range []*msm[bn254.G1Affine]{c, p.pok} {
		merges = append(merges, mergeG1(m, distinct))
	}
	if err := p.run(ctx, merges); err != nil {
		return err
	}
	for _, m := range []*msm[bn254.G1Affine]{c, p.pok} {
		windows = append(windows, tasksG1(m)...)
	}
	if err := p.run(ctx, windows); err != nil {
		return err
	}
	p.proof.Commitments = []bn254.G1Affine{c.result()}
	p.proof.CommitmentPok = p.pok.result() // one commitment: nothing to fold
	p.pok = nil
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
