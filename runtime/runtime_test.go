package runtime_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm/wasmtest"
	vmruntime "vmhost/runtime"
)

// engines are compared in almost every test here.
var engines = []vmruntime.Engine{vmruntime.EngineCompiler, vmruntime.EngineInterpreter}

func newRuntime(tb testing.TB, opts vmruntime.Options) *vmruntime.Runtime {
	tb.Helper()
	r, err := vmruntime.New(opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := r.Close(); err != nil {
			tb.Error(err)
		}
	})
	return r
}

// runAll runs a module on both engines, requires equal results and returns it.
func runAll(tb testing.TB, module []byte, in vmruntime.RunInput) *vmruntime.Result {
	tb.Helper()
	var first *vmruntime.Result
	for _, e := range engines {
		r := newRuntime(tb, vmruntime.Options{Engine: e})
		m, err := r.Compile(tb.Context(), module)
		if err != nil {
			tb.Fatalf("%s: %v", e, err)
		}
		res, err := r.Run(tb.Context(), m, in)
		if err != nil {
			tb.Fatalf("%s: %v", e, err)
		}
		if first == nil {
			first = res
			continue
		}
		if res.Trap != first.Trap || res.Fuel != first.Fuel || res.Reads != first.Reads || !bytes.Equal(res.Journal, first.Journal) {
			tb.Fatalf("%s: %+v, but %s: %+v", engines[0], first, e, res)
		}
	}
	return first
}

// guest is a module that imports the whole ABI and has 2 pages of memory.
func guest(body string) []byte { return guestWith("", body) }

func guestWith(locals, body string) []byte {
	b := wasmtest.New()
	for _, f := range vmabi.Functions() {
		var params, results []string
		for _, p := range f.Params {
			params = append(params, p.String())
		}
		for _, r := range f.Results {
			results = append(results, r.String())
		}
		b.Import("vm", f.Name, strings.Join(params, " ")+"->"+strings.Join(results, " "))
	}
	return b.Memory(2, 2).Data(0, "poolemptyPOOLheader").Define("run", "->", locals, body).Bytes()
}

// store32 journals an i32 that the instructions leave.
func store32(instrs string) string {
	return "i32.const 1000 " + instrs + " i32.store 0 i32.const 1000 i32.const 4 call $journal_write "
}

func journal(ptr, n string) string {
	return "i32.const " + ptr + " i32.const " + n + " call $journal_write "
}

// pool is the handle of "pool".
const pool = "i32.const 0 i32.const 4 call $collection "

