package watchtower

import (
	"context"
	"fmt"

	"vmhost/anchoring"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// Roots are those of an honest tree.
type Roots struct {
	Directory [32]byte
	// History is 0 where the source keeps none or keeps another: then it is not
	// compared.
	History [32]byte
}

// Source is where the truth comes from.
type Source interface {
	// Roots of the honest tree at a block. Errors: binding.ErrUnavailable when
	// the block's state is not to be had any more, ErrNotYet, those of the node.
	Roots(ctx context.Context, block statecache.BlockRef) (Roots, error)
	// Evidence is the honest state of a block with proofs of every value, as a
	// checked file; it has no history. Errors: as Roots.
	Evidence(ctx context.Context, block statecache.BlockRef) (*statefile.File, error)
}

// Stateless is a Source that needs definitions and a node alone: it fetches
// and proves all values of each block it is asked for.
type Stateless struct {
	client *anchoring.Client
	watch  *statefile.Watch
	last   *statefile.File
}

// NewStateless returns a source of the collections of a WATCH.json, in its
// order. It is used by one goroutine.
func NewStateless(client *anchoring.Client, watch *statefile.Watch) *Stateless {
	return &Stateless{client: client, watch: watch}
}

// Roots implements Source.
func (s *Stateless) Roots(ctx context.Context, block statecache.BlockRef) (Roots, error) {
	f, err := s.Evidence(ctx, block)
	if err != nil {
		return Roots{}, err
	}
	v, _, err := f.View(false)
	if err != nil {
		return Roots{}, err
	}
	defer v.Release()
	return rootsOf(v), nil
}

func rootsOf(v *statecache.View) Roots {
	x := v.CommitPreimage()
	return Roots{Directory: x[5].Bytes(), History: x[6].Bytes()}
}

// Evidence implements Source.
func (s *Stateless) Evidence(ctx context.Context, block statecache.BlockRef) (f *statefile.File, err error) {
	if s.last != nil && s.last.Block == block {
		return s.last, nil
	}
	err = s.client.WithNode(ctx, func(node *ethrpc.Client) (err error) {
		f, err = statefile.FetchBlock(ctx, node, block.Hash, s.watch)
		return err
	})
	if err != nil {
		return nil, err
	}
	if f.Block != block {
		return nil, fmt.Errorf("%w: the node has block %v for %v", ErrEvidence, f.Block, block)
	}
	s.last = f
	return f, nil
}
