package examples_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	examples "vmhost/examples/wasm"
	"vmhost/examples/wasm/spec"
	"vmhost/statecache"
)

// eachProgram runs f once for each program, with its module in every language.
func eachProgram(t *testing.T, f func(t *testing.T, e examples.Example, modules map[examples.Lang][]byte)) {
	t.Helper()
	programs := map[string]map[examples.Lang][]byte{}
	for _, e := range examples.All() {
		if programs[e.Name] == nil {
			programs[e.Name] = map[examples.Lang][]byte{}
		}
		programs[e.Name][e.Lang] = e.Wasm
	}
	if len(programs) != 4 {
		t.Fatalf("%d programs", len(programs))
	}
	for name, modules := range programs {
		e, ok := examples.Find(name, examples.C)
		if !ok || len(modules) != 2 {
			t.Fatalf("%s is there in %d languages", name, len(modules))
		}
		t.Run(name, func(t *testing.T) { f(t, e, modules) })
	}
}

func same(a, b spec.Outcome) bool {
	return a.Trap == b.Trap && a.Code == b.Code && bytes.Equal(a.Journal, b.Journal)
}

func TestLanguagesAndReferenceAgree(t *testing.T) {
	eng := newEngine(t)
	eachProgram(t, func(t *testing.T, e examples.Example, modules map[examples.Lang][]byte) {
		succeeded := 0
		for _, job := range e.Jobs {
			want := e.Reference(job)
			if want.Trap == "" {
				succeeded++
			}
			for lang, wasm := range modules {
				if got, _ := eng.run(t, wasm, job); !same(got, want) {
					t.Errorf("%s, %s: %+v, want %+v", lang, job.Name, got, want)
				}
			}
		}
		if succeeded < 5 || succeeded == len(e.Jobs) {
			t.Errorf("%d of %d jobs succeed: not a test of both", succeeded, len(e.Jobs))
		}
		if e.Reference(e.Jobs[0]).Trap != "" {
			t.Error("the first job is not an ordinary one")
		}
	})
}

// Journals written out by hand: the reference must not be wrong in the same way
// as the guests.
func TestKnownJournals(t *testing.T) {
	eng := newEngine(t)
	want := map[string][]uint64{
		"reserve-ratio":  {21_925_176, 1_000_000_000_000, 2_512_345_678_901, 2_512_345},
		"balance-dist":   {21_925_176, 3, 1000, 100, 700, 7000},
		"moving-average": {21_925_176, 3 | 32768<<32, 233, 275}, // 700/3; (100+200)/2 = 150, (150+400)/2
	}
	for _, e := range examples.All() {
		if e.Name == "wide-sum" {
			continue // below
		}
		got, _ := eng.run(t, e.Wasm, e.Jobs[0])
		if !same(got, spec.Done(want[e.Name]...)) {
			t.Errorf("%s, %s: %+v, want words %v", e.Name, e.Lang, got, want[e.Name])
		}
	}
}

func TestKnownWideSum(t *testing.T) {
	eng := newEngine(t)
	// 1,000,033 and 1,000,000 times 10^18, least significant byte first.
	want := "388d4e0100000000" + "0300000000000000" +
		"0000e434165ac6e5c3d300000000000000000000000000000000000000000000" +
		"000000a1edccce1bc2d300000000000000000000000000000000000000000000"
	for _, lang := range []examples.Lang{examples.C, examples.AssemblyScript} {
		e, _ := examples.Find("wide-sum", lang)
		if got, _ := eng.run(t, e.Wasm, e.Jobs[0]); hex.EncodeToString(got.Journal) != want {
			t.Errorf("%s: %x", lang, got.Journal)
		}
	}
}

