package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// batch collects the results of a block's trigger jobs, so that a block is one
// data record (one fsync, one message) whenever its jobs are fast.
//
// Blocks are told in order: a batch waits until every earlier one was recorded
// at least in part, but not longer than an execution may take (the run queue is
// first in, first out: the earlier ones began before it).
type batch struct {
	block   BlockRef
	waiting int       // trigger jobs without a recorded result
	done    []Item    // results not yet recorded
	due     bool      // complete, or waited for long enough
	since   time.Time // when it first became due
	armed   bool      // a timer will make it due
	told    bool      // recorded at least in part
}

// batchOf returns the batch of a block (mu held, or not yet shared).
func (m *Manager) batchOf(r BlockRef) *batch {
	b := m.batches[r.Hash]
	if b == nil {
		b = &batch{block: r}
		m.batches[r.Hash] = b
	}
	return b
}

func (m *Manager) worker() {
	for {
		id, ok := m.runQ.take(m.ctx)
		if !ok {
			return
		}
		m.execute(id)
	}
}

// execute runs one job to an outcome, a retry, or nothing if it was withdrawn.
func (m *Manager) execute(id JobID) {
	ctx, def, r, ok := m.begin(id, Queued, Start)
	if !ok {
		return
	}
	started := m.opts.Now()
	res, err := m.runOn(ctx, def, r)
	res.Micros = m.opts.Now().Sub(started).Microseconds()
	if !m.end(id, r) || m.ctx.Err() != nil {
		return
	}
	item := Item{
		ID: id, Program: def.Program, Module: def.Module, Trigger: def.Trigger, State: Executed,
		Result: res, Prove: def.Prove, Attempt: def.Attempt, RetryOf: def.RetryOf,
	}
	if err != nil {
		f, final := m.classify(err, r)
		if !final {
			m.requeue(id, r, m.runQ, err)
			return
		}
		item.State, item.Failure, item.Prove, item.Journal = Failed, f, false, nil
	}
	m.mu.Lock()
	r.tries = 0
	m.mu.Unlock()
	m.report(item, def.Block)
}

func (m *Manager) runOn(ctx context.Context, def definition, r *run) (Result, error) {
	mod, err := m.prepare(ctx, def, r)
	if err != nil {
		return Result{}, err
	}
	return m.opts.Executor.Execute(ctx, ExecRequest{
		Module: mod, Input: def.Input, View: r.view, Prove: def.Prove,
		Limits: m.opts.Limits.forJob(def.Prove), Wall: m.opts.Wall,
	})
}

// prepare finds the module and pins the view, once per job. r.view is written
// only by the worker that begin gave the job to.
func (m *Manager) prepare(ctx context.Context, def definition, r *run) (Module, error) {
	mod, ok := m.opts.Modules.Get(def.Module)
	if !ok {
		return Module{}, &ExecError{Failure: Failure{FailInput, "module is not in the store"}}
	}
	if r.view != nil {
		return mod, nil
	}
	v, err := m.opts.States.Pin(ctx, def.Block)
	if errors.Is(err, ErrStateGone) {
		return mod, &ExecError{Failure: Failure{FailInput, "state of the block is not retained"}, Err: err}
	}
	if err != nil {
		return mod, fmt.Errorf("pin %s: %w", def.Block, err)
	}
	r.view = v
	return mod, nil
}

// begin moves a job from a state into work and gives the worker its context. It
// is not recorded: after a restart the job is where it was before.
func (m *Manager) begin(id JobID, from State, t Transition) (context.Context, definition, *run, bool) {
	m.commitMu.Lock()
	defer m.commitMu.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	j := m.core.jobs[id]
	if j == nil || j.state != from || m.closed || m.fatal != nil {
		return nil, definition{}, nil, false
	}
	if t != "" {
		if err := m.core.move(id, t, m.opts.Now().UnixMilli()); err != nil {
			return nil, definition{}, nil, false
		}
		m.noteJobLocked(id)
	}
	r := m.runs[id]
	if r == nil {
		r = &run{}
		m.runs[id] = r
	}
	ctx, cancel := context.WithCancel(m.ctx)
	r.cancel = cancel
	return ctx, j.def, r, true
}

// end takes the job out of work; false if it was withdrawn meanwhile, in which
// case the view is released here.
func (m *Manager) end(id JobID, r *run) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	r.cancel()
	r.cancel = nil
	if m.runs[id] == r {
		return true
	}
	if r.view != nil {
		r.view.Release()
		r.view = nil
	}
	return false
}

// classify says whether an error is the job's outcome; a fault of the host is
// only after MaxTries.
func (m *Manager) classify(err error, r *run) (*Failure, bool) {
	if e, ok := errors.AsType[*ExecError](err); ok {
		f := e.Failure
		return &f, true
	}
	r.tries++
	if r.tries < m.opts.MaxTries {
		return nil, false
	}
	return &Failure{FailInternal, clip(err.Error())}, true
}

// requeue puts a job back after a growing delay.
func (m *Manager) requeue(id JobID, r *run, q *queue, cause error) {
	m.commitMu.Lock()
	m.mu.Lock()
	err := m.core.move(id, Lost, 0)
	m.noteJobLocked(id)
	m.mu.Unlock()
	m.commitMu.Unlock()
	if err != nil {
		return // withdrawn meanwhile
	}
	m.opts.Logger.LogAttrs(m.ctx, slog.LevelWarn, "job will be tried again",
		slog.String("job", string(id)), slog.Int("try", r.tries), slog.Any("err", cause))
	m.timers.after(m.backoff(r.tries), func() { q.put(id) })
}

func (m *Manager) backoff(tries int) time.Duration {
	d := m.opts.Retry << min(max(tries-1, 0), 16)
	return min(d, 30*time.Second)
}

