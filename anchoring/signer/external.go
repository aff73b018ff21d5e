package signer

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/ethrpc"
)

// ExternalOptions configure an external signer. URL is required.
type ExternalOptions struct {
	// URL of the signer: http(s)://, ws(s)://, or the path of a unix socket.
	URL string
	// Account that signs; zero takes the signer's only one.
	Account common.Address
	// Timeout of a signature: a person may have to confirm it; 0 means 2 minutes.
	Timeout time.Duration
}

// external asks another process.
type external struct {
	client  *rpc.Client
	opts    ExternalOptions
	account common.Address
	hide    func(error) error // keeps the URL out of errors
}

// External connects to a signer that answers account_list and
// account_signTransaction. Close releases it. ErrExternal.
func External(ctx context.Context, opts ExternalOptions) (Signer, func(), error) {
	if opts.Timeout == 0 {
		opts.Timeout = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, opts.Timeout)
	defer cancel()
	_, hide := ethrpc.Redact(opts.URL)
	client, err := rpc.DialContext(ctx, opts.URL)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrExternal, hide(err))
	}
	e := &external{client: client, opts: opts, account: opts.Account, hide: hide}
	if e.account == (common.Address{}) {
		if e.account, err = e.only(ctx); err != nil {
			client.Close()
			return nil, nil, err
		}
	}
	return e, client.Close, nil
}

// only asks for the signer's account; it must have just one.
func (e *external) only(ctx context.Context) (common.Address, error) {
	var list []common.Address
	if err := e.client.CallContext(ctx, &list, "account_list"); err != nil {
		return common.Address{}, fmt.Errorf("%w: account_list: %w", ErrExternal, e.hide(err))
	}
	if len(list) != 1 {
		return common.Address{}, fmt.Errorf("%w: it has %d accounts: name one", ErrExternal, len(list))
	}
	return list[0], nil
}

// Address implements Signer.
func (e *external) Address() common.Address { return e.account }

// String implements Signer.
func (e *external) String() string { return "external signer of " + e.account.Hex() }

// request is the parameter of account_signTransaction.
type request struct {
	From     common.Address  `json:"from"`
	To       *common.Address `json:"to"`
	Gas      hexutil.Uint64  `json:"gas"`
	FeeCap   *hexutil.Big    `json:"maxFeePerGas"`
	Tip      *hexutil.Big    `json:"maxPriorityFeePerGas"`
	Value    *hexutil.Big    `json:"value"`
	Nonce    hexutil.Uint64  `json:"nonce"`
	Input    hexutil.Bytes   `json:"input"`
	ChainID  *hexutil.Big    `json:"chainId"`
	Accesses []any           `json:"accessList"`
}

// Sign implements Signer. ErrForged unless the answer is a signature of exactly
// tx by the account.
func (e *external) Sign(ctx context.Context, chainID *big.Int, tx *types.Transaction) (*types.Transaction, error) {
	ctx, cancel := context.WithTimeout(ctx, e.opts.Timeout)
	defer cancel()
	var answer struct {
		Raw hexutil.Bytes `json:"raw"`
	}
	err := e.client.CallContext(ctx, &answer, "account_signTransaction", request{
		From: e.account, To: tx.To(), Gas: hexutil.Uint64(tx.Gas()), FeeCap: (*hexutil.Big)(tx.GasFeeCap()), Tip: (*hexutil.Big)(tx.GasTipCap()),
		Value: (*hexutil.Big)(tx.Value()), Nonce: hexutil.Uint64(tx.Nonce()), Input: tx.Data(), ChainID: (*hexutil.Big)(chainID), Accesses: []any{},
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrExternal, e.hide(err))
	}
	signed := new(types.Transaction)
	if err := signed.UnmarshalBinary(answer.Raw); err != nil {
		return nil, fmt.Errorf("%w: not a transaction", ErrForged)
	}
	return signed, check(e.account, chainID, tx, signed)
}

// check compares a signed transaction with what was to be signed.
func check(account common.Address, chainID *big.Int, asked, signed *types.Transaction) error {
	s := types.LatestSignerForChainID(chainID)
	if signed.Type() != asked.Type() || s.Hash(signed) != s.Hash(asked) {
		return fmt.Errorf("%w: %s", ErrForged, difference(asked, signed))
	}
	if from, err := types.Sender(s, signed); err != nil || from != account {
		return fmt.Errorf("%w: not signed by %s", ErrForged, account)
	}
	return nil
}

// difference names the first field that differs.
func difference(a, b *types.Transaction) string {
	for _, f := range []struct {
		name string
		same bool
	}{
		{"type", a.Type() == b.Type()},
		{"chain id", a.ChainId().Cmp(b.ChainId()) == 0},
		{"nonce", a.Nonce() == b.Nonce()},
		{"recipient", (a.To() == nil) == (b.To() == nil) && (a.To() == nil || *a.To() == *b.To())},
		{"value", a.Value().Cmp(b.Value()) == 0},
		{"data", string(a.Data()) == string(b.Data())},
		{"gas", a.Gas() == b.Gas()},
		{"priority fee", a.GasTipCap().Cmp(b.GasTipCap()) == 0},
		{"fee cap", a.GasFeeCap().Cmp(b.GasFeeCap()) == 0},
	} {
		if !f.same {
			return f.name + " differs"
		}
	}
	return "it differs"
}
