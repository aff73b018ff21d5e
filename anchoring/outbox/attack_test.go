package outbox_test

import (
	"context"
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/outbox"
	"vmhost/anchoring/outbox/fakenode"
)

// lyingNode says what it wants until it is told to stop.
type lyingNode struct {
	*fakenode.Chain
	nonces  func(latest, pending uint64) (uint64, uint64)
	receipt func(hash common.Hash) *outbox.Receipt
}

func (l *lyingNode) Nonces(ctx context.Context, a common.Address) (uint64, uint64, error) {
	latest, pending, err := l.Chain.Nonces(ctx, a)
	if l.nonces != nil {
		latest, pending = l.nonces(latest, pending)
	}
	return latest, pending, err
}

func (l *lyingNode) Receipt(ctx context.Context, hash common.Hash) (*outbox.Receipt, error) {
	if l.receipt != nil {
		return l.receipt(hash), nil
	}
	return l.Chain.Receipt(ctx, hash)
}

func (l *lyingNode) stop() { l.nonces, l.receipt = nil, nil }

func lyingOffice(t *testing.T, wants ...string) (*office, *lyingNode) {
	t.Helper()
	o := newOffice(t, wants...)
	l := &lyingNode{Chain: o.chain}
	o.opts.Node = l
	o.open()
	return o, l
}

// A node names a nonce far above the account's, once: that must not cost a
// transaction for each nonce between, nor stop the account for ever.
func TestAttackNonceFromNowhere(t *testing.T) {
	for _, nonce := range []uint64{40, 1000, math.MaxUint64 - 1, math.MaxUint64} {
		o, l := lyingOffice(t, "a", "b")
		l.nonces = func(uint64, uint64) (uint64, uint64) { return nonce, nonce }
		o.turn()
		l.stop()
		o.run(60)
		o.once()
		if n := o.chain.Included(); n != 2 {
			t.Errorf("nonce %d: %d transactions were paid for two letters", nonce, n)
		}
	}
}

// The same with a letter on its way.
func TestAttackNonceRunsAhead(t *testing.T) {
	o, l := lyingOffice(t, "a")
	o.step(nil)
	o.chain.DropPool()
	o.chain.Ignore = true
	l.nonces = func(uint64, uint64) (uint64, uint64) { return 500, 500 }
	for range 6 {
		o.turn()
		o.tick(1)
	}
	l.stop()
	o.chain.Ignore = false
	o.run(80)
	if n := o.chain.Included(); o.delivered()["a"] == 0 || n > 3 {
		t.Errorf("%d transactions, delivered %v", n, o.delivered())
	}
}

// A node makes up the receipt of a transaction that it threw away, in a block that
// exists: nothing after it can be included, so that this must not be believed
// for ever.
func TestAttackReceiptFromNowhere(t *testing.T) {
	o, l := lyingOffice(t, "a", "b", "c")
	o.tick(3)
	o.step(nil)
	l.DropPool()
	l.nonces = func(uint64, uint64) (uint64, uint64) { return 1, 1 }
	l.receipt = func(hash common.Hash) *outbox.Receipt {
		return &outbox.Receipt{Hash: hash, Number: 1, Block: o.chain.BlockHash(1), Success: true}
	}
	o.wants = o.wants[:1]
	o.tick(1)
	o.step(nil)
	if e := o.first(); e.State != outbox.Confirmed {
		t.Fatalf("the lie is not told: %+v", e)
	}
	l.stop()
	o.wants = []string{"a", "b", "c"}
	for range 40 {
		o.turn()
		o.tick(1)
	}
	o.once()
}

// A call with a gas limit that no node takes, as after a wrong estimate, does not
// keep the nonce for ever.
func TestAttackRefusedForGood(t *testing.T) {
	o := newOffice(t)
	o.chain.Answer = func(tx *types.Transaction) error {
		if tx.Gas() < 21_000 {
			return fakenode.Error("intrinsic gas too low: gas 100, minimum needed 21000")
		}
		return nil
	}
	bad := letter("a")
	bad.Gas = 100
	if err := o.out.Submit(t.Context(), bad); !errors.Is(err, outbox.ErrRefused) {
		t.Fatal(err)
	}
	o.wants = []string{"a", "b"}
	o.run(60)
	o.once()
}

// A call that the account can not pay is not written down: with a better estimate
// it could be paid.
func TestAttackEstimateAboveTheBalance(t *testing.T) {
	o := newOffice(t)
	o.chain.Fund(o.opts.Signer.Address(), big.NewInt(1e16))
	dear := letter("a")
	dear.Gas = 1 << 24
	if err := o.out.Submit(t.Context(), dear); !errors.Is(err, outbox.ErrFunds) {
		t.Fatal(err)
	}
	o.wants = []string{"a", "b"}
	o.run(30)
	o.once()
	if n := o.chain.Included(); n != 2 {
		t.Errorf("%d transactions", n)
	}
}

// The store of another chain or account is refused: its transactions could never
// be sent.
func TestAttackSwappedStore(t *testing.T) {
	o := newOffice(t, "a")
	o.step(nil)
	opts := o.opts
	opts.ChainID = big.NewInt(5)
	if _, err := outbox.Open(opts); !errors.Is(err, outbox.ErrDamaged) {
		t.Errorf("another chain: %v", err)
	}
	opts = o.opts
	opts.Signer = testKey(1)
	if _, err := outbox.Open(opts); !errors.Is(err, outbox.ErrDamaged) {
		t.Errorf("another account: %v", err)
	}
}
