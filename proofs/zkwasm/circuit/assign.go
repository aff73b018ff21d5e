package circuit

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache"
)

// Opener gives the preimages of the state commitment that reads open;
// *statecache.View is one.
type Opener = statecache.Opener

// assigner fills the columns of a shape from a trace, in the order of define.
type assigner struct {
	sh    Shape
	p     *ir.Program
	t     *ir.Trace
	rom   *romTables
	w     fr.Vector
	pow   map[ir.Slot]bool // slots of type pow2: a traced 0 means 2^64
	pure  map[ir.Op][]ir.PureStep
	state *openings
	err   error
}

// Assignment is a complete witness of one run.
type Assignment struct {
	Shape  Shape
	Public [NumPublic]fr.Element
	W      fr.Vector
	Used   Shape // rows in use of each resource
}

// Assign lays out a run as a witness of a shape, or says which resource is
// short (*ShortError).
func Assign(sh Shape, p *ir.Program, t *ir.Trace, o Opener) (*Assignment, error) {
	rom, err := flattenROM(p)
	if err != nil {
		return nil, err
	}
	st, err := openState(t, o)
	if err != nil {
		return nil, err
	}
	id, err := ProgramID(p)
	if err != nil {
		return nil, err
	}
	a := &assigner{sh: sh, p: p, t: t, rom: rom, state: st, pow: powSlots(p), pure: groupPure(t)}
	used := a.used()
	if err := sh.fits(used); err != nil {
		return nil, err
	}
	out := &Assignment{Shape: sh, Used: used}
	out.Public = publicInputs(id, st.commitment, t.Output)
	a.w = make(fr.Vector, 0, sh.Columns())
	a.all(out.Public)
	if a.err != nil {
		return nil, a.err
	}
	out.W = a.w
	return out, countMultiplicities(sh, out)
}

// publicInputs of a claim (formats.md).
func publicInputs(id, commitment fr.Element, journal []byte) (pub [NumPublic]fr.Element) {
	pub[0], pub[1], pub[2] = id, commitment, u(uint64(len(journal)))
	for i := range 8 {
		var word [32]byte
		if lo := 31 * i; lo < len(journal) {
			copy(word[1:], journal[lo:min(lo+31, len(journal))])
		}
		pub[3+i].SetBytes(word[:])
	}
	return pub
}

// countMultiplicities runs the circuit natively and sets each free
// multiplicity column to the number of reads of its tuple.
func countMultiplicities(sh Shape, a *Assignment) error {
	n, err := nativeCheck(sh, a.W, a.Public[:], nil)
	if err != nil {
		return err
	}
	for _, t := range n.balance {
		if t.free >= 0 {
			a.W[t.free].Sub(&a.W[t.free], &t.sum)
		}
	}
	return nil
}

func powSlots(p *ir.Program) map[ir.Slot]bool {
	m := map[ir.Slot]bool{}
	for i := range p.Blocks {
		for _, in := range p.Blocks[i].Body {
			if in.Pure != nil && in.Pure.Op >= ir.OpPowShl32 && in.Pure.Op <= ir.OpPowShr64 {
				m[in.Pure.Dst] = true
			}
		}
	}
	return m
}

func groupPure(t *ir.Trace) map[ir.Op][]ir.PureStep {
	m := map[ir.Op][]ir.PureStep{}
	for _, s := range t.Pure {
		m[s.Op.Op] = append(m[s.Op.Op], s)
	}
	return m
}

// ops gathers the steps of several opcodes, in opcode order.
func (a *assigner) ops(from, to ir.Op) []ir.PureStep {
	var out []ir.PureStep
	for o := from; o <= to; o++ {
		out = append(out, a.pure[o]...)
	}
	return out
}

func (a *assigner) val(r ir.Ref, v uint64) fr.Element {
	if v == 0 && a.pow[r.Slot] && !r.Const {
		var e fr.Element
		e.SetBigInt(pow2(64))
		return e
	}
	return u(v)
}

func (a *assigner) head(s ir.PureStep) head[fr.Element] {
	return head[fr.Element]{
		F: u(s.Frame), S: u(uint64(s.Op.Dst)), S1: u(uint64(s.Op.A.Slot)), S2: u(uint64(s.Op.B.Slot)),
		Bs: bit(s.Op.B.Const), A: u(s.A), B: a.val(s.Op.B, s.B),
	}
}

