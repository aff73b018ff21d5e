package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
)

// Options configure an Outbox. Node, Signer, Store and ChainID are required.
type Options struct {
	Node    Node
	Signer  Signer
	Store   Store
	ChainID *big.Int
	// Confirmations is how many blocks, its own included, confirm a transaction;
	// 0 means 1.
	Confirmations uint64
	// MaxFee is the most that is paid, in wei a gas, by calls that name no limit
	// of their own; nil means DefaultMaxFee.
	MaxFee *big.Int
	// StuckAfter is how long a transaction may wait before its fees are raised,
	// while at least two blocks pass; 0 means 45 s.
	StuckAfter time.Duration
	// Refresh, if not nil, returns what a replacement of a waiting transaction
	// should do instead; its nonce must be used in any case.
	Refresh func(context.Context, Call) Call
	// Sent, if not nil, is called after each transaction was given to the node.
	Sent func() error
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Logger: nil discards.
	Logger *slog.Logger
}

// DefaultMaxFee is 200 gwei.
func DefaultMaxFee() *big.Int { return big.NewInt(200_000_000_000) }

// Counters count what happened since the outbox was opened.
type Counters struct {
	Sent     int `json:"sent"`     // new transactions
	Resent   int `json:"resent"`   // the same bytes again
	Replaced int `json:"replaced"` // with higher fees
	Reorged  int `json:"reorged"`  // left the chain after inclusion
	Reverted int `json:"reverted"` // included without success
	Foreign  int `json:"foreign"`  // nonces that somebody else used
	Filled   int `json:"filled"`   // nonce gaps
}

// Outbox owns the transactions of one account on one chain.
type Outbox struct {
	opts    Options
	log     *slog.Logger
	address common.Address
	signer  types.Signer

	mu      sync.Mutex
	x       *index
	status  Status
	tally   map[TagOutcome]uint64
	paidWei *big.Int

	// Only Step and Submit use what follows.
	latest, pooled uint64               // the node's nonces
	waiting        map[uint64]time.Time // since when a nonce is missing or taken by others
	waitHead       map[uint64]uint64    // the head then
	raiseNow       map[uint64]bool      // the node said that the fee is too low
	doubts         *moment              // since when included transactions are not in the chain
	refused        map[uint64]bool      // the node said that it takes it at no fee
	checked        common.Hash          // head at which inclusions were last checked
}

// Status is the account's condition as last seen.
type Status struct {
	Address common.Address `json:"address"`
	Balance *hexutil.Big   `json:"balance"` // wei
	Nonce   hexutil.Uint64 `json:"nonce"`   // next on the chain
	Head    hexutil.Uint64 `json:"head"`
	Hash    common.Hash    `json:"hash"`    // of the head
	BaseFee *hexutil.Big   `json:"baseFee"` // wei a gas
	// GasLimit of the head's block, 0 if the node does not say.
	GasLimit hexutil.Uint64 `json:"gasLimit"`
	// Problem is why the oldest open transaction does not go on, or why the last
	// was not submitted; "" if nothing is in the way.
	Problem  string   `json:"problem"`
	Counters Counters `json:"counters"`
}

// entryPrefix begins the keys of entries in the store.
const entryPrefix = "tx/"

func entryKey(nonce uint64) string { return fmt.Sprintf("%s%020d", entryPrefix, nonce) }

