package contracts

import (
	"fmt"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// customErrors are those of all contracts, by selector.
var customErrors = sync.OnceValue(func() map[[4]byte]abi.Error {
	out := map[[4]byte]abi.Error{}
	for _, contract := range Names() {
		a, err := Load(contract)
		if err != nil {
			continue // embedded: cannot happen
		}
		for _, e := range a.ABI.Errors {
			out[[4]byte(e.ID[:4])] = e
		}
	}
	return out
})

// DecodeError names the custom error in revert data, of any contract here, with
// its arguments; false if none has it. The judges' errors come through challenge.
func DecodeError(data []byte) (name string, args []any, ok bool) {
	if len(data) < 4 {
		return "", nil, false
	}
	e, ok := customErrors()[[4]byte(data[:4])]
	if !ok {
		return "", nil, false
	}
	args, err := e.Inputs.Unpack(data[4:])
	return e.Name, args, err == nil
}

// Reason says for people why a call reverted, from its revert data.
func Reason(data []byte) string {
	if len(data) == 0 {
		return "reverted without a reason"
	}
	name, args, ok := DecodeError(data)
	if !ok {
		if text, err := abi.UnpackRevert(data); err == nil {
			return text
		}
		return fmt.Sprintf("reverted with 0x%x", data)
	}
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = fmt.Sprint(arg)
		if b, ok := arg.([32]byte); ok {
			parts[i] = fmt.Sprintf("0x%x", b)
		}
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}
