package binding

import (
	"errors"
	"fmt"

	"vmhost/statecache"
)

// Reasons to refuse a proof: the source is faulty or lies.
var (
	// ErrMissingNode says that a proof ends before it says anything.
	ErrMissingNode = errors.New("binding: proof node missing")

	// ErrBadNode says that a proof node is not the one that its parent names.
	ErrBadNode = errors.New("binding: proof node does not match its hash")

	// ErrMalformed says that a node or a value is not a valid encoding.
	ErrMalformed = errors.New("binding: malformed proof")

	// ErrExtraNode says that a proof has nodes that are not on the path.
	ErrExtraNode = errors.New("binding: unused proof node")

	// ErrClaim says that a value was given that differs from the proven one.
	ErrClaim = errors.New("binding: value differs from the proven one")

	// ErrAnswer says that the answer is about something that was not asked.
	ErrAnswer = errors.New("binding: answer does not match the request")

	// ErrReceipts says that receipts are not those of the block.
	ErrReceipts = errors.New("binding: receipts do not match the receipts root")

	// ErrAccessList says that an access list is not the one of the header.
	ErrAccessList = errors.New("binding: access list does not match the header")

	// ErrBloom says that a bloom is not that of the logs.
	ErrBloom = errors.New("binding: bloom does not match the logs")
)

// ErrReceiptType says that a receipt is of a type that this version does not know:
// the chain has had a fork since.
var ErrReceiptType = errors.New("binding: unknown type of receipt")

// ErrNoAccessList says that a block's header commits to no access list, or that
// a source serves none of any block.
var ErrNoAccessList = errors.New("binding: no access lists")

// ErrListForm says that a block's access list, though it hashes to the header, is
// not of the form that this version knows: the chain has had a fork since.
// Everything is proven then, as without lists.
var ErrListForm = errors.New("binding: unknown form of access list")

// ErrUnavailable says that the node cannot prove the block's state: it does not
// know the block, or keeps its state no longer.
var ErrUnavailable = errors.New("binding: node has no proofs for the block")

// ErrKind says that an item cannot be fetched from a chain.
var ErrKind = errors.New("binding: item kind has no proof")

// ErrGrowth says that a collection cannot grow as told.
var ErrGrowth = errors.New("binding: growth of a collection")

// Faulty reports whether err means that the source lies or is broken.
func Faulty(err error) bool {
	for _, e := range []error{ErrMissingNode, ErrBadNode, ErrMalformed, ErrExtraNode, ErrClaim, ErrAnswer, ErrReceipts, ErrBloom, ErrAccessList} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// ItemError names the watched item that could not be proven.
type ItemError struct {
	Watch statecache.Watch
	Err   error
}

// Error implements error.
func (e *ItemError) Error() string {
	it := e.Watch.Item
	name := fmt.Sprintf("%s[%d] (%s of 0x%x)", e.Watch.Collection, e.Watch.Index, it.Kind, it.Address)
	if it.Kind == statecache.KindSlot {
		name = fmt.Sprintf("%s[%d] (slot 0x%x of 0x%x)", e.Watch.Collection, e.Watch.Index, it.Slot, it.Address)
	}
	return fmt.Sprintf("item %s: %v", name, e.Err)
}

// Unwrap returns the reason.
func (e *ItemError) Unwrap() error { return e.Err }