// Open reads what the store holds. Errors: ErrDamaged and those of the store.
func Open(opts Options) (*Outbox, error) {
	if opts.Node == nil || opts.Signer == nil || opts.Store == nil || opts.ChainID == nil {
		return nil, errors.New("outbox: node, signer, store or chain id is missing")
	}
	opts.Confirmations = max(opts.Confirmations, 1)
	if opts.MaxFee == nil {
		opts.MaxFee = DefaultMaxFee()
	}
	if opts.StuckAfter == 0 {
		opts.StuckAfter = 45 * time.Second
	}
	if opts.Refresh == nil {
		opts.Refresh = func(_ context.Context, c Call) Call { return c }
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	o := &Outbox{
		opts: opts, log: opts.Logger, address: opts.Signer.Address(), signer: types.LatestSignerForChainID(opts.ChainID),
		waiting: map[uint64]time.Time{}, waitHead: map[uint64]uint64{}, raiseNow: map[uint64]bool{}, refused: map[uint64]bool{},
		tally: map[TagOutcome]uint64{}, paidWei: new(big.Int),
	}
	o.status.Address = o.address
	values, err := opts.Store.Load()
	if err != nil {
		return nil, err
	}
	entries, err := Decode(values)
	if err == nil {
		err = o.own(entries)
	}
	o.x = newIndex(entries)
	return o, err
}

// own refuses transactions of another account or chain: they could never be sent.
func (o *Outbox) own(entries map[uint64]*Entry) error {
	for nonce, e := range entries {
		tx := new(types.Transaction)
		if err := tx.UnmarshalBinary(e.newest().Raw); err != nil {
			return fmt.Errorf("%w: transaction %d: %w", ErrDamaged, nonce, err)
		}
		if from, err := types.Sender(o.signer, tx); err != nil || from != o.address {
			return fmt.Errorf("%w: transaction %d is not of account %s on chain %s", ErrDamaged, nonce, o.address, o.opts.ChainID)
		}
	}
	return nil
}

// Decode returns the transactions among a store's values, by nonce.
func Decode(values map[string][]byte) (map[uint64]*Entry, error) {
	out := map[uint64]*Entry{}
	for key, v := range values {
		if !strings.HasPrefix(key, entryPrefix) {
			continue
		}
		e := new(Entry)
		if err := json.Unmarshal(v, e); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, key, err)
		}
		nonce := uint64(e.Nonce)
		if len(e.Attempts) == 0 || entryKey(nonce) != key || (e.State == Included || e.State == Confirmed) != (e.Receipt != nil) {
			return nil, fmt.Errorf("%w: %s: no such transaction", ErrDamaged, key)
		}
		for i := range e.Attempts {
			a := &e.Attempts[i]
			tx := new(types.Transaction)
			if err := tx.UnmarshalBinary(a.Raw); err != nil || tx.Hash() != a.Hash || tx.Nonce() != nonce || a.Tip == nil || a.FeeCap == nil {
				return nil, fmt.Errorf("%w: %s: attempt %d is not what it says", ErrDamaged, key, i)
			}
		}
		out[nonce] = e
	}
	return out, nil
}

// save writes an entry, then shows it.
func (o *Outbox) save(e *Entry) error {
	v, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	if err := o.opts.Store.Write(map[string][]byte{entryKey(uint64(e.Nonce)): v}); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.x.put(e)
	return nil
}

// Entries returns the transactions that are remembered, by nonce.
func (o *Outbox) Entries() []Entry {
	o.mu.Lock()
	defer o.mu.Unlock()
	return Sorted(o.x.entries)
}

// Sorted returns entries by nonce.
func Sorted(entries map[uint64]*Entry) []Entry {
	out := make([]Entry, 0, len(entries))
	for _, nonce := range slices.Sorted(maps.Keys(entries)) {
		out = append(out, *entries[nonce])
	}
	return out
}

// Status returns the account's condition as last seen.
func (o *Outbox) Status() Status {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.status
}

// Free reports whether a new transaction may be submitted.
func (o *Outbox) Free() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.x.open) == 0
}

func (o *Outbox) count(f func(*Counters)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f(&o.status.Counters)
}

// Forget removes what was confirmed or lost in blocks up to height. The highest
// nonce stays, as a floor for the next.
func (o *Outbox) Forget(height uint64) error {
	o.mu.Lock()
	batch := map[string][]byte{}
	var old []uint64
	for _, nonce := range o.x.order {
		e := o.x.entries[nonce]
		if e.State != Lost && (e.State != Confirmed || uint64(e.Receipt.Number) > height) {
			break // the others are in the same block or above it
		}
		old = append(old, nonce)
	}
	for nonce := range o.x.lost {
		if !slices.Contains(old, nonce) {
			old = append(old, nonce)
		}
	}
	var highest uint64
	if n := len(o.x.order); n > 0 {
		highest = o.x.order[n-1]
	}
	old = slices.DeleteFunc(old, func(nonce uint64) bool { return nonce == highest })
	o.mu.Unlock()
	if len(old) == 0 {
		return nil
	}
	for _, nonce := range old {
		batch[entryKey(nonce)] = nil
	}
	if err := o.opts.Store.Write(batch); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, nonce := range old {
		o.x.remove(nonce)
	}
	return nil
}

// Submit writes a transaction down and sends it. ErrBusy unless Free. After
// another error it was not written down, except when the node refused it: then
// it is open, and Step goes on with it. What the account cannot pay is not
// written down (ErrFunds).
func (o *Outbox) Submit(ctx context.Context, call Call) error {
	if !o.Free() {
		return ErrBusy
	}
	err := o.trySubmit(ctx, call)
	if err != nil {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.status.Problem = err.Error()
	}
	return err
}

func (o *Outbox) trySubmit(ctx context.Context, call Call) error {
	head, err := o.look(ctx)
	if err != nil {
		return err
	}
	nonce, err := o.nextNonce()
	if err != nil {
		return err
	}
	return o.submit(ctx, head, nonce, call)
}

