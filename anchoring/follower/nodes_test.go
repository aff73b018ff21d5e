package follower_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/follower"
	"vmhost/anchoring/internal/faultproxy"
	"vmhost/statecache"
)

// several nodes with the same first blocks, polled.
func several(t *testing.T, count int) (nodes []*node, urls []string) {
	t.Helper()
	for range count {
		n := newNode()
		url, _ := n.serve(t, false)
		nodes, urls = append(nodes, n), append(urls, url)
	}
	return nodes, urls
}

// grow gives all these nodes the same new blocks on their heads.
func grow(count int, extra string, nodes ...*node) {
	for _, n := range nodes {
		n.extend(n.head(), count, extra)
	}
}

// seen returns the events so far, by kind, and forgets them.
func (f *following) seen() map[string]int {
	out := map[string]int{}
	for len(f.events) > 0 {
		name := fmt.Sprintf("%T", <-f.events)
		out[strings.TrimPrefix(name, "*follower.")]++
	}
	return out
}

func (f *following) on(url string) bool { return f.f.Status().Endpoint == url }

func TestFailsOver(t *testing.T) {
	for name, spoil := range map[string]func(*node){
		"lies": func(n *node) { n.lie = func(h map[string]any) { h["stateRoot"] = h["hash"] } },
		"other chain": func(n *node) {
			n.chainID = 7
			n.lie = func(h map[string]any) { h["number"] = "0x1000000000000000" } // ends the session
		},
		"goes back": func(n *node) { n.setHead(n.canonical[5]) },
	} {
		t.Run(name, func(t *testing.T) {
			nodes, urls := several(t, 2)
			f := follow(t, follower.Options{URLs: urls, Quarantine: time.Hour})
			f.at(nodes[0].head())
			if !f.on(urls[0]) {
				t.Fatalf("follows %s", f.f.Status().Endpoint)
			}
			f.seen()
			nodes[0].do(func() { spoil(nodes[0]) })
			grow(1, "next", nodes[1])
			f.at(nodes[1].head())
			got := f.seen()
			if !f.on(urls[1]) || got["Fault"] == 0 || got["Reorged"] > 0 {
				t.Errorf("follows %s after %v", f.f.Status().Endpoint, got)
			}
			if m := f.f.Metrics(); len(m.Faults) == 0 {
				t.Errorf("metrics %+v", m)
			}
		})
	}
}

// The preferred node is returned to when it is well again, but not while it is
// behind or on another branch, and without a rollback or a fault.
func TestReturnsToThePreferredNode(t *testing.T) {
	nodes, urls := several(t, 2)
	f := follow(t, follower.Options{
		URLs: urls, Quarantine: 20 * time.Millisecond, Probe: 5 * time.Millisecond, ReturnAfter: 40 * time.Millisecond,
	})
	f.at(nodes[0].head())
	fork := nodes[0].head()
	nodes[0].do(func() { nodes[0].lie = func(h map[string]any) { h["stateRoot"] = h["hash"] } })
	grow(5, "main", nodes[1])
	f.at(nodes[1].head())
	for name, head := range map[string]func(){
		"behind":         func() { nodes[0].extend(fork, 1, "main") },
		"another branch": func() { nodes[0].extend(fork, 5, "other") },
	} {
		nodes[0].do(func() { nodes[0].lie = nil })
		head()
		time.Sleep(150 * time.Millisecond)
		if !f.on(urls[1]) {
			t.Fatalf("%s: returned", name)
		}
	}
	f.seen()
	nodes[0].extend(fork, 5, "main")
	deadline := time.Now().Add(10 * time.Second)
	for !f.on(urls[0]) {
		if time.Now().After(deadline) {
			t.Fatalf("%+v", f.f.Status())
		}
		time.Sleep(time.Millisecond)
	}
	grow(1, "next", nodes...)
	f.at(nodes[0].head())
	if got := f.seen(); got["Fault"]+got["Reorged"] > 0 || f.f.Status().Returns != 1 {
		t.Errorf("events %v, %+v", got, f.f.Status())
	}
}

