package jobs

import (
	"bytes"
	"context"
	"log/slog"
	"time"
)

// progressEvery bounds how often a proof's progress is announced.
const progressEvery = 500 * time.Millisecond

func (m *Manager) prover() {
	for {
		id, ok := m.proveQ.take(m.ctx)
		if !ok {
			return
		}
		m.prove(id)
	}
}

// proofRecord begins a record about a job's proof.
func proofRecord(d definition, s ProofStatus) *Record {
	ref := d.Block
	return &Record{
		Type: RecProof, Job: d.ID, Ref: &ref, Program: &d.Program, Module: &d.Module, For: d.Trigger, Status: s,
	}
}

// prove computes one proof, or nothing if the job was withdrawn.
func (m *Manager) prove(id JobID) {
	ctx, def, r, ok := m.begin(id, Executed, "")
	if !ok {
		return
	}
	journal, ok := m.announceProof(id, def)
	if !ok {
		if m.end(id, r) && m.ctx.Err() == nil && m.Err() == nil { // the log could not append
			m.timers.after(m.backoff(1), func() { m.proveQ.put(id) })
		}
		return
	}
	proof, err := m.proveOn(ctx, def, r, journal)
	if !m.end(id, r) || m.ctx.Err() != nil {
		return
	}
	rec := proofRecord(def, ProofProven)
	rec.Proof, rec.Info = proof.File, &proof.Info
	if err == nil && !bytes.Equal(proof.Journal, journal) {
		err = &ExecError{Failure: Failure{FailInternal, "prover and executor disagree on the journal"}}
		m.opts.Logger.LogAttrs(m.ctx, slog.LevelError, "engines disagree", slog.String("job", string(id)),
			slog.String("program", def.Program.String()), slog.Uint64("height", def.Block.Number))
	}
	if err != nil {
		f, final := m.classify(err, r)
		if !final {
			m.requeue(id, r, m.proveQ, err)
			return
		}
		rec = proofRecord(def, ProofFailed)
		rec.Failure = f
	}
	m.persist(1, func() error { return m.recordProof(rec) })
}

// announceProof records that the proof has begun; false if it may not begin.
func (m *Manager) announceProof(id JobID, def definition) (journal []byte, ok bool) {
	err := m.commit(func(int64) ([]*Record, error) {
		j := m.core.jobs[id]
		if j == nil || j.state != Executed || j.result == nil {
			return nil, nil
		}
		journal, ok = j.result.Journal, true
		return []*Record{proofRecord(def, ProofProving)}, nil
	})
	return journal, ok && err == nil
}

func (m *Manager) proveOn(ctx context.Context, def definition, r *run, journal []byte) (Proof, error) {
	mod, err := m.prepare(ctx, def, r)
	if err != nil {
		return Proof{}, err
	}
	var last time.Time
	return m.opts.Prover.Prove(ctx, ProveRequest{
		Job: def.ID, Module: mod, Input: def.Input, View: r.view,
		Limits: m.opts.Limits.forJob(true), Journal: journal,
	}, func(p Progress) {
		if now := m.opts.Now(); now.Sub(last) >= progressEvery {
			last = now
			m.noteProgress(def.ID, p)
		}
	})
}

// recordProof records the outcome, and the anchor when the block has one.
func (m *Manager) recordProof(rec *Record) error {
	return m.commit(func(int64) ([]*Record, error) {
		j := m.core.jobs[rec.Job]
		if j == nil || j.state != Proving {
			return nil, nil
		}
		out := []*Record{rec}
		if b := m.core.canonical(*rec.Ref); rec.Status == ProofProven && b != nil && b.anchor != nil {
			out = append(out, anchoredRecord(j.def, b.anchor))
		}
		return out, nil
	})
}

func anchoredRecord(d definition, a *Anchor) *Record {
	r := proofRecord(d, ProofAnchored)
	r.Anchor = a
	return r
}
