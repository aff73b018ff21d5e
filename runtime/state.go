package runtime

import "vmhost/statecache"

// State is what a guest sees of the chain: one block's watched values.
// *statecache.View satisfies it. It MUST answer the same way for the whole run,
// also when its block is reverted meanwhile.
type State interface {
	// Find returns the handle of a collection.
	Find(name string) (handle uint32, ok bool)
	// Len returns the number of items; ok is false for an invalid handle.
	Len(handle uint32) (n uint32, ok bool)
	// Value returns an item's value, big-endian.
	Value(handle, index uint32) (value [32]byte, ok bool)
	// Item returns what an item watches.
	Item(handle, index uint32) (statecache.Item, bool)
	// ItemsRoot returns a collection's manifest.
	ItemsRoot(handle uint32) ([32]byte, bool)
	// ValueAt returns the value age blocks earlier. Errors: statecache.ErrAgeRange,
	// ErrNoHistory and ErrNotThen are the guest's; any other ends the run with an
	// error.
	ValueAt(age uint64, handle, index uint32) ([32]byte, error)
}

var _ State = (*statecache.View)(nil)

// noState is the state of a run without one: it watches nothing.
type noState struct{}

func (noState) Find(string) (uint32, bool)                    { return 0, false }
func (noState) Len(uint32) (uint32, bool)                     { return 0, false }
func (noState) Value(_, _ uint32) (v [32]byte, ok bool)       { return v, false }
func (noState) Item(_, _ uint32) (it statecache.Item, _ bool) { return it, false }
func (noState) ItemsRoot(uint32) (root [32]byte, ok bool)     { return root, false }
func (noState) ValueAt(uint64, uint32, uint32) ([32]byte, error) {
	return [32]byte{}, statecache.ErrNoHistory
}
