package host

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"vmhost/jobs"
	"vmhost/proofs"
)

// prover proves jobs with the zkWASM machine.
type prover struct {
	machine *proofs.Machine
	class   string
	keys    proofs.Progress // told of key making
	chainID uint64
}

// Prove implements jobs.Prover.
func (p prover) Prove(ctx context.Context, r jobs.ProveRequest, progress func(jobs.Progress)) (jobs.Proof, error) {
	state, err := stateOf(r.View)
	if err != nil {
		return jobs.Proof{}, err
	}
	ref := state.Ref()
	// A cancelled Prove returns before its computation ends, which may still report.
	report := make(chan jobs.Progress, 1)
	done := make(chan struct{})
	forwarded := make(chan struct{})
	go func() {
		defer close(forwarded)
		for {
			select {
			case u := <-report:
				progress(u)
			case <-done:
				return
			}
		}
	}()
	f, err := p.machine.Prove(ctx, proofs.Job{
		Module: r.Module.Wasm, Input: r.Input, State: state, Fuel: r.Limits.Fuel, Class: p.class,
		ExpectJournal: append([]byte{}, r.Journal...),
		Block:         proofs.Block{ChainID: p.chainID, Number: ref.Number, Hash: ref.Hash}, Rung: proofs.RungChecked,
		Progress: p.progress(report),
	})
	close(done)
	<-forwarded
	if err != nil && state.Err() != nil {
		return jobs.Proof{}, stateGone(state)
	}
	if err != nil {
		return jobs.Proof{}, proofError(ctx, err)
	}
	return proofOf(f)
}

// progress forwards at most what is listened to.
func (p prover) progress(report chan<- jobs.Progress) proofs.Progress {
	return func(stage proofs.Stage, done, total int) {
		if p.keys != nil && setupStage(stage) {
			p.keys(stage, done, total)
		}
		u := jobs.Progress{Stage: string(stage), Done: -1}
		if total > 0 {
			u.Done = float64(done) / float64(total)
		}
		select {
		case report <- u:
		default:
		}
	}
}

// setupStage reports whether a stage is about the key rather than the proof.
func setupStage(s proofs.Stage) bool {
	switch s {
	case proofs.StageCompile, proofs.StageSetup, proofs.StageStore, proofs.StageLoad:
		return true
	default:
		return false
	}
}

func proofOf(f *proofs.ProofFile) (jobs.Proof, error) {
	file, err := f.Encode()
	if err != nil {
		return jobs.Proof{}, err
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, file); err != nil {
		return jobs.Proof{}, err
	}
	var doc struct {
		Stats json.RawMessage `json:"stats"`
	}
	if err := json.Unmarshal(compact.Bytes(), &doc); err != nil {
		return jobs.Proof{}, err
	}
	return jobs.Proof{
		Journal: f.Claim.Journal, File: compact.Bytes(),
		Info: jobs.ProofInfo{Class: f.Shape, Seconds: f.Stats.Seconds, Stats: doc.Stats},
	}, nil
}

// proofError tells what would fail again from what is the host's fault (a key
// that cannot be read, a full disk).
func proofError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, final := range []error{
		proofs.ErrTrapped, proofs.ErrNotProvable, proofs.ErrBadModule, proofs.ErrTooLarge, proofs.ErrUnsatisfied,
		proofs.ErrJournalDiffers, proofs.ErrBadClaim, proofs.ErrUnknownShape, proofs.ErrUnsafeKey, proofs.ErrNotReproduced,
	} {
		if errors.Is(err, final) {
			return &jobs.ExecError{Failure: jobs.Failure{Class: jobs.FailProof, Reason: err.Error()}, Err: err}
		}
	}
	return err
}
