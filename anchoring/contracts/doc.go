// Package contracts holds the Solidity sources of vmhost, their committed
// bytecode and ABI, and what is needed to deploy them.
//
//	src/        Solidity; src/generated holds the verifiers of the unsafe-dev keys
//	out/        one artifact (ABI, bytecode) a contract, written by build/build.sh
//	bindings/   Go bindings by abigen v2, written by build/build.sh
//	build/      the pinned compiler; needs node, which nothing else here does
//
// The artifacts are embedded: deploying needs neither solc nor node. Every
// verifier here belongs to a key whose trapdoor is public, so its contract
// refuses by itself, when it is deployed and when it verifies, on any chain id
// but 1337 and 31337 (see [RenameUnsafeDev]).
//
// All functions are safe for concurrent use; a [Sender] is used by one
// goroutine at a time. Errors are those of errors.go, wrapped once.
package contracts

//go:generate go run ./internal/genposeidon -out src/Poseidon2Constants.sol
