package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/outbox"
	"vmhost/cmd/vmhost/internal/host"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/wsapi"
)

func newAnchorCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "anchor", Short: "Deploy the contracts, record commitments on chain, watch, check and challenge them", Args: args(cobra.NoArgs),
		Long: `Deploys the contracts, records commitments on chain, shows how anchoring stands.

Keys come from a file that only its owner may read (--anchor-key), an encrypted
keystore file (--keystore, --password FILE or the terminal), or an external signer
(--signer). Contracts come from --registry, or from the file of --contracts, whose
code hashes are compared with the chain.`,
	}
	cmd.AddCommand(newAnchorDeployCmd(a), newAnchorStatusCmd(a), newAnchorPostCmd(a), newAnchorDepositCmd(a),
		newAnchorCheckCmd(a), newAnchorChallengeCmd(a), newAnchorWatchCmd(a),
		newAnchorDemandCmd(a), newAnchorDemandsCmd(a), newAnchorExpireCmd(a), newAnchorRefundCmd(a), newAnchorWithdrawCmd(a), newAnchorUnbondCmd(a), newAnchorAllowCmd(a))
	return cmd
}

// chainFlags say which node, key and registry.
type chainFlags struct {
	rpc, contracts, registry string
	key                      keyFlags
}

func (c *chainFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&c.rpc, "rpc", "", "the node: ws(s):// or http(s)://; more of the same chain after commas")
	fs.StringVar(&c.contracts, "contracts", "", "file of the contracts' addresses and code hashes")
	fs.StringVar(&c.registry, "registry", "", "address of the AnchorRegistry, in the place of --contracts")
	c.key.add(cmd)
}

// dial connects; with a key if it must sign.
func (c *chainFlags) dial(ctx context.Context, a *app, mustSign bool) (*anchoring.Client, func(), error) {
	if c.rpc == "" {
		return nil, nil, usagef("--rpc is required: the address of an Ethereum node")
	}
	if mustSign && !c.key.given() {
		return nil, nil, usagef("a key is required: --anchor-key, --keystore or --signer")
	}
	key, closeKey, err := c.key.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	urls := strings.Split(c.rpc, ",")
	client, err := anchoring.Dial(ctx, anchoring.ClientOptions{URL: urls[0], More: urls[1:], Signer: key, TxTimeout: 5 * time.Minute, Logger: a.log})
	if err != nil {
		closeKey()
		return nil, nil, err
	}
	return client, func() { client.Close(); closeKey() }, nil
}

// deployment is the registry that was named, checked against the chain.
func (c *chainFlags) deployment(ctx context.Context, a *app, client *anchoring.Client) ([20]byte, error) {
	if c.registry != "" {
		return parseAddress("registry", c.registry)
	}
	if c.contracts == "" {
		return [20]byte{}, usagef("--contracts or --registry is required")
	}
	list, err := a.readContracts(c.contracts)
	if err != nil {
		return [20]byte{}, err
	}
	d, ok := list[client.ChainID()]
	if !ok {
		return [20]byte{}, usagef("%s has no contracts of chain %d", c.contracts, client.ChainID())
	}
	return d.Registry.Address, client.CheckDeployment(ctx, d)
}

func (a *app) readContracts(name string) (anchoring.Deployments, error) {
	b, err := a.readFile(name)
	if err != nil {
		return nil, fmt.Errorf("contracts: %w", err)
	}
	list, err := anchoring.DecodeDeployments(b)
	if err != nil {
		return nil, usage(fmt.Errorf("%s: %w", name, err))
	}
	return list, nil
}

type deployFlags struct {
	chain                         chainFlags
	class, bond, demandBond       string
	challengeWindow, answerWindow uint32
	unsafeDev                     bool
}

func newAnchorDeployCmd(a *app) *cobra.Command {
	var f deployFlags
	cmd := &cobra.Command{
		Use: "deploy", Short: "Deploy registry, judges, router and keys; write their addresses to --contracts", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.anchorDeploy(cmd.Context(), f) },
	}
	f.chain.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.bond, "bond", "0", "what each anchor locks, in ether")
	fs.StringVar(&f.demandBond, "demand-bond", "", "what a demand costs, in ether: at most a 30th of the bond (default with a bond: 110,000 gas at ten times today's price, within that)")
	fs.Uint32Var(&f.challengeWindow, "challenge-window", 0, "blocks until an anchor settles (0: 7200)")
	fs.Uint32Var(&f.answerWindow, "answer-window", 0, "blocks to answer a demand (0: 600)")
	fs.BoolVar(&f.unsafeDev, "unsafe-dev", false, "deploy the development keys, whose trapdoor is public (chains 1337 and 31337)")
	fs.StringVar(&f.class, "class", "", "only the development key of this class")
	return cmd
}

