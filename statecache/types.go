package statecache

import (
	"encoding/hex"
	"fmt"
	"time"
)

// BlockRef names one block. A bare height never does.
type BlockRef struct {
	Number uint64
	Hash   [32]byte
}

// String returns "number/0xhash" with the hash's first four bytes, for messages.
func (r BlockRef) String() string {
	return fmt.Sprintf("%d/0x%s", r.Number, hex.EncodeToString(r.Hash[:4]))
}

// BlockHeader is what the cache keeps of a block's header. The caller has
// checked that Ref.Hash is the hash of the header the fields come from.
type BlockHeader struct {
	Ref        BlockRef
	Parent     [32]byte // hash of the parent block
	Timestamp  uint64   // Unix seconds
	BaseFee    [32]byte // wei, big-endian
	GasUsed    uint64
	PrevRandao [32]byte
}

// Kind says what an item watches.
type Kind uint8

// Kinds of item. The number is part of the item's hash.
const (
	KindSlot     Kind = 0 // storage slot Slot of the contract Address
	KindBalance  Kind = 1 // balance of Address in wei
	KindNonce    Kind = 2 // nonce of Address
	KindCodeHash Kind = 3 // code hash of Address
	KindHeader   Kind = 4 // header field; Slot is its Field… code, Address 0
)

var kindNames = [...]string{"slot", "balance", "nonce", "codehash", "header"}

// Valid reports whether k is a known kind.
func (k Kind) Valid() bool { return int(k) < len(kindNames) }

// String returns the kind's name in files: slot, balance, nonce, codehash, header.
func (k Kind) String() string {
	if !k.Valid() {
		return fmt.Sprintf("kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// ParseKind is the inverse of Kind.String for known kinds.
func ParseKind(s string) (Kind, bool) {
	for i, n := range kindNames {
		if n == s {
			return Kind(i), true
		}
	}
	return 0, false
}

// Field codes of the header collection: the item's index and its Slot.
const (
	FieldNumber     = 0
	FieldTimestamp  = 1
	FieldBaseFee    = 2
	FieldBlockHash  = 3
	FieldGasUsed    = 4
	FieldPrevRandao = 5

	headerFields = 6
)

// HeaderName is the name of the header collection, and HeaderHandle its handle.
const (
	HeaderName          = "header"
	HeaderHandle uint32 = 0
)

// Item is one watched thing, without its value. Slot and Key are big-endian.
type Item struct {
	Kind    Kind
	Address [20]byte
	Slot    [32]byte // 0 for balance, nonce and code hash
	Key     [32]byte // mapping key that Slot was derived from, 0 if none
}

// Collection defines a named list of items. Names are 1 to 31 characters of
// [a-z0-9._-], used once for ever.
type Collection struct {
	Name  string
	Base  [32]byte // slot of the mapping the items belong to, 0 if none
	Items []Item

	// Lease is until when it is watched, zero for ever: see Renew.
	Lease time.Time
	// Dropped says, in a Snapshot only, that there is no such collection any more:
	// its entry is the literal 0 and it has no items.
	Dropped bool
}

// Change is one item's value after a block, as a big-endian 256-bit integer.
type Change struct {
	Collection string
	Index      uint32
	Value      [32]byte
}

// Watch is an item at its place in a collection.
type Watch struct {
	Collection string
	Index      uint32
	Item       Item
}

// CollectionValues is a collection with the value of each of its items.
type CollectionValues struct {
	Collection
	Values [][32]byte // as long as Items
}

// Limits of the commitment's format.
const (
	MaxCollections = 4096    // directory entries, the header collection included
	MaxItems       = 1 << 24 // items of one collection
	MaxHeight      = 1<<33 - 1
	dirDepth       = 4
	historyDepth   = 11
)

// ValidName reports whether s may name a collection.
func ValidName(s string) bool {
	if len(s) < 1 || len(s) > 31 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-' {
			return false
		}
	}
	return true
}
