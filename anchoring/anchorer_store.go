package anchoring

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

func hexUint(n uint64) hexutil.Uint64 { return hexutil.Uint64(n) }

// anchorPrefix begins the keys of anchors in the store.
const anchorPrefix = "anchor/"

func refKey(ref statecache.BlockRef) string { return fmt.Sprintf("%d-%x", ref.Number, ref.Hash) }

func anchorKey(ref statecache.BlockRef) string { return anchorPrefix + refKey(ref) }

// anchorRecord is an anchor in the store.
type anchorRecord struct {
	Number        hexutil.Uint64 `json:"number"`
	Hash          common.Hash    `json:"hash"`
	DirectoryRoot common.Hash    `json:"directoryRoot"`
	HistoryRoot   common.Hash    `json:"historyRoot"`
	Commitment    common.Hash    `json:"commitment"`
	State         AnchorState    `json:"state"`
	Attempts      int            `json:"attempts,omitempty"`
	Tx            common.Hash    `json:"tx,omitzero"`
	Included      hexutil.Uint64 `json:"included,omitempty"`
	IncludedHash  common.Hash    `json:"includedHash,omitzero"`
	GasUsed       hexutil.Uint64 `json:"gasUsed,omitempty"`
	Shared        int            `json:"shared,omitempty"`
	Why           string         `json:"why,omitempty"`
	Freed         hexutil.Uint64 `json:"freed,omitempty"` // height at which the bond was seen free
}

func recordOf(s AnchorStatus, freed uint64) anchorRecord {
	r := anchorRecord{
		Number: hexUint(s.Anchor.Block.Number), Hash: s.Anchor.Block.Hash, DirectoryRoot: s.Anchor.DirectoryRoot, HistoryRoot: s.Anchor.HistoryRoot,
		Commitment: common.Hash(s.Anchor.Commitment), State: s.State, Attempts: s.Attempts, Tx: s.Tx.Hash,
		Included: hexUint(s.Tx.Block.Number), IncludedHash: s.Tx.Block.Hash, GasUsed: hexUint(s.Tx.GasUsed), Shared: s.Shared,
		Freed: hexUint(freed),
	}
	if s.Err != nil {
		r.Why = s.Err.Error()
	}
	return r
}

func (r anchorRecord) status() AnchorStatus {
	s := AnchorStatus{
		Anchor: Anchor{
			Block: statecache.BlockRef{Number: uint64(r.Number), Hash: r.Hash}, DirectoryRoot: r.DirectoryRoot, HistoryRoot: r.HistoryRoot,
			Commitment: statecache.Commitment(r.Commitment),
		},
		State: r.State, Attempts: r.Attempts, Shared: r.Shared,
		Tx: Tx{Hash: r.Tx, Block: statecache.BlockRef{Number: uint64(r.Included), Hash: r.IncludedHash}, GasUsed: uint64(r.GasUsed)},
	}
	if r.Why != "" {
		s.Err = errors.New(r.Why)
	}
	return s
}

// decodeAnchors returns the anchors among a store's values.
func decodeAnchors(values map[string][]byte) (map[statecache.BlockRef]*entry, error) {
	out := map[statecache.BlockRef]*entry{}
	for key, v := range values {
		if !strings.HasPrefix(key, anchorPrefix) {
			continue
		}
		var r anchorRecord
		if err := json.Unmarshal(v, &r); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", outbox.ErrDamaged, key, err)
		}
		s := r.status()
		switch s.State {
		case AnchorQueued, AnchorPosted, AnchorIncluded, AnchorAnchored, AnchorUndone, AnchorFailed:
		default:
			return nil, fmt.Errorf("%w: %s: unknown state %q", outbox.ErrDamaged, key, s.State)
		}
		if anchorKey(s.Anchor.Block) != key {
			return nil, fmt.Errorf("%w: %s: key and block differ", outbox.ErrDamaged, key)
		}
		out[s.Anchor.Block] = &entry{AnchorStatus: s, freed: uint64(r.Freed)}
	}
	return out, nil
}

// flush writes the anchors that changed.
func (a *Anchorer) flush() error {
	type state struct {
		AnchorStatus
		freed uint64
	}
	a.mu.Lock()
	batch := map[string][]byte{}
	written := map[*entry]state{}
	for e := range a.book.dirty {
		v, err := json.Marshal(recordOf(e.AnchorStatus, e.freed))
		if err != nil {
			a.mu.Unlock()
			return fmt.Errorf("%w: %w", outbox.ErrStore, err)
		}
		batch[anchorKey(e.Anchor.Block)] = v
		written[e] = state{e.AnchorStatus, e.freed}
	}
	a.mu.Unlock()
	if len(batch) == 0 {
		return nil
	}
	if err := a.opts.Store.Write(batch); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for e, s := range written {
		if e.State == s.State && e.Tx == s.Tx && e.freed == s.freed {
			delete(a.book.dirty, e)
		}
	}
	return nil
}
