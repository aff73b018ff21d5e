package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

// Module is an uploaded module. Copies share Wasm, which nobody changes.
type Module struct {
	// Hash is sha256 of the bytes.
	Hash Hash `json:"moduleHash"`
	// Program is the ProgramID; zero if the module is not provable.
	Program Hash `json:"programId"`
	// Name is the uploader's label; may be empty.
	Name string `json:"name,omitempty"`
	// Size in bytes.
	Size int `json:"size"`
	// Provable says whether a proof may be asked.
	Provable bool `json:"provable"`
	// Reasons says why not, one a line: opcode and byte offset.
	Reasons []string `json:"reasons"`
	// Wasm is the module itself.
	Wasm []byte `json:"-"`
}

// Inspection is what an [Inspector] finds out about a module.
type Inspection struct {
	Program  Hash
	Provable bool
	Reasons  []string
}

// Inspector validates module bytes. An error means that the module is refused;
// it should say the reason and the byte offset.
type Inspector interface {
	Inspect(ctx context.Context, wasm []byte) (Inspection, error)
}

// ModulesOptions configures [OpenModules]. The zero value is usable.
type ModulesOptions struct {
	// MaxBytes of one module; default 4 MiB.
	MaxBytes int
	// MaxCount of modules; default 10,000.
	MaxCount int
}

// Modules is the module store: bytes by sha256, on disk (or in memory when
// opened without a folder), written atomically, checked when loaded. Safe for
// concurrent use.
type Modules struct {
	dir     string
	opts    ModulesOptions
	inspect Inspector

	mu     sync.RWMutex
	byHash map[Hash]*Module
	byProg map[Hash]Hash // program -> module first uploaded with it
}

// OpenModules opens the store in dir ("" for memory only), and checks and
// inspects each stored module again, so that a new lowering gives new IDs.
func OpenModules(ctx context.Context, dir string, ins Inspector, o ModulesOptions) (*Modules, error) {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 4 << 20
	}
	if o.MaxCount <= 0 {
		o.MaxCount = 10_000
	}
	m := &Modules{dir: dir, opts: o, inspect: ins, byHash: map[Hash]*Module{}, byProg: map[Hash]Hash{}}
	if dir == "" {
		return m, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open module store: %w", err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.wasm"))
	if err != nil {
		return nil, fmt.Errorf("open module store: %w", err)
	}
	for _, name := range names {
		if err := m.load(ctx, name); err != nil {
			return nil, fmt.Errorf("open module store: %s: %w", filepath.Base(name), err)
		}
	}
	return m, nil
}

type moduleMeta struct {
	Name string `json:"name"`
}

func (m *Modules) load(ctx context.Context, path string) error {
	want, err := ParseHash("0x" + strings.TrimSuffix(filepath.Base(path), ".wasm"))
	if err != nil {
		return fmt.Errorf("%w: file name is not a sha256", ErrCorrupt)
	}
	wasm, err := os.ReadFile(path) //nolint:gosec // our own data folder
	if err != nil {
		return err
	}
	if Hash(sha256.Sum256(wasm)) != want {
		return fmt.Errorf("%w: the bytes do not hash to the name", ErrCorrupt)
	}
	var meta moduleMeta
	if b, err := os.ReadFile(strings.TrimSuffix(path, ".wasm") + ".json"); err == nil {
		if err := json.Unmarshal(b, &meta); err != nil {
			return fmt.Errorf("%w: label: %w", ErrCorrupt, err)
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	mod, err := m.examine(ctx, wasm, meta.Name)
	if err != nil {
		return err
	}
	m.add(mod)
	return nil
}

func (m *Modules) examine(ctx context.Context, wasm []byte, name string) (*Module, error) {
	ins, err := m.inspect.Inspect(ctx, wasm)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalidModule, err)
	}
	reasons := ins.Reasons
	if reasons == nil {
		reasons = []string{}
	}
	return &Module{
		Hash: sha256.Sum256(wasm), Program: ins.Program, Name: name, Size: len(wasm),
		Provable: ins.Provable, Reasons: reasons, Wasm: wasm,
	}, nil
}

func (m *Modules) add(mod *Module) {
	m.byHash[mod.Hash] = mod
	if _, ok := m.byProg[mod.Program]; !ok && !mod.Program.IsZero() {
		m.byProg[mod.Program] = mod.Hash
	}
}

// Put validates and stores a module. Storing the same bytes again returns the
// stored module and keeps its first name.
func (m *Modules) Put(ctx context.Context, wasm []byte, name string) (Module, error) {
	if len(wasm) == 0 || len(wasm) > m.opts.MaxBytes {
		return Module{}, fmt.Errorf("%w: %d bytes, the limit is %d", ErrInvalidModule, len(wasm), m.opts.MaxBytes)
	}
	if len(name) > 128 {
		return Module{}, fmt.Errorf("%w: name is longer than 128 bytes", ErrInvalidInput)
	}
	if mod, ok := m.Get(sha256.Sum256(wasm)); ok {
		return mod, nil
	}
	mod, err := m.examine(ctx, append([]byte(nil), wasm...), name)
	if err != nil {
		return Module{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.byHash) >= m.opts.MaxCount {
		return Module{}, fmt.Errorf("%w: %d modules are stored", ErrQueueFull, len(m.byHash))
	}
	if err := m.save(mod); err != nil {
		return Module{}, fmt.Errorf("store module: %w", err)
	}
	m.add(mod)
	return *mod, nil
}

// save writes the label first: a module without one is complete.
func (m *Modules) save(mod *Module) error {
	if m.dir == "" {
		return nil
	}
	base := filepath.Join(m.dir, mod.Hash.String()[2:])
	if mod.Name != "" {
		b, err := json.Marshal(moduleMeta{Name: mod.Name})
		if err != nil {
			return err
		}
		if err := writeFileAtomic(base+".json", b); err != nil {
			return err
		}
	}
	return writeFileAtomic(base+".wasm", mod.Wasm)
}

// Get returns a module by its hash or by its ProgramID.
func (m *Modules) Get(id Hash) (Module, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if h, ok := m.byProg[id]; ok {
		id = h
	}
	mod, ok := m.byHash[id]
	if !ok {
		return Module{}, false
	}
	return *mod, true
}

// List returns all modules ordered by hash.
func (m *Modules) List() []Module {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := make([]Module, 0, len(m.byHash))
	for _, mod := range m.byHash {
		out = append(out, *mod)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Hash.String() < out[j].Hash.String() })
	return out
}
