// Package ir is the intermediate representation of the fact machine: WASM
// lowered to SSA over regions and frames.
//
// A region is a function body, a loop body, or the synthetic start region. A
// frame is one dynamic instance of a region. Inside a frame each slot is
// written at most once, so "slot s of frame f holds v" is a fact, not a state.
// Only control flow (one spine row per executed block) and events (memory
// accesses, in token order) are ordered; pure instructions are definitions.
//
// Rules that the circuit relies on are checked by Check (N1 to N14). Their
// numbers are those of SOUNDNESS.md.
package ir
