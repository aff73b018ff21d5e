package statecache_test

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"

	"vmhost/statecache"
)

// The second implementation: recursive, on maps and big integers, written from
// the formats note alone. It shares no code with the package but its types.

type num = *big.Int

var perm8 = poseidon2.NewPermutation(8, 8, 57)

func n(v uint64) num { return new(big.Int).SetUint64(v) }

// h8 is the first element of P(x) + x, with the library's permutation.
func h8(x ...num) num {
	var s [8]fr.Element
	for i, v := range x {
		s[i].SetBigInt(v)
	}
	first := s[0]
	if err := perm8.Permutation(s[:]); err != nil {
		panic(err)
	}
	s[0].Add(&s[0], &first)
	return s[0].BigInt(new(big.Int))
}

func hi(v [32]byte) num { return new(big.Int).SetBytes(v[:16]) }
func lo(v [32]byte) num { return new(big.Int).SetBytes(v[16:]) }

func naiveItem(it statecache.Item) num {
	return h8(n(6+256*uint64(it.Kind)), new(big.Int).SetBytes(it.Address[:]), hi(it.Slot), lo(it.Slot), hi(it.Key), lo(it.Key))
}

func naiveLeaf(it statecache.Item, value [32]byte) num {
	return h8(n(1), naiveItem(it), hi(value), lo(value))
}

// naiveTree is the root of an 8-ary tree over a sparse map.
func naiveTree(depth int, leaves map[uint64]num) num {
	if len(leaves) == 0 {
		return n(0)
	}
	if depth == 0 {
		return leaves[0]
	}
	size := uint64(1)
	for range depth - 1 {
		size *= 8
	}
	kids := make([]num, 8)
	for k := range kids {
		sub := map[uint64]num{}
		for i, leaf := range leaves {
			if i/size == uint64(k) {
				sub[i%size] = leaf
			}
		}
		kids[k] = naiveTree(depth-1, sub)
	}
	return h8(kids...)
}

func naiveDepth(length int) int {
	d, size := 0, 1
	for size < length {
		d, size = d+1, size*8
	}
	return d
}

type naiveColumn struct {
	name   string
	base   [32]byte
	items  []statecache.Item
	values [][32]byte
	gone   bool // dropped: no entry
}

func (c naiveColumn) entry() num {
	name := new(big.Int).Lsh(n(uint64(len(c.name))), 248)
	name.Add(name, new(big.Int).SetBytes([]byte(c.name)))
	leaves, items := map[uint64]num{}, map[uint64]num{}
	for i := range c.items {
		leaves[uint64(i)] = naiveLeaf(c.items[i], c.values[i])
		items[uint64(i)] = naiveItem(c.items[i])
	}
	d := naiveDepth(len(c.items))
	return h8(n(2), name, n(uint64(d)), n(uint64(len(c.items))), naiveTree(d, items), naiveTree(d, leaves), hi(c.base), lo(c.base))
}

// naiveBlock is the whole state after one block, copied in full for each.
type naiveBlock struct {
	header  statecache.BlockHeader
	columns []naiveColumn // without the header collection
	past    []*naiveBlock // below, oldest first

	dir, hist num // computed once
}

func word(v uint64) (w [32]byte) {
	n(v).FillBytes(w[:])
	return w
}

func (b *naiveBlock) headerColumn() naiveColumn {
	col := naiveColumn{name: "header"}
	for i, v := range [][32]byte{
		word(b.header.Ref.Number), word(b.header.Timestamp), b.header.BaseFee,
		b.header.Ref.Hash, word(b.header.GasUsed), b.header.PrevRandao,
	} {
		col.items = append(col.items, statecache.Item{Kind: 4, Slot: word(uint64(i))})
		col.values = append(col.values, v)
	}
	return col
}

func (b *naiveBlock) directory() num {
	if b.dir != nil {
		return b.dir
	}
	entries := map[uint64]num{0: b.headerColumn().entry()}
	for i, col := range b.columns {
		if !col.gone {
			entries[uint64(i+1)] = col.entry()
		}
	}
	b.dir = naiveTree(4, entries)
	return b.dir
}

func (b *naiveBlock) history() num {
	if b.hist != nil {
		return b.hist
	}
	leaves := map[uint64]num{}
	for _, p := range b.past {
		ref := p.header.Ref
		leaves[ref.Number] = h8(n(3), n(ref.Number), hi(ref.Hash), lo(ref.Hash), p.directory())
	}
	b.hist = naiveTree(11, leaves)
	return b.hist
}

func (b *naiveBlock) commitment(chainID uint64, history num) statecache.Commitment {
	ref := b.header.Ref
	c := h8(n(4+256), n(chainID), n(ref.Number), hi(ref.Hash), lo(ref.Hash), b.directory(), history)
	var out statecache.Commitment
	c.FillBytes(out[:])
	return out
}
