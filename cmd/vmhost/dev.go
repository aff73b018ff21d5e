package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"vmhost/anchoring"
	"vmhost/anchoring/signer"
	"vmhost/cmd/vmhost/internal/host"
	"vmhost/cmd/vmhost/internal/rpcclient"
	examples "vmhost/examples/wasm"
	"vmhost/proofs"
	"vmhost/wsapi"
)

// devFlags are the flags of `vmhost dev`.
type devFlags struct {
	blocks    int
	listen    string
	noProve   bool
	class     string
	data      string
	period    time.Duration
	chainOnly bool
	chainPort int
}

func newDevCmd(a *app) *cobra.Command {
	var f devFlags
	cmd := &cobra.Command{
		Use:   "dev",
		Short: "Everything in one process on an embedded chain: a tour, then a playground",
		Long: `Starts an Ethereum chain in this process, deploys a pool that trades in every
block, runs modules on each block, proves and anchors results, lets contracts
verify them, and forces a reorganisation while a proof is running. Stays up until
interrupted, with the dashboard; with --blocks N it ends with a summary.`,
		Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.blocks < 0 || f.period < 0 {
				return usagef("--blocks and --period are not negative")
			}
			if f.chainOnly {
				return a.devChainOnly(cmd.Context(), f)
			}
			return a.dev(cmd.Context(), f)
		},
	}
	cmd.Flags().IntVar(&f.blocks, "blocks", 0, "end with the summary after N blocks (0: stay up)")
	cmd.Flags().StringVar(&f.listen, "listen", host.DefaultListen, "address of the API and the dashboard")
	cmd.Flags().BoolVar(&f.noProve, "no-prove", false, "leave out proofs and what depends on them")
	cmd.Flags().StringVar(&f.class, "class", "auto", "class of the proofs: tiny, s, m or auto (the cheapest that fits)")
	cmd.Flags().StringVar(&f.data, "data", "", "folder for the keys (default: vmhost under the XDG data home)")
	cmd.Flags().DurationVar(&f.period, "period", 1500*time.Millisecond, "time between blocks, longer while proofs wait")
	cmd.Flags().BoolVar(&f.chainOnly, "chain-only", false, "only the chain and its contracts")
	cmd.Flags().IntVar(&f.chainPort, "chain-port", 0, "port of the chain's JSON-RPC (0: any)")
	return cmd
}

// keysDir is where proving keys live: below --data, or shared by all commands.
func keysDir(data string) string {
	if data == "" {
		return ""
	}
	return filepath.Join(data, "keys")
}

// devProgram is an example of the tour.
type devProgram struct {
	example examples.Example
	prove   bool
	module  rpcclient.Module
}

// devPrograms are those that run on every block, and the one on demand.
func devPrograms(prove bool) (every []*devProgram, onDemand *devProgram, err error) {
	find := func(name string, lang examples.Lang, prove bool) *devProgram {
		e, ok := examples.Find(name, lang)
		if !ok {
			err = fmt.Errorf("example %s (%s) is missing", name, lang)
		}
		return &devProgram{example: e, prove: prove}
	}
	every = []*devProgram{find("reserve-ratio", examples.C, prove), find("balance-dist", examples.C, false)}
	onDemand = find("reserve-ratio", examples.AssemblyScript, false)
	return every, onDemand, err
}

// dev is the main job end to end.
func (a *app) dev(ctx context.Context, f devFlags) (err error) {
	if !a.verbose { // what the tour provokes is not worth a warning
		a.log = slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelError}))
	}
	proofs.RedirectGnarkLog(a.log)
	t, err := newTour(a, f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	if err := t.setup(ctx); err != nil {
		return fmt.Errorf("dev: %w", err)
	}
	err = t.run(ctx)
	if sumErr := t.summarize(); err == nil {
		err = sumErr
	}
	if step := (*stepError)(nil); errors.As(err, &step) {
		a.complain("dev: %v", err)
		return errNo
	}
	return err
}

// setup builds everything: key, key, chain, contracts, host.
func (t *tour) setup(ctx context.Context) error {
	shape, err := t.makeKey(ctx)
	if err != nil {
		return err
	}
	if t.dev, err = startDevChain(ctx, devChainOptions{shape: shape, program: t.every[0].example.Wasm, port: t.flags.chainPort, log: t.app.log}); err != nil {
		return err
	}
	t.say(devEvent{Event: "chain", Block: t.dev.head(), URL: t.dev.chain.WSURL(), Text: "go-ethereum in this process, chain id 1337"})
	for _, c := range t.dev.deployed() {
		t.say(devEvent{Event: "deployed", Block: t.dev.head(), Program: c[0], Text: c[1]})
	}
	if t.dapp, err = t.dev.dial(ctx, 2, nil); err != nil {
		return err
	}
	return t.openHost(ctx, shape)
}

