package outbox

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/rpc"
)

// errKnown says that the node has the transaction already.
var errKnown = errors.New("already known")

// errNonceLow says that the nonce was used.
var errNonceLow = errors.New("nonce too low")

// answers are the texts of nodes, lower case, and what they mean. JSON-RPC has
// no codes for them: these are the words of geth, erigon, besu, nethermind, reth
// and anvil. The first that is contained counts.
var answers = []struct {
	text string
	err  error
}{
	{"already known", errKnown},
	{"alreadyknown", errKnown},
	{"already imported", errKnown},
	{"known transaction", errKnown},
	{"nonce too low", errNonceLow},
	{"nonce_too_low", errNonceLow},
	{"oldnonce", errNonceLow},
	{"nonce is too low", errNonceLow},
	{"replacement transaction underpriced", ErrForeign},
	{"could not replace", ErrForeign},
	{"replacementnotallowed", ErrForeign},
	{"underpriced", ErrUnderpriced},
	{"less than block base fee", ErrUnderpriced},
	{"fee too low", ErrUnderpriced},
	{"feetoolow", ErrUnderpriced},
	{"gas price below", ErrUnderpriced},
	{"gas price too low", ErrUnderpriced},
	{"insufficient funds", ErrFunds},
	{"insufficientfunds", ErrFunds},
	{"insufficient balance", ErrFunds},
	{"upfront cost exceeds", ErrFunds},
	{"nonce too high", ErrGap},
	{"gapped-nonce", ErrGap},
	{"nonce gap", ErrGap},
	{"noncegap", ErrGap},
	{"intrinsic gas", ErrRefused},
	{"exceeds block gas limit", ErrRefused},
	{"gas limit too high", ErrRefused},
	{"floor data gas", ErrRefused},
	{"invalid sender", ErrRefused},
	{"invalid signature", ErrRefused},
	{"invalid chain id", ErrRefused},
	{"chain id", ErrRefused},
	{"type not supported", ErrRefused},
	{"exceeds the configured cap", ErrRefused},
}

// meaningOf classifies the answer to a sent transaction. Whatever is not known
// leaves open whether the node took it: ErrNode.
func meaningOf(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[rpc.Error](err); !ok {
		return fmt.Errorf("%w: %w", ErrNode, err)
	}
	text := strings.ToLower(err.Error())
	for _, a := range answers {
		if strings.Contains(text, a.text) {
			return fmt.Errorf("%w: %w", a.err, err)
		}
	}
	return fmt.Errorf("%w: %w", ErrNode, err)
}
