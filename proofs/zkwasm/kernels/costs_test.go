package kernels_test

import (
	"bytes"
	goflag "flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/circuit"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/kernels"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

var update = goflag.Bool("update", false, "write golden files")

const goldenFile = "testdata/kernels.golden"

// stateless is a state without collections.
type stateless struct{ circuit.Opener }

func (stateless) CommitPreimage() (x [8]fr.Element) { return x }

func (stateless) DirNode(int, uint32) (x [8]fr.Element, ok bool)      { return x, false }
func (stateless) Entry(uint32) (x [8]fr.Element, ok bool)             { return x, false }
func (stateless) Node(uint32, int, uint32) (x [8]fr.Element, ok bool) { return x, false }
func (stateless) Leaf(_, _ uint32) (x [8]fr.Element, ok bool)         { return x, false }

// suite is every kernel, lowered.
type suite []lowered

type lowered struct {
	name string
	p    *ir.Program
}

func load(t *testing.T) suite {
	t.Helper()
	all, err := kernels.All()
	if err != nil {
		t.Fatal(err)
	}
	var out suite
	for _, k := range all {
		p, err := lower.Lower(k.Module)
		if err != nil {
			t.Fatalf("%s: %v", k.Name, err)
		}
		out = append(out, lowered{k.Name, p})
	}
	return out
}

// use is what a run needs.
type use struct {
	wasm uint64
	need circuit.Shape
}

// run measures a kernel with parameter n; ok is false beyond the given fuel.
func (k lowered) run(t *testing.T, n uint32, fuel uint64) (u use, ok bool) {
	t.Helper()
	tr, res, err := trace.Run(t.Context(), k.p, trace.Input{Input: kernels.Input(n, 1), Limits: trace.Limits{Fuel: fuel}})
	if err != nil {
		t.Fatalf("%s: %v", k.name, err)
	}
	if res.Trap != "" {
		return use{}, false
	}
	need, err := circuit.Measure(k.p, tr, stateless{})
	if err != nil {
		t.Fatal(err)
	}
	return use{tr.WasmInstructions, need}, true
}

// fuelLimit is more than any shape holds.
const fuelLimit = 150_000

// fit runs a kernel with parameter n and finds the first shape that it fits.
func (k lowered) fit(t *testing.T, shapes []circuit.Shape, n uint32) (u use, sh circuit.Shape, ok bool) {
	t.Helper()
	if u, ok = k.run(t, n, fuelLimit); !ok {
		return u, sh, false
	}
	for _, s := range shapes {
		if s.Fits(u.need) == nil {
			return u, s, true
		}
	}
	return u, sh, false
}

// largest is the greatest n whose run fits some shape.
func (k lowered) largest(t *testing.T, shapes []circuit.Shape) (n uint32) {
	t.Helper()
	for step := uint32(1 << 16); step > 0; step >>= 1 {
		if _, _, ok := k.fit(t, shapes, n+step); ok {
			n += step
		}
	}
	return n
}

// recorded reads the parameters of a class from the golden file.
func recorded(t *testing.T, class string) map[string]uint32 {
	t.Helper()
	b, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]uint32{}
	_, rest, _ := strings.Cut(string(b), "class "+class+":")
	rest, _, _ = strings.Cut(rest, "\n\n")
	for line := range strings.Lines(rest) {
		if f := strings.Fields(line); len(f) > 1 {
			if n, err := strconv.ParseUint(f[1], 10, 32); err == nil {
				out[f[0]] = uint32(n)
			}
		}
	}
	return out
}

// split divides the constraints of an exactly fitting shape: what every run
// pays, the program, and the rows of the run.
func split(t *testing.T, need circuit.Shape) (fixed, program, run int) {
	t.Helper()
	costs, err := circuit.Costs(need)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range costs {
		switch {
		case c.Name == "fixed" || c.Name == "tables" || c.Name == "header":
			fixed += c.Total
		case c.Program:
			program += c.Total
		default:
			run += c.Total
		}
	}
	return fixed, program, run
}

