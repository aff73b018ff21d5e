package main

import (
	"context"

	"vmhost/testvectors/schema"
)

// block makes the header of height n on a branch.
func block(n uint64, branch byte, parent schema.Ref) schema.Block {
	return schema.Block{
		Ref:    schema.Ref{Number: schema.Quantity(n), Hash: schema.Hash{0: 0xb0 + branch, 15: 0xff, 16: byte(n >> 8), 31: byte(n)}},
		Parent: parent.Hash, Timestamp: schema.Quantity(1_700_000_000 + 12*n + uint64(branch)), BaseFee: u256(1_000_000_000 + n),
		GasUsed: schema.Quantity(21_000 * (n % 1000)), PrevRandao: schema.Hash{0: 0xee, 30: branch, 31: byte(n)},
	}
}

func after(r schema.Ref, branch byte) schema.Block { return block(uint64(r.Number)+1, branch, r) }

// slots are n items of one contract from slot from on.
func slots(from, n int) (out []schema.Item) {
	for i := from; i < from+n; i++ {
		s := u256(uint64(i))
		out = append(out, schema.Item{Address: schema.Address{0: 0xc0, 19: 1}, Slot: &s})
	}
	return out
}

// sets gives each of n items from index from on its own value.
func sets(name string, from, n int, salt byte) (out []schema.Change) {
	for i := from; i < from+n; i++ {
		out = append(out, schema.Change{Collection: name, Index: uint32(i), Value: schema.Hash{0: salt, 14: 1, 17: byte(i), 31: salt + byte(i)}})
	}
	return out
}

func set(name string, index uint32, v schema.Hash) schema.Change {
	return schema.Change{Collection: name, Index: index, Value: v}
}

var allOnes = func() (h schema.Hash) {
	for i := range h {
		h[i] = 0xff
	}
	return h
}()

func (g *generator) caches(context.Context) ([]*suite, error) {
	s := newSuite(schema.SchemaStatecache, "statecache/commitments", "Commitments by a second implementation (big integers, recursion, maps).")
	for _, f := range []func(*suite) *script{g.headersOnly, g.lengths, g.kinds, g.growing, g.carrying, g.edges, g.noHistory, g.gap} {
		if err := finish(s, f(s)); err != nil {
			return nil, err
		}
	}
	r := newSuite(schema.SchemaStatecache, "statecache/reorgs", "Rollbacks, windows, views; commitments by a second implementation, errors by hand.")
	for _, f := range []func(*suite) *script{g.reorg, g.pendingAgain, g.refusedRollbacks, g.window, g.views, g.aged, g.pins, g.repeated} {
		if err := finish(r, f(r)); err != nil {
			return nil, err
		}
	}
	e := newSuite(schema.SchemaStatecache, "statecache/refused", "What must be refused, and leaves everything as it was.")
	for _, f := range []func(*suite) *script{g.refusedDefinitions, g.refusedBlocks, g.emptyCache} {
		if err := finish(e, f(e)); err != nil {
			return nil, err
		}
	}
	return []*suite{s, r, e}, nil
}

func finish(s *suite, sc *script) error {
	s.add(sc.t)
	return sc.err
}

func (g *generator) headersOnly(s *suite) *script {
	c := g.script(s, 1, "the header collection alone, over nine blocks")
	r := c.apply(block(21_925_176, 0, schema.Ref{}))
	for range 8 {
		r = c.apply(after(r, 0))
	}
	for f := range 6 {
		c.prove(r, 0, f)
	}
	return c
}

func (g *generator) lengths(s *suite) *script {
	c := g.script(s, 1337, "collections of 0, 1, 2, 7, 8, 9, 64 and 65 items: depths 0 to 3")
	var changes []schema.Change
	for _, n := range []int{0, 1, 2, 7, 8, 9, 64, 65} {
		name := "n" + string(rune('0'+n/10)) + string(rune('0'+n%10))
		c.define(schema.Collection{Name: name, Items: slots(0, n)})
		changes = append(changes, sets(name, 0, n, byte(n))...)
	}
	r := c.apply(block(5, 0, schema.Ref{}), changes...)
	for _, p := range [][2]int{{2, 0}, {3, 1}, {4, 6}, {5, 7}, {6, 8}, {7, 63}, {8, 64}, {8, 0}} {
		c.prove(r, p[0], p[1])
	}
	c.refuseProve("ErrIndexRange", r, "n00", 0)
	c.refuseProve("ErrIndexRange", r, "n65", 65)
	return c
}

