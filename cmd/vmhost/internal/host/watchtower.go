package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/outbox"
	"vmhost/anchoring/signer"
	"vmhost/anchoring/statefile"
	"vmhost/anchoring/watchtower"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// WatchtowerOptions configure the watchtower of a Host.
type WatchtowerOptions struct {
	// On compares every anchor of the registry with the host's own state.
	On bool
	// Signer takes false anchors down; nil: they are only reported. Its account
	// must not be the one that anchors: each takes the other's nonces.
	Signer signer.Signer
	// Tower has the settings MaxSpend, MaxFee, Explore, Published.
	Tower watchtower.Options
}

// openWatchtower continues what the data folder says was found.
func (h *Host) openWatchtower(ctx context.Context) error {
	if !h.opts.Watchtower.On {
		return nil
	}
	if h.opts.Registry == ([20]byte{}) {
		return errors.New("watchtower: no registry to watch")
	}
	client, err := anchoring.Dial(ctx, anchoring.ClientOptions{Pool: h.nodes, Signer: h.opts.Watchtower.Signer, Logger: h.log})
	if err != nil {
		return err
	}
	o := h.opts.Watchtower.Tower
	o.Client, o.Registry, o.Source, o.Logger = client, h.opts.Registry, cacheSource{h.cache, client}, h.log
	if h.opts.Data != "" {
		folder := WatchtowerFolder(h.opts.Data, client, h.opts.Registry)
		store, err := outbox.OpenFile(filepath.Join(folder, "log"))
		if err != nil {
			return fmt.Errorf("watchtower: %w", err)
		}
		h.onClose(store.Close)
		o.Store, o.Folder = store, filepath.Join(folder, "evidence")
	}
	h.tower, err = watchtower.New(o)
	return err
}

// WatchtowerFolder is where a data folder keeps what a watchtower knows of a registry.
func WatchtowerFolder(data string, client *anchoring.Client, registry [20]byte) string {
	account := client.Address()
	return filepath.Join(data, "watchtower", fmt.Sprintf("%d-%x-%x", client.ChainID(), registry, account[:4]))
}

// runWatchtower watches until the context ends. That the money is spent stops
// the watchtower, not the host.
func (h *Host) runWatchtower(ctx context.Context) error {
	told := map[string]watchtower.Verdict{}
	problem := ""
	err := h.tower.Run(ctx, func(r watchtower.Report) {
		if r.Problem != problem && r.Problem != "" {
			h.log.LogAttrs(ctx, slog.LevelWarn, "watchtower delayed", slog.String("err", r.Problem))
		}
		problem = r.Problem
		for i := range r.Anchors {
			l := &r.Anchors[i]
			if l.Suspicious() && told[l.Commitment] != l.Verdict {
				told[l.Commitment] = l.Verdict
				h.log.LogAttrs(ctx, slog.LevelError, "an anchor is not what the chain says", slog.Uint64("height", l.Height),
					slog.String("verdict", string(l.Verdict)), slog.String("what", l.What), slog.Any("notJudged", l.Unjudged), slog.String("next", l.Next))
			}
		}
	})
	if errors.Is(err, watchtower.ErrSpend) {
		h.log.LogAttrs(ctx, slog.LevelError, "the watchtower has stopped", slog.Any("err", err))
		<-ctx.Done()
		return nil
	}
	return err
}

// cacheSource compares with the host's own state, and fetches proofs of what differs.
type cacheSource struct {
	cache  *statecache.Cache
	client *anchoring.Client
}

func (s cacheSource) view(block statecache.BlockRef) (*statecache.View, error) {
	head, ok := s.cache.Head()
	if !ok || head.Number < block.Number {
		return nil, fmt.Errorf("%w: block %d, the state is at %d", watchtower.ErrNotYet, block.Number, head.Number)
	}
	v, err := s.cache.View(block, "watchtower", time.Time{})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", binding.ErrUnavailable, err)
	}
	return v, nil
}

// Roots implements watchtower.Source.
func (s cacheSource) Roots(_ context.Context, block statecache.BlockRef) (watchtower.Roots, error) {
	v, err := s.view(block)
	if err != nil {
		return watchtower.Roots{}, err
	}
	defer v.Release()
	x := v.CommitPreimage()
	return watchtower.Roots{Directory: x[5].Bytes(), History: x[6].Bytes()}, nil
}

// Evidence implements watchtower.Source.
func (s cacheSource) Evidence(ctx context.Context, block statecache.BlockRef) (f *statefile.File, err error) {
	v, err := s.view(block)
	if err != nil {
		return nil, err
	}
	defer v.Release()
	state, err := v.Snapshot()
	if err != nil {
		return nil, err
	}
	cols := make([]statecache.Collection, len(state.Collections))
	for i := range cols {
		cols[i] = state.Collections[i].Collection
	}
	err = s.client.WithNode(ctx, func(node *ethrpc.Client) error {
		header, err := node.HeaderByHash(ctx, block.Hash)
		if err != nil {
			return err
		}
		f, err = statefile.FetchAt(ctx, binding.NewRPC(node), s.client.ChainID(), header, cols)
		return err
	})
	return f, err
}

// watchtowerSamples are the watchtower's figures for /metrics.
func watchtowerSamples(s watchtower.Stats) (out []wsapi.Sample) {
	for _, v := range []watchtower.Verdict{
		watchtower.True, watchtower.Differs, watchtower.False, watchtower.NotJudged, watchtower.Unavailable, watchtower.Revoked, watchtower.Undone,
	} {
		out = append(out, wsapi.Sample{
			Name: "vmhost_watchtower_anchors", Help: "Anchors of the registry, by what is known of them.",
			Labels: map[string]string{"verdict": string(v)}, Value: float64(s.Verdicts[v]),
		})
	}
	for _, tag := range slices.Sorted(maps.Keys(s.Transactions)) {
		out = append(out, wsapi.Sample{
			Name: "vmhost_watchtower_transactions_total", Help: "Transactions of the watchtower, by what they are for.", Counter: true,
			Labels: map[string]string{"for": tag}, Value: float64(s.Transactions[tag]),
		})
	}
	return append(out,
		wsapi.Sample{Name: "vmhost_watchtower_head_height", Help: "Block up to which anchors were looked at.", Value: float64(s.Head)},
		wsapi.Sample{Name: "vmhost_watchtower_spent_wei", Help: "What the watchtower's transactions cost, bonds included.", Value: wei(s.Spent)})
}
