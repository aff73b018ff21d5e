// Package replay runs recorded test vectors (testvectors/<area>/*.json).
//
// A file has a header {schema, suite, version, tests}. The schema chooses the
// runner; a file that no runner claims is a failure, and so is an unknown field
// or operation anywhere. Every test has a unique id, a comment, and a result,
// valid or invalid. Runners only compare: expected values come from second,
// naive implementations (testvectors/gen), never from the code under test.
package replay
