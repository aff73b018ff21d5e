package statefile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/binding"
	"vmhost/statecache"
)

// arrayJSON is a Solidity array of dynamic length. Item 0 is its length, the
// elements' slots follow.
type arrayJSON struct {
	Address string `json:"address"`
	Base    string `json:"base"`
	// Words is the slots an element takes (0: 1), Packed the elements that share one.
	Words  uint64 `json:"words,omitempty"`
	Packed uint64 `json:"packed,omitempty"`
	// Count fixes the number of elements; absent, the collection grows with the array.
	Count *uint64 `json:"count,omitempty"`
	Max   uint32  `json:"max,omitempty"`
}

// eventsJSON says which logs name keys of a mapping, and where.
type eventsJSON struct {
	// Address of the contract that logs; absent: the mapping's.
	Address string `json:"address,omitempty"`
	// Event is its signature, as "Transfer(address,address,uint256)", or topic 0 in hex.
	Event string `json:"event"`
	// Keys are "topic1" to "topic3", and "word0" and so on of the data.
	Keys []string `json:"keys"`
	// From is the first block whose logs are looked up; absent: only new blocks are.
	From *quantity `json:"from,omitempty"`
}

// wordsMax and offsetMax bound what no contract exceeds.
const (
	wordsMax  = 1 << 16
	offsetMax = 1 << 32
)

func (j *arrayJSON) decode(c *statecache.Collection) (*binding.Growth, error) {
	g := &binding.Growth{Collection: c.Name, Words: j.Words, Packed: j.Packed, Max: j.Max}
	if err := exact(g.Address[:], j.Address); err != nil {
		return nil, err
	}
	if err := loose(g.Base[:], j.Base); err != nil {
		return nil, err
	}
	if j.Words > 1 && j.Packed > 1 || j.Words > wordsMax || j.Packed > 256 || j.Max > statecache.MaxItems {
		return nil, fmt.Errorf("%w: words, packed or max out of range", ErrFormat)
	}
	c.Items = []statecache.Item{{Address: g.Address, Slot: g.Base}}
	if j.Count == nil {
		return g, nil
	}
	if *j.Count > maxRange {
		return nil, fmt.Errorf("%w: array.count %d is above %d", ErrFormat, *j.Count, maxRange)
	}
	g.Max = statecache.MaxItems
	c.Items = append(c.Items, g.Elements(*j.Count)...)
	return nil, nil
}

func (j *mappingJSON) decode(c *statecache.Collection) (*binding.Growth, error) {
	g := &binding.Growth{Collection: c.Name, Offset: j.Offset, Max: j.Max}
	if err := exact(g.Address[:], j.Address); err != nil {
		return nil, err
	}
	if err := loose(g.Base[:], j.Base); err != nil {
		return nil, err
	}
	if j.Offset > offsetMax || j.Max > statecache.MaxItems {
		return nil, fmt.Errorf("%w: offset or max out of range", ErrFormat)
	}
	for i, k := range j.Outer { // the entry of each mapping is the base of the next
		var key [32]byte
		if err := loose(key[:], k); err != nil {
			return nil, fmt.Errorf("outer key %d: %w", i, err)
		}
		g.Base = binding.MappingSlot(key, g.Base)
	}
	if j.Offset == 0 {
		c.Base = g.Base
	}
	for i, k := range j.Keys {
		var key [32]byte
		if err := loose(key[:], k); err != nil {
			return nil, fmt.Errorf("key %d: %w", i, err)
		}
		c.Items = append(c.Items, g.Entry(key))
	}
	if j.Events == nil {
		return nil, nil
	}
	return g, j.Events.decode(g)
}

func (j *eventsJSON) decode(g *binding.Growth) error {
	e := &binding.Events{}
	address := g.Address
	if j.Address != "" {
		if err := exact(address[:], j.Address); err != nil {
			return err
		}
	}
	e.Addresses = [][20]byte{address}
	topic, err := topic0(j.Event)
	if err != nil {
		return err
	}
	e.Topics[0] = [][32]byte{topic}
	for _, k := range j.Keys {
		name := strings.TrimRight(k, "0123456789")
		n, err := strconv.ParseUint(k[len(name):], 10, 8)
		switch {
		case err == nil && name == "topic" && n >= 1 && n <= 3:
			e.KeyTopics = append(e.KeyTopics, int(n))
		case err == nil && name == "word":
			e.KeyWords = append(e.KeyWords, int(n))
		default:
			return fmt.Errorf("%w: key %.20q is not topic1 to topic3 or word0 to word255", ErrFormat, k)
		}
	}
	if len(j.Keys) == 0 {
		return fmt.Errorf("%w: events without keys", ErrFormat)
	}
	g.Events = e
	if j.From != nil {
		g.From, g.Backfill = uint64(*j.From), true
	}
	return nil
}

// topic0 reads an event's signature or its hash.
func topic0(s string) (topic [32]byte, err error) {
	if strings.HasPrefix(s, "0x") {
		return topic, exact(topic[:], s)
	}
	name, rest, ok := strings.Cut(s, "(")
	if !ok || name == "" || !strings.HasSuffix(rest, ")") || strings.ContainsAny(s, " \t\n") {
		return topic, fmt.Errorf("%w: event %.80q is no signature such as Transfer(address,address,uint256)", ErrFormat, s)
	}
	return [32]byte(crypto.Keccak256([]byte(s))), nil
}

// balances reads a list of accounts whose balances are watched.
func balances(c *statecache.Collection, list []string) error {
	for i, s := range list {
		it := statecache.Item{Kind: statecache.KindBalance}
		if err := exact(it.Address[:], s); err != nil {
			return fmt.Errorf("account %d: %w", i, err)
		}
		c.Items = append(c.Items, it)
	}
	return nil
}
