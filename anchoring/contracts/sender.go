package contracts

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Sender sends one transaction, creating a contract when to is nil, and returns
// its receipt once it is included. A receipt of a failed transaction comes with
// an error that is ErrReverted.
type Sender func(ctx context.Context, to *common.Address, data []byte) (*types.Receipt, error)

// NewSender sends from the account of opts, estimating gas, and waits until the
// transaction is included. mine, if not nil, is called after each transaction
// was sent: a development chain makes its block there. Requires opts.Signer and
// opts.From.
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
