package runtime

import (
	"container/list"
	"context"
	"fmt"
	"sync"

	"github.com/tetratelabs/wazero"

	"vmhost/internal/wasm"
)

// Module is an uploaded module, ready to run. It stays valid after it left the
// cache: its code is then compiled again when it is run.
type Module struct {
	r      *Runtime
	engine wazero.Runtime
	report *Report
	image  []byte // instrumented
	fuel   string // private export: the quantum
	start  string // private export: the start function, "" if none
	place  *list.Element

	mu       sync.Mutex // held while compiling
	compiled wazero.CompiledModule
	running  int
	dropped  bool // left the cache: free the code when nothing runs
}

func newModule(r *Runtime, m *wasm.Module, rep *Report) *Module {
	in := instrument(m, r.opts.MaxMemoryPages)
	engine := r.engine
	if rep.Heavy && r.heavy != nil {
		engine = r.heavy
	}
	return &Module{r: r, engine: engine, report: rep, image: wasm.Encode(in.module), fuel: in.fuel, start: in.start}
}

// Hash returns the SHA-256 of the uploaded bytes.
func (m *Module) Hash() [32]byte { return m.report.Hash }

// Report returns what Check found. It MUST NOT be changed.
func (m *Module) Report() *Report { return m.report }

// compileNow makes the module's code unless it is there.
func (m *Module) compileNow(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ensure(ctx)
}

// ensure is compileNow. Requires mu.
func (m *Module) ensure(ctx context.Context) (err error) {
	if m.compiled != nil {
		return nil
	}
	defer func() { // a panic of the engine must not take the host with it
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: panic: %v", ErrCompile, p)
		}
	}()
	c, err := m.engine.CompileModule(ctx, m.image)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCompile, err)
	}
	m.compiled = c
	return nil
}

// acquire keeps the code in memory until release.
func (m *Module) acquire(ctx context.Context) (wazero.CompiledModule, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.ensure(ctx); err != nil {
		return nil, err
	}
	m.running++
	return m.compiled, nil
}

func (m *Module) release() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running--
	m.freeIdle()
}

// drop tells the module that it left the cache.
func (m *Module) drop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dropped = true
	m.freeIdle()
}

// freeIdle frees the code of a dropped module that nothing runs. Requires mu.
func (m *Module) freeIdle() {
	if m.dropped && m.running == 0 && m.compiled != nil {
		_ = m.compiled.Close(context.Background()) // releases memory, cannot fail
		m.compiled = nil
	}
}
