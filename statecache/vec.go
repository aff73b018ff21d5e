package statecache

// vec is an immutable vector of 256-bit values. Updating one returns another
// that shares the untouched pages.
type vec struct {
	height int // levels of vecNode above the bottom pages
	top    *vecNode
}

const (
	vecBits = 4
	vecFan  = 1 << vecBits
)

type vecNode struct {
	kids *[vecFan]*vecNode // above the bottom
	vals *[vecFan][32]byte // at the bottom
}

// valueUpdate sets one value.
type valueUpdate struct {
	index uint32
	value [32]byte
}

// get returns a value. Requires that index was set before.
func (v vec) get(index uint32) [32]byte {
	n := v.top
	for h := v.height; h > 0; h-- {
		n = n.kids[index>>(vecBits*h)&(vecFan-1)]
	}
	return n.vals[index&(vecFan-1)]
}

// with returns the vector of length n (not less than before) with the values
// set. Requires ups sorted by index, without duplicates, below n, and every new
// index among them.
func (v vec) with(n uint32, ups []valueUpdate) vec {
	for n > 0 && uint64(n-1)>>(vecBits*(v.height+1)) != 0 {
		if v.top != nil {
			v.top = &vecNode{kids: &[vecFan]*vecNode{v.top}}
		}
		v.height++
	}
	if len(ups) > 0 {
		v.top = v.top.with(v.height, ups)
	}
	return v
}

func (n *vecNode) with(height int, ups []valueUpdate) *vecNode {
	out := &vecNode{}
	if height == 0 {
		out.vals = &[vecFan][32]byte{}
		if n != nil {
			*out.vals = *n.vals
		}
		for i := range ups {
			out.vals[ups[i].index&(vecFan-1)] = ups[i].value
		}
		return out
	}
	out.kids = &[vecFan]*vecNode{}
	if n != nil {
		*out.kids = *n.kids
	}
	for len(ups) > 0 {
		slot := ups[0].index >> (vecBits * height) & (vecFan - 1)
		run := 1
		for run < len(ups) && ups[run].index>>(vecBits*height)&(vecFan-1) == slot {
			run++
		}
		out.kids[slot] = out.kids[slot].with(height-1, ups[:run])
		ups = ups[run:]
	}
	return out
}
