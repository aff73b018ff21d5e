package outbox

import "errors"

// What keeps a transaction from going on. All but ErrDamaged, ErrInUse and
// ErrStore pass without anyone's help or with money.
var (
	// ErrFunds says that the account cannot pay.
	ErrFunds = errors.New("outbox: account cannot pay for the transaction")
	// ErrFeeCap says that the chain's price is above Options.MaxFee.
	ErrFeeCap = errors.New("outbox: fees are above the cap")
	// ErrUnderpriced says that the node finds the fee too low: it is raised.
	ErrUnderpriced = errors.New("outbox: fee too low for the node")
	// ErrForeign says that another transaction of this key waits or took a nonce.
	ErrForeign = errors.New("outbox: the key is used by somebody else")
	// ErrGap says that nonces below a waiting transaction are unused.
	ErrGap = errors.New("outbox: gap in the nonces")
	// ErrBusy says that an older transaction is still open.
	ErrBusy = errors.New("outbox: an older transaction is open")
	// ErrRefused says that the node will not take a transaction for a reason that
	// does not pass: see its text.
	ErrRefused = errors.New("outbox: node refuses the transaction")
	// ErrNode says that the node did not answer, or contradicts itself.
	ErrNode = errors.New("outbox: node does not answer")
	// ErrSigner says that the signer did not sign what it was given.
	ErrSigner = errors.New("outbox: signer")

	// ErrStore says that the store could not be written.
	ErrStore = errors.New("outbox: store cannot be written")
	// ErrDamaged says that the store's file was changed or has another format.
	ErrDamaged = errors.New("outbox: damaged store")
	// ErrInUse says that another process has the store open.
	ErrInUse = errors.New("outbox: store is used by another process")
)
