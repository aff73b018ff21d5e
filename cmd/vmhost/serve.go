package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"vmhost/anchoring"
	"vmhost/anchoring/signer"
	"vmhost/anchoring/statefile"
	"vmhost/cmd/vmhost/internal/host"
	"vmhost/proofs"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// serveFlags are the flags of `vmhost serve`; config.go fills those that are
// not given from the environment and the configuration file.
type serveFlags struct {
	config, rpc, data, keys, listen, watch string
	registry, router, contracts, class     string
	anchorAt, anchorEvery, watchFrom       string
	key                                    keyFlags
	origins                                []string
	chainID, back, maxFee, maxGap          uint64
	answerGas                              uint64
	anchorDepth, anchorConfirmations       uint64
	window, agree, watchItems              int
	stateMiB                               uint64
	noProve, unsafeDev, remote, noHistory  bool
	beginAgain, agreeWait, returnAfter     time.Duration
	poll, silence                          time.Duration
	tower                                  bool
	towerKey, towerSpend, towerFiles       string
}

func newServeCmd(a *app) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Follow a chain, run jobs on it and serve the API",
		Long: `Follows the chain of an Ethereum node, keeps what WATCH.json lists as checked,
committed state, runs jobs on it, and serves the API and the dashboard.

Each flag can be given as an environment variable (VMHOST_RPC for --rpc,
VMHOST_ANCHOR_KEY for --anchor-key) or as a line of the YAML file of --config
("anchor-key: FILE"). Flags win over the environment, the environment over the file.`,
		Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := fillFlags(cmd, f.config); err != nil {
				return err
			}
			return a.serve(cmd.Context(), f)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&f.rpc, "rpc", "", "the node: ws://, wss://, http:// or https://; more of the same chain after commas, used when the first fails")
	fs.IntVar(&f.agree, "agree", 0, "how many of the nodes must have a head before it is followed (0: the followed one)")
	fs.DurationVar(&f.agreeWait, "agree-wait", 12*time.Second, "how long nodes may have different heads before that is a fault: about a block's time")
	fs.DurationVar(&f.returnAfter, "return-after", 2*time.Minute, "how long an earlier node of --rpc must be well before it is used again, longer each time it fails soon (0: never)")
	fs.DurationVar(&f.poll, "poll", 500*time.Millisecond, "how often a node by http(s) is asked for its head")
	fs.DurationVar(&f.silence, "silence", time.Minute, "alarm, and try another node, when no new head comes for so long (0: never, for chains without regular blocks)")
	fs.Uint64Var(&f.maxGap, "max-gap", 8192, "the most blocks that are caught up with after a pause")
	fs.StringVar(&f.config, "config", "", "YAML file with the same names as these flags")
	fs.StringVar(&f.data, "data", "", "data folder (default: vmhost/serve under the XDG data home)")
	fs.StringVar(&f.keys, "keys", "", "folder of the proving keys (default: vmhost/keys under the XDG data home)")
	fs.StringVar(&f.listen, "listen", host.DefaultListen, "address of the API and the dashboard")
	fs.StringVar(&f.watch, "watch", "", "WATCH.json: what to watch")
	fs.StringVar(&f.registry, "registry", "", "address of the AnchorRegistry")
	fs.StringVar(&f.router, "router", "", "address of the VmVerifier")
	fs.StringVar(&f.contracts, "contracts", "", "file of the contracts' addresses and code hashes (vmhost anchor deploy writes it)")
	f.key.add(cmd)
	fs.StringVar(&f.anchorEvery, "anchor-every", "0", "anchor each N-th height too, or (10m) the first of each such time (0: only heights with proofs)")
	fs.StringVar(&f.anchorAt, "anchor-at", "latest", "which blocks are anchored: latest, safe or finalized")
	fs.Uint64Var(&f.anchorDepth, "anchor-depth", 1, "blocks below the head that --anchor-at latest waits for")
	fs.Uint64Var(&f.anchorConfirmations, "anchor-confirmations", 3, "blocks, its own included, until an anchor's transaction counts")
	fs.Uint64Var(&f.maxFee, "anchor-max-fee", 200, "the most that is paid for an anchor, in gwei a gas; answers to demands may pay more when their time runs out")
	fs.Uint64Var(&f.answerGas, "anchor-answer-gas", 12_000_000, "how much gas the answers to demands in one transaction may need")
	fs.BoolVar(&f.tower, "watchtower", false, "compare every anchor of the registry with the state here, and report false ones")
	fs.StringVar(&f.towerKey, "watchtower-key", "", "file (mode 0600) with the private key of an account of its own that takes false anchors down")
	fs.StringVar(&f.towerSpend, "watchtower-spend", "0.5", "the most that the watchtower ever spends, in ether: fees and demands' bonds, whatever comes back")
	fs.StringVar(&f.towerFiles, "published", "", "folder of STATE.json files that the registry's operators published, for the watchtower")
	fs.Uint64Var(&f.chainID, "chain-id", 0, "refuse a node of another chain (0: take the node's)")
	fs.IntVar(&f.window, "window", 256, "blocks of state to keep")
	fs.Uint64Var(&f.stateMiB, "state-memory", 0, "MiB that the state should stay below: near it the window shrinks, then watches, then jobs are refused (0: no limit)")
	fs.Uint64Var(&f.back, "back", 0, "blocks below the head to begin at, without data (0: 96)")
	fs.DurationVar(&f.beginAgain, "begin-again-after", 0, "set the state aside and begin at a later block when, for this long, no node proves the next block any more (0: wait)")
	fs.BoolVar(&f.noHistory, "no-history", false, "keep no accumulator of earlier blocks")
	fs.StringVar(&f.class, "class", "auto", "class of the proofs: tiny, s, m or auto (the cheapest that fits)")
	fs.BoolVar(&f.noProve, "no-prove", false, "refuse jobs that ask for a proof")
	fs.BoolVar(&f.unsafeDev, "unsafe-dev", false, "use development keys, whose trapdoor is public")
	fs.BoolVar(&f.remote, "allow-remote", false, "listen beyond loopback; there is no authentication")
	fs.StringVar(&f.watchFrom, "watch-from", string(wsapi.WatchLocal), "from where collections may be defined and dropped while it runs: loopback, anywhere or nowhere")
	fs.IntVar(&f.watchItems, "watch-items", 1_000_000, "the most items that may be watched together with what is so defined")
	fs.StringSliceVar(&f.origins, "origin", nil, "browser origins that may use the API")
	cmd.AddCommand(newProveWorkerCmd(a))
	return cmd
}

