package ceremony

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Ceremony is an open folder.
type Ceremony struct {
	dir  string
	t    *Transcript
	r1cs *cs.R1CS
}

// Step tells what a long call is doing, for progress: done of total steps.
type Step func(what string, done, total int)

func (s Step) report(what string, done, total int) {
	if s != nil {
		s(what, done, total)
	}
}

// Start begins a ceremony in a folder that has none. Constraints, Domain and
// SHA256 of id are filled in.
func Start(dir string, id Circuit, ccs constraint.ConstraintSystem) (*Ceremony, error) {
	id, r1cs, err := identify(id, ccs)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, transcriptFile)); !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is a ceremony in %s", ErrPhase, dir)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStorage, err)
	}
	c := &Ceremony{dir, &Transcript{Format: format, Circuit: id}, r1cs}
	return c, c.t.write(dir)
}

// Peek reads the transcript of a folder and checks its form, nothing else.
func Peek(dir string) (*Transcript, error) { return readTranscript(dir) }

// Open continues a ceremony, which must be for this circuit.
func Open(dir string, id Circuit, ccs constraint.ConstraintSystem) (*Ceremony, error) {
	t, err := readTranscript(dir)
	if err != nil {
		return nil, err
	}
	id, r1cs, err := identify(id, ccs)
	if err != nil {
		return nil, err
	}
	if t.Circuit != id {
		return nil, fmt.Errorf("%w: it is for %s (%s, %d constraints)", ErrCircuit, t.Circuit.Shape, t.Circuit.Version, t.Circuit.Constraints)
	}
	return &Ceremony{dir, t, r1cs}, nil
}

// Transcript is what has happened so far. It must not be changed.
func (c *Ceremony) Transcript() *Transcript { return c.t }

func identify(id Circuit, ccs constraint.ConstraintSystem) (Circuit, *cs.R1CS, error) {
	r1cs, ok := ccs.(*cs.R1CS)
	if !ok || len(ccs.GetCommitments().CommitmentIndexes()) != 1 {
		return id, nil, fmt.Errorf("%w: not an R1CS over BN254 with one commitment", ErrCircuit)
	}
	hash, err := hashOf(ccs)
	if err != nil {
		return id, nil, err
	}
	id.Constraints, id.SHA256 = r1cs.GetNbConstraints(), hash
	id.Domain = ecc.NextPowerOfTwo(uint64(r1cs.GetNbConstraints()))
	return id, r1cs, nil
}

// widths are the lengths of phase 2's vectors.
type widths struct{ private, quotient, committed int }

func (c *Ceremony) widths() widths {
	internal, secret, _ := c.r1cs.GetNbVariables()
	info, _ := c.r1cs.CommitmentInfo.(constraint.Groth16Commitments) // identify has checked
	committed := len(info[0].PrivateCommitted)
	return widths{internal + secret - committed - 1, int(c.t.Circuit.Domain) - 1, committed}
}

// Contribute adds this machine's randomness to the open phase, after checking
// the last contribution against the one before (Verify checks all).
func (c *Ceremony) Contribute(ctx context.Context, name string, step Step) (err error) {
	defer recovered(&err)
	if !validName(name) {
		return fmt.Errorf("%w: name must be 1 to %d printable bytes", ErrContribution, maxName)
	}
	phase := c.t.Open()
	if phase == 0 {
		return fmt.Errorf("%w: the ceremony has ended", ErrPhase)
	}
	p := c.t.phase(phase)
	next := len(p.Contributions) + 1
	var hash string
	if phase == 1 {
		hash, err = c.contribute1(ctx, next, step)
	} else {
		hash, err = c.contribute2(ctx, next, step)
	}
	if err != nil {
		return err
	}
	p.Contributions = append(p.Contributions, Contribution{name, time.Now().UTC().Truncate(time.Second), hash})
	return c.t.write(c.dir)
}

func (c *Ceremony) contribute1(ctx context.Context, next int, step Step) (string, error) {
	step.report("check the last contribution", 0, 3)
	prev, err := c.chain1(ctx, max(next-2, 0), nil)
	if err != nil {
		return "", err
	}
	step.report("contribute to phase 1", 1, 3)
	if err := ctx.Err(); err != nil {
		return "", err
	}
	prev.Contribute()
	step.report("store", 2, 3)
	defer step.report("store", 3, 3)
	return c.store(1, next, prev)
}