func (g *generator) kinds(s *suite) *script {
	c := g.script(s, 31337, "every kind of item, a mapping's base and keys, the longest name")
	h := func(b byte) *schema.Hash { return &schema.Hash{31: b} }
	c.define(schema.Collection{Name: "abcdefghijklmnopqrstuvwxyz.-_09", Base: &schema.Hash{0: 0x80, 31: 1}, Items: []schema.Item{
		{Address: schema.Address{0: 0xff, 19: 0xff}, Slot: &allOnes, Key: h(1)},
		{Address: schema.Address{0: 0xff, 19: 0xff}, Slot: h(0), Key: &allOnes},
	}})
	c.define(schema.Collection{Name: "a", Items: []schema.Item{
		{Kind: "balance", Address: schema.Address{19: 1}},
		{Kind: "nonce", Address: schema.Address{19: 1}},
		{Kind: "codehash", Address: schema.Address{19: 1}},
		{Kind: "slot", Address: schema.Address{19: 1}, Slot: h(0)},
	}})
	r := c.apply(block(7, 0, schema.Ref{}),
		set("abcdefghijklmnopqrstuvwxyz.-_09", 0, allOnes), set("abcdefghijklmnopqrstuvwxyz.-_09", 1, schema.Hash{}),
		set("a", 0, schema.Hash{15: 1}), set("a", 1, schema.Hash{16: 1}), set("a", 2, schema.Hash{0: 1}), set("a", 3, schema.Hash{31: 1}))
	for i := range 4 {
		c.prove(r, 2, i)
	}
	c.prove(r, 1, 0)
	c.prove(r, 1, 1)
	return c
}

func (g *generator) growing(s *suite) *script {
	c := g.script(s, 1, "lists that grow, alone and beside new collections, through 8 and 64 items")
	c.define(schema.Collection{Name: "list", Items: slots(0, 7)})
	r := c.apply(block(1, 0, schema.Ref{}), sets("list", 0, 7, 1)...)
	c.extend("list", slots(7, 1)...)
	r = c.apply(after(r, 0), sets("list", 7, 1, 1)...)
	c.extend("list", slots(8, 1)...)
	c.define(schema.Collection{Name: "later", Items: slots(0, 1)})
	c.extend("later", slots(1, 2)...)
	r = c.apply(after(r, 0), append(sets("list", 8, 1, 2), sets("later", 0, 3, 3)...)...)
	c.extend("list", slots(9, 56)...)
	r = c.apply(after(r, 0), sets("list", 9, 56, 4)...)
	c.prove(r, 1, 64)
	c.prove(r, 2, 2)
	return c
}

func (g *generator) carrying(s *suite) *script {
	c := g.script(s, 1, "values that are not told stay; an unchanged value changes nothing; 0 is a value")
	c.define(schema.Collection{Name: "x", Items: slots(0, 10)})
	r := c.apply(block(1, 0, schema.Ref{}), sets("x", 0, 10, 9)...)
	r = c.apply(after(r, 0))
	r = c.apply(after(r, 0), set("x", 9, schema.Hash{}))
	r = c.apply(after(r, 0), set("x", 9, schema.Hash{}), set("x", 0, allOnes))
	c.get(r, 0, "x", 9, "")
	c.get(r, 0, "x", 0, "")
	c.get(r, 0, "x", 5, "")
	return c
}

func (g *generator) edges(s *suite) *script {
	c := g.script(s, 1<<64-1, "the greatest chain id, the last heights, greatest header values")
	b := block(1<<33-2, 0, schema.Ref{})
	b.Timestamp, b.BaseFee, b.GasUsed, b.PrevRandao, b.Hash = 1<<64-1, allOnes, 1<<64-1, allOnes, allOnes
	r := c.apply(b)
	r = c.apply(block(1<<33-1, 0, r))
	c.refuseApply("ErrBadBlock", block(1<<33, 0, r))
	c.prove(r, 0, 0)
	return c
}

