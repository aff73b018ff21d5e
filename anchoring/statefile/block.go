package statefile

import (
	"context"
	"fmt"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
)

// FetchBlock is Fetch of the block of a hash, with a connection at hand: the
// header is re-hashed, the values are proven.
func FetchBlock(ctx context.Context, client *ethrpc.Client, hash [32]byte, w *Watch) (*File, error) {
	id, err := client.ChainID(ctx)
	if err != nil {
		return nil, err
	}
	if w.ChainID != 0 && w.ChainID != id {
		return nil, fmt.Errorf("%w: %d, the watch file is for %d", ErrChainID, id, w.ChainID)
	}
	h, err := client.HeaderByHash(ctx, hash)
	if err != nil {
		return nil, err
	}
	node := binding.NewRPC(client)
	if w, err = w.at(ctx, node, h); err != nil {
		return nil, err
	}
	return FetchAt(ctx, node, id, h, w.Collections)
}