func (a *app) anchorDeploy(ctx context.Context, f deployFlags) error {
	if f.chain.contracts == "" || f.chain.registry != "" {
		return usagef("deploy: --contracts FILE is required, and no --registry")
	}
	config := contracts.RegistryConfig{ChallengeWindow: f.challengeWindow, AnswerWindow: f.answerWindow}
	var err error
	if config.Bond, err = parseEther("bond", f.bond); err != nil {
		return err
	}
	if config.DemandBond, err = parseEther("demand-bond", cmp.Or(f.demandBond, "0")); err != nil {
		return err
	}
	list := anchoring.Deployments{}
	if _, err := os.Stat(f.chain.contracts); !errors.Is(err, fs.ErrNotExist) {
		if list, err = a.readContracts(f.chain.contracts); err != nil {
			return err
		}
	}
	var keys []anchoring.Key
	if f.unsafeDev {
		if keys, err = unsafeKeys(f.class, f.class == ""); err != nil {
			return err
		}
	}
	client, closeAll, err := f.chain.dial(ctx, a, true)
	if err != nil {
		return err
	}
	defer closeAll()
	if _, ok := list[client.ChainID()]; ok {
		return usagef("%s has contracts of chain %d already: remove them from it first", f.chain.contracts, client.ChainID())
	}
	if err := bondTerms(ctx, client, &config, f.demandBond != ""); err != nil {
		return err
	}
	before, err := client.Balance(ctx, client.Address())
	if err != nil {
		return err
	}
	system, err := client.DeploySystemWith(ctx, keys, config)
	if err != nil {
		return fmt.Errorf("deploy: %w", err)
	}
	d, err := client.Deployment(ctx, system)
	if err != nil {
		return err
	}
	list[client.ChainID()] = d
	b, err := list.Encode()
	if err != nil {
		return err
	}
	if err := writeFile(f.chain.contracts, b); err != nil {
		return err
	}
	after, err := client.Balance(ctx, client.Address())
	if err != nil {
		return err
	}
	terms, err := client.Terms(ctx, d.Registry.Address)
	if err != nil {
		return err
	}
	return a.printDeployment(f.chain.contracts, client, d, terms, before.Sub(before, after))
}

func (a *app) printDeployment(file string, client *anchoring.Client, d anchoring.Deployment, t anchoring.Terms, cost *big.Int) error {
	account := client.Address()
	if a.json {
		return a.emit(map[string]any{
			"chainId": fmt.Sprintf("%#x", client.ChainID()), "owner": hex0x(account[:]), "contracts": d, "wei": "0x" + cost.Text(16),
			"bond": "0x" + t.Bond.Text(16), "demandBond": "0x" + t.DemandBond.Text(16), "challengeWindow": t.ChallengeWindow, "answerWindow": t.AnswerWindow,
		})
	}
	rows := [][]string{{"contract", "address", "code hash"}, {"registry", d.Registry.Address.Hex(), d.Registry.CodeHash.Hex()}}
	for i, j := range d.Judges {
		rows = append(rows, []string{"judge " + contracts.Judges()[i], j.Address.Hex(), j.CodeHash.Hex()})
	}
	if d.Router != nil {
		rows = append(rows, []string{"router", d.Router.Address.Hex(), d.Router.CodeHash.Hex()})
	}
	for class, k := range d.Keys {
		rows = append(rows, []string{"key " + class, k.Address.Hex(), k.CodeHash.Hex()})
	}
	a.table(rows)
	a.printf("\nbond %s ether an anchor, %s ether a demand; %d blocks to challenge, %d to answer\n", ether(t.Bond), ether(t.DemandBond), t.ChallengeWindow, t.AnswerWindow)
	a.printf("owner and anchorer %s, %s ether spent, written to %s\n", hex0x(account[:]), ether(cost), file)
	return nil
}

