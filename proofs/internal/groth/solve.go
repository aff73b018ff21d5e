package groth

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"math"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"
)

// pollEvery is after how many instructions the context is looked at: some
// milliseconds.
const pollEvery = 4096

// solution solves a system instruction by instruction: each constraint has at
// most one wire that none before it has. Divisions wait until a quotient is
// used, so that they share inversions: nearly all constraints are fractions of
// one sum.
type solution struct {
	system  *cs.R1CS
	wires   []fr.Element
	state   []wireState
	a, b, c []fr.Element // evaluations of the constraints' sides
	waiting []division
	commit  func(wires []fr.Element) (fr.Element, error)
}

type wireState uint8

const (
	unsolved wireState = iota
	waiting            // in a division
	solved
)

// division is coeff*wire = num/den; side is where the evaluation goes.
type division struct {
	wire, coeff uint32
	side        *fr.Element
	den, num    fr.Element
}

func newSolution(r *cs.R1CS, inputs []fr.Element, capacity int) *solution {
	n := len(r.Public) + len(r.Secret)
	s := &solution{system: r, wires: make([]fr.Element, n+r.NbInternalVariables), state: make([]wireState, n+r.NbInternalVariables)}
	s.wires[0].SetOne()
	copy(s.wires[1:], inputs)
	for i := range n {
		s.state[i] = solved
	}
	k := r.GetNbConstraints()
	s.a, s.b, s.c = make([]fr.Element, k, capacity), make([]fr.Element, k, capacity), make([]fr.Element, k, capacity)
	return s
}

// run solves all instructions.
func (s *solution) run(ctx context.Context) error {
	for i, in := range s.system.Instructions {
		if i%pollEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		call := s.system.CallData[in.StartCallData:]
		var err error
		switch b := s.system.Blueprints[in.BlueprintID].(type) {
		case *constraint.BlueprintGenericR1C:
			err = s.constraint(int(in.ConstraintOffset), call)
		case *constraint.BlueprintGenericHint:
			err = s.hint(call)
		case constraint.BlueprintSolvable[constraint.U64]:
			s.divide()
			if err = b.Solve(gadget{s.system, s}, in.Unpack(&s.system.System)); err != nil {
				err = fmt.Errorf("%w: %w", ErrUnsatisfied, err)
			}
		default:
			err = fmt.Errorf("%w: instruction %d is neither constraint nor hint", ErrKey, i)
		}
		if err != nil {
			return err
		}
	}
	s.divide()
	return nil
}

// linear evaluates terms, except for an unsolved wire, which it returns with
// its coefficient; there is none if coeff is 0.
func (s *solution) linear(terms []uint32) (v fr.Element, wire, coeff uint32, err error) {
	for i := 0; i < len(terms); i += 2 {
		k, w := terms[i], terms[i+1]
		if s.state[w] != solved {
			if s.state[w] == waiting {
				s.divide()
			} else if coeff != 0 {
				return v, 0, 0, fmt.Errorf("%w: two unsolved wires in a constraint", ErrKey)
			} else {
				wire, coeff = w, k
				continue
			}
		}
		switch k {
		case constraint.CoeffIdOne:
			v.Add(&v, &s.wires[w])
		case constraint.CoeffIdMinusOne:
			v.Sub(&v, &s.wires[w])
		default:
			var t fr.Element
			t.Mul(&s.system.Coefficients[k], &s.wires[w])
			v.Add(&v, &t)
		}
	}
	return v, wire, coeff, nil
}

