package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/statefile"
	"vmhost/anchoring/watchtower"
	"vmhost/statecache"
)

// play is a command that sends to the registry by hand.
type play struct {
	app      *app
	chain    chainFlags
	dry      bool
	client   *anchoring.Client
	registry [20]byte
}

func (p *play) add(cmd *cobra.Command) {
	p.chain.add(cmd)
	cmd.Flags().BoolVar(&p.dry, "dry-run", false, "say what it would do and cost, and end")
}

// with connects and runs f.
func (p *play) with(ctx context.Context, f func() error) error {
	client, done, err := p.chain.dial(ctx, p.app, !p.dry)
	if err != nil {
		return err
	}
	defer done()
	if p.registry, err = p.chain.deployment(ctx, p.app, client); err != nil {
		return err
	}
	p.client = client
	return f()
}

// send tells what a call costs, and makes it. What would revert is not sent.
func (p *play) send(ctx context.Context, what string, data []byte, value *big.Int, more map[string]any) error {
	gas, err := p.client.EstimateValue(ctx, p.registry, data, value)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	price, err := p.client.GasPrice(ctx)
	if err != nil {
		return err
	}
	fee := new(big.Int).Mul(price, new(big.Int).SetUint64(gas))
	if !p.app.json {
		text := fmt.Sprintf("%s costs about %d gas (%s ether now)", what, gas, ether(fee))
		if value.Sign() > 0 {
			text += fmt.Sprintf(" and %s ether", ether(value))
		}
		p.app.printf("%s\n", text)
	}
	out := map[string]any{"what": what, "gas": gas, "fee": "0x" + fee.Text(16), "value": "0x" + value.Text(16), "sent": !p.dry}
	for k, v := range more {
		out[k] = v
	}
	if !p.dry {
		tx, err := p.client.SendValue(ctx, &p.registry, data, value, gas+gas/4)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		out["tx"], out["gas"], out["block"] = hex0x(tx.Hash[:]), tx.GasUsed, fmt.Sprintf("%#x", tx.Block.Number)
		if !p.app.json {
			p.app.printf("%s in block %d, transaction %s, %d gas\n", p.app.paint(green, "done"), tx.Block.Number, hex0x(tx.Hash[:]), tx.GasUsed)
		}
	}
	if p.app.json {
		return p.app.emit(out)
	}
	return nil
}

func height(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 0, 64)
	if err != nil {
		return 0, usagef("want the height of an anchored block, have %q", s)
	}
	return n, nil
}

// parsePlaces reads --place flags.
func parsePlaces(list []string) (out []contracts.Place, err error) {
	for _, s := range list {
		p, err := contracts.ParsePlace(s)
		if err != nil {
			return nil, usage(err)
		}
		out = append(out, p)
	}
	return out, nil
}

const placeHelp = `A place is KIND[:ENTRY]/[LEVEL/]NUMBER: directory/3 is the entry of collection 3,
directory/4/0 the top of the directory, leaves:1/42 and items:1/42 the leaf and the item
42 of collection 1, leaves:1/2/0 a node two levels above its leaves, history/11/0 the top
of the history.`

func newAnchorDemandCmd(a *app) *cobra.Command {
	p := &play{app: a}
	var places []string
	var state string
	cmd := &cobra.Command{
		Use: "demand HEIGHT --place PLACE", Short: "Ask the operator to show a part of an anchor", Args: args(cobra.ExactArgs(1)),
		Long: `Asks the operator of an anchor to show what a hash in it is the hash of. It costs the
registry's demand bond, which the operator earns by answering in time; else the anchor
can be taken down (anchor expire). The way down to the place must be known: from earlier
answers, or from a state file (--state) as far as it is the same.

` + placeHelp,
		RunE: func(cmd *cobra.Command, given []string) error {
			n, err := height(given[0])
			if err != nil {
				return err
			}
			list, err := parsePlaces(places)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return usagef("demand: --place is required, as directory/4/0 or leaves:1/42")
			}
			return p.with(cmd.Context(), func() error { return p.demand(cmd.Context(), n, list, state) })
		},
	}
	p.add(cmd)
	cmd.Flags().StringArrayVar(&places, "place", nil, "what is asked for; may be given more than once")
	cmd.Flags().StringVar(&state, "state", "", "STATE.json of the block, for the way down")
	return cmd
}

