package anchoring

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// Finding is a statement of an anchor that is false, and the claim that takes
// the anchor down.
type Finding struct {
	Challenge contracts.Challenge
	// What is false, for people.
	What string
	// Before are calls of FormJudge that must be made first, in this order: they
	// prove the hash of an old block.
	Before [][]byte
}

// CheckAnchor compares what is anchored at a state file's block with the chain:
// nil if every value and the form are right, also those of the earlier blocks
// that the file has of its history. The file is what the operator published, with
// false values; its proofs are not looked at. The node must have the blocks' state.
//
// Errors: ErrNotAnchored; ErrWithheld when the file is not what is anchored (the
// operator must be asked for it: a demand); those of the node.
func (c *Client) CheckAnchor(ctx context.Context, registry [20]byte, suspect *statefile.File) (*Finding, error) {
	record, err := c.recordAt(ctx, registry, suspect.Block.Number)
	if err != nil {
		return nil, err
	}
	if record.Commitment == ([32]byte{}) {
		return nil, fmt.Errorf("%w: block %d", ErrNotAnchored, suspect.Block.Number)
	}
	if record.BlockHash != suspect.Block.Hash {
		return nil, fmt.Errorf("%w: block 0x%x is anchored at height %d, the file has 0x%x", ErrWithheld, record.BlockHash, suspect.Block.Number, suspect.Block.Hash)
	}
	var finding *Finding
	err = c.withEthrpc(ctx, func(node *ethrpc.Client) error {
		h, err := node.HeaderByHash(ctx, suspect.Block.Hash)
		if err != nil {
			return err
		}
		finding, err = checkAnchor(ctx, registry, node, binding.NewRPC(node), h, suspect, record.Commitment)
		return err
	})
	return finding, err
}

// withEthrpc runs f with a checked connection to the first node that answers.
func (c *Client) withEthrpc(ctx context.Context, f func(*ethrpc.Client) error) error {
	var errs []error
	for _, e := range c.pool.Endpoints() {
		node, err := e.Dial(ctx)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		defer node.Close() //nolint:gocritic // a handful of nodes
		return e.Hide(f(node))
	}
	return errors.Join(errs...)
}

func checkAnchor(ctx context.Context, registry [20]byte, node chainOfHeaders, p binding.Prover, h *ethrpc.Header, suspect *statefile.File, anchored [32]byte) (*Finding, error) {
	snapshot, chain, err := snapshotOf(ctx, node, h, suspect)
	if err != nil {
		return nil, err
	}
	view, err := snapshot.View()
	if errors.Is(err, statecache.ErrBadHistory) {
		return nil, fmt.Errorf("%w: %w", ErrWithheld, err)
	}
	if err != nil {
		return nil, fmt.Errorf("state file: %w", err)
	}
	if view.CommitmentBytes() != anchored {
		return nil, fmt.Errorf("%w: the file's commitment is 0x%x, anchored is 0x%x", ErrWithheld, view.CommitmentBytes(), anchored)
	}
	s := &contracts.Suspect{Height: suspect.Block.Number, BlockHash: suspect.Block.Hash, Commitment: anchored, Tree: contracts.ViewTree(view)}
	found, err := falseContent(ctx, p, s, h, suspect)
	if err != nil || found != nil {
		return found, err
	}
	return falseHistory(ctx, registry, node, p, s, view, suspect, chain)
}

// falseValue is the first value that differs.
func falseValue(s *contracts.Suspect, suspect, honest *statefile.File) (*Finding, error) {
	for i := range suspect.Collections {
		have, want := &suspect.Collections[i], &honest.Collections[i]
		for j := range have.Values {
			if have.Values[j] == want.Values[j] {
				continue
			}
			it := have.Items[j]
			proof := &binding.AccountProof{}
			for k := range honest.Accounts {
				if honest.Accounts[k].Address == it.Address {
					proof = &honest.Accounts[k]
				}
			}
			claim, err := s.Value(uint16(i+1), uint64(j), honest.Header, proof)
			if err != nil {
				return nil, err
			}
			what := fmt.Sprintf("%s[%d], %s of 0x%x: anchored %#x, on chain %#x", have.Name, j, it.Kind, it.Address,
				new(big.Int).SetBytes(have.Values[j][:]), new(big.Int).SetBytes(want.Values[j][:]))
			return &Finding{Challenge: claim, What: what}, nil
		}
	}
	return nil, nil //nolint:nilnil // as documented
}

// formJudge is FormJudge's number.
const formJudge = 1

// SendChallenge takes an anchor down. The reward is the client's to withdraw.
func (c *Client) SendChallenge(ctx context.Context, registry [20]byte, f *Finding) (Tx, error) {
	if len(f.Before) > 0 {
		b := bindings.NewAnchorRegistry()
		out, err := c.Call(ctx, registry, b.PackJudgeAt(big.NewInt(formJudge)))
		if err != nil {
			return Tx{}, err
		}
		judge, err := b.UnpackJudgeAt(out)
		if err != nil {
			return Tx{}, fmt.Errorf("judge: %w", err)
		}
		for i, call := range f.Before {
			if _, err := c.Send(ctx, (*[20]byte)(&judge), call, 0); err != nil {
				return Tx{}, fmt.Errorf("proving an old block's hash, %d of %d: %w", i+1, len(f.Before), err)
			}
		}
	}
	return c.Send(ctx, &registry, f.Challenge.Calldata(), 0)
}

// Withdraw pays out what the registry owes the client's account.
func (c *Client) Withdraw(ctx context.Context, registry [20]byte) (Tx, error) {
	return c.Send(ctx, &registry, bindings.NewAnchorRegistry().PackWithdraw(), 0)
}

// Payable is what the registry owes an account at once, in wei.
func (c *Client) Payable(ctx context.Context, registry, account [20]byte) (*big.Int, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.Call(ctx, registry, b.PackPayable(account))
	if err != nil {
		return nil, err
	}
	return b.UnpackPayable(out)
}

func (c *Client) recordAt(ctx context.Context, registry [20]byte, height uint64) (bindings.BondsRecord, error) {
	b := bindings.NewAnchorRegistry()
	out, err := c.Call(ctx, registry, b.PackRecordAt(height))
	if err != nil {
		return bindings.BondsRecord{}, err
	}
	return b.UnpackRecordAt(out)
}
