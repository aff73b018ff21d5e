package contracts

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
)

// library is the judges' libraries in a bare EVM.
type library struct {
	t   testing.TB
	cfg *runtime.Config
	at  common.Address
	art *Artifact
}

func newLibrary(tb testing.TB) *library {
	tb.Helper()
	l := &library{t: tb, cfg: bareEVM(tb, 1, 1337), at: common.HexToAddress("0x11b"), art: testArtifact(tb, "LibHarness")}
	l.cfg.State.SetCode(l.at, l.art.Runtime, 0)
	return l
}

// call returns the decoded answer; an error means that it reverted, which is
// the only way to fail.
func (l *library) call(method string, args ...any) ([]any, error) {
	l.t.Helper()
	data, err := l.art.ABI.Pack(method, args...)
	if err != nil {
		l.t.Fatal(err)
	}
	out, _, err := runtime.Call(l.at, data, l.cfg)
	if err != nil {
		if !errors.Is(err, vm.ErrExecutionReverted) {
			l.t.Fatalf("%s: %v", method, err)
		}
		return nil, err
	}
	values, err := l.art.ABI.Unpack(method, out)
	if err != nil {
		l.t.Fatal(err)
	}
	return values, nil
}

func (l *library) lookup(root, key [32]byte, proof [][]byte) ([]byte, error) {
	l.t.Helper()
	out, err := l.call("lookup", root, key, proof)
	if err != nil {
		return nil, err
	}
	return out[0].([]byte), nil
}

// tries of several kinds: of hashed keys, of keys with long common beginnings
// (extensions), and so deep that leaves stand inside their parents.
func sampleTries(rng *rand.Rand) map[string]*trie.Trie {
	out := map[string]*trie.Trie{}
	for name, n := range map[string]int{"one": 1, "two": 2, "twenty": 20, "four hundred": 400} {
		tr := newTrie()
		for i := range n {
			key := crypto.Keccak256(binary.BigEndian.AppendUint64(nil, uint64(i)))
			value, _ := rlp.EncodeToBytes(bytes.Repeat([]byte{byte(i) | 1}, 1+rng.IntN(32)))
			tr.MustUpdate(key, value)
		}
		out[name] = tr
	}
	common, inline := newTrie(), newTrie()
	for i := range 60 {
		key := bytes.Repeat([]byte{0xab}, 32)
		for j := rng.IntN(32); j < 32; j++ {
			key[j] = byte(rng.Uint32())
		}
		common.MustUpdate(key, []byte{byte(i) | 1})
		key = make([]byte, 32) // differs at the end only: leaves of a few bytes
		key[30], key[31] = byte(rng.IntN(4)), byte(rng.Uint32())
		inline.MustUpdate(key, []byte{byte(i) | 1})
	}
	out["common beginnings"], out["nodes in nodes"] = common, inline
	return out
}

// keysOf lists a trie's keys.
func keysOf(tr *trie.Trie) (keys [][32]byte) {
	it := trie.NewIterator(tr.MustNodeIterator(nil))
	for it.Next() {
		keys = append(keys, [32]byte(it.Key))
	}
	return keys
}

