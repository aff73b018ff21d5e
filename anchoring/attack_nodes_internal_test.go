package anchoring

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/outbox/fakenode"
	"vmhost/statecache"
)

// saidBy is the registry that logs are of.
var saidBy = [20]byte(bytes.Repeat([]byte{0x11}, 20))

// saidLog is a log of the registry as a node tells it.
func saidLog(kind eventKind, index, block, words int) map[string]any {
	return map[string]any{
		"address": "0x" + strings.Repeat("11", 20), "topics": []string{eventTopics()[kind].Hex(), word(5), word(6), word(7)}[:4-kind%2],
		"data":      "0x" + word(1)[2:] + word(0)[2:] + word(0)[2:] + word(index)[2:] + word(9)[2:] + strings.Repeat("00", 32*(words-5)),
		"blockHash": word(1), "blockNumber": fmt.Sprintf("%#x", block), "transactionHash": word(2), "transactionIndex": "0x0",
		"logIndex": fmt.Sprintf("%#x", index), "removed": false,
	}
}

func said(t *testing.T, logs ...map[string]any) string {
	t.Helper()
	b, err := json.Marshal(logs)
	if err != nil || logs == nil {
		return "[]"
	}
	return string(b)
}

// Of several nodes one may hide that something is demanded, or make up that it
// was answered, or that the anchor fell: what any tells is asked, what all tell
// is over.
func TestAttackHiddenAndMadeUpEvents(t *testing.T) {
	demanded := func(i int) map[string]any { return saidLog(eventDemanded, i, 4, 6) }
	answered := func(i int) map[string]any { return saidLog(eventAnswered, i, 5, 13) }
	revoked := saidLog(eventRevoked, 0, 6, 5)
	revoked["data"] = word(1) + word(1)[2:]
	for _, c := range []struct {
		name        string
		first, then string
		open        []uint64
	}{
		{"both tell", said(t, demanded(1), demanded(2), answered(1)), said(t, demanded(1), demanded(2), answered(1)), []uint64{2}},
		{"hidden", said(t), said(t, demanded(1)), []uint64{1}},
		{"one of two hidden", said(t, demanded(1)), said(t, demanded(1), demanded(2)), []uint64{1, 2}},
		{"answer made up", said(t, demanded(1), answered(1)), said(t, demanded(1)), []uint64{1}},
		{"answer made up twice", said(t, demanded(1), answered(1), answered(1)), said(t, demanded(1)), []uint64{1}},
		{"fall made up", said(t, demanded(1), revoked), said(t, demanded(1)), []uint64{1}},
		{"fall made up twice", said(t, demanded(1), revoked, revoked), said(t, demanded(1)), []uint64{1}},
		{"fallen", said(t, demanded(1), revoked), said(t, demanded(1), revoked), nil},
	} {
		for swap := range 2 {
			client, nodes := fakes(t, 2)
			nodes[swap].set("eth_getLogs", c.first)
			nodes[1-swap].set("eth_getLogs", c.then)
			n := registryNode{client.node(), saidBy}
			list, err := n.events(t.Context(), 0, 10)
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			d := newTestDemands(list)
			var open []uint64
			for _, r := range d.waiting() {
				open = append(open, r.place.Index)
			}
			if fmt.Sprint(open) != fmt.Sprint(c.open) {
				t.Errorf("%s (%d): open are %v, want %v", c.name, swap, open, c.open)
			}
			logs, err := client.Logs(t.Context(), saidBy, 0, 10) // what a watchtower hears
			fell := slices.ContainsFunc(logs, func(l types.Log) bool { return l.Topics[0] == eventTopics()[eventRevoked] })
			if err != nil || fell != (c.name == "fallen") {
				t.Errorf("%s (%d): %v, fell: %v", c.name, swap, err, fell)
			}
		}
	}
	// Who lags does not know of the end, and does not keep it from being seen.
	client, nodes := fakes(t, 2)
	nodes[0].set("eth_getLogs", said(t, demanded(1), answered(1)))
	nodes[1].set("eth_getLogs", said(t, demanded(1)))
	nodes[1].set("eth_blockNumber", `"0x9"`)
	list, err := registryNode{client.node(), saidBy}.events(t.Context(), 0, 10)
	if d := newTestDemands(list); err != nil || len(d.waiting()) != 0 {
		t.Errorf("%v, %d wait", err, len(d.waiting()))
	}
	// Who fails is not waited for.
	nodes[0].die("eth_getLogs")
	nodes[1].set("eth_blockNumber", `"0xa"`)
	list, err = registryNode{client.node(), saidBy}.events(t.Context(), 0, 10)
	if d := newTestDemands(list); err != nil || len(d.waiting()) != 1 {
		t.Errorf("%v, %d wait", err, len(d.waiting()))
	}
}

