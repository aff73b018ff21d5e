package jobs_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/datadriven"

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
)

// counter gives ids 1, 2, 3, …
type counter struct{ n uint64 }

func (c *counter) Read(b []byte) (int, error) {
	c.n++
	clear(b)
	binary.BigEndian.PutUint64(b[len(b)-8:], c.n)
	return len(b), nil
}

// story is a world driven by one file of testdata/stories.
type story struct {
	t       testing.TB
	log     jobs.Log
	modules *jobs.Modules
	cache   *jobstest.Cache
	exec    *jobstest.Executor
	prover  *jobstest.Prover
	anchors *jobstest.Anchors
	ids     *counter
	opts    jobs.Options
	m       *jobs.Manager
	blocks  map[string]jobs.Block
	cursors map[string]jobs.Position
}

func newStory(tb testing.TB) *story {
	tb.Helper()
	s := &story{
		t: tb, log: jobs.NewMemLog(0, 0), cache: &jobstest.Cache{}, exec: &jobstest.Executor{}, prover: &jobstest.Prover{},
		anchors: &jobstest.Anchors{}, ids: &counter{}, blocks: map[string]jobs.Block{}, cursors: map[string]jobs.Position{},
	}
	var err error
	if s.modules, err = jobs.OpenModules(tb.Context(), "", jobstest.Inspector{}, jobs.ModulesOptions{}); err != nil {
		tb.Fatal(err)
	}
	return s
}

func (s *story) open() {
	s.t.Helper()
	o := s.opts
	o.Log, o.Modules, o.States, o.Executor, o.Anchors = s.log, s.modules, s.cache, s.exec, s.anchors
	o.Rand, o.ChainID, o.Workers = s.ids, 1337, 1
	o.Prover = s.prover
	m, err := jobs.Open(context.Background(), o)
	if err != nil {
		s.t.Fatal(err)
	}
	s.m = m
}

func (s *story) close() {
	s.exec.Gate.Open()
	s.prover.Gate.Open()
	s.m.Close()
	if n := s.cache.Pins(); n != 0 {
		s.t.Errorf("%d views still pinned after Close", n)
	}
}

// block "12b" is height 12 on branch b; its parent is given, or is the same
// branch one lower, or the trunk.
func (s *story) block(name, parent string) jobs.Block {
	if b, ok := s.blocks[name]; ok {
		return b
	}
	digits := strings.TrimRight(name, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		s.t.Fatalf("block %q: %v", name, err)
	}
	branch := name[len(digits):]
	var up jobs.Hash
	for _, p := range []string{parent, fmt.Sprint(n-1) + branch, fmt.Sprint(n - 1)} {
		if b, ok := s.blocks[p]; ok {
			up = b.Hash
			break
		}
	}
	b := jobstest.BlockOf(n, branch, up)
	s.blocks[name] = b
	return b
}

func (s *story) name(r jobs.BlockRef) string {
	for n, b := range s.blocks {
		if b.Ref() == r {
			return n
		}
	}
	return r.String()
}

func short(id string) string { return "#" + strings.TrimLeft(strings.TrimPrefix(id, "0x"), "0") }

func long(id string) string {
	n, _ := strconv.ParseUint(strings.TrimPrefix(id, "#"), 16, 64)
	return fmt.Sprintf("0x%032x", n)
}

func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStory(t)
				s.open()
				defer s.close()
				datadriven.RunTest(t, f, func(_ *testing.T, d *datadriven.TestData) string {
					out := s.run(d)
					synctest.Wait()
					return out
				})
			})
		})
	}
}

func arg(d *datadriven.TestData, key string) string {
	for _, a := range d.CmdArgs {
		if a.Key == key && len(a.Vals) > 0 {
			return a.Vals[0]
		}
	}
	return ""
}

func flag(d *datadriven.TestData, key string) bool {
	for _, a := range d.CmdArgs {
		if a.Key == key {
			return true
		}
	}
	return false
}

// errName is the sentinel of an error, so that stories do not pin wording.
func errName(err error) string {
	for _, e := range []error{
		jobs.ErrNotFound, jobs.ErrInvalidModule, jobs.ErrNotProvable, jobs.ErrInvalidInput, jobs.ErrTriggerKind,
		jobs.ErrFinished, jobs.ErrUnknownBlock, jobs.ErrQueueFull, jobs.ErrBelowFinalized, jobs.ErrUnlinked,
		jobs.ErrTooOld, jobs.ErrOtherLog,
	} {
		if errors.Is(err, e) {
			return "error: " + e.Error() + "\n"
		}
	}
	return fmt.Sprintf("error: %v\n", err)
}

