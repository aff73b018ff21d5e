package deltalog

import "errors"

// The sentinels of this package.
var (
	// ErrGap: a record number that is neither the next nor the last one.
	ErrGap = errors.New("deltalog: gap in the record numbers")
	// ErrForeign: the folder holds keys that are not records of this format.
	ErrForeign = errors.New("deltalog: not a delta log")
)
