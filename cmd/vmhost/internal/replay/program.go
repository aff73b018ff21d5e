package replay

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"vmhost/proofs"
)

// programTest: module bytes → program ID, or the reason why there is none.
type programTest struct {
	common
	Wasm      string `json:"wasm"`
	ProgramID string `json:"programId,omitempty"`
	Error     string `json:"error,omitempty"` // part of the message
}

func program(_ context.Context, raw json.RawMessage) error {
	var t programTest
	if err := strict(raw, &t); err != nil {
		return err
	}
	valid, err := t.valid()
	if err != nil {
		return err
	}
	wasm, err := unhex(t.Wasm)
	if err != nil {
		return err
	}
	id, err := proofs.ProgramID(wasm)
	switch {
	case !valid && err == nil:
		return fmt.Errorf("has an ID, want an error with %q", t.Error)
	case !valid && (t.Error == "" || !strings.Contains(err.Error(), t.Error)):
		return fmt.Errorf("error %q, want one with %q", err, t.Error)
	case !valid:
		return nil
	case err != nil:
		return err
	case "0x"+hex.EncodeToString(id[:]) != t.ProgramID:
		return fmt.Errorf("program ID 0x%x, want %s", id, t.ProgramID)
	}
	return nil
}
