package statecache

import "sync/atomic"

// A version names an undo record: the sequence number of the block that changed
// the cell, and the record's place in the block's chunk. 0 is none. Sequence
// numbers rise with every block applied and are never used again, so that a
// version of a block rolled back or evicted is never taken for another.
type versionID uint64

const (
	recordBits = 28 // records of one chunk
	maxRecords = 1<<recordBits - 1
)

func (v versionID) seq() uint64 { return uint64(v) >> recordBits }
func (v versionID) rec() uint64 { return uint64(v) & maxRecords }

// chunk is what one block needs to be undone: for each cell that existed before
// and that it changed, the words and the version before. Pointer-free columns,
// sized before the first record. Records of leaves come first.
//
// A record is written before the head of its cell names it and never again, so
// readers need no lock. Chunks are never reused: the garbage collector frees one
// when the last reader has left it.
type chunk struct {
	seq    uint64
	leaves uint64   // records below have leafWords, the others nodeWords
	addr   []uint64 // which cell: see address
	prev   []versionID
	jump   []versionID // an older record of the cell, 0 for none: see link
	depth  []uint32    // of the chain below, as link needs it
	words  []uint64
}

func newChunk(seq, leaves, nodes uint64) *chunk {
	n := leaves + nodes
	return &chunk{
		seq: seq, leaves: leaves,
		addr: make([]uint64, n), prev: make([]versionID, n), jump: make([]versionID, n),
		depth: make([]uint32, n), words: make([]uint64, leaves*leafWords+nodes*nodeWords),
	}
}

// old returns the words of a record.
func (c *chunk) old(rec uint64) []uint64 {
	if rec < c.leaves {
		return c.words[rec*leafWords : (rec+1)*leafWords]
	}
	at := c.leaves*leafWords + (rec-c.leaves)*nodeWords
	return c.words[at : at+nodeWords]
}

// bytes returns the memory of the columns.
func (c *chunk) bytes() int64 {
	return int64(len(c.addr)+len(c.prev)+len(c.jump)+len(c.words))*8 + int64(len(c.depth))*4
}

// ring finds the live chunks by sequence number. A block takes the next number
// whose slot is free, hence any number of rollbacks cannot make two live chunks
// collide. The table doubles by an atomic swap.
type ring struct {
	slots atomic.Pointer[[]atomic.Pointer[chunk]]
	last  uint64 // sequence number used last
	live  int
	used  *atomic.Int64
}

func newRing(used *atomic.Int64) *ring {
	r := &ring{used: used}
	slots := make([]atomic.Pointer[chunk], 16)
	r.slots.Store(&slots)
	return r
}

// next reserves nothing; it returns the number that a new chunk shall have.
func (r *ring) next() uint64 {
	slots := *r.slots.Load()
	if 2*r.live >= len(slots) {
		bigger := make([]atomic.Pointer[chunk], 2*len(slots))
		for i := range slots {
			if c := slots[i].Load(); c != nil {
				bigger[c.seq&uint64(len(bigger)-1)].Store(c)
			}
		}
		slots = bigger
		r.slots.Store(&slots)
	}
	seq := r.last + 1
	for slots[seq&uint64(len(slots)-1)].Load() != nil {
		seq++
	}
	return seq
}

// put publishes a chunk to readers of the versions that name it.
func (r *ring) put(c *chunk) {
	slots := *r.slots.Load()
	slots[c.seq&uint64(len(slots)-1)].Store(c)
	r.last = c.seq
	r.live++
	r.used.Add(c.bytes())
}

// remove forgets a chunk, if it is there.
func (r *ring) remove(seq uint64) {
	slots := *r.slots.Load()
	slot := &slots[seq&uint64(len(slots)-1)]
	if c := slot.Load(); c != nil && c.seq == seq {
		slot.Store(nil)
		r.live--
		r.used.Add(-c.bytes())
	}
}

// get returns a live chunk, nil if it was dropped.
func (r *ring) get(seq uint64) *chunk {
	slots := *r.slots.Load()
	if c := slots[seq&uint64(len(slots)-1)].Load(); c != nil && c.seq == seq {
		return c
	}
	return nil
}

// link sets a new record's place in the chain of its cell's versions. Jumps make
// the way down logarithmic, which counts for cells that change in every block
// (roots): a record jumps as far as the one below it does twice, or one down
// (Myers, "An applicative random-access stack", 1983).
func (r *ring) link(c *chunk, rec uint64, prev versionID) {
	c.prev[rec], c.jump[rec] = prev, prev
	below := r.get(prev.seq())
	if below == nil {
		return
	}
	pd, pj := below.depth[prev.rec()], below.jump[prev.rec()]
	c.depth[rec] = pd + 1
	far := r.get(pj.seq())
	if far == nil {
		return
	}
	jd, jj := far.depth[pj.rec()], far.jump[pj.rec()]
	end := uint32(0)
	if last := r.get(jj.seq()); last != nil {
		end = last.depth[jj.rec()]
	}
	if pd-jd == jd-end {
		c.jump[rec] = jj
	}
}

// find returns the record that holds a cell's words as they were at seq, given
// a version above seq; nil if a chunk on the way was dropped.
func (r *ring) find(v versionID, seq uint64) (*chunk, uint64) {
	for {
		c := r.get(v.seq())
		if c == nil {
			return nil, 0
		}
		rec := v.rec()
		prev := c.prev[rec]
		if prev.seq() <= seq {
			return c, rec
		}
		v = prev
		if j := c.jump[rec]; j.seq() > seq {
			v = j
		}
	}
}
