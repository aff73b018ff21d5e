package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

var errDiffers = errors.New("differs: run `make vectors`, or find out why")

func main() {
	dir := flag.String("dir", "testvectors", "the folder of the vectors")
	check := flag.Bool("check", false, "compare, write nothing")
	proofs := flag.Bool("proofs", false, "make new proofs too")
	flag.Parse()
	if err := run(context.Background(), *dir, *check, *proofs); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, check, proofs bool) error {
	g, err := newGenerator(dir, proofs)
	if err != nil {
		return err
	}
	defer g.close()
	for _, make := range []func(context.Context) ([]*suite, error){
		g.programs, g.examples, g.handmade, g.badModules, g.caches, g.cacheProofs, g.scripts, g.proofs, g.stateFiles, g.lives,
	} {
		suites, err := make(ctx)
		if err != nil {
			return err
		}
		if err := put(dir, suites, check); err != nil {
			return err
		}
	}
	return nil
}

func put(dir string, suites []*suite, check bool) error {
	for _, s := range suites {
		b, err := s.encode()
		if err != nil {
			return err
		}
		name := filepath.Join(dir, s.path)
		if check {
			old, err := os.ReadFile(name) //nolint:gosec // the developer names the folder
			if err != nil {
				return err
			}
			if !bytes.Equal(old, b) {
				return fmt.Errorf("%s: %w", name, errDiffers)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // sources are for everybody
			return err
		}
		if err := os.WriteFile(name, b, 0o644); err != nil { //nolint:gosec // sources are for everybody
			return err
		}
	}
	return nil
}
