package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vmhost/proofs"
)

// pinsFile is what finalize leaves in the ceremony's folder for `verify --pins`.
const pinsFile = "pins.json"

func newKeysCeremonyCmd(a *app, keys *string) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use: "ceremony", Short: "Make a key with several parties, none of whom can forge alone", Args: args(cobra.NoArgs),
		Long: "A folder holds the ceremony and is its transcript. In order: init; contribute by each party; seal\n" +
			"with a beacon; contribute by each party again; finalize with a second beacon. The folder is passed\n" +
			"from one to the next. A beacon is a value that nobody knew before the last contribution, such as\n" +
			"the hash of a block named beforehand. verify recomputes everything; anyone can run it.\n" +
			"The key is sound if one party of each half forgot its randomness.",
	}
	cmd.PersistentFlags().StringVar(&dir, "dir", "", "folder of the ceremony (required)")
	cmd.AddCommand(
		a.ceremonyInitCmd(&dir),
		a.ceremonyContributeCmd(&dir),
		a.ceremonySealCmd(&dir),
		a.ceremonyFinalizeCmd(&dir, keys),
		a.ceremonyVerifyCmd(&dir, keys),
		a.ceremonyStatusCmd(&dir),
	)
	return cmd
}

// openCeremony finds the shape by the transcript and compiles its circuit.
func (a *app) openCeremony(dir string) (*proofs.KeyCeremony, error) {
	if dir == "" {
		return nil, usagef("--dir is required")
	}
	t, err := proofs.PeekCeremony(dir)
	if err != nil {
		return nil, err
	}
	shape, err := a.lookupShape(t.Circuit.Shape)
	if err != nil {
		return nil, err
	}
	return proofs.OpenCeremony(dir, shape, a.progress("ceremony"))
}

func (a *app) ceremonyInitCmd(dir *string) *cobra.Command {
	var class string
	cmd := &cobra.Command{
		Use: "init", Short: "Begin a ceremony for a class", Args: args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if class == "" || *dir == "" {
				return usagef("--class and --dir are required")
			}
			shape, err := a.lookupShape(class)
			if err != nil {
				return err
			}
			c, err := proofs.StartCeremony(*dir, shape, a.progress("ceremony"))
			if err != nil {
				return err
			}
			return a.ceremonyStatus(c.Transcript())
		},
	}
	cmd.Flags().StringVar(&class, "class", "", "size class or shape")
	return cmd
}

func (a *app) ceremonyContributeCmd(dir *string) *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "contribute", Short: "Mix this machine's randomness into the open half", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.openCeremony(*dir)
			if err != nil {
				return err
			}
			if err := c.Contribute(cmd.Context(), name, a.steps()); err != nil {
				return err
			}
			return a.ceremonyStatus(c.Transcript())
		},
	}
	cmd.Flags().StringVar(&name, "name", "anonymous", "who contributes, for the transcript")
	return cmd
}

func (a *app) ceremonySealCmd(dir *string) *cobra.Command {
	var beacon string
	cmd := &cobra.Command{
		Use: "seal", Short: "End the first half with a beacon", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := parseBeacon(beacon)
			if err != nil {
				return err
			}
			c, err := a.openCeremony(*dir)
			if err != nil {
				return err
			}
			if err := c.Seal(cmd.Context(), b, a.steps()); err != nil {
				return err
			}
			return a.ceremonyStatus(c.Transcript())
		},
	}
	cmd.Flags().StringVar(&beacon, "beacon", "", "HEX: a value unknown before the last contribution")
	return cmd
}

func (a *app) ceremonyFinalizeCmd(dir, keys *string) *cobra.Command {
	var beacon string
	cmd := &cobra.Command{
		Use: "finalize", Short: "End the second half with a beacon, check everything, store the key", Args: args(cobra.NoArgs),
		Long: "Stores the key in the key folder, in place of the class's development key, and writes " + pinsFile + "\n" +
			"beside the transcript: whoever has checked the ceremony verifies proofs with `verify --pins`.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := parseBeacon(beacon)
			if err != nil {
				return err
			}
			return a.ceremonyFinalize(cmd.Context(), *dir, *keys, b)
		},
	}
	cmd.Flags().StringVar(&beacon, "beacon", "", "HEX: a value unknown before the last contribution")
	return cmd
}

