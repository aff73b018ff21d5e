package follower_test

import (
	"testing"

	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// A node names a finalized block above the chain that never comes, and goes away.
// The next node is not blamed for it.
func TestAttackFinalizedOfANodeThatLeft(t *testing.T) {
	f, h := newForest()
	core := follower.NewCore(follower.Limits{Window: 16})
	core.Step(h)
	if e := core.Finalize(statecache.BlockRef{Number: h.Ref.Number + 3, Hash: [32]byte{1}}); len(e) != 0 {
		t.Fatalf("%+v", e)
	}
	core.Switch(0)
	for range 5 {
		h = f.child(h)
		for _, e := range core.Step(h) {
			if fault, ok := e.(*follower.Fault); ok {
				t.Fatalf("block %v: %v", h.Ref, fault.Err)
			}
		}
	}
	if core.Paused() != nil || core.Finalized() != (statecache.BlockRef{}) {
		t.Errorf("%v, finalized %v", core.Paused(), core.Finalized())
	}
}