// constraint solves or checks L*R = O.
func (s *solution) constraint(at int, call []uint32) error {
	a := 4 + 2*call[1]
	b := a + 2*call[2]
	l, lw, lk, err1 := s.linear(call[4:a])
	r, rw, rk, err2 := s.linear(call[a:b])
	o, ow, ok, err3 := s.linear(call[b:call[0]])
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	s.a[at], s.b[at] = l, r
	switch {
	case lk == 0 && rk == 0 && ok == 0:
		s.c[at].Mul(&l, &r)
		if s.c[at] != o {
			return fmt.Errorf("%w: constraint %d", ErrUnsatisfied, at)
		}
	case lk == 0 && rk == 0:
		s.c[at].Mul(&l, &r)
		o.Sub(&s.c[at], &o)
		s.set(ow, ok, o)
	case rk == 0 && ok == 0 && l.IsZero():
		s.c[at] = o
		return s.quotient(division{lw, lk, &s.a[at], r, o})
	case lk == 0 && ok == 0 && r.IsZero():
		s.c[at] = o
		return s.quotient(division{rw, rk, &s.b[at], l, o})
	default:
		return fmt.Errorf("%w: constraint %d has two unknown sides", ErrKey, at)
	}
	return nil
}

// set solves coeff*wire = v.
func (s *solution) set(wire, coeff uint32, v fr.Element) {
	switch coeff {
	case constraint.CoeffIdOne:
	case constraint.CoeffIdMinusOne:
		v.Neg(&v)
	default:
		v.Div(&v, &s.system.Coefficients[coeff])
	}
	s.wires[wire], s.state[wire] = v, solved
}

func (s *solution) quotient(d division) error {
	if d.den.IsZero() {
		return fmt.Errorf("%w: division by zero", ErrUnsatisfied)
	}
	s.state[d.wire] = waiting
	s.waiting = append(s.waiting, d)
	if len(s.waiting) == pollEvery {
		s.divide()
	}
	return nil
}

// divide does the waiting divisions with one inversion.
func (s *solution) divide() {
	dens := make([]fr.Element, len(s.waiting))
	for i := range dens {
		dens[i] = s.waiting[i].den
	}
	for i, inv := range fr.BatchInvert(dens) {
		d := &s.waiting[i]
		d.side.Mul(&d.num, &inv)
		s.set(d.wire, d.coeff, *d.side)
	}
	s.waiting = s.waiting[:0]
}

// hint runs the hints of gnark's gadgets: the commitment, which is not
// computed as a hint, the random mask beside it, and any others.
func (s *solution) hint(call []uint32) error {
	id := solver.HintID(call[1])
	if id == solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder) {
		v, err := s.commit(s.wires)
		s.set(call[call[0]-2], constraint.CoeffIdOne, v)
		return err
	}
	f := solver.GetRegisteredHint(id)
	if f == nil {
		return fmt.Errorf("%w: hint %d is not known", ErrKey, id)
	}
	at, in := 3, make([]*big.Int, call[2])
	for i := range in {
		end := at + 1 + 2*int(call[at])
		in[i] = s.input(call[at+1 : end]).BigInt(new(big.Int))
		at = end
	}
	out := make([]*big.Int, call[at+1]-call[at])
	for i := range out {
		out[i] = new(big.Int)
	}
	if err := f(fr.Modulus(), in, out); err != nil {
		return fmt.Errorf("%w: hint: %w", ErrUnsatisfied, err)
	}
	for i := range out {
		var v fr.Element
		v.SetBigInt(out[i])
		s.set(call[at]+uint32(i), constraint.CoeffIdOne, v)
	}
	return nil
}

// input evaluates the terms of a hint's input, which may have constants.
func (s *solution) input(terms []uint32) *fr.Element {
	var v fr.Element
	for ; len(terms) >= 2; terms = terms[2:] {
		coeff, wire := terms[0], terms[1]
		t := s.system.Coefficients[coeff]
		if wire != math.MaxUint32 {
			if s.state[wire] == waiting {
				s.divide()
			}
			t.Mul(&t, &s.wires[wire])
		}
		v.Add(&v, &t)
	}
	return &v
}

// challengeOf hashes a commitment and the public values beside it.
func challengeOf(h hash.Hash, commitment []byte, public []fr.Element) (x fr.Element) {
	in := make([]*big.Int, len(public))
	for i := range in {
		in[i] = public[i].BigInt(new(big.Int))
	}
	h.Reset()
	_, _ = h.Write(constraint.SerializeCommitment(commitment, in, fr.Bytes)) // a hash never fails
	x.SetBytes(h.Sum(nil)[:fr.Bytes])
	return x
}