func (g *generator) noHistory(s *suite) *script {
	c := g.script(s, 0, "chain id 0, height 0, no history: its root stays 0")
	c.t.NoHistory = true
	r := c.apply(block(0, 0, schema.Ref{}))
	r = c.apply(after(r, 0))
	r = c.apply(after(r, 0))
	c.prove(r, 0, 3)
	c.get(r, 1, "header", 0, "ErrNoHistory")
	return c
}

func (g *generator) gap(s *suite) *script {
	c := g.script(s, 1, "history over the borders of its nodes: heights 510 to 514")
	r := c.apply(block(510, 0, schema.Ref{}))
	for range 4 {
		r = c.apply(after(r, 0))
	}
	c.prove(r, 0, 1)
	return c
}

func (g *generator) reorg(s *suite) *script {
	c := g.script(s, 1337, "C1-C2-C3, then C2'-C3'-C4', then C1-C2-C3 again: the same commitments", "Reorg")
	c.define(schema.Collection{Name: "p", Items: slots(0, 9)})
	c1 := c.apply(block(1, 0, schema.Ref{}), sets("p", 0, 9, 1)...)
	c2 := c.apply(after(c1, 0), set("p", 3, u256(33)))
	c3 := c.apply(after(c2, 0), set("p", 8, u256(88)))
	c.rollback(c1)
	c.commitmentAt(c3, "ErrOrphaned")
	c.commitmentAt(schema.Ref{Number: 3, Hash: allOnes}, "ErrFuture")
	d2 := c.apply(after(c1, 1), set("p", 3, u256(34)))
	d3 := c.apply(after(d2, 1))
	d4 := c.apply(after(d3, 1), set("p", 0, u256(7)))
	c.commitmentAt(c2, "ErrOrphaned")
	c.commitmentAt(c3, "ErrOrphaned")
	c.commitmentAt(schema.Ref{Number: 2, Hash: allOnes}, "ErrUnknownBlock")
	c.get(d4, 0, "p", 3, "")
	c.rollback(c1)
	c.apply(after(c1, 0), set("p", 3, u256(33)))
	r := c.apply(after(c2, 0), set("p", 8, u256(88)))
	c.commitmentAt(d3, "ErrOrphaned")
	c.commitmentAt(c3, "")
	c.prove(r, 1, 8)
	c.rollback(r)
	return c
}

func (g *generator) pendingAgain(s *suite) *script {
	c := g.script(s, 1, "definitions of blocks that were rolled back take effect at the next block", "Reorg")
	c1 := c.apply(block(1, 0, schema.Ref{}))
	c.define(schema.Collection{Name: "p", Items: slots(0, 2)})
	c2 := c.apply(after(c1, 0), sets("p", 0, 2, 1)...)
	c.extend("p", slots(2, 1)...)
	c.apply(after(c2, 0), sets("p", 2, 1, 1)...)
	c.rollback(c2)
	c.refuseApply("ErrMissingValue", after(c2, 1))
	d3 := c.apply(after(c2, 1), sets("p", 2, 1, 5)...)
	c.get(d3, 0, "p", 2, "")
	c.rollback(c1)
	c.refuseDefine("define", "ErrNameTaken", schema.Collection{Name: "p"})
	c.refuseApply("ErrMissingValue", after(c1, 2), sets("p", 0, 2, 1)...)
	e2 := c.apply(after(c1, 2), sets("p", 0, 3, 6)...)
	c.prove(e2, 1, 2)
	return c
}

func (g *generator) refusedRollbacks(s *suite) *script {
	c := g.script(s, 1, "rollbacks that are refused change nothing", "Reorg")
	c1 := c.apply(block(10, 0, schema.Ref{}))
	c2 := c.apply(after(c1, 0))
	c3 := c.apply(after(c2, 0))
	c.refuseRollback("ErrFuture", schema.Ref{Number: 13, Hash: c3.Hash})
	c.refuseRollback("ErrUnknownBlock", schema.Ref{Number: 11, Hash: c3.Hash})
	c.refuseRollback("ErrTooDeep", schema.Ref{Number: 9, Hash: c3.Hash})
	c.finalize(13, "ErrFuture")
	c.finalize(11, "")
	c.finalize(10, "ErrBelowFinalized")
	c.refuseRollback("ErrBelowFinalized", c1)
	c.commitmentAt(c3, "")
	c.rollback(c2)
	c.refuseRollback("ErrOrphaned", c3)
	c.refuseRollback("ErrFuture", schema.Ref{Number: 12, Hash: allOnes})
	d3 := c.apply(after(c2, 1))
	c.refuseRollback("ErrOrphaned", c3)
	c.commitmentAt(d3, "")
	return c
}