func head1Of(s ir.PureStep) head1[fr.Element] {
	return head1[fr.Element]{F: u(s.Frame), S: u(uint64(s.Op.Dst)), S1: u(uint64(s.Op.A.Slot)), A: u(s.A)}
}

// padHead is the head of a pad row: operand zero in frame 0, second operand s2.
func padHead(s2 ir.Slot, b uint64) head[fr.Element] {
	return head[fr.Element]{S: u(uint64(ir.SlotPad0)), S1: u(uint64(ir.SlotZero)), S2: u(uint64(s2)), B: u(b)}
}

func padHead1() head1[fr.Element] {
	return head1[fr.Element]{S: u(uint64(ir.SlotPad0)), S1: u(uint64(ir.SlotZero))}
}

// fillRows puts one row for each step and pads up to n.
func fillRows[S, R any](a *assigner, n int, steps []S, row func(S) R, pad R) {
	for _, s := range steps {
		r := row(s)
		put(&a.w, &r)
	}
	for range n - len(steps) {
		put(&a.w, &pad)
	}
}

func (a *assigner) all(pub [NumPublic]fr.Element) {
	f := a.fixedRow(pub)
	put(&a.w, &f)
	a.spine()
	a.moves()
	a.arithmetic()
	a.memory()
	a.world()
	a.romRows()
	a.w = append(a.w, make(fr.Vector, a.sh.tableColumns())...)
}

func (a *assigner) arithmetic() {
	z := padHead(ir.SlotZero, 0)
	sub := func(s ir.PureStep, base ir.Op) (fr.Element, bool) { return u(uint64(s.Op.Op - base)), s.Op.Op != base }
	fillRows(a, a.sh.Add32, a.ops(ir.OpAdd32, ir.OpSub32), func(s ir.PureStep) addRow32[fr.Element] {
		f, isSub := sub(s, ir.OpAdd32)
		c := s.A+s.B >= 1<<32
		if isSub {
			c = s.A < s.B
		}
		return addRow32[fr.Element]{H: a.head(s), Sub: f, C: bit(c), R: split32(s.R[0])}
	}, addRow32[fr.Element]{H: z})
	fillRows(a, a.sh.Add64, a.ops(ir.OpAdd64, ir.OpSub64), func(s ir.PureStep) addRow64[fr.Element] {
		f, isSub := sub(s, ir.OpAdd64)
		_, c := bits.Add64(s.A, s.B, 0)
		if isSub {
			_, c = bits.Sub64(s.A, s.B, 0)
		}
		return addRow64[fr.Element]{H: a.head(s), Sub: f, C: u(c), R: split64(s.R[0])}
	}, addRow64[fr.Element]{H: z})
	fillRows(a, a.sh.Cmp, a.ops(ir.OpLtU32, ir.OpLeU64), a.cmpRow, cmpRow[fr.Element]{H: z})
	fillRows(a, a.sh.Eq, a.ops(ir.OpEq, ir.OpNe), func(s ir.PureStep) eqRow[fr.Element] {
		d := diff(s.A, s.B)
		return eqRow[fr.Element]{H: a.head(s), Ne: bit(s.Op.Op == ir.OpNe), Inv: inverse(d), Z: bit(s.A == s.B)}
	}, eqRow[fr.Element]{H: z, Z: u(1)})
	fillRows(a, a.sh.Bit, a.ops(ir.OpAnd32, ir.OpXor64), a.bitRow, bitRow[fr.Element]{H: z})
	fillRows(a, a.sh.Mul32, a.ops(ir.OpMulLo32, ir.OpMulSum32), func(s ir.PureStep) mulRow32[fr.Element] {
		hi, lo := s.A*s.B>>32, s.A*s.B&0xffffffff
		k := s.Op.Op - ir.OpMulLo32
		return mulRow32[fr.Element]{H: a.head(s), Fh: bit(k == 1), Fs: bit(k == 2), Lo: split32(lo), Hi: split32(hi)}
	}, mulRow32[fr.Element]{H: z})
	fillRows(a, a.sh.Mul64, a.ops(ir.OpMulLo64, ir.OpMulSum64), a.mul64Row, mulRow64[fr.Element]{H: z})
	fillRows(a, a.sh.Div, a.ops(ir.OpDivU32, ir.OpRemU64), a.divRow, divRow[fr.Element]{H: padHead(ir.SlotOne, 1)})
	fillRows(a, a.sh.Sel, a.pure[ir.OpSelect], func(s ir.PureStep) selRow[fr.Element] {
		return selRow[fr.Element]{
			H: a.head(s), S3: u(uint64(s.Op.C.Slot)), Cs: bit(s.Op.C.Const), C: u(s.C),
			Inv: inverse(u(s.A)), Z: bit(s.A == 0),
		}
	}, selRow[fr.Element]{H: z, S3: u(uint64(ir.SlotZero)), Z: u(1)})
	fillRows(a, a.sh.Pow, a.ops(ir.OpPowShl32, ir.OpPowShr64), powRowOf, powRow[fr.Element]{H: padHead1(), R: u(1)})
	fillRows(a, a.sh.Split, a.ops(ir.OpLo32, ir.OpHi32), func(s ir.PureStep) splitRow[fr.Element] {
		return splitRow[fr.Element]{H: head1Of(s), Fh: bit(s.Op.Op == ir.OpHi32), Lo: split32(s.A & 0xffffffff), Hi: split32(s.A >> 32)}
	}, splitRow[fr.Element]{H: padHead1()})
}

