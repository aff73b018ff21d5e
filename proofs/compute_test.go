package proofs

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"

	examples "vmhost/examples/wasm"
)

// work is a job of class tiny, ready to be proven.
func work(t *testing.T) (*Key, Claim, witness.Witness) {
	t.Helper()
	m := machine(t)
	p, err := m.Prover(t.Context(), "tiny", nil)
	if err != nil {
		t.Fatal(err)
	}
	pl, err := m.plan(t.Context(), tinyJob(t))
	if err != nil {
		t.Fatal(err)
	}
	w, err := pl.assignment.Witness()
	if err != nil {
		t.Fatal(err)
	}
	return p.Key(), Claim{ProgramID: pl.run.ProgramID, Commitment: pl.run.Commitment, Journal: pl.run.Journal}, w
}

func tinyJob(t *testing.T) Job {
	t.Helper()
	e, ok := examples.Find("reserve-ratio", examples.C)
	if !ok {
		t.Fatal("no example")
	}
	j := exampleJob(t, e, e.Jobs[0])
	j.Class = "tiny"
	return j
}

// gnark's prover and this one's proofs are both good for both verifiers.
func TestBothProvers(t *testing.T) {
	k, claim, w := work(t)
	p := NewProver(k, ProverOptions{})
	ours, _, err := p.compute(t.Context(), w, nil)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := gnark.Prove(k.ccs, k.pk, w, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		t.Fatal(err)
	}
	vk, err := gnarkKey(k.Verifying)
	if err != nil {
		t.Fatal(err)
	}
	public, err := w.Public()
	if err != nil {
		t.Fatal(err)
	}
	for who, proof := range map[string]gnark.Proof{"ours": ours, "theirs": theirs} {
		if err := gnark.Verify(proof, vk, public, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)); err != nil {
			t.Errorf("%s, gnark's verifier: %v", who, err)
		}
		if err := Verify(claim, proof.(interface{ MarshalSolidity() []byte }).MarshalSolidity(), k.Verifying); err != nil {
			t.Errorf("%s, our verifier: %v", who, err)
		}
	}
	again, _, err := p.compute(t.Context(), w, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Ar.Equal(&ours.Ar) || again.Bs.Equal(&ours.Bs) || again.Krs.Equal(&ours.Krs) || again.Commitments[0].Equal(&ours.Commitments[0]) {
		t.Error("two proofs share a point: blinding is missing")
	}
}

// Wherever it is, a proof ends soon after it is withdrawn, and its progress
// only grows.
func TestProveStops(t *testing.T) {
	k, claim, w := work(t)
	p := NewProver(k, ProverOptions{})
	defer p.Close()
	worst := time.Duration(0)
	for _, at := range []int{0, 100, 130, 250, 300, 500, 900} {
		ctx, cancel := context.WithCancel(t.Context())
		var stopped time.Time
		last, sorted := -1, true
		_, err := p.Prove(ctx, claim, w, func(s Stage, done, total int) {
			if s != StageProve {
				return
			}
			sorted = sorted && done >= last && done <= total
			last = done
			if done >= at && stopped.IsZero() {
				stopped = time.Now()
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at %d: %v", at, err)
		}
		p.busy <- struct{}{} // idle again
		took := time.Since(stopped)
		<-p.busy
		if !sorted {
			t.Errorf("progress goes back")
		}
		worst = max(worst, took)
	}
	t.Logf("longest way from withdrawal to idle: %v", worst)
	if worst > 2*time.Second { // 200 ms on an idle machine
		t.Errorf("a withdrawn proof went on for %v", worst)
	}
	var seen []int
	if _, err := p.Prove(t.Context(), claim, w, func(s Stage, done, total int) {
		if s == StageProve {
			seen = append(seen, done*1000/total)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if len(seen) < 50 || seen[0] != 0 || seen[len(seen)-1] != 1000 {
		t.Errorf("progress %v", seen)
	}
}

// Two provers share a key, with one processor each.
func TestTwoProvers(t *testing.T) {
	k, claim, w := work(t)
	var wg, both sync.WaitGroup
	both.Add(2)
	for range 2 {
		p := NewProver(k, ProverOptions{Workers: 1})
		wg.Go(func() {
			defer p.Close()
			var once sync.Once
			r, err := p.Prove(t.Context(), claim, w, func(s Stage, done, _ int) {
				if s == StageProve && done > 0 {
					once.Do(func() { both.Done(); both.Wait() }) // neither waits for the other's end
				}
			})
			if err != nil {
				t.Error(err)
			} else if err := Verify(claim, r.Proof, k.Verifying); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
