package schema

import "encoding/json"

// Program is a test of vmhost-program/1.
type Program struct {
	Common
	Wasm      Bytes  `json:"wasm"`
	ProgramID *Hash  `json:"programId,omitempty"` // if valid
	Error     string `json:"error,omitempty"`     // if invalid: ErrBadModule or ErrNotProvable
	Reason    string `json:"reason,omitempty"`    // if invalid: part of the message
}

// Runtime is a test of vmhost-runtime/1. A run that ends with its journal is
// valid; one that traps or is refused is not.
type Runtime struct {
	Common
	Wasm  Bytes    `json:"wasm"`
	Input Bytes    `json:"input,omitempty"`
	Fuel  Quantity `json:"fuel,omitempty"` // limit; absent: the ABI's default
	State *State   `json:"state,omitempty"`
	// Prove asks for the limits of a proof. The tracer runs whenever the module
	// is provable.
	Prove bool `json:"prove,omitempty"`

	Journal  *Bytes  `json:"journal,omitempty"`  // if valid
	Trap     string  `json:"trap,omitempty"`     // if the run traps
	Refused  string  `json:"refused,omitempty"`  // the runtime's sentinel, if the module is refused
	Used     *uint64 `json:"used,omitempty"`     // fuel charged
	Provable bool    `json:"provable,omitempty"` // the tracer must run it too
	// Commitment of the state, if there is one.
	Commitment *Hash `json:"commitment,omitempty"`
}

// State is one block's whole state.
type State struct {
	ChainID     Quantity     `json:"chainId"`
	Block       Block        `json:"block"`
	Collections []Collection `json:"collections,omitempty"`
}

// Ref names a block.
type Ref struct {
	Number Quantity `json:"number"`
	Hash   Hash     `json:"hash"`
}

// Block is a header, as far as it is committed to.
type Block struct {
	Ref
	Parent     Hash     `json:"parent"`
	Timestamp  Quantity `json:"timestamp"`
	BaseFee    Hash     `json:"baseFee"`
	GasUsed    Quantity `json:"gasUsed"`
	PrevRandao Hash     `json:"prevRandao"`
}

// Collection of watched items.
type Collection struct {
	Name  string `json:"name"`
	Base  *Hash  `json:"base,omitempty"`
	Items []Item `json:"items,omitempty"`
}

// Item is one watched item, in a state with its value.
type Item struct {
	Kind    string  `json:"kind,omitempty"` // default slot
	Address Address `json:"address"`
	Slot    *Hash   `json:"slot,omitempty"`
	Key     *Hash   `json:"key,omitempty"`
	Value   *Hash   `json:"value,omitempty"`
}

// Statecache is a test of vmhost-statecache/1: steps on one new cache. It is
// invalid if a step must fail.
type Statecache struct {
	Common
	ChainID   Quantity          `json:"chainId"`
	Window    int               `json:"window,omitempty"`
	HardCap   int               `json:"hardCap,omitempty"`
	NoHistory bool              `json:"noHistory,omitempty"`
	Steps     []json.RawMessage `json:"steps"` // by "op": the Step… types
}

// Step is what every step has. Error is a sentinel's name by statecache.Code.
type Step struct {
	Op    string `json:"op"`
	Error string `json:"error,omitempty"`
}

// StepDefine is op "define", and "extend" without Base.
type StepDefine struct {
	Step
	Collection
}

// Change is one item's new value.
type Change struct {
	Collection string `json:"collection"`
	Index      uint32 `json:"index"`
	Value      Hash   `json:"value"`
}

// StepApply is op "apply".
type StepApply struct {
	Step
	Block      Block    `json:"block"`
	Changes    []Change `json:"changes,omitempty"`
	Commitment *Hash    `json:"commitment,omitempty"`
}

// StepRollback is op "rollback"; Commitment is the head's afterwards.
type StepRollback struct {
	Step
	To         Ref   `json:"to"`
	Commitment *Hash `json:"commitment,omitempty"`
}

// StepFinalize is op "finalize".
type StepFinalize struct {
	Step
	Number Quantity `json:"number"`
}

// StepView is op "view" (take a view), "release" and "orphaned" (Want).
type StepView struct {
	Step
	Name string `json:"name"`
	At   *Ref   `json:"at,omitempty"`
	Want *bool  `json:"want,omitempty"`
}

// StepCommitment is op "commitment" of a retained block.
type StepCommitment struct {
	Step
	At         Ref   `json:"at"`
	Commitment *Hash `json:"commitment,omitempty"`
}

// StepGet is op "get": a value from the view called View, or at block At.
type StepGet struct {
	Step
	View       string   `json:"view,omitempty"`
	At         *Ref     `json:"at,omitempty"`
	Age        Quantity `json:"age,omitempty"`
	Collection string   `json:"collection"`
	Index      uint32   `json:"index"`
	Value      *Hash    `json:"value,omitempty"`
}

// StepProve is op "prove": the proof of a value at block At must be Proof, must
// verify, and must not verify when any part of it is changed.
type StepProve struct {
	Step
	At         Ref             `json:"at"`
	Collection string          `json:"collection"`
	Index      uint32          `json:"index"`
	Commitment Hash            `json:"commitment"`
	Proof      json.RawMessage `json:"proof,omitempty"`
}

// StepVerify is op "verify": a proof against a commitment.
type StepVerify struct {
	Step
	Commitment Hash            `json:"commitment"`
	Proof      json.RawMessage `json:"proof"`
}

// Proof is a test of vmhost-proofs/1. The error is that of the decoder or of
// the verifier, or ErrOtherClaim if the proof is not of the Expect… asked for.
type Proof struct {
	Common
	File       string `json:"file"` // PROOF.json as a string, since it may be no JSON
	UnsafeDev  bool   `json:"unsafeDev,omitempty"`
	Key        string `json:"key,omitempty"` // shape of the pinned key that must be the proof's
	Program    *Hash  `json:"expectProgram,omitempty"`
	Commitment *Hash  `json:"expectCommitment,omitempty"`
	Journal    *Bytes `json:"expectJournal,omitempty"`
	Error      string `json:"error,omitempty"`
	Reason     string `json:"reason,omitempty"` // part of the message
}

// Script is a test of vmhost-wsapi/1, invalid if its first answer is an error or
// a closed connection. Lines:
//
//	--> MESSAGE   is sent as it is, after $name$ was replaced
//	<-- JSON      is the next message: "$name" captures or repeats a value,
//	              "$_" is anything, "…": true in an object allows more fields
//	<-- nothing   nothing comes
//	<-- closed    the server closes the connection; the next line has a new one
//	!! COMMAND    advance N [BRANCH] · back N · finalize N · anchor N · settle ·
//	              hold executor|prover · release executor|prover · reconnect ·
//	              oversize N (sends a message of N zero bytes)
type Script struct {
	Common
	Lines []string `json:"lines"`
}

// Statefile is a test of vmhost-anchoring/1.
type Statefile struct {
	Common
	File       string `json:"file"` // STATE.json as a string
	Unverified bool   `json:"unverified,omitempty"`
	Rung       string `json:"rung,omitempty"`
	Commitment *Hash  `json:"commitment,omitempty"`
	Error      string `json:"error,omitempty"`
	Reason     string `json:"reason,omitempty"`
}
