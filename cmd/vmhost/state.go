package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"

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
	var history int
	cmd := &cobra.Command{
		Use: "fetch", Short: "Fetch values with MPT proofs from a node, check them, write STATE.json", Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			for flag, v := range map[string]string{"rpc": rpc, "watch": watch, "out": out} {
				if v == "" {
					return usagef("--%s is required", flag)
				}
			}
			return a.stateFetch(cmd.Context(), rpc, block, watch, out, history)
		},
	}
	cmd.Flags().StringVar(&rpc, "rpc", "", "the node: ws(s):// or http(s)://")
	cmd.Flags().StringVar(&block, "block", "latest", "number, hash, latest, safe or finalized")
	cmd.Flags().StringVar(&watch, "watch", "", "WATCH.json: the collections")
	cmd.Flags().StringVar(&out, "out", "", "STATE.json to write")
	cmd.Flags().IntVar(&history, "history", 0, "earlier blocks to fetch too, for modules that read the past (at most 127)")
	return cmd
}

func (a *app) stateFetch(ctx context.Context, rpc, block, watch, out string, history int) error {
	b, err := a.readFile(watch)
	if err != nil {
		return err
	}
	w, err := statefile.DecodeWatch(b)
	if err != nil {
		return fmt.Errorf("%s: %w", watch, err)
	}
	if err := nodeURL(rpc); err != nil {
		return err
	}
	file, err := statefile.FetchHistory(ctx, rpc, block, w, history)
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

// nodeURL refuses what no node can be reached by.
func nodeURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || !slices.Contains([]string{"ws", "wss", "http", "https"}, u.Scheme) {
		return usagef("--rpc: want one address of a node, ws://, wss://, http:// or https://")
	}
	return nil
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
	counts, roots := map[string]int{}, map[string]string{}
	rows := [][]string{{"collection", "items", "items root (manifest)"}}
	for i, c := range file.Collections {
		root, _ := view.ItemsRoot(uint32(i) + 1)
		counts[c.Name], roots[c.Name] = len(c.Items), hex0x(root[:])
		rows = append(rows, []string{c.Name, fmt.Sprint(len(c.Items)), roots[c.Name]})
	}
	if a.json {
		return a.emit(map[string]any{
			"commitment": hex0x(commitment[:]), "rung": rung, "chainId": fmt.Sprintf("%#x", file.ChainID),
			"block": map[string]string{"number": fmt.Sprintf("%#x", file.Block.Number), "hash": hex0x(file.Block.Hash[:])}, "items": counts,
			"itemsRoots": roots, "history": len(file.Past),
		})
	}
	a.printf("commitment  %s\nblock       %d %s\nhistory     %d blocks\nrung        %s\n\n", hex0x(commitment[:]), file.Block.Number, hex0x(file.Block.Hash[:]), len(file.Past), rung)
	a.table(rows)
	return nil
}
