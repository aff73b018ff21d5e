package runtime

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/tetratelabs/wazero"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

// Module is an uploaded module, ready to run. It stays valid after it left the
// cache: its code is then compiled again when it is run.
type Module struct {
	r      *Runtime
	report *Report
	fuel   string // private export: the quantum
	start  string // private export: the start function, "" if none
	place  *list.Element

	main  *code
	spare *code       // on the interpreter, for frames too large for main; nil if there is no other engine
	large atomic.Bool // use spare
}

func newModule(r *Runtime, m *wasm.Module, rep *Report) *Module {
	pages := r.opts.MaxMemoryPages
	if rep.Provable { // the same answers of memory.grow with and without a proof
		pages = min(pages, vmabi.ProvablePages)
	}
	in := instrument(m, pages)
	image := wasm.Encode(in.module)
	out := &Module{r: r, report: rep, fuel: in.fuel, start: in.start}
	switch {
	case r.heavy == nil:
		out.main = &code{engine: r.engine, image: image}
	case rep.Heavy:
		out.main = &code{engine: r.heavy, image: image}
	default:
		out.main = &code{engine: r.engine, image: image}
		out.spare = &code{engine: r.heavy, image: image}
	}
	return out
}

// Hash returns the SHA-256 of the uploaded bytes.
func (m *Module) Hash() [32]byte { return m.report.Hash }

// Report returns what Check found. It MUST NOT be changed.
func (m *Module) Report() *Report { return m.report }

// code returns what to run.
func (m *Module) code() *code {
	if m.large.Load() {
		return m.spare
	}
	return m.main
}

// drop tells the module that it left the cache.
func (m *Module) drop() {
	m.main.drop()
	if m.spare != nil {
		m.spare.drop()
	}
}

// code is a module on one engine.
type code struct {
	engine wazero.Runtime
	image  []byte // instrumented

	mu       sync.Mutex // held while compiling
	compiled wazero.CompiledModule
	running  int
	dropped  bool // left the cache: free the code when nothing runs
}

// compileNow makes the code unless it is there.
func (c *code) compileNow(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ensure(ctx)
}

// ensure is compileNow. Requires mu.
func (c *code) ensure(ctx context.Context) (err error) {
	if c.compiled != nil {
		return nil
	}
	defer func() { // a panic of the engine must not take the host with it
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: panic: %v", ErrCompile, p)
		}
	}()
	compiled, err := c.engine.CompileModule(ctx, c.image)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCompile, err)
	}
	c.compiled = compiled
	return nil
}

// acquire keeps the code in memory until release.
func (c *code) acquire(ctx context.Context) (wazero.CompiledModule, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.ensure(ctx); err != nil {
		return nil, err
	}
	c.running++
	return c.compiled, nil
}

func (c *code) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running--
	c.freeIdle()
}

func (c *code) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropped = true
	c.freeIdle()
}

// freeIdle frees code that left the cache and that nothing runs. Requires mu.
func (c *code) freeIdle() {
	if c.dropped && c.running == 0 && c.compiled != nil {
		_ = c.compiled.Close(context.Background()) // releases memory, cannot fail
		c.compiled = nil
	}
}
