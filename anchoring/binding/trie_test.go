package binding

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sort"
	"syscall"
	"testing"

	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"
)

// oracle is go-ethereum's trie of the same content.
type oracle struct {
	tb   testing.TB
	trie *trie.Trie
	keys [][32]byte
}

func newOracle(tb testing.TB) *oracle {
	tb.Helper()
	return &oracle{tb: tb, trie: trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), triedb.HashDefaults))}
}

func (o *oracle) put(key [32]byte, value []byte) {
	if err := o.trie.Update(key[:], value); err != nil {
		o.tb.Fatal(err)
	}
	o.keys = append(o.keys, key)
}

type pathNodes [][]byte

func (l *pathNodes) Put(_, v []byte) error { *l = append(*l, bytes.Clone(v)); return nil }
func (l *pathNodes) Delete([]byte) error   { return errors.New("no deletes") }

func (o *oracle) path(key [32]byte) [][]byte {
	var l pathNodes
	if err := o.trie.Prove(key[:], &l); err != nil {
		o.tb.Fatal(err)
	}
	return l
}

// verify is go-ethereum's verifier over nodes that are filed under their hashes.
func verify(root, key [32]byte, nodes [][]byte) ([]byte, error) {
	db := memorydb.New()
	for _, n := range nodes {
		if err := db.Put(crypto.Keccak256(n), n); err != nil {
			return nil, err
		}
	}
	return trie.VerifyProof(root, key[:], db)
}

// near is a key that shares its first n nibbles with another one.
func near(rng *rand.Rand, key [32]byte, n int) [32]byte {
	var out [32]byte
	for i := range 4 {
		binary.BigEndian.PutUint64(out[8*i:], rng.Uint64())
	}
	for i := range n {
		shift := 4 * (1 - i%2)
		out[i/2] = out[i/2]&^(15<<shift) | nibble(&key, i)<<shift
	}
	return out
}

// Tries whose keys share prefixes of all lengths (embedded nodes, long
// extensions, leaves without a path) prove what go-ethereum's verifier says, for
// keys that are there and keys that are not, alone and together.
func TestAgainstOracle(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	shapes := map[string]int{}
	for round := range 60 {
		o := newOracle(t)
		first := near(rng, [32]byte{}, 0)
		o.put(first, []byte{byte(round) + 1})
		for range rng.IntN(40) {
			key := near(rng, o.keys[rng.IntN(len(o.keys))], rng.IntN(64))
			o.put(key, bytes.Repeat([]byte{byte(rng.IntN(255) + 1)}, 1+rng.IntN(34)))
		}
		root := [32]byte(o.trie.Hash())
		asked := slices.Clone(o.keys)
		for range 40 {
			asked = append(asked, near(rng, o.keys[rng.IntN(len(o.keys))], rng.IntN(64)))
		}
		together, h := newTree(root), newHasher()
		for _, key := range asked {
			nodes := o.path(key)
			want, err := verify(root, key, nodes)
			if err != nil {
				t.Fatal(err)
			}
			for _, tr := range []*tree{newTree(root), together} {
				got, err := tr.prove(&key, nodes, h)
				if err != nil || !bytes.Equal(got, want) || (got == nil) != (want == nil) {
					t.Fatalf("round %d: %x, %v; go-ethereum says %x", round, got, err, want)
				}
			}
			if len(nodes) > 1 {
				if _, err := together.prove(&key, nodes[:len(nodes)-1], h); !errors.Is(err, ErrMissingNode) {
					t.Fatalf("last node left out, though known: %v", err)
				}
			}
			shapes[fmt.Sprint("absent ", want == nil)]++
		}
		sort.Slice(asked, func(i, j int) bool { return bytes.Compare(asked[i][:], asked[j][:]) < 0 })
		told := 0
		w := walk{keys: asked, unknown: func(int, int, int) { t.Error("unknown") }, value: func(lo, hi int, value []byte) {
			for i := lo; i < hi; i++ {
				if want, _ := verify(root, asked[i], o.path(asked[i])); !bytes.Equal(want, value) {
					t.Errorf("walk: %x, want %x", value, want)
				}
				told++
			}
		}}
		if err := w.run(together, nil); err != nil || told != len(asked) {
			t.Fatalf("walk told %d of %d: %v", told, len(asked), err)
		}
	}
	t.Log(shapes)
}

