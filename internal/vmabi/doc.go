// Package vmabi is the contract between a guest and every engine that runs it:
// the host functions of import module "vm", the names of traps, the limits and
// the fuel rule. It holds tables only and imports nothing of this module, so
// that the runtime (wazero) and the prover (zkWASM) cannot disagree by copy.
//
// # Fuel
//
// Fuel is 1 per executed WASM instruction; block, loop, end, else and nop cost
// 0. What happens inside a host function costs 0; its call costs 1. Fuel is
// charged per segment: a maximal straight-line run of instructions, whose whole
// cost is charged when it starts. A segment starts at the beginning of a
// function and after each of: loop, if, else, end, br, br_if, br_table, return,
// unreachable. Neither block nor a call ends a segment. The instruction that
// ends a segment (br_if, if, ...) belongs to it.
//
// "wasmInstructions" is the sum of all charges. If a segment costs more than
// what is left, the trap is TrapOutOfFuel: nothing that the segment or what
// follows does counts, and wasmInstructions is the limit. If an instruction in
// the middle of a segment traps, the whole segment stays charged. A start
// function is charged like any other.
//
// # Call depth
//
// The export run is at depth 1, so is a start function; a guest function called
// by depth d is at d+1. Entering depth MaxCallDepth+1 is TrapCallStack; it is
// checked before the first segment of the callee is charged. Host functions
// have no depth.
//
// # Host calls
//
// The arguments of a host call are checked in this order: every pointer range
// [ptr, ptr+len) against the memory as it is now, in the order of the
// parameters (64-bit arithmetic; a range of length 0 must still begin inside
// [0, size]), then the rule of the function itself as written in the table of
// [Functions], left to right.
package vmabi
