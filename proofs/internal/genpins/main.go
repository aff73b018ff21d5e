// Command genpins writes the pinned list of verifying keys anew: it makes the
// unsafe development key of every shape and keeps all other pins (ceremony
// keys, tombstones) as they are. Run it after every change of the circuit:
//
//	go run ./proofs/internal/genpins -out proofs/verifier/pinned.json
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"vmhost/proofs"
	"vmhost/proofs/verifier"
)

func main() {
	out := flag.String("out", "proofs/verifier/pinned.json", "the list, read and written")
	only := flag.String("shapes", "", "comma-separated shapes to make (default all)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stderr, *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "genpins:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, log io.Writer, path, only string) error {
	proofs.RedirectGnarkLog(slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})))
	data, err := os.ReadFile(path) //nolint:gosec // the developer names the file
	if err != nil {
		return err
	}
	old, err := verifier.ReadPins(data)
	if err != nil {
		return err
	}
	shapes, err := proofs.ZkwasmShapes()
	if err != nil {
		return err
	}
	var pins []verifier.Pin
	made := map[string]bool{}
	for _, s := range shapes.All() {
		if only != "" && !slices.Contains(strings.Split(only, ","), s.Name) {
			continue
		}
		start := time.Now()
		key, err := proofs.MakeUnsafeDevKey(ctx, s, nil)
		if err != nil {
			return err
		}
		made[s.Name] = true
		pins = append(pins, key.Pin())
		id := key.Verifying.ID()
		_, _ = fmt.Fprintf(log, "%s: %d constraints, key %x, %v\n", s.Name, key.Info.Constraints, id[:4], time.Since(start).Round(time.Millisecond))
	}
	for _, p := range old.All() {
		if p.Status == verifier.Ceremony || p.Tombstoned || !made[p.Shape] {
			pins = append(pins, p)
		}
	}
	list, err := verifier.NewPins(pins...)
	if err != nil {
		return err
	}
	if data, err = list.Encode(); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644) //nolint:gosec // a source file
}