// The followed node stops without a word; the other goes on.
func TestFailsOverOnSilence(t *testing.T) {
	nodes, urls := several(t, 2)
	f := follow(t, follower.Options{URLs: urls, Silence: 60 * time.Millisecond, BackoffMin: time.Minute, BackoffMax: time.Minute})
	f.at(nodes[0].head())
	grow(1, "next", nodes[1])
	f.fault(follower.ErrSilent)
	f.at(nodes[1].head())
	if !f.on(urls[1]) {
		t.Errorf("follows %s", f.f.Status().Endpoint)
	}
}

// The other node is a block behind when it takes over: no fault, no rollback.
func TestFailsOverToANodeBehind(t *testing.T) {
	nodes, urls := several(t, 2)
	grow(2, "b", nodes[0])
	f := follow(t, follower.Options{URLs: urls, Quarantine: time.Hour})
	tip := nodes[0].head()
	f.at(tip)
	f.seen()
	nodes[0].do(func() { nodes[0].lie = func(h map[string]any) { h["stateRoot"] = h["hash"] } })
	deadline := time.Now().Add(10 * time.Second)
	for !f.on(urls[1]) || !f.f.Status().Ready() {
		if time.Now().After(deadline) {
			t.Fatalf("%+v", f.f.Status())
		}
		time.Sleep(time.Millisecond)
	}
	if st := f.f.Status(); st.Head.Hash != tip.Hash() {
		t.Errorf("%+v", st)
	}
	grow(2, "b", nodes[1])
	grow(1, "c", nodes[1])
	f.at(nodes[1].head())
	if got := f.seen(); got["Reorged"] != 0 || got["Fault"] != 1 {
		t.Errorf("events %v", got)
	}
}

// A node that limits for long is left for another, and not asked meanwhile.
func TestFailsOverOnALongLimit(t *testing.T) {
	nodes, urls := several(t, 2)
	p, err := faultproxy.New(faultproxy.Options{Target: strings.TrimPrefix(urls[0], "http://"), RetryAfter: 3600})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	f := follow(t, follower.Options{URLs: []string{p.HTTPURL(), urls[1]}})
	f.at(nodes[0].head())
	p.Set(1, []faultproxy.Kind{faultproxy.Status429})
	grow(1, "next", nodes[1])
	f.at(nodes[1].head())
	time.Sleep(50 * time.Millisecond)
	if got := p.Counts()[faultproxy.Status429]; got != 1 || !f.on(urls[1]) {
		t.Errorf("asked %d times, follows %s", got, f.f.Status().Endpoint)
	}
}

// Two of three must have a head.
func TestAgreement(t *testing.T) {
	nodes, urls := several(t, 3)
	f := follow(t, follower.Options{URLs: urls, Agree: 2, AgreeWait: 2 * time.Second, Quarantine: time.Hour})
	f.at(nodes[0].head())
	start := nodes[0].head()

	// One node alone: its head is held back, until another has it too.
	grow(1, "b", nodes[0])
	st := f.f.Status()
	for deadline := time.Now().Add(10 * time.Second); st.Agreement.Since.IsZero() && time.Now().Before(deadline); st = f.f.Status() {
		time.Sleep(time.Millisecond)
	}
	if a := st.Agreement; a.Want != 2 || a.Of != 3 || a.Same != 1 || a.Other != 0 || a.Since.IsZero() || a.Ref.Hash != nodes[0].head().Hash() {
		t.Errorf("%+v", a)
	}
	if st.Head.Hash != start.Hash() || !st.Ready() {
		t.Fatalf("%+v", st)
	}
	grow(1, "b", nodes[2])
	f.at(nodes[0].head())
	if a := f.f.Status().Agreement; a.Same != 2 {
		t.Errorf("%+v", a)
	}
	grow(1, "b", nodes[1])
	f.seen()

	// The followed node on a branch of its own: the others win.
	grow(3, "private", nodes[0])
	grow(2, "public", nodes[1], nodes[2])
	f.fault(follower.ErrNoAgreement)
	f.at(nodes[1].head())
	if got := f.seen(); got["Reorged"] != 0 || !f.on(urls[1]) {
		t.Errorf("events %v, follows %s", got, f.f.Status().Endpoint)
	}

	// Nobody agrees with anybody: an alarm, and nothing moves.
	tip := nodes[1].head()
	grow(1, "x", nodes[1])
	grow(1, "y", nodes[2])
	f.fault(follower.ErrNoAgreement)
	if st := f.f.Status(); st.Head.Hash != tip.Hash() || st.Ready() {
		t.Errorf("%+v", st)
	}
}