func (a *app) serve(ctx context.Context, f serveFlags) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	key, closeKey, err := f.key.open(ctx, a)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	defer closeKey()
	o.AnchorSigner = key
	if o.Watchtower, err = f.watchtower(o); err != nil {
		return err
	}
	proofs.RedirectGnarkLog(a.log)
	p := &servePrinter{app: a}
	o.Observe, o.KeyProgress, o.Logger, o.Version = p.observe, a.progress("key"), a.log, "vmhost/"+version
	if report := a.progress("state"); report != nil {
		o.StateProgress = func(p statecache.Progress) { report(proofs.Stage(p.Stage), int(p.Done), int(p.Total)) }
	}
	err = host.Serve(ctx, o, func(h *host.Host) {
		if taken(f.listen, h.Addr()) {
			a.complain("%s is taken, using %s", f.listen, h.Addr())
		}
		p.print(devEvent{Event: "listening", URL: h.URL(), Text: fmt.Sprintf("dashboard and API, chain id %d, data in %s", h.ChainID(), o.Data)})
	})
	if errors.Is(err, wsapi.ErrNotLoopback) || errors.Is(err, host.ErrWatchChanged) || errors.Is(err, host.ErrOtherChain) ||
		errors.Is(err, host.ErrWindow) {
		return usage(fmt.Errorf("serve: %w", err))
	}
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	p.print(devEvent{Event: "stopped", Text: "by request"})
	return nil
}

// follow are the settings of following the nodes; 0 means never where a flag says so.
func (f serveFlags) follow() anchoring.SourceOptions {
	never := func(d time.Duration) time.Duration {
		if d == 0 {
			return -1
		}
		return d
	}
	return anchoring.SourceOptions{
		Agree: f.agree, AgreeWait: f.agreeWait, ReturnAfter: never(f.returnAfter), Poll: f.poll, Silence: never(f.silence),
		MaxGap: f.maxGap, Back: f.back,
	}
}

