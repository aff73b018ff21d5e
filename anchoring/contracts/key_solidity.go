package contracts

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// KeySolidity is Solidity source of a contract whose creation leaves a key as
// its code, for those who deploy with Solidity tools: give the contract's
// address to VmVerifier.addKey. That of a development key is named
// UnsafeDevKey… and cannot be created on chain ids other than 1337 and 31337;
// the verifier refuses it there as well. ErrBadKey as KeyCreationCode.
func KeySolidity(shape string, blob []byte) ([]byte, error) {
	if _, err := KeyCreationCode(blob); err != nil {
		return nil, err
	}
	name, guard := "Key", ""
	if blob[31]&1 != 0 { // flags, see src/Bn254.sol
		name = "UnsafeDevKey"
		guard = "        // its secrets are public: anyone can forge proofs under it\n" +
			"        require(block.chainid == 1337 || block.chainid == 31337, \"unsafe development key\");\n"
	}
	for word := range strings.SplitSeq(shape, "-") {
		name += strings.ToUpper(word[:min(1, len(word))]) + word[min(1, len(word)):]
	}
	var lines strings.Builder
	for i := 0; i < len(blob); i += 32 {
		_, _ = fmt.Fprintf(&lines, "\n            hex%q", hex.EncodeToString(blob[i:min(i+32, len(blob))])) // never fails
	}
	return fmt.Appendf(nil, `// SPDX-License-Identifier: Apache-2.0
// Verifying key of shape %s, as VmVerifier reads it. Written by vmhost keys export-solidity.
pragma solidity ^0.8.28;

contract %s {
    constructor() {
%s        bytes memory key =%s;
        assembly ("memory-safe") {
            return(add(key, 0x20), mload(key))
        }
    }
}
`, shape, name, guard, lines.String()), nil
}
