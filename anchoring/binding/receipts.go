package binding

import (
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/trie"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Log is a log of a block, as its receipts hold it.
type Log = statecache.Log

// Receipt is what the chain keeps of a transaction's execution.
type Receipt struct {
	Type byte
	// PostState is the state root after the transaction, before Byzantium; nil
	// since, where Succeeded says how it ended.
	PostState         []byte
	Succeeded         bool
	CumulativeGasUsed uint64
	Logs              []Log
}

// maxTopics is what the EVM can write.
const maxTopics = statecache.MaxTopics

// VerifyReceipts checks the result of eth_getBlockReceipts for a block: the
// receipts are all of the header's, in order, the blooms are those of the logs,
// and what the node says of positions is so. What no root commits to (hashes of
// transactions, gas prices, addresses of contracts) is ignored.
//
// Errors: ErrReceipts for another set of receipts than the header's, ErrBloom,
// ErrClaim, ErrMalformed, ErrReceiptType.
func VerifyReceipts(h *ethrpc.Header, raw []byte) ([]Receipt, error) {
	var list []*types.Receipt
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("receipts: %w: %w", ErrMalformed, err)
	}
	next := uint(0)
	for i, r := range list {
		if err := checkForm(r); err != nil { // first: a log may be null
			return nil, fmt.Errorf("receipt %d: %w", i, err)
		}
		switch {
		case r.Bloom != types.CreateBloom(r):
			return nil, fmt.Errorf("receipt %d: %w", i, ErrBloom)
		case r.BlockHash != h.Ref.Hash || r.TransactionIndex != uint(i):
			return nil, fmt.Errorf("receipt %d: block or index: %w", i, ErrClaim)
		}
		for j, l := range r.Logs {
			if l.BlockHash != h.Ref.Hash || l.TxIndex != uint(i) || l.Index != next || l.Removed {
				return nil, fmt.Errorf("receipt %d: position of log %d: %w", i, j, ErrClaim)
			}
			next++
		}
	}
	return CheckReceipts(h, list)
}

// CheckReceipts is VerifyReceipts for decoded receipts without positions. Blooms
// are computed, not taken.
func CheckReceipts(h *ethrpc.Header, list []*types.Receipt) ([]Receipt, error) {
	var all types.Bloom
	out := make([]Receipt, len(list))
	index := uint32(0)
	checked := make(types.Receipts, len(list))
	for i, r := range list {
		if err := checkForm(r); err != nil {
			return nil, fmt.Errorf("receipt %d: %w", i, err)
		}
		c := *r
		c.Bloom = types.CreateBloom(r)
		checked[i] = &c
		for k := range all {
			all[k] |= c.Bloom[k]
		}
		out[i] = Receipt{
			Type: r.Type, Succeeded: len(r.PostState) == 0 && r.Status == types.ReceiptStatusSuccessful,
			CumulativeGasUsed: r.CumulativeGasUsed,
		}
		if len(r.PostState) > 0 {
			out[i].PostState = r.PostState
		}
		for _, l := range r.Logs {
			log := Log{Address: l.Address, Data: l.Data, TxIndex: uint32(i), LogIndex: index}
			for _, t := range l.Topics {
				log.Topics = append(log.Topics, t)
			}
			out[i].Logs = append(out[i].Logs, log)
			index++
		}
	}
	if root := types.DeriveSha(checked, trie.NewStackTrie(nil)); root != h.ReceiptsRoot {
		return nil, fmt.Errorf("%d receipts have root %x, header says %x: %w", len(list), root[:4], h.ReceiptsRoot[:4], ErrReceipts)
	}
	if all != h.Bloom {
		return nil, fmt.Errorf("header: %w", ErrBloom)
	}
	return out, nil
}

// checkForm refuses what has no one encoding.
func checkForm(r *types.Receipt) error {
	switch {
	case r == nil:
		return fmt.Errorf("%w: null", ErrMalformed)
	case r.Type > types.SetCodeTxType:
		return fmt.Errorf("%w: %d", ErrReceiptType, r.Type)
	case len(r.PostState) != 0 && (len(r.PostState) != 32 || r.Type != types.LegacyTxType):
		return fmt.Errorf("%w: state root of %d bytes", ErrMalformed, len(r.PostState))
	case r.Status > types.ReceiptStatusSuccessful:
		return fmt.Errorf("%w: status %d", ErrMalformed, r.Status)
	}
	for _, l := range r.Logs {
		if l == nil || len(l.Topics) > maxTopics {
			return fmt.Errorf("%w: log", ErrMalformed)
		}
	}
	return nil
}
