package follower_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

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
// time is ten times its number unless written as b15@time; b15#n lies about its
// number. "a14 ... a20" stands for the blocks between, too.
func (s *story) chain(line string) error {
	if from, to, ok := strings.Cut(line, " ... "); ok {
		low, err := refOf(from)
		high, err2 := refOf(to)
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		words := []string{from}
		for n := low.Number + 1; n <= high.Number; n++ {
			words = append(words, fmt.Sprintf("%s%d", from[:1], n))
		}
		line = strings.Join(words, " - ")
	}
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
		case *follower.Safe:
			fmt.Fprintf(&b, "safe %s\n", s.name(e.Ref))
		case *follower.Progress:
			fmt.Fprintf(&b, "progress to %s: %d fetched, %d missing\n", s.name(e.Head), e.Fetched, e.Missing)
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
		var need *follower.Need
		if n := len(events); n > 0 {
			need, _ = events[n-1].(*follower.Need)
		}
		out.WriteString(s.print(events))
		if need == nil {
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
		if d.HasArg("behind") {
			d.ScanArgs(t, "behind", &limits.MaxBehind)
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
	case "begin", "switch":
		var n uint64
		d.ScanArgs(t, "at", &n)
		if d.Cmd == "begin" {
			s.core.Begin(n)
		} else {
			s.core.Switch(n)
		}
		return ""
	case "head", "quiet", "step", "backfill", "finalize", "safe":
		var out strings.Builder
		for _, a := range d.CmdArgs {
			h, ok := s.blocks[a.Key]
			if !ok {
				return "no block " + a.Key
			}
			switch d.Cmd {
			case "head":
				out.WriteString(s.head(h))
			case "quiet": // head without the needs
				for _, line := range strings.SplitAfter(s.head(h), "\n") {
					if !strings.HasPrefix(line, "need ") && !strings.HasPrefix(line, "advanced ") {
						out.WriteString(line)
					}
				}
			case "safe":
				out.WriteString(s.print(s.core.Safe(h.Ref)))
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

// Every depth of a reorganisation up to the window is followed from one head,
// the next deeper one is not, and neither is one below the finalized block.
func TestEveryDepth(t *testing.T) {
	const window, tip = 256, 300
	chain := func(s *story) {
		if err := s.chain(fmt.Sprintf("a0 ... a%d", tip)); err != nil {
			t.Fatal(err)
		}
	}
	for depth := 1; depth <= window+1; depth++ {
		s := &story{core: follower.NewCore(follower.Limits{Window: window}), blocks: map[string]*follower.Header{}, names: map[[32]byte]string{}}
		chain(s)
		s.head(s.blocks["a0"])
		s.head(s.blocks[fmt.Sprint("a", tip)])
		fork := tip - depth
		if err := s.chain(fmt.Sprintf("a%d - b%d", fork, fork+1)); err != nil {
			t.Fatal(err)
		}
		if err := s.chain(fmt.Sprintf("b%d ... b%d", fork+1, tip+1)); err != nil {
			t.Fatal(err)
		}
		final := depth%3 == 0 // the deepest that may be reverted stays above what is final
		if final {
			s.core.Finalize(s.blocks[fmt.Sprint("a", fork)].Ref)
		}
		told := s.head(s.blocks[fmt.Sprint("b", tip+1)])
		now, _ := s.core.Tip()
		if depth > window {
			if !strings.Contains(told, "fault ErrTooDeep") || s.name(now) != fmt.Sprint("a", tip) {
				t.Fatalf("depth %d: at %s after %.200s", depth, s.name(now), told)
			}
			continue
		}
		if !strings.Contains(told, fmt.Sprintf("reorged ancestor=a%d reverted=[a%d", fork, tip)) || s.name(now) != fmt.Sprint("b", tip+1) {
			t.Fatalf("depth %d: at %s after %.200s", depth, s.name(now), told)
		}
		if !final {
			continue
		}
		if err := s.chain(fmt.Sprintf("a%d - c%d - c%d", fork-1, fork, fork+1)); err != nil {
			t.Fatal(err)
		}
		if told := s.head(s.blocks[fmt.Sprint("c", fork+1)]); !strings.Contains(told, "fault ErrBelowFinalized") {
			t.Fatalf("below what is final, %d: %s", fork, told)
		}
	}
}
