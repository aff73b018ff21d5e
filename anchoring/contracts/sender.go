package contracts

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Sender sends one transaction, creating a contract when to is nil, and returns
// its receipt once it is included. A receipt of a failed transaction comes with
// an error that is ErrReverted.
type Sender func(ctx context.Context, to *common.Address, data []byte) (*types.Receipt, error)

// estimateMargin is added to every gas estimate, besides a quarter of it. An
// estimate runs as the head block: storage that depends on the time (the pool's
// cumulative price) does not change there, but costs up to two new slots later.
const estimateMargin = 50_000

// NewSender sends from the account of opts and waits until the transaction is
// included. Gas is estimated with a margin unless opts.GasLimit is set. mine, if
// not nil, is called after each transaction was sent: a development chain makes
// its block there. Requires opts.Signer and opts.From.
func NewSender(opts *bind.TransactOpts, backend bind.Backend, mine func()) Sender {
	return func(ctx context.Context, to *common.Address, data []byte) (*types.Receipt, error) {
		o := *opts
		o.Context = ctx
		var target common.Address
		if to != nil {
			target = *to
		}
		c := bind.NewBoundContract(target, emptyABI, backend, backend, backend)
		transact := c.RawTransact
		if to == nil {
			transact = c.RawCreationTransact
		}
		if o.GasLimit == 0 {
			gas, err := backend.EstimateGas(ctx, ethereum.CallMsg{From: o.From, To: to, Data: data})
			if err != nil {
				return nil, fmt.Errorf("estimate gas: %w", err)
			}
			o.GasLimit = gas + gas/4 + estimateMargin
		}
		tx, err := transact(&o, data)
		if err != nil {
			return nil, fmt.Errorf("send: %w", err)
		}
		if mine != nil {
			mine()
		}
		receipt, err := bind.WaitMined(ctx, backend, tx.Hash())
		if err != nil {
			return nil, fmt.Errorf("wait for %s: %w", tx.Hash(), err)
		}
		if receipt.Status != types.ReceiptStatusSuccessful {
			return receipt, fmt.Errorf("%w: %s", ErrReverted, tx.Hash())
		}
		return receipt, nil
	}
}
