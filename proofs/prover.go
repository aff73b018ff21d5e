package proofs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"vmhost/proofs/internal/groth"
)

// Prover makes proofs with one key, which it keeps in memory. It runs one
// proof at a time: a proof uses all its processors anyway, and two at once need
// twice the memory.
type Prover struct {
	key     *Key
	workers int
	busy    chan struct{} // holds one token while a computation runs

	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
}

// ProverOptions of NewProver.
type ProverOptions struct {
	Workers int // processors for a proof; 0: all (GOMAXPROCS)
}

// NewProver takes a loaded key. Several provers may share it.
func NewProver(k *Key, o ProverOptions) *Prover {
	return &Prover{key: k, workers: o.Workers, busy: make(chan struct{}, 1)}
}

// Key is the prover's key.
func (p *Prover) Key() *Key { return p.key }

// Result is a proof and what it took.
type Result struct {
	Proof     []byte        // ProofSize bytes, Solidity encoding
	Wall      time.Duration // without the wait for an earlier proof
	PeakBytes uint64        // of the whole process, sampled
	Work      int           // additions in G1, or what takes as long
}

// NewWitness makes a gnark witness of an assigned circuit.
func NewWitness(assignment frontend.Circuit) (witness.Witness, error) {
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsatisfied, err)
	}
	return w, nil
}

// Prove proves a claim with a complete witness, whose public part must be the
// claim's, and verifies the proof before returning it.
//
// When ctx is done it returns the context's error at once, and the computation
// ends with the piece of work that it is at, some ten milliseconds later (a
// transform of class m takes up to 0.4 s on one processor). Until then the
// prover is busy.
func (p *Prover) Prove(ctx context.Context, claim Claim, full witness.Witness, progress Progress) (*Result, error) {
	if err := p.checkWitness(claim, full); err != nil {
		return nil, err
	}
	select {
	case p.busy <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	if p.closed || ctx.Err() != nil {
		p.mu.Unlock()
		<-p.busy
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, ErrClosed
	}
	type outcome struct {
		result *Result
		err    error
	}
	done := make(chan outcome, 1)
	p.wg.Go(func() {
		defer func() { <-p.busy }()
		r, err := p.prove(ctx, claim, full, progress)
		done <- outcome{r, err}
	})
	p.mu.Unlock()
	select {
	case o := <-done:
		return o.result, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// checkWitness finds in microseconds what would else fail after the proof, or
// panic in a goroutine.
func (p *Prover) checkWitness(claim Claim, full witness.Witness) error {
	in, err := claim.PublicInputs()
	if err != nil {
		return err
	}
	v, ok := full.Vector().(fr.Vector)
	if want := len(in) + p.key.ccs.GetNbSecretVariables(); !ok || len(v) != want {
		return fmt.Errorf("%w: %d values over %T, the circuit has %d", ErrUnsatisfied, len(v), full.Vector(), want)
	}
	for i := range in {
		if v[i].Bytes() != in[i] {
			return fmt.Errorf("%w: public input %d is not the claim's", ErrUnsatisfied, i)
		}
	}
	return nil
}

// Close waits for the computation that runs, if any. Later calls of Prove
// return ErrClosed.
func (p *Prover) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.wg.Wait()
}

func (p *Prover) prove(ctx context.Context, claim Claim, full witness.Witness, progress Progress) (*Result, error) {
	start, peak := time.Now(), newPeak()
	defer debug.FreeOSMemory() // between proofs only the key stays
	defer peak.stop()
	proof, work, err := p.compute(ctx, full, func(done, total int) { progress.report(StageProve, done, total) })
	if err != nil {
		return nil, err
	}
	progress.report(StageVerify, 0, 1)
	out := proof.MarshalSolidity()
	if err := Verify(claim, out, p.key.Verifying); err != nil {
		return nil, fmt.Errorf("own proof refused, the witness is not the claim's: %w", err)
	}
	progress.report(StageVerify, 1, 1)
	return &Result{Proof: out, Wall: time.Since(start), PeakBytes: peak.stop(), Work: work}, nil
}

// compute turns panics into errors: a server proves what strangers submit.
func (p *Prover) compute(ctx context.Context, full witness.Witness, progress func(done, total int)) (proof *groth16.Proof, work int, err error) {
	defer func() {
		if r := recover(); r != nil {
			proof, work, err = nil, 0, fmt.Errorf("%w: prover panicked: %v", ErrUnsatisfied, r)
		}
	}()
	r, ok := p.key.ccs.(*cs.R1CS)
	if !ok {
		return nil, 0, fmt.Errorf("%w: system of type %T", ErrCircuit, p.key.ccs)
	}
	proof, work, err = groth.Prove(ctx, r, p.key.pk, full, groth.Options{Workers: p.workers, Progress: progress})
	if errors.Is(err, groth.ErrKey) {
		return nil, 0, fmt.Errorf("%w: %w", ErrDamagedKey, err)
	} else if errors.Is(err, groth.ErrUnsatisfied) {
		return nil, 0, fmt.Errorf("%w: %w", ErrUnsatisfied, err)
	}
	return proof, work, err
}

// peakSampler watches the memory that the process holds.
type peakSampler struct {
	quit, done chan struct{}
	once       sync.Once
	max        uint64
}

const peakInterval = 50 * time.Millisecond

func newPeak() *peakSampler {
	s := &peakSampler{quit: make(chan struct{}), done: make(chan struct{})}
	go s.run()
	return s
}

func (s *peakSampler) run() {
	defer close(s.done)
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	tick := time.NewTicker(peakInterval)
	defer tick.Stop()
	for {
		metrics.Read(samples)
		s.max = max(s.max, samples[0].Value.Uint64()-samples[1].Value.Uint64())
		select {
		case <-tick.C:
		case <-s.quit:
			return
		}
	}
}

// stop ends the goroutine and returns the peak in bytes.
func (s *peakSampler) stop() uint64 {
	s.once.Do(func() { close(s.quit) })
	<-s.done
	return s.max
}
