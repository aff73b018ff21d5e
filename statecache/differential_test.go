package statecache_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vmhost/statecache"
)

// TestDifferential runs random programs against a map of all values per height.
// rapid draws them, keeps the seed of a failure and shrinks it to the shortest
// program. Commitments are compared with those of a second cache, which applies
// the same chain from its start, at the end of each program: the model test
// compares them with the naive ones at every step. VMHOST_LONG=1 runs more and
// longer programs (-rapid.checks and -rapid.steps change that).
func TestDifferential(t *testing.T) {
	var total counts
	rapid.Check(t, func(t *rapid.T) {
		d := newDiffer(t)
		t.Repeat(map[string]func(*rapid.T){
			"apply": d.apply, "apply2": d.apply, "rollback": d.rollback, "view": d.view, "release": d.release,
			"read": d.read, "read2": d.read, "define": d.define, "extend": d.extend, "drop": d.drop, "gone": d.gone, "diff": d.diff,
		})
		d.finish(t)
		total.add(&d.counts)
	})
	t.Logf("%+v, 0 mismatches", total)
}

// counts says what the programs did.
type counts struct {
	Programs, Operations, Blocks, Rollbacks, Evictions, Views, Orphaned, Reads, Proofs, Diffs, Refusals int
}

func (c *counts) add(d *counts) {
	c.Programs++
	c.Operations += d.Operations
	c.Blocks += d.Blocks
	c.Rollbacks += d.Rollbacks
	c.Evictions += d.Evictions
	c.Views += d.Views
	c.Orphaned += d.Orphaned
	c.Reads += d.Reads
	c.Proofs += d.Proofs
	c.Diffs += d.Diffs
	c.Refusals += d.Refusals
}

// diffBlock is the reference: everything after one block, in full.
type diffBlock struct {
	header  statecache.BlockHeader
	changes []statecache.Change
	ops     int                   // of the definitions, that are in effect
	values  map[string][][32]byte // by collection; nil if it was dropped
}

type diffView struct {
	v      *statecache.View
	blocks []*diffBlock // what was retained, oldest first; the last is its own
}

// diffOp is a definition: n items in all, -1 for a drop.
type diffOp struct {
	name string
	n    int
}

type differ struct {
	counts
	c      *statecache.Cache
	opts   statecache.Options
	chain  []*diffBlock // all of the canonical chain
	ops    []diffOp
	length map[string]int // of every collection, pending items included; -1 dropped
	views  []*diffView
	forks  uint64
}

func newDiffer(t *rapid.T) *differ {
	window := rapid.SampledFrom([]int{1, 2, 5, 16}).Draw(t, "window")
	opts := statecache.Options{ChainID: chainID, Window: window, HardCap: window + rapid.SampledFrom([]int{1, 4, 30}).Draw(t, "slack")}
	c, err := statecache.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return &differ{c: c, opts: opts, length: map[string]int{}}
}

func (d *differ) head() *diffBlock {
	if len(d.chain) == 0 {
		return nil
	}
	return d.chain[len(d.chain)-1]
}

func (d *differ) define(t *rapid.T) {
	d.Operations++
	if len(d.length) >= 6 {
		return
	}
	name, n := fmt.Sprintf("c%d", len(d.length)), rapid.IntRange(0, 70).Draw(t, "items")
	if err := d.c.Define(statecache.Collection{Name: name, Items: slotItems(0, uint64(n))}); err != nil {
		t.Fatal(err)
	}
	d.length[name] = n
	d.ops = append(d.ops, diffOp{name, n})
}

func (d *differ) some(t *rapid.T) (string, bool) {
	if len(d.length) == 0 {
		return "", false
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(d.length))).Draw(t, "collection"), true
}

func (d *differ) extend(t *rapid.T) {
	d.Operations++
	name, ok := d.some(t)
	if !ok {
		return
	}
	from := d.length[name]
	if from < 0 || from > 200 {
		return
	}
	n := from + rapid.IntRange(1, 60).Draw(t, "more")
	if err := d.c.Extend(name, slotItems(uint64(from), uint64(n))); err != nil {
		t.Fatal(err)
	}
	d.length[name] = n
	d.ops = append(d.ops, diffOp{name, n})
}

func (d *differ) drop(t *rapid.T) {
	d.Operations++
	name, ok := d.some(t)
	if !ok || rapid.IntRange(0, 4).Draw(t, "really") > 0 {
		return
	}
	if err := d.c.Drop(name); (err == nil) == (d.length[name] < 0) {
		t.Fatal(err)
	}
	if d.length[name] >= 0 {
		d.length[name] = -1
		d.ops = append(d.ops, diffOp{name, -1})
	}
}

