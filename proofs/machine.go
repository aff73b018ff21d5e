package proofs

import (
	"context"
	"fmt"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"vmhost/internal/vmabi"
	"vmhost/proofs/internal/groth"
	"vmhost/proofs/zkwasm/circuit"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/trace"
)

// programCache is how many lowered modules a Machine remembers.
const programCache = 64

// View is the state of one block, as runs read it and proofs open it:
// *statecache.View.
type View interface {
	trace.State
	circuit.Opener
}

// Job is one run to prove.
type Job struct {
	Module []byte // WASM
	Input  []byte // private
	State  View
	Fuel   uint64 // limit, WASM instructions; 0: vmabi.DefaultFuel
	Class  string // class or shape; "" or "auto": the cheapest shape that the run fits

	// ExpectJournal, if not nil, is what another engine's run gave: a
	// difference is ErrJournalDiffers, and nothing is proven.
	ExpectJournal []byte

	Block    Block // for the proof file
	Rung     Rung  // for the proof file; "": unverified
	Progress Progress
}

// Run is a job's run by the zkWASM engine.
type Run struct {
	ProgramID        [32]byte
	Commitment       [32]byte // 0 without a state
	Journal          []byte
	Trap             vmabi.Trap // "" if none
	WasmInstructions uint64
	IRSteps          uint64
	Reads            uint64
}

// Machine proves runs of WASM modules. It loads each shape's key when first
// needed and keeps it. It is safe for concurrent use; proofs of one shape
// queue.
type Machine struct {
	store    *Store
	unsafe   bool
	programs *lru.Cache[[32]byte, *loweredModule]

	mu      sync.Mutex
	closed  bool
	provers map[string]*lazyProver
	costs   map[string][]circuit.ChipCost
}

type loweredModule struct {
	program *ir.Program
	id      [32]byte
}

// lazyProver is loaded by whoever holds its one token.
type lazyProver struct {
	token  chan struct{}
	prover *Prover
}

// NewMachine takes the store that keys come from; allowUnsafe lets it use and
// make development keys.
func NewMachine(store *Store, allowUnsafe bool) *Machine {
	c, err := lru.New[[32]byte, *loweredModule](programCache)
	if err != nil { // only for a size below 1
		panic(err)
	}
	return &Machine{store: store, unsafe: allowUnsafe, programs: c, provers: map[string]*lazyProver{}, costs: map[string][]circuit.ChipCost{}}
}

// Close waits for proofs that run. Later calls of Prove return ErrClosed.
func (m *Machine) Close() {
	m.mu.Lock()
	m.closed = true
	provers := m.provers
	m.mu.Unlock()
	for _, l := range provers {
		l.token <- struct{}{}
		if l.prover != nil {
			l.prover.Close()
		}
		<-l.token
	}
}

// ProgramID is the identity of a module: ErrBadModule or ErrNotProvable if it
// has none.
func (m *Machine) ProgramID(module []byte) ([32]byte, error) {
	l, err := m.lower(module)
	if err != nil {
		return [32]byte{}, err
	}
	return l.id, nil
}

// ProgramID is Machine.ProgramID without a Machine.
func ProgramID(module []byte) ([32]byte, error) {
	l, err := lowerModule(module)
	if err != nil {
		return [32]byte{}, err
	}
	return l.id, nil
}

// Execute runs a job without proving it. A trap is part of the Run, not an
// error. State may be nil.
func (m *Machine) Execute(ctx context.Context, j Job) (*Run, error) {
	l, err := m.lower(j.Module)
	if err != nil {
		return nil, err
	}
	_, r, err := execute(ctx, l, j, true)
	return r, err
}

// Prove runs a job, proves it and returns the proof file. Errors: those of
// Estimate, of Store.Ensure and of Prover.Prove; ErrTrapped, ErrNotProvable,
// ErrTooLarge, ErrJournalDiffers.
func (m *Machine) Prove(ctx context.Context, j Job) (*ProofFile, error) {
	start := time.Now()
	p, err := m.plan(ctx, j)
	if err != nil {
		return nil, err
	}
	planned := time.Since(start)
	prover, err := m.Prover(ctx, p.shape.Name, j.Progress)
	if err != nil {
		return nil, err
	}
	w, err := p.assignment.Witness()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsatisfied, err)
	}
	claim := Claim{ProgramID: p.run.ProgramID, Commitment: p.run.Commitment, Journal: p.run.Journal}
	r, err := prover.Prove(ctx, claim, w, j.Progress)
	if err != nil {
		return nil, err
	}
	info := prover.Key().Info
	m.store.learn(r.Work, groth.Serial(info.Constraints), r.Wall)
	rung := j.Rung
	if rung == "" {
		rung = RungUnverified
	}
	return &ProofFile{
		Claim: claim, Shape: info.Shape, VerifyingKeyID: info.VerifyingKeyID, Proof: r.Proof,
		Block: j.Block, Rung: rung,
		Stats: Stats{
			WasmInstructions: p.run.WasmInstructions, IRSteps: p.run.IRSteps, Reads: p.run.Reads,
			Constraints: uint64(info.Constraints), UsedConstraints: uint64(p.used),
			Seconds: (planned + r.Wall).Seconds(), PeakBytes: r.PeakBytes,
		},
	}, nil
}

// Prover returns the prover of a class or shape, and loads or makes its key if
// that has not happened: call it early to have the key ready.
func (m *Machine) Prover(ctx context.Context, name string, progress Progress) (*Prover, error) {
	shape, err := m.store.Shapes().Lookup(name)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return nil, ErrClosed
	}
	l := m.provers[shape.Name]
	if l == nil {
		l = &lazyProver{token: make(chan struct{}, 1)}
		m.provers[shape.Name] = l
	}
	m.mu.Unlock()
	select {
	case l.token <- struct{}{}:
		defer func() { <-l.token }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if l.prover == nil {
		key, err := m.store.Ensure(ctx, shape.Name, KeyOptions{AllowUnsafe: m.unsafe, Progress: progress})
		if err != nil {
			return nil, err
		}
		l.prover = NewProver(key, ProverOptions{})
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, ErrClosed
	}
	return l.prover, nil
}
