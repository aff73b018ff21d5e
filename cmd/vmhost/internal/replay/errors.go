package replay

import (
	"errors"

	"vmhost/testvectors/schema"
)

// Errors of a vector file.
var (
	// ErrFormat: the file or a test is not as its schema wants it.
	ErrFormat = schema.ErrFormat
	// ErrUnclaimed: no runner has the schema.
	ErrUnclaimed = errors.New("replay: no runner for the schema")
	// ErrNoVectors: the paths hold no .json file.
	ErrNoVectors = errors.New("replay: no vector files")
)

// errWrong is a difference from what a test expects.
var errWrong = errors.New("differs")
