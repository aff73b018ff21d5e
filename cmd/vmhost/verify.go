package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"vmhost/proofs"
)

type verifyFlags struct {
	program, commitment, vk, pins string
	unsafeDev                     bool
}

func newVerifyCmd(a *app) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use: "verify PROOF.json", Short: "Verify a proof file", Args: args(cobra.ExactArgs(1)),
		Long: "Verifies the proof under a pinned key. What a valid proof says: the program with this ID,\n" +
			"run to completion on the state behind this commitment with some input, wrote exactly this journal.\n" +
			"It does not say that the block is canonical or that the module is correct; block, rung and stats\n" +
			"of the file are not bound by the proof.",
		RunE: func(_ *cobra.Command, names []string) error {
			if err := a.verify(names[0], f); err != nil {
				return fmt.Errorf("%s: %w", names[0], err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&f.program, "program", "", "program ID that the proof must be of")
	cmd.Flags().StringVar(&f.commitment, "commitment", "", "state commitment that the proof must be on")
	cmd.Flags().StringVar(&f.vk, "vk", "", "verifying key file that must be the proof's (and pinned)")
	cmd.Flags().StringVar(&f.pins, "pins", "", "list of trusted keys in place of the built-in one (pins.json of a ceremony you checked)")
	cmd.Flags().BoolVar(&f.unsafeDev, "unsafe-dev", false, "accept development keys, whose trapdoor is public")
	return cmd
}

func (a *app) verify(name string, f verifyFlags) error {
	b, err := a.readFile(name)
	if err != nil {
		return err
	}
	pf, err := proofs.DecodeProofFile(b)
	if err != nil {
		return err
	}
	policy := proofs.Policy{AllowUnsafe: f.unsafeDev}
	if f.vk != "" {
		raw, err := a.readFile(f.vk)
		if err != nil {
			return err
		}
		// Only its points are compared with the pinned key's, not the status.
		if policy.Key, err = proofs.ReadVerifyingKey(raw, proofs.Ceremony); err != nil {
			return err
		}
	}
	if f.pins != "" {
		list, err := a.readFile(f.pins)
		if err != nil {
			return err
		}
		if policy.Pins, err = proofs.ReadPins(list); err != nil {
			return err
		}
	}
	pin, err := pf.Verify(policy)
	if err != nil {
		return err
	}
	if err := expect("program", f.program, pf.Claim.ProgramID); err != nil {
		return err
	}
	if err := expect("commitment", f.commitment, pf.Claim.Commitment); err != nil {
		return err
	}
	return a.printVerified(pf, pin)
}

// expect compares a claimed value with what the user asks for.
func expect(what, want string, have [32]byte) error {
	if want == "" {
		return nil
	}
	h, err := parseHash("--"+what, want)
	if err != nil {
		return err
	}
	if h != have {
		return fmt.Errorf("%w: %s is %s, want %s", proofs.ErrBadProof, what, hex0x(have[:]), hex0x(h[:]))
	}
	return nil
}

func (a *app) printVerified(pf *proofs.ProofFile, pin proofs.Pin) error {
	if a.json {
		return a.emit(map[string]any{
			"valid": true, "programId": hex0x(pf.Claim.ProgramID[:]), "commitment": hex0x(pf.Claim.Commitment[:]),
			"journal": hex0x(pf.Claim.Journal), "class": pin.Shape, "keyStatus": pin.Status, "rung": pf.Rung,
		})
	}
	a.printf("%s\n", a.paint(green, "valid"))
	a.table([][]string{
		{"program", hex0x(pf.Claim.ProgramID[:])},
		{"commitment", hex0x(pf.Claim.Commitment[:])},
		{"journal", hex0x(pf.Claim.Journal)},
		{"key", fmt.Sprintf("%s (%s)", pin.Shape, pin.Status)},
		{"not bound", fmt.Sprintf("block %d, rung %s", pf.Block.Number, pf.Rung)},
	})
	return nil
}