func (p *play) demand(ctx context.Context, height uint64, places []contracts.Place, state string) error {
	more, err := p.app.stateTree(state)
	if err != nil {
		return err
	}
	g, err := watchtower.LookAt(ctx, p.client, p.registry, height, more)
	if err != nil {
		return err
	}
	terms, err := p.client.Terms(ctx, p.registry)
	if err != nil {
		return err
	}
	for _, place := range places {
		data, err := g.Suspect.Demand(place, nil)
		if err != nil {
			return fmt.Errorf("demand of %s: %w", place.Short(), firstToAsk(g, err))
		}
		more := map[string]any{"height": fmt.Sprintf("%#x", height), "place": place.Short(), "answerWindow": terms.AnswerWindow}
		if err := p.send(ctx, "demand of "+place.Short(), data, terms.DemandBond, more); err != nil {
			return err
		}
	}
	if !p.app.json && !p.dry {
		p.app.printf("the operator has %d blocks to answer, more when much is asked of him\n", terms.AnswerWindow)
	}
	return nil
}

// firstToAsk names the highest part on the way down that is not known.
func firstToAsk(g *watchtower.Game, err error) error {
	for range 32 {
		missing, ok := errors.AsType[*contracts.MissingError](err)
		if !ok {
			return err
		}
		_, next := g.Suspect.Demand(missing.Place, nil)
		if next == nil {
			return fmt.Errorf("%w: demand %s first, or give the way down by --state", contracts.ErrMissing, missing.Place.Short())
		}
		err = next
	}
	return err
}

// stateTree is the tree of a state file, of which nothing is checked.
func (a *app) stateTree(name string) (contracts.Tree, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // no tree
	}
	b, err := a.readFile(name)
	if err != nil {
		return nil, err
	}
	f, err := statefile.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s := statecache.Snapshot{ChainID: f.ChainID, Header: statecache.BlockHeader{Ref: f.Block}, Collections: f.Collections}
	if v, _, err := f.View(true); err == nil { // with the header's fields, if the file has them
		return contracts.ViewTree(v), nil
	}
	v, err := s.View()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return contracts.ViewTree(v), nil
}

func newAnchorDemandsCmd(a *app) *cobra.Command {
	p := &play{app: a, dry: true}
	cmd := &cobra.Command{
		Use: "demands HEIGHT", Short: "List what is asked of an anchor and not shown yet", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, given []string) error {
			n, err := height(given[0])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func() error { return p.list(cmd.Context(), n) })
		},
	}
	p.chain.add(cmd)
	return cmd
}

func (p *play) list(ctx context.Context, height uint64) error {
	g, err := watchtower.LookAt(ctx, p.client, p.registry, height, nil)
	if err != nil {
		return err
	}
	slices.SortFunc(g.Asked, func(a, b watchtower.Asked) int { return cmp.Compare(a.Deadline, b.Deadline) })
	if p.app.json {
		list := []map[string]any{}
		for _, d := range g.Asked {
			list = append(list, map[string]any{"place": d.Place.Short(), "by": d.By.Hex(), "deadline": fmt.Sprintf("%#x", d.Deadline), "late": g.Head > d.Deadline})
		}
		return p.app.emit(map[string]any{
			"height": fmt.Sprintf("%#x", height), "commitment": hex0x(g.Suspect.Commitment[:]), "operator": g.Operator.Hex(),
			"windowEnd": fmt.Sprintf("%#x", g.WindowEnd), "head": fmt.Sprintf("%#x", g.Head), "demands": list,
		})
	}
	p.app.printf("block %d, anchored in block %d by %s, challenge window until block %d, head %d\n", height, g.At, g.Operator.Hex(), g.WindowEnd, g.Head)
	rows := [][]string{{"place", "asked by", "until block", "late"}}
	for _, d := range g.Asked {
		rows = append(rows, []string{d.Place.Short(), d.By.Hex(), fmt.Sprint(d.Deadline), yesNo(g.Head > d.Deadline)})
	}
	p.app.table(rows)
	return nil
}

