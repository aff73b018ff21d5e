package statecache_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// TestModel runs random programs of apply, rollback, define, extend, finalize,
// view and release against a reference that keeps a full copy of the state for
// every height, under several options. The reference predicts every value, error
// and commitment.
func TestModel(t *testing.T) {
	steps := 150
	if testing.Short() {
		steps = 80
	}
	for seed := range uint64(3) {
		for _, opts := range []statecache.Options{
			{Window: 8, HardCap: 12},
			{Window: 3, HardCap: 4, NoHistory: true},
			{Window: 64, Log: &deltalog.Memory{}},
			{Window: 5, HardCap: 30, Log: &deltalog.Memory{}},
		} {
			t.Run(fmt.Sprintf("seed=%d/window=%d", seed, opts.Window), func(t *testing.T) {
				m := &model{t: t, r: rand.New(rand.NewPCG(seed, 7)), c: newCache(t, opts), opts: opts, orphans: map[statecache.BlockRef]bool{}}
				for range steps {
					m.step()
				}
				for _, v := range m.views {
					m.checkView(v)
				}
				m.checkRecovery()
			})
		}
	}
}

type modelView struct {
	v     *statecache.View
	b     *naiveBlock
	below int // how many blocks below were retained when it was taken
	hold  int // chain index of the block that its pin holds
	orph  bool
}

type model struct {
	t    *testing.T
	r    *rand.Rand
	c    *statecache.Cache
	opts statecache.Options

	chain     []*naiveBlock // every block of the canonical chain, evicted ones too
	oldest    int           // index in chain of the oldest retained
	finalized uint64
	forks     uint64
	orphans   map[statecache.BlockRef]bool
	defined   []naiveColumn // all items ever, no values
	ops       [][2]int      // collection, length or -1 for its drop
	inEffect  []int         // operations in effect, for each of chain
	views     []*modelView
}

func (m *model) step() {
	switch p := m.r.IntN(100); {
	case p < 45:
		m.apply()
	case p < 57:
		m.rollback()
	case p < 67:
		m.define()
	case p < 72:
		m.finalize()
	case p < 84:
		m.view()
	case p < 92:
		m.release()
	default:
		m.badApply()
	}
	m.checkHead()
	if len(m.views) > 0 {
		m.checkView(m.views[m.r.IntN(len(m.views))])
	}
	m.checkRefs()
}

func (m *model) head() *naiveBlock {
	if len(m.chain) == 0 {
		return nil
	}
	return m.chain[len(m.chain)-1]
}

// next makes the child block and its changes, without applying it.
func (m *model) next() (*naiveBlock, []statecache.Change) {
	parent, columns := statecache.BlockRef{Number: 99}, []naiveColumn(nil)
	b := &naiveBlock{}
	if head := m.head(); head != nil {
		parent, columns = head.header.Ref, head.columns
		b.past = append(b.past, m.chain...)
	}
	m.forks++
	b.header = header(parent, m.forks)
	for _, col := range columns {
		col.values = append([][32]byte(nil), col.values...)
		b.columns = append(b.columns, col)
	}
	lengths := map[int]int{}
	for _, op := range m.ops {
		lengths[op[0]] = op[1]
	}
	var changes []statecache.Change
	for i := range m.defined {
		if i == len(b.columns) {
			b.columns = append(b.columns, naiveColumn{name: m.defined[i].name, base: m.defined[i].base})
		}
		col := &b.columns[i]
		if lengths[i] < 0 {
			*col = naiveColumn{name: col.name, base: col.base, gone: true}
			if m.r.IntN(2) == 0 { // changes of a dropped collection are ignored
				changes = append(changes, statecache.Change{Collection: col.name, Index: m.r.Uint32N(3)})
			}
			continue
		}
		col.items = m.defined[i].items[:lengths[i]]
		for j := range col.items {
			if j >= len(col.values) {
				col.values = append(col.values, [32]byte{})
			} else if m.r.IntN(5) > 0 {
				continue
			}
			if m.r.IntN(8) > 0 { // else the same value as before
				col.values[j] = randWord(m.r)
			}
			changes = append(changes, statecache.Change{Collection: col.name, Index: uint32(j), Value: col.values[j]})
		}
	}
	m.r.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
	return b, changes
}

