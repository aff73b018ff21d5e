package main

import (
	"encoding/json"
	"fmt"
	"math/big"

	"vmhost/testvectors/schema"
)

// script writes a statecache test and keeps a model of the cache: a list of
// definitions, and a chain of rows that each hold everything.
type script struct {
	h     *hasher
	t     *schema.Statecache
	defs  []schema.Collection // each "define" or "extend", in order
	chain []row               // canonical, from the first block ever
	err   error
}

type row struct {
	block      schema.Block
	cols       []schema.Collection
	defs       int // definitions in effect
	dir        *big.Int
	commitment schema.Hash
}

func (g *generator) script(s *suite, chainID uint64, comment string, flags ...string) *script {
	return &script{h: g.state, t: &schema.Statecache{Common: s.next(true, comment, flags...), ChainID: schema.Quantity(chainID)}}
}

func (s *script) step(v any, wantErr string) {
	b, err := json.Marshal(v)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("%s: %w", s.t.Comment, err)
	}
	if wantErr != "" {
		s.t.Result = schema.Invalid
	}
	s.t.Steps = append(s.t.Steps, b)
}

func (s *script) head() *row {
	if len(s.chain) == 0 {
		return nil
	}
	return &s.chain[len(s.chain)-1]
}

func (s *script) define(c schema.Collection) {
	s.step(schema.StepDefine{Step: schema.Step{Op: "define"}, Collection: c}, "")
	s.defs = append(s.defs, c)
}

func (s *script) extend(name string, items ...schema.Item) {
	c := schema.Collection{Name: name, Items: items}
	s.step(schema.StepDefine{Step: schema.Step{Op: "extend"}, Collection: c}, "")
	s.defs = append(s.defs, c)
}

func (s *script) refuseDefine(op, err string, c schema.Collection) {
	s.step(schema.StepDefine{Step: schema.Step{Op: op, Error: err}, Collection: c}, err)
}

// apply adds a block; a block that was applied before is told again as it is.
func (s *script) apply(b schema.Block, changes ...schema.Change) schema.Ref {
	next := row{block: b, defs: len(s.defs)}
	if h := s.head(); h != nil {
		next.cols = clone(h.cols)
		s.takeEffect(&next, s.defs[h.defs:])
	} else {
		s.takeEffect(&next, s.defs)
	}
	for _, c := range changes {
		v := c.Value
		col(next.cols, c.Collection).Items[c.Index].Value = &v
	}
	next.dir = s.h.tree(4, s.h.directory(b, next.cols))
	next.commitment = s.h.commitment(s.t.ChainID, b.Ref, next.dir, s.history(len(s.chain)))
	s.chain = append(s.chain, next)
	s.again(b, next.commitment, changes...)
	return b.Ref
}

func (s *script) again(b schema.Block, want schema.Hash, changes ...schema.Change) {
	s.step(schema.StepApply{Step: schema.Step{Op: "apply"}, Block: b, Changes: changes, Commitment: &want}, "")
}

func (s *script) takeEffect(r *row, defs []schema.Collection) {
	for _, d := range defs {
		if c := col(r.cols, d.Name); c != nil {
			c.Items = append(c.Items, d.Items...)
		} else {
			r.cols = append(r.cols, clone([]schema.Collection{d})...)
		}
	}
}

func col(cols []schema.Collection, name string) *schema.Collection {
	for i := range cols {
		if cols[i].Name == name {
			return &cols[i]
		}
	}
	return nil
}

// history of the block at place i of the chain.
func (s *script) history(i int) *big.Int {
	if s.t.NoHistory {
		return new(big.Int)
	}
	var earlier []past
	for _, r := range s.chain[:i] {
		earlier = append(earlier, past{r.block.Ref, r.dir})
	}
	return s.h.history(earlier)
}

func (s *script) refuseApply(err string, b schema.Block, changes ...schema.Change) {
	s.step(schema.StepApply{Step: schema.Step{Op: "apply", Error: err}, Block: b, Changes: changes}, err)
}

func (s *script) at(ref schema.Ref) int {
	for i, r := range s.chain {
		if r.block.Ref == ref {
			return i
		}
	}
	panic("gen: no such block in the model: " + s.t.Comment)
}

func (s *script) rollback(to schema.Ref) {
	s.chain = s.chain[:s.at(to)+1]
	s.step(schema.StepRollback{Step: schema.Step{Op: "rollback"}, To: to, Commitment: &s.head().commitment}, "")
}

func (s *script) refuseRollback(err string, to schema.Ref) {
	s.step(schema.StepRollback{Step: schema.Step{Op: "rollback", Error: err}, To: to}, err)
}

func (s *script) finalize(n uint64, err string) {
	s.step(schema.StepFinalize{Step: schema.Step{Op: "finalize", Error: err}, Number: schema.Quantity(n)}, err)
}

func (s *script) view(name string, at schema.Ref, err string) {
	s.step(schema.StepView{Step: schema.Step{Op: "view", Error: err}, Name: name, At: &at}, err)
}

func (s *script) release(name string) {
	s.step(schema.StepView{Step: schema.Step{Op: "release"}, Name: name}, "")
}

func (s *script) orphaned(name string, want bool) {
	s.step(schema.StepView{Step: schema.Step{Op: "orphaned"}, Name: name, Want: &want}, "")
}

func (s *script) commitmentAt(at schema.Ref, err string) {
	st := schema.StepCommitment{Step: schema.Step{Op: "commitment", Error: err}, At: at}
	if err == "" {
		st.Commitment = &s.chain[s.at(at)].commitment
	}
	s.step(st, err)
}

// get reads from the block, or from a named view, whose answer is then given.
func (s *script) get(at schema.Ref, age uint64, name string, index uint32, err string) {
	st := schema.StepGet{Step: schema.Step{Op: "get", Error: err}, At: &at, Age: schema.Quantity(age), Collection: name, Index: index}
	if err == "" {
		st.Value = col(s.chain[s.at(at)-int(age)].cols, name).Items[index].Value
	}
	s.step(st, err)
}

func (s *script) getView(view, name string, value schema.Hash, err string) {
	st := schema.StepGet{Step: schema.Step{Op: "get", Error: err}, View: view, Collection: name}
	if err == "" {
		st.Value = &value
	}
	s.step(st, err)
}

func (s *script) proof(at schema.Ref, handle, index int) (map[string]any, schema.Hash) {
	i := s.at(at)
	r := s.chain[i]
	return s.h.proofOf(s.t.ChainID, r.block, r.cols, s.history(i), handle, index), r.commitment
}

func (s *script) prove(at schema.Ref, handle, index int) {
	p, commitment := s.proof(at, handle, index)
	b, err := json.Marshal(p)
	if err != nil {
		s.err = err
	}
	s.step(schema.StepProve{
		Step: schema.Step{Op: "prove"}, At: at, Collection: p["name"].(string), Index: uint32(index), Commitment: commitment, Proof: b,
	}, "")
}

func (s *script) refuseProve(err string, at schema.Ref, name string, index uint32) {
	s.step(schema.StepProve{Step: schema.Step{Op: "prove", Error: err}, At: at, Collection: name, Index: index}, err)
}

func (s *script) verify(commitment schema.Hash, proof any, wantErr string) {
	b, err := json.Marshal(proof)
	if err != nil {
		s.err = err
	}
	s.step(schema.StepVerify{Step: schema.Step{Op: "verify", Error: wantErr}, Commitment: commitment, Proof: b}, wantErr)
}
