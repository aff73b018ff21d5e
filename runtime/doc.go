// Package runtime runs guests: it checks uploaded modules, instruments them,
// and executes them on wazero with the host functions of internal/vmabi. Import
// it as vmruntime.
//
// # Model
//
// [Check] reads a module and says whether it may be uploaded and whether
// anything here speaks against a proof. [Runtime.Compile] checks, instruments
// and compiles; modules are cached by the SHA-256 of their bytes. [Runtime.Run]
// executes the export run on one view of the state and returns a [Result]. A
// trap is a result. An error means that the run says nothing about the guest:
// the caller cancelled, the input was refused, the view went away.
//
// # Instrumentation
//
// The guest itself counts. The pass in instrument.go adds two private globals:
// the fuel that is left in the current quantum, and the call depth. Before each
// segment (see internal/vmabi) the guest takes the segment's cost from its
// quantum; when that is not enough it calls the host, which grants the next
// quantum, or ends the run because the fuel is used up, the caller's context is
// done or the wall time has passed. So fuel is also the interrupt, without the
// price of wazero's WithCloseOnContextDone and without a data race: the host
// never writes a running guest's memory from another goroutine. Bulk
// memory instructions, which may be long, are preceded by a look at the same flag.
//
// # Invariants
//
//   - The journal, the trap and the fuel of a run depend only on module, state,
//     input and limits, whatever the engine; TrapWallTime is the one exception.
//   - A guest can reach nothing but package vmabi's functions.
//   - Nothing a guest does can panic out of Run.
//
// # Locking
//
// A Runtime may be used from many goroutines; each Run has its own instance.
// The cache has one mutex, which is not held while compiling or running.
package runtime
