package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vmhost/jobs"
	"vmhost/jobs/jobstest"
)

// faultyLog fails one append.
type faultyLog struct {
	jobs.Log
	failAt, n int
	mode      string
}

var errDisk = errors.New("disk full")

func (l *faultyLog) Append(records [][]byte) (uint64, error) {
	l.n++
	if l.n != l.failAt {
		return l.Log.Append(records)
	}
	switch l.mode {
	case "clean": // failed, certainly not stored: disk full
		return 0, fmt.Errorf("%w: %w", jobs.ErrAppend, errDisk)
	case "lost": // failed, nobody knows; it was not stored
		return 0, fmt.Errorf("%w: %w", jobs.ErrLogBroken, errDisk)
	default: // "stored": failed, nobody knows; it was stored
		if _, err := l.Log.Append(records); err != nil {
			return 0, err
		}
		return 0, fmt.Errorf("%w: %w", jobs.ErrLogBroken, errDisk)
	}
}

// crashScript is a life with every kind of record. Each step may be repeated
// after a failure that left it open whether the step took place.
func crashScript(s *story) []func() error {
	ctx := context.Background()
	adv := func(name string) func() error {
		return func() error { return s.m.Advanced(ctx, s.block(name, "")) }
	}
	var trig jobs.Trigger
	return []func() error{
		func() (err error) {
			trig, err = s.m.CreateTrigger(ctx, jobs.NewTrigger{
				Program: s.module("sum"), On: jobs.TriggerOn{EveryBlock: true}, Prove: true,
			})
			return err
		},
		adv("1"), adv("2"), adv("3"),
		func() error {
			_, _, err := s.m.Submit(ctx, jobs.Submission{Program: s.module("sum"), Input: []byte("x"), At: jobs.At{Kind: jobs.AtNumber, Number: 2}})
			return err
		},
		func() error { return s.m.Anchored(ctx, s.blocks["1"].Ref(), jobs.Anchor{Tx: jobs.Hash{1}}) },
		func() error { return s.m.Reorged(ctx, s.blocks["1"].Ref()) },
		adv("2b"), adv("3b"),
		func() error { return s.m.Finalized(ctx, s.blocks["2b"].Ref()) },
		func() error {
			err := s.m.DeleteTrigger(ctx, trig.ID)
			if errors.Is(err, jobs.ErrNotFound) {
				return nil // it took place before the failure
			}
			return err
		},
		adv("4b"),
	}
}

// summary is what must be the same whatever happened on the way: for each
// block, the live jobs; and the chain.
func summary(s *story) string {
	var b strings.Builder
	for _, j := range s.m.Jobs(1000) {
		if j.State != jobs.Undone {
			fmt.Fprintf(&b, "%s %s %v prove=%v anchored=%v final=%v\n", s.name(j.Block), j.State, j.Result.Journal, j.Prove, j.Anchor != nil, j.Finalized)
		}
	}
	st := s.m.Status()
	fmt.Fprintf(&b, "head %s final %s triggers %d pins %d", s.name(st.Head.Ref()), s.name(st.Finalized), st.Triggers, s.cache.Pins())
	return b.String()
}

func runCrash(t *testing.T, failAt int, mode string) (out string, appends int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newStory(t)
		durable := s.log
		faulty := &faultyLog{Log: durable, failAt: failAt, mode: mode}
		s.log = faulty
		s.open()
		for i, step := range crashScript(s) {
			for try := 0; ; try++ {
				err := step()
				time.Sleep(time.Minute) // let work and retries finish
				synctest.Wait()
				dead := s.m.Err() != nil
				if dead {
					if !errors.Is(s.m.Err(), jobs.ErrLogBroken) {
						t.Fatalf("step %d: stopped by %v", i, s.m.Err())
					}
					if e := s.m.Advanced(context.Background(), s.block("9z", "")); !errors.Is(e, jobs.ErrLogBroken) {
						t.Fatalf("a stopped manager accepted a block: %v", e)
					}
					s.m.Close()
					s.open()
					time.Sleep(time.Minute)
				}
				if err == nil {
					break
				}
				if !errors.Is(err, errDisk) || try > 1 {
					t.Fatalf("step %d try %d: %v", i, try, err)
				}
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		out, appends = summary(s), faulty.n
		s.close()
		// What the log says is what the state was.
		s.open()
		synctest.Wait()
		if again := summary(s); again != out {
			t.Errorf("append %d %s: after a reopen\n%s\nbefore\n%s", failAt, mode, again, out)
		}
		s.close()
	})
	return out, appends
}