func TestHostCalls(t *testing.T) {
	const edge = "131072" // size of the memory
	for _, c := range []struct {
		name, body string
		journal    string // hex
		trap       vmabi.Trap
		reads      uint64
	}{
		{name: "input_len", body: store32("call $input_len"), journal: "05000000"},
		{name: "input_read all", body: store32("i32.const 64 i32.const 0 i32.const 100 call $input_read") + journal("64", "6"), journal: "05000000" + "68656c6c6f00"},
		{name: "input_read middle", body: store32("i32.const 64 i32.const 1 i32.const 2 call $input_read") + journal("64", "3"), journal: "02000000" + "656c00"},
		{name: "input_read past the end", body: store32("i32.const 64 i32.const 6 i32.const 2 call $input_read"), journal: "00000000"},
		{name: "input_read far past the end", body: store32("i32.const 64 i32.const -1 i32.const 2 call $input_read"), journal: "00000000"},
		{name: "input_read at the edge", body: store32("i32.const 131067 i32.const 0 i32.const 5 call $input_read"), journal: "05000000"},
		{name: "input_read over the edge", body: store32("i32.const 131068 i32.const 0 i32.const 5 call $input_read"), trap: vmabi.TrapOutOfBounds},
		{name: "input_read length counts, not copied bytes", body: store32("i32.const 131068 i32.const 5 i32.const 5 call $input_read"), trap: vmabi.TrapOutOfBounds},
		{name: "input_read huge length", body: store32("i32.const 1 i32.const 0 i32.const -1 call $input_read"), trap: vmabi.TrapOutOfBounds},
		{name: "input_read nothing at the edge", body: store32("i32.const " + edge + " i32.const 0 i32.const 0 call $input_read"), journal: "00000000"},
		{name: "input_read nothing beyond", body: store32("i32.const 131073 i32.const 0 i32.const 0 call $input_read"), trap: vmabi.TrapOutOfBounds},

		{name: "journal_write twice", body: journal("0", "4") + journal("2", "3"), journal: hex.EncodeToString([]byte("poolole"))},
		{name: "journal_write nothing", body: journal("0", "0"), journal: ""},
		{name: "journal_write out of bounds", body: journal("131072", "1"), trap: vmabi.TrapOutOfBounds},
		{name: "journal_write overflow", body: journal("0", "65537"), trap: vmabi.TrapJournalOverflow},
		{name: "journal_write full", body: journal("0", "65536") + journal("0", "0") + "unreachable", trap: vmabi.TrapUnreachable},
		{name: "journal_write one too many", body: journal("0", "65536") + journal("0", "1"), trap: vmabi.TrapJournalOverflow},
		{name: "journal_write bounds before overflow", body: journal("131000", "65537"), trap: vmabi.TrapOutOfBounds},

		{name: "collection", body: store32(pool), journal: "01000000"},
		{name: "collection header", body: store32("i32.const 13 i32.const 6 call $collection"), journal: "00000000"},
		{name: "collection unknown", body: store32("i32.const 0 i32.const 3 call $collection"), trap: vmabi.TrapUnknownCollection},
		{name: "collection upper case", body: store32("i32.const 9 i32.const 4 call $collection"), trap: vmabi.TrapUnknownCollection},
		{name: "collection empty name", body: store32("i32.const 0 i32.const 0 call $collection"), trap: vmabi.TrapUnknownCollection},
		{name: "collection long name", body: store32("i32.const 0 i32.const 32 call $collection"), trap: vmabi.TrapUnknownCollection},
		{name: "collection out of bounds", body: store32("i32.const 131070 i32.const 4 call $collection"), trap: vmabi.TrapOutOfBounds},

		{name: "collection_len", body: store32(pool + "call $collection_len"), journal: "05000000"},
		{name: "collection_len empty", body: store32("i32.const 2 call $collection_len"), journal: "00000000"},
		{name: "collection_len bad handle", body: store32("i32.const 3 call $collection_len"), trap: vmabi.TrapInvalidHandle},

		{name: "state_u64", body: "i32.const 1000 i32.const 1 i32.const 3 call $state_u64 i64.store 0 " + journal("1000", "8"), journal: "ffffffffffffffff", reads: 1},
		{name: "state_u64 too wide", body: "i32.const 1 i32.const 4 call $state_u64 drop", trap: vmabi.TrapValueTooWide, reads: 1},
		{name: "state_u64 bad handle", body: "i32.const 9 i32.const 9 call $state_u64 drop", trap: vmabi.TrapInvalidHandle},
		{name: "state_u64 index", body: "i32.const 1 i32.const 5 call $state_u64 drop", trap: vmabi.TrapIndexOutOfRange},
		{name: "state_u64 empty", body: "i32.const 2 i32.const 0 call $state_u64 drop", trap: vmabi.TrapIndexOutOfRange},

		{name: "state_read", body: "i32.const 1 i32.const 2 i32.const 1000 call $state_read " + journal("1000", "32"), journal: "201f1e1d1c1b1a191817161514131211100f0e0d0c0b0a090807060504030201", reads: 1},
		{name: "state_read bounds first", body: "i32.const 9 i32.const 9 i32.const 131041 call $state_read", trap: vmabi.TrapOutOfBounds},
		{name: "state_read handle", body: "i32.const 9 i32.const 9 i32.const 131040 call $state_read", trap: vmabi.TrapInvalidHandle},
		{name: "state_read index", body: "i32.const 1 i32.const -1 i32.const 0 call $state_read", trap: vmabi.TrapIndexOutOfRange},

		{name: "state_read_n", body: "i32.const 1 i32.const 0 i32.const 2 i32.const 1000 call $state_read_n " + journal("1000", "4") + journal("1032", "4"), journal: "e8030000d0070000", reads: 2},
		{name: "state_read_n none at the end", body: "i32.const 1 i32.const 5 i32.const 0 i32.const 1000 call $state_read_n"},
		{name: "state_read_n none beyond", body: "i32.const 1 i32.const 6 i32.const 0 i32.const 1000 call $state_read_n", trap: vmabi.TrapIndexOutOfRange},
		{name: "state_read_n one too many", body: "i32.const 1 i32.const 4 i32.const 2 i32.const 1000 call $state_read_n", trap: vmabi.TrapIndexOutOfRange},
		{name: "state_read_n wrap", body: "i32.const 1 i32.const -1 i32.const 1 i32.const 1000 call $state_read_n", trap: vmabi.TrapIndexOutOfRange},
		{name: "state_read_n bounds in 64 bits", body: "i32.const 9 i32.const 0 i32.const 0x8000001 i32.const 0 call $state_read_n", trap: vmabi.TrapOutOfBounds},
		{name: "state_read_n handle", body: "i32.const 9 i32.const 0 i32.const 0 i32.const 0 call $state_read_n", trap: vmabi.TrapInvalidHandle},

		{name: "state_read_at", body: "i32.const 1 i32.const 1 i32.const 4 i32.const 1000 call $state_read_at " + journal("1000", "2"), journal: "6800", reads: 1},
		{name: "state_read_at not watched then", body: "i32.const 2 i32.const 1 i32.const 0 i32.const 0 call $state_read_at", trap: vmabi.TrapNotCached},
		{name: "state_read_at no history", body: "i32.const 3 i32.const 1 i32.const 0 i32.const 0 call $state_read_at", trap: vmabi.TrapAgeOutOfRange},
		{name: "state_read_at age", body: "i32.const 99 i32.const 1 i32.const 0 i32.const 0 call $state_read_at", trap: vmabi.TrapAgeOutOfRange},
		{name: "state_read_at index", body: "i32.const 99 i32.const 1 i32.const 5 i32.const 0 call $state_read_at", trap: vmabi.TrapIndexOutOfRange},
		{name: "state_read_at handle", body: "i32.const 99 i32.const 3 i32.const 5 i32.const 0 call $state_read_at", trap: vmabi.TrapInvalidHandle},
		{name: "state_read_at bounds", body: "i32.const 99 i32.const 3 i32.const 5 i32.const -1 call $state_read_at", trap: vmabi.TrapOutOfBounds},

		{name: "item", body: "i32.const 1 i32.const 4 i32.const 1000 call $item " + journal("1000", "23") + journal("1084", "1"), journal: "01aa" + strings.Repeat("00", 18) + "041011" + "7f"},
		{name: "item index", body: "i32.const 1 i32.const 5 i32.const 1000 call $item", trap: vmabi.TrapIndexOutOfRange},
		{name: "item handle", body: "i32.const 3 i32.const 5 i32.const 1000 call $item", trap: vmabi.TrapInvalidHandle},
		{name: "item bounds", body: "i32.const 3 i32.const 5 i32.const 130988 call $item", trap: vmabi.TrapOutOfBounds},

		{name: "manifest", body: "i32.const 1 i32.const 1000 call $manifest " + journal("1000", "2"), journal: "0102"},
		{name: "manifest handle", body: "i32.const 3 i32.const 1000 call $manifest", trap: vmabi.TrapInvalidHandle},
		{name: "manifest bounds", body: "i32.const 3 i32.const 131041 call $manifest", trap: vmabi.TrapOutOfBounds},

		{name: "block number", body: "i32.const 0 i32.const 1000 call $block " + journal("1000", "32"), journal: "4d" + strings.Repeat("00", 31), reads: 1},
		{name: "block hash as on chain", body: "i32.const 3 i32.const 1000 call $block " + journal("1000", "3"), journal: "404142", reads: 1},
		{name: "block prev randao as a number", body: "i32.const 5 i32.const 1000 call $block " + journal("1000", "3"), journal: "9f9e9d", reads: 1},
		{name: "block unknown field", body: "i32.const 6 i32.const 1000 call $block", trap: vmabi.TrapUnknownBlockField},
		{name: "block bounds", body: "i32.const 6 i32.const 131041 call $block", trap: vmabi.TrapOutOfBounds},

		{name: "keccak256 empty", body: "i32.const 0 i32.const 0 i32.const 1000 call $keccak256 " + journal("1000", "4"), journal: "c5d24601"},
		{name: "keccak256 in place", body: "i32.const 0 i32.const 4 i32.const 2 call $keccak256 " + journal("2", "4"), journal: keccakPool},
		{name: "keccak256 source bounds", body: "i32.const 131072 i32.const 1 i32.const 0 call $keccak256", trap: vmabi.TrapOutOfBounds},
		{name: "keccak256 target bounds", body: "i32.const 0 i32.const 0 i32.const 131041 call $keccak256", trap: vmabi.TrapOutOfBounds},

		{name: "log", body: "i32.const 0 i32.const 4 call $log"},
		{name: "log bounds", body: "i32.const 131072 i32.const 1 call $log", trap: vmabi.TrapOutOfBounds},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := runAll(t, guest(c.body), vmruntime.RunInput{State: newFakeState(), Input: []byte("hello")})
			if res.Trap != c.trap || res.Reads != c.reads {
				t.Fatalf("trap %q (%s), %d reads; want %q, %d", res.Trap, res.Detail, res.Reads, c.trap, c.reads)
			}
			if got := hex.EncodeToString(res.Journal); got != c.journal {
				t.Errorf("journal %s, want %s", got, c.journal)
			}
			if (res.Journal == nil) != (res.Trap != "") {
				t.Error("journal of a trapped run")
			}
		})
	}
}

