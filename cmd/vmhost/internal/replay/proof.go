package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"vmhost/proofs/verifier"
	"vmhost/testvectors/schema"
)

// errOtherClaim says that a valid proof is not of what was asked for.
var errOtherClaim = errors.New("proof of another claim")

var proofErrors = map[string]error{
	"ErrBadProof": verifier.ErrBadProof, "ErrBadClaim": verifier.ErrBadClaim, "ErrBadFile": verifier.ErrBadFile,
	"ErrUnsafeKey": verifier.ErrUnsafeKey, "ErrUnknownKey": verifier.ErrUnknownKey, "ErrTombstonedKey": verifier.ErrTombstonedKey,
	"ErrOtherClaim": errOtherClaim,
}

// proof decodes and verifies a proof file under the pinned keys.
func proof(_ context.Context, t *schema.Proof) error {
	valid, err := t.IsValid()
	if err != nil {
		return err
	}
	if valid != (t.Error == "") {
		return fmt.Errorf("%w: result and error do not go together", schema.ErrFormat)
	}
	err = verifyFile(t)
	if valid {
		return err
	}
	return wantError(err, t.Error, t.Reason, proofErrors)
}

func verifyFile(t *schema.Proof) error {
	policy := verifier.Policy{AllowUnsafe: t.UnsafeDev}
	if t.Key != "" {
		pins, err := verifier.Pinned()
		if err != nil {
			return err
		}
		pin, ok := pins.ByShape(t.Key)
		if !ok {
			return fmt.Errorf("%w: no pinned key of shape %.40q", schema.ErrFormat, t.Key)
		}
		policy.Key = pin.Key
	}
	f, err := verifier.DecodeFile([]byte(t.File))
	if err != nil {
		return err
	}
	if _, err := f.Verify(policy); err != nil {
		return err
	}
	switch {
	case t.Program != nil && f.Claim.ProgramID != *t.Program:
		return fmt.Errorf("%w: program", errOtherClaim)
	case t.Commitment != nil && f.Claim.Commitment != *t.Commitment:
		return fmt.Errorf("%w: commitment", errOtherClaim)
	case t.Journal != nil && !bytes.Equal(f.Claim.Journal, *t.Journal):
		return fmt.Errorf("%w: journal", errOtherClaim)
	}
	return nil
}
