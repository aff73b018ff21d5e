package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/watchtower"
	"vmhost/internal/vmabi"
	"vmhost/jobs"
	"vmhost/proofs"
	vmruntime "vmhost/runtime"
	"vmhost/statecache"
	"vmhost/statecache/deltalog"
	"vmhost/statecache/poseidon"
	"vmhost/wsapi"
)

// Host is a whole vmhost. Open it, Run it once, Close it.
type Host struct {
	opts    Options
	log     *slog.Logger
	chainID uint64
	ctx     context.Context //nolint:containedctx // the life of the host, ended by Close
	cancel  context.CancelFunc

	cache    *statecache.Cache
	runtime  *vmruntime.Runtime
	store    *proofs.Store
	machine  *proofs.Machine
	jobs     *jobs.Manager
	source   *anchoring.Source
	watches  *watches
	nodes    *ethrpc.Pool
	client   *anchoring.Client
	anchorer *anchoring.Anchorer // nil: nothing is anchored
	terms    *anchoring.Terms    // of the registry; nil: nothing is anchored
	tower    *watchtower.Tower   // nil: the registry is not watched
	server   *wsapi.Server
	listener net.Listener

	lastTime uint64 // timestamp of the last applied block, of the source's goroutine
	tended   tended

	closers []func() error // in the order of opening
}

// urls are all nodes, in order of preference.
func (h *Host) urls() []string { return append([]string{h.opts.RPC}, h.opts.MoreRPC...) }

// Open connects to the node, recovers what the data folder holds, and listens.
// Nothing moves until Run.
func Open(ctx context.Context, opts Options) (_ *Host, err error) {
	h := &Host{opts: opts.withDefaults()}
	h.log = h.opts.Logger
	h.ctx, h.cancel = context.WithCancel(context.WithoutCancel(ctx))
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	for _, step := range []func(context.Context) error{
		h.openClient, h.readTerms, h.openState, h.openEngines, h.openAnchorer, h.openWatchtower, h.openJobs, h.openSource, h.openServer,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *Host) onClose(f func() error) { h.closers = append(h.closers, f) }

func (h *Host) openClient(ctx context.Context) (err error) {
	h.nodes, err = ethrpc.NewPool(h.urls(), ethrpc.PoolOptions{ChainID: h.opts.ChainID, BackoffMin: 100 * time.Millisecond, BackoffMax: 5 * time.Second, Logger: h.log})
	if err != nil {
		return err
	}
	h.onClose(func() error { h.nodes.Close(); return nil })
	c, err := anchoring.Dial(ctx, anchoring.ClientOptions{Pool: h.nodes, Signer: h.opts.AnchorSigner, Logger: h.log})
	if errors.Is(err, ethrpc.ErrChainID) {
		return fmt.Errorf("%w: %w", ErrOtherChain, err)
	}
	if err != nil {
		return err
	}
	h.client, h.chainID = c, c.ChainID()
	if h.opts.Deployment != nil {
		return c.CheckDeployment(ctx, *h.opts.Deployment)
	}
	return nil
}

func (h *Host) openState(ctx context.Context) error {
	o := statecache.Options{
		ChainID: h.chainID, Window: h.opts.Window, HardCap: h.hardCap(), Budget: h.opts.StateBudget, NoHistory: h.opts.NoHistory, Logger: h.log,
		OnPressure: h.pressure,
	}
	if h.opts.Data != "" {
		if err := OpenData(h.opts.Data, h.chainID); err != nil {
			return err
		}
		l, err := deltalog.OpenPebble(filepath.Join(h.opts.Data, "state"), deltalog.Options{Logger: h.log})
		if err != nil {
			return fmt.Errorf("state log: %w", err)
		}
		h.onClose(l.Close)
		points, err := deltalog.OpenCheckpoints(filepath.Join(h.opts.Data, "checkpoints"), deltalog.Options{Logger: h.log})
		if err != nil {
			return fmt.Errorf("state checkpoints: %w", err)
		}
		o.Log, o.Checkpoints, o.Progress = l, points, h.opts.StateProgress
	}
	cache, err := statecache.New(o)
	if err != nil {
		return err
	}
	h.cache = cache
	h.log.LogAttrs(ctx, slog.LevelInfo, "state hash", slog.String("kernel", poseidon.Kernel())) // names a kernel that failed its self-test
	h.leaveDropped()
	wanted, err := discover(ctx, h.urls(), cache, h.opts.Watch, h.opts.Growing)
	if err != nil {
		return err
	}
	return define(cache, wanted, h.opts.Growing)
}

func (h *Host) openEngines(context.Context) error {
	rt, err := vmruntime.New(vmruntime.Options{Logger: h.log, MaxModuleBytes: maxModule})
	if err != nil {
		return err
	}
	h.runtime = rt
	h.onClose(rt.Close)
	shapes, err := proofs.ZkwasmShapes()
	if err != nil {
		return err
	}
	if h.store, err = proofs.OpenStore(proofs.StoreOptions{Dir: h.opts.Keys, Shapes: shapes, Logger: h.log}); err != nil {
		return err
	}
	h.machine = proofs.NewMachine(h.store, h.opts.UnsafeDev)
	h.onClose(h.closeMachine)
	return nil
}

// maxModule is the largest module that may be uploaded, in bytes.
const maxModule = 1 << 20

// closeMachine waits for a proof that runs, but no longer than Grace:
// nothing is lost when the process ends with it.
func (h *Host) closeMachine() error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.machine.Close()
	}()
	select {
	case <-done:
	case <-time.After(h.opts.Grace):
		h.log.LogAttrs(h.ctx, slog.LevelInfo, "left a proof unfinished")
	}
	return nil
}

