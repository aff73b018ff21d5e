// Package schema has the types of the files below testvectors.
//
// A file is {schema, suite, version, notes, tests}. Every test has an id that
// its file uses once, a comment, perhaps flags, and a result: valid or invalid.
// What else it has depends on the schema:
//
//	vmhost-program/1     Program:    module → program ID, or why there is none
//	vmhost-runtime/1     Runtime:    module, state, input → journal or trap, fuel
//	vmhost-statecache/1  Statecache: steps on one cache, with what each must give
//	vmhost-proofs/1      Proof:      proof file and policy → valid, or why not
//	vmhost-wsapi/1       Script:     lines of a conversation with a server
//	vmhost-anchoring/1   Statefile:  STATE.json → commitment, or why it is refused
//
// The writer (testvectors/gen) and the reader (cmd/vmhost/internal/replay) share
// these types and nothing else: expected values come from the writer's own naive
// implementations.
//
// Hex is lower case with 0x and of full width; heights, chain ids and times are
// Ethereum quantities. Fields that are absent are zero. Unknown fields are
// refused by Strict. All types are plain values.
package schema
