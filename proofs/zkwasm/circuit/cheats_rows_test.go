package circuit

import (
	"maps"
	"math/big"
	"reflect"
	"strconv"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
)

var runCheats = func() map[string]func(*testing.T, string) {
	out := memoryRuns()
	maps.Copy(out, spineRuns())
	maps.Copy(out, stateRuns())
	maps.Copy(out, programRuns())
	return out
}()

// ablationHarnesses are the honest runs whose rows are changed.
func ablationHarnesses(t *testing.T) map[string]*harness {
	t.Helper()
	hs := map[string]*harness{}
	for name, a := range subjects(t) {
		hs[name] = newHarness(t, a)
	}
	po, to := runOps(t, 7)
	sh := tamperShape(measure(t, po, to, noState{}))
	sh.LoadAny, sh.StoreAny, sh.LoadPart, sh.StorePart = sh.LoadAny+sh.LoadPart, sh.StoreAny+sh.StorePart, 0, 0
	spilled, err := Assign(sh, po, to, noState{})
	if err != nil {
		t.Fatal(err)
	}
	hs["spilled"] = newHarness(t, spilled)
	p := loopProgram()
	hs["loop"] = newHarness(t, tight(t, p, runLiar(t, p, &liar{}), noState{}))
	p, v := readsProgram(), readsView(t)
	pg, tg := runGrowing(t)
	hs["grow"] = newHarness(t, tight(t, pg, tg, noState{}))
	for name, call := range map[string]string{"item": "item", "manifest": "manifest", "past": "state_read_at"} {
		p, err := lower.Lower(stateGuest(call))
		if err != nil {
			t.Fatal(err)
		}
		v := chain(t)
		hs[name] = newHarness(t, tight(t, p, runLiar(t, p, &liar{state: v}), v))
	}
	hs["reads"] = newHarness(t, tight(t, p, runLiar(t, p, &liar{state: v}), v))
	return hs
}

// rowCheats are changes of rows that need more than a search, by constraint.
var rowCheats = func() map[string]func(*harness) [][]edit {
	out := map[string]func(*harness) [][]edit{
		"select.bool": selectFrames, "move.bool": moveFrame, "split.bool": splitForPow, "pow.bool": powModulus, "eq.bool": eqForAnd, "div.bool": divForAdd,
		"pow.mod": powOther(false), "pow.q": powOther(true),
		"journal.byte":    journalSplit,
		"find.a":          findOther(0),
		"find.b":          findOther(1),
		"find.c":          findOther(2),
		"find.d":          findOther(3),
		"read.b":          readOther("Read", true),
		"read.entry":      readOther("Read", false),
		"id.dead":         deadEntry,
		"item.b":          readOther("Item", true),
		"item.entry":      readOther("Item", false),
		"item.address":    bytesCarry("Item"),
		"item.slot":       bytesCarry("Item"),
		"item.key":        bytesCarry("Item"),
		"manifest.byte":   bytesCarry("Manifest"),
		"load-any.bytes":  carryRead,
		"store-any.bytes": carryRead,
		"grow.bool":       twoGrows,
		"leaf.limb":       leafCarry,
		"load32.lo":       splitHalf(".Lo", ".Hi", true), "load32.hi": splitHalf(".Hi", ".Lo", false),
		"load32.high": highFraction, "store32.high": highFraction,
		"store32.lo": splitHalf(".Lo", ".Hi", true), "store32.hi": splitHalf(".Hi", ".Lo", false),
		"store32.new":     wideStore32,
		"load-any.onehot": blurOffset, "store-any.onehot": blurOffset,
		"load-any.width": blurWidth, "store-any.width": blurWidth,
		"load-part.bytes": partCarry, "store-part.bytes": partCarry, "load-part.width": partWidth, "store-part.width": partWidth,
		"load-part.aligned": partUnaligned, "store-part.aligned": partUnaligned,
		"store-part.value": partValue(false), "store-part.rest": partValue(true),
		"store-any.offset": storeNothing, "store-any.operand": storeOther,
		"store-any.value": carryByte, "store-any.new0": splitCells(true), "store-any.new1": splitCells(false),
	}
	for n, l := range romLabels {
		out[l+".range"] = resplit(n)
	}
	for kind := range chipOps {
		out[labelOf[kind]+".bs"] = otherFrame(kind)
	}
	for chip, c := range eventChips {
		if c.second {
			continue
		}
		if out[chip+".bool"] = twoLoads(c.kind); c.store {
			out[chip+".bool"] = twoStores(c.kind)
			out[chip+".b2"] = storeFrame(c.kind)
		}
	}
	return out
}()

