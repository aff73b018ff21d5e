package host

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"vmhost/jobs"
	"vmhost/proofs"
	"vmhost/statecache"
	"vmhost/wsapi"
)

// reader reads the cache for the API.
type reader struct{ cache *statecache.Cache }

// Collections implements wsapi.StateReader.
func (r reader) Collections(_ context.Context, at jobs.BlockRef) ([]wsapi.Collection, error) {
	v, err := pin(r.cache, at, "api")
	if err != nil {
		return nil, err
	}
	defer v.Release()
	out := make([]wsapi.Collection, 0, v.Count())
	for h := range v.Count() {
		name, _ := v.Name(h)
		n, _ := v.Len(h)
		root, _ := v.ItemsRoot(h)
		out = append(out, wsapi.Collection{Name: name, Handle: h, Length: n, ItemsRoot: root})
	}
	return out, nil
}

// Items implements wsapi.StateReader.
func (r reader) Items(_ context.Context, at jobs.BlockRef, collection string, index, n uint32) ([]wsapi.StateItem, error) {
	v, err := pin(r.cache, at, "api")
	if err != nil {
		return nil, err
	}
	defer v.Release()
	h, ok := v.Find(collection)
	if !ok {
		return nil, fmt.Errorf("%w: collection %.40q", wsapi.ErrNotFound, collection)
	}
	if size, _ := v.Len(h); uint64(index)+uint64(n) > uint64(size) {
		return nil, fmt.Errorf("%w: items %d to %d of %d", wsapi.ErrNotFound, index, uint64(index)+uint64(n)-1, size)
	}
	out := make([]wsapi.StateItem, 0, n)
	for i := index; i < index+n; i++ {
		it, _ := v.Item(h, i)
		value, _ := v.Value(h, i)
		out = append(out, wsapi.StateItem{
			Index: i, Kind: it.Kind.String(), Address: it.Address[:], Slot: it.Slot, Key: it.Key, Value: value,
		})
	}
	return out, nil
}

// checker verifies proof files for the API.
type checker struct{ unsafeDev bool }

// VerifyProof implements wsapi.ProofVerifier.
func (c checker) VerifyProof(_ context.Context, file json.RawMessage) (wsapi.Verdict, error) {
	f, err := proofs.DecodeProofFile(file)
	if err == nil {
		_, err = f.Verify(proofs.Policy{AllowUnsafe: c.unsafeDev})
	}
	if err != nil {
		return wsapi.Verdict{Reason: err.Error()}, nil //nolint:nilerr // an invalid proof is an answer
	}
	return wsapi.Verdict{Valid: true}, nil
}

// keyList is what the key folder holds, looked up at most every keyListAge:
// status is asked for many times a second.
type keyList struct {
	store *proofs.Store

	mu   sync.Mutex
	at   time.Time
	list []wsapi.KeyStatus
}

const keyListAge = 3 * time.Second

func (k *keyList) status() []wsapi.KeyStatus {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.list != nil && time.Since(k.at) < keyListAge {
		return k.list
	}
	list := []wsapi.KeyStatus{}
	for _, e := range k.store.List() {
		s := wsapi.KeyStatus{Class: e.Shape.Name, Status: "missing"}
		if e.Err == nil {
			s.VerifyingKeyID, s.Status = e.Info.VerifyingKeyID, string(e.Info.Status)
		}
		list = append(list, s)
	}
	k.list, k.at = list, time.Now()
	return list
}
