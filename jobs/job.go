package jobs

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// JobID names a job: 0x and 32 hex digits, random.
type JobID string

// TriggerID names a trigger: 0x and 32 hex digits, random.
type TriggerID string

func randomID(r io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return "", fmt.Errorf("random id: %w", err)
	}
	return "0x" + hex.EncodeToString(b[:]), nil
}

// Limits bound one execution. They are part of the content key.
type Limits struct {
	// Fuel is the number of WASM instructions; default 10,000,000.
	Fuel uint64 `json:"fuel"`
	// JournalBytes when no proof is asked; default 65,536. A provable job always
	// has 248.
	JournalBytes uint32 `json:"journalBytes"`
	// MemoryPages of 64 KiB when no proof is asked; default 256. A provable job
	// always has 64.
	MemoryPages uint32 `json:"memoryPages"`
}

func (l Limits) withDefaults() Limits {
	if l.Fuel == 0 {
		l.Fuel = 10_000_000
	}
	if l.JournalBytes == 0 {
		l.JournalBytes = 64 << 10
	}
	if l.MemoryPages == 0 {
		l.MemoryPages = 256
	}
	return l
}

// forJob returns the limits of a job: those of the ABI when a proof is asked.
func (l Limits) forJob(prove bool) Limits {
	if prove {
		l.JournalBytes, l.MemoryPages = 248, 64
	}
	return l
}

// AtKind says how a submitter named the block.
type AtKind string

// The ways to name a block.
const (
	AtLatest    AtKind = "latest"
	AtSafe      AtKind = "safe"
	AtFinalized AtKind = "finalized"
	AtNumber    AtKind = "number"
	AtHash      AtKind = "hash"
)

// At names the block of an on-demand job. The zero value is the latest block.
type At struct {
	Kind   AtKind   `json:"kind"`
	Number Quantity `json:"number,omitempty"`
	Hash   Hash     `json:"hash,omitzero"`
}

// definition is everything about a job that is fixed when it is created.
type definition struct {
	ID      JobID     `json:"jobId"`
	Program Hash      `json:"programId"`
	Module  Hash      `json:"moduleHash"`
	Trigger TriggerID `json:"trigger,omitempty"`
	// Input of a trigger's job is the trigger's, and not stored again.
	Input   Bytes    `json:"input,omitempty"`
	At      At       `json:"at"`
	Block   BlockRef `json:"block"`
	Prove   bool     `json:"prove"`
	Key     Hash     `json:"key"`
	Attempt int      `json:"attempt"`
	RetryOf JobID    `json:"retryOf,omitempty"`
}

// Result is what an execution gave.
type Result struct {
	// Journal is the public output.
	Journal Bytes `json:"journal"`
	// Steps is the fuel used: executed WASM instructions.
	Steps uint64 `json:"steps"`
	// Reads is the number of state items read.
	Reads uint64 `json:"reads"`
	// Micros is the wall time of the execution on this host.
	Micros int64 `json:"micros,omitempty"`
}

// ProofInfo is what is said of a proof beside its file.
type ProofInfo struct {
	// Class is the size class (or shape) that was used.
	Class string `json:"class"`
	// Seconds is the wall time of proving.
	Seconds float64 `json:"seconds"`
	// Stats is the file's stats object, as is.
	Stats json.RawMessage `json:"stats,omitempty"`
}

// Times of a job's steps, milliseconds since 1970; 0 when not reached.
type Times struct {
	Created  int64 `json:"created"`
	Started  int64 `json:"started,omitempty"`
	Executed int64 `json:"executed,omitempty"`
	Proving  int64 `json:"proving,omitempty"`
	Ended    int64 `json:"ended,omitempty"`
}

// Job is the state of one job, a copy that the caller owns. The input is not
// in it: inputs are returned to their submitter only.
type Job struct {
	ID        JobID      `json:"jobId"`
	State     State      `json:"state"`
	Program   Hash       `json:"programId"`
	Module    Hash       `json:"moduleHash"`
	Trigger   TriggerID  `json:"trigger,omitempty"`
	InputHash Hash       `json:"inputHash"`
	Block     BlockRef   `json:"block"`
	Prove     bool       `json:"prove"`
	Key       Hash       `json:"contentKey"`
	Attempt   int        `json:"attempt"`
	RetryOf   JobID      `json:"retryOf,omitempty"`
	Result    *Result    `json:"result,omitempty"`
	Failure   *Failure   `json:"failure,omitempty"`
	Proof     *ProofInfo `json:"proof,omitempty"`
	Anchor    *Anchor    `json:"anchored,omitempty"`
	Finalized bool       `json:"finalized"`
	Times     Times      `json:"times"`
}

// Anchor is the fact that a block's commitment is recorded on chain.
type Anchor struct {
	// Tx is the hash of the anchor transaction.
	Tx Hash `json:"tx"`
	// Included is the number of the block that included it.
	Included Quantity `json:"included,omitempty"`
}

// contentKey is the hash of what determines the bytes of a result and its
// proof (formats.md, "Jobs"): two jobs with one key are the same job.
func contentKey(chainID uint64, program Hash, input []byte, b Block, abi uint32, l Limits, prove bool) Hash {
	h := sha256.New()
	h.Write([]byte("vmhost-job/1\x00"))
	in := sha256.Sum256(input)
	var n [8]byte
	num := func(v uint64) { binary.BigEndian.PutUint64(n[:], v); h.Write(n[:]) }
	num(chainID)
	h.Write(program[:])
	h.Write(in[:])
	h.Write(b.Hash[:])
	h.Write(b.Commitment[:])
	num(uint64(abi))
	num(l.Fuel)
	num(uint64(l.JournalBytes))
	num(uint64(l.MemoryPages))
	if prove {
		num(1)
	} else {
		num(0)
	}
	return Hash(h.Sum(nil))
}
