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

// Judges are the names of the contracts that decide challenges, by the number
// that AnchorRegistry.challenge takes.
func Judges() []string { return []string{"StateJudge", "FormJudge"} }

// RegistryConfig is what a registry is deployed with, for ever. The zero value
// has no bonds: anchors are as good as their operator, as on a development chain.
type RegistryConfig struct {
	// Bond in wei that each anchor locks until it settles; nil means 0.
	Bond *big.Int
	// DemandBond in wei that a demand costs unless the anchor falls; nil means 0,
	// which a registry with bonds refuses, as it does more than a 30th of Bond: half
	// of that must pay for the longest way down, 15 demands. It should pay for an
	// answer: 110,000 gas at any price that is to be expected.
	DemandBond *big.Int
	// ChallengeWindow is how many blocks pass until an anchor settles; 0 means
	// 7,200, a day of Ethereum.
	ChallengeWindow uint32
	// AnswerWindow is how many blocks an operator has to answer a demand, and a
	// watcher to go on after an answer; 0 means 600, two hours of Ethereum, or
	// the challenge window if that is less.
	AnswerWindow uint32
}

// tuple is the configuration as the constructor takes it.
func (c RegistryConfig) tuple() bindings.BondsConfig {
	out := bindings.BondsConfig{
		Bond: c.Bond, DemandBond: c.DemandBond, ChallengeWindow: c.ChallengeWindow, AnswerWindow: c.AnswerWindow,
	}
	if out.Bond == nil {
		out.Bond = new(big.Int)
	}
	if out.DemandBond == nil {
		out.DemandBond = new(big.Int)
	}
	if out.ChallengeWindow == 0 {
		out.ChallengeWindow = 7200
	}
	if out.AnswerWindow == 0 {
		out.AnswerWindow = min(600, out.ChallengeWindow)
	}
	return out
}

// maxWindow is Bonds.MAX_WINDOW, in blocks.
const maxWindow = 1 << 24

// Check says whether a registry takes the configuration, as its constructor
// does. Errors: ErrBadConfig.
func (c RegistryConfig) Check() error {
	t := c.tuple()
	if t.AnswerWindow > t.ChallengeWindow || t.ChallengeWindow > maxWindow {
		return fmt.Errorf("%w: an answer window of %d blocks in a challenge window of %d (%d at most)",
			ErrBadConfig, t.AnswerWindow, t.ChallengeWindow, maxWindow)
	}
	least := new(big.Int).Mul(t.DemandBond, big.NewInt(30))
	if t.Bond.Sign() != 0 && (t.DemandBond.Sign() == 0 || least.Cmp(t.Bond) > 0) {
		return fmt.Errorf("%w: with a bond of %v wei a demand must cost something and a 30th of it at most, not %v",
			ErrBadConfig, t.Bond, t.DemandBond)
	}
	return nil
}

// System is the contracts of one deployment.
type System struct {
	Registry common.Address            // AnchorRegistry
	Judges   []common.Address          // what decides challenges, as in Judges
	Router   common.Address            // VmVerifier
	Keys     map[string]common.Address // by class; contracts that hold a key
}

// DeployRegistry creates the judges and the registry, whose owner the sender is
// and where it may anchor, once it has a deposit if there are bonds. Errors:
// ErrBadConfig, before anything is sent; those of the sender.
func DeployRegistry(ctx context.Context, send Sender, config RegistryConfig) (registry common.Address, judges []common.Address, err error) {
	if err := config.Check(); err != nil {
		return registry, nil, err
	}
	for _, name := range Judges() {
		judge, err := Deploy(ctx, send, name)
		if err != nil {
			return registry, nil, err
		}
		judges = append(judges, judge)
	}
	registry, err = Deploy(ctx, send, "AnchorRegistry", config.tuple(), judges)
	return registry, judges, err
}

// DeploySystem creates the registry with its judges, the router and the
// contracts of the given keys, and adds these to the router, which refuses
// unsafe-dev keys on any chain id but 1337 and 31337. The sender owns the
// registry and the router and may anchor.
func DeploySystem(ctx context.Context, send Sender, keys []Key, config RegistryConfig) (System, error) {
	s := System{Keys: make(map[string]common.Address, len(keys))}
	var err error
	if s.Registry, s.Judges, err = DeployRegistry(ctx, send, config); err != nil {
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

// ConsumerPolicy says which results the example consumer accepts.
type ConsumerPolicy struct {
	MinDepth uint64 // blocks that must be on top of a result's block
	MaxAge   uint64 // blocks that may be; 0 means any number
	Settled  bool   // whether the anchor's challenge window must have passed
}

// DeployConsumer creates the example consumer of one program's results.
func DeployConsumer(ctx context.Context, send Sender, s System, programID [32]byte, policy ConsumerPolicy) (common.Address, error) {
	return Deploy(ctx, send, "ResultConsumer", s.Router, s.Registry, programID, bindings.ResultConsumerPolicy(policy))
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
// they differ. Requires a contract without immutable variables: the router, the
// registry and its judges. For keys see System.Check.
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
	for i, name := range Judges() {
		if i >= len(s.Judges) {
			return fmt.Errorf("%w: no %s", ErrCodeMismatch, name)
		}
		if err := CheckCode(ctx, r, s.Judges[i], name); err != nil {
			return err
		}
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
