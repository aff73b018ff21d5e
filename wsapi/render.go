package wsapi

import (
	"encoding/json"
	"slices"

	"vmhost/jobs"
)

// filter is what a results subscription asked for. Zero fields match all.
type filter struct {
	program jobs.Hash // a program id or a module hash
	trigger jobs.TriggerID
	job     jobs.JobID
	proofs  string // none, status, inline
}

func (f *filter) matches(program, module jobs.Hash, trigger jobs.TriggerID, job jobs.JobID) bool {
	return (f.program.IsZero() || f.program == program || f.program == module) &&
		(f.trigger == "" || f.trigger == trigger) && (f.job == "" || f.job == job)
}

// The stream messages of the interface contract.
type (
	dataMessage struct {
		Type      string        `json:"type"` // data
		Cursor    string        `json:"cursor"`
		Block     jobs.Block    `json:"block"`
		Finalized jobs.Quantity `json:"finalized"`
		Items     []jobs.Item   `json:"items"`
		// Complete: every trigger job of the block has reported.
		Complete bool `json:"complete"`
	}
	undoMessage struct {
		Type   string        `json:"type"` // undo
		Cursor string        `json:"cursor"`
		To     jobs.BlockRef `json:"to"`
		From   jobs.BlockRef `json:"from"`
		Source string        `json:"source"` // reorg, cursor
		Undone []jobs.JobID  `json:"undone"`
	}
	proofMessage struct {
		Type    string           `json:"type"` // proof
		Cursor  string           `json:"cursor"`
		JobID   jobs.JobID       `json:"jobId"`
		Block   jobs.BlockRef    `json:"block"`
		Status  jobs.ProofStatus `json:"status"`
		Class   string           `json:"class,omitempty"`
		Seconds float64          `json:"seconds,omitempty"`
		Proof   json.RawMessage  `json:"proof,omitempty"`
		Tx      *jobs.Hash       `json:"tx,omitempty"`
		Failure *jobs.Failure    `json:"failure,omitempty"`
	}
	finalMessage struct {
		Type   string        `json:"type"` // final
		Cursor string        `json:"cursor"`
		To     jobs.BlockRef `json:"to"`
	}
	progressMessage struct {
		Type  string     `json:"type"` // progress
		JobID jobs.JobID `json:"jobId"`
		jobs.Progress
	}
	errorMessage struct {
		Type         string `json:"type"` // error
		Code         Code   `json:"code"`
		Message      string `json:"message"`
		OldestCursor string `json:"oldestCursor,omitempty"`
	}
	headMessage struct {
		jobs.Block
	}
)

// renderer turns events into messages for one subscription.
type renderer struct {
	filter
	finalized func() uint64
	// told is the last block a data message was sent for: a block without
	// results for this subscription is told once, when it is complete.
	told jobs.Hash
}

// render returns the message of an event, or nil if this subscription has no
// interest in it.
func (r *renderer) render(e jobs.Event) any {
	switch e.Type { //nolint:exhaustive // the others are not streamed
	case jobs.RecAdvance:
		if e.NewJobs() == 0 && r.job == "" {
			return r.data(e, nil, true)
		}
	case jobs.RecData:
		items := slices.DeleteFunc(slices.Clone(e.Items), func(it jobs.Item) bool {
			return !r.matches(it.Program, it.Module, it.Trigger, it.ID)
		})
		if len(items) > 0 || r.job == "" && e.Complete && r.told != e.Block.Hash {
			return r.data(e, items, e.Complete)
		}
	case jobs.RecUndo:
		return r.undo(e)
	case jobs.RecProof:
		if r.proofs != "none" && r.matches(*e.Program, *e.Module, e.For, e.Job) {
			return r.proof(e)
		}
	case jobs.RecFinal:
		return finalMessage{Type: "final", Cursor: encodeCursor(e.Pos), To: *e.To}
	}
	return nil
}

func (r *renderer) data(e jobs.Event, items []jobs.Item, complete bool) any {
	r.told = e.Block.Hash
	if items == nil {
		items = []jobs.Item{}
	}
	return dataMessage{
		Type: "data", Cursor: encodeCursor(e.Pos), Block: *e.Block, Finalized: jobs.Quantity(r.finalized()),
		Items: items, Complete: complete,
	}
}

func (r *renderer) undo(e jobs.Event) any {
	m := undoMessage{
		Type: "undo", Cursor: encodeCursor(e.Pos), To: *e.To, From: *e.From, Source: "reorg", Undone: []jobs.JobID{},
	}
	if e.Resumed {
		m.Source = "cursor"
	}
	for _, u := range e.Undone {
		if r.matches(u.Program, u.Module, u.Trigger, u.ID) {
			m.Undone = append(m.Undone, u.ID)
		}
	}
	if r.job != "" && len(m.Undone) == 0 && !e.Resumed {
		return nil
	}
	return m
}

func (r *renderer) proof(e jobs.Event) any {
	m := proofMessage{
		Type: "proof", Cursor: encodeCursor(e.Pos), JobID: e.Job, Block: *e.Ref, Status: e.Status, Failure: e.Failure,
	}
	if e.Info != nil {
		m.Class, m.Seconds = e.Info.Class, e.Info.Seconds
	}
	if r.proofs == "inline" {
		m.Proof = e.Proof
	}
	if e.Status == jobs.ProofAnchored && e.Anchor != nil {
		m.Tx = &e.Anchor.Tx
	}
	return m
}