// keccakPool begins keccak256("pool").
const keccakPool = "e35b2940"

func TestStateFailures(t *testing.T) {
	r := newRuntime(t, vmruntime.Options{})
	run := func(body string, in vmruntime.RunInput) (*vmruntime.Result, error) {
		t.Helper()
		m, err := r.Compile(t.Context(), guest(body))
		if err != nil {
			t.Fatal(err)
		}
		return r.Run(t.Context(), m, in)
	}
	if res, err := run("i32.const 4 i32.const 1 i32.const 0 i32.const 0 call $state_read_at", vmruntime.RunInput{State: newFakeState()}); !errors.Is(err, vmruntime.ErrState) {
		t.Errorf("failing state: %+v %v", res, err)
	}
	s := newFakeState()
	logged := func([]byte) { s.gone = true } // released while the guest runs
	if res, err := run("i32.const 0 i32.const 1 call $log i32.const 1 i32.const 0 call $state_u64 drop", vmruntime.RunInput{State: s, Log: logged}); !errors.Is(err, vmruntime.ErrStateReleased) {
		t.Errorf("released state: %+v %v", res, err)
	}
	if res, err := run("i32.const 0 i32.const 0 call $block", vmruntime.RunInput{}); err != nil || res.Trap != vmabi.TrapNotCached {
		t.Errorf("no state: %+v %v", res, err)
	}
	if res, err := run("i32.const 0 i32.const 4 call $collection drop", vmruntime.RunInput{}); err != nil || res.Trap != vmabi.TrapUnknownCollection {
		t.Errorf("no state: %+v %v", res, err)
	}
}

