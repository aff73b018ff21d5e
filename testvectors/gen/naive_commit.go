package main

import (
	"maps"
	"math/big"
	"slices"

	"vmhost/testvectors/schema"
)

// The state commitment, from "State commitment" of the formats note.

var kinds = map[string]int64{"": 0, "slot": 0, "balance": 1, "nonce": 2, "codehash": 3, "header": 4}

// hasher computes H8 and remembers what it did, which changes nothing but time.
type hasher struct {
	p    *permutation
	memo map[string]*big.Int
}

func newHasher() *hasher { return &hasher{newPermutation(8), map[string]*big.Int{}} }

func (h *hasher) h8(x ...*big.Int) *big.Int {
	for len(x) < 8 {
		x = append(x, new(big.Int))
	}
	key := ""
	for _, v := range x {
		key += v.Text(62) + " "
	}
	if h.memo[key] == nil {
		first := h.p.permute(slices.Clone(x))[0]
		h.memo[key] = first.Add(first, x[0]).Mod(first, field)
	}
	return h.memo[key]
}

func num(n uint64) *big.Int { return new(big.Int).SetUint64(n) }

func tag(t, kind int64) *big.Int { return big.NewInt(t + 256*kind) }

// halves splits a 256-bit value into two of 128 bits.
func halves(b schema.Hash) (hi, lo *big.Int) {
	return new(big.Int).SetBytes(b[:16]), new(big.Int).SetBytes(b[16:])
}

func deref(h *schema.Hash) schema.Hash {
	if h == nil {
		return schema.Hash{}
	}
	return *h
}

func asHash(x *big.Int) (h schema.Hash) { x.FillBytes(h[:]); return h }

func u256(n uint64) (h schema.Hash) { num(n).FillBytes(h[:]); return h }

func (h *hasher) item(i schema.Item) *big.Int {
	slotHi, slotLo := halves(deref(i.Slot))
	keyHi, keyLo := halves(deref(i.Key))
	return h.h8(tag(6, kinds[i.Kind]), new(big.Int).SetBytes(i.Address[:]), slotHi, slotLo, keyHi, keyLo)
}

func (h *hasher) leaf(i schema.Item) *big.Int {
	hi, lo := halves(deref(i.Value))
	return h.h8(tag(1, 0), h.item(i), hi, lo)
}

// tree is an 8-ary tree whose leaves are in a map; what is not there is 0, and
// so is every node with nothing below it.
func (h *hasher) tree(depth int, leaves map[uint64]*big.Int) *big.Int {
	if len(leaves) == 0 {
		return new(big.Int)
	}
	if depth == 0 {
		return leaves[0]
	}
	below := uint64(1) << (3 * (depth - 1)) // leaves of a child
	var parts [8]map[uint64]*big.Int
	for i := range parts {
		parts[i] = map[uint64]*big.Int{}
	}
	for i, v := range leaves {
		parts[i/below][i%below] = v
	}
	var children []*big.Int
	for _, p := range parts {
		children = append(children, h.tree(depth-1, p))
	}
	return h.h8(children...)
}

// path returns the siblings of a leaf, from the leaf up.
func (h *hasher) path(depth int, leaves map[uint64]*big.Int, index uint64) [][]schema.Hash {
	out := [][]schema.Hash{}
	for level := depth - 1; level >= 0; level-- {
		below := uint64(1) << (3 * (depth - 1 - level)) // leaves of each sibling
		first := index / (8 * below) * (8 * below)
		var siblings []schema.Hash
		for c := range uint64(8) {
			from := first + c*below
			if from/below == index/below {
				continue
			}
			part := map[uint64]*big.Int{}
			for i := range leaves {
				if i >= from && i < from+below {
					part[i-from] = leaves[i]
				}
			}
			siblings = append(siblings, asHash(h.tree(depth-1-level, part)))
		}
		out = append(out, siblings)
	}
	return out
}

func depthOf(length int) (d int) {
	for n := 1; n < length; n *= 8 {
		d++
	}
	return d
}

