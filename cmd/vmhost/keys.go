package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vmhost/anchoring/contracts"
	"vmhost/proofs"
)

func newKeysCmd(a *app) *cobra.Command {
	var dir string
	cmd := &cobra.Command{Use: "keys", Short: "Make, list, check and export keys", Args: args(cobra.NoArgs)}
	cmd.PersistentFlags().StringVar(&dir, "keys", "", "key folder (default: under the XDG data home)")
	cmd.AddCommand(newKeysSetupCmd(a, &dir), newKeysListCmd(a, &dir), newKeysVerifyCmd(a, &dir), newKeysExportCmd(a, &dir), newKeysExportSolidityCmd(a, &dir), newKeysCeremonyCmd(a, &dir))
	return cmd
}

func newKeysSetupCmd(a *app, dir *string) *cobra.Command {
	var class string
	var unsafeDev bool
	cmd := &cobra.Command{
		Use: "setup", Short: "Make the development key of a class", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if class == "" {
				return usagef("--class is required")
			}
			if !unsafeDev {
				return usagef("only development keys can be made alone; add --unsafe-dev (a real key needs several parties: keys ceremony)")
			}
			return a.keysSetup(cmd.Context(), *dir, class)
		},
	}
	cmd.Flags().StringVar(&class, "class", "", "size class or shape: tiny, s, m")
	cmd.Flags().BoolVar(&unsafeDev, "unsafe-dev", false, "make the key from its public seed; it protects nothing")
	return cmd
}

func (a *app) keysSetup(ctx context.Context, dir, class string) error {
	store, err := a.openStore(dir)
	if err != nil {
		return err
	}
	start := time.Now()
	key, err := store.Ensure(ctx, class, proofs.KeyOptions{AllowUnsafe: true, Progress: a.progress("keys " + class)})
	if err != nil {
		return err
	}
	i := key.Info
	if a.json {
		return a.emit(map[string]any{
			"class": i.Shape, "status": i.Status, "constraints": i.Constraints, "verifyingKeyId": hex0x(i.VerifyingKeyID[:]),
			"seconds": time.Since(start).Seconds(), "folder": store.Dir(),
		})
	}
	a.printf("%s  %s  %d constraints  %s  %.1f s\n", i.Shape, i.Status, i.Constraints, hex0x(i.VerifyingKeyID[:]), time.Since(start).Seconds())
	return nil
}

func newKeysListCmd(a *app, dir *string) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the stored keys", Args: args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			store, err := a.openStore(*dir)
			if err != nil {
				return err
			}
			return a.keysList(store.List())
		},
	}
}

func (a *app) keysList(entries []proofs.Entry) error {
	rows := [][]string{{"class", "status", "constraints", "verifying key"}}
	for _, e := range entries {
		if a.json {
			line := map[string]any{"class": e.Shape.Name, "present": e.Err == nil}
			if e.Err == nil {
				line["status"], line["constraints"] = e.Info.Status, e.Info.Constraints
				line["verifyingKeyId"] = hex0x(e.Info.VerifyingKeyID[:])
			} else {
				line["why"] = e.Err.Error()
			}
			if err := a.emit(line); err != nil {
				return err
			}
			continue
		}
		if e.Err != nil {
			rows = append(rows, []string{e.Shape.Name, "-", "-", e.Err.Error()})
			continue
		}
		rows = append(rows, []string{e.Shape.Name, string(e.Info.Status), fmt.Sprint(e.Info.Constraints), hex0x(e.Info.VerifyingKeyID[:])})
	}
	if !a.json {
		a.table(rows)
	}
	return nil
}

func newKeysVerifyCmd(a *app, dir *string) *cobra.Command {
	var class string
	cmd := &cobra.Command{
		Use: "verify", Short: "Check a stored key: checksums, and proving against verifying key by pairings", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := a.openStore(*dir)
			if err != nil {
				return err
			}
			info, err := store.Check(cmd.Context(), class)
			if err != nil {
				return err
			}
			if a.json {
				return a.emit(map[string]any{"class": info.Shape, "consistent": true})
			}
			a.printf("%s %s\n", info.Shape, a.paint(green, "consistent"))
			return nil
		},
	}
	cmd.Flags().StringVar(&class, "class", "tiny", "size class or shape")
	return cmd
}

func newKeysExportCmd(a *app, dir *string) *cobra.Command {
	var class, out string
	var creation bool
	cmd := &cobra.Command{
		Use: "export", Short: "Write a pinned or stored key as the verifier contract reads it", Args: args(cobra.NoArgs),
		Long: "Writes a class's pinned key, else the stored one, in hex: the code of the contract that holds it, whose hash is\n" +
			"the verifying key id. With --creation, the data of the transaction that creates that contract; give its address\n" +
			"to VmVerifier.addKey. A development key is refused there on chain ids other than 1337 and 31337.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if class == "" || out == "" {
				return usagef("--class and --out are required")
			}
			return a.keysExport(cmd.Context(), *dir, class, out, func(_ string, blob []byte) ([]byte, error) {
				if !creation {
					return []byte(hex0x(blob) + "\n"), nil
				}
				code, err := contracts.KeyCreationCode(blob)
				return []byte(hex0x(code) + "\n"), err
			})
		},
	}
	cmd.Flags().StringVar(&class, "class", "", "size class or shape")
	cmd.Flags().StringVar(&out, "out", "", "file to write, - for standard output")
	cmd.Flags().BoolVar(&creation, "creation", false, "write creation code")
	return cmd
}

func newKeysExportSolidityCmd(a *app, dir *string) *cobra.Command {
	var class, out string
	cmd := &cobra.Command{
		Use: "export-solidity", Short: "Write a pinned or stored key as a Solidity contract", Args: args(cobra.NoArgs),
		Long: "Writes the source of a contract whose code is a class's key; give its address to VmVerifier.addKey. That of a\n" +
			"development key is named UnsafeDevKey… and cannot be created on chain ids other than 1337 and 31337.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if class == "" || out == "" {
				return usagef("--class and --out are required")
			}
			return a.keysExport(cmd.Context(), *dir, class, out, contracts.KeySolidity)
		},
	}
	cmd.Flags().StringVar(&class, "class", "", "size class or shape")
	cmd.Flags().StringVar(&out, "out", "", "FILE.sol to write, - for standard output")
	return cmd
}

func (a *app) keysExport(ctx context.Context, dir, class, out string, encode func(shape string, blob []byte) ([]byte, error)) error {
	store, err := a.openStore(dir)
	if err != nil {
		return err
	}
	shape, err := store.Shapes().Lookup(class)
	if err != nil {
		return err
	}
	pins, err := proofs.Pinned()
	if err != nil {
		return err
	}
	pin, ok := pins.ByShape(shape.Name)
	if !ok { // not pinned: only a stored key can be exported
		key, err := store.Load(ctx, class, proofs.KeyOptions{AllowUnsafe: true})
		if err != nil {
			return err
		}
		pin = key.Pin()
	}
	text, err := encode(pin.Shape, pin.Key.Blob())
	if err != nil {
		return err
	}
	if out == "-" {
		_, err := a.out.Write(text)
		return err
	}
	return writeFile(out, text)
}