func diff(x, y uint64) fr.Element {
	a, b := u(x), u(y)
	a.Sub(&a, &b)
	return a
}

func (a *assigner) cmpRow(s ir.PureStep) cmpRow[fr.Element] {
	k := s.Op.Op - ir.OpLtU32
	x, y := s.A, s.B
	if k&1 == 1 {
		x, y = y, x
	}
	d, c := bits.Sub64(x, y, 0)
	return cmpRow[fr.Element]{
		H: a.head(s), Sw: u(uint64(k & 1)), Neg: u(uint64(k >> 1 & 1)), C: u(c), D: split64(d),
	}
}

func (a *assigner) bitRow(s ir.PureStep) bitRow[fr.Element] {
	k := s.Op.Op - ir.OpAnd32
	r := bitRow[fr.Element]{H: a.head(s), Or: bit(k&3 == 1), Xor: bit(k&3 == 2), N: split64(s.A & s.B)}
	for i := range r.P {
		x, y := s.A>>(6*i)&63, s.B>>(6*i)&63
		r.P[i].SetBigInt(andTuple(x, y, x&y))
	}
	return r
}

func (a *assigner) mul64Row(s ir.PureStep) mulRow64[fr.Element] {
	hi, lo := bits.Mul64(s.A, s.B)
	if s.B == 0 && a.pow[s.Op.B.Slot] && !s.Op.B.Const { // 2^64
		hi, lo = s.A, 0
	}
	k := s.Op.Op - ir.OpMulLo64
	return mulRow64[fr.Element]{H: a.head(s), Fh: bit(k == 1), Fs: bit(k == 2), Lo: split64(lo), Hi: split64(hi)}
}

func (a *assigner) divRow(s ir.PureStep) divRow[fr.Element] {
	k := s.Op.Op - ir.OpDivU32
	r := divRow[fr.Element]{H: a.head(s), Rem: u(uint64(k & 1))}
	if s.B != 0 {
		q, rm := s.A/s.B, s.A%s.B
		r.Q, r.Rm, r.D = split64(q), split64(rm), split64(s.B-1-rm)
	}
	return r
}

func powRowOf(s ir.PureStep) powRow[fr.Element] {
	k := s.Op.Op - ir.OpPowShl32
	w := uint64(32) << (k >> 1)
	e := s.A % w
	x := e
	if k&1 == 1 {
		x = w - e
	}
	r := powRow[fr.Element]{H: head1Of(s), Shr: u(uint64(k & 1)), Wide: u(uint64(k >> 1)), K: u(e), Q: split64(s.A / w)}
	r.R.SetBigInt(pow2(uint(x)))
	return r
}
