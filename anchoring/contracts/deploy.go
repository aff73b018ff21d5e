package contracts

import (
	"bytes"
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/contracts/bindings"
)

// emptyABI serves raw transactions, which need none.
var emptyABI abi.ABI

// Deploy creates a contract by artifact name and returns its address.
func Deploy(ctx context.Context, send Sender, name string, args ...any) (common.Address, error) {
	a, err := Load(name)
	if err != nil {
		return common.Address{}, err
	}
	code, err := a.CreationCode(args...)
	if err != nil {
		return common.Address{}, err
	}
	receipt, err := send(ctx, nil, code)
	if err != nil {
		return common.Address{}, fmt.Errorf("deploy %s: %w", name, err)
	}
	return receipt.ContractAddress, nil
}

// Key is a verifying key as the contracts take it.
type Key struct {
	Class string // "tiny", "s", "s-scan"
	Blob  []byte // verifier.Key.Blob
}

// System is the contracts of one deployment.
type System struct {
	Registry common.Address            // AnchorRegistry
	Router   common.Address            // VmVerifier
	Keys     map[string]common.Address // by class; contracts that hold a key
}

// DeploySystem creates the registry, the router and the contracts of the given
// keys, and adds these to the router, which refuses unsafe-dev keys on any
// chain id but 1337 and 31337. The sender owns the registry and the router and
// may anchor.
func DeploySystem(ctx context.Context, send Sender, keys []Key) (System, error) {
	s := System{Keys: make(map[string]common.Address, len(keys))}
	var err error
	if s.Registry, err = Deploy(ctx, send, "AnchorRegistry"); err != nil {
		return s, err
	}
	if s.Router, err = Deploy(ctx, send, "VmVerifier"); err != nil {
		return s, err
	}
	for _, k := range keys {
		at, err := DeployKey(ctx, send, k.Blob)
		if err != nil {
			return s, err
		}
		s.Keys[k.Class] = at
		if err := AddKey(ctx, send, s.Router, at); err != nil {
			return s, err
		}
	}
	return s, nil
}

// AddKey adds a deployed key to the router, under the selector that its bytes
// give. Requires that the sender owns the router.
func AddKey(ctx context.Context, send Sender, router, key common.Address) error {
	data, err := bindings.NewVmVerifier().TryPackAddKey(key)
	if err != nil {
		return err
	}
	if _, err := send(ctx, &router, data); err != nil {
		return fmt.Errorf("add key: %w", err)
	}
	return nil
}

// DeployConsumer creates the example consumer of one program's results, which
// accepts them minDepth blocks deep.
func DeployConsumer(ctx context.Context, send Sender, s System, programID [32]byte, minDepth uint64) (common.Address, error) {
	return Deploy(ctx, send, "ResultConsumer", s.Router, s.Registry, programID, minDepth)
}

// Demo is the contracts that give a development chain something to watch.
type Demo struct {
	Token0, Token1 common.Address // 6 decimals; the sender mints
	Pool           common.Address // the sender is its liquidity provider
}

// DeployDemo creates two tokens and their pool, mints twice the liquidity of
// each to owner, approves the pool without limit and puts the liquidity in.
// Requires that owner is the sender's account. It takes eight transactions.
func DeployDemo(ctx context.Context, send Sender, owner common.Address, liquidity0, liquidity1 *big.Int) (Demo, error) {
	var d Demo
	var err error
	if d.Token0, err = Deploy(ctx, send, "Token", "Demo Ether", "DETH"); err != nil {
		return d, err
	}
	if d.Token1, err = Deploy(ctx, send, "Token", "Demo Dollar", "DUSD"); err != nil {
		return d, err
	}
	if d.Pool, err = Deploy(ctx, send, "Pool", d.Token0, d.Token1); err != nil {
		return d, err
	}
	token, pool := bindings.NewToken(), bindings.NewPool()
	unlimited := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	for _, step := range []struct {
		to   common.Address
		data []byte
	}{
		{d.Token0, token.PackMint(owner, new(big.Int).Lsh(liquidity0, 1))},
		{d.Token1, token.PackMint(owner, new(big.Int).Lsh(liquidity1, 1))},
		{d.Token0, token.PackApprove(d.Pool, unlimited)},
		{d.Token1, token.PackApprove(d.Pool, unlimited)},
		{d.Pool, pool.PackAddLiquidity(liquidity0, liquidity1)},
	} {
		if _, err := send(ctx, &step.to, step.data); err != nil {
			return d, fmt.Errorf("set up the pool: %w", err)
		}
	}
	return d, nil
}

// CodeReader reads contract code; ethclient.Client is one.
type CodeReader interface {
	CodeAt(ctx context.Context, contract common.Address, blockNumber *big.Int) ([]byte, error)
}

// CheckCode compares the code on chain with an artifact, ErrCodeMismatch when
// they differ. Requires a contract without immutable variables: the router and
// the registry. For keys see System.Check.
func CheckCode(ctx context.Context, r CodeReader, address common.Address, name string) error {
	a, err := Load(name)
	if err != nil {
		return err
	}
	code, err := r.CodeAt(ctx, address, nil)
	if err != nil {
		return fmt.Errorf("read code: %w", err)
	}
	if !bytes.Equal(code, a.Runtime) {
		return fmt.Errorf("%w: %s at %s", ErrCodeMismatch, name, address)
	}
	return nil
}

// Check compares a deployment with what this program would deploy:
// ErrCodeMismatch if a contract or a key on chain is another.
func (s System) Check(ctx context.Context, r CodeReader, keys []Key) error {
	if err := CheckCode(ctx, r, s.Registry, "AnchorRegistry"); err != nil {
		return err
	}
	if err := CheckCode(ctx, r, s.Router, "VmVerifier"); err != nil {
		return err
	}
	for _, k := range keys {
		code, err := r.CodeAt(ctx, s.Keys[k.Class], nil)
		if err != nil {
			return fmt.Errorf("read key: %w", err)
		}
		if !bytes.Equal(code, k.Blob) {
			return fmt.Errorf("%w: key %s at %s", ErrCodeMismatch, k.Class, s.Keys[k.Class])
		}
	}
	return nil
}
