package devchain

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

// devnetAPI is the RPC namespace devnet; see the package comment.
type devnetAPI struct{ chain *Chain }

// blockIDResult is a block in an answer.
type blockIDResult struct {
	Number hexutil.Uint64 `json:"number"`
	Hash   common.Hash    `json:"hash"`
}

// reorgResult is the answer of devnet_reorg.
type reorgResult struct {
	Ancestor blockIDResult `json:"ancestor"`
	Old      blockIDResult `json:"old"`
	New      blockIDResult `json:"new"`
}

// reorgParams is the second parameter of devnet_reorg.
type reorgParams struct {
	Extra int  `json:"extra"`
	Empty bool `json:"empty"`
	Force bool `json:"force"`
}

// maxRPCBlocks bounds one request.
const maxRPCBlocks = 10_000

// Mine implements devnet_mine.
func (a *devnetAPI) Mine(n *int) (blockIDResult, error) {
	count := 1
	if n != nil {
		count = min(max(*n, 0), maxRPCBlocks)
	}
	if err := a.chain.Mine(count); err != nil {
		return blockIDResult{}, err
	}
	number, hash := a.chain.Head()
	return blockIDResult{hexutil.Uint64(number), hash}, nil
}

// Reorg implements devnet_reorg.
func (a *devnetAPI) Reorg(depth uint64, p *reorgParams) (reorgResult, error) {
	if p == nil {
		p = new(reorgParams)
	}
	r, err := a.chain.Reorg(depth, ReorgOptions{Extra: min(p.Extra, maxRPCBlocks), Empty: p.Empty, Force: p.Force})
	if err != nil {
		return reorgResult{}, err
	}
	id := func(b BlockID) blockIDResult { return blockIDResult{hexutil.Uint64(b.Number), b.Hash} }
	return reorgResult{Ancestor: id(r.Ancestor), Old: id(r.Old), New: id(r.New)}, nil
}

// Finality implements devnet_finality.
func (a *devnetAPI) Finality(depth uint64) bool {
	a.chain.SetFinalityDepth(depth)
	return true
}