// Distinct nodes are hashed once, whatever the order of the paths.
func TestHashedOnce(t *testing.T) {
	o := newOracle(t)
	for i := range 3000 {
		o.put(newHasher().key(fmt.Append(nil, i)), []byte{1, byte(i), 3})
	}
	root := [32]byte(o.trie.Hash())
	distinct := map[string]bool{}
	tr, h := newTree(root), newHasher()
	for _, key := range append(o.keys[:500:500], o.keys[:500]...) {
		nodes := o.path(key)
		for _, n := range nodes {
			distinct[string(n)] = true
		}
		if _, err := tr.prove(&key, nodes, h); err != nil {
			t.Fatal(err)
		}
	}
	if h.count != len(distinct) {
		t.Errorf("%d hashed, %d distinct", h.count, len(distinct))
	}
}

// Nodes with well-formed hashes that no trie has: the attacker chose the root.
func TestMalformedNodes(t *testing.T) {
	key := [32]byte{}
	long := func(n int) []byte { return append([]byte{0xb8, byte(n)}, make([]byte, n)...) }
	list := func(items ...[]byte) []byte {
		content := bytes.Join(items, nil)
		if len(content) < 56 {
			return append([]byte{0xc0 + byte(len(content))}, content...)
		}
		return append([]byte{0xf9, byte(len(content) >> 8), byte(len(content))}, content...)
	}
	branch := slices.Repeat([][]byte{{0x80}}, 17)
	with := func(i int, item []byte) []byte {
		b := slices.Clone(branch)
		b[i] = item
		return list(b...)
	}
	leafPath := append([]byte{0xa1, 0x20}, make([]byte, 32)...)
	for name, raw := range map[string][]byte{
		"empty":                      {},
		"string":                     {0x83, 1, 2, 3},
		"empty list":                 {0xc0},
		"one item":                   list([]byte{1}),
		"three items":                list([]byte{1}, []byte{1}, []byte{1}),
		"16 items":                   list(branch[:16]...),
		"18 items":                   list(append(slices.Clone(branch), []byte{0x80})...),
		"trailing byte":              append(list(branch...), 0),
		"value in a branch":          with(16, []byte{5}),
		"child of 31 bytes":          with(0, append([]byte{0x9f}, make([]byte, 31)...)),
		"child of one byte":          with(0, []byte{5}),
		"embedded node of 33 bytes":  with(0, list(append([]byte{0x9e}, make([]byte, 30)...), []byte{1})),
		"malformed embedded node":    with(0, list([]byte{1})),
		"long form of a short child": with(0, long(32)),
		"leaf without value":         list(leafPath, []byte{0x80}),
		"leaf of half a path":        list([]byte{0x82, 0x20, 0}, []byte{5}),
		"leaf of no path":            list([]byte{0x80}, []byte{5}),
		"path with flag 4":           list([]byte{0x40}, []byte{5}),
		"even path with a nibble":    list(append([]byte{0xa1, 0x25}, make([]byte, 32)...), []byte{5}),
		"path of 65 nibbles":         list(append([]byte{0xa1, 0x30}, make([]byte, 32)...), []byte{5}),
		"path that is a list":        list([]byte{0xc0}, []byte{5}),
		"extension to nothing":       list([]byte{0x16}, []byte{0x80}),
		"extension of no path":       list([]byte{0x00}, append([]byte{0xa0}, make([]byte, 32)...)),
		"extension of a whole key":   list(append([]byte{0xa1, 0x00}, make([]byte, 32)...), append([]byte{0xa0}, make([]byte, 32)...)),
		"cut":                        list(branch...)[:10],
		"too large":                  list(append(slices.Clone(branch), make([]byte, 2000))...),
	} {
		root := newHasher().key(raw)
		_, err := newTree(root).prove(&key, [][]byte{raw}, newHasher())
		if !errors.Is(err, ErrMalformed) {
			t.Errorf("%s (%x): %v", name, raw[:min(len(raw), 40)], err)
		}
	}
}

