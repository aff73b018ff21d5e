package colfile

import "errors"

// The sentinels of this package.
var (
	// ErrCorrupt: the file is not what was written: damaged, cut or no such file.
	ErrCorrupt = errors.New("colfile: corrupt")
	// ErrNoColumn: the file has no column of that name and width.
	ErrNoColumn = errors.New("colfile: no such column")
	// ErrMisuse: columns that cannot be written: a name twice or too long, a
	// width out of range, bytes that are no whole cells.
	ErrMisuse = errors.New("colfile: bad column")
)
