// Package replay runs recorded test vectors (testvectors/<area>/*.json).
//
// Package testvectors/schema has the format. The schema of a file chooses the
// runner; a file that no runner claims is a failure, and so is an unknown field
// or operation anywhere. Runners only compare: expected values come from
// second, naive implementations (testvectors/gen), never from the code under
// test.
//
// Nothing here is kept between tests. Errors are those of errors.go, and
// whatever a test found.
package replay