func (c *Ceremony) contribute2(ctx context.Context, next int, step Step) (string, error) {
	step.report("check the last contribution", 0, 3)
	first := max(next-2, 0)
	prev, err := c.read2(first, c.hash2(first))
	if err == nil {
		prev, err = c.chain2(ctx, prev, first, nil)
	}
	if err != nil {
		return "", err
	}
	step.report("contribute to phase 2", 1, 3)
	if err := ctx.Err(); err != nil {
		return "", err
	}
	prev.Contribute()
	step.report("store", 2, 3)
	defer step.report("store", 3, 3)
	return c.store(2, next, prev)
}

func (c *Ceremony) hash2(i int) string {
	if i == 0 {
		return c.t.Start
	}
	return c.t.Phase2.Contributions[i-1].SHA256
}

// chain1 checks every contribution of phase 1 after the given one against its
// predecessor, and returns the last.
func (c *Ceremony) chain1(ctx context.Context, after int, step Step) (*mpcsetup.Phase1, error) {
	list := c.t.Phase1.Contributions
	var prev *mpcsetup.Phase1
	var err error
	if after == 0 {
		prev = mpcsetup.NewPhase1(c.t.Circuit.Domain)
	} else if prev, err = c.read1(after, list[after-1].SHA256); err != nil {
		return nil, err
	}
	for i := after; i < len(list); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		step.report("phase 1: "+list[i].Name, i, len(list))
		next, err := c.read1(i+1, list[i].SHA256)
		if err != nil {
			return nil, err
		}
		if err := prev.Verify(next); err != nil {
			return nil, fmt.Errorf("%w: phase 1, %d (%s): %w", ErrContribution, i+1, list[i].Name, err)
		}
		prev = next
	}
	return prev, nil
}

// chain2 is chain1 for phase 2: prev is contribution number after.
func (c *Ceremony) chain2(ctx context.Context, prev *mpcsetup.Phase2, after int, step Step) (*mpcsetup.Phase2, error) {
	list := c.t.Phase2.Contributions
	for i := after; i < len(list); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		step.report("phase 2: "+list[i].Name, i, len(list))
		next, err := c.read2(i+1, list[i].SHA256)
		if err != nil {
			return nil, err
		}
		if len(next.Challenge) == 0 {
			return nil, fmt.Errorf("%w: phase 2, %d: no challenge", ErrContribution, i+1)
		}
		if err := prev.Verify(next); err != nil {
			return nil, fmt.Errorf("%w: phase 2, %d (%s): %w", ErrContribution, i+1, list[i].Name, err)
		}
		prev = next
	}
	return prev, nil
}

// Seal ends phase 1: all its contributions are checked, the beacon is mixed
// in, and the circuit's start of phase 2 is computed.
func (c *Ceremony) Seal(ctx context.Context, beacon []byte, step Step) (err error) {
	defer recovered(&err)
	if err := c.endable(1, beacon); err != nil {
		return err
	}
	_, start, _, err := c.start2(ctx, beacon, step)
	if err != nil {
		return err
	}
	hash, err := c.store(2, 0, start)
	if err != nil {
		return err
	}
	c.t.Phase1.Beacon, c.t.Start = hex.EncodeToString(beacon), hash
	return c.t.write(c.dir)
}

func (c *Ceremony) endable(phase int, beacon []byte) error {
	if c.t.Open() != phase {
		return fmt.Errorf("%w: phase %d is not open", ErrPhase, phase)
	}
	if len(c.t.phase(phase).Contributions) == 0 {
		return fmt.Errorf("%w: nobody has contributed to phase %d", ErrPhase, phase)
	}
	if len(beacon) < 16 || len(beacon) > 64 {
		return ErrBeacon
	}
	return nil
}

// start2 recomputes all of phase 1 and the start of phase 2.
func (c *Ceremony) start2(ctx context.Context, beacon []byte, step Step) (*mpcsetup.SrsCommons, *mpcsetup.Phase2, *mpcsetup.Phase2Evaluations, error) {
	last, err := c.chain1(ctx, 0, step)
	if err != nil {
		return nil, nil, nil, err
	}
	n := len(c.t.Phase1.Contributions)
	step.report("seal phase 1", n, n+2)
	commons := last.Seal(beacon)
	if err := ctx.Err(); err != nil {
		return nil, nil, nil, err
	}
	step.report("specialise to the circuit", n+1, n+2)
	start := new(mpcsetup.Phase2)
	evals := start.Initialize(c.r1cs, &commons)
	step.report("specialise to the circuit", n+2, n+2)
	return &commons, start, &evals, ctx.Err()
}

