package jobs

import (
	"context"
	"fmt"
)

// Submission is an on-demand job.
type Submission struct {
	// Program is a ProgramID or a module hash.
	Program Hash
	// Input is given to the guest; private.
	Input []byte
	// At names the block; the zero value is the latest.
	At At
	// Prove asks for a proof.
	Prove bool
}

// Submit accepts an on-demand job. When a live job has the same content key its
// id is returned and duplicate is true: the bytes would be the same.
func (m *Manager) Submit(_ context.Context, s Submission) (id JobID, duplicate bool, err error) {
	mod, err := m.admissible(s.Program, s.Input, s.Prove)
	if err != nil {
		return "", false, fmt.Errorf("submit job: %w", err)
	}
	err = m.commit(func(int64) ([]*Record, error) {
		b, err := m.resolve(s.At)
		if err != nil {
			return nil, err
		}
		key := m.key(mod.Program, mod.Hash, s.Input, b, s.Prove)
		if old, ok := m.core.byKey[key]; ok {
			id, duplicate = old, true
			return nil, nil
		}
		if m.runQ.len() >= m.opts.MaxQueued || s.Prove && m.proveQ.len() >= m.opts.MaxProofs {
			return nil, ErrQueueFull
		}
		raw, err := randomID(m.opts.Rand)
		if err != nil {
			return nil, err
		}
		id = JobID(raw)
		return []*Record{{Type: RecSubmit, Jobs: []definition{{
			ID: id, Program: mod.Program, Module: mod.Hash, Input: append(Bytes{}, s.Input...), At: s.At,
			Block: b.Ref(), Prove: s.Prove, Key: key, Attempt: 1,
		}}}}, nil
	})
	if err != nil {
		return "", false, fmt.Errorf("submit job: %w", err)
	}
	return id, duplicate, nil
}

func (m *Manager) admissible(program Hash, input []byte, prove bool) (Module, error) {
	mod, ok := m.opts.Modules.Get(program)
	if !ok {
		return mod, fmt.Errorf("%w: program %s", ErrNotFound, program)
	}
	if len(input) > m.opts.MaxInput {
		return mod, fmt.Errorf("%w: input of %d bytes, the limit is %d", ErrInvalidInput, len(input), m.opts.MaxInput)
	}
	if !prove {
		return mod, nil
	}
	if !mod.Provable {
		reason := "no reason recorded"
		if len(mod.Reasons) > 0 {
			reason = mod.Reasons[0]
		}
		return mod, fmt.Errorf("%w: %s", ErrNotProvable, reason)
	}
	if m.opts.Prover == nil {
		return mod, fmt.Errorf("%w: this server does not prove", ErrNotProvable)
	}
	return mod, nil
}

// resolve finds the canonical block that a submitter named.
func (m *Manager) resolve(at At) (Block, error) {
	if len(m.core.window) == 0 {
		return Block{}, fmt.Errorf("%w: no block yet", ErrUnknownBlock)
	}
	var b *blockEntry
	switch at.Kind {
	case AtLatest, "":
		b = m.core.at(m.core.head().Number)
	case AtSafe:
		b = m.core.at(max(m.safe.Number, m.core.finalized.Number))
	case AtFinalized:
		b = m.core.canonical(m.core.finalized)
	case AtNumber:
		b = m.core.at(uint64(at.Number))
	case AtHash:
		for _, e := range m.core.window {
			if e.Hash == at.Hash {
				b = e
			}
		}
	default:
		return Block{}, fmt.Errorf("%w: block tag %q", ErrInvalidInput, clip(string(at.Kind)))
	}
	if b == nil {
		return Block{}, fmt.Errorf("%w: %s", ErrUnknownBlock, at)
	}
	return b.Block, nil
}

// String names the block as its submitter did.
func (a At) String() string {
	switch a.Kind {
	case AtNumber:
		return fmt.Sprintf("number %d", a.Number)
	case AtHash:
		return "hash " + a.Hash.String()
	case "":
		return string(AtLatest)
	default:
		return string(a.Kind)
	}
}

// Cancel ends a job that is not finished. The result of an executed job whose
// proof is cancelled was already streamed and stays in the log.
func (m *Manager) Cancel(_ context.Context, id JobID) error {
	err := m.commit(func(int64) ([]*Record, error) {
		j := m.core.jobs[id]
		if j == nil {
			return nil, ErrNotFound
		}
		if j.state.Terminal(j.def.Prove) {
			return nil, fmt.Errorf("%w: %s", ErrFinished, j.state)
		}
		ref := j.def.Block
		return []*Record{{Type: RecCancel, Job: id, Ref: &ref}}, nil
	})
	if err != nil {
		return fmt.Errorf("cancel job %s: %w", clip(string(id)), err)
	}
	return nil
}

// NewTrigger is a trigger to create.
type NewTrigger struct {
	Program Hash
	Input   []byte
	On      TriggerOn
	Prove   bool
}

// CreateTrigger adds a trigger; it fires from the next block on. One with the
// same program, input, condition and prove is returned instead of a second.
func (m *Manager) CreateTrigger(_ context.Context, n NewTrigger) (Trigger, error) {
	if err := n.On.validate(); err != nil {
		return Trigger{}, fmt.Errorf("create trigger: %w", err)
	}
	mod, err := m.admissible(n.Program, n.Input, n.Prove)
	if err != nil {
		return Trigger{}, fmt.Errorf("create trigger: %w", err)
	}
	t := &Trigger{
		Program: mod.Program, Module: mod.Hash, Input: append(Bytes{}, n.Input...), On: n.On, Prove: n.Prove,
	}
	err = m.commit(func(now int64) ([]*Record, error) {
		for _, old := range m.core.triggers {
			if old.same(t) {
				t = old
				return nil, nil
			}
		}
		if len(m.core.triggers) >= m.opts.MaxTriggers {
			return nil, fmt.Errorf("%w: %d triggers", ErrQueueFull, len(m.core.triggers))
		}
		id, err := randomID(m.opts.Rand)
		t.ID, t.Created = TriggerID(id), now
		return []*Record{{Type: RecTrigger, Trigger: t}}, err
	})
	if err != nil {
		return Trigger{}, fmt.Errorf("create trigger: %w", err)
	}
	return *t, nil
}

// DeleteTrigger removes a trigger; jobs it already created go on.
func (m *Manager) DeleteTrigger(_ context.Context, id TriggerID) error {
	err := m.commit(func(int64) ([]*Record, error) {
		t := m.core.trigger(id)
		if t == nil {
			return nil, ErrNotFound
		}
		return []*Record{{Type: RecUntrigger, Trigger: &Trigger{ID: t.ID, Program: t.Program, Module: t.Module, On: t.On}}}, nil
	})
	if err != nil {
		return fmt.Errorf("delete trigger %s: %w", clip(string(id)), err)
	}
	return nil
}