func (h *Host) openJobs(ctx context.Context) error {
	modules, err := jobs.OpenModules(ctx, h.dir("modules"), inspector{h.runtime, h.machine.ProgramID}, jobs.ModulesOptions{MaxBytes: maxModule})
	if err != nil {
		return err
	}
	var results jobs.Log = jobs.NewMemLog(0, 0)
	if dir := h.dir("results"); dir != "" {
		if results, err = jobs.OpenFileLog(dir, jobs.FileLogOptions{}); err != nil {
			return err
		}
	}
	h.onClose(results.Close)
	o := jobs.Options{
		Log: results, Modules: modules, States: states{h.cache}, Executor: executor{h.runtime},
		ChainID: h.chainID, ABI: vmabi.Version, MaxProofs: h.opts.MaxProofs, Logger: h.log,
	}
	if !h.opts.NoProve {
		o.Prover = h.prover()
	}
	if h.anchorer != nil {
		o.Anchors = h
	}
	if h.jobs, err = jobs.Open(ctx, o); err != nil {
		return err
	}
	h.onClose(func() error { h.jobs.Close(); return nil })
	return h.jobs.Sync(ctx, chain{h.cache})
}

// prover runs proofs in a worker process, or here if there is no command for one.
func (h *Host) prover() jobs.Prover {
	if len(h.opts.Worker) == 0 {
		return prover{h.machine, h.opts.Class, h.opts.KeyProgress, h.chainID}
	}
	w := &worker{command: h.opts.Worker, class: h.opts.Class, keys: h.opts.KeyProgress}
	h.onClose(w.close)
	return w
}

// dir is a folder below the data folder, "" without one.
func (h *Host) dir(name string) string {
	if h.opts.Data == "" {
		return ""
	}
	return filepath.Join(h.opts.Data, name)
}

func (h *Host) openSource(context.Context) (err error) {
	var growing []binding.Growth
	if h.watches, growing, err = openWatches(h); err != nil {
		return err
	}
	for _, g := range h.opts.Growing { // the command line wins
		growing = slices.DeleteFunc(growing, func(old binding.Growth) bool { return old.Collection == g.Collection })
	}
	o := h.opts.Follow
	o.Pool, o.Cache, o.Window, o.Logger = h.nodes, h.cache, uint64(h.opts.Window)/2, h.log
	o.StopWhenLost, o.LostAfter = h.opts.BeginAgainAfter > 0, h.opts.BeginAgainAfter
	o.Growing = append(growing, h.opts.Growing...)
	h.source, err = anchoring.NewSource(o)
	return err
}