// The followed node is always a block ahead of the others: their block is taken.
func TestAgreementDoesNotStarve(t *testing.T) {
	nodes, urls := several(t, 3)
	f := follow(t, follower.Options{URLs: urls, Agree: 3})
	f.at(nodes[0].head())
	f.seen()
	for i := range 30 {
		grow(1, fmt.Sprint(i), nodes[0])
		for deadline := time.Now().Add(10 * time.Second); f.f.Status().Agreement.Ref.Number < nodes[0].head().Number.Uint64(); {
			if time.Sleep(time.Millisecond); time.Now().After(deadline) {
				t.Fatalf("%d: %+v", i, f.f.Status())
			}
		}
		if i > 0 {
			grow(1, fmt.Sprint(i-1), nodes[1:]...)
			f.at(nodes[1].head())
		}
	}
	if got := f.seen(); got["Advanced"] != 29 || got["Fault"]+got["Reorged"] > 0 {
		t.Errorf("events %v", got)
	}
	if _, err := follower.New(follower.Options{URLs: urls, Agree: 4}); err == nil {
		t.Error("four of three")
	}
}

// Two of three must have finalized a block, and hold one to be safe.
func TestFinalityAgreement(t *testing.T) {
	nodes, urls := several(t, 3)
	f := follow(t, follower.Options{URLs: urls, Agree: 2, Back: 9})
	f.at(nodes[0].head())
	final := func(want uint64) {
		t.Helper()
		deadline := time.Now().Add(10 * time.Second)
		for f.f.Status().Finalized.Number != want || f.f.Status().Safe.Number != want+1 {
			if time.Now().After(deadline) {
				t.Fatalf("want %d: %+v", want, f.f.Status())
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(30 * time.Millisecond)
		if got := f.f.Status().Finalized.Number; got != want {
			t.Fatalf("finalized %d, want %d", got, want)
		}
	}
	set := func(i int, n uint64) { nodes[i].do(func() { nodes[i].finalized, nodes[i].safe = n, n+1 }) }
	set(0, 8)
	set(1, 3)
	set(2, 2)
	final(3)
	set(2, 5)
	final(5)
	if st := f.f.Status(); !st.Ready() {
		t.Errorf("%+v", st)
	}
}

// The followed node stops: it is left when others are far ahead, not when they
// are a little.
func TestLaggingNodeIsLeft(t *testing.T) {
	nodes, urls := several(t, 3)
	f := follow(t, follower.Options{URLs: urls, Probe: 5 * time.Millisecond, Quarantine: time.Hour, Limits: follower.Limits{MaxBehind: 4}})
	f.at(nodes[0].head())
	grow(4, "b", nodes[1:]...)
	grow(100, "lie", nodes[1]) // one alone drives nobody out
	time.Sleep(60 * time.Millisecond)
	if !f.on(urls[0]) || !f.f.Status().Ready() {
		t.Fatalf("%+v", f.f.Status())
	}
	nodes[1].do(func() { nodes[1].setHead(nodes[1].canonical[13]) })
	grow(1, "b", nodes[1:]...)
	f.fault(follower.ErrBehind)
	f.at(nodes[1].head())
}

// A node that names heads of nowhere: with valid hashes, but without ancestors.
// It can not drive a node out that moves, and is found out when it is followed.
func TestHeadsFromNowhere(t *testing.T) {
	nodes, urls := several(t, 2)
	nodes[0].do(func() {
		n := nodes[0]
		h := *n.canonical[len(n.canonical)-1]
		h.Number, h.ParentHash = big.NewInt(300), common.Hash{1}
		n.blocks[h.Hash()] = &h
		n.canonical = append(n.canonical, &h)
	})
	f := follow(t, follower.Options{URLs: []string{urls[1], urls[0]}, Probe: 5 * time.Millisecond})
	for i := range 20 {
		grow(1, fmt.Sprint(i), nodes[1])
		f.at(nodes[1].head())
	}
	if got := f.seen(); got["Fault"] > 0 || !f.on(urls[1]) {
		t.Errorf("driven out: %v, follows %s", got, f.f.Status().Endpoint)
	}
	g := follow(t, follower.Options{URLs: urls, Quarantine: time.Hour, Back: 400})
	g.fault(follower.ErrNode)
	g.at(nodes[1].head())
}

// Announcements come late, twice and in the wrong order.
func TestAnnouncementsAreHints(t *testing.T) {
	n := newNode()
	url, _ := n.serve(t, true)
	f := follow(t, follower.Options{URL: url, Recheck: time.Hour})
	f.at(n.head())
	for i := range 10 {
		fork := n.head()
		n.extend(fork, 3, fmt.Sprint("old", i))
		dead := n.head()
		n.extend(fork, 3, fmt.Sprint("new", i))
		top := int(n.head().Number.Int64())
		n.tell(n.at(top))
		n.tell(dead)
		n.tell(n.at(top - 2))
		n.tell(n.at(top))
		n.tell(fork)
		n.tell(n.at(top - 1))
		f.at(n.head())
	}
	time.Sleep(30 * time.Millisecond)
	if got := f.seen(); got["Reorged"]+got["Fault"] > 0 || got["Advanced"] != 40 {
		t.Errorf("events %v", got)
	}
}

// A head far ahead: headers come in batches, with progress, and one by one from
// a node that refuses batches.
func TestLongBackfill(t *testing.T) {
	for _, limit := range []int{0, 1} {
		t.Run(fmt.Sprint("batches of at most ", limit), func(t *testing.T) {
			n := newNode()
			n.batches = limit
			n.extend(n.head(), 1000, "far")
			url, _ := n.serve(t, false)
			var known []statecache.BlockRef
			for i := range 10 {
				known = append(known, statecache.BlockRef{Number: uint64(i), Hash: n.at(i).Hash()})
			}
			f := follow(t, follower.Options{URL: url, Resume: known, FinalizedEvery: time.Hour})
			f.at(n.head())
			time.Sleep(20 * time.Millisecond) // the last event is told after it is in the status
			if got := f.seen(); got["Advanced"] != 1000 || got["Progress"] != 7 || got["Fault"] > 0 {
				t.Errorf("events %v", got)
			}
			var requests int
			n.do(func() { requests = n.requests })
			if limit == 0 && requests > 60 || limit == 1 && requests < 1000 {
				t.Errorf("%d requests", requests)
			}
			if st := f.f.Status(); st.Backfill != nil {
				t.Errorf("still backfills: %+v", st.Backfill)
			}
		})
	}
	n := newNode()
	url, _ := n.serve(t, false)
	f := follow(t, follower.Options{URL: url, Limits: follower.Limits{MaxGap: 100}})
	f.at(n.head())
	n.extend(n.head(), 101, "too far")
	f.fault(follower.ErrGap)
}

func TestKinds(t *testing.T) {
	if got := follower.Kind(fmt.Errorf("x: %w", follower.ErrTooDeep)); got != "too_deep" {
		t.Error(got)
	}
	if got := follower.Kind(errors.New("x")); got != "other" {
		t.Error(got)
	}
}
