package follower_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"pgregory.net/rapid"

	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// story is the interpreter of testdata/stories: blocks are named by a letter
// (the branch) and their number: a14, b15.
type story struct {
	core   *follower.Core
	blocks map[string]*follower.Header
	names  map[[32]byte]string
}

func refOf(name string) (statecache.BlockRef, error) {
	n, err := strconv.ParseUint(name[1:], 10, 64)
	return statecache.BlockRef{Number: n, Hash: sha256.Sum256([]byte(name))}, err
}

// chain defines blocks: "a14 - b15 - b16" makes b15 a child of a14. A block's
// time is ten times its number unless written as b15@time; b15#n lies about its number.
func (s *story) chain(line string) error {
	var parent *follower.Header
	for _, word := range strings.Split(line, " - ") {
		name, at, _ := strings.Cut(strings.TrimSpace(word), "@")
		name, lie, _ := strings.Cut(name, "#")
		if h, ok := s.blocks[name]; ok {
			parent = h
			continue
		}
		ref, err := refOf(name)
		if err != nil {
			return err
		}
		s.names[ref.Hash] = name
		h := &follower.Header{Ref: ref, Timestamp: 10 * ref.Number}
		if at != "" {
			h.Timestamp, _ = strconv.ParseUint(at, 10, 64)
		}
		if lie != "" {
			h.Ref.Number, _ = strconv.ParseUint(lie, 10, 64)
		}
		if parent != nil {
			h.ParentHash = parent.Ref.Hash
		} else {
			h.ParentHash = sha256.Sum256([]byte("parent of " + name))
		}
		s.blocks[name], parent = h, h
	}
	return nil
}

func (s *story) name(r statecache.BlockRef) string {
	if n, ok := s.names[r.Hash]; ok {
		return n
	}
	return fmt.Sprintf("unknown@%d", r.Number)
}

func (s *story) list(refs []statecache.BlockRef) string {
	var out []string
	for _, r := range refs {
		out = append(out, s.name(r))
	}
	return "[" + strings.Join(out, " ") + "]"
}

var sentinels = map[error]string{
	follower.ErrBelowFinalized: "ErrBelowFinalized", follower.ErrTooDeep: "ErrTooDeep", follower.ErrWentBack: "ErrWentBack",
	follower.ErrFinalizedMismatch: "ErrFinalizedMismatch", follower.ErrBadLink: "ErrBadLink", follower.ErrGap: "ErrGap",
}

func sentinel(err error) string {
	for e, name := range sentinels {
		if errors.Is(err, e) {
			return name
		}
	}
	return fmt.Sprint(err)
}

func (s *story) print(events []follower.Event) string {
	var b strings.Builder
	for _, e := range events {
		switch e := e.(type) {
		case *follower.Advanced:
			fmt.Fprintf(&b, "advanced %s\n", s.name(e.Header.Ref))
		case *follower.Reorged:
			var applied []statecache.BlockRef
			for _, h := range e.Applied {
				applied = append(applied, h.Ref)
			}
			fmt.Fprintf(&b, "reorged ancestor=%s reverted=%s applied=%s\n", s.name(e.CommonAncestor), s.list(e.Reverted), s.list(applied))
		case *follower.Finalized:
			fmt.Fprintf(&b, "finalized %s\n", s.name(e.Ref))
		case *follower.Need:
			fmt.Fprintf(&b, "need %s\n", s.name(e.Ref))
		case *follower.Fault:
			fmt.Fprintf(&b, "fault %s at %s\n", sentinel(e.Err), s.name(e.Ref))
		}
	}
	if b.Len() == 0 {
		return "nothing\n"
	}
	return b.String()
}

// head steps and serves what the core needs.
func (s *story) head(h *follower.Header) string {
	var out strings.Builder
	events := s.core.Step(h)
	for {
		need, ok := (*follower.Need)(nil), false
		if len(events) == 1 {
			need, ok = events[0].(*follower.Need)
		}
		out.WriteString(s.print(events))
		if !ok {
			return out.String()
		}
		parent := s.blocks[s.name(need.Ref)]
		if parent == nil {
			return out.String()
		}
		events = s.core.Backfill(parent)
	}
}

