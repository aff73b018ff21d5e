package circuit

import (
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
)

// asserter emits a*b == c as exactly one constraint. gnark's AssertIsEqual of
// a product costs two; the generic R1C blueprint costs one.
type asserter struct {
	bid  constraint.BlueprintID
	have bool
	buf  []uint32
}

func (s *asserter) r1c(api frontend.API, a, b, c frontend.Variable) {
	comp := api.Compiler()
	if !s.have {
		s.bid, s.have = comp.AddBlueprint(&constraint.BlueprintGenericR1C{}), true
	}
	s.buf = s.buf[:0]
	var la, lb, lc []uint32
	linear(api, a).Compress(&la)
	linear(api, b).Compress(&lb)
	linear(api, c).Compress(&lc)
	if la[0] < lb[0] { // fewer terms in B: more points at infinity, cheaper proving
		la, lb = lb, la
	}
	s.buf = append(s.buf, 0, la[0], lb[0], lc[0])
	s.buf = append(s.buf, la[1:]...)
	s.buf = append(s.buf, lb[1:]...)
	s.buf = append(s.buf, lc[1:]...)
	s.buf[0] = uint32(len(s.buf))
	comp.AddInstruction(s.bid, s.buf)
}

// linear is v as a canonical expression; constants become multiples of wire one.
func linear(api frontend.API, v frontend.Variable) frontend.CanonicalVariable {
	if _, ok := api.Compiler().ConstantValue(v); ok {
		v = api.Add(v, 0)
	}
	return api.Compiler().ToCanonicalVariable(v)
}