func newTestDemands(list []demandEvent) *demands {
	d := &demands{all: map[placeKey]*request{}, anchor: anchorsOf(list)}
	for _, e := range list {
		d.apply(e)
	}
	return d
}

// anchorsOf makes every anchor that is asked about this account's.
func anchorsOf(list []demandEvent) map[[32]byte]*statecache.BlockRef {
	out := map[[32]byte]*statecache.BlockRef{}
	for _, e := range list {
		out[e.Commitment] = &statecache.BlockRef{Number: e.Height}
	}
	return out
}

// A node that hides a demand, or makes its answer up, for longer than blocks are
// read again after a reorganisation, does not make it forgotten.
func TestAttackEventsHiddenForAWhile(t *testing.T) {
	cache, err := statecache.FromState(fakenode.ChainID, statecache.BlockHeader{Ref: statecache.BlockRef{Number: 1, Hash: [32]byte{9}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, lie := range map[string]func([]demandEvent) []demandEvent{
		"hidden": func([]demandEvent) []demandEvent { return nil },
		"answer made up": func(list []demandEvent) []demandEvent {
			for _, e := range slices.Clone(list) {
				e.kind = eventAnswered
				list = append(list, e)
			}
			return list
		},
	} {
		h := newHarbour(t)
		h.opts.Open = func(context.Context, statecache.BlockRef) (*statecache.View, func(), error) {
			return cache, func() {}, nil
		}
		h.open()
		h.block()
		h.block()
		a := h.at(1)
		a.Commitment = cache.CommitmentBytes()
		h.until(a)
		p := cache.CommitPreimage()
		d := Demand{Height: 1, Commitment: a.Commitment, Deadline: h.reg.Number() + 16}
		d.place.Kind, d.place.Level, d.place.Node = 1, 4, p[5].Bytes()
		h.reg.asked = map[uint64][]Demand{h.reg.Number(): {d}}
		h.reg.lies = lie
		for range 11 {
			h.turn()
			h.block()
		}
		if h.reg.answers() != 0 {
			t.Fatalf("%s: answered", name)
		}
		h.reg.lies = nil
		for range 4 {
			h.turn()
			h.block()
		}
		if h.reg.answers() != 1 || h.reg.Number() > d.Deadline {
			t.Errorf("%s: %d answers at block %d, in time until %d", name, h.reg.answers(), h.reg.Number(), d.Deadline)
		}
	}
}

// fenceOf is what all nodes tell.
func (r *fakeRegistry) fenceOf(context.Context) (uint64, error) { return r.fence, nil }

// fencing is a node that says that another instance anchors.
type fencing struct{ *fakeRegistry }

func (fencing) tryAnchor(context.Context, []Anchor, uint64) error {
	return revert("FenceTooLow(uint64,uint64)", common.Hash{}, common.Hash{31: 9})
}

// One node that says so does not end the service, which would lose every bond.
func TestAttackFencedByANode(t *testing.T) {
	h := newHarbour(t)
	var err error
	if h.a, err = newAnchorer(h.opts, fencing{h.reg}, h.key, big.NewInt(fakenode.ChainID), nil); err != nil {
		t.Fatal(err)
	}
	h.block()
	h.block()
	h.a.Post(h.at(1))
	h.turn()
	if h.err == nil || errors.Is(h.err, ErrFenced) {
		t.Errorf("%v", h.err)
	}
	h.state(h.at(1), AnchorQueued)

	client, nodes := fakes(t, 2)
	nodes[0].set("eth_call", `"`+word(9)+`"`)
	nodes[1].set("eth_call", `"`+word(3)+`"`)
	if fence, err := (registryNode{client.node(), saidBy}).fenceOf(t.Context()); err != nil || fence != 3 {
		t.Errorf("fence %d, %v", fence, err)
	}
}
