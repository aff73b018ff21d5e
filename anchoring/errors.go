package anchoring

import "errors"

var (
	// ErrBehind says that the node no longer proves the state of the next block:
	// the source was away for too long. Start again with an empty cache, or use a
	// node that keeps more state.
	ErrBehind = errors.New("anchoring: node no longer has the state of the next block")

	// ErrLost says that the cache cannot be continued, because it or the nodes were
	// away for too long: the nodes no longer prove the next block (ErrBehind), or
	// it is too far below their head (follower.ErrGap). See SourceOptions.StopWhenLost.
	ErrLost = errors.New("anchoring: the cache cannot be continued on this chain")

	// errSomeUnavailable says that some nodes no longer prove the block and the
	// others did not answer.
	errSomeUnavailable = errors.New("anchoring: no node proves the block now")

	// ErrDetached says that no block of the cache is on the followed chain.
	ErrDetached = errors.New("anchoring: cache and chain have no common block")

	// ErrReverted says that a call or a transaction was executed and reverted.
	ErrReverted = errors.New("anchoring: reverted")

	// ErrRejected says that the verifier contract refused a proof.
	ErrRejected = errors.New("anchoring: proof rejected by the contract")

	// ErrTimeout says that a transaction was not included in time.
	ErrTimeout = errors.New("anchoring: transaction not included in time")

	// ErrKey says that a private key is malformed.
	ErrKey = errors.New("anchoring: malformed private key")

	// errLags says that a node is behind what another one told.
	errLags = errors.New("anchoring: node lags")

	// errOdd says that a node's answer makes no sense: another node is asked.
	errOdd = errors.New("anchoring: senseless answer of a node")

	// ErrDeployments says that the file of contract addresses is malformed, or
	// that the chain has other contracts there.
	ErrDeployments = errors.New("anchoring: contracts")

	// ErrNotAnchored says that the registry has nothing at a height.
	ErrNotAnchored = errors.New("anchoring: nothing is anchored")

	// ErrWithheld says that what is at hand is not what was anchored: the
	// operator did not publish it. He can be asked for it, by demands.
	ErrWithheld = errors.New("anchoring: not what is anchored")

	// ErrOtherState says that the state at hand is not the one that was anchored.
	ErrOtherState = errors.New("anchoring: another state than the anchored")

	// ErrHidden says that a node does not show all events that there must be.
	ErrHidden = errors.New("anchoring: the node holds events back")

	// ErrAnswerGas says that the answer to one demand does not fit into a transaction.
	ErrAnswerGas = errors.New("anchoring: an answer needs too much gas")

	// ErrNotWorth says that an answer would cost more, at the present price of gas,
	// than the anchor's bond is worth.
	ErrNotWorth = errors.New("anchoring: the answer costs more than the bond is worth")

	// ErrFenced says that another instance with a higher fence anchors: stop.
	ErrFenced = errors.New("anchoring: fenced off by another instance")
)
