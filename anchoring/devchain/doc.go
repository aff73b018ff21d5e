// Package devchain runs a real Ethereum node (go-ethereum) inside the process,
// for `vmhost dev` and for tests: the EVM, the state trie, JSON-RPC over HTTP
// and websocket on loopback, transactions in a pool, blocks on call or by a
// period. Nothing listens on the network but the one loopback port.
//
// The chain has id 1337, the rules of Osaka (no fork that is not released) and
// keeps every state, so that eth_getProof answers for any block.
//
// Blocks are sealed by this package rather than by go-ethereum's simulated
// beacon, for two reasons. The simulated beacon finalizes each 32nd block at
// the moment it is made, so a reorganisation of two blocks could cross
// finality; here the finalized block trails the head by Options.FinalityDepth.
// And it moves the head down to the common ancestor first; here Reorg switches
// from the old branch to a longer sibling at once, as a real client does:
//
//	subscriber sees:        15   16   17                    18'
//
//	      … ─ 14 ─ 15 ─ 16 ─ 17            old branch
//	              └ 15'─ 16'─ 17'─ 18'     one new head, its parent unknown
//
// # RPC
//
// Beside eth, net, web3, txpool and debug (tracers included) the node serves
// the namespace devnet:
//
//	devnet_mine(n)                        seals n blocks (default 1)
//	devnet_reorg(depth, {extra, empty, force})   see Chain.Reorg
//	devnet_finality(depth)                changes the distance of the finalized block
//
// # Locking
//
// One mutex serialises sealing and reorganising. An Activity is called with it
// held and must not call back into the chain's Mine or Reorg.
//
// # Errors
//
// See errors.go; all are wrapped with the block they concern.
package devchain