// FuzzNode compares with go-ethereum's decoder for any two nodes under a root of
// the attacker's choice: what is accepted here is accepted there, with the same
// value. It may be stricter.
func FuzzNode(f *testing.F) {
	o := newOracle(f)
	rng := rand.New(rand.NewPCG(3, 4))
	o.put(near(rng, [32]byte{}, 0), []byte{1})
	for range 20 {
		o.put(near(rng, o.keys[0], rng.IntN(64)), []byte{2})
	}
	o.trie.Hash()
	for _, k := range o.keys {
		if p := o.path(k); len(p) > 1 {
			f.Add(k[:], p[len(p)-2], p[len(p)-1])
		}
	}
	f.Fuzz(func(t *testing.T, k, first, second []byte) {
		var key [32]byte
		copy(key[:], k)
		root := newHasher().key(first)
		for _, nodes := range [][][]byte{{first}, {first, second}} {
			got, err := newTree(root).prove(&key, nodes, newHasher())
			if err != nil {
				continue
			}
			if emptyTrie(&root) { // some clients send the empty node, go-ethereum wants none
				if got != nil || len(nodes) != 1 {
					t.Fatalf("accepted %x in the empty trie", got)
				}
				continue
			}
			want, err := verify(root, key, nodes)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("accepted %x; go-ethereum: %x, %v", got, want, err)
			}
		}
	})
}

// BenchmarkProofs verifies storage proofs of a trie as deep as those of large
// contracts (100,000 slots, 6 nodes a path), nothing known before.
func BenchmarkProofs(b *testing.B) {
	o := newOracle(b)
	h := newHasher()
	for i := range 100_000 {
		o.put(h.key(binary.BigEndian.AppendUint64(nil, uint64(i))), append([]byte{0x94}, crypto.Keccak256([]byte{byte(i)})[:20]...))
	}
	root := [32]byte(o.trie.Hash())
	rng := rand.New(rand.NewPCG(5, 6))
	type input struct {
		n           int
		sets        [][][][]byte // several, so that nothing is predicted
		keys        [][][32]byte
		depth, size int
	}
	var inputs []*input
	for _, n := range []int{1, 10, 100, 1000} {
		in := &input{n: n}
		for range 8 {
			var set [][][]byte
			var ks [][32]byte
			for range n {
				k := o.keys[rng.IntN(len(o.keys))]
				ks, set = append(ks, k), append(set, o.path(k))
				in.depth += len(set[len(set)-1])
				for _, node := range set[len(set)-1] {
					in.size += len(node)
				}
			}
			in.sets, in.keys = append(in.sets, set), append(in.keys, ks)
		}
		inputs = append(inputs, in)
	}
	o = nil // else the collector's work on it is counted
	runtime.GC()
	for _, in := range inputs {
		b.Run(fmt.Sprintf("slots=%d", in.n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			start := cpuTime()
			for b.Loop() {
				tr := newTree(root)
				for j := range in.n {
					if _, err := tr.prove(&in.keys[i%8][j], in.sets[i%8][j], h); err != nil {
						b.Fatal(err)
					}
				}
				i++
			}
			perProof := float64(cpuTime()-start) / float64(b.N*in.n)
			b.ReportMetric(1e9/perProof, "proofs/cpu-s")
			b.ReportMetric(perProof, "cpu-ns/proof")
			b.ReportMetric(float64(in.depth)/float64(8*in.n), "nodes/proof")
			b.ReportMetric(float64(in.size)/float64(8*in.n), "B/proof")
		})
	}
}

// cpuTime is what the process has used, in ns: other processes do not count.
func cpuTime() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// BenchmarkKeccak is the floor: hashing the nodes of one path.
func BenchmarkKeccak(b *testing.B) {
	node := make([]byte, 532)
	h := newHasher()
	start := cpuTime()
	for b.Loop() {
		sum := h.sum(node)
		copy(node, sum[:])
	}
	b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/node")
}
