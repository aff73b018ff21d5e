package anchoring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// Demand is what somebody wants to be shown of an anchor, before Deadline.
type Demand struct {
	Height     uint64
	Commitment [32]byte
	Deadline   uint64 // last block
	// Why is what keeps it from being answered, nil if nothing does.
	Why   error
	place bindings.DemandGamePlace
}

// placeKey names what a demand asks for.
type placeKey struct {
	commitment [32]byte
	place      bindings.DemandGamePlace
}

func (d Demand) key() placeKey { return placeKey{d.Commitment, d.place} }

// ref names a demand for the outbox.
func (d Demand) ref() string {
	p := d.place
	return fmt.Sprintf("%d-%x-%d.%d.%d.%d", d.Height, d.Commitment[:8], p.Kind, p.Level, p.Entry, p.Index)
}

// eventKind is what happened to a demand.
type eventKind int

const (
	eventDemanded eventKind = iota
	eventAnswered
	eventRevoked // to all demands of the commitment
)

// demandEvent is what happened to demands in a block.
type demandEvent struct {
	Demand
	kind  eventKind
	block uint64
}

// request is a demand of an anchor of this account.
type request struct {
	Demand
	block        statecache.BlockRef // anchored
	made, closed uint64              // in which blocks; 0: open
	counted      bool                // among the answered
	retry        uint64              // height of the next attempt, if it cannot be answered
}

// demands is what is asked of this account's anchors, by the registry's events.
// Run's goroutine uses it.
type demands struct {
	known  bool // read at least once
	marks  []outbox.Head
	from   uint64
	reread uint64 // when what may be open was last read again from its beginning
	all    map[placeKey]*request
	anchor map[[32]byte]*statecache.BlockRef // asked about; nil: not this account's
	held   map[statecache.BlockRef]heldView

	short     int    // blocks in a row in which events were missing
	answered  uint64 // demands seen answered
	placeGas  uint64 // of an answer, as last estimated
	reverts   int    // answers in a row that reverted
	notBefore uint64 // height of the next answer, after reverts
}

// heldView is the state of an anchored block that is being asked about.
type heldView struct {
	view    *statecache.View
	release func()
}

// overlap is how many blocks are read again: a node may know a block before its
// events. marksKept bounds how deep a reorganisation is read without reading all.
const (
	overlap   = 8
	marksKept = 128
)

// scan reads what happened to demands since the last look.
func (a *Anchorer) scan(ctx context.Context) error {
	if err := a.learn(ctx); err != nil {
		return err
	}
	st := a.out.Status()
	head := outbox.Head{Number: uint64(st.Head), Hash: st.Hash}
	if err := a.readDeposit(ctx, head.Number); err != nil {
		return fmt.Errorf("deposit: %w", err)
	}
	if a.opts.Open == nil || head.Hash == (common.Hash{}) {
		return nil
	}
	if n := len(a.demands.marks); n > 0 && a.demands.marks[n-1].Hash == head.Hash {
		return nil
	}
	if err := a.readDemands(ctx, head); err != nil {
		return fmt.Errorf("demands: %w", err)
	}
	a.hold(ctx, head.Number)
	a.showAsked()
	return a.checkCount()
}

// checkCount compares the registry's count of open demands with its events: a node
// that lags with them, lost some or holds them back is asked for all again.
func (a *Anchorer) checkCount() error {
	d := &a.demands
	if a.money == nil || a.money.Open <= uint64(len(d.waiting())) {
		d.short = 0
		return nil
	}
	if d.short++; d.short < shortMost { // the count may be of a later block
		return nil
	}
	d.short, d.marks = 0, nil
	return fmt.Errorf("%w: %d demands are open, the events show %d", ErrHidden, a.money.Open, len(d.waiting()))
}

// shortMost is how many blocks in a row events may be missing.
const shortMost = 3

// readDemands brings the demands up to a head.
func (a *Anchorer) readDemands(ctx context.Context, head outbox.Head) error {
	d := &a.demands
	if d.all == nil {
		d.all, d.anchor, d.held = map[placeKey]*request{}, map[[32]byte]*statecache.BlockRef{}, map[statecache.BlockRef]heldView{}
		d.from = head.Number - min(head.Number, a.keep())
	}
	// What was read of another branch is undone first.
	start, undo := d.from, len(d.marks) > 0
	for n := len(d.marks); n > 0; n-- {
		m := d.marks[n-1]
		if m.Number <= head.Number {
			hash, err := a.node.HashAt(ctx, m.Number)
			if err != nil {
				return err
			}
			if hash == m.Hash {
				start, undo = m.Number+1, n < len(d.marks)
				d.marks = d.marks[:n]
				break
			}
		}
		if n == 1 {
			d.marks = nil
		}
	}
	if again := head.Number - min(head.Number, 2*a.terms.AnswerWindow); again < start && head.Number >= d.reread+max(a.terms.AnswerWindow/8, 1) {
		start, d.reread = again, head.Number
		d.doubt(start)
	}
	if undo {
		d.undo(start)
	}
	list, err := a.node.events(ctx, max(start-min(start, overlap), d.from), head.Number)
	if err != nil {
		return err
	}
	if err := a.resolve(ctx, list); err != nil {
		return err
	}
	if hash, err := a.node.HashAt(ctx, head.Number); err != nil || hash != head.Hash {
		return cmp.Or(err, errors.New("the chain moved meanwhile"))
	}
	for _, e := range list {
		d.apply(e)
	}
	if d.marks = append(d.marks, head); len(d.marks) > marksKept {
		d.marks = slices.Delete(d.marks, 0, marksKept/2)
	}
	d.known = true
	d.prune(head.Number, a.opts.Keep)
	return nil
}

