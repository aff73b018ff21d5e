package binding

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/rlp"

	"vmhost/anchoring/ethrpc"
)

// AccessLister hands out a block's access list (EIP-7928) as RLP. It is not
// trusted. A Prover that implements it too saves a [Binder] proofs.
//
// Errors: ErrNoAccessList: it has no lists of any block, and is not asked again;
// any other: not of this block.
type AccessLister interface {
	AccessList(ctx context.Context, block [32]byte) ([]byte, error)
}

// AccessList is what a block's access list says: an entry for each account that
// the block touched, changed or not.
type AccessList map[[20]byte]AccountWrites

// AccountWrites is what a block left of an account, after all its transactions.
type AccountWrites struct {
	// Slots that were written, with their last value; some may be as before.
	Slots map[[32]byte][32]byte
	// Balance, Nonce and CodeHash, nil if they were not changed.
	Balance  *[32]byte
	Nonce    *uint64
	CodeHash *[32]byte
}

// maxListItems bounds the accounts and slots of a list. The chain has one for at
// least every 2,000 gas, so this is a block of 2 billion.
const maxListItems = 1 << 20

// CheckAccessList compares a block's access list with the hash in the header and
// decodes it: the list that has it names every account that the block touched
// and every slot that it wrote.
//
// Errors: ErrNoAccessList for a header without one; ErrAccessList for another
// list, which is a lie; ErrListForm if the list is the block's and not of the
// form that this version knows: everything in order and once, integers as short
// as they can be, nothing left over.
func CheckAccessList(h *ethrpc.Header, raw []byte) (AccessList, error) {
	if h.AccessListHash == ([32]byte{}) {
		return nil, fmt.Errorf("block %v: %w", h.Ref, ErrNoAccessList)
	}
	hash := newHasher()
	if got := hash.sum(raw); got != h.AccessListHash {
		return nil, fmt.Errorf("block %v: list has hash %x, header says %x: %w", h.Ref, got[:4], h.AccessListHash[:4], ErrAccessList)
	}
	d, r := listDecoder{hash: hash, out: AccessList{}}, &reader{raw}
	err := d.list(r)
	if err == nil && len(r.b) > 0 {
		err = errShape
	}
	if err != nil {
		return nil, fmt.Errorf("block %v: %w: %w", h.Ref, ErrListForm, err)
	}
	return d.out, nil
}

var (
	errOrder = errors.New("not in order, or twice")
	errShape = errors.New("field of another length")
	errItems = errors.New("too many items")
)

// listDecoder decodes
//
//	[[address,
//	  [[slot, [[index, value], …]], …],   writes
//	  [slot, …],                          reads
//	  [[index, balance], …], [[index, nonce], …], [[index, code], …]], …]
//
// where index is 0 before the transactions, 1 to n in them, n+1 after.
type listDecoder struct {
	hash  *hasher
	out   AccessList
	items int
}

func (d *listDecoder) list(r *reader) error {
	var last [20]byte
	return r.each(func(r *reader, first bool) error {
		address, err := r.bytes()
		if err != nil || len(address) != len(last) {
			return errors.Join(err, errShape)
		}
		if !first && bytes.Compare(last[:], address) >= 0 {
			return fmt.Errorf("account 0x%x: %w", address, errOrder)
		}
		copy(last[:], address)
		if err := d.count(); err != nil {
			return err
		}
		if d.out[last], err = d.account(r); err != nil {
			return fmt.Errorf("account 0x%x: %w", address, err)
		}
		return nil
	})
}

