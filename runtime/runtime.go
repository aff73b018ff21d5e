package runtime

import (
	"container/list"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Runtime compiles and runs guests on one engine.
type Runtime struct {
	opts   Options
	engine wazero.Runtime
	heavy  wazero.Runtime  // interpreter for modules that would compile for too long; EngineAuto only
	life   context.Context // done when Close begins
	end    context.CancelFunc
	users  sync.WaitGroup // runs and compilations; Add only under mu

	mu     sync.Mutex
	cache  map[[32]byte]*Module
	recent *list.List // of *Module, most recently used first
	closed bool
}

// New returns a Runtime. Close it to free the compiled code. The error is
// ErrOptions, or ErrEngine.
func New(opts Options) (*Runtime, error) {
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	life, end := context.WithCancel(context.Background())
	out := &Runtime{opts: opts, life: life, end: end, cache: map[[32]byte]*Module{}, recent: list.New()}
	var err error
	if out.engine, err = newEngine(life, opts, opts.Engine); err == nil && opts.Engine == EngineAuto {
		out.heavy, err = newEngine(life, opts, EngineInterpreter)
	}
	if err != nil {
		end()
		return nil, err
	}
	return out, nil
}

func newEngine(ctx context.Context, opts Options, e Engine) (wazero.Runtime, error) {
	// Reference types: no module that has them comes here, but without them wazero
	// v1.12.0 panics on passive element segments.
	r := wazero.NewRuntimeWithConfig(ctx, engineConfig(e).
		WithCoreFeatures(api.CoreFeaturesV1|api.CoreFeatureReferenceTypes|api.CoreFeatureSignExtensionOps|api.CoreFeatureMultiValue|
			api.CoreFeatureBulkMemoryOperations|api.CoreFeatureNonTrappingFloatToIntConversion).
		WithMemoryLimitPages(opts.MaxMemoryPages).
		WithDebugInfoEnabled(false))
	if err := instantiateHost(ctx, r); err != nil {
		return nil, fmt.Errorf("%w: host modules: %w", ErrEngine, err)
	}
	return r, nil
}

func engineConfig(e Engine) wazero.RuntimeConfig {
	switch e {
	case EngineCompiler:
		return wazero.NewRuntimeConfigCompiler()
	case EngineInterpreter:
		return wazero.NewRuntimeConfigInterpreter()
	default:
		return wazero.NewRuntimeConfig()
	}
}

// Close ends the runs under way with ErrClosed, waits for them and frees the
// compiled code. Later calls of Compile and Run return ErrClosed.
func (r *Runtime) Close() error {
	r.mu.Lock()
	was := r.closed
	r.closed = true
	r.mu.Unlock()
	if was {
		return nil
	}
	r.end()
	r.users.Wait()
	err := r.engine.Close(context.Background())
	if r.heavy != nil {
		err = errors.Join(err, r.heavy.Close(context.Background()))
	}
	return err
}

// begin keeps the engine open until users.Done.
func (r *Runtime) begin() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return ErrClosed
	}
	r.users.Add(1)
	return nil
}

// Check applies the rules of upload with the Runtime's limits, without
// compiling.
func (r *Runtime) Check(module []byte) (*Report, error) { return Check(module, r.opts) }

// Compile checks, instruments and compiles a module, or finds it in the cache.
// Errors are those of Check, ErrCompile, ErrClosed and ctx's. The engine cannot
// be interrupted while it compiles; MaxModuleBytes bounds that time.
func (r *Runtime) Compile(ctx context.Context, wasmBytes []byte) (*Module, error) {
	if err := r.begin(); err != nil {
		return nil, err
	}
	defer r.users.Done()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	hash := sha256.Sum256(wasmBytes)
	if m := r.lookup(hash); m != nil {
		return m, m.code().compileNow(ctx)
	}
	m, rep, err := check(wasmBytes, r.opts)
	if err != nil {
		return nil, err
	}
	if rep.Heavy && r.opts.Engine == EngineCompiler {
		return nil, fmt.Errorf("%w: too many branches in one function for the compiler; use EngineAuto", ErrTooLarge)
	}
	mod := r.insert(ctx, newModule(r, m, rep))
	if err := mod.code().compileNow(ctx); err != nil {
		r.remove(mod)
		return nil, err
	}
	return mod, nil
}

func (r *Runtime) lookup(hash [32]byte) *Module {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.cache[hash]
	if m != nil {
		r.recent.MoveToFront(m.place)
	}
	return m
}

// insert puts m into the cache, unless another Compile was faster, and evicts.
func (r *Runtime) insert(ctx context.Context, m *Module) *Module {
	m, evicted := r.place(m)
	for _, old := range evicted { // without mu: drop waits for a compilation
		r.opts.Logger.LogAttrs(ctx, slog.LevelDebug, "module evicted", slog.String("program", fmt.Sprintf("%x", old.report.Hash)))
		old.drop()
	}
	return m
}

func (r *Runtime) place(m *Module) (_ *Module, evicted []*Module) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if have := r.cache[m.report.Hash]; have != nil {
		return have, nil
	}
	m.place = r.recent.PushFront(m)
	r.cache[m.report.Hash] = m
	for len(r.cache) > r.opts.CacheModules {
		old := r.recent.Remove(r.recent.Back()).(*Module)
		delete(r.cache, old.report.Hash)
		evicted = append(evicted, old)
	}
	return m, evicted
}

func (r *Runtime) remove(m *Module) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cache[m.report.Hash] == m {
		delete(r.cache, m.report.Hash)
		r.recent.Remove(m.place)
	}
}
