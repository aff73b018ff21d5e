package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// watches defines collections while the host runs. What it defined is kept in
// the data folder, so that collections go on growing after a restart.
type watches struct {
	h *Host

	mu    sync.Mutex
	names []string                   // in order
	defs  map[string]json.RawMessage // as they were given
}

// watchFile holds the definitions, as a WATCH.json.
const watchFile = "watch.json"

// watchDoc is a WATCH.json whose collections are left as they are.
type watchDoc struct {
	Format      string            `json:"format"`
	Collections []json.RawMessage `json:"collections"`
}

// openWatches reads the definitions of earlier runs, and returns how they grow.
func openWatches(h *Host) (*watches, []binding.Growth, error) {
	w := &watches{h: h, defs: map[string]json.RawMessage{}}
	if h.opts.Data == "" {
		return w, nil, nil
	}
	b, err := os.ReadFile(filepath.Join(h.opts.Data, watchFile))
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("definitions: %w", err)
	}
	file, err := statefile.DecodeWatch(b)
	if err == nil {
		err = w.note(b)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("definitions: %s: %w", watchFile, err)
	}
	return w, file.Growing, nil
}

// note takes the definitions of a file over. Requires mu.
func (w *watches) note(file []byte) error {
	var doc watchDoc
	if err := json.Unmarshal(file, &doc); err != nil {
		return err
	}
	for _, raw := range doc.Collections {
		var c struct{ Name string }
		if err := json.Unmarshal(raw, &c); err != nil {
			return err
		}
		if w.defs[c.Name] == nil {
			w.names = append(w.names, c.Name)
		}
		w.defs[c.Name] = raw
	}
	return nil
}

// save writes the definitions. Requires mu.
func (w *watches) save() error {
	if w.h.opts.Data == "" {
		return nil
	}
	doc := watchDoc{Format: statefile.WatchFormat, Collections: []json.RawMessage{}}
	for _, n := range w.names {
		doc.Collections = append(doc.Collections, w.defs[n])
	}
	b, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return fmt.Errorf("definitions: %w", err)
	}
	path := filepath.Join(w.h.opts.Data, watchFile)
	if err := os.WriteFile(path+".tmp", b, 0o600); err != nil {
		return fmt.Errorf("definitions: %w", err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return fmt.Errorf("definitions: %w", err)
	}
	return nil
}

// Watch implements wsapi.Watcher.
func (w *watches) Watch(ctx context.Context, raw json.RawMessage) ([]wsapi.Defined, error) {
	file, err := statefile.DecodeWatch(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", wsapi.ErrWatch, err)
	}
	if file.ChainID != 0 && file.ChainID != w.h.chainID {
		return nil, fmt.Errorf("%w: the file is for chain %d, this is %d", wsapi.ErrWatch, file.ChainID, w.h.chainID)
	}
	wanted, err := discover(ctx, w.h.urls(), w.h.cache, file.Collections, file.Growing)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := together(slices.Concat(w.h.cache.Collections(), wanted), append(w.h.source.Growing(), file.Growing...)); n > w.h.opts.WatchItems {
		return nil, fmt.Errorf("%w: up to %d with these, %d are allowed", wsapi.ErrTooManyItems, n, w.h.opts.WatchItems)
	}
	if err := define(w.h.cache, wanted, file.Growing); err != nil {
		return nil, fmt.Errorf("%w: %w", wsapi.ErrWatch, err)
	}
	if err := w.note(raw); err != nil {
		return nil, fmt.Errorf("%w: %w", wsapi.ErrWatch, err)
	}
	for _, c := range file.Collections {
		w.h.source.StopGrowth(c.Name)
	}
	for _, g := range file.Growing {
		w.h.source.Grow(g)
	}
	out := []wsapi.Defined{}
	all := w.h.cache.Collections()
	for _, c := range file.Collections {
		d := wsapi.Defined{Name: c.Name, Growing: grows(file.Growing, c.Name)}
		if i := slices.IndexFunc(all, func(have statecache.Collection) bool { return have.Name == c.Name }); i >= 0 {
			d.Items = len(all[i].Items)
		}
		out = append(out, d)
	}
	return out, w.save()
}

