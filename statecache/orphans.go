package statecache

// maxOrphans bounds the memory of rolled-back blocks.
const maxOrphans = 4096

// orphanSet remembers the blocks that were rolled back, so that naming one is
// ErrOrphaned rather than ErrUnknownBlock. It is no table: it says nothing about
// the chain's state, and forgetting an entry only makes an error less specific.
type orphanSet struct {
	known map[BlockRef]struct{}
	order []BlockRef // oldest first, may list what known no longer holds
}

func (o *orphanSet) has(ref BlockRef) bool {
	_, ok := o.known[ref]
	return ok
}

func (o *orphanSet) add(ref BlockRef) {
	if o.known == nil {
		o.known = map[BlockRef]struct{}{}
	}
	o.known[ref] = struct{}{}
	o.order = append(o.order, ref)
	for len(o.order) > maxOrphans {
		delete(o.known, o.order[0])
		o.order = o.order[1:]
	}
}

func (o *orphanSet) remove(ref BlockRef) { delete(o.known, ref) }

// prune forgets the blocks below a height: they are evicted now.
func (o *orphanSet) prune(below uint64) {
	for ref := range o.known {
		if ref.Number < below {
			delete(o.known, ref)
		}
	}
}
