package watchtower

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"vmhost/anchoring/contracts"
	"vmhost/statecache"
)

// Verdict is what is known of an anchor.
type Verdict string

// Verdicts.
const (
	// True: the directory root is that of the honest tree.
	True Verdict = "true"
	// Differs: it is not, and the reason is being looked for.
	Differs Verdict = "differs"
	// False: a statement of it is proven false.
	False Verdict = "false"
	// NotJudged: what differs is nothing that can be judged.
	NotJudged Verdict = "not judged"
	// Unavailable: the chain's state at its block is not to be had.
	Unavailable Verdict = "state unavailable"
	// Revoked: it fell.
	Revoked Verdict = "revoked"
	// Undone: a reorganisation took it out.
	Undone Verdict = "undone"
)

// record is what the store keeps of an anchor.
type record struct {
	Height     uint64               `json:"height"`
	BlockHash  string               `json:"blockHash"`
	Commitment string               `json:"commitment"`
	At         uint64               `json:"at"` // block of its event
	Verdict    Verdict              `json:"verdict"`
	What       string               `json:"what,omitempty"`
	Claim      *contracts.Challenge `json:"claim,omitempty"`
	Unjudged   []string             `json:"unjudged,omitempty"`

	// What follows is not stored.
	Next    string `json:"-"`
	Until   uint64 `json:"-"`
	By      string `json:"-"` // who took it down
	Problem string `json:"-"`
	last    Move   // what was decided
	seen    string // about what
	files   string // of the operator's that were looked at
	written string
	gone    bool
	retry   uint64 // Unavailable: when it is compared again
	tries   int
}

func newRecord(g *game) *record {
	return &record{
		Height: g.anchor.Height, BlockHash: hex.EncodeToString(g.anchor.BlockHash[:]),
		Commitment: hex.EncodeToString(g.anchor.Commitment[:]), At: g.at,
	}
}

func (r *record) block() statecache.BlockRef {
	ref := statecache.BlockRef{Number: r.Height}
	_, _ = hex.Decode(ref.Hash[:], []byte(r.BlockHash)) // made by newRecord, checked by load
	return ref
}

// unfinished reports whether something may be left to do.
func (r *record) unfinished() bool {
	return r.Verdict == "" || r.Verdict == Differs || r.Verdict == False || r.Verdict == NotJudged
}

// again reports whether an anchor must be compared: it is new, or what was known
// of it holds no more.
func (r *record) again(g *game, head uint64) bool {
	switch r.Verdict {
	case "", Undone:
		return true
	case Revoked: // the event is gone, or was made up
		return g.revoked == nil
	case Unavailable: // another node may have the state, or this one had not yet
		return head >= r.retry
	case True, Differs, False, NotJudged:
	}
	return false
}

// apply notes what was found.
func (r *record) apply(g *game, m Move, problem error) {
	r.At, r.Next, r.Until, r.Problem = g.at, "", 0, ""
	if problem != nil {
		r.Problem = problem.Error()
	}
	if g.revoked != nil {
		r.Verdict, r.By, r.Claim = Revoked, g.revoked.By.Hex(), nil
		return
	}
	switch m.Kind {
	case Challenge:
		claim := m.Claim
		r.Verdict, r.What, r.Claim, r.Next = False, m.What, &claim, "challenge: "+claim.Kind
	case Demand:
		r.Verdict, r.Next = Differs, "demand "+m.Place.Short()
	case Wait:
		r.Verdict, r.Next, r.Until = Differs, "answer to "+m.Place.Short(), m.Until
	case Expire:
		r.Verdict, r.Next = Differs, "expire "+m.Place.Short()
	case Rest:
		r.Verdict = NotJudged
	case Prove:
	}
	if m.Kind != "" && m.Kind != Challenge {
		r.Unjudged = m.Unjudged
	}
}

const (
	recordPrefix = "case/"
	seedKey      = "seed"
)

// load reads records and seed; the first time it makes the seed.
func (t *Tower) load() error {
	values, err := t.store.Load()
	if err != nil {
		return err
	}
	t.records = map[string]*record{}
	for name, v := range values {
		k, ok := strings.CutPrefix(name, recordPrefix)
		if !ok {
			continue
		}
		r := &record{written: string(v)}
		if err := json.Unmarshal(v, r); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
		}
		if len(r.BlockHash) != 64 || fmt.Sprintf("%d-%s", r.Height, r.Commitment) != k {
			return fmt.Errorf("%w: %s: key and content differ", ErrDamaged, name)
		}
		if r.Verdict == Unavailable { // another node may have it
			r.Verdict, r.Unjudged = "", nil
		}
		t.records[k] = r
	}
	var seed string
	if v, ok := values[seedKey]; ok {
		if err := json.Unmarshal(v, &seed); err != nil || len(seed) != 64 {
			return fmt.Errorf("%w: %s", ErrDamaged, seedKey)
		}
		_, err := hex.Decode(t.seed[:], []byte(seed))
		return err
	}
	_, _ = rand.Read(t.seed[:]) // never fails
	v, err := json.Marshal(hex.EncodeToString(t.seed[:]))
	if err != nil {
		return err
	}
	return t.store.Write(map[string][]byte{seedKey: v})
}

// save writes the records that changed.
func (t *Tower) save() error {
	batch := map[string][]byte{}
	for k, r := range t.records {
		if r.gone {
			batch[recordPrefix+k] = nil
			continue
		}
		v, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if string(v) != r.written {
			batch[recordPrefix+k] = v
		}
	}
	if len(batch) == 0 {
		return nil
	}
	if err := t.store.Write(batch); err != nil {
		return err
	}
	for name, v := range batch {
		k := strings.TrimPrefix(name, recordPrefix)
		if v == nil {
			delete(t.records, k)
			continue
		}
		t.records[k].written = string(v)
	}
	return nil
}

// sorted lists the records, oldest first.
func (t *Tower) sorted() []*record {
	out := make([]*record, 0, len(t.records))
	for _, r := range t.records {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *record) int {
		if a.Height != b.Height {
			return int(int64(a.Height) - int64(b.Height))
		}
		return strings.Compare(a.Commitment, b.Commitment)
	})
	return out
}
