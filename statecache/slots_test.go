package statecache_test

import (
	"errors"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"golang.org/x/crypto/sha3"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// arraySlot is the slot of the first element of the array at slot base.
func arraySlot(base [32]byte) [32]byte {
	h := sha3.NewLegacyKeccak256()
	h.Write(base[:])
	return [32]byte(h.Sum(nil))
}

// badSlots are definitions that a challenge with a key refutes, by the base of
// their collection.
func badSlots() map[string]statecache.Collection {
	base, key := word(3), hash32(0, 5)
	good := statecache.Item{Address: [20]byte{1}, Key: key, Slot: statecache.MappingSlot(key, base)}
	with := func(base [32]byte, change func(*statecache.Item)) statecache.Collection {
		it := good
		change(&it)
		return statecache.Collection{Name: "bad", Base: base, Items: []statecache.Item{it}}
	}
	return map[string]statecache.Collection{
		"slot":                 with(base, func(it *statecache.Item) { it.Slot[31] ^= 1 }),
		"slot 0":               with(base, func(it *statecache.Item) { it.Slot = [32]byte{} }),
		"key":                  with(base, func(it *statecache.Item) { it.Key[0] ^= 1 }),
		"no key under a base":  with(base, func(it *statecache.Item) { it.Key = [32]byte{} }),
		"another base":         with(word(4), func(*statecache.Item) {}),
		"no base":              with([32]byte{}, func(*statecache.Item) {}),
		"key and base swapped": with(base, func(it *statecache.Item) { it.Slot = statecache.MappingSlot(base, key) }),
		// The elements of an array have no base in the collection.
		"array with its base": with(base, func(it *statecache.Item) {
			it.Key, it.Slot = [32]byte{}, arraySlot(base)
		}),
	}
}

// TestSlotsOfKeys: what a judge would refute enters by no way: definition,
// growth, the log, another cache's records, a checkpoint.
func TestSlotsOfKeys(t *testing.T) {
	for name, col := range badSlots() {
		t.Run(name, func(t *testing.T) {
			if i := statecache.BadSlot(col.Base, col.Items); i != 0 {
				t.Errorf("bad item %d", i)
			}
			c := newCache(t, statecache.Options{})
			wantErr(t, "define", c.Define(col), statecache.ErrBadSlot)
			if err := c.Define(statecache.Collection{Name: "grows", Base: col.Base, Items: entries(col.Base, 1, 3)}); err != nil {
				t.Fatal(err)
			}
			wantErr(t, "extend", c.Extend("grows", col.Items), statecache.ErrBadSlot)
			if n := len(c.Pending()); n != 2 {
				t.Errorf("%d items pending after refusals", n)
			}

			// A log that another program wrote.
			l := &deltalog.Memory{}
			other := newCache(t, statecache.Options{Log: l, UnsafeAnySlots: true})
			if err := other.Define(col); err != nil {
				t.Fatal(err)
			}
			grow(t, other, 7, 3, 0)
			_, err := statecache.New(statecache.Options{ChainID: chainID, Log: l})
			wantErr(t, "log", err, statecache.ErrBadSlot)

			replica := newReplica(t, statecache.Options{})
			err = l.Replay(0, func(seq uint64, raw []byte) error { return replica.Apply(statecache.Record{Seq: seq, Raw: raw}) })
			wantErr(t, "replica", err, statecache.ErrBadSlot)
			if _, ok := replica.Cache().Head(); ok || len(replica.Cache().Collections()) != 0 {
				t.Error("the replica took something over")
			}
		})
	}
}

// TestSlotsInCheckpoint: a checkpoint is read without its definitions' records.
func TestSlotsInCheckpoint(t *testing.T) {
	for name, col := range badSlots() {
		fs := vfs.NewMem()
		d, err := openDurable(fs)
		if err != nil {
			t.Fatal(err)
		}
		opts := d.options()
		opts.UnsafeAnySlots = true
		c, err := statecache.New(opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Define(col); err != nil {
			t.Fatal(err)
		}
		grow(t, c, 7, 3*durableWindow, 0)
		if _, err := c.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
		if first, _ := d.log.Bounds(); first == 0 {
			t.Fatal("the log still begins with the definition")
		}
		if err := d.log.Close(); err != nil {
			t.Fatal(err)
		}
		if d, err = openDurable(fs); err != nil {
			t.Fatal(err)
		}
		if _, err := statecache.New(d.options()); !errors.Is(err, statecache.ErrBadSlot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGoodSlots: entries of mappings of mappings, plain slots, elements of arrays
// and accounts are taken, and MappingSlot is the chain's rule.
func TestGoodSlots(t *testing.T) {
	outer, inner, base := hash32(1, 2), hash32(3, 4), word(6)
	at := statecache.MappingSlot(outer, base)
	if got := hexOf(statecache.MappingSlot([32]byte{}, [32]byte{})); got != "ad3228b676f7d3cd4284a5443f17f1962b36e491b30a40b2405849e597ba5fb5" {
		t.Fatalf("the hash of 64 zero bytes is %s", got)
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(append(outer[:], base[:]...))
	if [32]byte(h.Sum(nil)) != at {
		t.Fatalf("slot %x", at)
	}
	c := newCache(t, statecache.Options{})
	for name, col := range map[string]statecache.Collection{
		"nested":  {Base: at, Items: []statecache.Item{{Key: inner, Slot: statecache.MappingSlot(inner, at)}, {Kind: statecache.KindBalance, Address: [20]byte{4}}}},
		"key-0":   {Base: base, Items: []statecache.Item{{Slot: statecache.MappingSlot([32]byte{}, base)}}},
		"base-0":  {Items: []statecache.Item{{Key: inner, Slot: statecache.MappingSlot(inner, [32]byte{})}, {Slot: word(9)}}},
		"array":   {Items: []statecache.Item{{Slot: base}, {Slot: arraySlot(base)}}},
		"account": {Base: base, Items: []statecache.Item{{Kind: statecache.KindNonce}}},
	} {
		col.Name = name
		if err := c.Define(col); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
