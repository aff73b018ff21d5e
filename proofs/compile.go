package proofs

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/consensys/gnark-crypto/ecc"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"vmhost/proofs/setup"
	"vmhost/proofs/verifier"
)

// Stage of a long operation, for progress bars.
type Stage string

// Stages. Only StageSetup and StageProve count up to more than 1.
const (
	StageCompile Stage = "compile"
	StageSetup   Stage = "setup"
	StageStore   Stage = "store"
	StageLoad    Stage = "load"
	StageTrace   Stage = "trace"
	StageAssign  Stage = "assign"
	StageProve   Stage = "prove"
	StageVerify  Stage = "verify"
)

// Progress is told how far a stage is. It may be called from several
// goroutines at once and must return quickly.
type Progress func(stage Stage, done, total int)

func (p Progress) report(stage Stage, done, total int) {
	if p != nil {
		p(stage, done, total)
	}
}

// compile makes the constraint system of a shape and checks what every other
// part relies on: eleven public inputs and exactly one commitment (the
// exported contract reverts with two, though gnark's own Verify accepts).
func compile(s Shape) (constraint.ConstraintSystem, error) {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, s.Circuit())
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCircuit, s.Name, err)
	}
	if err := checkSystem(s.Name, ccs); err != nil {
		return nil, err
	}
	return ccs, orient(ccs)
}

func checkSystem(name string, ccs constraint.ConstraintSystem) error {
	if n := ccs.GetNbPublicVariables() - 1; n != verifier.NbPublicInputs {
		return fmt.Errorf("%w: %s has %d public inputs, not %d", ErrCircuit, name, n, verifier.NbPublicInputs)
	}
	if n := len(ccs.GetCommitments().CommitmentIndexes()); n != 1 {
		return fmt.Errorf("%w: %s has %d commitments, not 1", ErrCircuit, name, n)
	}
	return nil
}

// Key is a loaded key: all that proving needs. It is immutable.
type Key struct {
	Info      KeyInfo
	Verifying *VerifyingKey

	ccs constraint.ConstraintSystem
	pk  *groth16.ProvingKey
}

// MakeKey compiles a shape and sets it up in memory with the given source of
// randomness (setup.DevSource(shape.Name) for the unsafe development key).
func MakeKey(ctx context.Context, s Shape, status Status, source io.Reader, progress Progress) (*Key, error) {
	progress.report(StageCompile, 0, 1)
	ccs, err := compile(s)
	if err != nil {
		return nil, err
	}
	progress.report(StageCompile, 1, 1)
	pk, vk, err := setup.Setup(ctx, ccs, source, func(done, total int) { progress.report(StageSetup, done, total) })
	if err != nil {
		return nil, err
	}
	verifying, err := convert(vk, status)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCircuit, s.Name, err)
	}
	info := newInfo(s, status)
	info.VerifyingKeyID = verifying.ID()
	info.Constraints = ccs.GetNbConstraints()
	return &Key{Info: info, Verifying: verifying, ccs: ccs, pk: pk}, nil
}

// MakeUnsafeDevKey makes the development key of a shape, the same for everybody.
func MakeUnsafeDevKey(ctx context.Context, s Shape, progress Progress) (*Key, error) {
	return MakeKey(ctx, s, UnsafeDev, setup.DevSource(s.Name), progress)
}

// convert turns gnark's verifying key into the verifier's.
func convert(vk *groth16.VerifyingKey, status Status) (*VerifyingKey, error) {
	var raw bytes.Buffer
	if _, err := vk.WriteRawTo(&raw); err != nil {
		return nil, fmt.Errorf("encode verifying key: %w", err)
	}
	return verifier.ReadKey(raw.Bytes(), status)
}

// Pin is the key as an entry of the pinned list.
func (k *Key) Pin() Pin {
	return Pin{Shape: k.Info.Shape, Class: k.Info.Class, Status: k.Info.Status, Constraints: k.Info.Constraints, Key: k.Verifying}
}
