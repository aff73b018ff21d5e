package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"vmhost/anchoring"
	"vmhost/jobs"
	"vmhost/proofs"
	"vmhost/proofs/verifier"
)

// verifyAll takes anchored proofs to the chain, as a dApp would: it asks
// the API for the proof, sends it to the router, and gives it to the consumer.
func (t *tour) verifyAll(ctx context.Context) error {
	var accepted uint64
	for {
		var id jobs.JobID
		select {
		case <-ctx.Done():
			return nil
		case id = <-t.anchored:
		}
		for len(t.anchored) > 0 { // only the newest: a consumer takes no older one
			id = <-t.anchored
		}
		f, err := t.proof(ctx, id)
		if err == nil {
			err = t.verify(ctx, id, f)
		}
		if err == nil {
			err = t.refuse(ctx, id, f)
		}
		if err == nil && f.Block.Number > accepted {
			if err = t.accept(ctx, id, f); err == nil {
				accepted = f.Block.Number
			}
		}
		if err != nil && ctx.Err() == nil {
			// A reorganisation may have taken the block away meanwhile: not the end.
			t.app.log.LogAttrs(ctx, slog.LevelWarn, "not verified on chain", slog.String("job", string(id)), slog.Any("err", err))
		}
	}
}

func (t *tour) proof(ctx context.Context, id jobs.JobID) (*proofs.ProofFile, error) {
	raw, err := t.api.Proof(ctx, id)
	if err != nil {
		return nil, err
	}
	return proofs.DecodeProofFile(raw)
}

// verify sends the proof to the router in a transaction.
func (t *tour) verify(ctx context.Context, id jobs.JobID, f *proofs.ProofFile) error {
	router := t.dev.system.Router
	gas, err := t.dapp.Verify(ctx, router, f.Calldata())
	if err != nil {
		return err
	}
	tx, err := t.dapp.VerifyTx(ctx, router, f.Calldata())
	if err != nil {
		return err
	}
	hash := jobs.Hash(tx.Hash)
	t.update(func() {
		t.sum.VerifiedOnChain++
		t.sum.Gas, t.sum.TransactionGas = gas.Execution, tx.GasUsed
	})
	t.say(devEvent{Event: "verified", Block: f.Block.Number, JobID: id, Program: t.every[0].example.Name, Gas: gas.Execution, Tx: &hash, Text: fmt.Sprintf("by the contract in block %d", tx.Block.Number)})
	return nil
}

// refuse shows, once, that the same proof with one journal byte changed reverts
// on chain: the transaction is included and fails.
func (t *tour) refuse(ctx context.Context, id jobs.JobID, f *proofs.ProofFile) error {
	t.mu.Lock()
	done := t.sum.Refused > 0
	t.mu.Unlock()
	if done {
		return nil
	}
	journal := append([]byte(nil), f.Claim.Journal...)
	journal[len(journal)-1] ^= 1
	data := anchoring.VerifyCalldata(f.Claim.ProgramID, f.Claim.Commitment, journal, verifier.SealedProof(f.VerifyingKeyID, f.Proof))
	router := t.dev.system.Router
	_, err := t.dapp.Send(ctx, &router, data, refusedGas)
	if !errors.Is(err, anchoring.ErrReverted) {
		return fmt.Errorf("a proof with a changed journal was not refused: %w", err)
	}
	t.update(func() { t.sum.Refused++ })
	t.say(devEvent{Event: "refused", Block: f.Block.Number, JobID: id, Program: t.every[0].example.Name, Text: "one journal byte changed: the transaction reverts"})
	return nil
}

// refusedGas is given, not estimated: an estimate would refuse to send.
const refusedGas = 1_000_000

// accept gives the result to the consumer contract once it is deep enough.
func (t *tour) accept(ctx context.Context, id jobs.JobID, f *proofs.ProofFile) error {
	deep := func() bool { return t.dev.head() >= f.Block.Number+consumerDepth }
	if err := t.poll(ctx, "the consumer's depth", deep); err != nil {
		return err
	}
	sealed := verifier.SealedProof(f.VerifyingKeyID, f.Proof)
	tx, err := t.dapp.SubmitResult(ctx, t.dev.consumer, f.Block.Number, f.Claim.Commitment, f.Claim.Journal, sealed)
	if err != nil {
		return err
	}
	height, journal, err := t.dapp.ConsumerResult(ctx, t.dev.consumer)
	if err != nil {
		return err
	}
	if height != f.Block.Number || string(journal) != string(f.Claim.Journal) {
		return fmt.Errorf("the consumer holds block %d, journal %x", height, journal)
	}
	hash := jobs.Hash(tx.Hash)
	t.update(func() { t.sum.Accepted++ })
	t.say(devEvent{Event: "accepted", Block: f.Block.Number, JobID: id, Program: t.every[0].example.Name, Gas: tx.GasUsed, Tx: &hash, Text: "proven, anchored and deep enough for the consumer contract"})
	return nil
}
