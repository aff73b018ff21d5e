package main

import (
	"context"
	"fmt"

	examples "vmhost/examples/wasm"
	"vmhost/examples/wasm/spec"
	"vmhost/internal/vmabi"
	"vmhost/proofs/zkwasm/lower"
	vmruntime "vmhost/runtime"
	"vmhost/statecache"
	"vmhost/testvectors/schema"
)

// maxItems keeps the files small: the larger jobs run in examples/wasm.
const maxItems = 40

// jobState is what a job sees, with made-up items.
func jobState(j spec.Job) *schema.State {
	s := &schema.State{ChainID: 1337, Block: schema.Block{
		Ref:    schema.Ref{Number: schema.Quantity(j.Block), Hash: schema.Hash{0: 0xb1, 31: byte(j.Block)}},
		Parent: schema.Hash{0: 0xb0, 31: byte(j.Block)}, Timestamp: schema.Quantity(1_700_000_000 + 12*j.Block),
		BaseFee: u256(7), GasUsed: 21_000, PrevRandao: schema.Hash{1: 0x9a, 30: 3},
	}}
	for c, name := range sortedKeys(j.Collections) {
		col := schema.Collection{Name: name}
		for i, v := range j.Collections[name] {
			slot, value := u256(uint64(i)), schema.Hash(v)
			col.Items = append(col.Items, schema.Item{Address: schema.Address{19: byte(c + 1)}, Slot: &slot, Value: &value})
		}
		s.Collections = append(s.Collections, col)
	}
	return s
}

// view is the state as the engine wants it, for what is recorded.
func view(s *schema.State) (*statecache.View, error) {
	b := s.Block
	var cols []statecache.CollectionValues
	for _, c := range s.Collections {
		cv := statecache.CollectionValues{Collection: statecache.Collection{Name: c.Name, Base: deref(c.Base)}}
		for _, it := range c.Items {
			cv.Items = append(cv.Items, statecache.Item{
				Kind: statecache.Kind(kinds[it.Kind]), Address: it.Address, Slot: deref(it.Slot), Key: deref(it.Key),
			})
			cv.Values = append(cv.Values, deref(it.Value))
		}
		cols = append(cols, cv)
	}
	return statecache.FromState(uint64(s.ChainID), statecache.BlockHeader{
		Ref: statecache.BlockRef{Number: uint64(b.Number), Hash: b.Hash}, Parent: b.Parent, Timestamp: uint64(b.Timestamp),
		BaseFee: b.BaseFee, GasUsed: uint64(b.GasUsed), PrevRandao: b.PrevRandao,
	}, cols)
}

// record fills in what is recorded: fuel and whether the module is provable.
func (g *generator) record(ctx context.Context, t *schema.Runtime) error {
	_, err := lower.Lower(t.Wasm)
	t.Provable = err == nil
	m, err := g.engine.Compile(ctx, t.Wasm)
	if err != nil {
		return fmt.Errorf("%s: %w", t.Comment, err)
	}
	in := vmruntime.RunInput{Input: t.Input, Prove: t.Prove, Limits: vmruntime.Limits{Fuel: uint64(t.Fuel)}}
	if t.State != nil {
		v, err := view(t.State)
		if err != nil {
			return fmt.Errorf("%s: %w", t.Comment, err)
		}
		in.State = v
	}
	res, err := g.engine.Run(ctx, m, in)
	if err != nil {
		return fmt.Errorf("%s: %w", t.Comment, err)
	}
	if string(res.Trap) != t.Trap || (t.Journal != nil && string(res.Journal) != string(*t.Journal)) {
		return fmt.Errorf("%s: the run gives %q %x, expected %q %x", t.Comment, res.Trap, res.Journal, t.Trap, t.Journal)
	}
	if t.Trap != string(vmabi.TrapOutOfFuel) && t.Used == nil {
		t.Used = &res.Fuel
	}
	return nil
}

func (g *generator) withState(t *schema.Runtime) {
	if t.State != nil {
		c := g.state.state(t.State)
		t.Commitment = &c
	}
}

