package circuit

import (
	"bytes"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"

	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

// hashGuest hashes n bytes of the input, from an odd address on.
func hashGuest(n uint64) []byte {
	return hostModule([][]wasm.ValueType{nil}, wasm.Code{Instrs: []wasm.Instr{
		c32(1001), c32(0), c32(n), hostCall("input_read"), op(wasm.OpDrop),
		c32(1001), c32(n), c32(40), hostCall("keccak256"), c32(40), c32(32), hostCall("journal_write"), c32(0), op(wasm.OpEnd),
	}})
}

func hashRun(tb testing.TB, n int) (*ir.Program, *ir.Trace) {
	tb.Helper()
	p, err := lower.Lower(hashGuest(uint64(n)))
	if err != nil {
		tb.Fatal(err)
	}
	msg := make([]byte, n)
	for i := range msg {
		msg[i] = byte(3*i + n)
	}
	tr, res, err := trace.Run(tb.Context(), p, trace.Input{Input: msg})
	if err != nil || res.Trap != "" {
		tb.Fatal(err, res)
	}
	if err := trace.Verify(p, tr); err != nil {
		tb.Fatal(err)
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(msg)
	if want := h.Sum(nil); !bytes.Equal(want, tr.Output) {
		tb.Fatalf("%d bytes: %x, want %x", n, tr.Output, want)
	}
	return p, tr
}

// TestKeccak proves hashes of one and two blocks.
func TestKeccak(t *testing.T) {
	for _, n := range []int{5, 136} {
		p, tr := hashRun(t, n)
		a := tight(t, p, tr, noState{})
		if a.Used.Keccak != n/136+1 {
			t.Errorf("%d permutations", a.Used.Keccak)
		}
		if err := check(a.Shape, a); err != nil {
			t.Fatal(err)
		}
		if n > 5 {
			continue
		}
		ccs := compile(t, New(a.Shape))
		costs, err := Costs(a.Shape)
		if err != nil {
			t.Fatal(err)
		}
		total := 0
		for _, c := range costs {
			total += c.Total
		}
		if got := ccs.GetNbConstraints(); got < total-100 || got > total+100 {
			t.Errorf("%d constraints, %d counted", got, total)
		}
		if err := solve(ccs, a.Public[:], a.W); err != nil {
			t.Error(err)
		}
	}
}

// TestKeccakCost: a permutation costs at most 50,000 constraints.
func TestKeccakCost(t *testing.T) {
	sh, _ := ShapeByName("tiny")
	before, err := Costs(sh)
	if err != nil {
		t.Fatal(err)
	}
	sh.Keccak = 1
	costs, err := Costs(sh)
	if err != nil {
		t.Fatal(err)
	}
	at := func(list []ChipCost, name string) int {
		return list[slices.IndexFunc(list, func(c ChipCost) bool { return c.Name == name })].Total
	}
	each, tables := at(costs, "Keccak"), at(costs, "tables")-at(before, "tables")
	t.Logf("%d constraints a permutation, %d for its tables, %d for the state", each, tables, at(costs, "keccak-state"))
	if each > 35_300 || tables > 10_400 {
		t.Error("more than it was")
	}
}

// TestKeccakCheats changes columns of a permutation.
func TestKeccakCheats(t *testing.T) {
	p, tr := hashRun(t, 136)
	h := newHarness(t, tight(t, p, tr, noState{}))
	rows, idle := h.live("Keccak")
	if len(rows) != 2 || len(idle) != 1 {
		t.Fatalf("%d rows, %d idle", len(rows), len(idle))
	}
	lo := h.units[rows[0]].lo + width[keccakRow[fr.Element]]()
	hi := h.units[rows[0]].hi
	refuse := func(what string, edits ...edit) {
		t.Helper()
		if v := h.try(edits...); v.accepted() || v.lemma() || len(v.reject) == 0 {
			t.Errorf("%s: %+v", what, v)
		}
	}
	old := func(c int) fr.Element { return h.cells[c].e }
	for c := lo; c < hi; c += (hi - lo) / 15 {
		x := old(c)
		refuse("a digit", edit{c, plus(x, big.NewInt(1))})
		refuse("a digit's bit", edit{c, plus(x, pow2(9))})
		refuse("weight moved up", edit{c, plus(x, pow2(18))}, edit{c + 2, plus(old(c+2), big.NewInt(-1))})
		refuse("weight moved down", edit{c, plus(x, neg(8))}, edit{c + 1, plus(old(c+1), big.NewInt(1))})
	}
	// the columns of the other permutation, with this one's place and ages
	var swap []edit
	n := h.units[rows[1]].lo - h.units[rows[0]].lo
	for c := lo; c < hi; c++ {
		swap = append(swap, edit{c, old(c + n)})
	}
	refuse("another permutation", swap...)
	// only its second half: state in from here, state out from there
	refuse("output of another permutation", swap[len(swap)/2:]...)
	for name, d := range map[string]int64{".MP": 1, ".F": 1, ".Tau": -1, ".Age.3.L.0": 1, ".Act": -1} {
		c := h.column(rows[1], name)
		refuse(name, edit{c, plus(old(c), big.NewInt(d))})
	}
}

// lyingRecorder flips a bit of one answer of a table.
type lyingRecorder struct {
	recorder
	chi   bool
	at, n int
}

func (m *lyingRecorder) flip(chi bool, out *digits) {
	if chi == m.chi {
		if m.n++; m.n == m.at {
			out[17] ^= 1
		}
	}
}

func (m *lyingRecorder) Parity(rotations []int, lanes ...digits) []digits {
	k := runsParity3
	if len(lanes) > 3 {
		k = runsParity5
	}
	var sum, out digits
	for z := range sum {
		for i := range lanes {
			sum[z] += lanes[i][z]
		}
		out[z] = sum[z] & 1
	}
	m.flip(false, &out)
	return m.convert(k, &sum, out, rotations)
}

func (m *lyingRecorder) Chi(a, b, c digits) digits {
	var sum, out digits
	for z := range sum {
		sum[z] = 2*a[z] + 1 - b[z] + c[z]
		out[z] = a[z] ^ (1-b[z])&c[z]
	}
	m.flip(true, &out)
	return m.convert(runsChi, &sum, out, []int{0})[0]
}

// TestKeccakAblation switches constraints of the chip off, one at a time: each
// has a cheat that only it refuses, with everything behind the lie recomputed.
// Without keccak.bool a row counts twice, which its tokens do not; the others
// (token-in, token-out, cell-out, init, final) are sides of exact balances.
func TestKeccakAblation(t *testing.T) {
	p, tr := hashRun(t, 136)
	h := newHarness(t, tight(t, p, tr, noState{}))
	var steps []*ir.MemStep
	for i := range tr.Mem {
		if tr.Mem[i].Keccak != nil {
			steps = append(steps, &tr.Mem[i])
		}
	}
	rows, _ := h.live("Keccak")
	row, first := rows[0], h.units[rows[0]].lo+width[keccakRow[fr.Element]]()
	var state, later [ir.KeccakLanes]uint64
	for i := range state {
		state[i] = steps[0].Keccak[i].Old
		later[i] = steps[1].Keccak[i].New
	}
	all := func(w []uint64) (out []edit) {
		for i, v := range w {
			if x := u(v); !x.Equal(&h.cells[first+i].e) {
				out = append(out, edit{first + i, x})
			}
		}
		return out
	}
	lie := func(chi bool, at int) []edit {
		m := &lyingRecorder{chi: chi, at: at}
		return all(keccakColumnsBy(m, &m.recorder, &state))
	}
	other := state
	other[3] ^= 1 << 40
	wide := keccakColumns(&other)
	for i, v := range keccakColumns(&state)[:16*ir.KeccakLanes] {
		if i%2 == 0 {
			wide[i] = v // the bytes stay
		}
	}
	future := state
	future[3] = later[3]
	age := func(i, d int64) edit {
		c := h.column(row, ".Age."+string(rune('0'+i))+".L.0")
		return edit{c, plus(h.cells[c].e, big.NewInt(d))}
	}
	back := int64(steps[0].Tau) - 1 - int64(steps[1].Tau) - int64(h.cells[h.column(row, ".Age.3.L.0")].e.Uint64())
	byteOut := h.units[row].hi - 1
	moved := h.keccakBefore(t, rows[1], tr, steps[1])
	for label, edits := range map[string][]edit{
		"keccak.in":      all(wide),
		"keccak.parity":  lie(false, 20),
		"keccak.chi":     lie(true, 300),
		"keccak.out":     {{byteOut, plus(h.cells[byteOut].e, big.NewInt(1))}},
		"keccak.cell-in": all(keccakColumns(&other)),
		"keccak.age":     append(all(keccakColumns(&future)), age(3, back)),
		"keccak.rom":     moved,
	} {
		if v := h.try(edits...); v.accepted() || v.lemma() {
			t.Errorf("%s: accepted with it", label)
		}
		h.without([]string{label}, func() {
			if v := h.try(edits...); !v.accepted() && !v.lemma() {
				t.Errorf("%s: refused without it: %+v", label, v)
			}
		})
	}
}

// keccakBefore runs the chip in place of the event before the permutation: the
// store of the last word.
func (h *harness) keccakBefore(t *testing.T, row int, tr *ir.Trace, s *ir.MemStep) (out []edit) {
	t.Helper()
	before := tr.Mem[s.Tau-2]
	if before.Tau != s.Tau-1 || before.PC != s.PC || before.Op.Region != ir.RegionJournal || !before.Op.Store {
		t.Fatalf("event %+v", before)
	}
	var state [ir.KeccakLanes]uint64
	r := keccakRow[fr.Element]{Act: u(1), MP: u(uint64(s.PC)<<6 + uint64(s.Index) - 1), F: u(s.Frame), Tau: u(s.Tau - 1)}
	for i := range state {
		c := s.Keccak[i]
		if c.Addr == before.Cells[0].Addr {
			c = before.Cells[0]
		}
		state[i] = c.Old
		r.Age[i] = split26(s.Tau - 1 - c.PrevTau - 1)
	}
	var w fr.Vector
	put(&w, &r)
	for _, v := range keccakColumns(&state) {
		w = append(w, u(v))
	}
	for i := range w {
		if c := h.units[row].lo + i; !w[i].Equal(&h.cells[c].e) {
			out = append(out, edit{c, w[i]})
		}
	}
	return out
}

// TestHashOfAnItem: a mapping's slot from an item's key needs both kinds of
// rows in one shape; m-hash also has room for earlier blocks.
func TestHashOfAnItem(t *testing.T) {
	v := chain(t)
	item := []wasm.Instr{c32(1), c32(2), c32(0), hostCall("item")}
	aged := []wasm.Instr{c32(2), c32(1), c32(2), c32(200), hostCall("state_read_at")}
	hash := []wasm.Instr{c32(53), c32(32), c32(100), hostCall("keccak256"), c32(100), c32(32), hostCall("journal_write"), c32(0), op(wasm.OpEnd)}
	for shape, code := range map[string][]wasm.Instr{"s-hash": slices.Concat(item, hash), "m-hash": slices.Concat(item, aged, hash)} {
		p, err := lower.Lower(hostModule([][]wasm.ValueType{nil}, wasm.Code{Instrs: code}))
		if err != nil {
			t.Fatal(err)
		}
		sh, _ := ShapeByName(shape)
		if _, err := Assign(sh, p, runLiar(t, p, &liar{state: v}), v); err != nil {
			t.Errorf("%s: %v", shape, err)
		}
	}
}
