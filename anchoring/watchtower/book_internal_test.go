package watchtower

import (
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/outbox"
)

// fakeChain has one log a block, and can lose its last blocks.
type fakeChain struct {
	hashes []common.Hash
	made   uint64
	asked  int    // blocks whose logs were read
	during func() // what happens while logs are read
}

func (c *fakeChain) mine(n int) {
	for range n {
		c.made++
		var h common.Hash
		binary.BigEndian.PutUint64(h[:], c.made)
		c.hashes = append(c.hashes, h)
	}
}

func (c *fakeChain) head() outbox.Head {
	n := len(c.hashes) - 1
	return outbox.Head{Number: uint64(n), Hash: c.hashes[n]}
}

func (c *fakeChain) HashAt(_ context.Context, n uint64) (common.Hash, error) {
	if n >= uint64(len(c.hashes)) {
		return common.Hash{}, errors.New("no such block")
	}
	return c.hashes[n], nil
}

func (c *fakeChain) Logs(_ context.Context, _ [20]byte, from, to uint64) (out []types.Log, err error) {
	for n := from; n <= to && n < uint64(len(c.hashes)); n++ {
		c.asked++
		out = append(out, types.Log{BlockNumber: n, BlockHash: c.hashes[n]})
	}
	if c.during != nil {
		c.during()
	}
	return out, nil
}

// check compares the book with the chain.
func (c *fakeChain) check(t *testing.T, b *book) {
	t.Helper()
	var want []common.Hash
	if b.from < uint64(len(c.hashes)) {
		want = c.hashes[b.from:]
	}
	var have []common.Hash
	for i := range b.logs {
		have = append(have, b.logs[i].BlockHash)
	}
	if !slices.Equal(have, want) {
		t.Fatalf("%d logs, want %d", len(have), len(want))
	}
}

// Whatever the chain does, the book has the events of the chain as it is, and
// reads only what it must.
func TestBookFollowsTheChain(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	c := &fakeChain{}
	c.mine(40)
	b := &book{node: c, from: 10}
	for range 500 {
		c.mine(1 + rng.IntN(4))
		if rng.IntN(5) == 0 {
			depth := 1 + rng.IntN(min(60, len(c.hashes)-11))
			c.hashes = c.hashes[:len(c.hashes)-depth]
			c.mine(rng.IntN(depth+3) + 1)
		}
		if rng.IntN(20) == 0 {
			b.forget(b.from + uint64(rng.IntN(3)))
		}
		if err := b.refresh(t.Context(), c.head()); err != nil {
			t.Fatal(err)
		}
		c.check(t, b)
	}
	c.mine(1)
	before := c.asked
	if err := b.refresh(t.Context(), c.head()); err != nil || c.asked != before+1 {
		t.Errorf("%d blocks read for one, %v", c.asked-before, err)
	}
}

// A chain that changes while it is read is read again.
func TestBookSeesAMove(t *testing.T) {
	c := &fakeChain{}
	c.mine(20)
	b := &book{node: c}
	c.during = func() {
		c.during = nil
		c.hashes = c.hashes[:15]
		c.mine(5)
	}
	if err := b.refresh(t.Context(), c.head()); !errors.Is(err, ErrMoved) {
		t.Fatal(err)
	}
	if err := b.refresh(t.Context(), c.head()); err != nil {
		t.Fatal(err)
	}
	c.check(t, b)
}