// arguments are for the constraints whose absence lets nothing false through.
var arguments = map[string]argument{
	"id.first": {"a section of 0 blocks is hashed as such, and no program has one: its ID is nobody's"},
	"id.live": {"by id.monotone only the first dead block can have a fraction x for its flag, and the number of blocks, " +
		"which is hashed, fixes x: what remains is one equation of 254 bits between two sponge states"},
	"id.monotone":      {"flags 1, 0, 1 make the digest a sum of states with signs 1, -1, 1: an equation of 254 bits again"},
	"item.kind":        {"a kind that is no byte stands in the item's hash: only in a tree of the prover's own, where any item may stand"},
	"load-any.widths":  {"four booleans with the width code of a ROM word, which is 1, 2, 4 or 8: exactly one is set"},
	"store-any.widths": {"four booleans with the width code of a ROM word, which is 1, 2, 4 or 8: exactly one is set"},
	"load-part.order":  {"Ge4 without Ge2 is width 3, which stands in no ROM word"},
	"store-part.order": {"Ge4 without Ge2 is width 3, which stands in no ROM word"},
	"past.age":         {"the height is that of a leaf, and current - height is then one number: if it is no i32, no program asks for it"},
	"past.range":       {"a height of 2^33 or more names a deeper node of a history of the prover's own, as entry.handle does for the directory"},
	"spine.tau0":       {"another name for the first tick: all later ones follow, and those below 1 make the first age negative"},
	"spine.frame0":     {"another name for the first frame: its slots are those of no other region, and nobody reads ARG, RET or PARENT in it"},
	"item.length":      {"the code of place, as read.length"},
	"item.depth":       {"the code of place, as read.depth"},
	"aged.now.length":  {"the code of place, as read.length"},
	"aged.now.depth":   {"the code of place, as read.depth"},
	"aged.then.length": {"the code of place, as read.length"},
	"aged.then.depth":  {"the code of place, as read.depth"},
	"data.live": {"the flag is the top piece of the packed element: a fraction 1 + d/2^116 needs rows whose d add up to a " +
		"multiple of 2^116, and d is below 2^104: more than 2^12 rows of data"},
}

// balances are the ends of the labels that stand for one side of an exact
// balance: see harness.counts.
var balances = []string{".init", ".final", ".token-in", ".token-out", ".cell-in", ".cell-out"}

// chipOps are the ops of the chips of two operands.
var chipOps = map[string][2]ir.Op{
	"Add32": {ir.OpAdd32, ir.OpSub32}, "Add64": {ir.OpAdd64, ir.OpSub64}, "Cmp": {ir.OpLtU32, ir.OpLeU64}, "Eq": {ir.OpEq, ir.OpNe},
	"Bit": {ir.OpAnd32, ir.OpXor64}, "Mul32": {ir.OpMulLo32, ir.OpMulHi32}, "Mul64": {ir.OpMulLo64, ir.OpMulHi64}, "Div": {ir.OpDivU32, ir.OpRemU64},
}

var labelOf = map[string]string{
	"Add32": "add32", "Add64": "add64", "Cmp": "cmp", "Eq": "eq", "Bit": "bit", "Mul32": "mul32", "Mul64": "mul64", "Div": "div",
}

// val is the honest value of a column, by name.
func (h *harness) val(i int, name string) fr.Element { return h.cells[h.column(i, name)].e }