// watchtower reads the flags of the watchtower.
func (f serveFlags) watchtower(o host.Options) (w host.WatchtowerOptions, err error) {
	w.On = f.tower || f.towerKey != ""
	if w.On && o.Registry == ([20]byte{}) {
		return w, usagef("serve: --watchtower needs --registry or --contracts")
	}
	w.Tower.Published = f.towerFiles
	if w.Tower.MaxSpend, err = parseEther("watchtower-spend", f.towerSpend); err != nil || f.towerKey == "" {
		return w, err
	}
	s, err := signer.FromKeyFile(f.towerKey)
	if err != nil {
		return w, fmt.Errorf("serve: %w", err)
	}
	if o.AnchorSigner != nil && o.AnchorSigner.Address() == s.Address() {
		return w, usagef("serve: --watchtower-key must be another account than the one that anchors")
	}
	w.Signer = s
	return w, nil
}

// options checks the flags.
func (f serveFlags) options() (o host.Options, err error) {
	if f.rpc == "" {
		return o, usagef("serve: --rpc is required: the address of an Ethereum node")
	}
	if f.agreeWait < 0 || f.returnAfter < 0 || f.poll <= 0 || f.silence < 0 {
		return o, usagef("serve: --agree-wait, --return-after, --poll and --silence are times from now on")
	}
	switch wsapi.WatchFrom(f.watchFrom) {
	case wsapi.WatchLocal, wsapi.WatchAnywhere, wsapi.WatchNowhere:
	default:
		return o, usagef("serve: --watch-from: want loopback, anywhere or nowhere, have %q", f.watchFrom)
	}
	if f.watchItems <= 0 {
		return o, usagef("serve: --watch-items: want a number above 0; --watch-from nowhere refuses all")
	}
	urls := strings.Split(f.rpc, ",")
	if f.data, err = serveData(f.data); err != nil {
		return o, err
	}
	o = host.Options{
		RPC: urls[0], MoreRPC: urls[1:], Follow: f.follow(), ChainID: f.chainID, Data: f.data, Keys: f.keys, Listen: f.listen, AllowRemote: f.remote, Origins: f.origins,
		WatchFrom: wsapi.WatchFrom(f.watchFrom), WatchItems: f.watchItems,
		Window: f.window, StateBudget: f.stateMiB << 20, BeginAgainAfter: f.beginAgain, NoHistory: f.noHistory, NoProve: f.noProve, Class: f.class, UnsafeDev: f.unsafeDev,
		Anchor: anchoring.AnchorerOptions{
			At: anchoring.AnchorAt(f.anchorAt), Depth: f.anchorDepth, Confirmations: f.anchorConfirmations, MaxFee: gwei(f.maxFee), MaxAnswerGas: f.answerGas,
		},
	}
	if o.AnchorEvery, o.AnchorPeriod, err = parseEvery(f.anchorEvery); err != nil {
		return o, err
	}
	if o.Worker, err = workerCommand(f.keys, f.unsafeDev); err != nil {
		return o, err
	}
	if o.Registry, err = parseAddress("registry", f.registry); err != nil {
		return o, err
	}
	if o.Router, err = parseAddress("router", f.router); err != nil {
		return o, err
	}
	if f.watch != "" {
		b, err := new(app).readFile(f.watch)
		if err != nil {
			return o, fmt.Errorf("watch: %w", err)
		}
		w, err := statefile.DecodeWatch(b)
		if err != nil {
			return o, usage(fmt.Errorf("%s: %w", f.watch, err))
		}
		o.Watch, o.Growing = w.Collections, w.Growing
		if w.ChainID != 0 && o.ChainID != 0 && w.ChainID != o.ChainID {
			return o, usagef("%s is of chain %d, not %d", f.watch, w.ChainID, o.ChainID)
		}
		if o.ChainID == 0 {
			o.ChainID = w.ChainID
		}
	}
	if f.contracts != "" {
		b, err := new(app).readFile(f.contracts)
		if err != nil {
			return o, fmt.Errorf("contracts: %w", err)
		}
		list, err := anchoring.DecodeDeployments(b)
		if err != nil {
			return o, usage(fmt.Errorf("%s: %w", f.contracts, err))
		}
		if err := f.useContracts(&o, list); err != nil {
			return o, err
		}
	}
	if f.key.given() && o.Registry == ([20]byte{}) {
		return o, usagef("serve: --%s needs --registry or --contracts", f.key.name())
	}
	return o, f.key.check()
}

