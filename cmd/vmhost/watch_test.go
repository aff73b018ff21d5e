package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"vmhost/anchoring/statefile"
)

// The watch file of the README names the pool that the embedded chain deploys.
func TestExampleWatchFile(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "examples", "watch", "dev-pool.json"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := statefile.DecodeWatch(b)
	if err != nil {
		t.Fatal(err)
	}
	d, err := startDevChain(t.Context(), devChainOptions{all: true, log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.close(); err != nil {
			t.Error(err)
		}
	}()
	if got := w.Collections[0].Items[0].Address; got != d.demo.Pool {
		t.Errorf("the file watches 0x%x, the pool is 0x%x", got, d.demo.Pool)
	}
}