func (h *hasher) both(items []schema.Item) (hashes, leaves map[uint64]*big.Int) {
	hashes, leaves = map[uint64]*big.Int{}, map[uint64]*big.Int{}
	for i, it := range items {
		hashes[uint64(i)], leaves[uint64(i)] = h.item(it), h.leaf(it)
	}
	return hashes, leaves
}

func (h *hasher) entry(c schema.Collection) *big.Int {
	hashes, leaves := h.both(c.Items)
	d := depthOf(len(c.Items))
	name := new(big.Int).Lsh(num(uint64(len(c.Name))), 248)
	name.Add(name, new(big.Int).SetBytes([]byte(c.Name)))
	baseHi, baseLo := halves(deref(c.Base))
	return h.h8(tag(2, 0), name, num(uint64(d)), num(uint64(len(c.Items))), h.tree(d, hashes), h.tree(d, leaves), baseHi, baseLo)
}

func headerCollection(b schema.Block) schema.Collection {
	c := schema.Collection{Name: "header"}
	for i, v := range []schema.Hash{u256(uint64(b.Number)), u256(uint64(b.Timestamp)), b.BaseFee, b.Hash, u256(uint64(b.GasUsed)), b.PrevRandao} {
		slot := u256(uint64(i))
		c.Items = append(c.Items, schema.Item{Kind: "header", Slot: &slot, Value: &v})
	}
	return c
}

func (h *hasher) directory(b schema.Block, cols []schema.Collection) map[uint64]*big.Int {
	entries := map[uint64]*big.Int{0: h.entry(headerCollection(b))}
	for i, c := range cols {
		entries[uint64(i+1)] = h.entry(c)
	}
	return entries
}

// past is what the history keeps of a block.
type past struct {
	ref schema.Ref
	dir *big.Int
}

func (h *hasher) history(earlier []past) *big.Int {
	leaves := map[uint64]*big.Int{}
	for _, p := range earlier {
		hi, lo := halves(p.ref.Hash)
		leaves[uint64(p.ref.Number)] = h.h8(tag(3, 0), num(uint64(p.ref.Number)), hi, lo, p.dir)
	}
	return h.tree(11, leaves)
}

func (h *hasher) commitment(chainID schema.Quantity, b schema.Ref, dir, history *big.Int) schema.Hash {
	hi, lo := halves(b.Hash)
	return asHash(h.h8(tag(4, 1), num(uint64(chainID)), num(uint64(b.Number)), hi, lo, dir, history))
}

// state is the commitment of a state without history.
func (h *hasher) state(s *schema.State) schema.Hash {
	return h.commitment(s.ChainID, s.Block.Ref, h.tree(4, h.directory(s.Block, s.Collections)), new(big.Int))
}

// proofOf is the inclusion proof of an item, as statecache writes it.
func (h *hasher) proofOf(chainID schema.Quantity, b schema.Block, cols []schema.Collection, history *big.Int, handle, index int) map[string]any {
	col := headerCollection(b)
	if handle > 0 {
		col = cols[handle-1]
	}
	hashes, leaves := h.both(col.Items)
	d := depthOf(len(col.Items))
	it := col.Items[index]
	kind := it.Kind
	if kind == "" {
		kind = "slot"
	}
	return map[string]any{
		"chainId": chainID, "block": b.Ref, "historyRoot": asHash(history),
		"handle": handle, "name": col.Name, "length": len(col.Items), "itemsRoot": asHash(h.tree(d, hashes)),
		"base": deref(col.Base), "index": index,
		"item":  map[string]any{"kind": kind, "address": it.Address, "slot": deref(it.Slot), "key": deref(it.Key)},
		"value": deref(it.Value), "path": h.path(d, leaves, uint64(index)),
		"dirPath": h.path(4, h.directory(b, cols), uint64(handle)),
	}
}

func clone(cols []schema.Collection) []schema.Collection {
	out := slices.Clone(cols)
	for i := range out {
		out[i].Items = slices.Clone(out[i].Items)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
