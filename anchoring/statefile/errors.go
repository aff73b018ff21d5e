package statefile

import "errors"

var (
	// ErrFormat says that the file is not what it should be: not JSON, another
	// format, an unknown or repeated field, a malformed number.
	ErrFormat = errors.New("statefile: malformed file")

	// ErrTooLarge says that the file is larger than accepted.
	ErrTooLarge = errors.New("statefile: file too large")

	// ErrHeader says that the header does not belong to the block.
	ErrHeader = errors.New("statefile: header does not match the block")

	// ErrUnverified says that proofs or header are absent and that the caller does
	// not allow that.
	ErrUnverified = errors.New("statefile: file is unverified")

	// ErrNoProof says that a value has no proof in the file.
	ErrNoProof = errors.New("statefile: no proof for the item")

	// ErrUnused says that a proof proves nothing that the file holds.
	ErrUnused = errors.New("statefile: proof without an item")

	// ErrSlot says that an item's slot does not follow from its key and the
	// collection's base.
	ErrSlot = errors.New("statefile: slot does not match key and base")

	// ErrCommitment says that the content does not have the commitment given.
	ErrCommitment = errors.New("statefile: commitment does not match")

	// ErrHistory says that an earlier block is not in the history of the file's block.
	ErrHistory = errors.New("statefile: earlier block is not in the history")

	// ErrBlock says that a block was named in an unknown way, or that too many were asked for.
	ErrBlock = errors.New("statefile: bad choice of blocks")

	// ErrChainID says that the node serves another chain than the one to watch.
	ErrChainID = errors.New("statefile: node serves another chain")
)
