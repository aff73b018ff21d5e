package binding

import (
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
)

// Bounds of a proof. A path has at most 65 nodes, and a node of a state or
// storage trie is a full branch of 17 hashes at most.
const (
	maxPath = 65
	maxNode = 1024
)

// Account is what the state trie holds for an address.
type Account struct {
	// Exists is false when its absence was proven: the rest is then 0, the
	// StorageRoot that of an empty trie.
	Exists      bool
	Nonce       uint64
	Balance     [32]byte // wei, big-endian
	StorageRoot [32]byte
	CodeHash    [32]byte
}

// hasher remembers hashes of nodes: neighbouring paths share their upper ones.
type hasher map[string][32]byte

func (m hasher) hash(node []byte) [32]byte {
	if h, ok := m[string(node)]; ok {
		return h
	}
	h := [32]byte(crypto.Keccak256(node))
	if m != nil {
		m[string(node)] = h
	}
	return h
}

// path serves the nodes of one proof to trie.VerifyProof, which does not hash
// them, in order and only under the hash that they really have.
type path struct {
	nodes  [][]byte
	hashes hasher
	used   int
	err    error
}

// Has implements ethdb.KeyValueReader.
func (p *path) Has(key []byte) (bool, error) {
	node, err := p.Get(key)
	return node != nil, err
}

// Get returns the next node if it hashes to key.
func (p *path) Get(key []byte) ([]byte, error) {
	if p.used == len(p.nodes) {
		p.err = fmt.Errorf("node %d: %w", p.used, ErrMissingNode)
		return nil, p.err
	}
	node := p.nodes[p.used]
	if hash := p.hashes.hash(node); string(hash[:]) != string(key) {
		p.err = fmt.Errorf("node %d: %w", p.used, ErrBadNode)
		return nil, p.err
	}
	p.used++
	return node, nil
}

// prove returns the value under keccak(key), nil when its absence is proven.
func prove(root [32]byte, key []byte, nodes [][]byte, hashes hasher) ([]byte, error) {
	if len(nodes) > maxPath {
		return nil, fmt.Errorf("%d nodes: %w", len(nodes), ErrMalformed)
	}
	for i, n := range nodes {
		if len(n) > maxNode {
			return nil, fmt.Errorf("node %d has %d bytes: %w", i, len(n), ErrMalformed)
		}
	}
	if root == types.EmptyRootHash {
		// Some clients send the empty node itself.
		if len(nodes) == 0 || len(nodes) == 1 && string(nodes[0]) == "\x80" {
			return nil, nil
		}
		return nil, fmt.Errorf("empty trie: %w", ErrExtraNode)
	}
	p := &path{nodes: nodes, hashes: hashes}
	value, err := trie.VerifyProof(root, crypto.Keccak256(key), p)
	switch {
	case p.err != nil:
		return nil, p.err
	case err != nil:
		return nil, fmt.Errorf("node %d: %w: %w", p.used-1, ErrMalformed, err)
	case p.used != len(nodes):
		return nil, fmt.Errorf("%d of %d nodes used: %w", p.used, len(nodes), ErrExtraNode)
	case value != nil && len(value) == 0:
		return nil, fmt.Errorf("empty value: %w", ErrMalformed)
	}
	return value, nil
}

// VerifyAccount proves an account, or its absence, against a state root.
func VerifyAccount(stateRoot [32]byte, address [20]byte, proof [][]byte) (Account, error) {
	return verifyAccount(stateRoot, address, proof, nil)
}

func verifyAccount(stateRoot [32]byte, address [20]byte, proof [][]byte, hashes hasher) (Account, error) {
	value, err := prove(stateRoot, address[:], proof, hashes)
	if err != nil {
		return Account{}, fmt.Errorf("account proof: %w", err)
	}
	if value == nil {
		return Account{StorageRoot: types.EmptyRootHash}, nil
	}
	var a types.StateAccount
	if err := rlp.DecodeBytes(value, &a); err != nil {
		return Account{}, fmt.Errorf("account: %w: %w", ErrMalformed, err)
	}
	if len(a.CodeHash) != 32 || a.Balance == nil {
		return Account{}, fmt.Errorf("account: %w: code hash of %d bytes", ErrMalformed, len(a.CodeHash))
	}
	return Account{
		Exists: true, Nonce: a.Nonce, Balance: a.Balance.Bytes32(),
		StorageRoot: a.Root, CodeHash: [32]byte(a.CodeHash),
	}, nil
}

// VerifySlot proves the value of a storage slot, 0 when it is absent, against
// the storage root of a proven account.
func VerifySlot(storageRoot, slot [32]byte, proof [][]byte) ([32]byte, error) {
	return verifySlot(storageRoot, slot, proof, nil)
}

func verifySlot(storageRoot, slot [32]byte, proof [][]byte, hashes hasher) (value [32]byte, err error) {
	enc, err := prove(storageRoot, slot[:], proof, hashes)
	if err != nil {
		return value, fmt.Errorf("storage proof: %w", err)
	}
	if enc == nil {
		return value, nil
	}
	content, rest, err := rlp.SplitString(enc)
	if err != nil || len(rest) != 0 || len(content) == 0 || len(content) > 32 || content[0] == 0 {
		return value, fmt.Errorf("storage value: %w", ErrMalformed)
	}
	copy(value[32-len(content):], content)
	return value, nil
}

// MappingSlot returns the slot of a Solidity mapping's entry: keccak(key ‖ base)
// for the mapping declared at slot base. An address key is left-padded.
func MappingSlot(key, base [32]byte) [32]byte {
	return [32]byte(crypto.Keccak256(key[:], base[:]))
}