// is reports whether a column has a small value.
func (h *harness) is(i int, name string, v uint64) bool {
	e := h.val(i, name)
	return e.IsUint64() && e.Uint64() == v
}

func (h *harness) edit(i int, name string, v fr.Element) edit { return edit{h.column(i, name), v} }

// copyRow puts the columns of one row into another of its kind.
func (h *harness) copyRow(to, from int) (out []edit) {
	for _, c := range h.columns(from) {
		out = append(out, edit{h.units[to].lo + c - h.units[from].lo, h.cells[c].e})
	}
	return out
}

// facts are the facts that the honest run offers: value by slot and frame.
func (h *harness) facts() map[[2]uint64]fr.Element {
	out := map[[2]uint64]fr.Element{}
	for k, acc := range h.all {
		if k.bus == busFact && acc.free > 0 && k.p[1].IsUint64() && k.p[2].IsUint64() {
			out[[2]uint64{k.p[1].Uint64(), k.p[2].Uint64()}] = k.p[0]
		}
	}
	return out
}

// pureCols are the columns of a pure row as an honest prover fills them.
func pureCols(kind string, s ir.PureStep) fr.Vector {
	a := &assigner{pure: map[ir.Op][]ir.PureStep{s.Op.Op: {s}}}
	reflect.ValueOf(&a.sh).Elem().FieldByName(kind).SetInt(1)
	a.arithmetic()
	return a.w
}

// place fills a row with given columns, those of multiplicities left out.
func (h *harness) place(i int, cols fr.Vector) (out []edit) {
	for _, c := range h.columns(i) {
		out = append(out, edit{c, cols[c-h.units[i].lo]})
	}
	return out
}

// div is a/b in the field, for small numbers.
func div(a, b int64) (e fr.Element) {
	var d fr.Element
	e.SetInt64(a)
	d.SetInt64(b)
	return *e.Div(&e, &d)
}

// otherFrame runs an entry as another op of its chip, the difference of the
// opcodes hidden in a fraction of the constant flag; that reads the second
// operand from another frame.
func otherFrame(kind string) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		facts := h.facts()
		rows, _ := h.live(kind)
		for _, i := range rows {
			if !h.is(i, ".H.F", 512) || !h.is(i, ".H.Bs", 0) {
				continue
			}
			for k := range h.sums[i] {
				if k.bus != busRomP {
					continue
				}
				bits := k.p[0].BigInt(new(big.Int))
				word := new(big.Int).Rsh(bits, 160).Int64()
				for o := chipOps[kind][0]; o <= chipOps[kind][1]; o++ {
					code := int64(codeOf(o))
					if o.Operands() == 0 || code == word {
						continue
					}
					b, s2 := h.val(i, ".H.S2"), uint64(0)
					s2 = b.Uint64()
					v, ok := facts[[2]uint64{s2, uint64(512 - 2*(word-code))}]
					if !ok || !v.IsUint64() {
						continue
					}
					e := func(n string) uint64 { x := h.val(i, n); return x.Uint64() }
					p := &ir.Pure{Op: o, Dst: ir.Slot(e(".H.S")), A: ir.Ref{Slot: ir.Slot(e(".H.S1"))}, B: ir.Ref{Slot: ir.Slot(s2)}}
					s := ir.PureStep{Op: p, Frame: 512, A: e(".H.A"), B: v.Uint64()}
					s.R[0], s.High = ir.Eval(o, s.A, s.B, 0)
					cheat := h.place(i, pureCols(kind, s))
					out = append(out, append(cheat, h.edit(i, ".H.Bs", div(word-code, 256))))
				}
			}
		}
		return out
	}
}