func TestRandomJobs(t *testing.T) {
	eng := newEngine(t)
	// Values around every power of two, where limits and carries are.
	value := rapid.Custom(func(t *rapid.T) uint64 {
		v := uint64(1)<<rapid.IntRange(0, 63).Draw(t, "bit") + uint64(rapid.IntRange(-2, 2).Draw(t, "delta"))
		if rapid.Bool().Draw(t, "spread") {
			v = rapid.Uint64Range(0, v).Draw(t, "below")
		}
		return v
	})
	// Words that are often equal, so that comparisons go deep.
	wide := rapid.Custom(func(t *rapid.T) (v spec.Value) {
		for i := range 4 {
			word := rapid.OneOf(rapid.SampledFrom([]uint64{0, 1, math.MaxUint64}), value).Draw(t, "word")
			binary.BigEndian.PutUint64(v[8*i:], word)
		}
		return v
	})
	eachProgram(t, func(t *testing.T, e examples.Example, modules map[examples.Lang][]byte) {
		rapid.Check(t, func(rt *rapid.T) {
			values := rapid.SliceOfN(value, 0, 12).Draw(rt, "values")
			if e.Name != "reserve-ratio" { // mostly below the limits, where averages and sums exist
				shift := rapid.SampledFrom([]uint{0, 1, 8, 17, 24}).Draw(rt, "shift")
				for i := range values {
					values[i] >>= shift
				}
			}
			items := spec.U64s(values...)
			if e.Name == "wide-sum" {
				items = rapid.SliceOfN(wide, 0, 12).Draw(rt, "items")
			}
			job := spec.Job{
				Block:       rapid.Uint64Range(0, statecache.MaxHeight).Draw(rt, "block"),
				Collections: map[string][]spec.Value{e.Collections[0]: items, "other": nil},
			}
			window := rapid.Uint32Range(0, 13).Draw(rt, "window")
			weight := rapid.OneOf(rapid.Uint32Range(1, 65536), rapid.Uint32()).Draw(rt, "weight")
			job.Input = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, window), weight)
			want := e.Reference(job)
			for lang, wasm := range modules {
				if got, _ := eng.run(rt, wasm, job); !same(got, want) {
					rt.Fatalf("%s: %+v, want %+v", lang, got, want)
				}
			}
		})
	})
}

// A long collection is read once, item by item, and the window only; the block
// number is one read more.
func TestReads(t *testing.T) {
	eng := newEngine(t)
	long := spec.U64s(slices.Repeat([]uint64{3}, 500)...)
	for _, e := range examples.All() {
		job := e.Jobs[0]
		job.Collections = map[string][]spec.Value{e.Collections[0]: long}
		want := map[string]uint64{"reserve-ratio": 3, "balance-dist": 501, "moving-average": 4, "wide-sum": 501}[e.Name]
		if _, res := eng.run(t, e.Wasm, job); res.Reads != want {
			t.Errorf("%s, %s: %d reads, want %d", e.Name, e.Lang, res.Reads, want)
		}
	}
}

// What makes an example provable in a small class, seen in its bytes.
func TestModulesAreSmall(t *testing.T) {
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples.All() {
		if len(e.Wasm) > 800 {
			t.Errorf("%s, %s: %d bytes", e.Name, e.Lang, len(e.Wasm))
		}
		if o := e.Reference(e.Jobs[0]); len(o.Journal) > 64 && e.Name != "wide-sum" {
			t.Errorf("%s: journal of %d bytes", e.Name, len(o.Journal))
		}
		if i := bytes.Index(e.Wasm, []byte(filepath.Dir(wd))); i >= 0 {
			t.Errorf("%s, %s: a path of the build machine at %d", e.Name, e.Lang, i)
		}
	}
}

func TestFind(t *testing.T) {
	if _, ok := examples.Find("reserve-ratio", "rust"); ok {
		t.Error("found a language that is not there")
	}
	if e, ok := examples.Find("moving-average", examples.AssemblyScript); !ok || e.Lang != "as" {
		t.Errorf("found %q %q", e.Name, e.Lang)
	}
}

// Callers may change what they are given.
func TestAllIsFresh(t *testing.T) {
	a := examples.All()[0]
	a.Wasm[0]++
	a.Jobs[0].Collections[a.Collections[0]][0][31]++
	b := examples.All()[0]
	if a.Wasm[0] == b.Wasm[0] || a.Jobs[0].Collections[a.Collections[0]][0] == b.Jobs[0].Collections[b.Collections[0]][0] {
		t.Error("two calls share memory")
	}
}

// Each program's README gives the build and the journal; sources say the same
// limits in both languages.
func TestFolders(t *testing.T) {
	for _, e := range examples.All() {
		for _, file := range []string{"README.md", e.Name + ".c", e.Name + ".ts", e.Name + ".c.wasm", e.Name + ".as.wasm"} {
			info, err := os.Stat(filepath.Join(e.Name, file))
			if err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", file, err)
			}
		}
		comment := func(file string) string {
			b, err := os.ReadFile(filepath.Join(e.Name, file))
			if err != nil {
				t.Fatal(err)
			}
			_, after, _ := strings.Cut(string(b), " * "+e.Name)
			before, _, _ := strings.Cut(after, "*/")
			return before
		}
		if c, ts := comment(e.Name+".c"), comment(e.Name+".ts"); c == "" || c != ts {
			t.Errorf("%s: the two sources describe different programs:\n%s\n%s", e.Name, c, ts)
		}
	}
}