// apply makes a block of random changes.
func (d *differ) apply(t *rapid.T) {
	d.Operations++
	parent := statecache.BlockRef{Number: 99}
	b := &diffBlock{ops: len(d.ops), values: map[string][][32]byte{}}
	if head := d.head(); head != nil {
		parent = head.header.Ref
		for name, values := range head.values {
			b.values[name] = slices.Clone(values)
		}
	}
	d.forks++
	b.header = header(parent, d.forks)
	lengths := map[string]int{}
	for _, op := range d.ops {
		lengths[op.name] = op.n
	}
	salt := rapid.Uint64().Draw(t, "salt")
	every := rapid.IntRange(1, 40).Draw(t, "every")
	for _, name := range slices.Sorted(maps.Keys(lengths)) {
		n := lengths[name]
		if n < 0 {
			b.values[name] = nil
			continue
		}
		values := b.values[name]
		for i := range n {
			switch {
			case i >= len(values):
				values = append(values, hash32(uint64(i), salt))
			case (uint64(i)+salt)%uint64(every) == 0:
				values[i] = hash32(uint64(i), salt)
			default:
				continue
			}
			b.changes = append(b.changes, statecache.Change{Collection: name, Index: uint32(i), Value: values[i]})
		}
		if values == nil {
			values = [][32]byte{}
		}
		b.values[name] = values
	}
	oldest, had := d.c.Oldest()
	_, err := d.c.Apply(b.header, b.changes)
	switch {
	case errors.Is(err, statecache.ErrBackpressure):
		d.Refusals++
		if len(d.views) == 0 {
			t.Fatal("back pressure without a view")
		}
		return
	case err != nil:
		t.Fatal(err)
	}
	d.chain = append(d.chain, b)
	d.Blocks++
	if now := must(d.c.Oldest()); had && now != oldest {
		d.Evictions += int(now.Number - oldest.Number)
	}
}

// retained lists the blocks that the cache says it retains.
func (d *differ) retained() []*diffBlock {
	oldest, ok := d.c.Oldest()
	if !ok {
		return nil
	}
	return d.chain[oldest.Number-d.chain[0].header.Ref.Number:]
}

func (d *differ) rollback(t *rapid.T) {
	d.Operations++
	blocks := d.retained()
	if len(blocks) == 0 {
		return
	}
	to := rapid.IntRange(max(0, len(blocks)-8), len(blocks)-1).Draw(t, "to")
	if err := d.c.Rollback(blocks[to].header.Ref); err != nil {
		t.Fatal(err)
	}
	d.chain = d.chain[:len(d.chain)-(len(blocks)-1-to)]
	d.Rollbacks++
}

