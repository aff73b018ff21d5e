package binding

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/ethrpc"
)

// ReceiptSource hands out the receipts of a block as JSON (the result of
// eth_getBlockReceipts). They are not trusted.
type ReceiptSource interface {
	Receipts(ctx context.Context, block [32]byte) (json.RawMessage, error)
}

// Filter chooses logs. The zero Filter chooses all.
type Filter struct {
	// Addresses of contracts; none means any.
	Addresses [][20]byte
	// Topics that the log may have at each position; none at one means any.
	Topics [maxTopics][][32]byte
}

// Match reports whether the filter chooses a log.
func (f *Filter) Match(l *Log) bool {
	if len(f.Addresses) > 0 && !slices.Contains(f.Addresses, l.Address) {
		return false
	}
	for i, allowed := range f.Topics {
		if len(allowed) > 0 && (i >= len(l.Topics) || !slices.Contains(allowed, l.Topics[i])) {
			return false
		}
	}
	return true
}

// In reports whether a block whose logs have this bloom can hold a log that the
// filter chooses. False is a proof that it holds none, as far as the header is
// valid.
func (f *Filter) In(bloom *[256]byte) bool {
	b := types.Bloom(*bloom)
	has := len(f.Addresses) == 0
	for _, a := range f.Addresses {
		has = has || types.BloomLookup(b, common.Address(a))
	}
	for _, allowed := range f.Topics {
		found := len(allowed) == 0
		for _, t := range allowed {
			found = found || types.BloomLookup(b, common.Hash(t))
		}
		has = has && found
	}
	return has && *bloom != [256]byte{}
}

// Logs returns the logs of a block that any of the filters chooses, in order.
// The block's receipts are fetched, all of them, only if its bloom does not show
// that there is none; fetched says so. Errors: those of VerifyReceipts,
// ErrUnavailable, and of the connection.
func Logs(ctx context.Context, src ReceiptSource, h *ethrpc.Header, filters []Filter) (logs []Log, fetched bool, err error) {
	bloom := h.Bloom
	if !slices.ContainsFunc(filters, func(f Filter) bool { return f.In(&bloom) }) {
		return nil, false, nil
	}
	raw, err := src.Receipts(ctx, h.Ref.Hash)
	if err != nil {
		return nil, true, fmt.Errorf("block %v: %w", h.Ref, err)
	}
	receipts, err := VerifyReceipts(h, raw)
	if err != nil {
		return nil, true, fmt.Errorf("block %v: %w", h.Ref, err)
	}
	for i := range receipts {
		for _, l := range receipts[i].Logs {
			if slices.ContainsFunc(filters, func(f Filter) bool { return f.Match(&l) }) {
				logs = append(logs, l)
			}
		}
	}
	return logs, true, nil
}

// Receipts implements ReceiptSource.
func (r *RPC) Receipts(ctx context.Context, block [32]byte) (json.RawMessage, error) {
	var raw json.RawMessage
	if err := r.client.RPC().CallContext(ctx, &raw, "eth_getBlockReceipts", common.Hash(block)); err != nil {
		return nil, fmt.Errorf("eth_getBlockReceipts: %w", classify(err))
	}
	if len(raw) == 0 || string(raw) == "null" {
		return nil, fmt.Errorf("eth_getBlockReceipts: %w", ErrUnavailable)
	}
	return raw, nil
}