// report records an outcome: at once for an on-demand job, with the rest of the
// block for a trigger's.
func (m *Manager) report(it Item, at BlockRef) {
	if it.Trigger == "" {
		m.persist(1, func() error { return m.recordItems(at, []Item{it}) })
		return
	}
	m.mu.Lock()
	b := m.batches[at.Hash]
	if b == nil { // undone meanwhile
		m.mu.Unlock()
		return
	}
	b.done = append(b.done, it)
	arm := false
	if len(b.done) >= b.waiting {
		b.due = true
	} else if !b.armed {
		b.armed, arm = true, true
	}
	m.mu.Unlock()
	m.pump(1)
	if arm {
		m.timers.after(m.opts.BatchWait, func() { m.makeDue(at) })
	}
}

// makeDue records what a batch holds, complete or not.
func (m *Manager) makeDue(at BlockRef) {
	m.mu.Lock()
	if b := m.batches[at.Hash]; b != nil {
		b.due, b.armed = true, false
	}
	m.mu.Unlock()
	m.pump(1)
}

// pump records the batches that are due, in the order of their blocks.
func (m *Manager) pump(try int) {
	for {
		b := m.nextDue()
		if b == nil {
			return
		}
		err := m.recordItems(b.block, nil)
		m.mu.Lock()
		b.told = b.told || err == nil
		b.due = b.due || errors.Is(err, ErrAppend)
		m.mu.Unlock()
		if errors.Is(err, ErrAppend) {
			m.again(try, err, func() { m.pump(try + 1) })
		}
		if err != nil {
			return
		}
	}
}

// nextDue takes the first batch that is due unless an earlier block is untold.
func (m *Manager) nextDue() *batch {
	m.mu.Lock()
	defer m.mu.Unlock()
	var first *batch
	for _, b := range m.batches {
		if b.due && (first == nil || b.block.Number < first.block.Number) {
			first = b
		}
	}
	if first == nil {
		return nil
	}
	now, patience := m.opts.Now(), m.opts.Wall+m.opts.BatchWait
	if first.since.IsZero() {
		first.since = now
	}
	for _, b := range m.batches {
		if b.block.Number < first.block.Number && !b.told && now.Sub(first.since) < patience {
			if !first.armed {
				first.armed = true
				at := first.block
				m.timers.after(patience, func() { m.makeDue(at) })
			}
			return nil
		}
	}
	first.due = false
	return first
}

// persist runs a commit and tries again later while the log cannot append.
func (m *Manager) persist(try int, f func() error) {
	err := f()
	if !errors.Is(err, ErrAppend) {
		return // done, withdrawn, or stopped (shown by die)
	}
	m.again(try, err, func() { m.persist(try+1, f) })
}

// again shows that the log cannot append, and tries f later.
func (m *Manager) again(try int, err error, f func()) {
	m.opts.Logger.LogAttrs(m.ctx, slog.LevelError, "results log append", slog.Int("try", try), slog.Any("err", err))
	m.timers.after(m.backoff(try), f)
}

// recordItems records the items, or with nil those of the block's batch.
func (m *Manager) recordItems(at BlockRef, items []Item) error {
	return m.commit(func(int64) ([]*Record, error) {
		b := m.core.canonical(at)
		if b == nil {
			return nil, nil
		}
		complete := false
		if items == nil {
			m.mu.Lock()
			if bt := m.batches[at.Hash]; bt != nil {
				items, complete = slices.Clone(bt.done), len(bt.done) == bt.waiting
			}
			m.mu.Unlock()
		}
		items = slices.DeleteFunc(items, func(it Item) bool {
			j := m.core.jobs[it.ID]
			return j == nil || j.state != Running
		})
		if len(items) == 0 && !complete {
			return nil, nil
		}
		return m.dataRecords(b.Block, items, complete), nil
	})
}

// dataRecords is a data record and, for jobs whose proof has no room in the
// queue, the record that says so.
func (m *Manager) dataRecords(b Block, items []Item, complete bool) []*Record {
	out := []*Record{{Type: RecData, Block: &b, Items: items, Complete: complete}}
	room := m.opts.MaxProofs - m.proveQ.len()
	for i := range items {
		it := &items[i]
		if !it.Prove {
			continue
		}
		if room--; room < 0 {
			out = append(out, proofRecord(m.core.jobs[it.ID].def, ProofFailed))
			out[len(out)-1].Failure = &Failure{FailLimit, "prover queue is full"}
		}
	}
	return out
}

// settleBatch takes recorded jobs out of the block's batch (commitMu held).
func (m *Manager) settleBatch(at BlockRef, ids ...JobID) {
	m.mu.Lock()
	b := m.batches[at.Hash]
	if b == nil {
		m.mu.Unlock()
		return
	}
	b.waiting -= len(ids)
	b.done = slices.DeleteFunc(b.done, func(it Item) bool { return slices.Contains(ids, it.ID) })
	b.told = true
	if b.waiting <= 0 {
		delete(m.batches, at.Hash)
	}
	m.mu.Unlock()
}

// leaveBatch is settleBatch for a job that will never report: the others may
// have waited for it only, and then the block is complete.
func (m *Manager) leaveBatch(id JobID, at BlockRef) {
	m.mu.Lock()
	b, j := m.batches[at.Hash], m.core.jobs[id]
	if b == nil || j == nil || j.def.Trigger == "" || j.result != nil {
		m.mu.Unlock()
		return
	}
	b.waiting--
	b.done = slices.DeleteFunc(b.done, func(it Item) bool { return it.ID == id })
	whole := len(b.done) >= b.waiting
	m.mu.Unlock()
	if whole { // commitMu is held: not here
		m.timers.after(0, func() { m.makeDue(at) })
	}
}
