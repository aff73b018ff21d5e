package proofs

import (
	"context"
	"encoding/hex"
	"fmt"
	"path/filepath"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	"github.com/gofrs/flock"

	"vmhost/proofs/ceremony"
	"vmhost/proofs/setup"
)

// ErrCeremony and its kind: see package ceremony.
var (
	ErrCeremonyPhase        = ceremony.ErrPhase
	ErrCeremonyContribution = ceremony.ErrContribution
	ErrCeremonyBeacon       = ceremony.ErrBeacon
	ErrCeremonyCircuit      = ceremony.ErrCircuit
	ErrCeremonyTranscript   = ceremony.ErrTranscript
	ErrCeremonyResult       = ceremony.ErrResult
	ErrCeremonyStorage      = ceremony.ErrStorage
)

// CeremonyTranscript tells what has happened in a ceremony.
type CeremonyTranscript = ceremony.Transcript

// CeremonyContribution is one party's step in it.
type CeremonyContribution = ceremony.Contribution

// PeekCeremony reads a ceremony's transcript without checking any contribution.
func PeekCeremony(dir string) (*CeremonyTranscript, error) { return ceremony.Peek(dir) }

// KeyCeremony is a ceremony for one shape, see package ceremony.
type KeyCeremony struct {
	*ceremony.Ceremony
	shape Shape
	ccs   constraint.ConstraintSystem
}

// StartCeremony begins a ceremony for a shape in a folder that has none.
func StartCeremony(dir string, s Shape, progress Progress) (*KeyCeremony, error) {
	return withCircuit(dir, s, progress, ceremony.Start)
}

// OpenCeremony continues a ceremony; it must be for this circuit.
func OpenCeremony(dir string, s Shape, progress Progress) (*KeyCeremony, error) {
	return withCircuit(dir, s, progress, ceremony.Open)
}

type openCeremony func(string, ceremony.Circuit, constraint.ConstraintSystem) (*ceremony.Ceremony, error)

func withCircuit(dir string, s Shape, progress Progress, open openCeremony) (*KeyCeremony, error) {
	progress.report(StageCompile, 0, 1)
	ccs, err := compile(s)
	if err != nil {
		return nil, err
	}
	progress.report(StageCompile, 1, 1)
	c, err := open(dir, ceremony.Circuit{Shape: s.Name, Class: s.Class, Version: s.Version}, ccs)
	if err != nil {
		return nil, err
	}
	return &KeyCeremony{c, s, ccs}, nil
}

// keyName is the identity that a transcript records.
func keyName(vk *groth16.VerifyingKey) (string, error) {
	k, err := convert(vk, Ceremony)
	if err != nil {
		return "", err
	}
	id := k.ID()
	return "0x" + hex.EncodeToString(id[:]), nil
}

// Finalize ends the ceremony and returns its key.
func (c *KeyCeremony) Finalize(ctx context.Context, beacon []byte, step ceremony.Step) (*Key, error) {
	pk, vk, err := c.Ceremony.Finalize(ctx, beacon, keyName, step)
	if err != nil {
		return nil, err
	}
	return c.key(pk, vk)
}

// Verify recomputes the ceremony as far as it has come, and returns its key
// if it has ended, or nil.
func (c *KeyCeremony) Verify(ctx context.Context, step ceremony.Step) (*Key, error) {
	pk, vk, err := c.Ceremony.Verify(ctx, keyName, step)
	if err != nil || pk == nil {
		return nil, err
	}
	return c.key(pk, vk)
}

func (c *KeyCeremony) key(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) (*Key, error) {
	if err := setup.Check(pk, vk); err != nil {
		return nil, err
	}
	verifying, err := convert(vk, Ceremony)
	if err != nil {
		return nil, err
	}
	info := newInfo(c.shape, Ceremony)
	info.VerifyingKeyID = verifying.ID()
	info.Constraints = c.ccs.GetNbConstraints()
	return &Key{Info: info, Verifying: verifying, ccs: c.ccs, pk: pk}, nil
}

// Put stores the key of a ceremony in place of the shape's key. Development
// keys are made by Ensure alone.
func (s *Store) Put(ctx context.Context, k *Key) error {
	if k.Info.Status != Ceremony {
		return fmt.Errorf("%w: %s", ErrUnsafeKey, k.Info.Shape)
	}
	shape, err := s.shapes.Lookup(k.Info.Shape)
	if err != nil {
		return err
	}
	if err := k.Info.matches(shape); err != nil {
		return err
	}
	if err := s.checkPin(k.Info, ErrForeignKey); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(s.dir, shape.Name+".lock"))
	if ok, err := lock.TryLockContext(ctx, lockPoll); err != nil || !ok {
		return fmt.Errorf("%w: lock: %w", ErrStore, context.Cause(ctx))
	}
	defer func() { _ = lock.Close() }() // ends with the process at the latest
	return s.write(k)
}
