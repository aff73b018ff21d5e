package anchoring

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
)

// VerifyCalldata encodes the call VmVerifier.verify. Proof begins with the
// four-byte selector of its verifying key.
func VerifyCalldata(programID, commitment [32]byte, journal, proof []byte) []byte {
	return bindings.NewVmVerifier().PackVerify(programID, commitment, journal, proof)
}

// VerifyGas tells what verifying a proof costs.
type VerifyGas struct {
	// Transaction is the gas of a transaction that only verifies.
	Transaction uint64
	// Execution is that without the base and the call data: what a contract pays
	// for the call.
	Execution uint64
}

// Verify asks the router whether it accepts a proof, without a transaction.
// Calldata is that of VerifyCalldata (a proof file has it). A refusal wraps
// ErrRejected.
func (c *Client) Verify(ctx context.Context, router [20]byte, calldata []byte) (VerifyGas, error) {
	if _, err := c.Call(ctx, router, calldata); err != nil {
		return VerifyGas{}, rejected(err)
	}
	gas, err := c.Estimate(ctx, &router, calldata)
	if err != nil {
		return VerifyGas{}, rejected(err)
	}
	return VerifyGas{Transaction: gas, Execution: gas - min(gas, IntrinsicGas(calldata))}, nil
}

// VerifyTx verifies a proof in a transaction and waits for it. A refusal wraps
// ErrRejected; then nothing was sent, unless the chain changed meanwhile.
func (c *Client) VerifyTx(ctx context.Context, router [20]byte, calldata []byte) (Tx, error) {
	tx, err := c.Send(ctx, &router, calldata, 0)
	return tx, rejected(err)
}

// rejected marks reverts of the verifier and names the reason.
func rejected(err error) error {
	r, ok := errors.AsType[*RevertError](err)
	if !ok {
		return err
	}
	if reason, uerr := bindings.NewVmVerifier().UnpackError(r.Data); uerr == nil {
		return fmt.Errorf("%w: %T: %w", ErrRejected, reason, err)
	}
	return fmt.Errorf("%w: %w", ErrRejected, err)
}

// Key is a verifying key as the contracts take it.
type Key struct {
	Class string // tiny, s, s-scan
	Blob  []byte // verifier.Key.Blob
}

// System is a set of deployed contracts.
type System struct {
	Registry [20]byte // AnchorRegistry
	Router   [20]byte // VmVerifier
	// Judges decide challenges, as AnchorRegistry.judgeAt counts them.
	Judges []common.Address
	// Keys by class: the contracts that hold them.
	Keys map[string][20]byte
}

// sender adapts the client to the contracts package.
func (c *Client) sender() contracts.Sender {
	return func(ctx context.Context, to *common.Address, data []byte) (*types.Receipt, error) {
		return c.transact(ctx, (*[20]byte)(to), data, nil, 0)
	}
}

// DeploySystem deploys registry, router and the given keys; unsafe development
// keys on chain ids 1337 and 31337 only. The client's account owns them and may
// anchor. The code on chain is read back and compared.
func (c *Client) DeploySystem(ctx context.Context, keys []Key) (System, error) {
	return c.DeploySystemWith(ctx, keys, contracts.RegistryConfig{})
}

// DeploySystemWith is DeploySystem with bonds and windows of the registry.
func (c *Client) DeploySystemWith(ctx context.Context, keys []Key, config contracts.RegistryConfig) (System, error) {
	ks := make([]contracts.Key, len(keys))
	for i, k := range keys {
		ks[i] = contracts.Key(k)
	}
	s, err := contracts.DeploySystem(ctx, c.sender(), ks, config)
	if err == nil {
		err = s.Check(ctx, c, ks)
	}
	if err != nil {
		return System{}, err
	}
	out := System{Registry: s.Registry, Router: s.Router, Judges: s.Judges, Keys: map[string][20]byte{}}
	for class, addr := range s.Keys {
		out.Keys[class] = addr
	}
	return out, nil
}

// DeployConsumer deploys the example consumer of one program's results, which
// accepts them minDepth blocks deep.
func (c *Client) DeployConsumer(ctx context.Context, s System, programID [32]byte, minDepth uint64) ([20]byte, error) {
	return contracts.DeployConsumer(ctx, c.sender(), contracts.System{Registry: s.Registry, Router: s.Router}, programID,
		contracts.ConsumerPolicy{MinDepth: minDepth})
}

// SubmitResult gives a proven and anchored result to a consumer. A refusal is a
// *RevertError.
func (c *Client) SubmitResult(ctx context.Context, consumer [20]byte, height uint64, commitment [32]byte, journal, proof []byte) (Tx, error) {
	return c.Send(ctx, &consumer, bindings.NewResultConsumer().PackSubmit(height, commitment, journal, proof), 0)
}

// ConsumerResult reads the newest result that a consumer accepted, height 0 if none.
func (c *Client) ConsumerResult(ctx context.Context, consumer [20]byte) (height uint64, journal []byte, err error) {
	b := bindings.NewResultConsumer()
	out, err := c.Call(ctx, consumer, b.PackHeight())
	if err != nil {
		return 0, nil, err
	}
	if height, err = b.UnpackHeight(out); err != nil {
		return 0, nil, fmt.Errorf("height: %w", err)
	}
	if out, err = c.Call(ctx, consumer, b.PackJournal()); err != nil {
		return 0, nil, err
	}
	if journal, err = b.UnpackJournal(out); err != nil {
		return 0, nil, fmt.Errorf("journal: %w", err)
	}
	return height, journal, nil
}
