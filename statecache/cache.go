package statecache

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Cache is the versioned state of one chain. Make one with New.
type Cache struct {
	opts     Options
	follower bool // written to by a Replica alone
	feed     feed

	// writer serialises Define, Extend, Apply, Rollback and Finalize; taken
	// before mu.
	writer sync.Mutex
	log    logWriter       // guarded by writer
	marks  map[uint64]mark // guarded by writer: of the retained blocks, by height

	checkpointing sync.Mutex // one checkpoint at a time; taken before writer

	// mu guards the rest; held only for moments. Under writer alone the fields
	// that only writers change (rows, defs, finalized) may be read.
	mu        sync.Mutex
	rows      []*version // retained blocks, oldest first, consecutive heights
	tail      []*version // evicted ones below, which views may still read at an age
	first     uint64     // height of the first block ever applied
	finalized uint64     // no rollback below; 0 if nothing is
	defs      definitions
	orphans   orphanSet
	pins      map[*pin]struct{}

	leases map[string]time.Time // until when a collection is watched
	doomed []uint32             // handles of dropped collections whose memory is not freed yet

	st          *store
	historyRoot fr.Element // of a snapshot, with NoHistory
	snapshot    bool       // of one block, whose logs are not known
}

// New returns a cache, empty or in the state that the log holds. The first block
// applied is trusted as the start and may have any height. A recovered cache
// retains every block of the window, which may be more than it did before.
//
// With Checkpoints it starts at the newest one's block.
//
// Errors: ErrOptions; ErrLog, ErrLogCorrupt, ErrCheckpoint or ErrDiverged if the
// log cannot be replayed to the commitments it was written with.
func New(opts Options) (*Cache, error) { return open(opts, false) }

func open(opts Options, follower bool) (*Cache, error) {
	if err := opts.Validate(); err != nil {
		return nil, err
	}
	c := newCache(opts)
	c.follower = follower
	if err := c.recover(); err != nil {
		return nil, fmt.Errorf("recover: %w", err)
	}
	return c, nil
}

func newCache(opts Options) *Cache {
	return &Cache{
		opts: opts.withDefaults(), pins: map[*pin]struct{}{}, st: newStore(),
		defs: definitions{byName: map[string]*collection{}}, marks: map[uint64]mark{},
		leases: map[string]time.Time{},
	}
}

// head returns the newest row, nil if there is none. Requires mu or writer.
func (c *Cache) head() *version {
	if len(c.rows) == 0 {
		return nil
	}
	return c.rows[len(c.rows)-1]
}

// Head returns the newest block; false before the first.
func (c *Cache) Head() (BlockRef, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if head := c.head(); head != nil {
		return head.header.Ref, true
	}
	return BlockRef{}, false
}

// Oldest returns the oldest block retained; false before the first.
func (c *Cache) Oldest() (BlockRef, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.rows) == 0 {
		return BlockRef{}, false
	}
	return c.rows[0].header.Ref, true
}

// Finalized returns the height below which nothing is rolled back, 0 if unset.
func (c *Cache) Finalized() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.finalized
}

// Canonical returns the retained block of a height: ErrEmpty, ErrFuture,
// ErrEvicted or ErrUnknownBlock if there is none.
func (c *Cache) Canonical(number uint64) (BlockRef, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, err := c.at(number)
	if err != nil {
		return BlockRef{}, fmt.Errorf("block %d: %w", number, err)
	}
	return v.header.Ref, nil
}

// CommitmentAt returns the commitment of a retained block, with the errors of View.
func (c *Cache) CommitmentAt(ref BlockRef) (Commitment, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, err := c.find(ref)
	if err != nil {
		return Commitment{}, fmt.Errorf("block %v: %w", ref, err)
	}
	return v.commitment.Bytes(), nil
}

// at returns the row of a height. Requires mu or writer.
func (c *Cache) at(number uint64) (*version, error) {
	head := c.head()
	switch {
	case head == nil:
		return nil, ErrEmpty
	case number > head.header.Ref.Number:
		return nil, ErrFuture
	case number < c.first:
		return nil, ErrUnknownBlock
	case number < c.rows[0].header.Ref.Number:
		return nil, ErrEvicted
	}
	return c.rows[number-c.rows[0].header.Ref.Number], nil
}

// find returns the row of a block. Requires mu or writer.
func (c *Cache) find(ref BlockRef) (*version, error) {
	v, err := c.at(ref.Number)
	if err == nil && v.header.Ref == ref {
		return v, nil
	}
	if c.orphans.has(ref) {
		return nil, ErrOrphaned
	}
	if err == nil {
		err = ErrUnknownBlock
	}
	return nil, err
}

// Digests returns, for each table, a hash of everything it retains. Equal
// digests mean equal state. It walks all rows: for tests and diagnosis.
func (c *Cache) Digests() map[string][32]byte {
	c.writer.Lock()
	defer c.writer.Unlock()
	out := map[string][32]byte{}
	for _, t := range tables() {
		w := sha256.New()
		for _, v := range c.rows {
			t.digest(c.peek(v), w)
		}
		out[t.name()] = [32]byte(w.Sum(nil))
	}
	return out
}

// peek is a view of a retained row that pins nothing. Requires writer.
func (c *Cache) peek(v *version) *View { return &View{c: c, pin: &pin{}, v: v} }
