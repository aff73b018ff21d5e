package anchoring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
)

// Terms are what a registry was deployed with.
type Terms struct {
	Bond, DemandBond              *big.Int // wei
	ChallengeWindow, AnswerWindow uint64   // blocks
}

// Askable is how many blocks after its inclusion an anchor settles at the latest,
// if every answer is given at once: what passes between answers and the demands
// below them is one answer window in all, and another follows the last answer.
func (t Terms) Askable() uint64 { return t.ChallengeWindow + 2*t.AnswerWindow }

// Levels is how often at most an answer leads to another demand: the levels of a
// commitment's deepest tree.
const Levels = 15

// LongestGame is Askable when each answer takes so many blocks.
func (t Terms) LongestGame(answering uint64) uint64 { return t.Askable() + Levels*answering }

// DepositFor is what must be deposited so that one anchor can be posted every so
// many blocks without waiting for bonds: those of the challenge window, of an
// answer window besides, and of the anchors that are posted and freed together.
func (t Terms) DepositFor(every uint64) *big.Int {
	anchors := (t.ChallengeWindow+t.AnswerWindow)/max(every, 1) + 1 + 2*releaseLeast
	return new(big.Int).Mul(t.Bond, new(big.Int).SetUint64(anchors))
}

// Terms reads a registry's.
func (c *Client) Terms(ctx context.Context, registry [20]byte) (Terms, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.Call(ctx, registry, b.PackConfig())
	if err != nil {
		return Terms{}, err
	}
	t, err := b.UnpackConfig(out)
	return Terms{t.Bond, t.DemandBond, uint64(t.ChallengeWindow), uint64(t.AnswerWindow)}, err
}

// Deposit is an account's money in a registry, in wei.
type Deposit struct {
	Free    *big.Int // for anchors
	Leaving *big.Int // unbonded
	Earned  *big.Int // to be withdrawn at once
	// Open counts the demands of the account's anchors without an answer.
	Open uint64
}

// DepositOf reads an account's money in a registry.
func (c *Client) DepositOf(ctx context.Context, registry, account [20]byte) (Deposit, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.callMany(ctx, registry, [][]byte{b.PackAccountOf(account), b.PackPayable(account)})
	if err != nil {
		return Deposit{}, err
	}
	have, err := b.UnpackAccountOf(out[0])
	if err != nil {
		return Deposit{}, err
	}
	earned, err := b.UnpackPayable(out[1])
	return Deposit{have.Free, have.Leaving, earned, uint64(have.Load)}, err
}