func newAnchorExpireCmd(a *app) *cobra.Command {
	p := &play{app: a}
	var places []string
	cmd := &cobra.Command{
		Use: "expire HEIGHT", Short: "Take down an anchor whose operator did not answer in time", Args: args(cobra.ExactArgs(1)),
		Long: `Takes an anchor down by a demand that was not answered in time: the one of --place, or
the first that is late. Who asked has the reward and the demand's bond back (anchor
withdraw), whoever sends this. Exit code 1 when nothing is late.

` + placeHelp,
		RunE: func(cmd *cobra.Command, given []string) error {
			n, err := height(given[0])
			if err != nil {
				return err
			}
			list, err := parsePlaces(places)
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func() error { return p.expire(cmd.Context(), n, list) })
		},
	}
	p.add(cmd)
	cmd.Flags().StringArrayVar(&places, "place", nil, "the demand that was not answered")
	return cmd
}

func (p *play) expire(ctx context.Context, height uint64, places []contracts.Place) error {
	g, err := watchtower.LookAt(ctx, p.client, p.registry, height, nil)
	if err != nil {
		return err
	}
	ours := func(d watchtower.Asked) int {
		if d.By == p.client.Address() {
			return 0
		}
		return 1
	}
	slices.SortFunc(g.Asked, func(a, b watchtower.Asked) int {
		return cmp.Or(cmp.Compare(ours(a), ours(b)), cmp.Compare(a.Deadline, b.Deadline))
	})
	var soonest uint64
	for _, d := range g.Asked {
		if len(places) > 0 && !slices.Contains(places, d.Place) {
			continue
		}
		if g.Head <= d.Deadline {
			if soonest == 0 || d.Deadline < soonest {
				soonest = d.Deadline
			}
			continue
		}
		data := bindings.NewAnchorRegistry().PackExpire(height, g.Suspect.Commitment, d.Node)
		return p.send(ctx, "expire of "+d.Place.Short(), data, new(big.Int), map[string]any{"height": fmt.Sprintf("%#x", height), "place": d.Place.Short(), "by": d.By.Hex()})
	}
	if soonest > 0 {
		return fmt.Errorf("expire: %w: the operator has until block %d, the head is %d", errNothingLate, soonest, g.Head)
	}
	return fmt.Errorf("expire: %w of block %d", errNothingLate, height)
}

func newAnchorRefundCmd(a *app) *cobra.Command {
	p := &play{app: a}
	var from uint64
	cmd := &cobra.Command{
		Use: "refund", Short: "Take back the bonds of your open demands about anchors that fell", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func() error { return p.refund(cmd.Context(), from) })
		},
	}
	p.add(cmd)
	cmd.Flags().Uint64Var(&from, "from", 0, "first block to look at (0: twice as far back as an anchor can be challenged)")
	return cmd
}

