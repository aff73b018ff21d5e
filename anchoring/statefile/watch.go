package statefile

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"vmhost/anchoring/binding"
	"vmhost/statecache"
)

// WatchFormat is the format of WATCH.json that this version reads and writes.
const WatchFormat = "vmhost-watch/1"

// Watch is the content of a WATCH.json: what to watch. The package comment
// describes the file.
type Watch struct {
	// ChainID that the addresses are of; 0 if the file does not say.
	ChainID uint64
	// Collections to watch, in order, with the items that the file names.
	Collections []statecache.Collection
	// Growing says which of them find more items by themselves.
	Growing []binding.Growth
}

type watchJSON struct {
	Format      string                `json:"format"`
	ChainID     *quantity             `json:"chainId,omitempty"`
	Collections []watchCollectionJSON `json:"collections"`
}

type watchCollectionJSON struct {
	Name    string          `json:"name"`
	Base    string          `json:"base,omitempty"`
	Items   []watchItemJSON `json:"items"`
	Slots   *slotsJSON      `json:"slots,omitempty"`
	Mapping *mappingJSON    `json:"mapping,omitempty"`
	Array   *arrayJSON      `json:"array,omitempty"`
	// Balances lists accounts.
	Balances []string `json:"balances,omitempty"`
}

type watchItemJSON struct {
	Kind    string `json:"kind,omitempty"`
	Address string `json:"address"`
	Slot    string `json:"slot,omitempty"`
	Key     string `json:"key,omitempty"`
}

type slotsJSON struct {
	Address string `json:"address"`
	From    string `json:"from,omitempty"`
	Count   int    `json:"count"`
}

type mappingJSON struct {
	Address string `json:"address"`
	Base    string `json:"base"`
	// Outer keys lead to an inner mapping, from the outermost on.
	Outer []string `json:"outer,omitempty"`
	// Offset of the word in a struct.
	Offset uint64      `json:"offset,omitempty"`
	Keys   []string    `json:"keys"`
	Events *eventsJSON `json:"events,omitempty"`
	Max    uint32      `json:"max,omitempty"`
}

// ReadWatch reads and decodes a watch file, at most MaxBytes.
func ReadWatch(r io.Reader) (*Watch, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read watch file: %w", err)
	}
	return DecodeWatch(b)
}

// DecodeWatch decodes a watch file and checks its collections' names and slots.
func DecodeWatch(b []byte) (*Watch, error) {
	if len(b) > MaxBytes {
		return nil, ErrTooLarge
	}
	names := set("format", "chainId", "collections", "name", "base", "items", "kind", "address", "slot", "key",
		"slots", "from", "count", "mapping", "keys", "array", "words", "packed", "max", "balances", "outer", "offset", "events", "event")
	var j watchJSON
	if err := decodeStrict(b, names, &j); err != nil {
		return nil, otherFormat(b, WatchFormat, err)
	}
	if j.Format != WatchFormat {
		return nil, fmt.Errorf("%w: format %.40q, expected %q", ErrFormat, j.Format, WatchFormat)
	}
	w := &Watch{}
	if j.ChainID != nil {
		w.ChainID = uint64(*j.ChainID)
	}
	seen := map[string]bool{}
	for i := range j.Collections {
		c, growth, err := j.Collections[i].decode()
		if err == nil && seen[c.Name] {
			err = fmt.Errorf("%w: name used twice", ErrFormat)
		}
		if err == nil {
			err = checkSlots(&c)
		}
		if err != nil {
			return nil, fmt.Errorf("collection %d (%.40q): %w", i, j.Collections[i].Name, err)
		}
		seen[c.Name] = true
		w.Collections = append(w.Collections, c)
		if growth != nil {
			w.Growing = append(w.Growing, *growth)
		}
	}
	return w, nil
}

// maxRange bounds slots.count.
const maxRange = 1 << 20