func (s *story) module(name string) jobs.Hash {
	mod, err := s.modules.Put(context.Background(), jobstest.Wasm(name), name)
	if err != nil {
		s.t.Fatal(err)
	}
	return mod.Hash
}

func (s *story) run(d *datadriven.TestData) string {
	ctx := context.Background()
	first := ""
	if len(d.CmdArgs) > 0 {
		first = d.CmdArgs[0].Key
	}
	var err error
	switch d.Cmd {
	case "trigger":
		var t jobs.Trigger
		t, err = s.m.CreateTrigger(ctx, jobs.NewTrigger{
			Program: s.module(first), Input: []byte(arg(d, "input")), On: jobs.TriggerOn{EveryBlock: true}, Prove: flag(d, "prove"),
		})
		if err == nil {
			return short(string(t.ID)) + "\n"
		}
	case "untrigger":
		err = s.m.DeleteTrigger(ctx, jobs.TriggerID(long(first)))
	case "advance":
		for _, a := range d.CmdArgs {
			if a.Key == "parent" {
				continue
			}
			if err = s.m.Advanced(ctx, s.block(a.Key, arg(d, "parent"))); err != nil {
				return errName(err)
			}
			synctest.Wait()
		}
	case "reorg":
		err = s.m.Reorged(ctx, s.blocks[first].Ref())
	case "finalize":
		err = s.m.Finalized(ctx, s.blocks[first].Ref())
	case "safe":
		s.m.Safe(s.blocks[first].Ref())
	case "anchor":
		err = s.m.Anchored(ctx, s.blocks[first].Ref(), jobs.Anchor{Tx: jobs.Hash{0xaa}})
	case "submit":
		return s.submit(d, first)
	case "cancel":
		err = s.m.Cancel(ctx, jobs.JobID(long(first)))
	case "hold":
		s.gate(first).Close()
	case "release":
		s.gate(first).Open()
	case "sleep":
		var dur time.Duration
		if dur, err = time.ParseDuration(first); err == nil {
			time.Sleep(dur)
		}
	case "evict":
		n, _ := strconv.ParseUint(first, 10, 64)
		s.cache.Evict(n)
	case "cache-fails":
		s.cache.Fail(errors.New("disk on fire"))
	case "cache-works":
		s.cache.Fail(nil)
	case "restart":
		exec, proofs := s.exec, s.prover
		s.m.Close()
		if n := s.cache.Pins(); n != 0 {
			return fmt.Sprintf("%d views still pinned\n", n)
		}
		s.exec, s.prover = exec, proofs
		s.open()
	case "sync":
		err = s.m.Sync(ctx, s.chain(d))
	case "jobs":
		return s.table()
	case "records":
		return s.records()
	case "cursor":
		return s.read(d, first)
	case "status":
		st := s.m.Status()
		return fmt.Sprintf("head=%s finalized=%s queued=%d running=%d proofs=%d proving=%d pins=%d %+v\n", s.name(st.Head.Ref()),
			s.name(st.Finalized), st.Queued, st.Running, st.ProofsQueued, st.Proving, s.cache.Pins(), st.Count)
	default:
		s.t.Fatalf("unknown command %q", d.Cmd)
	}
	if err != nil {
		return errName(err)
	}
	return ""
}

func (s *story) gate(name string) *jobstest.Gate {
	if name == "prover" {
		return &s.prover.Gate
	}
	return &s.exec.Gate
}

func (s *story) submit(d *datadriven.TestData, module string) string {
	at := jobs.At{}
	switch v := arg(d, "at"); {
	case v == "":
	case strings.HasPrefix(v, "#"):
		at = jobs.At{Kind: jobs.AtHash, Hash: s.blocks[v[1:]].Hash}
	case v[0] >= '0' && v[0] <= '9':
		n, _ := strconv.ParseUint(v, 10, 64)
		at = jobs.At{Kind: jobs.AtNumber, Number: jobs.Quantity(n)}
	default:
		at = jobs.At{Kind: jobs.AtKind(v)}
	}
	id, dup, err := s.m.Submit(context.Background(), jobs.Submission{
		Program: s.module(module), Input: []byte(arg(d, "input")), At: at, Prove: flag(d, "prove"),
	})
	switch {
	case err != nil:
		return errName(err)
	case dup:
		return short(string(id)) + " duplicate\n"
	default:
		return short(string(id)) + "\n"
	}
}

