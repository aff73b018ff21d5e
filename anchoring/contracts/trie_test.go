package contracts

import (
	"bytes"
	"testing"

	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"
)

// newTrie is an empty trie of go-ethereum's, whose keys are as given.
func newTrie() *trie.Trie {
	return trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), triedb.HashDefaults))
}

// nodeList collects the nodes of a proof in order.
type nodeList [][]byte

// Put implements ethdb.KeyValueWriter.
func (n *nodeList) Put(_, node []byte) error {
	*n = append(*n, bytes.Clone(node))
	return nil
}

// Delete implements ethdb.KeyValueWriter.
func (n *nodeList) Delete([]byte) error { return nil }

// proveKey is the proof of a key, or of its absence.
func proveKey(tb testing.TB, tr *trie.Trie, key []byte) [][]byte {
	tb.Helper()
	n := nodeList{}
	if err := tr.Prove(key, &n); err != nil {
		tb.Fatal(err)
	}
	return n
}

// deepen puts other keys beside a key, so that its path has full branches at
// the first `depth` nibbles, as in a trie of 16^depth keys. Every filler is a
// plausible value.
func deepen(tr *trie.Trie, key, filler []byte, depth int) {
	for d := range depth {
		for n := range byte(16) {
			k := bytes.Clone(key)
			shift := 4 * (1 - d%2)
			if k[d/2]>>shift&0xf == n {
				continue
			}
			k[d/2] = k[d/2]&^(0xf<<shift) | n<<shift
			k[31] ^= 0x5a
			tr.MustUpdate(k, filler)
		}
	}
}
