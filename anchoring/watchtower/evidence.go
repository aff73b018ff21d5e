package watchtower

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// keep writes the honest state down, with its proofs.
func (t *Tower) keep(k string, f *statefile.File) error {
	b, err := f.Encode()
	if err != nil {
		return err
	}
	if t.opts.Folder == "" {
		t.files[k] = b
		return nil
	}
	if err := os.MkdirAll(t.opts.Folder, 0o700); err != nil {
		return fmt.Errorf("%w: %w", ErrEvidence, err)
	}
	name := t.evidenceFile(k)
	err = os.WriteFile(name+".tmp", b, 0o600)
	if err == nil {
		err = os.Rename(name+".tmp", name)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrEvidence, err)
	}
	return nil
}

func (t *Tower) evidenceFile(k string) string { return filepath.Join(t.opts.Folder, k+".json") }

// maxHonest bounds the trees that are kept in memory.
const maxHonest = 16

// honestOf reads what keep wrote.
func (t *Tower) honestOf(k string, block statecache.BlockRef) (*Honest, error) {
	if h := t.honest[k]; h != nil {
		return h, nil
	}
	b := t.files[k]
	if t.opts.Folder != "" {
		var err error
		if b, err = os.ReadFile(t.evidenceFile(k)); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrEvidence, err)
		}
	}
	f, err := statefile.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEvidence, err)
	}
	if f.Block != block {
		return nil, fmt.Errorf("%w: is of block %v, not %v", ErrEvidence, f.Block, block)
	}
	h, err := HonestOf(f)
	if err != nil {
		return nil, err
	}
	if len(t.honest) >= maxHonest {
		clear(t.honest)
	}
	t.honest[k] = h
	return h, nil
}

// HonestOf is the truth of a checked file. Errors: ErrEvidence.
func HonestOf(f *statefile.File) (*Honest, error) {
	v, _, err := f.View(false)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEvidence, err)
	}
	h := &Honest{Tree: contracts.ViewTree(v), Names: []string{statecache.HeaderName}, Header: f.Header, Accounts: f.Accounts}
	for i := range f.Collections {
		h.Names = append(h.Names, f.Collections[i].Name)
	}
	return h, nil
}

// readPublished looks for the operator's own state file of the anchor, and for
// what is false in it. A file that is not what is anchored says nothing.
func (t *Tower) readPublished(ctx context.Context, rec *record) error {
	names, listing, err := t.published()
	if err != nil || listing == rec.files {
		return err
	}
	for _, name := range names {
		f, err := readState(name)
		if err != nil || f.Block != rec.block() {
			continue
		}
		finding, err := t.opts.Client.CheckAnchor(ctx, t.opts.Registry, f)
		switch {
		case errors.Is(err, anchoring.ErrWithheld), errors.Is(err, anchoring.ErrNotAnchored):
			t.log.LogAttrs(ctx, slog.LevelWarn, "published state is not what is anchored", slog.String("file", name), slog.Any("err", err))
			continue
		case err != nil:
			return fmt.Errorf("published %s: %w", filepath.Base(name), err)
		case finding == nil: // all of it is true, though no definition has all of it
			rec.Verdict = True
		case len(finding.Before) > 0: // several transactions, of old headers
			rec.What, rec.Unjudged = finding.What, []string{"false, and to be taken down by hand: anchor challenge " + filepath.Base(name)}
		default:
			claim := finding.Challenge
			rec.Verdict, rec.Claim, rec.What = False, &claim, finding.What
		}
		break
	}
	rec.files = listing
	return nil
}

// published lists the folder's files, and what tells whether they changed.
func (t *Tower) published() (names []string, listing string, err error) {
	if t.opts.Published == "" {
		return nil, "", nil
	}
	entries, err := os.ReadDir(t.opts.Published)
	if err != nil {
		return nil, "", fmt.Errorf("published: %w", err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && filepath.Ext(e.Name()) == ".json" {
			names = append(names, filepath.Join(t.opts.Published, e.Name()))
			listing += fmt.Sprintln(e.Name(), info.Size(), info.ModTime().UnixNano())
		}
	}
	return names, listing, nil
}

func readState(name string) (*statefile.File, error) {
	r, err := os.Open(name) //nolint:gosec // a folder that the user names
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // only read
	return statefile.Read(r)
}

// prove fetches the chain's value of an item. Whether its slot follows from a
// key is no matter here.
func (t *Tower) prove(ctx context.Context, block statecache.BlockRef, it statecache.Item) (Proof, error) {
	it.Key = [32]byte{}
	var out Proof
	err := t.opts.Client.WithNode(ctx, func(node *ethrpc.Client) error {
		h, err := node.HeaderByHash(ctx, block.Hash)
		if err != nil {
			return err
		}
		cols := []statecache.Collection{{Name: "item", Items: []statecache.Item{it}}}
		f, err := statefile.FetchAt(ctx, binding.NewRPC(node), t.opts.Client.ChainID(), h, cols)
		if err != nil {
			return err
		}
		out = Proof{Value: f.Collections[0].Values[0], Account: f.Accounts[0]}
		return nil
	})
	return out, err
}
