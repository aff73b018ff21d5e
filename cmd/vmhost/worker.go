package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"vmhost/cmd/vmhost/internal/host"
	"vmhost/proofs"
)

// workerCmd is the name of the hidden command, below serve, that proves for
// another vmhost.
const workerCmd = "prove-worker"

// newProveWorkerCmd proves what it reads from standard input; see host/worker.go.
func newProveWorkerCmd(a *app) *cobra.Command {
	var o host.WorkerOptions
	cmd := &cobra.Command{
		Use: workerCmd, Short: "Prove for the vmhost that started this process", Hidden: true, Args: args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			proofs.RedirectGnarkLog(a.log)
			return host.ServeProofs(cmd.Context(), a.in, a.out, o)
		},
	}
	cmd.Flags().StringVar(&o.Keys, "keys", "", "folder of the proving keys")
	cmd.Flags().BoolVar(&o.UnsafeDev, "unsafe-dev", false, "use development keys")
	return cmd
}

// workerCommand starts this very binary as a worker.
func workerCommand(keys string, unsafeDev bool) ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("prove worker: %w", err)
	}
	return []string{self, "serve", workerCmd, "--keys", keys, fmt.Sprintf("--unsafe-dev=%v", unsafeDev)}, nil
}
