package anchoring

import (
	"context"
	"log/slog"
	"slices"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// growing is which collections find new items by themselves. Guarded by
// Source.mu but for grower, which the applying goroutine owns.
type growing struct {
	list    []binding.Growth
	version int // of list

	grower  *binding.Grower
	current int // version that grower has
}

// Grow lets a collection of the cache find new items from the next block on. It
// may be called at any time; a growth of the same collection is replaced.
func (s *Source) Grow(g binding.Growth) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.growing.remove(g.Collection)
	s.growing.list = append(s.growing.list, g)
}

// StopGrowth ends what Grow began.
func (s *Source) StopGrowth(collection string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.growing.remove(collection)
}

// Growing are the collections that find new items by themselves.
func (s *Source) Growing() []binding.Growth {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.growing.list)
}

func (g *growing) remove(name string) {
	g.list = slices.DeleteFunc(slices.Clone(g.list), func(have binding.Growth) bool { return have.Collection == name })
	g.version++
}

// currentGrower is the grower for the list as it is now.
func (s *Source) currentGrower() (*binding.Grower, error) {
	s.mu.Lock()
	list, version := s.growing.list, s.growing.version
	s.mu.Unlock()
	g := &s.growing
	if g.grower == nil || g.current != version {
		cols := s.opts.Cache.Collections()
		known := slices.DeleteFunc(slices.Clone(list), func(g binding.Growth) bool {
			return !slices.ContainsFunc(cols, func(c statecache.Collection) bool { return c.Name == g.Collection })
		})
		grower, err := binding.NewGrower(known, cols)
		if err != nil {
			return nil, err
		}
		g.grower, g.current = grower, version
	}
	return g.grower, nil
}

// bound is what one block brings, all of it proven.
type bound struct {
	changes []statecache.Change
	logs    []binding.Log // that SourceOptions.Logs choose
}

// bind proves a block: its logs, as far as they are watched, then the values,
// those of items included that the logs and the values name for the first time.
func (s *Source) bind(ctx context.Context, h *ethrpc.Header) (*bound, error) {
	b, err := s.tryBind(ctx, h)
	if err != nil {
		s.growing.grower = nil // it may have taken for known what was not added
	}
	return b, err
}

func (s *Source) tryBind(ctx context.Context, h *ethrpc.Header) (*bound, error) {
	grower, err := s.currentGrower()
	if err != nil {
		return nil, err
	}
	b := &bound{}
	if filters := append(grower.Filters(), s.opts.Logs...); len(filters) > 0 {
		logs, err := s.logs(ctx, h, filters)
		if err != nil {
			return nil, err
		}
		for i := range logs {
			if slices.ContainsFunc(s.opts.Logs, func(f binding.Filter) bool { return f.Match(&logs[i]) }) {
				b.logs = append(b.logs, logs[i])
			}
		}
		if _, err := s.add(ctx, grower.Keys(logs)); err != nil {
			return nil, err
		}
		grower.Touched(logs, s.binder.Expect)
	}
	if b.changes, err = s.prove(ctx, h, s.binder.Changes); err != nil {
		return nil, err
	}
	added, err := s.add(ctx, grower.Lengths(b.changes))
	if err != nil || !added {
		return b, err
	}
	more, err := s.prove(ctx, h, s.binder.Added)
	b.changes = append(b.changes, more...)
	return b, err
}

// logs fetches and checks the receipts of a block, unless its bloom shows that
// no filter chooses any.
func (s *Source) logs(ctx context.Context, h *ethrpc.Header, filters []binding.Filter) ([]binding.Log, error) {
	logs, fetched, err := binding.Logs(ctx, s.receipts, h, filters)
	s.count(func(m *Metrics) {
		switch {
		case err != nil && binding.Faulty(err):
			m.ProofFailures++
		case err != nil:
			m.Unproven++
		case fetched:
			m.Receipts++
		default:
			m.Blooms++
		}
	})
	return logs, s.blame(h, err)
}

// add extends collections.
func (s *Source) add(ctx context.Context, grown []binding.Grown) (added bool, err error) {
	for _, g := range grown {
		if len(g.Items) > 0 {
			if err := s.opts.Cache.Extend(g.Collection, g.Items); err != nil {
				return added, err
			}
			added = true
			s.log.LogAttrs(ctx, slog.LevelInfo, "collection grew", slog.String("collection", g.Collection), slog.Int("items", len(g.Items)))
			s.count(func(m *Metrics) { m.Added += uint64(len(g.Items)) })
		}
		if g.Full {
			s.log.LogAttrs(ctx, slog.LevelWarn, "collection is full: new items are left out", slog.String("collection", g.Collection))
			s.count(func(m *Metrics) { m.Full++ })
		}
	}
	return added, nil
}
