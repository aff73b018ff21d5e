package main

import (
	"math/big"

	"github.com/spf13/cobra"

	"vmhost/anchoring/contracts/bindings"
)

func newAnchorAllowCmd(a *app) *cobra.Command {
	p := &play{app: a}
	var revoke bool
	cmd := &cobra.Command{
		Use: "allow ADDRESS", Short: "Let an account anchor, or with --revoke no longer; only the registry's owner can", Args: args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, given []string) error {
			account, err := parseAddress("account", given[0])
			if err != nil {
				return err
			}
			return p.with(cmd.Context(), func() error {
				call := bindings.NewAnchorRegistry().PackSetAnchorer(account, !revoke)
				return p.send(cmd.Context(), "allow", call, new(big.Int), map[string]any{"account": hexAddress(account), "allowed": !revoke})
			})
		},
	}
	cmd.Flags().BoolVar(&revoke, "revoke", false, "the account may no longer anchor; what it has anchored stands")
	p.add(cmd)
	return cmd
}
