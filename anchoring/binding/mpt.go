package binding

import (
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"

	"vmhost/statecache"
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

// parseAccount decodes the value of the state trie, nil for an absent account.
func parseAccount(value []byte) (Account, error) {
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

// parseValue decodes the value of a storage trie, nil for an absent slot.
func parseValue(enc []byte) (value [32]byte, err error) {
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

// VerifyAccount proves an account, or its absence, against a state root.
func VerifyAccount(stateRoot [32]byte, address [20]byte, proof [][]byte) (Account, error) {
	return NewVerifier(stateRoot).account(address, proof)
}

// VerifySlot proves the value of a storage slot, 0 when it is absent, against
// the storage root of a proven account.
func VerifySlot(storageRoot, slot [32]byte, proof [][]byte) ([32]byte, error) {
	return verifySlot(newTree(storageRoot), slot, proof, newHasher())
}

func verifySlot(t *tree, slot [32]byte, proof [][]byte, h *hasher) ([32]byte, error) {
	key := h.key(slot[:])
	enc, err := t.prove(&key, proof, h)
	if err != nil {
		return [32]byte{}, fmt.Errorf("storage proof: %w", err)
	}
	return parseValue(enc)
}

// MappingSlot returns the slot of a Solidity mapping's entry: keccak(key ‖ base)
// for the mapping declared at slot base. An address key is left-padded. In a
// mapping of mappings, the entry of the outer one is the base of the inner one.
func MappingSlot(key, base [32]byte) [32]byte { return statecache.MappingSlot(key, base) }

// ArraySlot returns the slot of the first element of a Solidity array of dynamic
// length, which is held at slot base: keccak(base).
func ArraySlot(base [32]byte) [32]byte { return [32]byte(crypto.Keccak256(base[:])) }

// Field returns the account's value of kind balance, nonce or code hash.
func (a *Account) Field(k statecache.Kind) (v [32]byte) {
	switch k {
	case statecache.KindBalance:
		return a.Balance
	case statecache.KindNonce:
		for i := range 8 {
			v[31-i] = byte(a.Nonce >> (8 * i))
		}
	case statecache.KindCodeHash:
		return a.CodeHash
	default:
	}
	return v
}
