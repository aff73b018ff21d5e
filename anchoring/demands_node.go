package anchoring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring/contracts/bindings"
)

// logBlocks is how many blocks are asked for in one request, at most.
const logBlocks = 2000

// events implements anchorNode. All nodes are asked, since a bond is lost if one
// hides a demand or makes its end up: what any tells is demanded; it has ended if
// all say so that are not behind.
func (n registryNode) events(ctx context.Context, from, to uint64) ([]demandEvent, error) {
	var mu sync.Mutex
	demanded, ended := map[placeKey]demandEvent{}, map[endKey]demandEvent{}
	count, abreast := map[endKey]int{}, 0
	err := n.c.everyNode(ctx, func(ctx context.Context, eth *ethclient.Client) error {
		head, err := eth.BlockNumber(ctx)
		if err != nil {
			return err
		}
		list, err := eventsOf(ctx, eth, n.registry, from, to)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		if head >= to {
			abreast++
		}
		said := map[endKey]bool{} // a node counts once, however often it says so
		for _, e := range list {
			if e.kind == eventDemanded {
				demanded[e.key()] = e
			} else if key := e.end(); head >= to && !said[key] {
				said[key], ended[key] = true, e
				count[key]++
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("logs: %w", err)
	}
	if abreast == 0 {
		return nil, fmt.Errorf("logs: %w: none is at block %d", errLags, to)
	}
	out := slices.Collect(maps.Values(demanded))
	for key, e := range ended {
		if count[key] == abreast {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(x, y demandEvent) int { return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.block, y.block)) })
	return out, nil
}

// endKey names an event that ends a demand, or all of an anchor.
type endKey struct {
	kind eventKind
	placeKey
}

func (e *demandEvent) end() endKey { return endKey{e.kind, e.key()} }

// eventsOf asks one node. If that finds a range too large it is asked for less of
// it.
func eventsOf(ctx context.Context, eth *ethclient.Client, registry [20]byte, from, to uint64) (out []demandEvent, err error) {
	topics := eventTopics()
	for span := uint64(logBlocks); from <= to; {
		last := min(from+span-1, to)
		logs, err := eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(last),
			Addresses: []common.Address{registry}, Topics: [][]common.Hash{topics[:]},
		})
		if _, refused := errors.AsType[rpc.Error](err); refused && span > 1 {
			span = (span + 3) / 4
			continue
		}
		if err != nil {
			return nil, err
		}
		for i := range logs {
			if logs[i].Address != registry { // anyone can make such events
				return nil, fmt.Errorf("%w: event of 0x%x", errOdd, logs[i].Address)
			}
			e, err := decodeEvent(&logs[i], topics)
			if err != nil {
				return nil, fmt.Errorf("%w: event in block %d: %w", errOdd, logs[i].BlockNumber, err)
			}
			out = append(out, e)
		}
		from, span = last+1, min(2*span, logBlocks)
	}
	return out, nil
}

// eventTopics are the first topics of the events of each kind.
func eventTopics() [3]common.Hash {
	return [3]common.Hash{
		eventDemanded: crypto.Keccak256Hash([]byte("Demanded(uint64,bytes32,address,(uint8,uint8,uint16,uint64,bytes32),uint64)")),
		eventAnswered: crypto.Keccak256Hash([]byte("Answered(uint64,bytes32,(uint8,uint8,uint16,uint64,bytes32),uint256[8])")),
		eventRevoked:  crypto.Keccak256Hash([]byte("Revoked(uint64,bytes32,address,address,uint256)")),
	}
}

func decodeEvent(l *types.Log, topics [3]common.Hash) (e demandEvent, err error) {
	if len(l.Topics) == 0 {
		return e, errors.New("no topic")
	}
	b := bindings.NewAnchorRegistry()
	e = demandEvent{kind: eventKind(slices.Index(topics[:], l.Topics[0])), block: l.BlockNumber}
	switch e.kind {
	case eventDemanded:
		v, err := b.UnpackDemandedEvent(l)
		if err != nil {
			return e, err
		}
		e.Demand = Demand{Height: v.Height, Commitment: v.Commitment, Deadline: v.Deadline, place: v.Place}
	case eventAnswered:
		v, err := b.UnpackAnsweredEvent(l)
		if err != nil {
			return e, err
		}
		e.Demand = Demand{Height: v.Height, Commitment: v.Commitment, place: v.Place}
	case eventRevoked:
		v, err := b.UnpackRevokedEvent(l)
		if err != nil {
			return e, err
		}
		e.Demand = Demand{Height: v.Height, Commitment: v.Commitment}
	default:
		return e, fmt.Errorf("unknown topic %s", l.Topics[0])
	}
	return e, nil
}

// phaseOpen is DemandGame.Phase.Open.
const phaseOpen = 1

// stillOpen implements anchorNode: a demand is open if any node says so that is
// not behind.
func (n registryNode) stillOpen(ctx context.Context, list []Demand) ([]bool, error) {
	b := bindings.NewAnchorRegistry()
	calls := make([][]byte, len(list))
	for i, d := range list {
		calls[i] = b.PackDemandOf(d.Commitment, d.place)
	}
	var mu sync.Mutex
	out := make([]bool, len(list))
	err := n.c.everyNode(ctx, func(ctx context.Context, eth *ethclient.Client) error {
		if err := n.c.floor.check(ctx, eth); err != nil {
			return err
		}
		answers, err := n.c.callManyOf(ctx, eth, n.registry, calls)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range answers {
			state, err := b.UnpackDemandOf(answers[i])
			if err != nil {
				return err
			}
			out[i] = out[i] || state.Phase == phaseOpen
		}
		return nil
	})
	return out, err
}