func (d *differ) view(t *rapid.T) {
	d.Operations++
	blocks := d.retained()
	if len(blocks) == 0 {
		return
	}
	at := rapid.IntRange(0, len(blocks)-1).Draw(t, "at")
	v, err := d.c.View(blocks[at].header.Ref, "differ", time.Time{})
	if errors.Is(err, statecache.ErrBackpressure) {
		d.Refusals++
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	d.views = append(d.views, &diffView{v, slices.Clone(blocks[:at+1])})
	d.Views++
}

func (d *differ) release(t *rapid.T) {
	d.Operations++
	if len(d.views) == 0 {
		return
	}
	i := rapid.IntRange(0, len(d.views)-1).Draw(t, "view")
	d.check(t, d.views[i])
	d.views[i].v.Release()
	d.views = slices.Delete(d.views, i, i+1)
}

func (d *differ) read(t *rapid.T) {
	d.Operations++
	if len(d.views) > 0 {
		d.check(t, rapid.SampledFrom(d.views).Draw(t, "view"))
	}
}

// gone asks for a block that is not there.
func (d *differ) gone(t *rapid.T) {
	d.Operations++
	if len(d.chain) == 0 {
		return
	}
	retained := d.retained()
	for _, b := range d.chain[:len(d.chain)-len(retained)] {
		if _, err := d.c.View(b.header.Ref, "gone", time.Time{}); !errors.Is(err, statecache.ErrEvicted) {
			t.Fatalf("evicted block: %v", err)
		}
		d.Refusals++
	}
}

// check compares all that a view says with the copy of its block, and what it
// says of the blocks below with theirs.
func (d *differ) check(t *rapid.T, dv *diffView) {
	orphaned := !slices.Contains(d.chain, dv.blocks[len(dv.blocks)-1])
	if dv.v.Orphaned() != orphaned && !orphaned {
		t.Fatalf("view of %v says it is orphaned", dv.v.Ref())
	}
	if orphaned {
		d.Orphaned++
	}
	for age := range len(dv.blocks) {
		if age > 2 && rapid.IntRange(0, 3).Draw(t, "skip") > 0 {
			continue
		}
		v, err := dv.v.Aged(uint64(age))
		if err != nil {
			t.Fatal(err)
		}
		d.compare(t, v, dv.blocks[len(dv.blocks)-1-age])
	}
}

func (d *differ) compare(t *rapid.T, v *statecache.View, b *diffBlock) {
	for name, want := range b.values {
		handle, ok := v.Find(name)
		if ok != (want != nil) {
			t.Fatalf("block %v: collection %q is there: %v", b.header.Ref, name, ok)
		}
		if !ok {
			continue
		}
		got := make([][32]byte, len(want))
		index := make([]uint32, len(want))
		for i := range want {
			index[i] = uint32(i)
			if x, err := v.Get(handle, uint32(i)); err != nil || x != want[i] {
				t.Fatalf("block %v: %q item %d is %x, %v, reference %x", b.header.Ref, name, i, x, err, want[i])
			}
		}
		if err := v.GetBatch(handle, index, got); err != nil || !slices.Equal(got, want) {
			t.Fatalf("block %v: %q: batch read differs: %v", b.header.Ref, name, err)
		}
		if n, _ := v.Len(handle); int(n) != len(want) {
			t.Fatalf("block %v: %q has %d items, reference %d", b.header.Ref, name, n, len(want))
		}
		d.Reads += 2 * len(want)
	}
	if handle, ok := v.Find("c0"); ok {
		if n, _ := v.Len(handle); n > 0 {
			p, err := v.Prove(handle, n/2)
			if err != nil || statecache.VerifyProof(v.CommitmentBytes(), p) != nil {
				t.Fatalf("block %v: proof: %v", b.header.Ref, err)
			}
			d.Proofs++
		}
	}
}

func (d *differ) diff(t *rapid.T) {
	d.Operations++
	if len(d.views) < 2 {
		return
	}
	a, b := rapid.SampledFrom(d.views).Draw(t, "a"), rapid.SampledFrom(d.views).Draw(t, "b")
	got, err := a.v.Diff(b.v)
	if err != nil || !slices.Equal(got, naiveDiff(a.v, b.v)) {
		t.Fatalf("difference of %v and %v: %v", a.v.Ref(), b.v.Ref(), err)
	}
	d.Diffs++
}

// finish applies the whole chain to a new cache: it must come to the same
// commitment.
func (d *differ) finish(t *rapid.T) {
	for _, dv := range d.views {
		d.check(t, dv)
	}
	if d.head() == nil {
		return
	}
	again, err := statecache.New(d.opts)
	if err != nil {
		t.Fatal(err)
	}
	ops := 0
	for _, b := range d.chain {
		for ; ops < b.ops; ops++ {
			d.redo(t, again, ops)
		}
		if _, err := again.Apply(b.header, b.changes); err != nil {
			t.Fatal(err)
		}
	}
	head := d.head().header.Ref
	want, err := again.CommitmentAt(head)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := d.c.CommitmentAt(head); err != nil || got != want {
		t.Fatalf("commitment %x, %v; of a cache that saw only this chain %x", got, err, want)
	}
	m := d.c.Memory()
	for _, dv := range d.views {
		dv.v.Release()
	}
	if after := d.c.Memory(); after.Redo != 0 || after.Pins != 0 || m.Pins != len(d.views) {
		t.Fatalf("memory with views %+v, without %+v", m, after)
	}
}

// redo does definition number i again.
func (d *differ) redo(t *rapid.T, c *statecache.Cache, i int) {
	op, from, err := d.ops[i], 0, error(nil)
	known := false
	for _, before := range d.ops[:i] {
		if before.name == op.name {
			known, from = true, before.n
		}
	}
	switch {
	case op.n < 0:
		err = c.Drop(op.name)
	case known:
		err = c.Extend(op.name, slotItems(uint64(from), uint64(op.n)))
	default:
		err = c.Define(statecache.Collection{Name: op.name, Items: slotItems(0, uint64(op.n))})
	}
	if err != nil {
		t.Fatal(err)
	}
}
