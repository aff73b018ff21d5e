package jobs

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"time"
)

// inOrder returns all job ids in the order of creation.
func (c *core) inOrder() []JobID {
	ids := make([]JobID, 0, len(c.jobs))
	for id := range c.jobs {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(a, b int) bool {
		x, y := c.jobs[ids[a]], c.jobs[ids[b]]
		return x.seq < y.seq || x.seq == y.seq && ids[a] < ids[b]
	})
	return ids
}

func (c *core) export(j *job) Job {
	out := Job{
		ID: j.def.ID, State: j.state, Program: j.def.Program, Module: j.def.Module, Trigger: j.def.Trigger,
		InputHash: j.inputHash, Block: j.def.Block, Prove: j.def.Prove, Key: j.def.Key, Attempt: j.def.Attempt,
		RetryOf: j.def.RetryOf, Result: j.result, Failure: j.failure, Proof: j.proof, Times: j.times,
	}
	if j.state == Undone {
		return out
	}
	if b := c.canonical(j.def.Block); b != nil {
		out.Anchor = b.anchor
	}
	out.Finalized = j.state != Cancelled && j.def.Block.Number <= c.finalized.Number
	return out
}

// Job returns a job, or [ErrNotFound].
func (m *Manager) Job(id JobID) (Job, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	j := m.core.jobs[id]
	if j == nil {
		return Job{}, fmt.Errorf("%w: job %s", ErrNotFound, clip(string(id)))
	}
	return m.core.export(j), nil
}

// Jobs returns the newest jobs, newest first, at most limit.
func (m *Manager) Jobs(limit int) []Job {
	m.mu.RLock()
	defer m.mu.RUnlock()
	ids := m.core.inOrder()
	slices.Reverse(ids)
	ids = ids[:min(max(limit, 0), len(ids))]
	out := make([]Job, len(ids))
	for i, id := range ids {
		out[i] = m.core.export(m.core.jobs[id])
	}
	return out
}

// ProofFile returns the PROOF.json of a proven job; [ErrNotFound] if there is
// none (yet), or it is past retention.
func (m *Manager) ProofFile(id JobID) (json.RawMessage, error) {
	m.mu.RLock()
	j := m.core.jobs[id]
	var seq uint64
	if j != nil {
		seq = j.proofSeq
	}
	m.mu.RUnlock()
	if seq == 0 {
		return nil, fmt.Errorf("%w: proof of job %s", ErrNotFound, clip(string(id)))
	}
	recs, err := m.Records(seq, 1)
	if err != nil || len(recs) == 0 || recs[0].Job != id {
		return nil, fmt.Errorf("%w: proof of job %s is past retention", ErrNotFound, id)
	}
	return recs[0].Proof, nil
}

// Triggers lists the triggers in the order of creation.
func (m *Manager) Triggers() []Trigger {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := make([]Trigger, len(m.core.triggers))
	for i, t := range m.core.triggers {
		out[i] = *t
	}
	return out
}

// Modules is the module store.
func (m *Manager) Modules() *Modules { return m.opts.Modules }

// Head returns the newest block; the zero Block before the first.
func (m *Manager) Head() Block {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if len(m.core.window) == 0 {
		return Block{}
	}
	return m.core.window[len(m.core.window)-1].Block
}

// FinalizedRef returns the finalized block; zero before the first.
func (m *Manager) FinalizedRef() BlockRef {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.core.finalized
}

// BlockAt returns the canonical block of a height, and its anchor if it has one.
func (m *Manager) BlockAt(number uint64) (Block, *Anchor, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	b := m.core.at(number)
	if b == nil {
		return Block{}, nil, fmt.Errorf("%w: %d", ErrUnknownBlock, number)
	}
	return b.Block, b.anchor, nil
}

// Resolve finds the canonical block that at names.
func (m *Manager) Resolve(at At) (Block, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.resolve(at)
}

// Status is the state of the Manager at one moment.
type Status struct {
	Epoch     Epoch
	Head      Block
	Safe      BlockRef
	Finalized BlockRef
	// HeadAt is when the head last moved in this process; zero if it did not.
	HeadAt time.Time
	// Queued executions, running ones, and waiting and running proofs.
	Queued, Running, ProofsQueued, Proving int
	Triggers, Modules, Jobs                int
	// Oldest and Next bound the log.
	Oldest, Next uint64
	Count        Counters
	// Err is the fault that stopped the Manager.
	Err error
}

// Status returns the present state.
func (m *Manager) Status() Status {
	oldest, next := m.log.Bounds()
	m.mu.RLock()
	defer m.mu.RUnlock()
	s := Status{
		Epoch: m.log.Epoch(), Finalized: m.core.finalized, Safe: m.safeLocked(), Queued: m.runQ.len(), ProofsQueued: m.proveQ.len(),
		Triggers: len(m.core.triggers), Modules: len(m.opts.Modules.List()), Jobs: len(m.core.jobs),
		Oldest: oldest, Next: next, Count: m.core.count, Err: m.fatal,
	}
	if len(m.core.window) > 0 {
		s.Head = m.core.window[len(m.core.window)-1].Block
	}
	if m.lastHead != 0 {
		s.HeadAt = time.UnixMilli(m.lastHead)
	}
	for id, r := range m.runs {
		if r.cancel == nil {
			continue
		}
		switch j := m.core.jobs[id]; {
		case j == nil:
		case j.state == Running:
			s.Running++
		case j.state == Proving:
			s.Proving++
		}
	}
	return s
}

// safeLocked is the safe block: never behind the finalized one.
func (m *Manager) safeLocked() BlockRef {
	if m.core.canonical(m.safe) == nil || m.safe.Number < m.core.finalized.Number {
		return m.core.finalized
	}
	return m.safe
}