func TestWasmTraps(t *testing.T) {
	for _, c := range []struct {
		body string
		trap vmabi.Trap
	}{
		{"unreachable", vmabi.TrapUnreachable},
		{"i32.const 1 i32.const 0 i32.div_u drop", vmabi.TrapDivideByZero},
		{"i64.const 1 i64.const 0 i64.rem_s drop", vmabi.TrapDivideByZero},
		{"i32.const 0x80000000 i32.const -1 i32.div_s drop", vmabi.TrapIntegerOverflow},
		{"i32.const 0x80000000 i32.const -1 i32.rem_s drop", ""},
		{"f32.const 0x7f800000 i32.trunc_f32_s drop", vmabi.TrapIntegerOverflow},
		{"f32.const 0x7fc00000 i32.trunc_f32_s drop", vmabi.TrapInvalidConversion},
		{"i32.const 131072 i32.load8_u 0 drop", vmabi.TrapOutOfBounds},
		{"i32.const 131065 i64.load 0 drop", vmabi.TrapOutOfBounds},
		{"i32.const -1 i32.load 0xffffffff drop", vmabi.TrapOutOfBounds},
		{"i32.const 0 i32.const 0 i32.const 131073 memory.fill", vmabi.TrapOutOfBounds},
		{"i32.const 3 call_indirect 0", vmabi.TrapUndefinedElement},
		{"i32.const 1 call_indirect 0", vmabi.TrapUndefinedElement}, // null
		{"i32.const 0 call_indirect 1 drop", vmabi.TrapIndirectType},
		{"call $deep", vmabi.TrapCallStack},
	} {
		b := wasmtest.New()
		b.Type("->")
		b.Type("-> i64")
		b.Memory(2, 2).Define("deep", "->", "", "call 0").Table(2, "deep").Define("run", "->", "", c.body)
		if res := runAll(t, b.Bytes(), vmruntime.RunInput{}); res.Trap != c.trap {
			t.Errorf("%s: trap %q, want %q", c.body, res.Trap, c.trap)
		}
	}
}