func TestCrashTable(t *testing.T) {
	want, appends := runCrash(t, 0, "")
	if !strings.Contains(want, "head 4b final 2b triggers 0 pins 0") || appends < 20 {
		t.Fatalf("%d appends, ends with\n%s", appends, want)
	}
	for _, mode := range []string{"clean", "lost", "stored"} {
		for n := 1; n <= appends; n++ {
			if got, _ := runCrash(t, n, mode); got != want {
				t.Errorf("append %d failed (%s):\n%s\nwant\n%s", n, mode, got, want)
			}
		}
	}
}

// The same on files: a write that fails half way is cut off and tried again.
type faultyFile struct {
	jobs.File
	fail    *int // countdown to a failing sync
	cutWork bool
}

func (f *faultyFile) Write(b []byte) (int, error) {
	*f.fail--
	if *f.fail == 0 {
		n, _ := f.File.Write(b[:len(b)/2])
		return n, errDisk
	}
	return f.File.Write(b)
}

func (f *faultyFile) Truncate(n int64) error {
	if !f.cutWork {
		return errDisk
	}
	return f.File.Truncate(n)
}

func TestFileLogAppendFails(t *testing.T) {
	for _, cut := range []bool{true, false} {
		dir, fail := t.TempDir(), 3
		l := openLog(t, dir, jobs.FileLogOptions{WrapFile: func(f jobs.File) jobs.File {
			return &faultyFile{File: f, fail: &fail, cutWork: cut}
		}})
		appendN(t, l, 1, 2)
		_, err := l.Append([][]byte{rec(3)})
		if cut {
			if !errors.Is(err, jobs.ErrAppend) || !errors.Is(err, errDisk) {
				t.Fatal(err)
			}
			appendN(t, l, 3, 1) // the same number again
		} else {
			if !errors.Is(err, jobs.ErrLogBroken) {
				t.Fatal(err)
			}
			if _, err := l.Append([][]byte{rec(3)}); !errors.Is(err, jobs.ErrLogBroken) {
				t.Fatal("a broken log appended:", err)
			}
		}
		_ = l.Close()
		l = openLog(t, dir, jobs.FileLogOptions{})
		want := 2
		if cut {
			want = 3
		}
		if got := readAll(t, l); len(got) != want {
			t.Fatalf("cut=%v: %d entries after reopening, want %d", cut, len(got), want)
		}
	}
}

