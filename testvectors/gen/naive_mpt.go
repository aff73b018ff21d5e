package main

import (
	"bytes"
	"math/big"
	"slices"
)

// Ethereum's RLP and Merkle-Patricia trie, by the yellow paper: recursion over
// maps from nibbles to values.

func rlpString(b []byte) []byte {
	if len(b) == 1 && b[0] < 0x80 {
		return b
	}
	return append(rlpHead(0x80, len(b)), b...)
}

func rlpList(items ...[]byte) []byte {
	body := slices.Concat(items...)
	return append(rlpHead(0xc0, len(body)), body...)
}

func rlpHead(offset byte, n int) []byte {
	if n < 56 {
		return []byte{offset + byte(n)}
	}
	size := big.NewInt(int64(n)).Bytes()
	return append([]byte{offset + 55 + byte(len(size))}, size...)
}

// rlpNumber has no leading zeros; 0 is the empty string.
func rlpNumber(b []byte) []byte { return rlpString(bytes.TrimLeft(b, "\x00")) }

func rlpUint(n uint64) []byte { return rlpString(new(big.Int).SetUint64(n).Bytes()) }

// trie maps keys, as nibbles, to values.
type trie map[string][]byte

func (t trie) set(key, value []byte) { t[nibbles(keccak(key))] = value }

func nibbles(b []byte) string {
	var out []byte
	for _, c := range b {
		out = append(out, c>>4, c&15)
	}
	return string(out)
}

// compact is the hex-prefix encoding of a path.
func compact(path string, leaf bool) []byte {
	flag := byte(0)
	if leaf {
		flag = 2
	}
	p := []byte(path)
	if len(p)%2 == 1 {
		p = append([]byte{flag + 1}, p...)
	} else {
		p = append([]byte{flag, 0}, p...)
	}
	var out []byte
	for i := 0; i < len(p); i += 2 {
		out = append(out, p[i]<<4|p[i+1])
	}
	return rlpString(out)
}

// without returns the part below a prefix.
func (t trie) without(prefix string) trie {
	out := trie{}
	for k, v := range t {
		if len(k) >= len(prefix) && k[:len(prefix)] == prefix {
			out[k[len(prefix):]] = v
		}
	}
	return out
}

func (t trie) commonPrefix() string {
	keys := sortedKeys(t)
	first, last := keys[0], keys[len(keys)-1]
	n := 0
	for n < len(first) && first[n] == last[n] {
		n++
	}
	return first[:n]
}

// node is the encoding of the trie's top node.
func (t trie) node() []byte {
	switch prefix := ""; {
	case len(t) == 0:
		return rlpString(nil)
	case len(t) == 1:
		path := sortedKeys(t)[0]
		return rlpList(compact(path, true), rlpString(t[path]))
	default:
		if prefix = t.commonPrefix(); prefix != "" {
			return rlpList(compact(prefix, false), t.without(prefix).ref())
		}
	}
	var parts [][]byte
	for n := range 16 {
		parts = append(parts, t.without(string([]byte{byte(n)})).ref())
	}
	return rlpList(append(parts, rlpString(nil))...)
}

// ref is how a node stands in its parent: itself if short, else its hash.
func (t trie) ref() []byte {
	n := t.node()
	if len(n) < 32 {
		return n
	}
	return rlpString(keccak(n))
}

func (t trie) root() []byte { return keccak(t.node()) }

// proof lists the nodes on the way to a key, without those inside their parent.
func (t trie) proof(key []byte) [][]byte {
	path := nibbles(keccak(key))
	out := [][]byte{}
	for top := true; len(t) > 0; top = false {
		if n := t.node(); top || len(n) >= 32 {
			out = append(out, n)
		}
		if len(t) == 1 {
			break
		}
		step := t.commonPrefix()
		if step == "" {
			step = path[:1]
		}
		if path[:len(step)] != step {
			break
		}
		t, path = t.without(step), path[len(step):]
	}
	return out
}