func TestRunResult(t *testing.T) {
	for value, trap := range map[string]vmabi.Trap{"0": "", "1": vmabi.TrapRunNonZero, "-1": vmabi.TrapRunNonZero} {
		b := wasmtest.New().Define("run", "-> i32", "", "i32.const "+value)
		if res := runAll(t, b.Bytes(), vmruntime.RunInput{}); res.Trap != trap || res.Fuel != 1 {
			t.Errorf("run returns %s: %+v", value, res)
		}
	}
}

func TestErrorsOfRun(t *testing.T) {
	r := newRuntime(t, vmruntime.Options{})
	other := newRuntime(t, vmruntime.Options{})
	float, err := r.Compile(t.Context(), wasmtest.New().Define("run", "->", "", "f64.const 1 drop").Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if rep := float.Report(); rep.Provable || len(rep.Reasons) != 1 || rep.Reasons[0].What != "f64.const" || rep.Reasons[0].Offset == 0 {
		t.Errorf("report: %+v", rep)
	}
	if res, err := r.Run(t.Context(), float, vmruntime.RunInput{}); err != nil || res.Trap != "" {
		t.Errorf("floats run: %+v %v", res, err)
	}
	if _, err := r.Run(t.Context(), float, vmruntime.RunInput{Prove: true}); !errors.Is(err, vmruntime.ErrNotProvable) {
		t.Errorf("floats proven: %v", err)
	}
	if _, err := r.Run(t.Context(), float, vmruntime.RunInput{Input: make([]byte, vmabi.MaxInput+1)}); !errors.Is(err, vmruntime.ErrInputTooLarge) {
		t.Errorf("input: %v", err)
	}
	if _, err := other.Run(t.Context(), float, vmruntime.RunInput{}); !errors.Is(err, vmruntime.ErrEngine) {
		t.Errorf("module of another runtime: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Run(ctx, float, vmruntime.RunInput{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
}
