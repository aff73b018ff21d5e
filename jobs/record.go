package jobs

import (
	"encoding/json"
	"fmt"
)

// RecordType says what a [Record] records.
type RecordType string

// The record types.
const (
	// RecAdvance: a block became the head; Jobs are those it created.
	RecAdvance RecordType = "advance"
	// RecSubmit: an on-demand job was accepted.
	RecSubmit RecordType = "submit"
	// RecData: results (and failures) of jobs of one block.
	RecData RecordType = "data"
	// RecProof: a step of a job's proof.
	RecProof RecordType = "proof"
	// RecUndo: blocks were reverted; Undone names every withdrawn job.
	RecUndo RecordType = "undo"
	// RecFinal: the finalized block moved to To.
	RecFinal RecordType = "final"
	// RecAnchor: a block's commitment was recorded on chain.
	RecAnchor RecordType = "anchor"
	// RecCancel: a job was cancelled by its submitter.
	RecCancel RecordType = "cancel"
	// RecTrigger and RecUntrigger: a trigger was created, deleted.
	RecTrigger   RecordType = "trigger"
	RecUntrigger RecordType = "untrigger"
)

// ProofStatus is the step a [RecProof] record reports.
type ProofStatus string

// The proof steps.
const (
	ProofProving  ProofStatus = "proving"
	ProofProven   ProofStatus = "proven"
	ProofAnchored ProofStatus = "anchored"
	ProofFailed   ProofStatus = "failed"
)

// Item is one job's result in a [RecData] record.
type Item struct {
	ID      JobID     `json:"jobId"`
	Program Hash      `json:"programId"`
	Module  Hash      `json:"moduleHash"`
	Trigger TriggerID `json:"trigger,omitempty"`
	// State is executed or failed.
	State State `json:"state"`
	Result
	Failure *Failure `json:"failure,omitempty"`
	// Prove says that a proof will follow.
	Prove   bool  `json:"prove"`
	Attempt int   `json:"attempt"`
	RetryOf JobID `json:"retryOf,omitempty"`
}

// UndoneJob names one withdrawn job and what a subscription filters by.
type UndoneJob struct {
	ID      JobID     `json:"jobId"`
	Program Hash      `json:"programId"`
	Module  Hash      `json:"moduleHash"`
	Trigger TriggerID `json:"trigger,omitempty"`
	// Created is the sequence number of the record that created the job.
	Created uint64 `json:"created"`
}

// Record is one entry of the results log. Which fields are set depends on
// Type. A Record that was read is shared and must not be changed.
type Record struct {
	// Seq and Check are the position; they are not part of the stored bytes.
	Seq   uint64 `json:"-"`
	Check Check  `json:"-"`

	Type RecordType `json:"type"`
	// Time of the record, milliseconds since 1970.
	Time int64 `json:"time"`
	// Head is the canonical head after this record.
	Head BlockRef `json:"head"`

	// Block of an advance or data record.
	Block *Block `json:"block,omitempty"`
	// Gap: blocks between the head and this one were never seen (advance).
	Gap bool `json:"gap,omitempty"`
	// Jobs created (advance, submit).
	Jobs []definition `json:"jobs,omitempty"`

	// Items of a data record.
	Items []Item `json:"items,omitempty"`
	// Complete: all trigger jobs of the block have reported (data).
	Complete bool `json:"complete,omitempty"`

	// Job and Ref name the job and its block (proof, cancel); Ref alone the
	// block (anchor).
	Job JobID     `json:"job,omitempty"`
	Ref *BlockRef `json:"ref,omitempty"`
	// Program, Module and Trigger of the job (proof).
	Program *Hash     `json:"programId,omitempty"`
	Module  *Hash     `json:"moduleHash,omitempty"`
	For     TriggerID `json:"for,omitempty"`
	// Status, and by status: Proof and Info (proven), Failure (failed), Anchor
	// (anchored; also of an anchor record).
	Status  ProofStatus     `json:"status,omitempty"`
	Proof   json.RawMessage `json:"proof,omitempty"`
	Info    *ProofInfo      `json:"info,omitempty"`
	Failure *Failure        `json:"failure,omitempty"`
	Anchor  *Anchor         `json:"anchor,omitempty"`

	// To and From: undo goes back from From to To; final moves to To.
	To   *BlockRef `json:"to,omitempty"`
	From *BlockRef `json:"from,omitempty"`
	// Undone jobs, in the order of creation.
	Undone []UndoneJob `json:"undone,omitempty"`

	// Trigger created, or (by ID) deleted.
	Trigger *Trigger `json:"trigger,omitempty"`
}

// NewJobs returns how many jobs the record created.
func (r *Record) NewJobs() int { return len(r.Jobs) }

// height returns the number of the block the record is about. A record that
// depends on no block (or on finalized ones only) has none.
func (r *Record) height() (uint64, bool) {
	switch {
	case r.Type == RecAdvance || r.Type == RecData:
		return uint64(r.Block.Number), true
	case r.Type == RecProof || r.Type == RecAnchor:
		return r.Ref.Number, true
	default:
		return 0, false
	}
}

func encodeRecord(r *Record) ([]byte, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode %s record: %w", r.Type, err)
	}
	return b, nil
}

// decodeRecord reads a stored record and checks that the fields its type
// promises are there, so that nobody after it has to.
func decodeRecord(e Entry) (*Record, error) {
	r := &Record{}
	if err := json.Unmarshal(e.Data, r); err != nil {
		return nil, fmt.Errorf("%w: record %d: %w", ErrCorrupt, e.Seq, err)
	}
	r.Seq, r.Check = e.Seq, e.Check
	ok := false
	switch r.Type {
	case RecAdvance, RecData:
		ok = r.Block != nil
	case RecSubmit:
		ok = len(r.Jobs) == 1
	case RecProof:
		ok = r.Ref != nil && r.Job != "" && r.Program != nil && r.Module != nil
	case RecCancel:
		ok = r.Ref != nil && r.Job != ""
	case RecUndo:
		ok = r.To != nil && r.From != nil
	case RecFinal:
		ok = r.To != nil
	case RecAnchor:
		ok = r.Ref != nil && r.Anchor != nil
	case RecTrigger, RecUntrigger:
		ok = r.Trigger != nil
	}
	if !ok {
		return nil, fmt.Errorf("%w: record %d of type %q is incomplete", ErrCorrupt, e.Seq, clip(string(r.Type)))
	}
	return r, nil
}
