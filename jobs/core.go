package jobs

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
)

// maxWindow bounds the canonical blocks kept in memory. Nothing unfinalized is
// dropped before that many blocks.
const maxWindow = 16384

// core is the state: a fold over records, with no I/O, no clock, no chance.
type core struct {
	// window is the recent canonical chain, ascending; the last is the head.
	window    []*blockEntry
	finalized BlockRef
	jobs      map[JobID]*job
	byKey     map[Hash]JobID
	triggers  []*Trigger
	// rerun holds, by height, the undone jobs that wait for the new block.
	rerun map[uint64][]definition
	undos []undoMark
	count Counters
}

type blockEntry struct {
	Block
	seq    uint64 // of the record that advanced to it
	anchor *Anchor
	jobs   []JobID
}

// undoMark remembers that record seq reverted all blocks above `to`.
type undoMark struct {
	seq uint64
	to  uint64
	rec *Record
}

type job struct {
	def       definition
	inputHash Hash
	state     State
	seq       uint64 // of the record that created it
	result    *Result
	failure   *Failure
	proof     *ProofInfo
	proofSeq  uint64
	times     Times
}

// Counters count since the log began.
type Counters struct {
	Blocks   uint64 `json:"blocks"`
	Executed uint64 `json:"executed"`
	Failed   uint64 `json:"failed"`
	Proven   uint64 `json:"proven"`
	Anchored uint64 `json:"anchored"`
	Reorgs   uint64 `json:"reorgs"`
	Undone   uint64 `json:"undone"`
	Rerun    uint64 `json:"rerun"`
}

func newCore() *core {
	return &core{jobs: map[JobID]*job{}, byKey: map[Hash]JobID{}, rerun: map[uint64][]definition{}}
}

func (c *core) head() BlockRef {
	if len(c.window) == 0 {
		return BlockRef{}
	}
	return c.window[len(c.window)-1].Ref()
}

// at returns the canonical block of a height, if it is in the window.
func (c *core) at(number uint64) *blockEntry {
	i := sort.Search(len(c.window), func(i int) bool { return uint64(c.window[i].Number) >= number })
	if i < len(c.window) && uint64(c.window[i].Number) == number {
		return c.window[i]
	}
	return nil
}

// canonical returns the block of the reference if it is canonical.
func (c *core) canonical(r BlockRef) *blockEntry {
	if b := c.at(r.Number); b != nil && b.Hash == Hash(r.Hash) {
		return b
	}
	return nil
}

