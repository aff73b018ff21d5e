package statefile

import (
	"errors"
	"fmt"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Rung says what binds a state commitment to the chain.
type Rung string

// Rungs of a file.
const (
	// Unverified: values were not checked.
	Unverified Rung = "unverified"
	// Checked: every value was checked against the block's state root.
	Checked Rung = "checked"
)

// Check checks everything that the file gives the means to check. The rung is
// Unverified when header or proofs are absent, which is an error wrapping
// ErrUnverified unless allowUnverified.
func (f *File) Check(allowUnverified bool) (Rung, error) {
	_, rung, err := f.View(allowUnverified)
	return rung, err
}

// View checks the file and returns its content as a view of one block, with the
// collections at handles 1, 2, … in their order, that knows the earlier blocks of
// the file. Without a header the view's header fields other than number and hash
// are 0. A file with a history is Unverified unless it holds every block of that,
// each with its proofs: else nothing shows what the history holds.
func (f *File) View(allowUnverified bool) (*statecache.View, Rung, error) {
	header, rung, err := f.content(allowUnverified)
	if err != nil {
		return nil, rung, err
	}
	s := statecache.Snapshot{ChainID: f.ChainID, Header: header, Collections: f.Collections, HistoryRoot: f.HistoryRoot}
	var pastRung Rung
	if s.Past, pastRung, err = f.past(allowUnverified); err != nil {
		return nil, pastRung, err
	}
	if f.HistoryRoot != ([32]byte{}) && rung == Checked && (pastRung != Checked || !f.provesHistory()) {
		rung = Unverified
		if !allowUnverified {
			return nil, rung, fmt.Errorf("%w: the file does not hold all blocks of its history", ErrUnverified)
		}
	}
	view, err := s.View()
	switch {
	case errors.Is(err, statecache.ErrBadHistory):
		return nil, "", fmt.Errorf("%w: %w", ErrHistory, err)
	case err != nil:
		return nil, "", fmt.Errorf("state file: %w", err)
	}
	if got := view.CommitmentBytes(); f.Commitment != (statecache.Commitment{}) && got != f.Commitment {
		return nil, "", fmt.Errorf("%w: content has 0x%x, file says 0x%x", ErrCommitment, got, f.Commitment)
	}
	return view, rung, nil
}

// content checks header, slots and values of one block.
func (f *File) content(allowUnverified bool) (statecache.BlockHeader, Rung, error) {
	header, stateRoot, err := f.header()
	if err != nil {
		return header, "", err
	}
	for i := range f.Collections {
		if err := checkSlots(&f.Collections[i].Collection); err != nil {
			return header, "", err
		}
	}
	rung := Checked
	switch {
	case f.Header == nil && f.Accounts != nil:
		return header, "", fmt.Errorf("%w: proofs without a header", ErrHeader)
	case f.Header == nil, f.Accounts == nil && f.items() > 0:
		rung = Unverified
		if !allowUnverified {
			return header, rung, f.whyUnverified()
		}
	}
	if f.Header != nil && (f.Accounts != nil || f.items() == 0) {
		if err := f.checkValues(stateRoot); err != nil {
			return header, "", err
		}
	}
	return header, rung, nil
}

func (f *File) whyUnverified() error {
	if f.Header == nil {
		return fmt.Errorf("%w: block.header is absent", ErrUnverified)
	}
	return fmt.Errorf("%w: accounts (the proofs) are absent", ErrUnverified)
}

func (f *File) items() (n int) {
	for i := range f.Collections {
		n += len(f.Collections[i].Items)
	}
	return n
}

// header decodes the header and compares it with the block.
func (f *File) header() (h statecache.BlockHeader, stateRoot [32]byte, err error) {
	if f.Header == nil {
		return statecache.BlockHeader{Ref: f.Block}, stateRoot, nil
	}
	parsed, err := ethrpc.ParseRLP(f.Header)
	if err != nil {
		return h, stateRoot, fmt.Errorf("%w: %w", ErrHeader, err)
	}
	if parsed.Ref.Hash != f.Block.Hash {
		return h, stateRoot, fmt.Errorf("%w: header hashes to 0x%x, block.hash is 0x%x", ErrHeader, parsed.Ref.Hash, f.Block.Hash)
	}
	if parsed.Ref.Number != f.Block.Number {
		return h, stateRoot, fmt.Errorf("%w: header has number %d, block.number is %d", ErrHeader, parsed.Ref.Number, f.Block.Number)
	}
	return parsed.Block(), parsed.StateRoot, nil
}

// checkSlots checks that slots follow from their keys.
func checkSlots(c *statecache.Collection) error {
	if i := statecache.BadSlot(c.Base, c.Items); i >= 0 {
		return &binding.ItemError{
			Watch: statecache.Watch{Collection: c.Name, Index: uint32(i), Item: c.Items[i]},
			Err:   fmt.Errorf("%w: key 0x%x", ErrSlot, c.Items[i].Key),
		}
	}
	return nil
}

// proven is an account of the file with what was used of it.
type proven struct {
	binding.Proven
	slots map[[32]byte]int // position in Values
	used  []bool           // slots; one more for the account itself
}

// checkValues proves every value, and that every proof is of a value.
func (f *File) checkValues(stateRoot [32]byte) error {
	accounts := make(map[[20]byte]*proven, len(f.Accounts))
	for i := range f.Accounts {
		p, err := f.prove(stateRoot, &f.Accounts[i])
		if err != nil {
			return err
		}
		if accounts[f.Accounts[i].Address] != nil {
			return fmt.Errorf("account 0x%x twice: %w", f.Accounts[i].Address, ErrUnused)
		}
		accounts[f.Accounts[i].Address] = p
	}
	for i := range f.Collections {
		c := &f.Collections[i]
		for j, it := range c.Items {
			if err := checkItem(accounts[it.Address], it, c.Values[j]); err != nil {
				return &binding.ItemError{Watch: statecache.Watch{Collection: c.Name, Index: uint32(j), Item: it}, Err: err}
			}
		}
	}
	for i := range f.Accounts {
		a := &f.Accounts[i]
		p := accounts[a.Address]
		for j, used := range p.used[:len(a.Slots)] {
			if !used {
				return fmt.Errorf("slot 0x%x of 0x%x: %w", a.Slots[j].Slot, a.Address, ErrUnused)
			}
		}
		if len(a.Slots) == 0 && !p.used[0] {
			return fmt.Errorf("account 0x%x: %w", a.Address, ErrUnused)
		}
	}
	return nil
}

// prove verifies one account with its slots.
func (f *File) prove(stateRoot [32]byte, a *binding.AccountProof) (*proven, error) {
	p := &proven{slots: make(map[[32]byte]int, len(a.Slots)), used: make([]bool, len(a.Slots)+1)}
	for i, s := range a.Slots {
		if _, twice := p.slots[s.Slot]; twice {
			return nil, fmt.Errorf("slot 0x%x of 0x%x twice: %w", s.Slot, a.Address, ErrUnused)
		}
		p.slots[s.Slot] = i
	}
	var err error
	p.Proven, err = binding.Verify(stateRoot, &binding.Answer{AccountProof: *a})
	if err == nil {
		return p, nil
	}
	// Name the item that the proof is for.
	slot, isSlot := errors.AsType[*binding.SlotError](err)
	for i := range f.Collections {
		for j, it := range f.Collections[i].Items {
			if it.Address == a.Address && (!isSlot || it.Kind == statecache.KindSlot && it.Slot == slot.Slot) {
				return nil, &binding.ItemError{Watch: statecache.Watch{Collection: f.Collections[i].Name, Index: uint32(j), Item: it}, Err: err}
			}
		}
	}
	return nil, fmt.Errorf("account 0x%x: %w: %w", a.Address, ErrUnused, err)
}

func checkItem(p *proven, it statecache.Item, value [32]byte) error {
	if p == nil {
		return fmt.Errorf("account 0x%x: %w", it.Address, ErrNoProof)
	}
	var want [32]byte
	if it.Kind == statecache.KindSlot {
		i, ok := p.slots[it.Slot]
		if !ok {
			return ErrNoProof
		}
		p.used[i] = true
		want = p.Values[i]
	} else {
		p.used[len(p.used)-1] = true
		want = p.Field(it.Kind)
	}
	if value != want {
		return fmt.Errorf("file says 0x%x, proven 0x%x: %w", value, want, binding.ErrClaim)
	}
	return nil
}
