package kernels_test

import (
	goflag "flag"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vmhost/proofs/zkwasm/circuit"
)

var propose = goflag.Bool("propose", false, "propose capacities of the shapes")

// A proposal keeps what a shape has of state, cells and ROM, and divides the rest
// of its budget among the chips of a run, so that the mean over its kernels of
// constraints (of that part) per WASM instruction is least. The search is greedy:
// one chip's share is raised or lowered at a time. The shapes for reads first get
// what the readers need. Then each kernel goes to the
// shape of the class that holds most of it, and so on.
type proposal struct {
	shape   string
	budget  int      // constraints in all
	kernels []string // to begin with: names, with or without language
	min     float64  // rows of any chip
}

var proposals = []proposal{
	{"s", 1 << 18, []string{"scan", "minmax", "movavg", "ema", "fixmath/c", "mapping/c"}, 40},
	{"s-sort", 1 << 18, []string{"insertsort", "quicksort", "quantile", "histogram", "scan/as", "mapping/as", "fixmath/as"}, 40},
	{"s-hash", 1 << 18, []string{"keccak", "sha256", "fnv", "csv", "bigint", "matmul"}, 40},
	{"m", 1 << 20, nil, 32},
	{"m-sort", 1 << 20, []string{"scan", "minmax", "movavg", "fixmath/c", "mapping/c", "insertsort", "quicksort", "quantile", "histogram", "scan/as", "mapping/as", "fixmath/as"}, 120},
	{"m-hash", 1 << 20, []string{"ema", "keccak", "sha256", "fnv", "csv", "bigint", "matmul"}, 120},
}

// runChips are the chips that are divided anew.
var runChips = []string{
	"Spine", "Move", "Link", "Add32", "Add64", "Cmp", "Eq", "Bit", "Mul32", "Mul64", "Div", "Sel", "Pow", "Split",
	"Load64", "Store64", "Load32", "Store32", "LoadPart", "StorePart",
}

// divider searches the shares of one shape.
type divider struct {
	budget float64
	min    []float64   // rows, by chip
	cost   []float64   // of a row, by chip
	need   [][]float64 // rows per WASM instruction, by kernel and chip
	best   []float64   // rows found
}

// wasm is how many instructions of a kernel fit.
func wasm(rows, need []float64) float64 {
	most := math.Inf(1)
	for i, n := range need {
		if n > 0 {
			most = min(most, rows[i]/n)
		}
	}
	return most
}

func (d *divider) rows(share []float64) []float64 {
	sum, left := 0.0, d.budget
	for i, s := range share {
		sum += s
		left -= d.min[i] * d.cost[i]
	}
	out := make([]float64, len(share))
	for i, s := range share {
		out[i] = d.min[i] + s/sum*left/d.cost[i]
	}
	return out
}

func (d *divider) score(share []float64) (mean float64) {
	rows := d.rows(share)
	for _, n := range d.need {
		mean += d.budget / wasm(rows, n) / float64(len(d.need))
	}
	return mean
}

func (d *divider) search() float64 {
	share := make([]float64, len(d.cost))
	for i := range share {
		share[i] = 1e-4
		for _, n := range d.need {
			share[i] += n[i] * d.cost[i] / float64(len(d.need))
		}
	}
	best := d.score(share)
	for step := 1.0; step > 0.01; {
		better := false
		for i := range share {
			for _, f := range []float64{1 + step, 1 / (1 + step)} {
				old := share[i]
				share[i] *= f
				if s := d.score(share); s < best-1e-9 {
					best, better = s, true
				} else {
					share[i] = old
				}
			}
		}
		if !better {
			step /= 2
		}
	}
	d.best = d.rows(share)
	return best
}

// needs are the rows per WASM instruction of a long run of each kernel.
func needs(t *testing.T) (names []string, out [][]float64) {
	t.Helper()
	for _, k := range load(t) {
		var u use
		for n := uint32(1); u.wasm < 40_000 && n < 4096; n *= 2 {
			if more, ok := k.run(t, n, 4_000_000); ok {
				u = more
			}
		}
		var need []float64
		for _, c := range runChips {
			need = append(need, float64(reflect.ValueOf(u.need).FieldByName(c).Int())/float64(u.wasm))
		}
		names, out = append(names, k.name), append(out, need)
	}
	return names, out
}

func newDivider(t *testing.T, p proposal) *divider {
	t.Helper()
	unit := circuit.Shape{}
	for _, c := range runChips {
		reflect.ValueOf(&unit).Elem().FieldByName(c).SetInt(1000)
	}
	per := map[string]float64{}
	costs, err := circuit.Costs(unit)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range costs {
		if c.Rows > 0 {
			per[c.Name] = float64(c.Total) / float64(c.Rows)
		}
	}
	rest, ok := circuit.ShapeByName(p.shape)
	if !ok {
		t.Fatal(p.shape)
	}
	d := &divider{}
	var read []circuit.Shape
	for _, r := range readers {
		if r.shape == p.shape {
			read = append(read, r.need(t)...)
		}
	}
	used := 0.0
	for _, c := range runChips {
		reflect.ValueOf(&rest).Elem().FieldByName(c).SetInt(2)
		used += 2 * per[c]
		d.cost = append(d.cost, per[c])
		least := p.min
		for _, need := range read {
			least = max(least, float64(reflect.ValueOf(need).FieldByName(c).Int()))
		}
		d.min = append(d.min, least)
	}
	d.budget = float64(p.budget-size(t, rest)) + used - 100
	return d
}

// TestPropose prints capacities (-propose -v).
func TestPropose(t *testing.T) {
	if !*propose {
		t.Skip("no -propose")
	}
	names, need := needs(t)
	for _, class := range []string{"s", "m"} {
		var ps []proposal
		var ds []*divider
		for _, p := range proposals {
			if sh, _ := circuit.ShapeByName(p.shape); sh.Class() == class {
				ps, ds = append(ps, p), append(ds, newDivider(t, p))
			}
		}
		home := make([]int, len(names))
		for i, n := range names {
			short, _, _ := strings.Cut(n, "/")
			home[i] = slices.IndexFunc(ps, func(p proposal) bool { return slices.Contains(p.kernels, n) })
			if home[i] < 0 {
				home[i] = slices.IndexFunc(ps, func(p proposal) bool { return slices.Contains(p.kernels, short) })
			}
		}
		for range 6 {
			for g, d := range ds {
				d.need = nil
				for i := range names {
					if home[i] == g {
						d.need = append(d.need, need[i])
					}
				}
				d.search()
			}
			for i := range names {
				for g, d := range ds {
					if wasm(d.best, need[i]) > wasm(ds[home[i]].best, need[i]) {
						home[i] = g
					}
				}
			}
		}
		for g, d := range ds {
			fmt.Printf("%s: %.0f constraints to divide, %.2f a WASM instruction\n\truns{", ps[g].shape, d.budget, d.budget*float64(len(d.need))/total(d))
			for _, r := range d.best {
				fmt.Printf("%d, ", int(r))
			}
			fmt.Print("}\n\t")
			for i, n := range names {
				if home[i] == g {
					fmt.Printf("%s %.1f, ", n, d.budget/wasm(d.best, need[i]))
				}
			}
			fmt.Println()
		}
	}
}

// total is how many instructions of all its kernels a shape holds.
func total(d *divider) (sum float64) {
	for _, n := range d.need {
		sum += wasm(d.best, n)
	}
	return sum
}