func (j *watchCollectionJSON) decode() (c statecache.Collection, g *binding.Growth, err error) {
	if !statecache.ValidName(j.Name) || j.Name == statecache.HeaderName {
		return c, nil, fmt.Errorf("%w: bad name", ErrFormat)
	}
	c.Name = j.Name
	forms := 0
	for _, present := range []bool{j.Items != nil, j.Slots != nil, j.Mapping != nil, j.Array != nil, j.Balances != nil} {
		if present {
			forms++
		}
	}
	switch {
	case forms != 1 || j.Base != "" && j.Items == nil:
		return c, nil, fmt.Errorf("%w: one of items, slots, array, mapping and balances is required; base belongs to items", ErrFormat)
	case j.Slots != nil:
		return c, nil, j.Slots.decode(&c)
	case j.Array != nil:
		g, err = j.Array.decode(&c)
		return c, g, err
	case j.Mapping != nil:
		g, err = j.Mapping.decode(&c)
		return c, g, err
	case j.Balances != nil:
		return c, nil, balances(&c, j.Balances)
	}
	if j.Base != "" {
		if err := loose(c.Base[:], j.Base); err != nil {
			return c, nil, err
		}
	}
	for i, it := range j.Items {
		item, err := it.decode()
		if err != nil {
			return c, nil, fmt.Errorf("item %d: %w", i, err)
		}
		c.Items = append(c.Items, item)
	}
	return c, nil, nil
}

func (j *watchItemJSON) decode() (it statecache.Item, err error) {
	if j.Kind != "" {
		k, ok := statecache.ParseKind(j.Kind)
		if !ok || k == statecache.KindHeader {
			return it, fmt.Errorf("%w: kind %.20q", ErrFormat, j.Kind)
		}
		it.Kind = k
	}
	if (j.Slot != "") != (it.Kind == statecache.KindSlot) || j.Key != "" && it.Kind != statecache.KindSlot {
		return it, fmt.Errorf("%w: slot is required for kind slot and only there", ErrFormat)
	}
	if err := exact(it.Address[:], j.Address); err != nil {
		return it, err
	}
	if j.Slot != "" {
		if err := loose(it.Slot[:], j.Slot); err != nil {
			return it, err
		}
	}
	if j.Key != "" {
		err = loose(it.Key[:], j.Key)
	}
	return it, err
}

func (j *slotsJSON) decode(c *statecache.Collection) error {
	var it statecache.Item
	if err := exact(it.Address[:], j.Address); err != nil {
		return err
	}
	if j.From != "" {
		if err := loose(it.Slot[:], j.From); err != nil {
			return err
		}
	}
	if j.Count < 1 || j.Count > maxRange {
		return fmt.Errorf("%w: slots.count %d is not in 1..%d", ErrFormat, j.Count, maxRange)
	}
	for range j.Count {
		c.Items = append(c.Items, it)
		i := 31
		for ; i >= 0; i-- {
			it.Slot[i]++
			if it.Slot[i] != 0 {
				break
			}
		}
	}
	return nil
}

// exact reads hex of any case with exactly as many bytes as dst.
func exact(dst []byte, s string) error {
	digits, ok := strings.CutPrefix(s, "0x")
	b, err := hex.DecodeString(digits)
	if !ok || err != nil || len(b) != len(dst) {
		return fmt.Errorf("%w: %.70q is not %d bytes of hex", ErrFormat, s, len(dst))
	}
	copy(dst, b)
	return nil
}

// loose reads hex of any case as a big-endian number, left-padded.
func loose(dst []byte, s string) error {
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok || digits == "" || len(digits) > 2*len(dst) {
		return fmt.Errorf("%w: %.70q is not a hex number of at most %d bytes", ErrFormat, s, len(dst))
	}
	return exact(dst, "0x"+strings.Repeat("0", 2*len(dst)-len(digits))+digits)
}

// Encode writes the file with items one by one.
func (w *Watch) Encode() ([]byte, error) {
	j := watchJSON{Format: WatchFormat, Collections: []watchCollectionJSON{}}
	if w.ChainID != 0 {
		id := quantity(w.ChainID)
		j.ChainID = &id
	}
	full := func(b []byte) string { return "0x" + hex.EncodeToString(b) }
	for _, c := range w.Collections {
		cj := watchCollectionJSON{Name: c.Name, Items: []watchItemJSON{}}
		if c.Base != ([32]byte{}) {
			cj.Base = full(c.Base[:])
		}
		for _, it := range c.Items {
			ij := watchItemJSON{Kind: it.Kind.String(), Address: full(it.Address[:])}
			if it.Kind == statecache.KindSlot {
				ij.Slot = full(it.Slot[:])
			}
			if it.Key != ([32]byte{}) {
				ij.Key = full(it.Key[:])
			}
			cj.Items = append(cj.Items, ij)
		}
		j.Collections = append(j.Collections, cj)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	if err := enc.Encode(&j); err != nil {
		return nil, fmt.Errorf("encode watch file: %w", err)
	}
	return b.Bytes(), nil
}
