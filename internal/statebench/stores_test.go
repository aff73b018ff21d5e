package statebench

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/benbjohnson/immutable"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/trie/trienode"
	"github.com/ethereum/go-ethereum/triedb/database"
	"github.com/ethereum/go-ethereum/triedb/pathdb"
	"github.com/holiman/uint256"

	"vmhost/statecache"
)

type word = [32]byte

// read answers a key's word at one height.
type read func(key uint32) (word, error)

// store keeps every height it was given. Height 0 sets all keys.
type store interface {
	apply(height int, keys []uint32, values []word) error
	at(height int) (read, error)
}

// kinds lists the stores in the order of the table.
var kinds = []struct {
	name string
	make func(n int) (store, error)
}{
	{"statecache", func(n int) (store, error) { return newCacheStore(n) }},
	{"pathdb", func(int) (store, error) { return newPathStore(), nil }},
	{"HAMT", func(int) (store, error) { return &hamtStore{}, nil }},
	{"layers", func(int) (store, error) { return &layerStore{}, nil }},
}

// contracts is how many contracts share the keys.
const contracts = 5

// slotOf is a key's slot: spread like the keccak hash of a mapping's slot.
func slotOf(key uint32) (w word) {
	x := uint64(key)
	for k := 0; k < 32; k += 8 {
		x = (x + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
		x ^= x >> 29
		binary.BigEndian.PutUint64(w[k:], x)
	}
	return w
}

// cacheStore is the state cache with one collection.
type cacheStore struct {
	c    *statecache.Cache
	head statecache.BlockRef
	refs []statecache.BlockRef
}

const collection = "keys"

func itemOf(key uint32) statecache.Item {
	it := statecache.Item{Slot: slotOf(key)}
	it.Address[19] = byte(key % contracts)
	return it
}

func newCacheStore(n int) (*cacheStore, error) {
	c, err := statecache.New(statecache.Options{Window: 128})
	if err != nil {
		return nil, err
	}
	items := make([]statecache.Item, n)
	for i := range items {
		items[i] = itemOf(uint32(i))
	}
	return &cacheStore{c: c}, c.Define(statecache.Collection{Name: collection, Items: items})
}

func (s *cacheStore) apply(height int, keys []uint32, values []word) error {
	h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: uint64(height) + 1}, Parent: s.head.Hash}
	binary.BigEndian.PutUint64(h.Ref.Hash[24:], uint64(height)+1)
	changes := make([]statecache.Change, len(keys))
	for i, k := range keys {
		changes[i] = statecache.Change{Collection: collection, Index: k, Value: values[i]}
	}
	_, err := s.c.Apply(h, changes)
	s.head = h.Ref
	s.refs = append(s.refs, h.Ref)
	return err
}

func (s *cacheStore) view(height int) (*statecache.View, uint32, error) {
	v, err := s.c.View(s.refs[height], "bench", time.Time{})
	if err != nil {
		return nil, 0, err
	}
	h, ok := v.Find(collection)
	if !ok {
		return nil, 0, errMissing
	}
	return v, h, nil
}

func (s *cacheStore) at(height int) (read, error) {
	v, h, err := s.view(height)
	return func(k uint32) (word, error) { return v.Get(h, k) }, err
}

// byItem reads the state cache by address and slot, as the others are read.
type byItem struct{ *cacheStore }

func (s byItem) at(height int) (read, error) {
	v, h, err := s.view(height)
	return func(k uint32) (word, error) { return v.GetItem(h, itemOf(k)) }, err
}

// pathStore is go-ethereum's path-based state database.
type pathStore struct {
	db    *pathdb.Database
	roots []common.Hash
}

func newPathStore() *pathStore {
	cfg := *pathdb.Defaults
	cfg.NoAsyncFlush, cfg.NoAsyncGeneration = true, true
	return &pathStore{db: pathdb.New(rawdb.NewMemoryDatabase(), &cfg, false)}
}

func accountOf(key uint32) common.Hash { return common.Hash{31: byte(key%contracts) + 1} }

func (s *pathStore) apply(height int, keys []uint32, values []word) error {
	root := common.BigToHash(big.NewInt(int64(height) + 1))
	parent := types.EmptyRootHash
	if height > 0 {
		parent = s.roots[height-1]
	}
	storages, accounts := map[common.Hash]map[common.Hash][]byte{}, map[common.Hash][]byte{}
	for i, k := range keys {
		a := accountOf(k)
		if storages[a] == nil {
			storages[a] = map[common.Hash][]byte{}
			accounts[a] = types.SlimAccountRLP(types.StateAccount{Balance: new(uint256.Int), Root: root, CodeHash: types.EmptyCodeHash[:]})
		}
		storages[a][slotOf(k)] = append([]byte{0xa0}, values[i][:]...) // RLP of 32 bytes
	}
	err := s.db.Update(root, parent, uint64(height), trienode.NewMergedNodeSet(), pathdb.NewStateSetWithOrigin(accounts, storages, nil, nil, false))
	s.roots = append(s.roots, root)
	if err == nil && height == 0 { // what all heights share lies on the disk layer
		err = s.db.Commit(root, false)
	}
	return err
}

func (s *pathStore) at(height int) (read, error) {
	var r database.StateReader
	r, err := s.db.StateReader(s.roots[height])
	return func(k uint32) (w word, err error) {
		blob, err := r.Storage(accountOf(k), slotOf(k))
		if err == nil && len(blob) != 33 {
			err = fmt.Errorf("key %d: %d bytes", k, len(blob))
		}
		if err != nil {
			return w, err
		}
		return word(blob[1:]), nil
	}, err
}

// hamtStore is a persistent map from slot to word a height.
type hamtStore struct{ heights []*immutable.Map[word, word] }

type slotHasher struct{}

func (slotHasher) Hash(k word) uint32   { return binary.BigEndian.Uint32(k[:]) }
func (slotHasher) Equal(a, b word) bool { return a == b }
func (s *hamtStore) at(h int) (read, error) {
	m := s.heights[h]
	return func(k uint32) (word, error) {
		w, ok := m.Get(slotOf(k))
		if !ok {
			return w, errMissing
		}
		return w, nil
	}, nil
}

var errMissing = errors.New("no such key")

func (s *hamtStore) apply(height int, keys []uint32, values []word) error {
	m := immutable.NewMap[word, word](slotHasher{})
	if height > 0 {
		m = s.heights[height-1]
	}
	b := immutable.NewMapBuilder[word, word](slotHasher{})
	if height == 0 {
		for i, k := range keys {
			b.Set(slotOf(k), values[i])
		}
		m = b.Map()
	} else {
		for i, k := range keys {
			m = m.Set(slotOf(k), values[i])
		}
	}
	s.heights = append(s.heights, m)
	return nil
}

// layerStore is a map of changes a height.
type layerStore struct{ layers []map[word]word }

func (s *layerStore) apply(_ int, keys []uint32, values []word) error {
	m := make(map[word]word, len(keys))
	for i, k := range keys {
		m[slotOf(k)] = values[i]
	}
	s.layers = append(s.layers, m)
	return nil
}

func (s *layerStore) at(height int) (read, error) {
	return func(k uint32) (w word, err error) {
		slot := slotOf(k)
		for h := height; h >= 0; h-- {
			if w, ok := s.layers[h][slot]; ok {
				return w, nil
			}
		}
		return w, errMissing
	}, nil
}
