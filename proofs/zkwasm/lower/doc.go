// Package lower compiles WebAssembly modules to the fact machine's
// intermediate representation (package ir): SSA over regions and frames.
//
// # Passes
//
//  1. build, instr, calls: instructions become blocks over variables (locals
//     and places of the operand stack). Host functions are linked from package
//     hostlib, the small ones inlined.
//  2. regions: natural loops become regions; each edge is made a forward,
//     enter, back or exit edge, exits one level at a time.
//  3. ssa: variables become values. A value is only ever used in the region
//     that defines it: loops take what they read as parameters, except for
//     constants, and hand out what they set; what a loop does not set survives
//     it in the parent's frame.
//  4. opt, simplify, arith: constants, copies, repetitions and empty blocks go.
//  5. live: what nothing depends on goes. Loads of linear memory, stores and
//     the branches to traps stay (N9).
//  6. emit: slots, constants and block numbers.
//
// # Invariants
//
// Jump tables and indirect calls are trees of comparisons over static tables, so
// table.init and table.copy are refused. Passive data segments are constants in
// the code. memory.grow is a loop of the host library, one event a page.
//
// The result is a pure function of the module's bytes and Version; it always
// passes ir.Check. Fuel is exact: a block is charged what the runtime charges
// for the segments that start in it, so no transformation may move code across
// a conditional (an `if` never becomes a select).
//
// Everything here is single-threaded and keeps no state between calls.
package lower