func (c *core) trigger(id TriggerID) *Trigger {
	for _, t := range c.triggers {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// apply folds one record. An error means that the log contradicts itself.
func (c *core) apply(r *Record) error {
	var err error
	switch r.Type {
	case RecAdvance:
		err = c.applyAdvance(r)
	case RecSubmit:
		err = c.create(r, r.Jobs[0])
	case RecData:
		err = c.applyData(r)
	case RecProof:
		err = c.applyProof(r)
	case RecUndo:
		err = c.applyUndo(r)
	case RecFinal:
		c.finalized = *r.To
		c.forget()
	case RecAnchor:
		if b := c.canonical(*r.Ref); b != nil {
			b.anchor = r.Anchor
		}
	case RecCancel:
		err = c.move(r.Job, Cancel, r.Time)
		if j := c.jobs[r.Job]; j != nil {
			c.dropKey(j)
		}
	case RecTrigger:
		c.triggers = append(c.triggers, r.Trigger)
	case RecUntrigger:
		c.triggers = slices.DeleteFunc(c.triggers, func(t *Trigger) bool { return t.ID == r.Trigger.ID })
	default:
		err = fmt.Errorf("%w: record type %q", ErrCorrupt, r.Type)
	}
	if err != nil {
		return fmt.Errorf("apply record %d (%s): %w", r.Seq, r.Type, err)
	}
	return nil
}

func (c *core) applyAdvance(r *Record) error {
	if len(c.window) > 0 && !r.Gap && r.Block.ParentHash != Hash(c.head().Hash) {
		return fmt.Errorf("%w: parent of %s", ErrUnlinked, r.Block.Ref())
	}
	c.window = append(c.window, &blockEntry{Block: *r.Block, seq: r.Seq})
	c.count.Blocks++
	for _, d := range r.Jobs {
		if err := c.create(r, d); err != nil {
			return err
		}
		if d.RetryOf != "" {
			c.count.Rerun++
		}
	}
	delete(c.rerun, uint64(r.Block.Number))
	if drop := len(c.window) - maxWindow; drop > 0 {
		c.window = slices.Clone(c.window[drop:])
	}
	return nil
}

func (c *core) create(r *Record, d definition) error {
	if c.jobs[d.ID] != nil {
		return fmt.Errorf("%w: job %s exists", ErrCorrupt, d.ID)
	}
	b := c.canonical(d.Block)
	if b == nil {
		return fmt.Errorf("%w: job %s at %s", ErrUnknownBlock, d.ID, d.Block)
	}
	c.fillInput(&d)
	b.jobs = append(b.jobs, d.ID)
	c.jobs[d.ID] = &job{
		def: d, state: Queued, seq: r.Seq, inputHash: sha256.Sum256(d.Input), times: Times{Created: r.Time},
	}
	c.byKey[d.Key] = d.ID
	return nil
}

// fillInput gives a trigger's job the trigger's input (a shared slice).
func (c *core) fillInput(d *definition) {
	if t := c.trigger(d.Trigger); t != nil && d.Input == nil {
		d.Input = t.Input
	}
}

// trim is the definition as it is stored: without an input that fillInput finds.
func (c *core) trim(d definition) definition {
	if c.trigger(d.Trigger) != nil {
		d.Input = nil
	}
	return d
}

func (c *core) move(id JobID, t Transition, now int64) error {
	j := c.jobs[id]
	if j == nil {
		return fmt.Errorf("%w: job %s", ErrNotFound, id)
	}
	next, err := j.state.Next(t)
	if err != nil {
		return fmt.Errorf("job %s: %w", id, err)
	}
	j.state = next
	switch t {
	case Start:
		j.times.Started = now
	case Finish:
		j.times.Executed = now
	case Prove:
		j.times.Proving = now
	case Fail, ProverDone, Cancel, Undo:
		j.times.Ended = now
	case Lost:
	}
	return nil
}

func (c *core) applyData(r *Record) error {
	for _, it := range r.Items {
		j := c.jobs[it.ID]
		if j == nil {
			return fmt.Errorf("%w: job %s", ErrNotFound, it.ID)
		}
		if j.state == Queued { // the start was not recorded
			if err := c.move(it.ID, Start, r.Time); err != nil {
				return err
			}
		}
		t := Finish
		if it.State == Failed {
			t = Fail
			c.count.Failed++
		} else {
			c.count.Executed++
		}
		if err := c.move(it.ID, t, r.Time); err != nil {
			return err
		}
		res := it.Result
		j.result, j.failure = &res, it.Failure
		if it.Failure != nil && it.Failure.Class == FailInternal {
			c.dropKey(j) // asking again may help
		}
	}
	return nil
}

func (c *core) applyProof(r *Record) error {
	j := c.jobs[r.Job]
	if r.Status == ProofAnchored {
		if j != nil {
			c.count.Anchored++
		}
		return nil // the fact is the block's; the job may be past retention
	}
	if j == nil {
		return fmt.Errorf("%w: job %s", ErrNotFound, r.Job)
	}
	switch r.Status {
	case ProofProving:
		if j.state == Proving { // the process that proved it is gone
			if err := c.move(r.Job, Lost, r.Time); err != nil {
				return err
			}
		}
		return c.move(r.Job, Prove, r.Time)
	case ProofProven:
		if err := c.move(r.Job, ProverDone, r.Time); err != nil {
			return err
		}
		j.proof, j.proofSeq = r.Info, r.Seq
		c.count.Proven++
	case ProofFailed:
		if err := c.move(r.Job, Fail, r.Time); err != nil {
			return err
		}
		j.failure = r.Failure
		c.count.Failed++
		c.dropKey(j)
	default:
		return fmt.Errorf("%w: proof status %q", ErrCorrupt, clip(string(r.Status)))
	}
	return nil
}

func (c *core) applyUndo(r *Record) error {
	for _, u := range r.Undone {
		j := c.jobs[u.ID]
		if j == nil {
			continue // past retention
		}
		if err := c.move(u.ID, Undo, r.Time); err != nil {
			return err
		}
		c.dropKey(j)
		n := j.def.Block.Number
		c.rerun[n] = append(c.rerun[n], c.trim(j.def))
	}
	i := sort.Search(len(c.window), func(i int) bool { return uint64(c.window[i].Number) > r.To.Number })
	c.window = slices.Clone(c.window[:i])
	c.undos = append(c.undos, undoMark{seq: r.Seq, to: r.To.Number, rec: r})
	c.count.Reorgs++
	c.count.Undone += uint64(len(r.Undone))
	return nil
}

func (c *core) dropKey(j *job) {
	if c.byKey[j.def.Key] == j.def.ID {
		delete(c.byKey, j.def.Key)
	}
}

// above returns the jobs of the canonical blocks above a height that an undo
// withdraws, in the order of creation.
func (c *core) above(number uint64) []UndoneJob {
	var out []UndoneJob
	for _, b := range c.window {
		if uint64(b.Number) <= number {
			continue
		}
		for _, id := range b.jobs {
			j := c.jobs[id]
			if j == nil || j.state == Cancelled || j.state == Undone {
				continue
			}
			out = append(out, UndoneJob{
				ID: id, Program: j.def.Program, Module: j.def.Module, Trigger: j.def.Trigger, Created: j.seq,
			})
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].Created < out[b].Created })
	return out
}

// retry returns what the undone jobs at this height become on a new block:
// on-demand jobs that named a height, and the earlier attempt of a trigger's.
func (c *core) retry(b Block) (onDemand []definition, byTrigger map[TriggerID]definition) {
	byTrigger = map[TriggerID]definition{}
	seen := map[Hash]bool{}
	for _, d := range c.rerun[uint64(b.Number)] {
		switch {
		case d.Trigger != "":
			byTrigger[d.Trigger] = d
		case d.At.Kind != AtHash && !seen[sum(d)]:
			seen[sum(d)] = true
			onDemand = append(onDemand, d)
		}
	}
	return onDemand, byTrigger
}

// sum identifies what an on-demand job asks for, whatever the block.
func sum(d definition) Hash {
	p := byte(0)
	if d.Prove {
		p = 1
	}
	return sha256.Sum256(append(append(d.Module[:], p), d.Input...))
}

// forget drops what finality made unnecessary.
func (c *core) forget() {
	for n := range c.rerun {
		if n <= c.finalized.Number {
			delete(c.rerun, n)
		}
	}
	const keepBehind = 256
	i := sort.Search(len(c.window), func(i int) bool {
		return uint64(c.window[i].Number)+keepBehind > c.finalized.Number
	})
	if i > 0 {
		c.window = slices.Clone(c.window[i:])
	}
}

// settled reports that nothing can happen to the job any more.
func (c *core) settled(j *job) bool {
	if !j.state.Terminal(j.def.Prove) {
		return false
	}
	return j.state == Cancelled || j.state == Undone || j.def.Block.Number <= c.finalized.Number ||
		c.canonical(j.def.Block) == nil
}

// prune drops settled jobs and undo marks whose records are past retention.
func (c *core) prune(oldest uint64) {
	for id, j := range c.jobs {
		if j.seq < oldest && c.settled(j) {
			c.dropKey(j)
			delete(c.jobs, id)
		}
	}
	c.undos = slices.DeleteFunc(c.undos, func(u undoMark) bool { return u.seq < oldest })
}

// dead reports that a record about height n, at position seq, was undone by a
// record at or before asOf.
func (c *core) dead(seq, n, asOf uint64) bool {
	for i := len(c.undos) - 1; i >= 0 && c.undos[i].seq > seq; i-- {
		if u := c.undos[i]; u.seq <= asOf && u.to < n {
			return true
		}
	}
	return false
}

// snapshot is the durable form of a core: what a fold from here on needs.
type snapshot struct {
	Window    []snapBlock             `json:"window"`
	Finalized BlockRef                `json:"finalized"`
	Triggers  []*Trigger              `json:"triggers"`
	Jobs      []snapJob               `json:"jobs"`
	Rerun     map[uint64][]definition `json:"rerun"`
	Count     Counters                `json:"count"`
}

type snapBlock struct {
	Block  Block   `json:"block"`
	Seq    uint64  `json:"seq"`
	Anchor *Anchor `json:"anchor,omitempty"`
}

type snapJob struct {
	Def      definition `json:"def"`
	State    State      `json:"state"`
	Seq      uint64     `json:"seq"`
	Result   *Result    `json:"result,omitempty"`
	Failure  *Failure   `json:"failure,omitempty"`
	Proof    *ProofInfo `json:"proof,omitempty"`
	ProofSeq uint64     `json:"proofSeq,omitempty"`
	Times    Times      `json:"times"`
}

func (c *core) encode() ([]byte, error) {
	s := snapshot{Finalized: c.finalized, Triggers: c.triggers, Rerun: c.rerun, Count: c.count}
	for _, b := range c.window {
		s.Window = append(s.Window, snapBlock{Block: b.Block, Seq: b.seq, Anchor: b.anchor})
	}
	for _, j := range c.jobs {
		if c.settled(j) {
			continue
		}
		state := j.state
		if state == Running { // not durable
			state = Queued
		}
		s.Jobs = append(s.Jobs, snapJob{
			Def: c.trim(j.def), State: state, Seq: j.seq, Result: j.result, Failure: j.failure,
			Proof: j.proof, ProofSeq: j.proofSeq, Times: j.times,
		})
	}
	sort.Slice(s.Jobs, func(a, b int) bool {
		x, y := s.Jobs[a], s.Jobs[b]
		return x.Seq < y.Seq || x.Seq == y.Seq && x.Def.ID < y.Def.ID
	})
	return json.Marshal(s)
}

func decodeCore(data []byte) (*core, error) {
	c := newCore()
	if len(data) == 0 {
		return c, nil
	}
	var s snapshot
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("%w: snapshot: %w", ErrCorrupt, err)
	}
	c.finalized, c.triggers, c.count = s.Finalized, s.Triggers, s.Count
	if s.Rerun != nil {
		c.rerun = s.Rerun
	}
	for _, b := range s.Window {
		c.window = append(c.window, &blockEntry{Block: b.Block, seq: b.Seq, anchor: b.Anchor})
	}
	for _, j := range s.Jobs {
		c.fillInput(&j.Def)
		c.jobs[j.Def.ID] = &job{
			def: j.Def, inputHash: sha256.Sum256(j.Def.Input), state: j.State, seq: j.Seq, result: j.Result,
			failure: j.Failure, proof: j.Proof, proofSeq: j.ProofSeq, times: j.Times,
		}
		c.byKey[j.Def.Key] = j.Def.ID
		if b := c.canonical(j.Def.Block); b != nil {
			b.jobs = append(b.jobs, j.Def.ID)
		}
	}
	return c, nil
}
