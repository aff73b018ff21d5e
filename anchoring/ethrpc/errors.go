package ethrpc

import "errors"

var (
	// ErrNotFound says that the node does not know the block.
	ErrNotFound = errors.New("ethrpc: block not found")

	// ErrHeader says that a header cannot be decoded or that its fields are out of range.
	ErrHeader = errors.New("ethrpc: malformed header")

	// ErrHeaderHash says that a header does not hash to the hash given with it.
	ErrHeaderHash = errors.New("ethrpc: header does not match its hash")

	// ErrWrongBlock says that the node answered another block than the one asked for.
	ErrWrongBlock = errors.New("ethrpc: answered another block")

	// ErrNoSubscription says that the URL's scheme cannot carry subscriptions.
	ErrNoSubscription = errors.New("ethrpc: no subscriptions over this connection")

	// ErrRateLimited says that the node asked to be left alone for a while.
	ErrRateLimited = errors.New("ethrpc: not to be asked for a while")

	// ErrChainID says that a node serves another chain.
	ErrChainID = errors.New("ethrpc: node serves another chain")

	// ErrURL says that an endpoint's URL cannot be used.
	ErrURL = errors.New("ethrpc: unusable URL")
)

// Faulty reports whether err means that the node gave a wrong answer, rather
// than none: asking again is unlikely to help.
func Faulty(err error) bool {
	return errors.Is(err, ErrHeader) || errors.Is(err, ErrHeaderHash) || errors.Is(err, ErrWrongBlock)
}
