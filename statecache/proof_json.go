package statecache

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// proofJSON is a Proof in JSON: heights and chain ids as hex quantities, counts
// as numbers, everything else as lower-case 0x hex of its full width.
type proofJSON struct {
	ChainID     quantity       `json:"chainId"`
	Block       blockJSON      `json:"block"`
	HistoryRoot hexWord        `json:"historyRoot"`
	Handle      uint32         `json:"handle"`
	Name        string         `json:"name"`
	Length      uint32         `json:"length"`
	ItemsRoot   hexWord        `json:"itemsRoot"`
	Base        hexWord        `json:"base"`
	Index       uint32         `json:"index"`
	Item        itemJSON       `json:"item"`
	Value       hexWord        `json:"value"`
	Path        []siblingsJSON `json:"path"`
	DirPath     []siblingsJSON `json:"dirPath"`
}

type blockJSON struct {
	Number quantity `json:"number"`
	Hash   hexWord  `json:"hash"`
}

type itemJSON struct {
	Kind    string     `json:"kind"`
	Address hexAddress `json:"address"`
	Slot    hexWord    `json:"slot"`
	Key     hexWord    `json:"key"`
}

// MarshalJSON encodes the proof as in the project's formats.
func (p *Proof) MarshalJSON() ([]byte, error) {
	if !p.Item.Kind.Valid() {
		return nil, fmt.Errorf("%w: item kind %v", ErrInvalidProof, p.Item.Kind)
	}
	return json.Marshal(proofJSON{
		ChainID: quantity(p.ChainID), Block: blockJSON{quantity(p.Block.Number), p.Block.Hash},
		HistoryRoot: p.HistoryRoot, Handle: p.Handle, Name: p.Name, Length: p.Length,
		ItemsRoot: p.ItemsRoot, Base: p.Base, Index: p.Index,
		Item:  itemJSON{p.Item.Kind.String(), p.Item.Address, p.Item.Slot, p.Item.Key},
		Value: p.Value, Path: encodePath(p.Path), DirPath: encodePath(p.DirPath),
	})
}

// UnmarshalJSON decodes a proof; unknown and missing fields are refused. The
// proof still has to be verified.
func (p *Proof) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var in proofJSON
	if err := d.Decode(&in); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidProof, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: data after the proof", ErrInvalidProof)
	}
	if err := allPresent(b); err != nil {
		return err
	}
	kind, ok := ParseKind(in.Item.Kind)
	if !ok {
		return fmt.Errorf("%w: item kind %q", ErrInvalidProof, in.Item.Kind)
	}
	*p = Proof{
		ChainID: uint64(in.ChainID), Block: BlockRef{uint64(in.Block.Number), in.Block.Hash},
		HistoryRoot: in.HistoryRoot, Handle: in.Handle, Name: in.Name, Length: in.Length,
		ItemsRoot: in.ItemsRoot, Base: in.Base, Index: in.Index,
		Item:  Item{kind, in.Item.Address, in.Item.Slot, in.Item.Key},
		Value: in.Value, Path: decodePath(in.Path), DirPath: decodePath(in.DirPath),
	}
	return nil
}

// allPresent refuses a proof with a field left out: an absent field must not
// read as zero.
func allPresent(b []byte) error {
	var top struct {
		Block, Item map[string]json.RawMessage
	}
	var all map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(b, &all), json.Unmarshal(b, &top)); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidProof, err)
	}
	if len(all) != 13 || len(top.Block) != 2 || len(top.Item) != 4 {
		return fmt.Errorf("%w: field missing", ErrInvalidProof)
	}
	return nil
}

func encodePath(path [][7][32]byte) []siblingsJSON {
	out := make([]siblingsJSON, len(path))
	for i := range path {
		for k := range path[i] {
			out[i] = append(out[i], path[i][k])
		}
	}
	return out
}

func decodePath(path []siblingsJSON) [][7][32]byte {
	out := make([][7][32]byte, len(path))
	for i := range path {
		for k := range out[i] {
			out[i][k] = path[i][k]
		}
	}
	return out
}

// siblingsJSON is exactly seven words.
type siblingsJSON []hexWord

func (s *siblingsJSON) UnmarshalJSON(b []byte) error {
	var words []hexWord
	if err := json.Unmarshal(b, &words); err != nil {
		return err
	}
	if len(words) != 7 {
		return fmt.Errorf("%d siblings instead of 7", len(words))
	}
	*s = words
	return nil
}

// quantity is an Ethereum hex quantity: no leading zeros, "0x0" for zero.
type quantity uint64

func (q quantity) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "0x%x", uint64(q)), nil }

func (q *quantity) UnmarshalText(b []byte) error {
	s, ok := strings.CutPrefix(string(b), "0x")
	n, err := strconv.ParseUint(s, 16, 64)
	if !ok || err != nil || strconv.FormatUint(n, 16) != s {
		return fmt.Errorf("%q is not a hex quantity", b)
	}
	*q = quantity(n)
	return nil
}

type hexWord [32]byte

func (w hexWord) MarshalText() ([]byte, error)  { return fmt.Appendf(nil, "0x%x", w[:]), nil }
func (w *hexWord) UnmarshalText(b []byte) error { return decodeHex(w[:], b) }

type hexAddress [20]byte

func (a hexAddress) MarshalText() ([]byte, error)  { return fmt.Appendf(nil, "0x%x", a[:]), nil }
func (a *hexAddress) UnmarshalText(b []byte) error { return decodeHex(a[:], b) }

func decodeHex(dst, text []byte) error {
	s, ok := bytes.CutPrefix(text, []byte("0x"))
	if !ok || len(s) != 2*len(dst) {
		return fmt.Errorf("%q is not 0x and %d bytes of hex", text, len(dst))
	}
	_, err := hex.Decode(dst, s)
	return err
}