func (a *app) ceremonyFinalize(ctx context.Context, dir, keys string, beacon []byte) error {
	c, err := a.openCeremony(dir)
	if err != nil {
		return err
	}
	key, err := c.Finalize(ctx, beacon, a.steps())
	if err != nil {
		return err
	}
	if err := a.keepKey(ctx, dir, keys, key); err != nil {
		return err
	}
	return a.ceremonyStatus(c.Transcript())
}

// keepKey stores a ceremony's key and lists it for `verify --pins`.
func (a *app) keepKey(ctx context.Context, dir, keys string, key *proofs.Key) error {
	list, err := proofs.NewPins(key.Pin())
	if err != nil {
		return err
	}
	text, err := list.Encode()
	if err != nil {
		return fmt.Errorf("encode %s: %w", pinsFile, err)
	}
	if err := writeFile(filepath.Join(dir, pinsFile), text); err != nil {
		return err
	}
	store, err := a.openStore(keys)
	if err != nil {
		return err
	}
	return store.Put(ctx, key)
}

func (a *app) lookupShape(name string) (proofs.Shape, error) {
	proofs.RedirectGnarkLog(a.log)
	shapes, err := proofs.ZkwasmShapes()
	if err != nil {
		return proofs.Shape{}, err
	}
	return shapes.Lookup(name)
}

func (a *app) ceremonyVerifyCmd(dir, keys *string) *cobra.Command {
	var keep bool
	cmd := &cobra.Command{
		Use: "verify", Short: "Recompute the whole ceremony from its files", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.ceremonyVerify(cmd.Context(), *dir, *keys, keep)
		},
	}
	cmd.Flags().BoolVar(&keep, "store", false, "store the key of an ended ceremony, to prove with it")
	return cmd
}

func (a *app) ceremonyVerify(ctx context.Context, dir, keys string, keep bool) error {
	c, err := a.openCeremony(dir)
	if err != nil {
		return err
	}
	key, err := c.Verify(ctx, a.steps())
	if err != nil {
		return err
	}
	if keep {
		if key == nil {
			return fmt.Errorf("%w: no key before the end", proofs.ErrCeremonyPhase)
		}
		if err := a.keepKey(ctx, dir, keys, key); err != nil {
			return err
		}
	}
	if !a.json {
		a.printf("%s\n", a.paint(green, "every contribution follows from the one before"))
	}
	return a.ceremonyStatus(c.Transcript())
}

func (a *app) ceremonyStatusCmd(dir *string) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Print the transcript without checking it", Args: args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if *dir == "" {
				return usagef("--dir is required")
			}
			t, err := proofs.PeekCeremony(*dir)
			if err != nil {
				return err
			}
			return a.ceremonyStatus(t)
		},
	}
}

func (a *app) ceremonyStatus(t *proofs.CeremonyTranscript) error {
	if a.json {
		return a.emit(t)
	}
	rows := [][]string{{"half", "contribution", "sha256", "time"}}
	for n, p := range [][]proofs.CeremonyContribution{t.Phase1.Contributions, t.Phase2.Contributions} {
		for _, c := range p {
			rows = append(rows, []string{fmt.Sprint(n + 1), c.Name, c.SHA256, c.Time.Format(time.RFC3339)})
		}
	}
	a.table(rows)
	a.printf("%s, %d constraints: ", t.Circuit.Shape, t.Circuit.Constraints)
	switch t.Open() {
	case 1:
		a.printf("first half is open\n")
	case 2:
		a.printf("second half is open\n")
	default:
		a.printf("ended, verifying key %s\n", a.paint(green, t.VerifyingKeyID))
	}
	return nil
}

// steps prints what a long step is doing.
func (a *app) steps() func(string, int, int) {
	if a.json {
		return nil
	}
	start := time.Now()
	return func(what string, done, total int) {
		_, _ = fmt.Fprintf(a.err, "%6.1f s  %d of %d  %s\n", time.Since(start).Seconds(), done, total, what)
	}
}

func parseBeacon(s string) ([]byte, error) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) == 0 {
		return nil, usagef("--beacon: want 16 to 64 bytes of hex, have %q", s)
	}
	return b, nil
}