func newAnchorStatusCmd(a *app) *cobra.Command {
	var server, data string
	var chainID uint64
	var account string
	cmd := &cobra.Command{
		Use: "status", Short: "Show anchors and their transactions", Args: args(cobra.NoArgs),
		Long: `Shows how anchoring stands: of a running server (--server), or what a data folder
holds (--data with --chain-id and --account), also while a server uses it.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if data != "" {
				addr, err := parseAddress("account", account)
				if err != nil || account == "" || chainID == 0 {
					return usagef("status: --data needs --chain-id and --account")
				}
				r, err := anchoring.ReadAnchorReport(host.AnchorFile(data, chainID, addr))
				if err != nil {
					return err
				}
				r.Account.Address = addr
				return a.printAnchors(host.AnchorStatus(r))
			}
			return a.serverAnchors(cmd.Context(), server)
		},
	}
	cmd.Flags().StringVar(&server, "server", defaultServer(), serverUsage)
	cmd.Flags().StringVar(&data, "data", "", "data folder of a server")
	cmd.Flags().Uint64Var(&chainID, "chain-id", 0, "chain of the data folder")
	cmd.Flags().StringVar(&account, "account", "", "account that anchors")
	return cmd
}

func (a *app) serverAnchors(ctx context.Context, server string) error {
	c, err := rpcclient.New(server)
	if err != nil {
		return usage(err)
	}
	defer c.Close()
	var status struct {
		Anchors *wsapi.AnchorStatus `json:"anchors"`
	}
	if err := c.Call(ctx, &status, "vm_status"); err != nil {
		return fmt.Errorf("status: %w", err)
	}
	if status.Anchors == nil {
		return fmt.Errorf("status: the server at %s does not anchor", server)
	}
	return a.printAnchors(status.Anchors)
}

// printAnchors prints the tables. Exit code 1 if something is in the way.
func (a *app) printAnchors(s *wsapi.AnchorStatus) error {
	if a.json {
		if err := a.emit(s); err != nil {
			return err
		}
	} else {
		a.printf("account  %s", s.Account)
		if wei, ok := new(big.Int).SetString(strings.TrimPrefix(s.Balance, "0x"), 16); ok {
			a.printf(", %s ether", ether(wei))
		}
		a.printf("\nspent    %d gas in the transactions below\n", s.Gas)
		a.printAnswers(s)
		if s.Problem != "" {
			a.printf("%s  %s\n", a.paint(red, "problem"), s.Problem)
		}
		a.printf("\n")
		rows := [][]string{{"height", "state", "tries", "in block", "gas", "commitment", "why"}}
		for _, l := range s.Anchors {
			rows = append(rows, []string{
				fmt.Sprint(uint64(l.Height)), l.State, fmt.Sprint(l.Attempts), orDash(uint64(l.Included)), orDash(l.Gas), hex0x(l.Commitment[:6]) + "…", firstLine(l.Why),
			})
		}
		a.table(rows)
		a.printf("\n")
		rows = [][]string{{"nonce", "state", "for", "anchors", "tries", "in block", "gas", "transaction", "since"}}
		for _, t := range s.Transactions {
			state := t.State
			if t.Success != nil && !*t.Success {
				state += ", reverted"
			}
			rows = append(rows, []string{
				fmt.Sprint(uint64(t.Nonce)), state, t.For, fmt.Sprint(t.Anchors), fmt.Sprint(t.Attempts), orDash(uint64(t.Block)), orDash(t.Gas),
				hex0x(t.Tx[:6]) + "…", t.Since.Format(time.DateTime),
			})
		}
		a.table(rows)
	}
	if s.Problem != "" {
		return errNo
	}
	return nil
}

// orDash prints what may be absent.
func orDash(n uint64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if len(s) > 100 {
		s = s[:100] + "…"
	}
	return s
}

// parseEther reads a decimal amount of ether as wei.
func parseEther(what, s string) (*big.Int, error) {
	r, ok := new(big.Rat).SetString(s)
	if ok {
		r.Mul(r, new(big.Rat).SetInt64(1e18))
	}
	if !ok || !r.IsInt() || r.Sign() < 0 || strings.ContainsAny(s, "/eE") {
		return nil, usagef("%s: want an amount of ether (0.25), have %q", what, s)
	}
	return r.Num(), nil
}

// ether prints wei, to the gwei; below that to the wei, so that only nothing is 0.
func ether(wei *big.Int) string {
	digits := 9
	if new(big.Int).Abs(wei).Cmp(big.NewInt(1e10)) < 0 {
		digits = 18
	}
	s := new(big.Rat).SetFrac(wei, big.NewInt(1e18)).FloatString(digits)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

type postFlags struct {
	chain                 chainFlags
	state, data           string
	confirmations, maxFee uint64
	wait                  time.Duration
	unverified            bool
}

func newAnchorPostCmd(a *app) *cobra.Command {
	var f postFlags
	cmd := &cobra.Command{
		Use: "post STATE.json", Short: "Anchor the commitment of a state file and wait until it is recorded", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, names []string) error {
			f.state = names[0]
			return a.anchorPost(cmd.Context(), f)
		},
	}
	f.chain.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.data, "data", "", "data folder that keeps the transaction (default: that of vmhost serve)")
	fs.Uint64Var(&f.confirmations, "confirmations", 1, "blocks, its own included, until the transaction counts")
	fs.Uint64Var(&f.maxFee, "max-fee", 200, "the most that is paid, in gwei a gas")
	fs.DurationVar(&f.wait, "wait", 10*time.Minute, "how long to wait; the transaction is continued by the next run")
	fs.BoolVar(&f.unverified, "unverified", false, "accept a state file without proofs")
	return cmd
}

func (a *app) anchorPost(ctx context.Context, f postFlags) (err error) {
	file, view, _, err := a.loadState(f.state, f.unverified)
	if err != nil {
		return err
	}
	client, closeAll, err := f.chain.dial(ctx, a, true)
	if err != nil {
		return err
	}
	defer closeAll()
	if file.ChainID != client.ChainID() {
		return usagef("post: %s is of chain %d, the node has %d", f.state, file.ChainID, client.ChainID())
	}
	registry, err := f.chain.deployment(ctx, a, client)
	if err != nil {
		return err
	}
	if f.data, err = serveData(f.data); err != nil {
		return err
	}
	if err := host.OpenData(f.data, client.ChainID()); err != nil {
		return err
	}
	store, err := outbox.OpenFile(host.AnchorFile(f.data, client.ChainID(), client.Address()))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	anchorer, err := anchoring.NewAnchorer(anchoring.AnchorerOptions{
		Client: client, Registry: registry, Store: store, Confirmations: f.confirmations, MaxFee: gwei(f.maxFee), Logger: a.log,
		Poll: 500 * time.Millisecond,
	})
	if err != nil {
		return err
	}
	s, err := a.postAndWait(ctx, f.wait, anchorer, anchoring.AnchorOf(view))
	if err != nil {
		return err
	}
	if a.json {
		line := host.AnchorStatus(anchoring.AnchorReport{Anchors: []anchoring.AnchorStatus{s}, Paid: new(big.Int)}).Anchors[0]
		err = a.emit(line)
	} else {
		a.printf("block %d  %s\n", s.Anchor.Block.Number, s.State)
		if s.Tx.Hash != ([32]byte{}) {
			a.printf("in block %d, transaction %s, %d gas\n", s.Tx.Block.Number, hex0x(s.Tx.Hash[:]), s.Tx.GasUsed)
		}
		if s.Err != nil {
			a.printf("%v\n", s.Err)
		}
	}
	if err == nil && s.State != anchoring.AnchorAnchored {
		return errNo
	}
	return err
}

// errPosted ends the anchorer of a single anchor.
var errPosted = errors.New("done")

// postAndWait runs the anchorer until the anchor has come to an end.
func (a *app) postAndWait(ctx context.Context, limit time.Duration, anchorer *anchoring.Anchorer, anchor anchoring.Anchor) (anchoring.AnchorStatus, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	anchorer.Post(anchor)
	err := anchorer.Run(ctx, func(_ context.Context, s anchoring.AnchorStatus) error {
		if s.Anchor.Block != anchor.Block {
			return nil
		}
		switch s.State {
		case anchoring.AnchorAnchored, anchoring.AnchorUndone, anchoring.AnchorFailed:
			return errPosted
		case anchoring.AnchorQueued, anchoring.AnchorPosted, anchoring.AnchorIncluded:
		}
		a.complain("block %d: %s", anchor.Block.Number, s.State)
		return nil
	})
	s, _ := anchorer.Status(anchor.Block)
	if errors.Is(err, errPosted) {
		return s, anchorer.Flush()
	}
	if problem := anchorer.Report().Problem; problem != "" && errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w: %s", err, problem)
	}
	return s, fmt.Errorf("block %d is %s: %w", anchor.Block.Number, s.State, err)
}

func newAnchorDepositCmd(a *app) *cobra.Command {
	var c chainFlags
	cmd := &cobra.Command{
		Use: "deposit ETHER", Short: "Add to the deposit that anchors are bonded from", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, given []string) error {
			wei, err := parseEther("deposit", given[0])
			if err != nil {
				return err
			}
			client, closeAll, err := c.dial(cmd.Context(), a, true)
			if err != nil {
				return err
			}
			defer closeAll()
			registry, err := c.deployment(cmd.Context(), a, client)
			if err != nil {
				return err
			}
			tx, err := client.Deposit(cmd.Context(), registry, wei)
			if err != nil {
				return err
			}
			if a.json {
				return a.emit(map[string]any{"tx": hex0x(tx.Hash[:]), "gas": tx.GasUsed, "block": fmt.Sprintf("%#x", tx.Block.Number)})
			}
			a.printf("deposited %s ether in block %d, %d gas\n", ether(wei), tx.Block.Number, tx.GasUsed)
			return nil
		},
	}
	c.add(cmd)
	return cmd
}
