package proofs

import (
	"bytes"
	"context"
	"slices"
)

// AgesRead runs a job without proving it and says which earlier blocks it reads:
// their ages, ascending. Whoever moves the job's state elsewhere to prove it
// there must send them along. A run that traps is an answer too.
func AgesRead(ctx context.Context, j Job) ([]uint64, error) {
	if !bytes.Contains(j.Module, []byte("state_read_at")) || j.State == nil {
		return nil, nil
	}
	l, err := lowerModule(j.Module)
	if err != nil {
		return nil, err
	}
	r := &ageRecorder{View: j.State}
	j.State = r
	if _, _, err := execute(ctx, l, j, true); err != nil {
		return nil, err
	}
	slices.Sort(r.ages)
	return r.ages, nil
}

// ageRecorder is a View that remembers the ages it is asked for and knows.
type ageRecorder struct {
	View
	ages []uint64
}

// ValueAt implements trace.State.
func (r *ageRecorder) ValueAt(age uint64, handle, index uint32) ([32]byte, error) {
	v, err := r.View.ValueAt(age, handle, index)
	if err == nil && age > 0 && !slices.Contains(r.ages, age) {
		r.ages = append(r.ages, age)
	}
	return v, err
}