func (m *model) commitment(b *naiveBlock) statecache.Commitment {
	history := n(0)
	if !m.opts.NoHistory {
		history = b.history()
	}
	return b.commitment(chainID, history)
}

// lowestPin is the chain index of the oldest pinned block, or past the end.
func (m *model) lowestPin() int {
	low := len(m.chain)
	for _, v := range m.views {
		low = min(low, v.hold)
	}
	return low
}

func (m *model) hardCap() int {
	if m.opts.HardCap > 0 {
		return m.opts.HardCap
	}
	return 2 * m.opts.Window
}

func (m *model) apply() {
	b, changes := m.next()
	got, err := m.c.Apply(b.header, changes)
	if len(m.chain)-m.oldest >= m.hardCap() && m.lowestPin() <= m.oldest {
		if !errors.Is(err, statecache.ErrBackpressure) {
			m.t.Fatalf("apply at the hard cap: %v", err)
		}
		return
	}
	if err != nil {
		m.t.Fatal(err)
	}
	if want := m.commitment(b); got != want {
		m.t.Fatalf("block %v: commitment %x, reference %x", b.header.Ref, got, want)
	}
	if again, err := m.c.Apply(b.header, changes); err != nil || again != got {
		m.t.Fatalf("applied again: %x, %v", again, err)
	}
	m.chain = append(m.chain, b)
	m.inEffect = append(m.inEffect, len(m.ops))
	for len(m.chain)-m.oldest > m.opts.Window && m.lowestPin() > m.oldest {
		m.oldest++
	}
}

// badApply checks that a refused block changes nothing.
func (m *model) badApply() {
	b, changes := m.next()
	before := m.c.Digests()
	want := statecache.ErrUnknownCollection
	switch m.r.IntN(4) {
	case 0:
		changes = append(changes, statecache.Change{Collection: "nowhere"})
	case 1:
		changes = slices.DeleteFunc(changes, func(ch statecache.Change) bool {
			return slices.ContainsFunc(m.defined, func(col naiveColumn) bool { return col.gone && col.name == ch.Collection })
		})
		if len(changes) == 0 {
			return
		}
		changes = append(changes, changes[0])
		want = statecache.ErrDuplicateChange
	case 2:
		if len(m.chain) == 0 {
			return
		}
		b.header.Parent[0]++
		want = statecache.ErrNotLinked
	case 3:
		if len(m.defined) == 0 || m.defined[0].gone {
			return
		}
		changes = append(changes, statecache.Change{Collection: m.defined[0].name, Index: uint32(len(m.defined[0].items))})
		want = statecache.ErrIndexRange
	}
	if _, err := m.c.Apply(b.header, changes); !errors.Is(err, want) && !errors.Is(err, statecache.ErrBackpressure) {
		m.t.Fatalf("bad block: %v, want %v", err, want)
	}
	if !equalDigests(before, m.c.Digests()) {
		m.t.Fatal("a refused block changed the cache")
	}
}

func (m *model) rollback() {
	if len(m.chain) == 0 {
		return
	}
	i := len(m.chain) - 1 - m.r.IntN(min(len(m.chain), m.opts.Window+3))
	to := m.chain[i].header.Ref
	err := m.c.Rollback(to)
	switch {
	case to.Number < m.finalized:
		if !errors.Is(err, statecache.ErrBelowFinalized) {
			m.t.Fatalf("rollback below finalized: %v", err)
		}
		return
	case i < m.oldest:
		if !errors.Is(err, statecache.ErrTooDeep) || !errors.Is(err, statecache.ErrEvicted) {
			m.t.Fatalf("rollback too deep: %v", err)
		}
		return
	case err != nil:
		m.t.Fatal(err)
	}
	for _, b := range m.chain[i+1:] {
		m.orphans[b.header.Ref] = true
		for _, v := range m.views {
			v.orph = v.orph || v.b == b
		}
	}
	for _, v := range m.views {
		v.hold = min(v.hold, i)
	}
	m.chain, m.inEffect = m.chain[:i+1:i+1], m.inEffect[:i+1]
}

