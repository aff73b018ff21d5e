package runtime

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
)

// Engine is the way wazero executes a module.
type Engine string

// Engines.
const (
	EngineAuto        Engine = ""            // compiler where the platform has one; interpreter for Report.Heavy modules
	EngineCompiler    Engine = "compiler"    // machine code; amd64 and arm64 only
	EngineInterpreter Engine = "interpreter" // slow, everywhere; the same results
)

// Options configure a Runtime. The zero value is usable.
type Options struct {
	Engine         Engine
	MaxModuleBytes int    // size of an uploaded module; 0: 1 MiB
	MaxMemoryPages uint32 // memory of a guest; 0: 256 pages (16 MiB), at most 65,536. Provable modules: 64
	MaxTable       uint32 // table elements of a guest; 0: 65,536
	CacheModules   int    // compiled modules kept in memory; 0: 64
	Quantum        uint64 // fuel between two looks at the context; 0: 262,144, interpreter 32,768
	Logger         *slog.Logger
}

// Limits of one run. The zero value is usable.
type Limits struct {
	Fuel     uint64        // 0: vmabi.DefaultFuel; at most 2^62
	WallTime time.Duration // 0: 10 s
	Journal  int           // bytes; 0: the ABI's limit; more than that has no effect
	Log      int           // bytes kept of what the guest logs; 0: 64 KiB
}

func (o Options) withDefaults() Options {
	setDefault(&o.MaxModuleBytes, 1<<20)
	setDefault(&o.MaxMemoryPages, 256)
	setDefault(&o.MaxTable, 65536)
	setDefault(&o.CacheModules, 64)
	if o.Engine == EngineInterpreter {
		setDefault(&o.Quantum, 1<<15)
	}
	setDefault(&o.Quantum, 1<<18)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Validate reports every option that is out of range, wrapped in ErrOptions.
func (o Options) Validate() error {
	var errs []error
	switch o.Engine {
	case EngineAuto, EngineCompiler, EngineInterpreter:
	default:
		errs = append(errs, fmt.Errorf("engine %q", o.Engine))
	}
	if o.MaxModuleBytes < 0 || o.MaxModuleBytes > wasm.MaxModuleBytes {
		errs = append(errs, fmt.Errorf("module bytes %d, at most %d", o.MaxModuleBytes, wasm.MaxModuleBytes))
	}
	if o.MaxMemoryPages > wasm.MaxMemoryPages {
		errs = append(errs, fmt.Errorf("memory pages %d, at most %d", o.MaxMemoryPages, wasm.MaxMemoryPages))
	}
	if o.CacheModules < 0 {
		errs = append(errs, fmt.Errorf("cache modules %d", o.CacheModules))
	}
	if o.Quantum > 1<<40 {
		errs = append(errs, fmt.Errorf("quantum %d, at most 2^40", o.Quantum))
	}
	if len(errs) > 0 {
		return fmt.Errorf("%w: %w", ErrOptions, errors.Join(errs...))
	}
	return nil
}

func (l Limits) withDefaults(prove bool) Limits {
	setDefault(&l.Fuel, vmabi.DefaultFuel)
	l.Fuel = min(l.Fuel, 1<<62)
	setDefault(&l.WallTime, 10*time.Second)
	setDefault(&l.Log, 64<<10)
	abi := journalLimit(prove)
	if l.Journal <= 0 || l.Journal > abi {
		l.Journal = abi
	}
	return l
}

func journalLimit(prove bool) int {
	if prove {
		return vmabi.ProvableJournal
	}
	return vmabi.MaxJournal
}

func setDefault[T comparable](p *T, v T) {
	var zero T
	if *p == zero {
		*p = v
	}
}
