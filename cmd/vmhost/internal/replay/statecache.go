package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"vmhost/statecache"
	"vmhost/testvectors/schema"
)

// story is one cache and the views that steps took.
type story struct {
	cache *statecache.Cache
	views map[string]*statecache.View
}

// stateCache runs the steps of a test on a new cache.
func stateCache(_ context.Context, t *schema.Statecache) error {
	valid, err := t.IsValid()
	if err != nil {
		return err
	}
	c, err := statecache.New(statecache.Options{
		ChainID: uint64(t.ChainID), Window: t.Window, HardCap: t.HardCap, NoHistory: t.NoHistory,
		UnsafeAnySlots: true, // the vectors are of the format
	})
	if err != nil {
		return err
	}
	s := &story{c, map[string]*statecache.View{}}
	refused := false
	for i, step := range t.Steps {
		failed, err := s.step(step)
		if err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
		refused = refused || failed
	}
	if len(t.Steps) == 0 || valid == refused {
		return fmt.Errorf("%w: a test is invalid if a step must fail, else valid", schema.ErrFormat)
	}
	return nil
}

// step runs one step and reports whether it had to fail, and did.
func (s *story) step(raw json.RawMessage) (refused bool, err error) {
	var head struct {
		Op    string `json:"op"`
		Error string `json:"error"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return false, fmt.Errorf("%w: %w", schema.ErrFormat, err)
	}
	run := map[string]func(json.RawMessage) error{
		"define": s.define, "extend": s.extend, "apply": s.apply, "rollback": s.rollback, "finalize": s.finalize,
		"view": s.view, "release": s.release, "orphaned": s.orphaned, "commitment": s.commitment, "get": s.get,
		"prove": s.prove, "verify": s.verify,
	}[head.Op]
	if run == nil {
		return false, fmt.Errorf("%w: unknown op %.40q", schema.ErrFormat, head.Op)
	}
	err = run(raw)
	switch {
	case errors.Is(err, schema.ErrFormat), errors.Is(err, errWrong):
		return false, fmt.Errorf("%s: %w", head.Op, err)
	case head.Error == "" && err != nil:
		return false, fmt.Errorf("%s: %w", head.Op, err)
	case head.Error != "" && err == nil:
		return false, fmt.Errorf("%s: no error, want %s", head.Op, head.Error)
	case head.Error != statecache.Code(err):
		return false, fmt.Errorf("%s: error '%w', want %s", head.Op, err, head.Error)
	}
	return head.Error != "", nil
}

func wrong(what string, got, want any) error {
	return fmt.Errorf("%s %v, want %v: %w", what, got, want, errWrong)
}

// wantHash compares what a step gave with what it expects, which a step that
// succeeds must say.
func wantHash(what string, got [32]byte, want *schema.Hash) error {
	if want == nil {
		return fmt.Errorf("%w: %s is missing", schema.ErrFormat, what)
	}
	if got != *want {
		return wrong(what, fmt.Sprintf("0x%x", got), fmt.Sprintf("0x%x", *want))
	}
	return nil
}

func (s *story) define(raw json.RawMessage) error {
	var st schema.StepDefine
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	col, err := collection(st.Collection)
	if err != nil {
		return err
	}
	return s.cache.Define(col)
}

func (s *story) extend(raw json.RawMessage) error {
	var st schema.StepDefine
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	col, err := collection(st.Collection)
	if err != nil {
		return err
	}
	if st.Base != nil {
		return fmt.Errorf("%w: extend has no base", schema.ErrFormat)
	}
	return s.cache.Extend(col.Name, col.Items)
}

func (s *story) apply(raw json.RawMessage) error {
	var st schema.StepApply
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	var changes []statecache.Change
	for _, c := range st.Changes {
		changes = append(changes, statecache.Change{Collection: c.Collection, Index: c.Index, Value: c.Value})
	}
	before := s.cache.Digests()
	got, err := s.cache.Apply(header(st.Block), changes)
	if err != nil {
		return errors.Join(err, s.unchanged(before))
	}
	return wantHash("commitment", got, st.Commitment)
}

// unchanged checks that a refused step left everything as it was.
func (s *story) unchanged(before map[string][32]byte) error {
	after := s.cache.Digests()
	for table, d := range before {
		if after[table] != d {
			return fmt.Errorf("table %s changed by a refused step: %w", table, errWrong)
		}
	}
	return nil
}

func (s *story) rollback(raw json.RawMessage) error {
	var st schema.StepRollback
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	before := s.cache.Digests()
	if err := s.cache.Rollback(ref(st.To)); err != nil {
		return errors.Join(err, s.unchanged(before))
	}
	head, ok := s.cache.Head()
	if !ok || head != ref(st.To) {
		return wrong("head", head, ref(st.To))
	}
	got, err := s.cache.CommitmentAt(head)
	if err != nil {
		return err
	}
	return wantHash("commitment", got, st.Commitment)
}

func (s *story) finalize(raw json.RawMessage) error {
	var st schema.StepFinalize
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	return s.cache.Finalize(uint64(st.Number))
}

func (s *story) commitment(raw json.RawMessage) error {
	var st schema.StepCommitment
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	got, err := s.cache.CommitmentAt(ref(st.At))
	if err != nil {
		return err
	}
	return wantHash("commitment", got, st.Commitment)
}

func (s *story) view(raw json.RawMessage) error {
	var st schema.StepView
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	if st.At == nil || st.Want != nil || s.views[st.Name] != nil {
		return fmt.Errorf("%w: view needs a new name and a block", schema.ErrFormat)
	}
	v, err := s.cache.View(ref(*st.At), st.Name, time.Time{})
	if err == nil {
		s.views[st.Name] = v
	}
	return err
}

// named decodes a step about a view that was taken.
func (s *story) named(raw json.RawMessage) (st schema.StepView, v *statecache.View, err error) {
	if err := schema.Strict(raw, &st); err != nil {
		return st, nil, err
	}
	if v = s.views[st.Name]; v == nil || st.At != nil {
		return st, nil, fmt.Errorf("%w: no view %.40q", schema.ErrFormat, st.Name)
	}
	return st, v, nil
}

func (s *story) release(raw json.RawMessage) error {
	_, v, err := s.named(raw)
	if err == nil {
		v.Release()
	}
	return err
}

func (s *story) orphaned(raw json.RawMessage) error {
	st, v, err := s.named(raw)
	switch {
	case err != nil:
		return err
	case st.Want == nil:
		return fmt.Errorf("%w: want is missing", schema.ErrFormat)
	case v.Orphaned() != *st.Want:
		return wrong("orphaned", v.Orphaned(), *st.Want)
	}
	return nil
}