// account reads what follows an address.
func (d *listDecoder) account(r *reader) (w AccountWrites, err error) {
	var last [32]byte
	err = r.each(func(r *reader, first bool) error {
		slot, err := r.word()
		if err != nil {
			return err
		}
		var value [32]byte
		n, err := r.changes(func(r *reader) (err error) { value, err = r.word(); return err })
		switch {
		case err == nil && n == 0:
			err = errShape
		case err == nil && !first && bytes.Compare(last[:], slot[:]) >= 0:
			err = errOrder
		}
		if err != nil {
			return fmt.Errorf("slot 0x%x: %w", slot, err)
		}
		if w.Slots == nil {
			w.Slots = map[[32]byte][32]byte{}
		}
		w.Slots[slot], last = value, slot
		return d.count()
	})
	if err != nil {
		return w, err
	}
	if err := d.reads(r, w.Slots); err != nil {
		return w, err
	}
	var balance, code [32]byte
	var nonce uint64
	n, err := r.changes(func(r *reader) (err error) { balance, err = r.word(); return err })
	if err != nil {
		return w, fmt.Errorf("balance: %w", err)
	}
	if n > 0 {
		w.Balance = &balance
	}
	if n, err = r.changes(func(r *reader) (err error) { nonce, err = r.uint(64); return err }); err != nil {
		return w, fmt.Errorf("nonce: %w", err)
	}
	if n > 0 {
		w.Nonce = &nonce
	}
	n, err = r.changes(func(r *reader) error {
		b, err := r.bytes()
		code = d.hash.key(b)
		return err
	})
	if err != nil {
		return w, fmt.Errorf("code: %w", err)
	}
	if n > 0 {
		w.CodeHash = &code
	}
	return w, nil
}

// reads checks the slots that were only read: none of them is written too.
func (d *listDecoder) reads(r *reader, written map[[32]byte][32]byte) error {
	list, err := r.sub()
	if err != nil {
		return err
	}
	var last [32]byte
	for first := true; len(list.b) > 0; first = false {
		slot, err := list.word()
		if _, both := written[slot]; err == nil && (both || !first && bytes.Compare(last[:], slot[:]) >= 0) {
			err = errOrder
		}
		if err == nil {
			err = d.count()
		}
		if err != nil {
			return fmt.Errorf("read of slot 0x%x: %w", slot, err)
		}
		last = slot
	}
	return nil
}

func (d *listDecoder) count() error {
	if d.items++; d.items > maxListItems {
		return errItems
	}
	return nil
}

// reader takes RLP apart. Its encoding must be the only one.
type reader struct{ b []byte }

// sub is the content of the next item, a list.
func (r *reader) sub() (*reader, error) {
	content, rest, err := rlp.SplitList(r.b)
	if err != nil {
		return nil, err
	}
	r.b = rest
	return &reader{content}, nil
}

// each calls f for the members of a list of lists, which it must read whole.
func (r *reader) each(f func(r *reader, first bool) error) error {
	list, err := r.sub()
	for first := true; err == nil && len(list.b) > 0; first = false {
		var member *reader
		if member, err = list.sub(); err == nil {
			if err = f(member, first); err == nil && len(member.b) > 0 {
				err = errShape
			}
		}
	}
	return err
}

// changes reads [[index, …], …], each rest by f; the last call is of the last.
func (r *reader) changes(f func(*reader) error) (n int, err error) {
	last := uint64(0)
	err = r.each(func(r *reader, first bool) error {
		index, err := r.uint(32)
		if err == nil && !first && index <= last {
			err = errOrder
		}
		if err != nil {
			return err
		}
		last, n = index, n+1
		return f(r)
	})
	return n, err
}

func (r *reader) bytes() ([]byte, error) {
	content, rest, err := rlp.SplitString(r.b)
	if err == nil {
		r.b = rest
	}
	return content, err
}

// word reads an integer of at most 256 bits.
func (r *reader) word() (v [32]byte, err error) {
	b, err := r.bytes()
	if err != nil || len(b) > len(v) || len(b) > 0 && b[0] == 0 {
		return v, errors.Join(err, errShape)
	}
	copy(v[len(v)-len(b):], b)
	return v, nil
}

func (r *reader) uint(bits int) (n uint64, err error) {
	b, err := r.bytes()
	if err != nil || 8*len(b) > bits || len(b) > 0 && b[0] == 0 {
		return 0, errors.Join(err, errShape)
	}
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	return n, nil
}
