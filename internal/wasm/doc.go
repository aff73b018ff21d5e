// Package wasm decodes, validates and encodes WebAssembly modules. Runtime
// (instrumentation) and proofs (lowering) share it, so that both see the same
// program.
//
// It covers WebAssembly 1.0 with sign extension, multi-value, bulk memory and
// the saturating conversions. SIMD, threads, reference types beyond funcref
// tables, exceptions and tail calls are refused by name ([ErrUnsupported]).
// Floats are decoded and validated; whether they are welcome is the caller's
// decision (see [Scan]).
//
// [Decode] accepts any bytes: it returns an [*Error] with a byte offset or a
// [Module] whose structure is sound: blocks are matched and immediates are in
// their encoded range. Indices and types are checked by [Validate]; a caller
// that walks instructions must call it first. Nothing here panics on input, and
// memory use is bounded by a small multiple of the input's size.
//
// A Module is plain data: it is safe for concurrent reading, and it may be
// changed and written back with [Encode].
//
// See https://www.w3.org/TR/wasm-core-2/ (the subset named above).
package wasm
