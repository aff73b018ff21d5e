package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"vmhost/anchoring"
)

// Serve opens a host and runs it until ctx ends or something stops for good. If
// the host was away for longer than the nodes keep state and BeginAgainAfter
// permits, the state is set aside and a host that begins at a later block takes
// over: the results keep a gap, which is recorded. Opened is told of each host
// before it runs.
func Serve(ctx context.Context, o Options, opened func(*Host)) error {
	log := o.withDefaults().Logger
	for {
		err := serveOnce(ctx, o, opened)
		if o.BeginAgainAfter <= 0 || !errors.Is(err, anchoring.ErrLost) {
			return err
		}
		aside, moveErr := setAside(o.Data, time.Now())
		if moveErr != nil {
			return errors.Join(err, moveErr)
		}
		log.LogAttrs(ctx, slog.LevelError, "beginning again at a later block: earlier state cannot be continued",
			slog.String("aside", aside), slog.Any("err", err))
	}
}

func serveOnce(ctx context.Context, o Options, opened func(*Host)) (err error) {
	h, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	opened(h)
	return h.Run(ctx)
}

// setAside moves the folders of the state, so that nothing is lost, into a new
// one and returns its name; "" without a data folder.
func setAside(data string, now time.Time) (string, error) {
	if data == "" {
		return "", nil
	}
	to := filepath.Join(data, "lost-"+now.UTC().Format("20060102T150405.000"))
	if err := os.Mkdir(to, 0o700); err != nil {
		return "", fmt.Errorf("set the state aside: %w", err)
	}
	for _, name := range []string{"state", "checkpoints"} {
		if err := os.Rename(filepath.Join(data, name), filepath.Join(to, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("set the state aside: %w", err)
		}
	}
	return to, nil
}
