package proofs

import (
	"bytes"
	"fmt"
	"io"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
)

// Guard turns the exported source of a development key's verifier into one
// that refuses real chains by itself (finding U2: a verifier whose trapdoor is
// public must not work where somebody deploys it with other tools).
type Guard func(source []byte) ([]byte, error)

// ExportSolidity writes gnark's Solidity verifier of a key. A development key
// needs a guard, else ErrUnsafeKey; a ceremony's key takes none.
func ExportSolidity(w io.Writer, key *VerifyingKey, status Status, guard Guard) error {
	if status != Ceremony && guard == nil {
		return fmt.Errorf("%w: its verifier is never exported without a guard", ErrUnsafeKey)
	}
	vk, err := gnarkKey(key)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := vk.ExportSolidity(&buf, solidity.WithPragmaVersion("^0.8.28")); err != nil {
		return fmt.Errorf("%w: export: %w", ErrBadKey, err)
	}
	source := buf.Bytes()
	if status != Ceremony {
		if source, err = guard(source); err != nil {
			return fmt.Errorf("guard verifier: %w", err)
		}
	}
	if _, err := w.Write(source); err != nil {
		return fmt.Errorf("%w: %w", ErrStore, err)
	}
	return nil
}

// gnarkKey is the key as gnark has it.
func gnarkKey(key *VerifyingKey) (*groth16.VerifyingKey, error) {
	vk := new(groth16.VerifyingKey)
	if _, err := vk.ReadFrom(bytes.NewReader(key.Bytes())); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadKey, err)
	}
	return vk, nil
}
