// Package statefile reads, checks, writes and fetches the files STATE.json (the
// watched state of one block, with its proofs) and WATCH.json (what to watch).
//
// # STATE.json
//
// The format is "vmhost-state/1". Beside the fields of the project's interfaces
// note it has two that may be absent:
//
//   - collections[].base, the slot of the mapping that the items belong to. An
//     item with a key, and every item of a collection with a base, must have the
//     slot keccak(key ‖ base);
//   - commitment, the state commitment of the content. It binds what no Merkle
//     proof of the chain can: the chain id, the names, the order of the items.
//
// # Rungs
//
// [File.Check] says how far a file can be believed:
//
//	checked     header hashes to the block hash, and every value is proven
//	            against its state root
//	unverified  proofs or header are absent; only if the caller allows it
//
// That the block is on the chain is not said by a file. Proofs that are present
// and wrong are an error in any case, and so are proofs that nothing uses. A
// history root cannot be checked from the file, so a file with history is
// unverified; history.blocks is not supported in this version and refused.
//
// # Strictness
//
// Unknown, repeated and differently spelled fields are refused, as are numbers
// and hex in any form but the one that is written: lower case, quantities without
// leading zeros. A file that was changed in any byte of any field is refused or,
// where no commitment is given and nothing else binds the field (chain id,
// names), is another file. WATCH.json is written by people: hex of any case, and
// short slots, are accepted there.
//
// # Locking
//
// Files are plain values; the package has no state.
//
// # Errors
//
// See errors.go; those about an item are *binding.ItemError and name it.
package statefile
