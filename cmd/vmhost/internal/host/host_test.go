package host

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	balancedist "vmhost/examples/wasm/balance-dist"
	reserveratio "vmhost/examples/wasm/reserve-ratio"
	"vmhost/internal/vmabi"
	"vmhost/jobs"
	"vmhost/jobs/jobstest"
	"vmhost/proofs"
	vmruntime "vmhost/runtime"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// asWorker makes the test binary behave as the prove worker.
const asWorker = "VMHOST_TEST_AS_WORKER"

func TestMain(m *testing.M) {
	switch os.Getenv(asWorker) {
	case "prove":
		err := ServeProofs(context.Background(), os.Stdin, os.Stdout, WorkerOptions{Keys: os.Getenv("VMHOST_TEST_KEYS"), UnsafeDev: true})
		if err != nil {
			_, _ = io.WriteString(os.Stderr, err.Error())
			os.Exit(1)
		}
		os.Exit(0)
	case "crash":
		_, _ = io.WriteString(os.Stderr, "no memory left")
		os.Exit(7)
	case "babble":
		_, _ = io.WriteString(os.Stdout, "hello\n")
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	case "hang":
		_, _ = io.Copy(io.Discard, os.Stdin)
		select {}
	}
	os.Exit(m.Run())
}

func slot(i byte) [32]byte { return [32]byte{31: i} }