func (p *play) refund(ctx context.Context, from uint64) error {
	terms, err := p.client.Terms(ctx, p.registry)
	if err != nil {
		return err
	}
	if from == 0 {
		head, err := p.client.BlockNumber(ctx)
		if err != nil {
			return err
		}
		from = head - min(head, 2*(terms.ChallengeWindow+2*terms.AnswerWindow))
	}
	if p.client.Address() == ([20]byte{}) {
		return usagef("refund: a key says whose demands: --anchor-key, --keystore or --signer")
	}
	list, err := watchtower.Ours(ctx, p.client, p.registry, p.client.Address(), from)
	if err != nil {
		return err
	}
	n := 0
	for commitment, demands := range list {
		for _, d := range demands {
			n++
			data := bindings.NewAnchorRegistry().PackRefund(commitment, d.Node)
			if err := p.send(ctx, "refund of "+d.Place.Short(), data, new(big.Int), map[string]any{"place": d.Place.Short(), "bond": "0x" + terms.DemandBond.Text(16)}); err != nil {
				return err
			}
		}
	}
	if n == 0 {
		return fmt.Errorf("refund: %w: no open demand of %s about an anchor that fell since block %d", errNothingDue, hexAddress(p.client.Address()), from)
	}
	return nil
}

func newAnchorWithdrawCmd(a *app) *cobra.Command {
	p := &play{app: a}
	cmd := &cobra.Command{
		Use: "withdraw", Short: "Be paid all that the registry owes: rewards, refunds, a deposit that has left", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), func() error { return p.withdraw(cmd.Context()) })
		},
	}
	p.add(cmd)
	return cmd
}

func (p *play) withdraw(ctx context.Context) error {
	if p.client.Address() == ([20]byte{}) {
		return usagef("withdraw: a key says whose money: --anchor-key, --keystore or --signer")
	}
	account, err := p.client.RegistryAccount(ctx, p.registry, p.client.Address())
	if err != nil {
		return err
	}
	head, err := p.client.BlockNumber(ctx)
	if err != nil {
		return err
	}
	due := new(big.Int).Set(account.Payable)
	if account.LeavingAt <= head {
		due.Add(due, account.Leaving)
	}
	if due.Sign() == 0 {
		if account.Leaving.Sign() > 0 {
			return fmt.Errorf("withdraw: %w: %s ether can be had from block %d on, the head is %d", errNothingDue, ether(account.Leaving), account.LeavingAt, head)
		}
		return fmt.Errorf("withdraw: %w to %s", errNothingDue, hexAddress(p.client.Address()))
	}
	if !p.app.json {
		p.app.printf("%s ether are due\n", ether(due))
	}
	return p.send(ctx, "withdraw", bindings.NewAnchorRegistry().PackWithdraw(), new(big.Int), map[string]any{"due": "0x" + due.Text(16)})
}

func newAnchorUnbondCmd(a *app) *cobra.Command {
	p := &play{app: a}
	cmd := &cobra.Command{
		Use: "unbond ETHER|all", Short: "Take free money out of the deposit; withdraw it a challenge window later", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, given []string) error {
			var wei *big.Int
			if given[0] != "all" {
				var err error
				if wei, err = parseEther("unbond", given[0]); err != nil {
					return err
				}
			}
			return p.with(cmd.Context(), func() error { return p.unbond(cmd.Context(), wei) })
		},
	}
	p.add(cmd)
	return cmd
}

func (p *play) unbond(ctx context.Context, wei *big.Int) error {
	account, err := p.client.RegistryAccount(ctx, p.registry, p.client.Address())
	if err != nil {
		return err
	}
	if wei == nil {
		wei = account.Free
	}
	if wei.Sign() == 0 || wei.Cmp(account.Free) > 0 {
		return fmt.Errorf("unbond: %w: %s ether of the deposit are free", errNothingDue, ether(account.Free))
	}
	terms, err := p.client.Terms(ctx, p.registry)
	if err != nil {
		return err
	}
	if !p.app.json {
		p.app.printf("%s of %s ether leave the deposit; anchor withdraw pays them %d blocks later\n", ether(wei), ether(account.Free), terms.ChallengeWindow)
	}
	return p.send(ctx, "unbond", bindings.NewAnchorRegistry().PackUnbond(wei), new(big.Int), map[string]any{"blocks": terms.ChallengeWindow})
}

func hexAddress(a [20]byte) string { return hex0x(a[:]) }