// together counts the items of all these collections, some of which may be an
// earlier state of another one, and what they may grow to.
func together(all []statecache.Collection, growing []binding.Growth) int {
	items := map[string]int{}
	for _, c := range all {
		items[c.Name] = max(items[c.Name], len(c.Items))
	}
	for _, g := range growing {
		most := int(g.Max)
		if most == 0 {
			most = binding.MaxGrowth
		}
		items[g.Collection] = max(items[g.Collection], most)
	}
	n := 0
	for _, of := range items {
		n += of
	}
	return n
}

// Drop implements wsapi.Watcher.
func (w *watches) Drop(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.h.cache.Drop(name); err != nil {
		return fmt.Errorf("%w: %w", wsapi.ErrWatch, err)
	}
	w.h.source.StopGrowth(name)
	delete(w.defs, name)
	w.names = slices.DeleteFunc(w.names, func(n string) bool { return n == name })
	return w.save()
}

// leaveDropped leaves out collections that were dropped from the running host,
// whose names the file of the next start still has.
func (h *Host) leaveDropped() {
	h.opts.Watch = slices.DeleteFunc(slices.Clone(h.opts.Watch), func(c statecache.Collection) bool {
		gone := h.cache.Dropped(c.Name)
		if gone {
			h.log.Warn("a wanted collection was dropped for ever: take it out of the file, or watch it under another name",
				slog.String("collection", c.Name))
		}
		return gone
	})
	h.opts.Growing = slices.DeleteFunc(slices.Clone(h.opts.Growing), func(g binding.Growth) bool {
		return h.cache.Dropped(g.Collection)
	})
}

func grows(list []binding.Growth, name string) bool {
	return slices.ContainsFunc(list, func(g binding.Growth) bool { return g.Collection == name })
}

// discover adds the keys that old logs name to collections which the cache does
// not have yet.
func discover(ctx context.Context, urls []string, cache *statecache.Cache, wanted []statecache.Collection, growing []binding.Growth) ([]statecache.Collection, error) {
	have := cache.Collections()
	fresh := slices.DeleteFunc(slices.Clone(growing), func(g binding.Growth) bool {
		return slices.ContainsFunc(have, func(c statecache.Collection) bool { return c.Name == g.Collection })
	})
	var errs []error
	for _, url := range urls { // the first that answers
		file, err := statefile.Discover(ctx, url, &statefile.Watch{Collections: wanted, Growing: fresh}, statefile.Latest)
		if err == nil {
			return file.Collections, nil
		}
		_, hide := ethrpc.Redact(url)
		errs = append(errs, hide(err))
	}
	return nil, fmt.Errorf("keys in old logs: %w", errors.Join(errs...))
}

// define brings the cache's collections to those that are wanted: new ones are
// added, longer ones extended. One that grows by itself gets what it has not; it
// may have more. What is defined stays until it is dropped.
func define(cache *statecache.Cache, wanted []statecache.Collection, growing []binding.Growth) error {
	have := map[string]statecache.Collection{}
	for _, c := range cache.Collections() {
		have[c.Name] = c
	}
	for _, w := range wanted {
		old, ok := have[w.Name]
		if !ok {
			if err := cache.Define(w); err != nil {
				return fmt.Errorf("define %s: %w", w.Name, err)
			}
			continue
		}
		var items []statecache.Item
		switch {
		case old.Base != w.Base:
			return fmt.Errorf("%w: %s", ErrWatchChanged, w.Name)
		case grows(growing, w.Name):
			items = missing(old.Items, w.Items)
		case len(w.Items) < len(old.Items) || !slices.Equal(old.Items, w.Items[:len(old.Items)]):
			return fmt.Errorf("%w: %s", ErrWatchChanged, w.Name)
		default:
			items = w.Items[len(old.Items):]
		}
		if len(items) > 0 {
			if err := cache.Extend(w.Name, items); err != nil {
				return fmt.Errorf("extend %s: %w", w.Name, err)
			}
		}
	}
	return nil
}

// missing lists those of the wanted items that are not there.
func missing(have, wanted []statecache.Item) (out []statecache.Item) {
	known := make(map[statecache.Item]bool, len(have))
	for _, it := range have {
		known[it] = true
	}
	for _, it := range wanted {
		if !known[it] {
			known[it] = true
			out = append(out, it)
		}
	}
	return out
}