// learn reads the registry's terms, once.
func (a *Anchorer) learn(ctx context.Context) error {
	if a.terms != nil {
		return nil
	}
	t, err := a.node.terms(ctx)
	if err != nil {
		return fmt.Errorf("terms of the registry: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.terms = &t
	return nil
}

// readDeposit reads the account's money, once a block.
func (a *Anchorer) readDeposit(ctx context.Context, head uint64) error {
	if a.terms.Bond.Sign() == 0 && a.terms.DemandBond.Sign() == 0 || a.money != nil && head == a.moneyAt {
		return nil
	}
	m, err := a.node.deposit(ctx)
	if err != nil {
		return err
	}
	a.moneyAt = head
	a.mu.Lock()
	defer a.mu.Unlock()
	a.money = &m
	return nil
}

// tagRelease marks the outbox's transactions that free bonds.
const tagRelease = "release"

const (
	// releaseLeast is how many settled anchors are worth a transaction, unless the
	// deposit runs out; releaseMost how many are freed together, some 10,000 gas each.
	releaseLeast, releaseMost = 16, 512
	// lookAgain is how many blocks later a bond is looked at that a demand holds.
	lookAgain = 8
)

// record is what the registry has of a height.
type record struct {
	Commitment, BlockHash [32]byte
	Operator              common.Address
	Settles               uint64 // last block of windows and grace
	Open                  uint64 // demands
}

// release frees the bonds of settled anchors, so that the deposit goes on; false
// if there are too few of them to be worth a transaction.
func (a *Anchorer) release(ctx context.Context) (bool, error) {
	if a.terms == nil || a.terms.Bond.Sign() == 0 {
		return false, nil
	}
	head := uint64(a.out.Status().Head)
	least := releaseLeast
	if a.money != nil && a.money.Free.Cmp(new(big.Int).Mul(a.terms.Bond, big.NewInt(int64(a.opts.MaxBatch)))) < 0 {
		least = 1
	}
	due := a.settled(head)
	if len(due) < least {
		return false, nil
	}
	heights := make([]uint64, len(due))
	for i, e := range due {
		heights[i] = e.Anchor.Block.Number
	}
	records, err := a.node.records(ctx, heights)
	if err != nil {
		return false, fmt.Errorf("bonds: %w", err)
	}
	free := a.freeable(due, records, head)
	if len(free) < least {
		return false, nil
	}
	call := outbox.Call{To: a.opts.Registry, Tag: tagRelease, Data: bindings.NewAnchorRegistry().PackRelease(free)}
	for _, h := range free {
		call.Refs = append(call.Refs, fmt.Sprintf("bond-%d", h))
	}
	gas, err := a.node.gas(ctx, call)
	if err != nil {
		return false, err
	}
	call.Gas = hexUint(gas)
	return true, a.out.Submit(ctx, call)
}

// settled lists the anchors whose bonds may be free to release, lowest first.
func (a *Anchorer) settled(head uint64) []*entry {
	a.mu.Lock()
	defer a.mu.Unlock()
	var due []*entry
	for e := range a.book.locked {
		if max(e.settles, e.Tx.Block.Number+a.terms.ChallengeWindow) < head {
			due = append(due, e)
		}
	}
	slices.SortFunc(due, func(x, y *entry) int { return cmp.Compare(x.Anchor.Block.Number, y.Anchor.Block.Number) })
	return due[:min(len(due), releaseMost)]
}

// freeable are the heights whose bonds can be released. What the others wait for
// is noted.
func (a *Anchorer) freeable(due []*entry, records []record, head uint64) (free []uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, e := range due {
		switch r := records[i]; {
		case r.Commitment != e.Anchor.Commitment || r.Operator != a.out.Status().Address:
			a.book.free(e, head) // released, revoked, or another account's
		case r.Open > 0:
			e.settles = head + lookAgain
		case head <= r.Settles:
			e.settles = r.Settles
		default:
			free = append(free, e.Anchor.Block.Number)
		}
	}
	return free
}

func (n registryNode) terms(ctx context.Context) (Terms, error) { return n.c.Terms(ctx, n.registry) }

func (n registryNode) deposit(ctx context.Context) (Deposit, error) {
	return n.c.DepositOf(ctx, n.registry, n.c.from)
}

// records implements anchorNode.
func (n registryNode) records(ctx context.Context, heights []uint64) ([]record, error) {
	b := bindings.NewAnchorRegistry()
	calls := make([][]byte, len(heights))
	for i, h := range heights {
		calls[i] = b.PackRecordAt(h)
	}
	answers, err := n.c.callMany(ctx, n.registry, calls)
	if err != nil {
		return nil, err
	}
	out := make([]record, len(heights))
	for i := range answers {
		r, err := b.UnpackRecordAt(answers[i])
		if err != nil {
			return nil, err
		}
		out[i] = record{r.Commitment, r.BlockHash, r.Operator, uint64(r.WindowEnd) + uint64(r.Grace), uint64(r.Open)}
	}
	return out, nil
}

// manyCalls is how many calls go into one request: what public nodes allow.
const manyCalls = 50

// callMany executes calls of one contract at the head, in few requests.
func (c *Client) callMany(ctx context.Context, to [20]byte, calls [][]byte) (out [][]byte, err error) {
	err = c.ask(ctx, fmt.Sprintf("calls of 0x%x", to), func(ctx context.Context, eth *ethclient.Client) (err error) {
		out, err = c.callManyOf(ctx, eth, to, calls)
		return err
	})
	return out, err
}

// callManyOf is callMany of one node.
func (c *Client) callManyOf(ctx context.Context, eth *ethclient.Client, to [20]byte, calls [][]byte) ([][]byte, error) {
	out := make([]hexutil.Bytes, len(calls))
	for i := 0; i < len(calls); i += manyCalls {
		batch := make([]rpc.BatchElem, min(manyCalls, len(calls)-i))
		for j := range batch {
			arg := map[string]any{"from": c.from, "to": common.Address(to), "input": hexutil.Bytes(calls[i+j])}
			batch[j] = rpc.BatchElem{Method: "eth_call", Args: []any{arg, "latest"}, Result: &out[i+j]}
		}
		if err := eth.Client().BatchCallContext(ctx, batch); err != nil {
			return nil, err
		}
		var errs []error
		for j := range batch {
			errs = append(errs, revertOf(batch[j].Error))
		}
		if err := errors.Join(errs...); err != nil {
			return nil, err
		}
	}
	list := make([][]byte, len(out))
	for i := range out {
		list[i] = out[i]
	}
	return list, nil
}
