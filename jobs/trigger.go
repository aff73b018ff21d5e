package jobs

import "fmt"

// TriggerOn says when a trigger fires. Exactly one field is set. Only
// EveryBlock is supported by this version; the others are refused with
// [ErrTriggerKind].
type TriggerOn struct {
	// EveryBlock fires on each block that becomes the head.
	EveryBlock bool `json:"everyBlock,omitempty"`
	// Logs fires on blocks with matching logs: not yet.
	Logs bool `json:"-"`
	// Interval fires every n blocks: not yet.
	Interval uint64 `json:"-"`
}

func (o TriggerOn) validate() error {
	switch {
	case o.Logs:
		return fmt.Errorf("%w: logs", ErrTriggerKind)
	case o.Interval != 0:
		return fmt.Errorf("%w: interval", ErrTriggerKind)
	case !o.EveryBlock:
		return fmt.Errorf("%w: a trigger needs on.everyBlock", ErrTriggerKind)
	}
	return nil
}

// Trigger creates a job for each block it fires on. The input stays with its
// submitter: it is in the log, and not in what listings return.
type Trigger struct {
	ID      TriggerID `json:"triggerId"`
	Program Hash      `json:"programId"`
	Module  Hash      `json:"moduleHash"`
	Input   Bytes     `json:"input,omitempty"`
	On      TriggerOn `json:"on"`
	Prove   bool      `json:"prove"`
	// Created is milliseconds since 1970.
	Created int64 `json:"created"`
}

func (t *Trigger) same(o *Trigger) bool {
	return t.Module == o.Module && t.Prove == o.Prove && t.On == o.On && string(t.Input) == string(o.Input)
}
