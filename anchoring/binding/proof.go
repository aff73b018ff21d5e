package binding

import (
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"
)

// Query asks for one account and some of its slots, without repetition.
type Query struct {
	Address [20]byte
	Slots   [][32]byte
}

// SlotProof is the proof of one slot.
type SlotProof struct {
	Slot  [32]byte
	Proof [][]byte // nodes from the storage root down
}

// AccountProof is the proof of an account and of some of its slots.
type AccountProof struct {
	Address [20]byte
	Account [][]byte // nodes from the state root down
	Slots   []SlotProof
}

// Claims are what a node says beside its proofs. They are compared, never used.
type Claims struct {
	Nonce                 uint64
	Balance               [32]byte
	CodeHash, StorageHash [32]byte
	Values                [][32]byte // as long as the proof's Slots
}

// Answer is a node's answer to a Query.
type Answer struct {
	AccountProof
	// Claims is nil where there are none, as in a file.
	Claims *Claims
}

// Proven holds values that were proven against a state root.
type Proven struct {
	Account
	// Values of the slots, in the order of the proof.
	Values [][32]byte
}

// SlotError says which slot of an account proof is at fault.
type SlotError struct {
	Index int // in AccountProof.Slots
	Slot  [32]byte
	Err   error
}

// Error implements error.
func (e *SlotError) Error() string { return fmt.Sprintf("slot 0x%x: %v", e.Slot, e.Err) }

// Unwrap returns the reason.
func (e *SlotError) Unwrap() error { return e.Err }

// Verifier proves answers against one state root. Every distinct node is hashed
// and decoded once, however many paths share it. It keeps the nodes it is given:
// they must not be changed. It is used by one goroutine.
type Verifier struct {
	state *tree
	hash  *hasher
}

// NewVerifier returns a Verifier for a state root.
func NewVerifier(stateRoot [32]byte) *Verifier { return &Verifier{newTree(stateRoot), newHasher()} }

// Hashed is how many nodes were hashed so far.
func (v *Verifier) Hashed() int { return v.hash.count }

// Verify proves an answer. The error is a *SlotError when the account itself is
// proven.
func (v *Verifier) Verify(a *Answer) (Proven, error) {
	account, err := v.account(a.Address, a.Account)
	if err != nil {
		return Proven{}, err
	}
	return v.slots(newTree(account.StorageRoot), account, a)
}

// Verify proves one answer against a state root, as a Verifier does.
func Verify(stateRoot [32]byte, a *Answer) (Proven, error) { return NewVerifier(stateRoot).Verify(a) }

func (v *Verifier) account(address [20]byte, proof [][]byte) (Account, error) {
	key := v.hash.key(address[:])
	value, err := v.state.prove(&key, proof, v.hash)
	if err != nil {
		return Account{}, fmt.Errorf("account proof: %w", err)
	}
	return parseAccount(value)
}

// slots proves the slots of an answer in the account's storage.
func (v *Verifier) slots(storage *tree, account Account, a *Answer) (Proven, error) {
	if a.Claims != nil {
		if err := a.Claims.check(&account); err != nil {
			return Proven{}, err
		}
		if len(a.Claims.Values) != len(a.Slots) {
			return Proven{}, fmt.Errorf("%d values for %d slots: %w", len(a.Claims.Values), len(a.Slots), ErrAnswer)
		}
	}
	out := Proven{Account: account, Values: make([][32]byte, len(a.Slots))}
	for i, s := range a.Slots {
		value, err := verifySlot(storage, s.Slot, s.Proof, v.hash)
		if err == nil && a.Claims != nil && a.Claims.Values[i] != value {
			err = fmt.Errorf("given 0x%x, proven 0x%x: %w", a.Claims.Values[i], value, ErrClaim)
		}
		if err != nil {
			return Proven{}, &SlotError{Index: i, Slot: s.Slot, Err: err}
		}
		out.Values[i] = value
	}
	return out, nil
}

// check compares the claims about the account. Clients differ in what they say
// of the hashes of an account that does not exist.
func (c *Claims) check(a *Account) error {
	zero := [32]byte{}
	switch {
	case c.Nonce != a.Nonce:
		return fmt.Errorf("nonce %d, proven %d: %w", c.Nonce, a.Nonce, ErrClaim)
	case c.Balance != a.Balance:
		return fmt.Errorf("balance 0x%x, proven 0x%x: %w", c.Balance, a.Balance, ErrClaim)
	case c.StorageHash != a.StorageRoot && (a.Exists || c.StorageHash != zero):
		return fmt.Errorf("storage hash 0x%x, proven 0x%x: %w", c.StorageHash, a.StorageRoot, ErrClaim)
	case c.CodeHash != a.CodeHash && (a.Exists || c.CodeHash != types.EmptyCodeHash):
		return fmt.Errorf("code hash 0x%x, proven 0x%x: %w", c.CodeHash, a.CodeHash, ErrClaim)
	}
	return nil
}