// A trigger job that hangs does not hold back the others of its block: after
// BatchWait what is there is recorded, the rest follows.
func TestBatchWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStory(t)
		s.opts.BatchWait = 30 * time.Millisecond
		s.open()
		defer s.close()
		slow := &slowExecutor{Executor: s.exec}
		s.m.Close()
		ctx := context.Background()
		m, err := jobs.Open(ctx, jobs.Options{
			Log: s.log, Modules: s.modules, States: s.cache, Executor: slow, Workers: 2, BatchWait: 30 * time.Millisecond,
		})
		if err != nil {
			t.Fatal(err)
		}
		s.m = m
		for _, in := range []string{"quick", "slow"} {
			if _, err := m.CreateTrigger(ctx, jobs.NewTrigger{Program: s.module("sum"), Input: []byte(in), On: jobs.TriggerOn{EveryBlock: true}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Advanced(ctx, s.block("1", "")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(29 * time.Millisecond)
		synctest.Wait()
		if n := strings.Count(s.records(), "data"); n != 0 {
			t.Fatalf("recorded too early:\n%s", s.records())
		}
		time.Sleep(2 * time.Millisecond)
		synctest.Wait()
		if r := s.records(); !strings.Contains(r, "executed] complete=false") {
			t.Fatalf("the quick one waits:\n%s", r)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if r := s.records(); strings.Count(r, "data") != 2 || !strings.Contains(r, "executed] complete=true") {
			t.Fatalf("the block is not complete:\n%s", r)
		}
	})
}

type slowExecutor struct{ *jobstest.Executor }

func (e *slowExecutor) Execute(ctx context.Context, r jobs.ExecRequest) (jobs.Result, error) {
	if string(r.Input) == "slow" {
		select {
		case <-time.After(500 * time.Millisecond):
		case <-ctx.Done():
			return jobs.Result{}, ctx.Err()
		}
	}
	return e.Executor.Execute(ctx, r)
}

// Rolling and dropping segments keeps the state, forgets the old, and refuses
// old cursors.
func TestRetention(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStory(t)
		s.log = jobs.NewMemLog(10, 2)
		s.open()
		defer func() { s.m.Close() }()
		ctx := context.Background()
		if _, err := s.m.CreateTrigger(ctx, jobs.NewTrigger{Program: s.module("sum"), On: jobs.TriggerOn{EveryBlock: true}, Prove: true}); err != nil {
			t.Fatal(err)
		}
		old, err := s.m.Stream(jobs.StreamOptions{})
		if err != nil {
			t.Fatal(err)
		}
		start := old.Position()
		for i := 1; i <= 60; i++ {
			name := fmt.Sprint(i)
			if err := s.m.Advanced(ctx, s.block(name, "")); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if i > 3 {
				if err := s.m.Finalized(ctx, s.blocks[fmt.Sprint(i-3)].Ref()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := s.m.Stream(jobs.StreamOptions{From: &start}); !errors.Is(err, jobs.ErrTooOld) {
			t.Fatal("a cursor past retention:", err)
		}
		if _, err := old.Next(ctx); !errors.Is(err, jobs.ErrTooOld) {
			t.Fatal("a reader past retention:", err)
		}
		oldest := s.m.Oldest()
		if _, err := s.m.Stream(jobs.StreamOptions{From: &oldest}); err != nil {
			t.Fatal("the oldest cursor:", err)
		}
		if n := len(s.m.Jobs(1000)); n >= 30 || n < 4 {
			t.Fatalf("%d jobs are kept", n)
		}
		before, err := s.m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		s.close()
		s.open()
		synctest.Wait()
		after, err := s.m.Encode()
		if err != nil || string(after) != string(before) {
			t.Fatalf("recovered state differs: %v\n%s\n%s", err, before, after)
		}
		s.close()
	})
}

func TestCursorOfAnotherLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newStory(t), newStory(t)
		for _, s := range []*story{a, b} {
			s.open()
			defer s.close()
			for _, n := range []string{"1", "2"} {
				if err := s.m.Advanced(t.Context(), s.block(n, "")); err != nil {
					t.Fatal(err)
				}
			}
		}
		st, err := a.m.Stream(jobs.StreamOptions{})
		if err != nil {
			t.Fatal(err)
		}
		good := st.Position()
		if _, err := a.m.Stream(jobs.StreamOptions{From: &good}); err != nil {
			t.Fatal(err)
		}
		bad := map[string]jobs.Position{"other server": good, "other history": good, "future": good, "other block": good}
		for name, p := range bad {
			m := a.m
			switch name {
			case "other server":
				m = b.m
			case "other history":
				p.Check[0] ^= 1
			case "future":
				p.Seq, p.Check = 99, jobs.Check{}
			case "other block":
				p.Head.Hash[0] ^= 1
			}
			if _, err := m.Stream(jobs.StreamOptions{From: &p}); !errors.Is(err, jobs.ErrOtherLog) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestProverDisagrees(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStory(t)
		s.open()
		defer s.close()
		s.prover.Lie.Store(true)
		if err := s.m.Advanced(t.Context(), s.block("1", "")); err != nil {
			t.Fatal(err)
		}
		id, _, err := s.m.Submit(t.Context(), jobs.Submission{Program: s.module("sum"), Prove: true})
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		j, err := s.m.Job(id)
		if err != nil || j.State != jobs.Failed || j.Failure.Class != jobs.FailInternal || j.Result == nil {
			t.Fatalf("%+v %v", j, err)
		}
		if _, err := s.m.ProofFile(id); !errors.Is(err, jobs.ErrNotFound) {
			t.Fatal("a proof of a lie:", err)
		}
	})
}
