package binding

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

// How many blocks one eth_getLogs asks for: many nodes refuse more than 10,000,
// or too many results, which halves the number.
const (
	blocksPerCall = 10_000
	logsAtOnce    = 1 << 20
)

// OldLogs asks the node for the logs of blocks from..to that a filter chooses.
// Nothing proves them: a node can leave logs out or make them up. A made-up key
// does no harm, since the values are proven; a key left out is missing from the
// collection until a followed block names it.
//
// Errors: those of the connection; ErrUnavailable when the node has the blocks
// no longer; ErrAnswer for logs that were not asked for, or too many.
func (r *RPC) OldLogs(ctx context.Context, f *Filter, from, to uint64) (out []Log, err error) {
	query := map[string]any{}
	if len(f.Addresses) > 0 {
		list := make([]common.Address, len(f.Addresses))
		for i, a := range f.Addresses {
			list[i] = a
		}
		query["address"] = list
	}
	topics := make([][]common.Hash, 0, maxTopics)
	for _, allowed := range f.Topics {
		var list []common.Hash // null: any
		for _, t := range allowed {
			list = append(list, t)
		}
		topics = append(topics, list)
	}
	for len(topics) > 0 && topics[len(topics)-1] == nil {
		topics = topics[:len(topics)-1]
	}
	query["topics"] = topics
	size := uint64(blocksPerCall)
	for from <= to {
		end := min(to, from+size-1)
		query["fromBlock"], query["toBlock"] = hexutil.EncodeUint64(from), hexutil.EncodeUint64(end)
		var logs []types.Log
		if err := r.client.RPC().CallContext(ctx, &logs, "eth_getLogs", query); err != nil {
			if _, answered := errors.AsType[rpc.Error](err); answered && size > 1 && !errors.Is(classify(err), ErrUnavailable) {
				size /= 2 // too much for this node
				continue
			}
			return nil, fmt.Errorf("eth_getLogs of blocks %d to %d: %w", from, end, classify(err))
		}
		for i := range logs {
			l := Log{Address: logs[i].Address, Data: logs[i].Data, TxIndex: uint32(logs[i].TxIndex), LogIndex: uint32(logs[i].Index)}
			for _, t := range logs[i].Topics {
				l.Topics = append(l.Topics, t)
			}
			if !f.Match(&l) || len(out) == logsAtOnce {
				return nil, fmt.Errorf("eth_getLogs of blocks %d to %d: log %d: %w", from, end, i, ErrAnswer)
			}
			out = append(out, l)
		}
		from = end + 1
	}
	return out, nil
}