func (m *model) define() {
	k := m.r.IntN(len(m.defined) + 1)
	if k == len(m.defined) {
		if k >= 12 {
			return
		}
		m.defined = append(m.defined, naiveColumn{name: fmt.Sprintf("c%d.x_-", k), base: randWord(m.r)})
		items := entries(m.defined[k].base, 0, uint64(m.r.IntN(11)))
		m.defined[k].items = items
		if err := m.c.Define(statecache.Collection{Name: m.defined[k].name, Base: m.defined[k].base, Items: items}); err != nil {
			m.t.Fatal(err)
		}
		m.ops = append(m.ops, [2]int{k, len(items)})
		return
	}
	col := &m.defined[k]
	if col.gone || m.r.IntN(12) == 0 {
		m.drop(k)
		return
	}
	from := uint64(len(col.items))
	items := entries(col.base, from, from+1+uint64(m.r.IntN(20)))
	if len(col.items) > 90 {
		return
	}
	if err := m.c.Extend(col.name, items); err != nil {
		m.t.Fatal(err)
	}
	col.items = append(col.items[:from:from], items...)
	m.ops = append(m.ops, [2]int{k, len(col.items)})
}

// drop drops a collection, once.
func (m *model) drop(k int) {
	col := &m.defined[k]
	err := m.c.Drop(col.name)
	if col.gone {
		err2 := m.c.Extend(col.name, slotItems(500, 501))
		err3 := m.c.Define(statecache.Collection{Name: col.name})
		if !errors.Is(err, statecache.ErrDropped) || !errors.Is(err2, statecache.ErrDropped) || !errors.Is(err3, statecache.ErrNameTaken) {
			m.t.Fatalf("use of a dropped collection: %v, %v, %v", err, err2, err3)
		}
		return
	}
	if err != nil {
		m.t.Fatal(err)
	}
	col.gone = true
	m.ops = append(m.ops, [2]int{k, -1})
}

func (m *model) finalize() {
	if len(m.chain) == 0 {
		return
	}
	num := m.chain[len(m.chain)-1-m.r.IntN(min(len(m.chain), m.opts.Window))].header.Ref.Number
	err := m.c.Finalize(num)
	if num < m.finalized {
		if !errors.Is(err, statecache.ErrBelowFinalized) {
			m.t.Fatalf("finality went back: %v", err)
		}
		return
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.finalized = num
}

func (m *model) view() {
	if len(m.chain) == 0 {
		return
	}
	i := m.oldest + m.r.IntN(len(m.chain)-m.oldest)
	b := m.chain[i]
	v, err := m.c.View(b.header.Ref, fmt.Sprintf("job-%d", len(m.views)), time.Time{})
	if len(m.chain)-m.oldest >= m.hardCap() && m.lowestPin() < len(m.chain) {
		if !errors.Is(err, statecache.ErrBackpressure) {
			m.t.Fatalf("view at the hard cap: %v", err)
		}
		return
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.views = append(m.views, &modelView{v: v, b: b, hold: i, below: i - m.oldest})
}

func (m *model) release() {
	if len(m.views) == 0 {
		return
	}
	i := m.r.IntN(len(m.views))
	v := m.views[i]
	m.checkView(v)
	v.v.Release()
	if _, ok := v.v.Find("header"); ok {
		m.t.Fatal("a released view answers")
	}
	m.views = append(m.views[:i], m.views[i+1:]...)
}