// baseline estimates the same run on a machine that reads and writes registers:
// 35 constraints a step (block, operation or access) and what the chip adds to
// the part of its row that the machine's own row replaces (10 of an operation,
// 11 of an access). Moves cost nothing there.
func baseline(t *testing.T, need circuit.Shape) (total int) {
	t.Helper()
	costs, err := circuit.Costs(need)
	if err != nil {
		t.Fatal(err)
	}
	pure := []string{"Add32", "Add64", "Cmp", "Eq", "Bit", "Mul32", "Mul64", "Div", "Sel", "Pow", "Split"}
	memory := []string{"Load64", "Store64", "Load32", "Store32", "LoadPart", "StorePart", "LoadAny", "StoreAny"}
	for _, c := range costs {
		switch {
		case c.Name == "Spine":
			total += 35 * c.Rows
		case slices.Contains(pure, c.Name):
			total += (35-10)*c.Rows + c.Total
		case slices.Contains(memory, c.Name):
			total += (35-11)*c.Rows + c.Total
		}
	}
	return total
}

func size(t *testing.T, s circuit.Shape) (total int) {
	t.Helper()
	costs, err := circuit.Costs(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range costs {
		total += c.Total
	}
	return total
}

// TestCosts pins what each kernel costs when it fills a class: n is the
// greatest parameter whose run fits a shape of the class (-update searches it).
func TestCosts(t *testing.T) {
	ks := load(t)
	var out bytes.Buffer
	for _, class := range []string{"s", "m"} {
		shapes := slices.DeleteFunc(circuit.Shapes(), func(s circuit.Shape) bool {
			return s.Class() != class
		})
		fmt.Fprintf(&out, "class %s: at the greatest n that fits\n", class)
		fmt.Fprintf(&out, "%-14s %6s %8s %8s %6s %6s %8s %6s %8s %6s %5s\n", "kernel", "n", "wasm", "rows", "/wasm", "r/w", "program", "/entry", "shape", "/wasm", "used")
		var sum totals
		params := map[string]uint32{}
		if !*update {
			params = recorded(t, class)
		}
		for _, k := range ks {
			if *update {
				params[k.name] = k.largest(t, shapes)
			}
			n := params[k.name]
			u, sh, ok := k.fit(t, shapes, n)
			if n == 0 || !ok {
				fmt.Fprintf(&out, "%-14s does not fit\n", k.name)
				continue
			}
			_, program, run := split(t, u.need)
			all, rw := size(t, sh), baseline(t, u.need)
			e := circuit.Entries(k.p)
			fmt.Fprintf(&out, "%-14s %6d %8d %8d %6.2f %6.1f %8d %6.1f %8s %6.2f %4d%%\n", k.name, n, u.wasm, run,
				float64(run)/float64(u.wasm), float64(rw)/float64(u.wasm), program, float64(program)/float64(e), sh.Name,
				float64(all)/float64(u.wasm), 100*run/all)
			sum.add(u.wasm, run, rw, program, e, all)
		}
		fmt.Fprintf(&out, "weighted mean: %.2f used (%.1f by reading and writing registers), %.2f with program, %.2f of the whole circuit; program %.1f per entry\n\n",
			sum.per(sum.run), sum.per(sum.rw), sum.per(sum.run+sum.program), sum.per(sum.all), float64(sum.program)/float64(sum.entries))
	}
	if *update {
		if err := os.WriteFile(goldenFile, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, out.Bytes()) {
		t.Errorf("testdata/kernels.golden differs (-update rewrites it; say why):\n%s", out.String())
	}
}

type totals struct {
	wasm                           uint64
	run, rw, program, entries, all int
}

func (s *totals) add(wasm uint64, run, rw, program, entries, all int) {
	s.wasm += wasm
	s.run += run
	s.rw += rw
	s.program += program
	s.entries += entries
	s.all += all
}

func (s *totals) per(n int) float64 { return float64(n) / float64(s.wasm) }