// useContracts takes the contracts of the chain. Which chain it is must be
// known before there is a node to ask: the file has one, or a flag says so.
func (f serveFlags) useContracts(o *host.Options, list anchoring.Deployments) error {
	id := o.ChainID
	if id == 0 && len(list) == 1 {
		for only := range list {
			id, o.ChainID = only, only
		}
	}
	d, ok := list[id]
	switch {
	case id == 0:
		return usagef("%s has %d chains: say which by --chain-id", f.contracts, len(list))
	case !ok:
		return usagef("%s has no contracts of chain %d", f.contracts, id)
	case o.Registry != ([20]byte{}) || o.Router != ([20]byte{}):
		return usagef("--contracts, or --registry and --router: not both")
	}
	o.Deployment, o.Registry = &d, d.Registry.Address
	if d.Router != nil {
		o.Router = d.Router.Address
	}
	return nil
}

// serveData is the data folder that is used without --data.
func serveData(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	dir, err := proofs.DefaultDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(dir), "serve"), nil
}

// parseEvery reads a number of blocks or a duration.
func parseEvery(s string) (blocks uint64, period time.Duration, err error) {
	if blocks, err = strconv.ParseUint(s, 10, 64); err == nil {
		return blocks, 0, nil
	}
	if period, err = time.ParseDuration(s); err != nil || period < time.Second {
		return 0, 0, usagef("anchor-every: want a number of blocks or a duration of a second or more, have %q", s)
	}
	return 0, period, nil
}

func gwei(n uint64) *big.Int { return new(big.Int).Mul(new(big.Int).SetUint64(n), big.NewInt(1e9)) }

// parseAddress reads 20 bytes of hex; "" is zero.
func parseAddress(what, s string) (a [20]byte, err error) {
	if s == "" {
		return a, nil
	}
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) != len(a) {
		return a, usagef("%s: want an address, have %q", what, s)
	}
	return [20]byte(b), nil
}

// servePrinter tells on the terminal how following goes: the catching up, and
// from then on only what is out of the ordinary.
type servePrinter struct {
	app *app

	mu      sync.Mutex
	applied int
	synced  bool
	faulty  bool
}

func (p *servePrinter) print(e devEvent) {
	if p.app.json {
		_ = p.app.emit(e) // a reader that went away
		return
	}
	printEvent(p.app, e)
}

// syncEvery is how many blocks of catching up make a line.
const syncEvery = 25

func (p *servePrinter) observe(e anchoring.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := e.(type) {
	case *anchoring.Applied:
		p.applied++
		block := e.Header.Ref.Number
		switch {
		case e.Live && !p.synced:
			p.synced = true
			p.print(devEvent{Event: "synced", Block: block, Text: fmt.Sprintf("%d blocks checked", p.applied)})
		case p.faulty:
			p.print(devEvent{Event: "resumed", Block: block})
		case !e.Live && p.applied%syncEvery == 0:
			p.print(devEvent{Event: "syncing", Block: block, Text: fmt.Sprintf("%d blocks checked", p.applied)})
		}
		p.faulty = false
	case *anchoring.Progress:
		p.print(devEvent{Event: "catching up", Block: e.Head.Number, Text: fmt.Sprintf("%d headers fetched, at least %d to go", e.Fetched, e.Missing)})
	case *anchoring.RolledBack:
		p.print(devEvent{Event: "reorg", Block: e.To.Number, Text: fmt.Sprintf("%d blocks above are withdrawn", len(e.Reverted))})
	case *anchoring.Fault:
		p.faulty = true
		p.print(devEvent{Event: "fault", Block: e.Ref.Number, Text: e.Err.Error()})
	}
}
