// Package contracts holds the Solidity sources of vmhost, their committed
// bytecode and ABI, and what is needed to deploy them.
//
//	src/        Solidity; src/test holds what only tests deploy
//	out/        one artifact (ABI, bytecode) a contract, written by build/build.sh
//	bindings/   Go bindings by abigen v2, written by build/build.sh
//	build/      the pinned compiler; needs node, which nothing else here does
//
// The artifacts are embedded: deploying needs neither solc nor node. A verifying
// key is no contract of its own but data, the code of a contract that cannot be
// run ([KeyCreationCode]): a new circuit shape needs no new verifier. A key that
// was made from a public seed says so in its bytes, and the router refuses it,
// when it is added and whenever it verifies, on any chain id but 1337 and 31337.
//
// A [Suspect] is an anchor with what is known of the tree behind it. Its methods
// encode challenges, [Suspect.Audit] finds what can be challenged, and names what
// is not known so that [Suspect.Demand] can ask for it; [Answer] encodes what an
// operator replies. README.md says what can be refuted and what it costs.
//
// All functions are safe for concurrent use; a [Sender] is used by one
// goroutine at a time. Errors are those of errors.go, wrapped once.
package contracts

//go:generate go run ./internal/genposeidon -out src/Poseidon2Constants.sol