// cacheWith holds n blocks with the collection pool (two reserves) and history.
func cacheWith(t *testing.T, n uint64) *statecache.Cache {
	t.Helper()
	cache, err := statecache.New(statecache.Options{ChainID: 1337, Window: 8})
	if err != nil {
		t.Fatal(err)
	}
	pool := statecache.Collection{Name: "pool", Items: []statecache.Item{{Address: [20]byte{1}, Slot: slot(0)}, {Address: [20]byte{1}, Slot: slot(1)}}}
	if err := define(cache, []statecache.Collection{pool}, nil); err != nil {
		t.Fatal(err)
	}
	for i := uint64(1); i <= n; i++ {
		h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: i, Hash: [32]byte{0: byte(i), 1: 1}}, Timestamp: 1000 + i}
		if i > 1 {
			h.Parent = [32]byte{0: byte(i - 1), 1: 1}
		}
		_, err := cache.Apply(h, []statecache.Change{
			{Collection: "pool", Index: 0, Value: slot(100)}, {Collection: "pool", Index: 1, Value: slot(byte(100 + i))},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return cache
}

func TestPin(t *testing.T) {
	cache := cacheWith(t, 20)
	ref := func(n uint64) jobs.BlockRef { return jobs.BlockRef{Number: n, Hash: [32]byte{0: byte(n), 1: 1}} }
	v, err := states{cache}.Pin(t.Context(), ref(20))
	if err != nil || v.Block() != ref(20) || v.Commitment().IsZero() {
		t.Fatalf("%v, %v", v, err)
	}
	v.Release()
	for name, at := range map[string]jobs.BlockRef{"evicted": ref(2), "future": ref(21), "another branch": {Number: 20, Hash: [32]byte{9}}} {
		if _, err := (states{cache}).Pin(t.Context(), at); !errors.Is(err, jobs.ErrStateGone) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := cache.Rollback(statecache.BlockRef(ref(19))); err != nil {
		t.Fatal(err)
	}
	if _, err := (states{cache}).Pin(t.Context(), ref(20)); !errors.Is(err, jobs.ErrStateGone) {
		t.Errorf("orphaned: %v", err)
	}
}

func TestChain(t *testing.T) {
	empty, err := statecache.New(statecache.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := (chain{empty}).Head(); ok {
		t.Error("an empty cache has a head")
	}
	c := chain{cacheWith(t, 20)}
	head, ok := c.Head()
	parent, ok2 := c.Canonical(19)
	if !ok || !ok2 || head.Number != 20 || head.ParentHash != parent.Hash || head.Timestamp != 1020 || head.Commitment == parent.Commitment {
		t.Errorf("head %+v, parent %+v", head, parent)
	}
	if _, ok := c.Canonical(2); ok {
		t.Error("an evicted block is canonical")
	}
}

func TestDefine(t *testing.T) {
	cache := cacheWith(t, 1)
	a, b := statecache.Item{Address: [20]byte{1}, Slot: slot(0)}, statecache.Item{Address: [20]byte{1}, Slot: slot(1)}
	more := statecache.Item{Address: [20]byte{1}, Slot: slot(2)}
	col := func(items ...statecache.Item) []statecache.Collection {
		return []statecache.Collection{{Name: "pool", Items: items}}
	}
	if err := define(cache, col(a, b), nil); err != nil {
		t.Errorf("the same again: %v", err)
	}
	if err := define(cache, col(a, b, more), nil); err != nil || len(cache.Pending()) != 1 {
		t.Errorf("longer: %v, %d pending", err, len(cache.Pending()))
	}
	for name, c := range map[string][]statecache.Collection{
		"shorter": col(a), "other order": col(b, a, more), "other base": {{Name: "pool", Base: slot(1), Items: []statecache.Item{a, b, more}}},
	} {
		if err := define(cache, c, nil); !errors.Is(err, ErrWatchChanged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestExecute(t *testing.T) {
	rt, err := vmruntime.New(vmruntime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer rt.Close() //nolint:errcheck // end of a test
	v, err := states{cacheWith(t, 3)}.Pin(t.Context(), jobs.BlockRef{Number: 3, Hash: [32]byte{3, 1}})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Release()
	e := executor{rt}
	req := jobs.ExecRequest{Module: jobs.Module{Wasm: reserveratio.C()}, View: v, Limits: jobs.Limits{Fuel: 1e6, JournalBytes: 248}, Wall: time.Second}
	res, err := e.Execute(t.Context(), req)
	if err != nil || len(res.Journal) != 32 || res.Journal[0] != 3 || res.Steps == 0 || res.Reads == 0 {
		t.Fatalf("%+v, %v", res, err)
	}
	for name, tc := range map[string]struct {
		change func(*jobs.ExecRequest)
		class  jobs.FailureClass
		reason string
	}{
		"fuel":       {func(r *jobs.ExecRequest) { r.Limits.Fuel = 3 }, jobs.FailLimit, string(vmabi.TrapOutOfFuel)},
		"collection": {func(r *jobs.ExecRequest) { r.Module.Wasm = balancedist.C() }, jobs.FailTrap, string(vmabi.TrapUnknownCollection)},
		"not wasm":   {func(r *jobs.ExecRequest) { r.Module.Wasm = []byte("x") }, jobs.FailInput, "not a WASM"},
		"input":      {func(r *jobs.ExecRequest) { r.Input = make([]byte, vmabi.MaxInput+1) }, jobs.FailInput, "input"},
	} {
		r := req
		tc.change(&r)
		_, err := e.Execute(t.Context(), r)
		f, ok := errors.AsType[*jobs.ExecError](err)
		if !ok || f.Class != tc.class || !strings.Contains(f.Reason, tc.reason) {
			t.Errorf("%s: %v", name, err)
		}
	}
	cache := cacheWith(t, 3)
	gone, err := states{cache}.Pin(t.Context(), jobs.BlockRef{Number: 3, Hash: [32]byte{3, 1}})
	if err != nil {
		t.Fatal(err)
	}
	defer gone.Release()
	if cache.Cancel("job") != 1 {
		t.Error("no view was cancelled")
	}
	r := req
	r.View = gone
	if _, err := e.Execute(t.Context(), r); !errors.Is(err, jobs.ErrStateGone) || !errors.Is(err, statecache.ErrCancelled) {
		t.Errorf("a view that ended: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Execute(ctx, req); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	rt.Close() //nolint:errcheck // that is the test
	if _, err := e.Execute(t.Context(), req); !errors.Is(err, vmruntime.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

func TestFailures(t *testing.T) {
	for trap, want := range map[vmabi.Trap]jobs.FailureClass{
		vmabi.TrapOutOfFuel: jobs.FailLimit, vmabi.TrapWallTime: jobs.FailLimit, vmabi.TrapJournalOverflow: jobs.FailLimit,
		vmabi.TrapUnreachable: jobs.FailTrap, vmabi.TrapRunNonZero: jobs.FailTrap, vmabi.TrapNotCached: jobs.FailTrap,
	} {
		if f := failureOf(trap, "why"); f.Class != want || f.Reason != string(trap)+": why" {
			t.Errorf("%s: %+v", trap, f)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	for _, final := range []error{proofs.ErrTooLarge, proofs.ErrTrapped, proofs.ErrJournalDiffers, proofs.ErrUnsafeKey} {
		if _, ok := errors.AsType[*jobs.ExecError](proofError(ctx, final)); !ok {
			t.Errorf("%v would be tried again", final)
		}
	}
	for _, again := range []error{proofs.ErrStore, proofs.ErrDamagedKey, errWorker} {
		if _, ok := errors.AsType[*jobs.ExecError](proofError(ctx, again)); ok {
			t.Errorf("%v would not be tried again", again)
		}
	}
	cancel()
	if err := proofError(ctx, proofs.ErrTooLarge); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestInspect(t *testing.T) {
	rt, err := vmruntime.New(vmruntime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer rt.Close() //nolint:errcheck // end of a test
	ins := inspector{rt, proofs.ProgramID}
	got, err := ins.Inspect(t.Context(), reserveratio.C())
	if err != nil || !got.Provable || got.Program.IsZero() || len(got.Reasons) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	floats, err := os.ReadFile("../../../../examples/wasm/testdata/floats.wasm")
	if err != nil {
		t.Fatal(err)
	}
	got, err = ins.Inspect(t.Context(), floats)
	if err != nil || got.Provable || !got.Program.IsZero() || len(got.Reasons) == 0 {
		t.Errorf("floats: %+v, %v", got, err)
	}
	if _, err := ins.Inspect(t.Context(), []byte("no module")); !errors.Is(err, vmruntime.ErrNotWASM) {
		t.Errorf("no module: %v", err)
	}
}

func TestReader(t *testing.T) {
	r := reader{cacheWith(t, 5)}
	at := jobs.BlockRef{Number: 5, Hash: [32]byte{5, 1}}
	cols, err := r.Collections(t.Context(), at)
	if err != nil || len(cols) != 2 || cols[0].Name != "header" || cols[1].Name != "pool" || cols[1].Length != 2 || cols[1].ItemsRoot.IsZero() {
		t.Errorf("%+v, %v", cols, err)
	}
	items, err := r.Items(t.Context(), at, "pool", 1, 1)
	if err != nil || len(items) != 1 || items[0].Index != 1 || items[0].Value != slot(105) || items[0].Kind != "slot" {
		t.Errorf("%+v, %v", items, err)
	}
	for _, tc := range []struct {
		at   jobs.BlockRef
		name string
		i, n uint32
		want error
	}{
		{at, "none", 0, 1, wsapi.ErrNotFound},
		{at, "pool", 1, 2, wsapi.ErrNotFound},
		{at, "pool", 1<<32 - 1, 1<<32 - 1, wsapi.ErrNotFound},
		{jobs.BlockRef{Number: 6}, "pool", 0, 1, jobs.ErrStateGone},
	} {
		if _, err := r.Items(t.Context(), tc.at, tc.name, tc.i, tc.n); !errors.Is(err, tc.want) {
			t.Errorf("%+v: %v", tc, err)
		}
	}
	for _, bad := range []string{"{}", "null", `{"format":"vmhost-proof/1"}`} {
		if v, err := (checker{true}).VerifyProof(t.Context(), []byte(bad)); err != nil || v.Valid || v.Reason == "" {
			t.Errorf("%s: %+v, %v", bad, v, err)
		}
	}
}

func TestDataFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	for range 2 { // made, then found
		if err := OpenData(dir, 1337); err != nil {
			t.Fatal(err)
		}
	}
	if err := OpenData(dir, 1); !errors.Is(err, ErrOtherChain) {
		t.Errorf("another chain: %v", err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := OpenData(foreign, 1); !errors.Is(err, ErrDataFormat) {
		t.Errorf("a folder with other files: %v", err)
	}
	for _, text := range []string{"", "{", "[]", `{"format":"x","version":1}`, `{"format":"vmhost-data","version":3,"chainId":"0x1"}`, `{"format":"vmhost-data","version":0,"chainId":"0x1"}`} {
		d := t.TempDir()
		if err := os.WriteFile(filepath.Join(d, formatFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := OpenData(d, 1); !errors.Is(err, ErrDataFormat) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestOlderDataFolder: one of the first version is taken over.
func TestOlderDataFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, formatFile)
	if err := os.WriteFile(path, []byte(`{"format":"vmhost-data","version":1,"chainId":"0x1"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := OpenData(dir, 1); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), `"version":2`) {
		t.Errorf("%s, %v", b, err)
	}
}

func TestNextFreePort(t *testing.T) {
	w, err := jobstest.NewWorld(t.Context(), nil, jobs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, err := wsapi.New(wsapi.Options{Jobs: w.Manager})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Shutdown(context.Background()) //nolint:errcheck // end of a test
	log := Options{}.withDefaults().Logger
	first, err := listen(s, "127.0.0.1:0", log)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	second, err := listen(s, first.Addr().String(), log)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.Close() }()
	a, b := first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port
	if b <= a || b > a+nextPorts {
		t.Errorf("port %d after %d", b, a)
	}
	for _, addr := range []string{"127.0.0.1", "0.0.0.0:0", "127.0.0.1:99999"} {
		if l, err := listen(s, addr, log); err == nil {
			_ = l.Close()
			t.Errorf("%s was accepted", addr)
		}
	}
}