func (s *story) run(t *testing.T, d *datadriven.TestData) string {
	t.Helper()
	switch d.Cmd {
	case "new":
		var limits follower.Limits
		if d.HasArg("window") {
			d.ScanArgs(t, "window", &limits.Window)
		}
		if d.HasArg("gap") {
			d.ScanArgs(t, "gap", &limits.MaxGap)
		}
		s.core, s.blocks, s.names = follower.NewCore(limits), map[string]*follower.Header{}, map[[32]byte]string{}
		return ""
	case "chain":
		for _, line := range strings.Split(strings.TrimSpace(d.Input), "\n") {
			if err := s.chain(line); err != nil {
				return err.Error()
			}
		}
		return ""
	case "resume":
		var refs []statecache.BlockRef
		for _, a := range d.CmdArgs {
			refs = append(refs, s.blocks[a.Key].Ref)
		}
		core, err := follower.Resume(follower.Limits{}, refs, statecache.BlockRef{})
		if err != nil {
			return sentinel(err) + "\n"
		}
		s.core = core
		return "ok\n"
	case "head", "step", "backfill", "finalize":
		var out strings.Builder
		for _, a := range d.CmdArgs {
			h, ok := s.blocks[a.Key]
			if !ok {
				return "no block " + a.Key
			}
			switch d.Cmd {
			case "head":
				out.WriteString(s.head(h))
			case "step":
				out.WriteString(s.print(s.core.Step(h)))
			case "backfill":
				out.WriteString(s.print(s.core.Backfill(h)))
			case "finalize":
				out.WriteString(s.print(s.core.Finalize(h.Ref)))
			}
		}
		return out.String()
	case "status":
		tip, _ := s.core.Tip()
		paused := "following"
		if err := s.core.Paused(); err != nil {
			paused = "paused " + sentinel(err)
		}
		return fmt.Sprintf("tip %s finalized %s %s\n", s.name(tip), s.name(s.core.Finalized()), paused)
	}
	return "unknown command " + d.Cmd
}

func TestStories(t *testing.T) {
	datadriven.Walk(t, "testdata/stories", func(t *testing.T, path string) {
		s := &story{}
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string { return s.run(t, d) })
	})
}

// A random tree of blocks, announced in random order: the events rebuild a
// chain that is always linked and always ends at the last accepted head.
func TestEventsRebuildTheChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		genesis := &follower.Header{Ref: statecache.BlockRef{Number: 1, Hash: sha256.Sum256([]byte("g"))}, Timestamp: 1}
		tree := []*follower.Header{genesis}
		byHash := map[[32]byte]*follower.Header{genesis.Ref.Hash: genesis}
		for i := range rapid.IntRange(1, 60).Draw(t, "blocks") {
			p := tree[rapid.IntRange(max(0, len(tree)-6), len(tree)-1).Draw(t, "parent")]
			h := &follower.Header{
				Ref:        statecache.BlockRef{Number: p.Ref.Number + 1, Hash: sha256.Sum256([]byte{byte(i)})},
				ParentHash: p.Ref.Hash, Timestamp: p.Timestamp + 1,
			}
			tree = append(tree, h)
			byHash[h.Ref.Hash] = h
		}
		core := follower.NewCore(follower.Limits{Window: 12})
		core.Step(genesis)
		got := []statecache.BlockRef{genesis.Ref}
		var finalized uint64
		for range 80 {
			h := tree[rapid.IntRange(0, len(tree)-1).Draw(t, "head")]
			tip, _ := core.Tip()
			events, accepted := core.Step(h), h.Ref == tip
			for len(events) > 0 {
				e := events[0]
				events = events[1:]
				switch e := e.(type) {
				case *follower.Need:
					events = append(events, core.Backfill(byHash[e.Ref.Hash])...)
				case *follower.Advanced:
					got, accepted = append(got, e.Header.Ref), true
					if e.Header.ParentHash != got[len(got)-2].Hash {
						t.Fatalf("advanced %v is not linked", e.Header.Ref)
					}
				case *follower.Reorged:
					accepted = true
					if uint64(len(e.Reverted)) > 12 || e.CommonAncestor.Number < finalized {
						t.Fatalf("reverted %d blocks to %v, finalized %d", len(e.Reverted), e.CommonAncestor, finalized)
					}
					for _, r := range e.Reverted {
						if got[len(got)-1] != r {
							t.Fatalf("reverted %v, chain ends at %v", r, got[len(got)-1])
						}
						got = got[:len(got)-1]
					}
					if got[len(got)-1] != e.CommonAncestor {
						t.Fatalf("ancestor %v, chain ends at %v", e.CommonAncestor, got[len(got)-1])
					}
					for _, a := range e.Applied {
						if a.ParentHash != got[len(got)-1].Hash {
							t.Fatalf("applied %v is not linked", a.Ref)
						}
						got = append(got, a.Ref)
					}
				}
			}
			tip, _ = core.Tip()
			if got[len(got)-1] != tip || accepted != (core.Paused() == nil) || accepted && tip != h.Ref {
				t.Fatalf("head %v: chain ends at %v, tip %v, paused %v", h.Ref, got[len(got)-1], tip, core.Paused())
			}
			if tip.Number > 8 && rapid.Bool().Draw(t, "finalize") {
				core.Finalize(got[tip.Number-1-5])
				finalized = core.Finalized().Number
			}
		}
	})
}
