package replay

import (
	"context"
	"fmt"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/statefile"
	"vmhost/testvectors/schema"
)

var stateErrors = map[string]error{
	"ErrFormat": statefile.ErrFormat, "ErrHeader": statefile.ErrHeader, "ErrUnverified": statefile.ErrUnverified,
	"ErrNoProof": statefile.ErrNoProof, "ErrUnused": statefile.ErrUnused, "ErrSlot": statefile.ErrSlot,
	"ErrCommitment": statefile.ErrCommitment, "ErrHistory": statefile.ErrHistory,
	"ErrMissingNode": binding.ErrMissingNode, "ErrBadNode": binding.ErrBadNode, "ErrMalformed": binding.ErrMalformed,
	"ErrExtraNode": binding.ErrExtraNode, "ErrClaim": binding.ErrClaim,
}

// stateFile decodes and checks a state file with its Merkle proofs.
func stateFile(_ context.Context, t *schema.Statefile) error {
	valid, err := t.IsValid()
	if err != nil {
		return err
	}
	if valid != (t.Error == "") || valid != (t.Commitment != nil) || valid != (t.Rung != "") {
		return fmt.Errorf("%w: result, error, rung and commitment do not go together", schema.ErrFormat)
	}
	f, err := statefile.Decode([]byte(t.File))
	if err != nil {
		return refusedState(t, err)
	}
	view, rung, err := f.View(t.Unverified)
	if err != nil {
		return refusedState(t, err)
	}
	if !valid {
		return fmt.Errorf("no error, want %s", t.Error)
	}
	if string(rung) != t.Rung {
		return wrong("rung", rung, t.Rung)
	}
	return wantHash("commitment", view.CommitmentBytes(), t.Commitment)
}

func refusedState(t *schema.Statefile, err error) error {
	if t.Error == "" {
		return err
	}
	return wantError(err, t.Error, t.Reason, stateErrors)
}
