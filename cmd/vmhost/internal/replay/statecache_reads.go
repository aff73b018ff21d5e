package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"vmhost/statecache"
	"vmhost/testvectors/schema"
)

// at takes a view of a block for one step.
func (s *story) at(r schema.Ref) (*statecache.View, error) {
	return s.cache.View(ref(r), "replay", time.Time{})
}

func find(v *statecache.View, name string) (uint32, error) {
	handle, ok := v.Find(name)
	if !ok {
		return 0, statecache.ErrUnknownCollection
	}
	return handle, nil
}

func (s *story) get(raw json.RawMessage) error {
	var st schema.StepGet
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	v := s.views[st.View]
	switch {
	case (st.At == nil) == (st.View == ""), st.View != "" && v == nil:
		return fmt.Errorf("%w: get needs a block or a view", schema.ErrFormat)
	case v == nil:
		var err error
		if v, err = s.at(*st.At); err != nil {
			return err
		}
		defer v.Release()
	}
	// A released view finds nothing, so the handle is only as good as the read.
	handle, _ := v.Find(st.Collection)
	got, err := v.ValueAt(uint64(st.Age), handle, st.Index)
	if err != nil {
		return err
	}
	if _, err := find(v, st.Collection); err != nil {
		return err
	}
	if now, ok := v.Value(handle, st.Index); st.Age == 0 && (!ok || now != got) {
		return wrong("Value", fmt.Sprintf("0x%x", now), fmt.Sprintf("0x%x", got))
	}
	return wantHash("value", got, st.Value)
}

func (s *story) prove(raw json.RawMessage) error {
	var st schema.StepProve
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	v, err := s.at(st.At)
	if err != nil {
		return err
	}
	defer v.Release()
	handle, err := find(v, st.Collection)
	if err != nil {
		return err
	}
	p, err := v.Prove(handle, st.Index)
	if err != nil {
		return err
	}
	if err := wantHash("commitment", v.CommitmentBytes(), &st.Commitment); err != nil {
		return err
	}
	if err := sameProof(p, st.Proof); err != nil {
		return err
	}
	if err := statecache.VerifyProof(statecache.Commitment(st.Commitment), p); err != nil {
		return err
	}
	return noneVerifies(statecache.Commitment(st.Commitment), p)
}

// sameProof compares a proof with its recorded form, as JSON values.
func sameProof(p *statecache.Proof, want json.RawMessage) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	var x, y any
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	if err := json.Unmarshal(want, &y); err != nil {
		return fmt.Errorf("%w: %w", schema.ErrFormat, err)
	}
	got, err := json.Marshal(x)
	if err != nil {
		return err
	}
	if b, err = json.Marshal(y); err != nil {
		return err
	}
	if !bytes.Equal(got, b) {
		return wrong("proof", string(got), string(b))
	}
	return nil
}

// noneVerifies changes each part of a proof and wants all of that refused.
func noneVerifies(c statecache.Commitment, p *statecache.Proof) error {
	for name, change := range map[string]func(*statecache.Proof){
		"chain id":     func(q *statecache.Proof) { q.ChainID ^= 1 },
		"number":       func(q *statecache.Proof) { q.Block.Number ^= 1 },
		"block hash":   func(q *statecache.Proof) { q.Block.Hash[31] ^= 1 },
		"history root": func(q *statecache.Proof) { q.HistoryRoot[31] ^= 1 },
		"handle":       func(q *statecache.Proof) { q.Handle ^= 1 },
		"name":         func(q *statecache.Proof) { q.Name += "x" },
		"length":       func(q *statecache.Proof) { q.Length++ },
		"items root":   func(q *statecache.Proof) { q.ItemsRoot[31] ^= 1 },
		"base":         func(q *statecache.Proof) { q.Base[31] ^= 1 },
		"index":        func(q *statecache.Proof) { q.Index ^= 1 },
		"kind":         func(q *statecache.Proof) { q.Item.Kind = (q.Item.Kind + 1) % 5 },
		"address":      func(q *statecache.Proof) { q.Item.Address[19] ^= 1 },
		"slot":         func(q *statecache.Proof) { q.Item.Slot[31] ^= 1 },
		"key":          func(q *statecache.Proof) { q.Item.Key[31] ^= 1 },
		"value":        func(q *statecache.Proof) { q.Value[31] ^= 1 },
		"high value":   func(q *statecache.Proof) { q.Value[0] ^= 0x80 },
	} {
		q := copyProof(p)
		change(q)
		if statecache.VerifyProof(c, q) == nil {
			return fmt.Errorf("the proof verifies with another %s: %w", name, errWrong)
		}
	}
	for _, path := range []func(*statecache.Proof) [][7][32]byte{
		func(q *statecache.Proof) [][7][32]byte { return q.Path }, func(q *statecache.Proof) [][7][32]byte { return q.DirPath },
	} {
		for level := range path(p) {
			for k := range 7 {
				q := copyProof(p)
				path(q)[level][k][31] ^= 1
				if statecache.VerifyProof(c, q) == nil {
					return fmt.Errorf("the proof verifies with another sibling %d on level %d: %w", k, level, errWrong)
				}
			}
		}
	}
	return nil
}

func copyProof(p *statecache.Proof) *statecache.Proof {
	q := *p
	q.Path, q.DirPath = slices.Clone(p.Path), slices.Clone(p.DirPath)
	return &q
}

func (s *story) verify(raw json.RawMessage) error {
	var st schema.StepVerify
	if err := schema.Strict(raw, &st); err != nil {
		return err
	}
	var p statecache.Proof
	if err := json.Unmarshal(st.Proof, &p); err != nil {
		return err
	}
	return statecache.VerifyProof(statecache.Commitment(st.Commitment), &p)
}
