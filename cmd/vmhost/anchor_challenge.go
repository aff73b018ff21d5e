package main

import (
	"context"
	"fmt"
	"math/big"

	"github.com/spf13/cobra"

	"vmhost/anchoring"
	"vmhost/anchoring/statefile"
)

func newAnchorCheckCmd(a *app) *cobra.Command {
	var c chainFlags
	cmd := &cobra.Command{
		Use: "check STATE.json", Short: "Compare what is anchored for a state file's block with the chain", Args: args(cobra.ExactArgs(1)),
		Long: `Takes the state that the operator published for an anchored block (its proofs are
not looked at), fetches the true values of the same items, and names the first that
differs. Earlier blocks that the file has of its history are judged too: their hashes,
their values. Exit code 1 if the anchor is false.`,
		RunE: func(cmd *cobra.Command, names []string) error {
			x, err := a.checkAnchor(cmd.Context(), &c, names[0], false)
			if err != nil {
				return err
			}
			defer x.done()
			if x.finding == nil && x.file.HistoryRoot != ([32]byte{}) {
				a.complain("%d earlier blocks of the history are in the file and were judged, the others were not", len(x.file.Past))
			}
			return a.printFinding(x.finding)
		},
	}
	c.add(cmd)
	return cmd
}

func newAnchorChallengeCmd(a *app) *cobra.Command {
	var c chainFlags
	var keep bool
	cmd := &cobra.Command{
		Use: "challenge STATE.json", Short: "Find what is false in an anchor, take it down, and collect the reward", Args: args(cobra.ExactArgs(1)),
		Long: `Takes the state that the operator published for an anchored block, finds by itself
the first value that differs from the chain or the first malformed part, and sends the
proof of it to the registry. Exit code 1 if nothing is false. An operator who publishes
nothing must be asked first: a demand.`,
		RunE: func(cmd *cobra.Command, names []string) error {
			return a.anchorChallenge(cmd.Context(), &c, names[0], keep)
		},
	}
	c.add(cmd)
	cmd.Flags().BoolVar(&keep, "leave-reward", false, "do not withdraw the reward")
	return cmd
}

// judgedAnchor is a published state with what is false in it.
type judgedAnchor struct {
	client   *anchoring.Client
	registry [20]byte
	file     *statefile.File
	finding  *anchoring.Finding // nil: nothing
	done     func()
}

func (a *app) checkAnchor(ctx context.Context, c *chainFlags, name string, sign bool) (x judgedAnchor, err error) {
	b, err := a.readFile(name)
	if err != nil {
		return x, err
	}
	if x.file, err = statefile.Decode(b); err != nil {
		return x, fmt.Errorf("%s: %w", name, err)
	}
	if x.client, x.done, err = c.dial(ctx, a, sign); err != nil {
		return x, err
	}
	x.registry, err = c.deployment(ctx, a, x.client)
	if err == nil && x.file.ChainID != x.client.ChainID() {
		err = usagef("%s is of chain %d, the node has %d", name, x.file.ChainID, x.client.ChainID())
	}
	if err == nil {
		x.finding, err = x.client.CheckAnchor(ctx, x.registry, x.file)
	}
	if err != nil {
		x.done()
	}
	return x, err
}

func (a *app) printFinding(f *anchoring.Finding) error {
	if f == nil {
		if a.json {
			return a.emit(map[string]any{"false": false})
		}
		a.printf("every value is the chain's\n")
		return nil
	}
	if a.json {
		if err := a.emit(map[string]any{"false": true, "what": f.What, "claim": f.Challenge.Kind}); err != nil {
			return err
		}
	} else {
		a.printf("%s\n%s (%s)\n", a.paint(red, "the anchor is false"), f.What, f.Challenge.Kind)
	}
	return errNo
}

func (a *app) anchorChallenge(ctx context.Context, c *chainFlags, name string, keep bool) error {
	x, err := a.checkAnchor(ctx, c, name, true)
	if err != nil {
		return err
	}
	defer x.done()
	client, registry, finding := x.client, x.registry, x.finding
	if finding == nil {
		_ = a.printFinding(nil)
		return errNo
	}
	tx, err := client.SendChallenge(ctx, registry, finding)
	if err != nil {
		return fmt.Errorf("challenge: %w", err)
	}
	reward, err := client.Payable(ctx, registry, client.Address())
	if err != nil {
		return err
	}
	if !keep && reward.Sign() > 0 {
		if _, err := client.Withdraw(ctx, registry); err != nil {
			return fmt.Errorf("the anchor is revoked, the reward of %s ether waits: %w", ether(reward), err)
		}
	}
	return a.printChallenge(finding, tx, reward)
}

func (a *app) printChallenge(f *anchoring.Finding, tx anchoring.Tx, reward *big.Int) error {
	if a.json {
		return a.emit(map[string]any{
			"what": f.What, "claim": f.Challenge.Kind, "tx": hex0x(tx.Hash[:]), "gas": tx.GasUsed, "block": fmt.Sprintf("%#x", tx.Block.Number),
			"reward": "0x" + reward.Text(16),
		})
	}
	a.printf("%s\n%s (%s)\nin block %d, %d gas, reward %s ether\n", a.paint(green, "the anchor is revoked"), f.What, f.Challenge.Kind, tx.Block.Number, tx.GasUsed, ether(reward))
	return nil
}