func (h *Host) openServer(context.Context) error {
	var anchors func() *wsapi.AnchorStatus
	if h.anchorer != nil {
		anchors = func() *wsapi.AnchorStatus { return AnchorStatus(h.anchorer.Report()) }
	}
	o := wsapi.Options{
		Jobs: h.jobs, Anchors: anchors, ChainID: h.chainID, Version: h.opts.Version, State: reader{h.cache}, Watcher: h.watches,
		Source:   func() wsapi.SourceStatus { return sourceStatus(h.source.Status(), time.Now()) },
		Verifier: checker{h.opts.UnsafeDev}, Cache: h.cacheStatus, Keys: (&keyList{store: h.store}).status, Ready: h.ready,
		AllowRemote: h.opts.AllowRemote, WatchFrom: h.opts.WatchFrom, Origins: h.opts.Origins, MaxModule: maxModule, Samples: h.samples, Logger: h.log,
	}
	var err error
	if h.server, err = wsapi.New(o); err != nil {
		return err
	}
	h.onClose(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		return h.server.Shutdown(ctx)
	})
	if h.listener, err = listen(h.server, h.opts.Listen, h.log); err != nil {
		return err
	}
	h.onClose(func() error {
		if err := h.listener.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return nil
}

// nextPorts is how many ports after a taken one are tried.
const nextPorts = 20

// listen opens the address, or the next free port after it.
func listen(s *wsapi.Server, addr string, log *slog.Logger) (net.Listener, error) {
	l, err := s.Listen(addr)
	if !errors.Is(err, syscall.EADDRINUSE) {
		return l, err
	}
	host, port, splitErr := net.SplitHostPort(addr)
	first, numErr := strconv.Atoi(port)
	if splitErr != nil || numErr != nil {
		return nil, err
	}
	for p := first + 1; p <= min(first+nextPorts, 65535); p++ {
		l, next := s.Listen(net.JoinHostPort(host, strconv.Itoa(p)))
		if next == nil {
			log.LogAttrs(context.Background(), slog.LevelWarn, "port is taken, using the next free one",
				slog.String("taken", addr), slog.String("using", l.Addr().String()))
			return l, nil
		}
		if !errors.Is(next, syscall.EADDRINUSE) {
			return nil, next
		}
	}
	return nil, err
}

// Run follows, anchors and serves until ctx ends or something stops for good,
// and returns that error (nil if ctx ended). Call it once.
func (h *Host) Run(ctx context.Context) error {
	run, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	part := func(what string, f func() error) {
		wg.Go(func() {
			err := f()
			if err != nil {
				err = fmt.Errorf("%s: %w", what, err)
			}
			cancel(err)
		})
	}
	part("follow", func() error { return h.source.Run(run, h.followed) })
	part("checkpoints", func() error { return h.care(run) })
	part("check of the state", func() error { return h.check(run) })
	part("serve", func() error { return h.server.Serve(h.listener) })
	if h.anchorer != nil {
		part("anchor", func() error {
			return errors.Join(h.anchorer.Run(run, h.anchored), h.anchorer.Flush())
		})
	}
	if h.tower != nil {
		part("watchtower", func() error { return h.runWatchtower(run) })
	}
	<-run.Done()
	stop, end := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer end()
	err := h.server.Shutdown(stop)
	wg.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return errors.Join(context.Cause(run), err)
}

// Close releases everything, in reverse order of opening. Run must have ended.
func (h *Host) Close() error {
	h.cancel()
	var errs []error
	for i := len(h.closers) - 1; i >= 0; i-- {
		errs = append(errs, h.closers[i]())
	}
	h.closers = nil
	return errors.Join(errs...)
}

// Addr is where the API listens, host:port.
func (h *Host) Addr() string { return h.listener.Addr().String() }

// URL is the dashboard's and the API's address.
func (h *Host) URL() string { return "http://" + h.Addr() }

// ChainID of the followed chain.
func (h *Host) ChainID() uint64 { return h.chainID }

// Source tells how the chain is followed.
func (h *Host) Source() anchoring.SourceStatus { return h.source.Status() }

// Status tells how jobs stand.
func (h *Host) Status() jobs.Status { return h.jobs.Status() }
