package deltalog

import "errors"

// The sentinels of this package.
var (
	// ErrGap: a record number that does not follow the ones kept, or a record
	// that is not there although one before and one after it are.
	ErrGap = errors.New("deltalog: gap in the record numbers")
	// ErrPruned: the record was dropped, because a checkpoint holds what it did.
	ErrPruned = errors.New("deltalog: record pruned")
	// ErrLost: records that were acknowledged are not there any more. The folder
	// is damaged: restore it, or move it away to start again from the chain.
	ErrLost = errors.New("deltalog: acknowledged records are missing")
	// ErrForeign: the folder holds keys that are not records of this format.
	ErrForeign = errors.New("deltalog: not a delta log")
	// ErrClosed: the log was closed.
	ErrClosed = errors.New("deltalog: closed")
)