// makeKey makes the proving key, once on this machine, and returns its shape.
func (t *tour) makeKey(ctx context.Context) (string, error) {
	if t.flags.noProve {
		return "", nil
	}
	shapes, err := proofs.ZkwasmShapes()
	if err != nil {
		return "", err
	}
	store, err := proofs.OpenStore(proofs.StoreOptions{Dir: keysDir(t.flags.data), Shapes: shapes, Logger: t.app.log})
	if err != nil {
		return "", err
	}
	machine := proofs.NewMachine(store, true)
	defer machine.Close()
	// An ordinary run of the program says which shape its proofs need.
	e := t.every[0].example
	view, err := e.Jobs[0].View()
	if err != nil {
		return "", err
	}
	est, err := machine.Estimate(ctx, proofs.Job{Module: e.Wasm, Input: e.Jobs[0].Input, State: view, Class: t.flags.class})
	if err != nil {
		if errors.Is(err, proofs.ErrUnknownShape) {
			return "", usage(err)
		}
		return "", fmt.Errorf("%s: %w", e.Name, err)
	}
	start := time.Now()
	if _, err := store.Load(ctx, est.Shape, proofs.KeyOptions{AllowUnsafe: true}); err != nil {
		t.app.complain("making the development key of class %s, once on this machine", est.Shape)
		if _, err := store.Ensure(ctx, est.Shape, proofs.KeyOptions{AllowUnsafe: true, Progress: t.app.progress("key")}); err != nil {
			return "", err
		}
	}
	t.keySeconds = time.Since(start).Seconds()
	t.say(devEvent{Event: "key", Class: est.Shape, Seconds: t.keySeconds, Text: "in " + store.Dir()})
	return est.Shape, nil
}

func (t *tour) openHost(ctx context.Context, shape string) (err error) {
	worker, err := workerCommand(keysDir(t.flags.data), true)
	if err != nil {
		return err
	}
	key, err := signer.FromKey(t.dev.chain.Accounts()[0].Key())
	if err != nil {
		return err
	}
	t.host, err = host.Open(ctx, host.Options{
		Worker: worker,
		RPC:    t.dev.chain.WSURL(), ChainID: 1337, Listen: t.flags.listen, Watch: t.dev.demo.Collections(), Follow: anchoring.SourceOptions{Back: 4},
		Keys: keysDir(t.flags.data), NoProve: t.flags.noProve, Class: shape, UnsafeDev: true,
		Registry: t.dev.system.Registry, Router: t.dev.system.Router, AnchorSigner: key,
		Observe: t.observe, Version: "vmhost/" + version, Logger: t.app.log,
	})
	if errors.Is(err, wsapi.ErrNotLoopback) {
		return usage(err)
	}
	if err != nil {
		return err
	}
	if taken(t.flags.listen, t.host.Addr()) {
		t.app.complain("%s is taken, using %s", t.flags.listen, t.host.Addr())
	}
	t.say(devEvent{Event: "listening", Block: t.dev.head(), URL: t.host.URL(), Text: "dashboard and API"})
	t.api, err = rpcclient.New(t.host.URL())
	return err
}

// complain tells people something beside the output.
func (a *app) complain(format string, args ...any) {
	_, _ = fmt.Fprintf(a.err, "vmhost: "+format+"\n", args...)
}

// taken reports whether another port is used than the one that was asked for.
func taken(asked, got string) bool {
	_, p, err := net.SplitHostPort(asked)
	_, q, err2 := net.SplitHostPort(got)
	return err == nil && err2 == nil && p != "0" && p != q
}

// devChainOnly is the chain in a process of its own, for `vmhost serve`.
func (a *app) devChainOnly(ctx context.Context, f devFlags) (err error) {
	d, err := startDevChain(ctx, devChainOptions{all: true, port: f.chainPort, log: a.log})
	if err != nil {
		return fmt.Errorf("dev: %w", err)
	}
	defer func() { err = errors.Join(err, d.close()) }()
	info, err := d.info()
	if err != nil {
		return err
	}
	if a.json {
		if err := a.emit(info); err != nil {
			return err
		}
	} else {
		rows := [][]string{{"chain", info.WS + " (chain id 1337)"}, {"anchor key", info.AnchorKey}}
		for _, c := range d.deployed() {
			rows = append(rows, c[:])
		}
		a.table(rows)
	}
	if f.period <= 0 { // blocks by devnet_mine only
		<-ctx.Done()
		return nil
	}
	ticker := time.NewTicker(f.period)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if err := d.chain.Mine(1); err != nil {
				return err
			}
		}
	}
}
