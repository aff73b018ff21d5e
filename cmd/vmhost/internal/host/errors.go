package host

import "errors"

var (
	// ErrDataFormat says that the data folder was written by a newer version, or
	// is not one of vmhost's.
	ErrDataFormat = errors.New("data folder has another format")
	// ErrOtherChain says that the node has another chain than the data folder, or
	// than was asked for.
	ErrOtherChain = errors.New("another chain")
	// ErrWatchChanged says that a collection was defined before with other items.
	ErrWatchChanged = errors.New("collection was defined before with other items")
	// ErrWindow says that the cache would forget blocks whose anchors can still be
	// challenged: demands about them could not be answered, and the bond be lost.
	ErrWindow = errors.New("window is shorter than the registry's challenge window")
	// ErrNotSynced is why a host is not ready while it catches up.
	ErrNotSynced = errors.New("not synced")
)
