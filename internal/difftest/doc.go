// Package difftest compares the engines that run a guest: wazero's compiler,
// wazero's interpreter and the zkWASM tracer. They must agree on journal, trap,
// fuel, reads and final memory, on the example modules, on random modules and on
// the integer part of the WebAssembly specification's test suite.
//
// It is the one place that imports the siblings runtime and proofs together.
package difftest
