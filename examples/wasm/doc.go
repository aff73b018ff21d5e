// Package examples lists the example guests, so that the dev chain, the
// differential tests and the test vectors can iterate over them: each program
// in each language with its module, what it reads, what it must give, and jobs
// to try it on. It also lists bad modules that every engine must refuse or end
// with a named trap.
//
// The modules are compiled by build.sh and committed; nothing here needs a
// compiler. All functions return fresh values; nothing is shared or cached.
package examples
