package binding

import (
	"context"
	"errors"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// How a Binder asks. The first three trade bytes for round trips.
const (
	// coldSlots is how many slots of an account are asked for together with it,
	// before it is known whether its storage has changed.
	coldSlots = 8
	// hotSlots bounds the slots guessed to change that are asked for with an account.
	hotSlots = 64
	// fewKeys below a changed root are all asked for, fewBelow below another node
	// that changed; of more of them one.
	fewKeys, fewBelow = 16, 4
	// patience is after how many rounds all that is missing is asked for.
	patience = 5
	// slotsAtOnce bounds what is asked of the Prover in one call.
	slotsAtOnce = 4096
	// keptPictures is how many blocks can be continued from: after a reorganisation
	// of fewer blocks only what differs is fetched.
	keptPictures = 16
)

// Binder fetches and proves the watched values of one block after the other. It
// keeps the trie nodes above and between the watched values, so that it asks
// only for those that changed.
type Binder struct {
	prover   Prover
	watched  *watched
	pictures []*picture // newest last
	deep     int        // as account.deep, of the state trie
	noLists  bool       // access lists are not asked for, any more
	stats    Stats
}

// picture is what is known of one block's state: for each watched value, a path
// of nodes from the state root.
type picture struct {
	block   [32]byte
	state   *tree
	storage []*tree // by account.id; nil if no slot is watched
	// accounts as they were proven last, by id; of those without a watched field
	// that may be in an earlier block.
	accounts []*Account
	// stale says, by id, that the storage is an earlier block's: with the values
	// of this one in all slots that were watched then.
	stale []bool
	items int // watched then
}

// Stats says what one block cost.
type Stats struct {
	// Rounds of questions to the Prover, each for many accounts.
	Rounds int
	// Accounts and Slots asked for, an account once a round.
	Accounts, Slots int
	// Hashed nodes: those that were not known before, each once.
	Hashed int
	// Changes found.
	Changes int
	// Lists are access lists (EIP-7928) that were used, ListBytes their size as
	// RLP, ListsRefused those that were not, because their form is not known or
	// they contradict the state root: a matter for whoever runs this.
	Lists, ListBytes, ListsRefused int
}

// Expect says which slots of a contract the next block is thought to change, as
// by its logs: they are asked for at once, which saves round trips. A wrong guess
// costs a proof and nothing else.
func (b *Binder) Expect(contract [20]byte, slots ...[32]byte) {
	if a := b.watched.byAddr[contract]; a != nil {
		a.expected = append(a.expected, slots...)
	}
}

// Add sums two costs up.
func (s *Stats) Add(o Stats) {
	s.Rounds += o.Rounds
	s.Accounts += o.Accounts
	s.Slots += o.Slots
	s.Hashed += o.Hashed
	s.Changes += o.Changes
	s.Lists += o.Lists
	s.ListBytes += o.ListBytes
	s.ListsRefused += o.ListsRefused
}

// NewBinder returns a Binder that has seen no block.
func NewBinder(p Prover) *Binder { return &Binder{prover: p, watched: newWatched()} }

// Reset forgets the blocks seen, so that the next call fetches everything.
func (b *Binder) Reset() { b.watched, b.pictures, b.deep = newWatched(), nil, 0 }

// Stats says what the last successful call of Changes cost.
func (b *Binder) Stats() Stats { return b.stats }

// Changes returns the proven values at a block of those items that differ from
// their values at its parent, and of the items that are new. When the parent was
// not seen, or accounts were added since, it returns the values of all items.
// Collections may only grow at their ends from call to call, or be dropped.
//
// Errors: *ItemError for a faulty answer (see Faulty); ErrUnavailable; ErrKind;
// those of the connection. After an error the same block can be asked for again.
func (b *Binder) Changes(ctx context.Context, h *ethrpc.Header, cols []statecache.Collection) ([]statecache.Change, error) {
	return b.changes(ctx, h, h.ParentHash, cols)
}

// Added returns the values at a block of the items that were added since Changes
// was called for that block.
func (b *Binder) Added(ctx context.Context, h *ethrpc.Header, cols []statecache.Collection) ([]statecache.Change, error) {
	return b.changes(ctx, h, h.Ref.Hash, cols)
}

func (b *Binder) changes(ctx context.Context, h *ethrpc.Header, since [32]byte, cols []statecache.Collection) ([]statecache.Change, error) {
	if !b.watched.continues(cols) {
		b.Reset()
	}
	if err := b.watched.grow(cols); err != nil {
		b.Reset()
		return nil, err
	}
	s := newSession(b, h, since)
	if err := s.list(ctx, since); err != nil {
		return nil, err
	}
	err := s.run(ctx)
	if errors.Is(err, errContradiction) { // what was left out so far is not to be trusted either
		b.noLists, b.pictures = true, nil
		s = newSession(b, h, since)
		s.stats.ListsRefused++
		err = s.run(ctx)
	}
	if err != nil {
		return nil, err
	}
	b.settle(s)
	return s.changes, nil
}

// settle makes the session's block one that can be continued from.
func (b *Binder) settle(s *session) {
	for _, a := range b.watched.accounts {
		a.expected = nil
		learnt, ok := s.learnt[a]
		if a.changed = ok; ok {
			a.habit = learnt
		}
	}
	b.deep = s.deep
	b.watched.settle()
	s.next.items = b.watched.settled
	kept := b.pictures[:0]
	for _, p := range b.pictures {
		if p.block != s.next.block {
			kept = append(kept, p)
		}
	}
	if len(kept) >= keptPictures {
		kept = append(kept[:0], kept[len(kept)-keptPictures+1:]...)
	}
	b.pictures = append(kept, s.next)
	b.stats = s.stats
	b.stats.Hashed, b.stats.Changes = s.verifier.Hashed(), len(s.changes)
}

// picture returns that of a block, to continue from.
func (b *Binder) picture(block [32]byte) *picture {
	for _, p := range b.pictures {
		if p.block == block && p.items == b.watched.settled {
			return p
		}
	}
	return nil
}

// newest is the newest picture, whose nodes may still be right; nil if none.
func (b *Binder) newest() *picture {
	if len(b.pictures) == 0 {
		return nil
	}
	return b.pictures[len(b.pictures)-1]
}

// storageOf returns the tree of an account, nil if there is none.
func (p *picture) storageOf(a *account) *tree {
	if p == nil || a.id >= len(p.storage) {
		return nil
	}
	return p.storage[a.id]
}

// accountOf returns an account as it was proven last, nil if it was not.
func (p *picture) accountOf(a *account) *Account {
	if p == nil || a.id >= len(p.accounts) {
		return nil
	}
	return p.accounts[a.id]
}

// isStale reports whether storageOf is an earlier block's.
func (p *picture) isStale(a *account) bool { return p != nil && a.id < len(p.stale) && p.stale[a.id] }

// stateTree is the state trie, nil without a picture.
func (p *picture) stateTree() *tree {
	if p == nil {
		return nil
	}
	return p.state
}