func (g *generator) window(s *suite) *script {
	c := g.script(s, 1, "a window of 2: older blocks are evicted, but stay in the history")
	c.t.Window = 2
	c1 := c.apply(block(1, 0, schema.Ref{}))
	c2 := c.apply(after(c1, 0))
	c3 := c.apply(after(c2, 0))
	c.commitmentAt(c1, "ErrEvicted")
	c.commitmentAt(c2, "")
	c4 := c.apply(after(c3, 0))
	c.refuseRollback("ErrTooDeep", c2)
	c.rollback(c3)
	d4 := c.apply(after(c3, 1))
	c.apply(after(d4, 1))
	c.commitmentAt(c4, "ErrOrphaned")
	c.commitmentAt(c3, "ErrEvicted")
	return c
}

func (g *generator) views(s *suite) *script {
	c := g.script(s, 1, "views keep answering when their block is rolled back or leaves the window")
	c.t.Window, c.t.HardCap = 2, 8
	c.define(schema.Collection{Name: "p", Items: slots(0, 1)})
	c1 := c.apply(block(1, 0, schema.Ref{}), set("p", 0, u256(1)))
	c2 := c.apply(after(c1, 0), set("p", 0, u256(2)))
	c.view("old", c1, "")
	c.view("gone", c2, "")
	c.rollback(c1)
	c.orphaned("gone", true)
	c.orphaned("old", false)
	d2 := c.apply(after(c1, 1), set("p", 0, u256(3)))
	d3 := c.apply(after(d2, 1), set("p", 0, u256(4)))
	c.apply(after(d3, 1), set("p", 0, u256(5)))
	c.getView("old", "p", u256(1), "")
	c.getView("gone", "p", u256(2), "")
	c.getView("gone", "header", u256(2), "")
	c.commitmentAt(c1, "")
	c.release("old")
	c.getView("old", "p", schema.Hash{}, "ErrReleased")
	c.view("again", c2, "ErrOrphaned")
	c.release("gone")
	return c
}

func (g *generator) aged(s *suite) *script {
	c := g.script(s, 1, "aged reads: the value then, only if the item was watched then")
	c.define(schema.Collection{Name: "p", Items: slots(0, 1)})
	c1 := c.apply(block(100, 0, schema.Ref{}), set("p", 0, u256(1)))
	c2 := c.apply(after(c1, 0), set("p", 0, u256(2)))
	c.extend("p", slots(1, 1)...)
	c3 := c.apply(after(c2, 0), set("p", 0, u256(3)), set("p", 1, u256(30)))
	for age := range uint64(3) {
		c.get(c3, age, "p", 0, "")
	}
	c.get(c3, 0, "p", 1, "")
	c.get(c3, 1, "p", 1, "ErrNotThen")
	c.get(c3, 3, "p", 0, "ErrAgeRange")
	c.get(c3, 1<<64-1, "p", 0, "ErrAgeRange")
	c.get(c3, 1, "p", 2, "ErrIndexRange")
	return c
}

func (g *generator) pins(s *suite) *script {
	c := g.script(s, 1, "pinned views stop eviction up to the hard cap, then new blocks")
	c.t.Window, c.t.HardCap = 1, 3
	c1 := c.apply(block(1, 0, schema.Ref{}))
	c.view("job", c1, "")
	c2 := c.apply(after(c1, 0))
	c3 := c.apply(after(c2, 0))
	c.refuseApply("ErrBackpressure", after(c3, 0))
	c.view("other", c3, "ErrBackpressure")
	c.commitmentAt(c1, "")
	c.release("job")
	c.apply(after(c3, 0))
	c.commitmentAt(c3, "ErrEvicted")
	return c
}

