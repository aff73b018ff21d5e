package statefile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"vmhost/anchoring/binding"
	"vmhost/statecache"
)

// Format is the format that this version reads and writes.
const Format = "vmhost-state/1"

// MaxBytes is the largest file that is read, in bytes.
const MaxBytes = 64 << 20

// File is the content of a STATE.json.
type File struct {
	ChainID uint64
	Block   statecache.BlockRef
	// Header is the RLP of the block's header; nil if absent.
	Header []byte
	// Collections with their values, without the header collection.
	Collections []statecache.CollectionValues
	// HistoryRoot of the commitment; 0 if no history is kept.
	HistoryRoot [32]byte
	// Past are earlier blocks that jobs may read, of that history.
	Past []PastBlock
	// Accounts prove the values; nil if absent.
	Accounts []binding.AccountProof
	// Commitment of the content; 0 if absent.
	Commitment statecache.Commitment
}

type fileJSON struct {
	Format      string           `json:"format"`
	ChainID     *quantity        `json:"chainId"`
	Block       *blockJSON       `json:"block"`
	Commitment  *word            `json:"commitment,omitempty"`
	Collections []collectionJSON `json:"collections"`
	History     *historyJSON     `json:"history,omitempty"`
	Accounts    []accountJSON    `json:"accounts,omitempty"`
}

type blockJSON struct {
	Number *quantity `json:"number"`
	Hash   *word     `json:"hash"`
	Header data      `json:"header,omitempty"`
}

type collectionJSON struct {
	Name  string     `json:"name"`
	Base  *word      `json:"base,omitempty"`
	Items []itemJSON `json:"items"`
	// Dropped collections have no items: they keep their place in the directory.
	Dropped bool `json:"dropped,omitempty"`
}

type itemJSON struct {
	Kind    string   `json:"kind,omitempty"`
	Address *address `json:"address"`
	Slot    *word    `json:"slot,omitempty"`
	Key     *word    `json:"key,omitempty"`
	Value   *word    `json:"value"`
}

type historyJSON struct {
	Root   *word      `json:"root"`
	Blocks []pastJSON `json:"blocks,omitempty"`
}

type accountJSON struct {
	Address      *address   `json:"address"`
	AccountProof []data     `json:"accountProof"`
	StorageProof []slotJSON `json:"storageProof"`
}

type slotJSON struct {
	Slot  *word  `json:"slot"`
	Proof []data `json:"proof"`
}

// fieldNames are those of all objects of a state file; which object has which
// is checked by the decoder.
func fieldNames() map[string]bool {
	return set("format", "chainId", "block", "commitment", "collections", "history", "accounts", "number", "hash", "header",
		"name", "base", "items", "dropped", "kind", "address", "slot", "key", "value", "root", "blocks", "path",
		"accountProof", "storageProof", "proof")
}

func set(names ...string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, n := range names {
		out[n] = true
	}
	return out
}

// Read reads and decodes a file, at most MaxBytes.
func Read(r io.Reader) (*File, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read state file: %w", err)
	}
	return Decode(b)
}

// Decode decodes a file. It checks the form only: see File.Check.
func Decode(b []byte) (*File, error) {
	if len(b) > MaxBytes {
		return nil, ErrTooLarge
	}
	var j fileJSON
	if err := decodeStrict(b, fieldNames(), &j); err != nil {
		return nil, otherFormat(b, Format, err)
	}
	if j.Format != Format {
		return nil, fmt.Errorf("%w: format %.40q, expected %q", ErrFormat, j.Format, Format)
	}
	if j.ChainID == nil || j.Block == nil || j.Block.Number == nil || j.Block.Hash == nil {
		return nil, fmt.Errorf("%w: chainId, block.number and block.hash are required", ErrFormat)
	}
	f := &File{
		ChainID: uint64(*j.ChainID),
		Block:   statecache.BlockRef{Number: uint64(*j.Block.Number), Hash: *j.Block.Hash},
		Header:  j.Block.Header,
	}
	if j.Commitment != nil {
		f.Commitment = statecache.Commitment(*j.Commitment)
		if f.Commitment == (statecache.Commitment{}) {
			return nil, fmt.Errorf("%w: commitment is 0", ErrFormat)
		}
	}
	if h := j.History; h != nil {
		if h.Root == nil {
			return nil, fmt.Errorf("%w: history without root", ErrFormat)
		}
		f.HistoryRoot = *h.Root
		for i := range h.Blocks {
			past, err := h.Blocks[i].decode()
			if err != nil {
				return nil, fmt.Errorf("history block %d: %w", i, err)
			}
			f.Past = append(f.Past, past)
		}
	}
	var err error
	if f.Collections, err = decodeCollections(j.Collections); err != nil {
		return nil, err
	}
	if f.Accounts, err = decodeAccounts(j.Accounts); err != nil {
		return nil, err
	}
	return f, nil
}

func decodeCollections(list []collectionJSON) (out []statecache.CollectionValues, err error) {
	for i := range list {
		c, err := list[i].decode()
		if err != nil {
			return nil, fmt.Errorf("collection %d (%.40q): %w", i, list[i].Name, err)
		}
		out = append(out, c)
	}
	return out, nil
}