func TestLookupEqualsGeth(t *testing.T) {
	l, rng := newLibrary(t), rand.New(rand.NewPCG(3, 4))
	present, absent, inline := 0, 0, 0
	for name, tr := range sampleTries(rng) {
		root := [32]byte(tr.Hash())
		keys := keysOf(tr)
		for i := range 40 {
			key := keys[rng.IntN(len(keys))]
			if i%2 == 1 { // one that shares a beginning of any length
				key[rng.IntN(32)] ^= byte(1 + rng.IntN(255))
			}
			want := tr.MustGet(key[:])
			proof := proveKey(t, tr, key[:])
			got, err := l.lookup(root, key, proof)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%s: %x: %x, %v, want %x", name, key, got, err, want)
			}
			if want == nil {
				absent++
			} else {
				present++
			}
			if name == "nodes in nodes" {
				inline++
			}
			// One more, one less, another order.
			for _, bad := range [][][]byte{
				append(proof[:len(proof):len(proof)], proof[len(proof)-1]), proof[:len(proof)-1], append([][]byte{{}}, proof...),
			} {
				if _, err := l.lookup(root, key, bad); err == nil {
					t.Fatalf("%s: %d nodes for %d accepted", name, len(bad), len(proof))
				}
			}
			other := root
			other[i%32] ^= 1
			if _, err := l.lookup(other, key, proof); err == nil {
				t.Fatalf("%s: accepted under another root", name)
			}
		}
	}
	if present < 100 || absent < 80 || inline < 40 {
		t.Errorf("%d present, %d absent, %d inline: the test lost its cases", present, absent, inline)
	}
	// The empty trie: everything is absent, without a node.
	if got, err := l.lookup(types.EmptyRootHash, [32]byte{1}, [][]byte{}); err != nil || len(got) != 0 {
		t.Errorf("empty trie: %x %v", got, err)
	}
	if _, err := l.lookup(types.EmptyRootHash, [32]byte{1}, [][]byte{{0x80}}); err == nil {
		t.Error("empty trie with a node accepted")
	}
}

// Every byte of every node of a proof as deep as mainnet's: no change passes.
func TestLookupEveryByte(t *testing.T) {
	l := newLibrary(t)
	key := crypto.Keccak256Hash([]byte("account"))
	account, _ := rlp.EncodeToBytes(types.NewEmptyStateAccount())
	tr := newTrie()
	tr.MustUpdate(key[:], account)
	deepen(tr, key[:], account, 8)
	root, proof := [32]byte(tr.Hash()), proveKey(t, tr, key[:])
	if len(proof) != 9 {
		t.Fatalf("%d nodes", len(proof))
	}
	if got, err := l.lookup(root, key, proof); err != nil || !bytes.Equal(got, account) {
		t.Fatalf("%x %v", got, err)
	}
	for i := range proof {
		for j := range proof[i] {
			proof[i][j] ^= byte(1 << (j % 8))
			if _, err := l.lookup(root, key, proof); err == nil {
				t.Fatalf("byte %d of node %d changed", j, i)
			}
			proof[i][j] ^= byte(1 << (j % 8))
		}
	}
}

