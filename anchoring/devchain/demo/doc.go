// Package demo gives a development chain something to watch: two tokens, a
// constant-product pool and holders, with swaps and transfers in every block.
//
// The transactions of a block follow from its number and branch alone, so a run
// repeats, and the sibling blocks of a reorganisation trade differently.
//
// A Demo is called by its chain only, under the chain's lock.
package demo