// Identity names a verifying key (SHA-256 of its encoding, say).
type Identity func(*groth16.VerifyingKey) (string, error)

// Finalize ends phase 2: everything is checked again from the beginning, the
// beacon is mixed in, and the keys come out.
func (c *Ceremony) Finalize(ctx context.Context, beacon []byte, id Identity, step Step) (*groth16.ProvingKey, *groth16.VerifyingKey, error) {
	if err := c.endable(2, beacon); err != nil {
		return nil, nil, err
	}
	pk, vk, name, err := c.keys(ctx, beacon, id, step)
	if err != nil {
		return nil, nil, err
	}
	c.t.Phase2.Beacon, c.t.VerifyingKeyID = hex.EncodeToString(beacon), name
	return pk, vk, c.t.write(c.dir)
}

// Verify recomputes the whole ceremony from its files, as far as it has come.
// When it has ended, the keys are returned and are those of the transcript;
// otherwise they are nil.
func (c *Ceremony) Verify(ctx context.Context, id Identity, step Step) (pk *groth16.ProvingKey, vk *groth16.VerifyingKey, err error) {
	defer recovered(&err)
	switch c.t.Open() {
	case 1:
		_, err := c.chain1(ctx, 0, step)
		return nil, nil, err
	case 2:
		_, _, err := c.verified2(ctx, step)
		return nil, nil, err
	}
	beacon, err := hex.DecodeString(c.t.Phase2.Beacon)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrTranscript, err)
	}
	pk, vk, name, err := c.keys(ctx, beacon, id, step)
	if err == nil && name != c.t.VerifyingKeyID {
		err = fmt.Errorf("%w: %s, not %s", ErrResult, name, c.t.VerifyingKeyID)
	}
	return pk, vk, err
}

// sealed is the state before the last beacon.
type sealed struct {
	commons *mpcsetup.SrsCommons
	evals   *mpcsetup.Phase2Evaluations
}

// verified2 checks phase 1, the start of phase 2, and its contributions.
func (c *Ceremony) verified2(ctx context.Context, step Step) (*mpcsetup.Phase2, *sealed, error) {
	beacon, err := hex.DecodeString(c.t.Phase1.Beacon)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrTranscript, err)
	}
	commons, start, evals, err := c.start2(ctx, beacon, step)
	if err != nil {
		return nil, nil, err
	}
	stored, err := c.read2(0, c.t.Start)
	if err != nil {
		return nil, nil, err
	}
	if !same(start, stored) {
		return nil, nil, fmt.Errorf("%w: phase 2 does not start from phase 1", ErrContribution)
	}
	last, err := c.chain2(ctx, start, 0, step)
	return last, &sealed{commons, evals}, err
}

func (c *Ceremony) keys(ctx context.Context, beacon []byte, id Identity, step Step) (_ *groth16.ProvingKey, _ *groth16.VerifyingKey, name string, err error) {
	defer recovered(&err)
	last, s, err := c.verified2(ctx, step)
	if err != nil {
		return nil, nil, "", err
	}
	if len(c.t.Phase2.Contributions) == 0 {
		return nil, nil, "", fmt.Errorf("%w: nobody has contributed to phase 2", ErrPhase)
	}
	step.report("seal phase 2", 0, 1)
	gpk, gvk := last.Seal(s.commons, s.evals, beacon)
	pk, ok1 := gpk.(*groth16.ProvingKey)
	vk, ok2 := gvk.(*groth16.VerifyingKey)
	if !ok1 || !ok2 {
		return nil, nil, "", fmt.Errorf("%w: keys of type %T", ErrCircuit, gpk)
	}
	if name, err = id(vk); err != nil {
		return nil, nil, "", err
	}
	step.report("seal phase 2", 1, 1)
	return pk, vk, name, ctx.Err()
}

// recovered turns a panic of gnark's mpcsetup on a stranger's file into an error.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", ErrContribution, r)
	}
}