type fakeChain []jobs.Block

func (c fakeChain) Head() (jobs.Block, bool) {
	if len(c) == 0 {
		return jobs.Block{}, false
	}
	return c[len(c)-1], true
}

func (c fakeChain) Canonical(n uint64) (jobs.Block, bool) {
	for _, b := range c {
		if uint64(b.Number) == n {
			return b, true
		}
	}
	return jobs.Block{}, false
}

func (s *story) chain(d *datadriven.TestData) fakeChain {
	var c fakeChain
	for _, a := range d.CmdArgs {
		c = append(c, s.block(a.Key, ""))
	}
	return c
}

func (s *story) table() string {
	var b strings.Builder
	list := s.m.Jobs(1000)
	for i := len(list) - 1; i >= 0; i-- {
		j := list[i]
		fmt.Fprintf(&b, "%s at %s %s", short(string(j.ID)), s.name(j.Block), j.State)
		if j.Failure != nil {
			fmt.Fprintf(&b, " (%s: %s)", j.Failure.Class, j.Failure.Reason)
		}
		if j.RetryOf != "" {
			fmt.Fprintf(&b, " attempt %d after %s", j.Attempt, short(string(j.RetryOf)))
		}
		if j.Anchor != nil {
			b.WriteString(" anchored")
		}
		if j.Finalized {
			b.WriteString(" final")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (s *story) describe(r *jobs.Record) string {
	switch r.Type {
	case jobs.RecAdvance:
		gap := ""
		if r.Gap {
			gap = " after a gap"
		}
		return fmt.Sprintf("advance %s jobs=%d%s", s.name(r.Block.Ref()), r.NewJobs(), gap)
	case jobs.RecSubmit:
		return "submit"
	case jobs.RecData:
		var items []string
		for _, it := range r.Items {
			items = append(items, fmt.Sprintf("%s %s", short(string(it.ID)), it.State))
		}
		return fmt.Sprintf("data %s [%s] complete=%v", s.name(r.Block.Ref()), strings.Join(items, ", "), r.Complete)
	case jobs.RecProof:
		return fmt.Sprintf("proof %s %s", short(string(r.Job)), r.Status)
	case jobs.RecUndo:
		var ids []string
		for _, u := range r.Undone {
			ids = append(ids, short(string(u.ID)))
		}
		return fmt.Sprintf("undo %s -> %s [%s]", s.name(*r.From), s.name(*r.To), strings.Join(ids, " "))
	case jobs.RecFinal:
		return "final " + s.name(*r.To)
	case jobs.RecAnchor:
		return "anchor " + s.name(*r.Ref)
	case jobs.RecCancel:
		return "cancel " + short(string(r.Job))
	default:
		return string(r.Type)
	}
}

func (s *story) records() string {
	var b strings.Builder
	from, _ := s.log.Bounds()
	recs, err := s.m.Records(from, 1000)
	if err != nil {
		return errName(err)
	}
	for _, r := range recs {
		fmt.Fprintf(&b, "%d %s\n", r.Seq, s.describe(r))
	}
	return b.String()
}

// read opens a stream (from=NAME resumes a saved cursor, oldest, height=N),
// prints what is there now, and saves its position under the given name.
func (s *story) read(d *datadriven.TestData, name string) string {
	o := jobs.StreamOptions{Finality: jobs.Finality(arg(d, "finality")), Oldest: flag(d, "oldest")}
	if from := arg(d, "from"); from != "" {
		p := s.cursors[from]
		o.From = &p
	}
	if h := arg(d, "height"); h != "" {
		n, _ := strconv.ParseUint(h, 10, 64)
		o.Height = &n
	}
	st, err := s.m.Stream(o)
	if err != nil {
		return errName(err)
	}
	limit := 1000
	if l := arg(d, "limit"); l != "" {
		limit, _ = strconv.Atoi(l)
	}
	var b strings.Builder
	s.cursors[name] = st.Position()
	for range limit {
		ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
		e, err := st.Next(ctx)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			break
		}
		if err != nil {
			return b.String() + errName(err)
		}
		s.cursors[name] = e.Pos
		src := ""
		if e.Resumed {
			src = " (source: cursor)"
		}
		fmt.Fprintf(&b, "%s%s\n", s.describe(e.Record), src)
	}
	return b.String()
}