// examples are the example modules on their jobs.
func (g *generator) examples(ctx context.Context) (out []*suite, err error) {
	for _, e := range examples.All() {
		s := newSuite(schema.SchemaRuntime, "runtime/"+e.Name+"-"+string(e.Lang),
			"Journals and traps by the example's reference function, commitments by a second implementation, fuel recorded from one engine.")
		for _, j := range e.Jobs {
			if large(j) {
				continue
			}
			t := &schema.Runtime{Common: s.next(false, j.Name), Wasm: e.Wasm, Input: j.Input, State: jobState(j), Prove: true}
			want := e.Reference(j)
			outcome(t, want)
			g.withState(t)
			if err := g.record(ctx, t); err != nil {
				return nil, fmt.Errorf("%s: %w", s.path, err)
			}
			s.add(t)
			if len(s.tests) == 1 {
				exact, short := *t, *t
				exact.Common, exact.Fuel = s.next(true, j.Name+", just enough fuel", "Fuel"), schema.Quantity(*t.Used)
				s.add(&exact)
				short.Common, short.Fuel = s.next(false, j.Name+", one too little fuel", "Fuel"), schema.Quantity(*t.Used-1)
				short.Journal, short.Used, short.Trap = nil, nil, string(vmabi.TrapOutOfFuel)
				s.add(&short)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

func large(j spec.Job) bool {
	for _, c := range j.Collections {
		if len(c) > maxItems {
			return true
		}
	}
	return false
}

// badModules trap or are refused.
func (g *generator) badModules(ctx context.Context) ([]*suite, error) {
	bad, err := examples.BadModules()
	if err != nil {
		return nil, err
	}
	s := newSuite(schema.SchemaRuntime, "runtime/bad-modules", "Fuel recorded from one engine; everything else by hand.")
	for _, b := range bad {
		t := &schema.Runtime{Common: s.next(false, b.Name), Wasm: b.Wasm, State: jobState(b.Job), Prove: true, Trap: string(b.Trap)}
		switch b.Verdict {
		case examples.Refused:
			t.Refused, t.State, t.Prove = refusedModules[b.Name], nil, false
			if t.Refused == "" {
				return nil, fmt.Errorf("runtime/bad-modules: no reason for %s", b.Name)
			}
			s.add(t)
			continue
		case examples.Unprovable: // its proof is refused, its run is not
			t.Refused = "ErrNotProvable"
			s.add(t)
			journal := schema.Bytes{2, 0, 0, 0, 0, 0, 0, 0}
			t = &schema.Runtime{Common: s.next(true, b.Name+", no proof asked"), Wasm: b.Wasm, State: jobState(b.Job), Journal: &journal}
		case examples.ProofTraps:
			journal := make(schema.Bytes, 249)
			long := &schema.Runtime{Common: s.next(true, b.Name+", no proof asked"), Wasm: b.Wasm, State: jobState(b.Job), Journal: &journal}
			g.withState(long)
			if err := g.record(ctx, long); err != nil {
				return nil, err
			}
			long.Provable = false // as a proof it traps
			s.add(long)
			t.Common = s.next(false, b.Name)
		case examples.Traps:
		}
		g.withState(t)
		if err := g.record(ctx, t); err != nil {
			return nil, err
		}
		s.add(t)
	}
	return []*suite{s}, nil
}

// refusedModules has the sentinel of package runtime.
var refusedModules = map[string]string{
	"not-wasm": "ErrNotWASM", "truncated": "ErrMalformed", "unknown-import": "ErrUnknownImport", "foreign-import": "ErrForeignImport",
	"import-signature": "ErrImportType", "no-run": "ErrNoRun", "run-signature": "ErrRunType", "run-is-memory": "ErrNoRun",
	"pages-10000": "ErrMemory", "simd": "ErrSIMD",
}

func outcome(t *schema.Runtime, want spec.Outcome) {
	if t.Trap = string(want.Trap); t.Trap != "" {
		return
	}
	journal := schema.Bytes(want.Journal)
	t.Result, t.Journal = schema.Valid, &journal
}