func (g *generator) repeated(s *suite) *script {
	c := g.script(s, 1, "a block told twice is the same block or a conflict")
	c.define(schema.Collection{Name: "p", Items: slots(0, 2)})
	first := block(1, 0, schema.Ref{})
	c1 := c.apply(first, sets("p", 0, 2, 1)...)
	second := after(c1, 0)
	c2 := c.apply(second, set("p", 1, u256(5)))
	c.again(second, c.head().commitment, set("p", 1, u256(5)))
	c.again(first, c.chain[0].commitment, sets("p", 0, 2, 1)...)
	c.refuseApply("ErrConflict", second, set("p", 1, u256(6)))
	other := second
	other.GasUsed++
	c.refuseApply("ErrConflict", other, set("p", 1, u256(5)))
	c.commitmentAt(c2, "")
	return c
}

func (g *generator) refusedDefinitions(s *suite) *script {
	c := g.script(s, 1, "definitions")
	one := slots(0, 1)
	for _, name := range []string{"", "A", "a b", "ä", "abcdefghijklmnopqrstuvwxyz012345", "a/b"} {
		c.refuseDefine("define", "ErrBadName", schema.Collection{Name: name, Items: one})
	}
	c.refuseDefine("define", "ErrReserved", schema.Collection{Name: "header", Items: one})
	c.refuseDefine("extend", "ErrReserved", schema.Collection{Name: "header", Items: one})
	c.refuseDefine("extend", "ErrUnknownCollection", schema.Collection{Name: "p", Items: one})
	slot, key := u256(1), u256(2)
	for _, it := range []schema.Item{
		{Kind: "header", Slot: &slot}, {Kind: "balance", Slot: &slot}, {Kind: "nonce", Key: &key}, {Kind: "codehash", Slot: &slot, Key: &key},
	} {
		c.refuseDefine("define", "ErrBadItem", schema.Collection{Name: "p", Items: []schema.Item{it}})
	}
	c.refuseDefine("define", "ErrDuplicateItem", schema.Collection{Name: "p", Items: append(slots(0, 3), slots(1, 1)...)})
	c.define(schema.Collection{Name: "p", Items: slots(0, 3)})
	c.refuseDefine("define", "ErrNameTaken", schema.Collection{Name: "p"})
	c.refuseDefine("extend", "ErrDuplicateItem", schema.Collection{Name: "p", Items: slots(2, 1)})
	r := c.apply(block(1, 0, schema.Ref{}), sets("p", 0, 3, 1)...)
	c.prove(r, 1, 0)
	return c
}

func (g *generator) refusedBlocks(s *suite) *script {
	c := g.script(s, 1, "blocks")
	c.define(schema.Collection{Name: "p", Items: slots(0, 2)})
	zero := block(1, 0, schema.Ref{})
	zero.Hash = schema.Hash{}
	c.refuseApply("ErrBadBlock", zero, sets("p", 0, 2, 1)...)
	c.refuseApply("ErrBadBlock", block(1<<33, 0, schema.Ref{}), sets("p", 0, 2, 1)...)
	c.refuseApply("ErrMissingValue", block(1, 0, schema.Ref{}))
	c.refuseApply("ErrMissingValue", block(1, 0, schema.Ref{}), sets("p", 0, 1, 1)...)
	r := c.apply(block(1, 0, schema.Ref{}), sets("p", 0, 2, 1)...)
	c.refuseApply("ErrNotLinked", block(3, 0, r))
	c.refuseApply("ErrNotLinked", block(2, 0, schema.Ref{Hash: allOnes}))
	c.refuseApply("ErrNotLinked", block(1, 1, schema.Ref{}))
	next := after(r, 0)
	c.refuseApply("ErrUnknownCollection", next, set("q", 0, u256(1)))
	c.refuseApply("ErrReserved", next, set("header", 0, u256(1)))
	c.refuseApply("ErrIndexRange", next, set("p", 2, u256(1)))
	c.refuseApply("ErrIndexRange", next, set("p", 1<<32-1, u256(1)))
	c.refuseApply("ErrDuplicateChange", next, set("p", 0, u256(1)), set("p", 0, u256(1)))
	c.define(schema.Collection{Name: "q", Items: slots(0, 1)})
	c.refuseApply("ErrMissingValue", next, set("p", 0, u256(1)))
	c.apply(next, set("q", 0, u256(1)))
	return c
}

func (g *generator) emptyCache(s *suite) *script {
	c := g.script(s, 1, "a cache without a block")
	r := block(1, 0, schema.Ref{}).Ref
	c.commitmentAt(r, "ErrEmpty")
	c.refuseRollback("ErrEmpty", r)
	c.view("v", r, "ErrEmpty")
	return c
}