// nextNonce is the chain's, or the one after our own newest if the node lags.
func (o *Outbox) nextNonce() (uint64, error) {
	next := o.latest
	o.fromNewest(func(e *Entry) bool {
		if e.State == Lost {
			return true
		}
		next = max(next, uint64(e.Nonce)+1)
		return false
	})
	if o.pooled > next {
		return 0, fmt.Errorf("%w: %d transactions of it wait in the pool", ErrForeign, o.pooled-next)
	}
	return next, nil
}

func (o *Outbox) submit(ctx context.Context, head Head, nonce uint64, call Call) error {
	tip, err := o.opts.Node.Tip(ctx)
	if err != nil {
		return fmt.Errorf("%w: tip: %w", ErrNode, err)
	}
	f, err := price(head.BaseFee, tip, o.limit(call))
	if err != nil {
		return err
	}
	a, err := o.sign(ctx, head, nonce, call, f)
	if err != nil {
		return err
	}
	if !o.canPay(&a) { // a wrong estimate of gas, or of the price, must not take the nonce
		return fmt.Errorf("%w: %d gas at %s wei", ErrFunds, uint64(call.Gas), f.feeCap)
	}
	e := &Entry{Nonce: hexutil.Uint64(nonce), State: Pending, Attempts: []Attempt{a}}
	if err := o.save(e); err != nil {
		return err
	}
	o.count(func(c *Counters) { c.Sent++ })
	o.tallied(call.Tag, OutcomeSent)
	return o.send(ctx, e)
}

// limit is the most that a call pays, wei a gas.
func (o *Outbox) limit(call Call) *big.Int {
	if call.MaxFee != nil {
		return call.MaxFee.ToInt()
	}
	return o.opts.MaxFee
}

// sign makes an attempt and checks what the signer did.
func (o *Outbox) sign(ctx context.Context, head Head, nonce uint64, call Call, f fees) (Attempt, error) {
	var value *big.Int
	if call.Value != nil {
		value = call.Value.ToInt()
	}
	to := call.To
	tx := types.NewTx(&types.DynamicFeeTx{
		ChainID: o.opts.ChainID, Nonce: nonce, GasTipCap: f.tip, GasFeeCap: f.feeCap, Gas: uint64(call.Gas), To: &to, Value: value, Data: call.Data,
	})
	signed, err := o.opts.Signer.Sign(ctx, o.opts.ChainID, tx)
	if err != nil {
		return Attempt{}, fmt.Errorf("%w: %w", ErrSigner, err)
	}
	if o.signer.Hash(signed) != o.signer.Hash(tx) {
		return Attempt{}, fmt.Errorf("%w: it signed another transaction", ErrSigner)
	}
	if from, err := types.Sender(o.signer, signed); err != nil || from != o.address {
		return Attempt{}, fmt.Errorf("%w: it signed with another key", ErrSigner)
	}
	raw, err := signed.MarshalBinary()
	if err != nil {
		return Attempt{}, fmt.Errorf("%w: %w", ErrSigner, err)
	}
	return Attempt{
		Call: call, Hash: signed.Hash(), Raw: raw, Tip: (*hexutil.Big)(f.tip), FeeCap: (*hexutil.Big)(f.feeCap),
		At: o.opts.Now().UTC(), Head: hexutil.Uint64(head.Number),
	}, nil
}

// send gives the newest attempt to the node.
func (o *Outbox) send(ctx context.Context, e *Entry) error {
	nonce, a := uint64(e.Nonce), e.newest()
	err := meaningOf(o.opts.Node.Send(ctx, a.Raw))
	o.log.LogAttrs(ctx, slog.LevelDebug, "transaction sent", slog.Uint64("nonce", nonce), slog.String("tag", a.Call.Tag),
		slog.String("hash", a.Hash.Hex()), slog.Int("attempt", len(e.Attempts)), slog.Any("err", err))
	o.refused[nonce] = errors.Is(err, ErrRefused)
	switch {
	case errors.Is(err, errKnown), errors.Is(err, errNonceLow):
		err = nil // which transaction used the nonce is seen by the next Step
	case errors.Is(err, ErrUnderpriced):
		o.raiseNow[nonce] = true
	case errors.Is(err, ErrForeign):
		// Ours from before, with higher fees than this node wants to see replaced,
		// or somebody else's?
		if o.knowsAny(ctx, e) {
			o.raiseNow[nonce] = true
			err = fmt.Errorf("%w: replacement too cheap", ErrUnderpriced)
		}
	}
	if err == nil && o.opts.Sent != nil {
		err = o.opts.Sent()
	}
	if err != nil {
		return fmt.Errorf("transaction %d: %w", nonce, err)
	}
	return nil
}

func (o *Outbox) knowsAny(ctx context.Context, e *Entry) bool {
	for i := range e.Attempts {
		if known, err := o.opts.Node.Knows(ctx, e.Attempts[i].Hash); err == nil && known {
			return true
		}
	}
	return false
}
