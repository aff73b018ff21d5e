package contracts

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// UnsafeDevPrefix begins the name of every verifier of an unsafe-dev key.
const UnsafeDevPrefix = "UnsafeDevVerifier"

var classPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// UnsafeDevName is the contract name of a class or shape: "tiny" gives
// UnsafeDevVerifierTiny, "s-scan" UnsafeDevVerifierSScan.
func UnsafeDevName(class string) (string, error) {
	if !classPattern.MatchString(class) {
		return "", fmt.Errorf("%w: %q", ErrBadClass, class)
	}
	var b strings.Builder
	b.WriteString(UnsafeDevPrefix)
	for word := range strings.SplitSeq(class, "-") {
		b.WriteString(strings.ToUpper(word[:1]))
		b.WriteString(word[1:])
	}
	return b.String(), nil
}

// edit replaces a text that must occur exactly `times` times.
type edit struct {
	old, new string
	times    int
}

// RenameUnsafeDev turns the Solidity verifier of an unsafe-dev key, as gnark
// v0.15's ExportSolidity writes it without options but the pragma, into a
// contract that nobody can use on a real chain by mistake: it is named
// UnsafeDevVerifier…, says so, and its constructor and every function that
// verifies revert unless the chain id is 1337 or 31337. The file belongs at
// src/generated/NAME.sol, one folder below IShapeVerifier.sol.
//
// A source in which any of the expected places is missing or doubled gives
// ErrNotExported: a verifier is never written without its guard.
func RenameUnsafeDev(src []byte, class string) ([]byte, error) {
	name, err := UnsafeDevName(class)
	if err != nil {
		return nil, err
	}
	if err := checkEntryPoints(src); err != nil {
		return nil, err
	}
	pragma := pragmaPattern.FindAll(src, 2)
	if len(pragma) != 1 {
		return nil, fmt.Errorf("%w: %d pragma lines", ErrNotExported, len(pragma))
	}
	edits := []edit{
		{string(pragma[0]), devPragma, 1},
		{"\n/// @title Groth16 verifier template.\n", fmt.Sprintf(devTitle, class), 1},
		{"\ncontract Verifier {\n", fmt.Sprintf(devHead, name), 1},
		// The two entry points and the internal sum of the public inputs.
		{"uint256[11] calldata input", "uint256[11] calldata input", 3},
		{"uint256[1] calldata compressedCommitments,", "uint256[1] calldata compressedCommitments,", 1},
		{"        uint256[11] calldata input\n    ) public view {\n", "        uint256[11] calldata input\n    ) public view onlyDevChain {\n", 2},
	}
	out := string(bytes.TrimLeft(src, "\n"))
	for _, e := range edits {
		if n := strings.Count(out, e.old); n != e.times {
			return nil, fmt.Errorf("%w: %q occurs %d times, not %d", ErrNotExported, strings.TrimSpace(e.old), n, e.times)
		}
		out = strings.ReplaceAll(out, e.old, e.new)
	}
	return []byte(out), nil
}

var (
	pragmaPattern = regexp.MustCompile(`(?m)^pragma solidity [^;\n]+;$`)
	codePattern   = regexp.MustCompile(`(?m)^[^\n/]*\b(public|external|constructor|fallback|receive|selfdestruct|delegatecall)\b`)
)

// checkEntryPoints refuses a source with other entry points than gnark's
// three: a fourth could verify without the guard.
func checkEntryPoints(src []byte) error {
	lines := codePattern.FindAll(src, -1)
	if len(lines) != 3 {
		return fmt.Errorf("%w: %d entry points, not 3", ErrNotExported, len(lines))
	}
	return nil
}

const devPragma = `pragma solidity ^0.8.28;

import {IShapeVerifier} from "../IShapeVerifier.sol";`

const devTitle = `
/// @title UNSAFE: the verifier of the %q development key. Its trapdoor is
/// public, anyone can prove anything. It refuses every chain id but 1337 and
/// 31337. Exported by gnark, guarded by vmhost's RenameUnsafeDev; do not edit.
`

const devHead = `
contract %s is IShapeVerifier {

    /// The key of this verifier is for development chains only.
    error UnsafeDevKeyOnRealChain(uint256 chainId);

    modifier onlyDevChain() {
        if (block.chainid != 1337 && block.chainid != 31337) {
            revert UnsafeDevKeyOnRealChain(block.chainid);
        }
        _;
    }

    constructor() onlyDevChain {}
`