// undo forgets what was read of blocks from a height on.
func (d *demands) undo(from uint64) {
	clear(d.anchor)
	for key, r := range d.all {
		if r.made >= from {
			delete(d.all, key)
		} else if r.closed >= from {
			r.closed = 0
		}
	}
}

// doubt opens again what has ended from a height on, until it is read again: who
// told of the end may have lied.
func (d *demands) doubt(from uint64) {
	for _, r := range d.all {
		if r.closed >= from {
			r.closed = 0
		}
	}
	maps.DeleteFunc(d.anchor, func(_ [32]byte, ref *statecache.BlockRef) bool { return ref == nil })
}

// apply takes an event in; one that is known changes nothing.
func (d *demands) apply(e demandEvent) {
	switch e.kind {
	case eventDemanded:
		ref := d.anchor[e.Commitment]
		if ref != nil && d.all[e.key()] == nil {
			d.all[e.key()] = &request{Demand: e.Demand, block: *ref, made: e.block}
		}
	case eventAnswered:
		if r := d.all[e.key()]; r != nil && r.closed == 0 {
			r.closed = e.block
			if !r.counted {
				r.counted = true
				d.answered++
			}
		}
	case eventRevoked:
		for _, r := range d.all {
			if r.Commitment == e.Commitment && r.closed == 0 {
				r.closed = e.block
			}
		}
	}
}

// prune forgets what was closed long ago.
func (d *demands) prune(head, keep uint64) {
	used := map[[32]byte]bool{}
	for key, r := range d.all {
		if r.closed > 0 && r.closed+keep < head {
			delete(d.all, key)
		} else {
			used[r.Commitment] = true
		}
	}
	for c := range d.anchor {
		if !used[c] {
			delete(d.anchor, c)
		}
	}
}

// resolve finds out which anchors asked about are this account's: also those that
// another instance posted, or that were forgotten with a lost data folder.
func (a *Anchorer) resolve(ctx context.Context, list []demandEvent) error {
	d := &a.demands
	heights := map[[32]byte]uint64{}
	a.mu.Lock()
	for _, e := range list {
		if _, known := d.anchor[e.Commitment]; known || e.kind != eventDemanded {
			continue
		}
		if own := a.book.byCommit[e.Commitment]; own != nil && own.Anchor.Block.Number == e.Height && own.Tx.Hash != ([32]byte{}) {
			ref := own.Anchor.Block
			d.anchor[e.Commitment] = &ref
		} else {
			heights[e.Commitment] = e.Height
		}
	}
	a.mu.Unlock()
	var commitments [][32]byte
	var ask []uint64
	for c, h := range heights {
		commitments, ask = append(commitments, c), append(ask, h)
	}
	if len(ask) == 0 {
		return nil
	}
	records, err := a.node.records(ctx, ask)
	if err != nil {
		return fmt.Errorf("records: %w", err)
	}
	for i, r := range records {
		var ref *statecache.BlockRef
		if r.Commitment == commitments[i] && r.Operator == a.out.Status().Address {
			ref = &statecache.BlockRef{Number: ask[i], Hash: r.BlockHash}
		}
		d.anchor[commitments[i]] = ref
	}
	return nil
}

// hold keeps the states of the blocks that are being asked about, beyond the
// cache's window if it must be: who has begun to ask in time may go on below the
// answers, and answers may take their time.
func (a *Anchorer) hold(ctx context.Context, head uint64) {
	d := &a.demands
	want := map[statecache.BlockRef]bool{}
	for _, r := range d.all {
		if r.closed == 0 || r.closed+a.terms.AnswerWindow >= head {
			want[r.block] = true
		}
	}
	for ref, h := range d.held {
		if !want[ref] {
			h.release()
			delete(d.held, ref)
		}
	}
	for ref := range want {
		if _, ok := d.held[ref]; ok {
			continue
		}
		if v, release, err := a.opts.Open(ctx, ref); err == nil {
			d.held[ref] = heldView{v, release}
		}
	}
}

// letGo ends all views.
func (a *Anchorer) letGo() {
	for _, h := range a.demands.held {
		h.release()
	}
	clear(a.demands.held)
}

// waiting lists the open demands, those first whose time ends first.
func (d *demands) waiting() (list []*request) {
	for _, r := range d.all {
		if r.closed == 0 {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(x, y *request) int {
		return cmp.Or(cmp.Compare(x.Deadline, y.Deadline), cmp.Compare(x.Height, y.Height),
			cmp.Compare(x.place.Kind, y.place.Kind), cmp.Compare(y.place.Level, x.place.Level),
			cmp.Compare(x.place.Entry, y.place.Entry), cmp.Compare(x.place.Index, y.place.Index))
	})
	return list
}
