package runtime

import "errors"

// Errors of Check and Compile: why a module is refused. All but ErrCompile are
// the uploader's fault. They come wrapped with the place.
var (
	// ErrNotWASM: the bytes are not a WASM module, or of another version.
	ErrNotWASM = errors.New("runtime: not a WASM module")
	// ErrMalformed: the bytes break the binary format.
	ErrMalformed = errors.New("runtime: malformed module")
	// ErrInvalid: the module breaks WebAssembly's validation rules.
	ErrInvalid = errors.New("runtime: invalid module")
	// ErrSIMD: the module uses SIMD; compile without it.
	ErrSIMD = errors.New("runtime: SIMD is not supported")
	// ErrThreads: the module uses atomics or a shared memory; compile without.
	ErrThreads = errors.New("runtime: threads are not supported")
	// ErrUnsupported: another later WebAssembly feature.
	ErrUnsupported = errors.New("runtime: unsupported WebAssembly feature")
	// ErrForeignImport: an import that is not a function of module "vm".
	ErrForeignImport = errors.New("runtime: foreign import")
	// ErrUnknownImport: module "vm" has no function of this name.
	ErrUnknownImport = errors.New("runtime: unknown host function")
	// ErrImportType: the host function has another signature.
	ErrImportType = errors.New("runtime: host function of another type")
	// ErrNoRun: there is no exported function "run".
	ErrNoRun = errors.New(`runtime: no export "run"`)
	// ErrRunType: run is neither () -> () nor () -> i32.
	ErrRunType = errors.New(`runtime: export "run" of another type`)
	// ErrMemory: the module needs more memory than the limit.
	ErrMemory = errors.New("runtime: memory over the limit")
	// ErrTable: the module needs a larger table than the limit.
	ErrTable = errors.New("runtime: table over the limit")
	// ErrTooLarge: the module or one of its parts is over a size limit.
	ErrTooLarge = errors.New("runtime: module too large")
	// ErrSegment: an active data or element segment lies outside its memory or
	// table, so that no run could begin.
	ErrSegment = errors.New("runtime: segment out of bounds")
	// ErrCompile: the engine refused what Check accepted. Report it.
	ErrCompile = errors.New("runtime: engine refused the module")
)

// Errors of Run. A trap is not an error.
var (
	// ErrNotProvable: a proof was asked of a module that has none.
	ErrNotProvable = errors.New("runtime: module is not provable")
	// ErrInputTooLarge: the input is longer than vmabi.MaxInput.
	ErrInputTooLarge = errors.New("runtime: input too large")
	// ErrStateReleased: the view was released during the run; take another.
	ErrStateReleased = errors.New("runtime: state view released during the run")
	// ErrState: the state failed to answer for a reason of its own.
	ErrState = errors.New("runtime: state")
	// ErrEngine: the engine failed in a way no guest should cause. Report it.
	ErrEngine = errors.New("runtime: engine")
	// ErrClosed: the Runtime was closed.
	ErrClosed = errors.New("runtime: closed")
	// ErrOptions: an option is out of range.
	ErrOptions = errors.New("runtime: bad option")
)
