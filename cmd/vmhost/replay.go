package main

import (
	"github.com/spf13/cobra"

	"vmhost/cmd/vmhost/internal/replay"
)

func newReplayCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "replay PATH…", Short: "Replay recorded test vectors", Args: args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, paths []string) error {
			rep, err := replay.Paths(cmd.Context(), paths)
			if err != nil {
				return err
			}
			if a.json {
				if err := a.emit(rep); err != nil {
					return err
				}
			} else {
				for _, f := range rep.Failures {
					a.printf("%s test %d: %s\n", f.File, f.ID, a.paint(red, f.Err))
				}
				a.printf("%d passed, %d failed\n", rep.Passed, rep.Failed())
			}
			if rep.Failed() > 0 {
				return errNo
			}
			return nil
		},
	}
}
