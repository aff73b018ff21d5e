package follower

import "time"

// preference decides when to leave the followed node for one that is preferred
// to it: when every look at it, for long enough, found it well and at the head
// of the chain. A node that is left again soon must wait twice as long the next
// time, so that one that comes and goes does not take the follower with it.
// It has no clock: each method is given the time.
type preference struct {
	after    time.Duration // negative: never return
	nodes    []standing    // in order of preference
	followed int           // -1: none
}

// standing is how a node stands that is not followed.
type standing struct {
	since time.Time     // of the row of looks that found it fit, zero if there is none
	need  time.Duration // how long that row must be; 0 before it was ever left
	from  time.Time     // when it was last taken
}

// patience bounds how long a node must wait, as a multiple of the time that it
// must wait at first. One that serves for so long is trusted as at first.
const patience = 32

func newPreference(nodes int, after time.Duration) preference {
	return preference{after: after, nodes: make([]standing, nodes), followed: -1}
}

// took says that a node is followed from now on.
func (p *preference) took(now time.Time, i int) {
	p.followed = i
	p.nodes[i].from, p.nodes[i].since = now, time.Time{}
}

// left says that the followed node failed.
func (p *preference) left(now time.Time) {
	if p.followed < 0 {
		return
	}
	n := &p.nodes[p.followed]
	most := patience * p.after
	if n.need == 0 || now.Sub(n.from) >= most {
		n.need = p.after
	} else {
		n.need = min(2*n.need, most)
	}
	n.since, p.followed = time.Time{}, -1
}

// look notes whether a node was found fit, and when it last failed, and reports
// whether to return to it now.
func (p *preference) look(now time.Time, i int, fit bool, failed time.Time) bool {
	n := &p.nodes[i]
	switch {
	case !fit:
		n.since = time.Time{}
		return false
	case n.since.IsZero() || failed.After(n.since):
		n.since = now
	}
	return p.after >= 0 && i < p.followed && now.Sub(n.since) >= max(n.need, p.after)
}
