package replay

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"vmhost/proofs"
	"vmhost/testvectors/schema"
)

// program: module bytes → program ID, or the reason why there is none.
func program(_ context.Context, t *schema.Program) error {
	valid, err := t.IsValid()
	if err != nil {
		return err
	}
	if valid != (t.ProgramID != nil) || valid != (t.Error == "") {
		return fmt.Errorf("%w: result, programId and error do not go together", schema.ErrFormat)
	}
	id, err := proofs.ProgramID(t.Wasm)
	if !valid {
		return wantError(err, t.Error, t.Reason, map[string]error{
			"ErrBadModule": proofs.ErrBadModule, "ErrNotProvable": proofs.ErrNotProvable,
		})
	}
	if err != nil {
		return err
	}
	if id != *t.ProgramID {
		return fmt.Errorf("program ID 0x%x, want 0x%x", id, *t.ProgramID)
	}
	return nil
}

// wantError compares an error with a sentinel's name and a part of its message.
func wantError(err error, name, reason string, sentinels map[string]error) error {
	want, known := sentinels[name]
	switch {
	case !known:
		return fmt.Errorf("%w: unknown error %.40q", schema.ErrFormat, name)
	case err == nil:
		return fmt.Errorf("no error, want %s", name)
	case !errors.Is(err, want):
		return fmt.Errorf("error '%w', want %s", err, name)
	case !strings.Contains(err.Error(), reason):
		return fmt.Errorf("error '%w' does not say %q", err, reason)
	}
	return nil
}
