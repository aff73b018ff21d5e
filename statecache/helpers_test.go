package statecache_test

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"vmhost/statecache"
)

const chainID = 1337

func newCache(tb testing.TB, opts statecache.Options) *statecache.Cache {
	tb.Helper()
	opts.ChainID = chainID
	c, err := statecache.New(opts)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// hash32 is a block hash or value for tests: both halves differ by height and fork.
func hash32(height, fork uint64) (h [32]byte) {
	binary.BigEndian.PutUint64(h[:], 0xb10c0000+fork)
	binary.BigEndian.PutUint64(h[8:], ^height)
	binary.BigEndian.PutUint64(h[16:], fork*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(h[24:], height)
	return h
}

// header makes the header of a block on a fork, below which parent lies.
func header(parent statecache.BlockRef, fork uint64) statecache.BlockHeader {
	height := parent.Number + 1
	return statecache.BlockHeader{
		Ref: statecache.BlockRef{Number: height, Hash: hash32(height, fork)}, Parent: parent.Hash,
		Timestamp: 1_700_000_000 + 12*height, BaseFee: hash32(fork, height), GasUsed: 30_000_000 - height,
		PrevRandao: hash32(height+1, fork+1),
	}
}

// slotItem is an entry of the mapping at slot 0.
func slotItem(i uint64) statecache.Item { return entry([32]byte{}, i) }

// entry is an entry of the mapping at slot base.
func entry(base [32]byte, i uint64) statecache.Item {
	it := statecache.Item{Key: hash32(0, i)}
	it.Slot = statecache.MappingSlot(it.Key, base)
	binary.BigEndian.PutUint64(it.Address[4:], 0xfeedbeef00000000+i%3)
	return it
}

func slotItems(from, to uint64) []statecache.Item { return entries([32]byte{}, from, to) }

func entries(base [32]byte, from, to uint64) []statecache.Item {
	out := make([]statecache.Item, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, entry(base, i))
	}
	return out
}

func randWord(r *rand.Rand) (w [32]byte) {
	switch r.IntN(4) {
	case 0:
		return w
	case 1:
		return word(r.Uint64())
	case 2:
		for i := range w {
			w[i] = 0xff
		}
		return w
	}
	for i := range w {
		w[i] = byte(r.Uint32())
	}
	return w
}

// changesFor gives every pending item a value derived from the salt.
func changesFor(c *statecache.Cache, salt uint64) []statecache.Change {
	var out []statecache.Change
	for i, w := range c.Pending() {
		out = append(out, statecache.Change{Collection: w.Collection, Index: w.Index, Value: hash32(uint64(i), salt)})
	}
	return out
}

// grow applies count blocks of a fork on top of the head (or of height start-1).
func grow(tb testing.TB, c *statecache.Cache, start, count int, fork uint64) statecache.BlockRef {
	tb.Helper()
	head, ok := c.Head()
	if !ok {
		head = statecache.BlockRef{Number: uint64(start - 1)}
	}
	for range count {
		h := header(head, fork)
		changes := changesFor(c, fork)
		if _, err := c.Apply(h, changes); err != nil {
			tb.Fatal(err)
		}
		head = h.Ref
	}
	return head
}

func view(tb testing.TB, c *statecache.Cache, ref statecache.BlockRef) *statecache.View {
	tb.Helper()
	v, err := c.View(ref, "test", time.Time{})
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// long runs the campaigns at full size.
func long() bool { return os.Getenv("VMHOST_LONG") != "" }

func hexOf(b [32]byte) string { return hex.EncodeToString(b[:]) }
