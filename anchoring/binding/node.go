package binding

import (
	"bytes"
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
)

// Bounds of a proof. A path has at most 65 nodes, and a node of a state or
// storage trie is a full branch of 17 hashes at most.
const (
	maxPath  = 65
	maxNode  = 1024
	hashSize = 32
	nibbles  = 64 // of a key
)

// node is a decoded node of a Merkle-Patricia trie whose keys have 32 bytes: a
// branch (kids), an extension (path, next) or a leaf (path, value).
type node struct {
	raw   []byte
	kids  *[16]link
	path  []byte // hex-prefix encoded, in raw
	next  link
	value []byte // of a leaf, never empty, in raw
}

// link is a place for a node: empty, named by its hash, or embedded. The node of
// a hash is nil until it was seen, and has that hash.
type link struct {
	hash *[32]byte
	node *node
}

func (l *link) empty() bool { return l.hash == nil && l.node == nil }

// same reports whether both name one node by its hash, so that everything below
// is the same too.
func (l *link) same(o *link) bool {
	return l.hash != nil && o != nil && o.hash != nil && *l.hash == *o.hash
}

// hasher computes node hashes and counts them.
type hasher struct {
	state crypto.KeccakState
	count int
}

func newHasher() *hasher { return &hasher{state: crypto.NewKeccakState()} }

// sum hashes a node.
func (h *hasher) sum(b []byte) [32]byte {
	h.count++
	return h.key(b)
}

// key is where a trie files an address or a slot.
func (h *hasher) key(b []byte) (out [32]byte) {
	h.state.Reset()
	_, _ = h.state.Write(b) // a sponge never fails
	_, _ = h.state.Read(out[:])
	return out
}

// resolve sets the node of a link from its encoding, or compares it with the one
// that is there already.
func (l *link) resolve(raw []byte, h *hasher) error {
	switch {
	case len(raw) > maxNode:
		return fmt.Errorf("%d bytes: %w", len(raw), ErrMalformed)
	case l.node != nil:
		if !bytes.Equal(l.node.raw, raw) {
			return ErrBadNode
		}
	case h.sum(raw) != *l.hash:
		return ErrBadNode
	default:
		n, err := decodeNode(raw)
		if err != nil {
			return err
		}
		l.node = n
	}
	return nil
}

// decodeNode reads exactly one node. It keeps raw.
func decodeNode(raw []byte) (*node, error) {
	content, rest, err := rlp.SplitList(raw)
	if err != nil || len(rest) != 0 {
		return nil, fmt.Errorf("%w: not a list", ErrMalformed)
	}
	items, err := rlp.CountValues(content)
	switch {
	case err == nil && items == 2:
		return decodeShort(raw, content)
	case err == nil && items == 17:
		return decodeBranch(raw, content)
	}
	return nil, fmt.Errorf("%w: list of %d", ErrMalformed, items)
}

func decodeBranch(raw, content []byte) (*node, error) {
	both := &struct { // in one piece of memory
		node
		links [16]link
	}{node: node{raw: raw}}
	n := &both.node
	n.kids = &both.links
	var err error
	for i := range n.kids {
		if n.kids[i], content, err = decodeLink(content); err != nil {
			return nil, err
		}
	}
	// All keys have one length, so that no value ends at a branch.
	if value, _, err := rlp.SplitString(content); err != nil || len(value) != 0 {
		return nil, fmt.Errorf("%w: value in a branch", ErrMalformed)
	}
	return n, nil
}

func decodeShort(raw, content []byte) (*node, error) {
	path, content, err := rlp.SplitString(content)
	if err != nil || len(path) == 0 || len(path) > nibbles/2+1 || path[0] > 0x3f || path[0]&0x1f != 0 && path[0]&0x10 == 0 {
		return nil, fmt.Errorf("%w: path of a node", ErrMalformed)
	}
	n := &node{raw: raw, path: path}
	if path[0]&0x20 != 0 {
		n.value, _, err = rlp.SplitString(content)
		if err != nil || len(n.value) == 0 {
			return nil, fmt.Errorf("%w: value of a leaf", ErrMalformed)
		}
		return n, nil
	}
	n.next, _, err = decodeLink(content)
	if err == nil && (n.next.empty() || n.pathLen() == 0) {
		err = fmt.Errorf("%w: extension to nothing", ErrMalformed)
	}
	return n, err
}

// decodeLink reads the reference to a child.
func decodeLink(b []byte) (l link, rest []byte, err error) {
	kind, value, rest, err := rlp.Split(b)
	switch {
	case err != nil:
	case kind == rlp.String && len(value) == hashSize:
		l.hash = (*[32]byte)(value)
		return l, rest, nil
	case kind == rlp.String && len(value) == 0:
		return l, rest, nil
	case kind == rlp.List && len(b)-len(rest) < hashSize:
		l.node, err = decodeNode(b[:len(b)-len(rest)])
		return l, rest, err
	}
	return l, nil, fmt.Errorf("%w: reference to a child", ErrMalformed)
}

// pathLen is the length of the path of a leaf or an extension, in nibbles.
func (n *node) pathLen() int { return 2*(len(n.path)-1) + int(n.path[0]>>4&1) }

// follows reports whether the key runs along the path from depth on.
func (n *node) follows(key *[32]byte, depth int) bool {
	size := n.pathLen()
	if depth+size > nibbles {
		return false
	}
	skip := len(n.path)*2 - size
	for i := range size {
		j := skip + i
		if n.path[j/2]>>(4*(1-j%2))&15 != nibble(key, depth+i) {
			return false
		}
	}
	return true
}

func nibble(key *[32]byte, i int) byte { return key[i/2] >> (4 * (1 - i%2)) & 15 }

// emptyTrie reports whether root is that of a trie without keys.
func emptyTrie(root *[32]byte) bool { return *root == types.EmptyRootHash }
