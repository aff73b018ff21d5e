package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"vmhost/internal/vmabi"
	"vmhost/proofs"
	"vmhost/proofs/zkwasm/circuit"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache/poseidon"
)

// version of the binary; releases set it with -ldflags.
var version = "0.1.0-dev"

func newVersionCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the versions of binary, ABI, lowering, commitment, circuit and keys", Args: args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			keys := map[string]string{}
			pins, err := proofs.Pinned()
			if err != nil {
				return err
			}
			for _, p := range pins.All() {
				id := p.ID()
				keys[p.Shape] = hex0x(id[:])
			}
			goVersion := ""
			if info, ok := debug.ReadBuildInfo(); ok {
				goVersion = info.GoVersion
			}
			if a.json {
				return a.emit(map[string]any{
					"version": version, "go": goVersion, "abi": vmabi.Version, "lowering": ir.LoweringVersion,
					"commitment": poseidon.CommitmentVersion, "programId": circuit.IDVersion, "keys": keys,
				})
			}
			a.printf("vmhost %s (%s)\nABI %d, lowering %d, commitment %d, program ID %d\n", version, goVersion,
				vmabi.Version, ir.LoweringVersion, poseidon.CommitmentVersion, circuit.IDVersion)
			rows := [][]string{{"key", "verifying key id"}}
			for _, p := range pins.All() {
				rows = append(rows, []string{p.Shape, keys[p.Shape]})
			}
			a.table(rows)
			return nil
		},
	}
}