// selectFrames trades the two constant flags of a select: 2/F and -1/F keep the
// ROM word, and read the operands two frames before and one after.
func selectFrames(h *harness) (out [][]edit) {
	facts := h.facts()
	rows, _ := h.live("Sel")
	for _, i := range rows {
		f := h.val(i, ".H.F")
		if !h.is(i, ".H.Bs", 0) || !h.is(i, ".Cs", 0) || f.Uint64() < 8 {
			continue
		}
		s2, s3 := h.val(i, ".H.S2"), h.val(i, ".S3")
		b, ok := facts[[2]uint64{s2.Uint64(), f.Uint64() - 4}]
		c, ok2 := facts[[2]uint64{s3.Uint64(), f.Uint64() + 2}]
		if ok && ok2 {
			n := int64(f.Uint64())
			out = append(out, []edit{
				h.edit(i, ".H.Bs", div(4, n)), h.edit(i, ".Cs", div(-2, n)), h.edit(i, ".H.B", b), h.edit(i, ".C", c),
			})
		}
	}
	return out
}

// moveFrame runs the move of an edge that was not taken over its block's other
// edge: the ids differ by 2^24, which 2^-3 in the constant flag makes up for.
func moveFrame(h *harness) (out [][]edit) {
	facts := h.facts()
	_, idle := h.live("Move")
	roms := map[uint64][2]fr.Element{} // edge: source, target
	edges := map[uint64]fr.Element{}   // edge taken from frame 64
	for k := range h.all {
		switch {
		case k.bus == busRomE:
			key := k.p[0].BigInt(new(big.Int))
			src := u(new(big.Int).Rsh(key, 40).Uint64())
			roms[key.Uint64()&(1<<40-1)] = [2]fr.Element{src, k.p[1]}
		case k.bus == busEdge && k.p[0].IsUint64() && k.p[3].Equal(ptr(u(64))):
			edges[k.p[0].Uint64()] = k.p[2]
		}
	}
	for e, to := range edges {
		rom, ok := roms[e-1<<24]
		if !ok {
			continue
		}
		v, ok := facts[[2]uint64{rom[0].Uint64(), 72}]
		if ok {
			i := idle[0]
			out = append(out, []edit{
				h.edit(i, ".E", u(e)), h.edit(i, ".From", u(64)), h.edit(i, ".To", to), h.edit(i, ".Src", rom[0]),
				h.edit(i, ".Bs", div(-1, 8)), h.edit(i, ".Dst", rom[1]), h.edit(i, ".Val", v),
			})
		}
	}
	return out
}

func ptr[T any](v T) *T { return &v }

// splitForPow runs the entries of powers by the chip of halves (C2).
func splitForPow(h *harness) (out [][]edit) {
	_, idle := h.live("Split")
	rows, _ := h.live("Pow")
	for _, i := range rows {
		var e []edit
		for _, n := range []string{".H.F", ".H.S", ".H.S1", ".H.A"} {
			e = append(e, h.edit(idle[0], n, h.val(i, n)))
		}
		a, shr, wide := h.val(i, ".H.A"), h.val(i, ".Shr"), h.val(i, ".Wide")
		var flag fr.Element
		flag.SetInt64(int64(ir.OpPowShl32) - int64(ir.OpLo32) + int64(shr.Uint64()+2*wide.Uint64()))
		e = append(e, h.edit(idle[0], ".Fh", flag))
		for half, v := range map[string]uint64{".Lo": a.Uint64() & 0xffffffff, ".Hi": a.Uint64() >> 32} {
			for k, l := range split32(v).L {
				e = append(e, h.edit(idle[0], half+".L."+strconv.Itoa(k), l))
			}
		}
		out = append(out, e)
	}
	return out
}

// eqForAnd runs the ROM entries of ands by the chip of eq (C2).
func eqForAnd(h *harness) (out [][]edit) {
	_, idle := h.live("Eq")
	rows, _ := h.live("Bit")
	for _, i := range rows {
		if len(idle) == 0 {
			break
		}
		var e []edit
		for _, n := range []string{".H.F", ".H.S", ".H.S1", ".H.S2", ".H.Bs", ".H.A", ".H.B"} {
			e = append(e, h.edit(idle[0], n, h.val(i, n)))
		}
		or, xor, a, b := h.val(i, ".Or"), h.val(i, ".Xor"), h.val(i, ".H.A"), h.val(i, ".H.B")
		var d fr.Element
		d.Sub(&a, &b)
		e = append(e, h.edit(idle[0], ".Ne", u(8+or.Uint64()+2*xor.Uint64())),
			h.edit(idle[0], ".Inv", inverse(d)), h.edit(idle[0], ".Z", bit(d.IsZero())))
		out = append(out, e)
	}
	return out
}

