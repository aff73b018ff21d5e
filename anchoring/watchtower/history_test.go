package watchtower_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// past is an operator's cache of the last blocks, with lies about one of them.
func (s *site) past(lie func(age int, f *statefile.File, h *statecache.BlockHeader)) *statefile.File {
	s.t.Helper()
	const blocks = 4
	if err := s.chain.Mine(2); err != nil {
		s.t.Fatal(err)
	}
	cache, err := statecache.New(statecache.Options{ChainID: 1337, Window: blocks + 1})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range s.watch.Collections {
		if err := cache.Define(c); err != nil {
			s.t.Fatal(err)
		}
	}
	head, _ := s.chain.Head()
	var last statecache.BlockRef
	for age := blocks - 1; age >= 0; age-- {
		h, err := s.node.HeaderByNumber(s.t.Context(), head-1-uint64(age))
		if err != nil {
			s.t.Fatal(err)
		}
		f, err := statefile.FetchBlock(s.t.Context(), s.node, h.Ref.Hash, s.watch)
		if err != nil {
			s.t.Fatal(err)
		}
		header := h.Block()
		for i := range f.Collections {
			f.Collections[i].Values = slices.Clone(f.Collections[i].Values)
		}
		lie(age, f, &header)
		if age < blocks-1 {
			header.Parent = last.Hash
		}
		var changes []statecache.Change
		for _, c := range f.Collections {
			for i, v := range c.Values {
				changes = append(changes, statecache.Change{Collection: c.Name, Index: uint32(i), Value: v})
			}
		}
		if _, err := cache.Apply(header, changes); err != nil {
			s.t.Fatal(err)
		}
		last = header.Ref
	}
	v, err := cache.View(last, "test", time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(v.Release)
	s.anchor(v)
	f, err := statefile.FromView(v, 1, 2, 3)
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

// What a published state says of earlier blocks is judged like the rest, and
// takes the anchor down.
func TestFalseHistory(t *testing.T) {
	s := newSite(t)
	for _, story := range []struct {
		name, claim, what string
		lie               func(age int, f *statefile.File, h *statecache.BlockHeader)
	}{
		{"nothing", "", "", func(int, *statefile.File, *statecache.BlockHeader) {}},
		{"a value two blocks ago", "refuteValue", "history, block", func(age int, f *statefile.File, _ *statecache.BlockHeader) {
			if age == 2 {
				f.Collections[0].Values[3][31] ^= 1
			}
		}},
		{"the hash of the oldest", "refuteHistoryHash", "on chain 0x", func(age int, _ *statefile.File, h *statecache.BlockHeader) {
			if age == 3 {
				h.Ref.Hash[5] ^= 1
			}
		}},
		{"a value of the block itself", "refuteValue", "balances[7]", func(age int, f *statefile.File, _ *statecache.BlockHeader) {
			if age == 0 {
				f.Collections[1].Values[7][31] ^= 1
			}
		}},
	} {
		f := s.past(story.lie)
		found, err := s.watcher.CheckAnchor(t.Context(), s.registry, f)
		switch {
		case err != nil:
			t.Errorf("%s: %v", story.name, err)
		case story.claim == "" && found != nil, story.claim != "" && (found == nil || found.Challenge.Kind != story.claim || !strings.Contains(found.What, story.what)):
			t.Errorf("%s: %+v", story.name, found)
		case found != nil:
			t.Log(found.What)
			if _, err := s.dial(4, true).SendChallenge(t.Context(), s.registry, found); err != nil {
				t.Errorf("%s: %v", story.name, err)
			}
			if _, err := s.watcher.CheckAnchor(t.Context(), s.registry, f); !errors.Is(err, anchoring.ErrNotAnchored) {
				t.Errorf("%s: after it fell: %v", story.name, err)
			}
		}
	}
	// A path that does not lead to the root: not what was anchored.
	f := s.past(func(int, *statefile.File, *statecache.BlockHeader) {})
	f.Past[1].Path[4][2][31] ^= 1
	if _, err := s.watcher.CheckAnchor(t.Context(), s.registry, f); !errors.Is(err, anchoring.ErrWithheld) {
		t.Errorf("a broken path: %v", err)
	}
}
