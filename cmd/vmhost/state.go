package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"vmhost/anchoring/statefile"
)

func newStateCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{Use: "state", Short: "Fetch and check a block's watched state", Args: args(cobra.NoArgs)}
	cmd.AddCommand(newStateFetchCmd(a), newStateCommitCmd(a))
	return cmd
}

func newStateFetchCmd(a *app) *cobra.Command {
	var rpc, block, watch, out string
	cmd := &cobra.Command{
		Use: "fetch", Short: "Fetch values with MPT proofs from a node, check them, write STATE.json", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			for flag, v := range map[string]string{"rpc": rpc, "watch": watch, "out": out} {
				if v == "" {
					return usagef("--%s is required", flag)
				}
			}
			return a.stateFetch(cmd.Context(), rpc, block, watch, out)
		},
	}
	cmd.Flags().StringVar(&rpc, "rpc", "", "URL of an Ethereum node")
	cmd.Flags().StringVar(&block, "block", "latest", "number, hash, latest, safe or finalized")
	cmd.Flags().StringVar(&watch, "watch", "", "WATCH.json: the collections")
	cmd.Flags().StringVar(&out, "out", "", "STATE.json to write")
	return cmd
}

func (a *app) stateFetch(ctx context.Context, rpc, block, watch, out string) error {
	b, err := a.readFile(watch)
	if err != nil {
		return err
	}
	w, err := statefile.DecodeWatch(b)
	if err != nil {
		return fmt.Errorf("%s: %w", watch, err)
	}
	file, err := statefile.Fetch(ctx, rpc, block, w)
	if err != nil {
		return fmt.Errorf("fetch %s from %s: %w", block, rpc, err)
	}
	enc, err := file.Encode()
	if err != nil {
		return err
	}
	if err := writeFile(out, enc); err != nil {
		return err
	}
	return a.stateCommit(out, false)
}

func newStateCommitCmd(a *app) *cobra.Command {
	var unverified bool
	cmd := &cobra.Command{
		Use: "commit STATE.json", Short: "Check every MPT proof and print the commitment", Args: args(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, names []string) error { return a.stateCommit(names[0], unverified) },
	}
	cmd.Flags().BoolVar(&unverified, "unverified", false, "accept a state file without proofs")
	return cmd
}

func (a *app) stateCommit(name string, unverified bool) error {
	file, view, rung, err := a.loadState(name, unverified)
	if err != nil {
		return err
	}
	commitment := view.CommitmentBytes()
	counts := map[string]int{}
	rows := [][]string{{"collection", "items"}}
	for _, c := range file.Collections {
		counts[c.Name] = len(c.Items)
		rows = append(rows, []string{c.Name, fmt.Sprint(len(c.Items))})
	}
	if a.json {
		return a.emit(map[string]any{
			"commitment": hex0x(commitment[:]), "rung": rung, "chainId": fmt.Sprintf("%#x", file.ChainID),
			"block": map[string]string{"number": fmt.Sprintf("%#x", file.Block.Number), "hash": hex0x(file.Block.Hash[:])}, "items": counts,
		})
	}
	a.printf("commitment  %s\nblock       %d %s\nrung        %s\n\n", hex0x(commitment[:]), file.Block.Number, hex0x(file.Block.Hash[:]), rung)
	a.table(rows)
	return nil
}