// divForAdd runs the ROM entries of sums by the chip of quotients (C2).
func divForAdd(h *harness) (out [][]edit) {
	_, idle := h.live("Div")
	rows, _ := h.live("Add64")
	for _, i := range rows {
		a, b := h.val(i, ".H.A"), h.val(i, ".H.B")
		if len(idle) == 0 || b.IsZero() {
			continue
		}
		s := ir.PureStep{Op: &ir.Pure{Op: ir.OpDivU64}, A: a.Uint64(), B: b.Uint64()}
		s.R[0], s.High = ir.Eval(ir.OpDivU64, s.A, s.B, 0)
		e := h.place(idle[0], pureCols("Div", s))
		for _, n := range []string{".H.F", ".H.S", ".H.S1", ".H.S2", ".H.Bs"} {
			e = append(e, h.edit(idle[0], n, h.val(i, n)))
		}
		sub := h.val(i, ".Sub")
		flag := int64(ir.OpAdd64) + int64(sub.Uint64()) - int64(codeOf(ir.OpDivU64))
		out = append(out, append(e, h.edit(idle[0], ".Rem", div(flag, 1))))
	}
	return out
}

// powModulus runs a 64-bit power with Shr = 2 for Wide = 1: modulo 32.
func powModulus(h *harness) (out [][]edit) {
	rows, _ := h.live("Pow")
	for _, i := range rows {
		if a := h.val(i, ".H.A"); h.is(i, ".Wide", 1) && h.is(i, ".Shr", 0) && a.Uint64()%64 >= 32 {
			e := h.edit
			cheat := []edit{e(i, ".Wide", u(0)), e(i, ".Shr", u(2)), e(i, ".K", u(a.Uint64()%32)), e(i, ".R", u(1<<(a.Uint64()%32)))}
			out = append(out, append(cheat, h.limbs(i, ".Q", ptr(split64(a.Uint64() / 32)).L[:])...))
		}
	}
	return out
}

func (h *harness) limbs(i int, name string, l []fr.Element) (out []edit) {
	for k := range l {
		out = append(out, h.edit(i, name+".L."+strconv.Itoa(k), l[k]))
	}
	return out
}

// powOther answers with another exponent; the quotient then has no value, or a
// fraction for one.
func powOther(fraction bool) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		rows, _ := h.live("Pow")
		for _, i := range rows {
			if !h.is(i, ".Shr", 0) {
				continue
			}
			a, wide := h.val(i, ".H.A"), h.val(i, ".Wide")
			w := 32 << wide.Uint64()
			k := (a.Uint64() + 1) % uint64(w)
			cheat := []edit{h.edit(i, ".K", u(k)), h.edit(i, ".R", u(1<<k))}
			if fraction {
				var q fr.Element
				q.Sub(&a, ptr(u(k))).Div(&q, ptr(u(uint64(w))))
				cheat = append(cheat, h.limbs(i, ".Q", []fr.Element{q, {}, {}, {}, {}})...)
			}
			out = append(out, cheat)
		}
		return out
	}
}

// journalSplit takes 2^8 of the second byte of the journal into the first: the
// cell stays as it is, the word does not.
func journalSplit(h *harness) [][]edit {
	b0, b1 := h.column(0, ".Journal.0.Bytes.0"), h.column(0, ".Journal.0.Bytes.1")
	word := plus(h.cells[3].e, pow2(248))
	word.Sub(&word, ptr(plus(fr.Element{}, pow2(232))))
	return [][]edit{{{b0, plus(h.cells[b0].e, pow2(8))}, {b1, plus(h.cells[b1].e, neg(1))}, {3, word}, {-1 - 3, word}}}
}
