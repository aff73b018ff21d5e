package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
)

// Manager runs jobs. Safe for concurrent use. Create it with [Open], bring it
// up to the chain with Sync, feed it chain events, and Close it; the Log and
// Modules stay the caller's.
type Manager struct {
	opts Options
	log  Log

	commitMu sync.Mutex // decide + append + apply

	mu       sync.RWMutex // guards what follows
	core     *core
	tail     tailCache
	next     uint64        // number after the newest visible record
	grown    chan struct{} // closed and replaced when records or finality move
	runs     map[JobID]*run
	batches  map[Hash]*batch
	watchers map[*Watcher]struct{}
	safe     BlockRef
	fatal    error
	closed   bool
	lastHead int64 // ms, when the head last moved

	runQ   *queue
	proveQ *queue
	timers *timers
	ctx    context.Context // the life of the workers, ended by Close
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

// run is what a live job holds outside the core: the means to stop it, and the
// pinned view that execution and proof share.
type run struct {
	cancel context.CancelFunc // nil when not working now
	view   View
	tries  int
}

// Open recovers the state from the log and starts the workers. Work that was in
// flight when the log was last written starts again.
func Open(ctx context.Context, o Options) (*Manager, error) {
	o = o.withDefaults()
	if o.Log == nil || o.Modules == nil || o.States == nil || o.Executor == nil {
		return nil, errors.New("jobs: Log, Modules, States and Executor are required")
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	m := &Manager{
		opts: o, log: o.Log, grown: make(chan struct{}), runs: map[JobID]*run{},
		batches: map[Hash]*batch{}, watchers: map[*Watcher]struct{}{},
		runQ: newQueue(), proveQ: newQueue(), timers: newTimers(),
	}
	if err := m.recover(); err != nil {
		return nil, fmt.Errorf("recover jobs: %w", err)
	}
	m.ctx, m.cancel = context.WithCancel(context.WithoutCancel(ctx))
	m.resumeWork()
	for range o.Workers {
		m.wg.Go(m.worker)
	}
	if o.Prover != nil {
		for range o.Provers {
			m.wg.Go(m.prover)
		}
	}
	return m, nil
}

// recover folds the log.
func (m *Manager) recover() error {
	snap, err := m.log.Snapshot()
	if err != nil {
		return err
	}
	if m.core, err = decodeCore(snap); err != nil {
		return err
	}
	seq, next := m.log.Bounds()
	m.next = next
	for seq < next {
		entries, err := m.log.Read(seq, 1024)
		if err != nil {
			return err
		}
		for _, e := range entries {
			r, err := decodeRecord(e)
			if err != nil {
				return err
			}
			if err := m.core.apply(r); err != nil {
				return err
			}
			m.tail.add(r)
			seq = e.Seq + 1
		}
	}
	return nil
}

// resumeWork queues what was in flight.
func (m *Manager) resumeWork() {
	for _, id := range m.core.inOrder() {
		j := m.core.jobs[id]
		switch j.state {
		case Queued:
			m.runQ.put(id)
			if j.def.Trigger != "" {
				m.batchOf(j.def.Block).waiting++
			}
		case Proving:
			j.state, _ = j.state.Next(Lost)
			m.proveQ.put(id)
		case Executed:
			if j.def.Prove {
				m.proveQ.put(id)
			}
		case Proven:
			if b := m.core.canonical(j.def.Block); b != nil && b.anchor == nil && m.opts.Anchors != nil {
				m.opts.Anchors.Want(j.def.Block)
			}
		case Running, Failed, Cancelled, Undone:
		}
	}
}

// Close stops workers and timers and waits for them. Work in flight is lost and
// starts again at the next Open.
func (m *Manager) Close() {
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return
	}
	m.closed = true
	m.announceLocked()
	m.mu.Unlock()
	m.cancel()
	m.timers.close()
	m.wg.Wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, r := range m.runs {
		m.dropRunLocked(id, r)
	}
}

// Err returns the fault that stopped the Manager, or nil. After a non-nil Err
// nothing more is recorded: close, reopen the log, open again.
func (m *Manager) Err() error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.fatal
}

