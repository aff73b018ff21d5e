package outbox

import (
	"context"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
)

// Call is what a transaction does.
type Call struct {
	To    common.Address `json:"to"`
	Data  hexutil.Bytes  `json:"data"`
	Value *hexutil.Big   `json:"value,omitempty"` // wei, nil is 0
	Gas   hexutil.Uint64 `json:"gas"`             // limit
	// MaxFee is the most that this call pays, wei a gas; nil means Options.MaxFee.
	MaxFee *hexutil.Big `json:"maxFee,omitempty"`
	// Tag says what it is for, Refs what it carries; both are the caller's.
	Tag  string   `json:"tag"`
	Refs []string `json:"refs,omitempty"`
}

// TagEmpty marks transactions that only use up a nonce.
const TagEmpty = "empty"

// Empty returns a transaction of an account to itself that does nothing.
func Empty(account common.Address) Call { return Call{To: account, Gas: 21_000, Tag: TagEmpty} }

// State is how far a transaction has come.
type State string

// States of a transaction; see the package comment.
const (
	Pending   State = "pending"
	Included  State = "included"
	Confirmed State = "confirmed"
	Lost      State = "lost"
)

// Attempt is one signed form of a transaction: at most one of an entry's
// attempts can be included, because they share the nonce.
type Attempt struct {
	Call   Call           `json:"call"`
	Hash   common.Hash    `json:"hash"`
	Raw    hexutil.Bytes  `json:"raw"`
	Tip    *hexutil.Big   `json:"tip"`    // wei a gas
	FeeCap *hexutil.Big   `json:"feeCap"` // wei a gas
	At     time.Time      `json:"at"`
	Head   hexutil.Uint64 `json:"head"` // height of the chain then
}

// Receipt is the outcome of an included transaction.
type Receipt struct {
	Hash     common.Hash    `json:"hash"` // transaction
	Number   hexutil.Uint64 `json:"number"`
	Block    common.Hash    `json:"block"`
	Success  bool           `json:"success"`
	GasUsed  hexutil.Uint64 `json:"gasUsed"`
	GasPrice *hexutil.Big   `json:"gasPrice,omitempty"` // paid, wei a gas
}

// Entry is a transaction by its nonce.
type Entry struct {
	Nonce    hexutil.Uint64 `json:"nonce"`
	State    State          `json:"state"`
	Attempts []Attempt      `json:"attempts"` // oldest first, at least one
	Receipt  *Receipt       `json:"receipt,omitempty"`
}

// newest is the attempt that was signed last.
func (e *Entry) newest() *Attempt { return &e.Attempts[len(e.Attempts)-1] }

// Call is what was included, or else what was last tried.
func (e *Entry) Call() Call {
	if e.Receipt != nil {
		for i := range e.Attempts {
			if e.Attempts[i].Hash == e.Receipt.Hash {
				return e.Attempts[i].Call
			}
		}
	}
	return e.newest().Call
}

// Carries reports whether the entry has ref: in what was included, or else in
// any attempt that still may be.
func (e *Entry) Carries(ref string) bool {
	if e.Receipt != nil {
		return slices.Contains(e.Call().Refs, ref)
	}
	return slices.ContainsFunc(e.Attempts, func(a Attempt) bool { return slices.Contains(a.Call.Refs, ref) })
}

// open reports whether the entry's nonce may still be free.
func (e *Entry) open() bool { return e.State == Pending }

// Head is a block of the chain.
type Head struct {
	Number  uint64
	Hash    common.Hash
	BaseFee *big.Int // nil before London
	// GasLimit of the block, 0 if it is not known.
	GasLimit uint64
}

// Node is what the outbox asks of an Ethereum node. Errors that carry a code are
// the node's answers (go-ethereum's rpc.Error); all others leave open whether the
// node acted.
type Node interface {
	Head(ctx context.Context) (Head, error)
	// HashAt returns the hash of the canonical block at a height at most Head's.
	HashAt(ctx context.Context, number uint64) (common.Hash, error)
	// Nonces returns an account's next nonce at the head and with the pool.
	Nonces(ctx context.Context, account common.Address) (latest, pending uint64, err error)
	Balance(ctx context.Context, account common.Address) (*big.Int, error)
	// Tip suggests a priority fee, wei a gas.
	Tip(ctx context.Context) (*big.Int, error)
	// Knows reports whether a transaction is in the pool or in a block.
	Knows(ctx context.Context, hash common.Hash) (bool, error)
	// Receipt returns nil for a transaction that is in no block of the chain.
	Receipt(ctx context.Context, hash common.Hash) (*Receipt, error)
	Send(ctx context.Context, raw []byte) error
}

// Signer signs for one account.
type Signer interface {
	Address() common.Address
	Sign(ctx context.Context, chainID *big.Int, tx *types.Transaction) (*types.Transaction, error)
}
