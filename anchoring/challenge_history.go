package anchoring

import (
	"context"
	"fmt"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// knownBlocks is how far below the head contracts can ask for hashes, less the
// time that a transaction takes.
const knownBlocks = 8191 - 200

// chainOfHeaders is what the history is compared with.
type chainOfHeaders interface {
	HeaderByHash(ctx context.Context, hash [32]byte) (*ethrpc.Header, error)
	HeaderByNumber(ctx context.Context, number uint64) (*ethrpc.Header, error)
	HeaderByTag(ctx context.Context, tag string) (*ethrpc.Header, error)
}

// snapshotOf is the content of a file that the operator published, as he says it
// is. What a file does not have, the headers' fields, is taken from the chain.
func snapshotOf(ctx context.Context, node chainOfHeaders, h *ethrpc.Header, f *statefile.File) (s statecache.Snapshot, headers []*ethrpc.Header, err error) {
	s = statecache.Snapshot{ChainID: f.ChainID, Header: h.Block(), Collections: f.Collections, HistoryRoot: f.HistoryRoot}
	for i := range f.Past {
		p := &f.Past[i]
		canon, err := node.HeaderByNumber(ctx, p.Block.Number)
		if err != nil {
			return s, nil, fmt.Errorf("history: block %d: %w", p.Block.Number, err)
		}
		said := canon.Block()
		if canon.Ref != p.Block {
			if own, err := ethrpc.ParseRLP(p.Header); err == nil && own.Ref == p.Block {
				said = own.Block() // of a branch that lost
			}
			said.Ref = p.Block
		}
		headers = append(headers, canon)
		s.Past = append(s.Past, statecache.PastState{Header: said, Collections: p.Collections, Path: p.Path})
	}
	return s, headers, nil
}

// falseHistory is the first statement about an earlier block in the file that is
// false: its hash, the form of its directory, a value.
func falseHistory(ctx context.Context, registry [20]byte, node chainOfHeaders, prover binding.Prover, s *contracts.Suspect, view *statecache.View, f *statefile.File, chain []*ethrpc.Header) (*Finding, error) {
	for i := range f.Past {
		p := &f.Past[i]
		if chain[i].Ref.Hash != p.Block.Hash {
			return falseHash(ctx, registry, node, s, p.Block, chain[i])
		}
		old, err := view.Aged(f.Block.Number - p.Block.Number)
		if err != nil {
			return nil, fmt.Errorf("history: block %d: %w", p.Block.Number, err)
		}
		past := *s
		past.Past, past.PastTree = &p.Block.Number, contracts.ViewTree(old)
		found, err := falseContent(ctx, prover, &past, chain[i], &statefile.File{ChainID: f.ChainID, Block: p.Block, Collections: p.Collections})
		if err != nil {
			return nil, fmt.Errorf("history: block %d: %w", p.Block.Number, err)
		}
		if found != nil {
			found.What = fmt.Sprintf("history, block %d: %s", p.Block.Number, found.What)
			return found, nil
		}
	}
	return nil, nil //nolint:nilnil // as documented
}

// falseHash claims that the history has another hash than the chain.
func falseHash(ctx context.Context, registry [20]byte, node chainOfHeaders, s *contracts.Suspect, said statecache.BlockRef, is *ethrpc.Header) (*Finding, error) {
	what := fmt.Sprintf("history, block %d: hash 0x%x, on chain 0x%x", said.Number, said.Hash, is.Ref.Hash)
	head, err := node.HeaderByTag(ctx, "latest")
	if err != nil {
		return nil, err
	}
	walk := contracts.Walk{From: said.Number}
	if head.Ref.Number-said.Number > knownBlocks {
		walk, err = contracts.WalkDown(registry, s.Height, said.Number, func(n uint64) ([]byte, error) {
			h, err := node.HeaderByNumber(ctx, n)
			if err != nil {
				return nil, err
			}
			return h.RLP, nil
		})
		if err != nil {
			return nil, err
		}
	}
	claim, err := s.HistoryHash(said.Number, walk.From, walk.Headers)
	if err != nil {
		return nil, err
	}
	return &Finding{Challenge: claim, What: what, Before: walk.Calls}, nil
}

// falseContent is the first falsehood of one block: of form, or a value.
func falseContent(ctx context.Context, p binding.Prover, s *contracts.Suspect, h *ethrpc.Header, suspect *statefile.File) (*Finding, error) {
	claim, err := s.Audit(nil)
	if err != nil {
		return nil, err
	}
	if claim != nil {
		return &Finding{Challenge: *claim, What: "the form: " + claim.Kind}, nil
	}
	cols := make([]statecache.Collection, len(suspect.Collections))
	for i := range cols {
		cols[i] = suspect.Collections[i].Collection
	}
	honest, err := statefile.FetchAt(ctx, p, suspect.ChainID, h, cols)
	if err != nil {
		return nil, err
	}
	return falseValue(s, suspect, honest)
}