// commit decides records on the present state, appends them durably, folds
// them, and acts on them, in one critical section. decide sees m.core and must
// not change it.
func (m *Manager) commit(decide func(now int64) ([]*Record, error)) error {
	m.commitMu.Lock()
	defer m.commitMu.Unlock()
	m.mu.RLock()
	fatal, closed := m.fatal, m.closed
	m.mu.RUnlock()
	if fatal != nil {
		return fatal
	}
	if closed {
		return ErrClosed
	}
	now := m.opts.Now().UnixMilli()
	records, err := decide(now)
	if err != nil || len(records) == 0 {
		return err
	}
	data := make([][]byte, len(records))
	head := m.core.head()
	for i, r := range records {
		switch r.Type { //nolint:exhaustive // the two that move the head
		case RecAdvance:
			head = r.Block.Ref()
		case RecUndo:
			head = *r.To
		}
		r.Time, r.Head = now, head
		if data[i], err = encodeRecord(r); err != nil {
			return err
		}
	}
	first, err := m.log.Append(data)
	if err != nil {
		if !errors.Is(err, ErrAppend) {
			m.die(err)
		}
		return err
	}
	entries, err := m.log.Read(first, len(records))
	if err == nil && len(entries) != len(records) {
		err = fmt.Errorf("%w: appended %d records, read back %d", ErrCorrupt, len(records), len(entries))
	}
	if err != nil {
		m.die(err)
		return err
	}
	for i, r := range records {
		r.Seq, r.Check = entries[i].Seq, entries[i].Check
	}
	if err := m.fold(records); err != nil {
		m.die(err)
		return err
	}
	for _, r := range records {
		m.effect(r)
	}
	m.maybeRoll()
	return nil
}

// fold applies appended records and makes them visible.
func (m *Manager) fold(records []*Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range records {
		if err := m.core.apply(r); err != nil {
			return err
		}
		m.tail.add(r)
		m.next = r.Seq + 1
		if r.Type == RecAdvance {
			m.lastHead = r.Time
		}
		m.noteLocked(r)
	}
	m.announceLocked()
	return nil
}

// announceLocked wakes everyone who waits for records.
func (m *Manager) announceLocked() {
	close(m.grown)
	m.grown = make(chan struct{})
}

// die stops recording: the log and the state can no longer be trusted to agree.
func (m *Manager) die(err error) {
	m.opts.Logger.LogAttrs(m.ctx, slog.LevelError, "jobs stopped", slog.Any("err", err))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fatal = err
	m.announceLocked()
	for _, r := range m.runs {
		if r.cancel != nil {
			r.cancel()
		}
	}
}

// maybeRoll starts a new log segment when the current one is full. A failure is
// not fatal: the segment grows until a later roll works.
func (m *Manager) maybeRoll() {
	if !m.log.Full() {
		return
	}
	snap, err := m.core.encode() // commitMu is held: nobody writes
	if err == nil {
		err = m.log.Roll(snap)
	}
	if err != nil {
		m.opts.Logger.LogAttrs(m.ctx, slog.LevelWarn, "roll results log", slog.Any("err", err))
		return
	}
	oldest, _ := m.log.Bounds()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.core.prune(oldest)
}

// effect acts on a record that was just applied (commitMu held, mu not).
func (m *Manager) effect(r *Record) {
	switch r.Type { //nolint:exhaustive // the others have no effect outside
	case RecAdvance, RecSubmit:
		ids := make([]JobID, len(r.Jobs))
		m.mu.Lock()
		for i, d := range r.Jobs {
			ids[i] = d.ID
			if d.Trigger != "" {
				m.batchOf(d.Block).waiting++
			}
		}
		m.mu.Unlock()
		m.runQ.put(ids...)
	case RecData:
		m.afterData(r)
	case RecProof:
		m.afterProof(r)
	case RecUndo:
		for _, u := range r.Undone {
			m.stop(u.ID)
		}
		m.mu.Lock()
		for h, b := range m.batches {
			if b.block.Number > r.To.Number {
				delete(m.batches, h)
			}
		}
		m.mu.Unlock()
	case RecCancel:
		m.stop(r.Job)
		m.leaveBatch(r.Job, *r.Ref)
	}
}

func (m *Manager) afterData(r *Record) {
	var ids []JobID
	for _, it := range r.Items {
		if it.Trigger != "" {
			ids = append(ids, it.ID)
		}
	}
	m.settleBatch(r.Block.Ref(), ids...)
	for _, it := range r.Items {
		m.mu.RLock()
		j := m.core.jobs[it.ID]
		prove := j != nil && j.state == Executed && j.def.Prove
		m.mu.RUnlock()
		if prove {
			m.proveQ.put(it.ID)
		} else {
			m.stop(it.ID)
		}
	}
}

func (m *Manager) afterProof(r *Record) {
	switch r.Status {
	case ProofProven:
		m.stop(r.Job)
		if m.opts.Anchors != nil {
			m.opts.Anchors.Want(*r.Ref)
		}
	case ProofFailed:
		m.stop(r.Job)
	case ProofProving, ProofAnchored:
	}
}

// stop ends whatever is going on for a job and releases its view.
func (m *Manager) stop(id JobID) {
	m.runQ.remove(id)
	m.proveQ.remove(id)
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.runs[id]; r != nil {
		m.dropRunLocked(id, r)
	}
}

// dropRunLocked cancels; the view is released by the worker that uses it, or
// here if none does.
func (m *Manager) dropRunLocked(id JobID, r *run) {
	delete(m.runs, id)
	if r.cancel != nil {
		r.cancel()
		return
	}
	if r.view != nil {
		r.view.Release()
	}
}