// Nodes that no trie has, under hashes that they really have.
func TestLookupMalformed(t *testing.T) {
	l := newLibrary(t)
	key := [32]byte{0x12, 0x34}
	enc := func(v any) []byte {
		b, err := rlp.EncodeToBytes(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	leafPath := append([]byte{0x20}, key[:]...)
	branch := func(child any) []any {
		items := make([]any, 17)
		for i := range items {
			items[i] = []byte{}
		}
		items[1] = child
		return items
	}
	good := enc([]any{leafPath, []byte{7}})
	if got, err := l.lookup([32]byte(crypto.Keccak256(good)), key, [][]byte{good}); err != nil || !bytes.Equal(got, []byte{7}) {
		t.Fatalf("the good node: %x %v", got, err)
	}
	long := bytes.Repeat([]byte{9}, 40)
	for name, node := range map[string][]byte{
		"nothing":                    {},
		"a string":                   enc([]byte("node")),
		"no items":                   enc([]any{}),
		"one item":                   enc([]any{leafPath}),
		"three items":                enc([]any{leafPath, []byte{7}, []byte{7}}),
		"sixteen items":              enc(branch([]byte{})[:16]),
		"eighteen items":             enc(append(branch([]byte{}), []byte{})),
		"no path":                    enc([]any{[]byte{}, []byte{7}}),
		"path is a list":             enc([]any{[]any{[]byte{1}}, []byte{7}}),
		"path flag 4":                enc([]any{append([]byte{0x40}, key[:]...), []byte{7}}),
		"path padding":               enc([]any{append([]byte{0x21}, key[:]...), []byte{7}}),
		"path too short":             enc([]any{leafPath[:32], []byte{7}}),
		"path too long":              enc([]any{append(leafPath[:33:33], 0), []byte{7}}),
		"path longer by a nibble":    enc([]any{append([]byte{0x30}, key[:]...), []byte{7}}),
		"leaf without a value":       enc([]any{leafPath, []byte{}}),
		"leaf with a list":           enc([]any{leafPath, []any{[]byte{7}}}),
		"extension of nothing":       enc([]any{[]byte{0}, bytes.Repeat([]byte{1}, 32)}),
		"extension to nothing":       enc([]any{[]byte{0x11}, []byte{}}),
		"extension to 31 bytes":      enc([]any{[]byte{0x11}, long[:31]}),
		"extension to 33 bytes":      enc([]any{[]byte{0x11}, long[:33]}),
		"extension in it to nothing": enc([]any{[]byte{0x11}, []any{[]byte{0x12}, []byte{}}}),
		"branch to 31 bytes":         enc(branch(long[:31])),
		"branch to a long list":      enc(branch([]any{long, long})),
		"trailing byte":              append(bytes.Clone(good), 0),
		"long form of a short list":  append([]byte{0xf8, byte(len(good) - 1)}, good[1:]...),
	} {
		if _, err := l.lookup([32]byte(crypto.Keccak256(node)), key, [][]byte{node}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// What Rlp reads, go-ethereum reads so, and what go-ethereum refuses is refused.
func TestRlpEqualsGeth(t *testing.T) {
	l, rng := newLibrary(t), rand.New(rand.NewPCG(5, 6))
	accepted, refused := 0, 0
	heads := []byte{0, 1, 0x7f, 0x80, 0x81, 0x82, 0xa0, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbf, 0xc0, 0xc1, 0xc8, 0xf7, 0xf8, 0xf9, 0xfa, 0xff}
	for i := range 3000 {
		b := make([]byte, rng.IntN(80))
		if i%3 == 0 {
			b = make([]byte, rng.IntN(400))
		}
		for j := range b {
			b[j] = byte(rng.Uint32())
		}
		if len(b) > 0 && i%4 != 0 {
			b[0] = heads[rng.IntN(len(heads))]
		}
		if len(b) > 1 && i%3 == 1 {
			b[1] = byte(rng.IntN(80))
		}
		kind, content, rest, wantErr := rlp.Split(b)
		got, err := l.call("read", b)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%x: contract %v, go-ethereum %v", b, err, wantErr)
		}
		if err != nil {
			refused++
			continue
		}
		accepted++
		if got[0].(bool) != (kind == rlp.List) || !bytes.Equal(got[1].([]byte), content) || got[2].(*big.Int).Int64() != int64(len(rest)) {
			t.Fatalf("%x: %v, go-ethereum %v %x %d", b, got, kind, content, len(rest))
		}
		n, wantErr := uintOf(b)
		number, err := l.call("readUint", b)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("number %x: contract %v, go-ethereum %v", b, err, wantErr)
		}
		if err == nil && number[0].(*big.Int).Cmp(n) != 0 {
			t.Fatalf("number %x: %v, go-ethereum %v", b, number[0], n)
		}
	}
	if accepted < 500 || refused < 500 {
		t.Errorf("%d accepted, %d refused", accepted, refused)
	}
}

// uintOf decodes the first item as a number of at most 256 bits.
func uintOf(b []byte) (*big.Int, error) {
	_, _, rest, err := rlp.Split(b)
	if err != nil {
		return nil, err
	}
	var n big.Int
	if err := rlp.DecodeBytes(b[:len(b)-len(rest)], &n); err != nil {
		return nil, err
	}
	if n.BitLen() > 256 {
		return nil, errors.New("over 256 bits")
	}
	return &n, nil
}