func decodeAccounts(list []accountJSON) (out []binding.AccountProof, err error) {
	for i := range list {
		a, err := list[i].decode()
		if err != nil {
			return nil, fmt.Errorf("account proof %d: %w", i, err)
		}
		out = append(out, a)
	}
	return out, nil
}

func (j *collectionJSON) decode() (statecache.CollectionValues, error) {
	c := statecache.CollectionValues{Collection: statecache.Collection{Name: j.Name}}
	if j.Base != nil {
		c.Base = *j.Base
	}
	if c.Dropped = j.Dropped; c.Dropped && len(j.Items) > 0 {
		return c, fmt.Errorf("%w: dropped, with items", ErrFormat)
	}
	for i, it := range j.Items {
		item := statecache.Item{Kind: statecache.KindSlot}
		if it.Kind != "" {
			k, ok := statecache.ParseKind(it.Kind)
			if !ok || k == statecache.KindHeader {
				return c, fmt.Errorf("item %d: %w: kind %.20q", i, ErrFormat, it.Kind)
			}
			item.Kind = k
		}
		if it.Address == nil || it.Value == nil || (it.Slot == nil) == (item.Kind == statecache.KindSlot) {
			return c, fmt.Errorf("item %d: %w: address, value, and slot for kind slot only, are required", i, ErrFormat)
		}
		item.Address = *it.Address
		if it.Slot != nil {
			item.Slot = *it.Slot
		}
		if it.Key != nil {
			item.Key = *it.Key
		}
		c.Items = append(c.Items, item)
		c.Values = append(c.Values, *it.Value)
	}
	return c, nil
}

func (j *accountJSON) decode() (binding.AccountProof, error) {
	var a binding.AccountProof
	if j.Address == nil {
		return a, fmt.Errorf("%w: no address", ErrFormat)
	}
	a.Address, a.Account = *j.Address, plain(j.AccountProof)
	for _, s := range j.StorageProof {
		if s.Slot == nil {
			return a, fmt.Errorf("%w: storage proof without slot", ErrFormat)
		}
		a.Slots = append(a.Slots, binding.SlotProof{Slot: *s.Slot, Proof: plain(s.Proof)})
	}
	return a, nil
}

func plain(list []data) [][]byte {
	out := make([][]byte, len(list))
	for i, d := range list {
		out[i] = d
	}
	return out
}

// Encode writes the file, indented, with a line feed at the end.
func (f *File) Encode() ([]byte, error) {
	number, hash, id := quantity(f.Block.Number), word(f.Block.Hash), quantity(f.ChainID)
	j := fileJSON{Format: Format, ChainID: &id, Block: &blockJSON{Number: &number, Hash: &hash, Header: f.Header}, Accounts: encodeAccounts(f.Accounts)}
	if f.Commitment != (statecache.Commitment{}) {
		c := word(f.Commitment)
		j.Commitment = &c
	}
	if f.HistoryRoot != ([32]byte{}) {
		root := word(f.HistoryRoot)
		j.History = &historyJSON{Root: &root}
		for i := range f.Past {
			p, err := f.Past[i].encode()
			if err != nil {
				return nil, err
			}
			j.History.Blocks = append(j.History.Blocks, p)
		}
	}
	var err error
	if j.Collections, err = encodeCollections(f.Collections); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	if err := enc.Encode(&j); err != nil {
		return nil, fmt.Errorf("encode state file: %w", err)
	}
	return b.Bytes(), nil
}

func encodeCollections(list []statecache.CollectionValues) ([]collectionJSON, error) {
	out := []collectionJSON{}
	for i := range list {
		c, err := encodeCollection(&list[i])
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func encodeAccounts(list []binding.AccountProof) (out []accountJSON) {
	for i := range list {
		a := &list[i]
		addr := address(a.Address)
		j := accountJSON{Address: &addr, AccountProof: wrap(a.Account), StorageProof: []slotJSON{}}
		for _, s := range a.Slots {
			slot := word(s.Slot)
			j.StorageProof = append(j.StorageProof, slotJSON{Slot: &slot, Proof: wrap(s.Proof)})
		}
		out = append(out, j)
	}
	return out
}

func encodeCollection(c *statecache.CollectionValues) (collectionJSON, error) {
	j := collectionJSON{Name: c.Name, Items: []itemJSON{}, Dropped: c.Dropped}
	if len(c.Values) != len(c.Items) {
		return j, fmt.Errorf("collection %q: %w: %d values for %d items", c.Name, ErrFormat, len(c.Values), len(c.Items))
	}
	if c.Base != ([32]byte{}) {
		base := word(c.Base)
		j.Base = &base
	}
	for i, it := range c.Items {
		addr, value := address(it.Address), word(c.Values[i])
		ij := itemJSON{Kind: it.Kind.String(), Address: &addr, Value: &value}
		if it.Kind == statecache.KindSlot {
			slot := word(it.Slot)
			ij.Slot = &slot
		}
		if it.Key != ([32]byte{}) {
			key := word(it.Key)
			ij.Key = &key
		}
		j.Items = append(j.Items, ij)
	}
	return j, nil
}

func wrap(list [][]byte) []data {
	out := make([]data, len(list))
	for i, b := range list {
		out[i] = b
	}
	return out
}
