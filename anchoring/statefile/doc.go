// Package statefile reads, checks, writes and fetches the files STATE.json (the
// watched state of one block, with its proofs) and WATCH.json (what to watch).
//
// # STATE.json
//
// The format is "vmhost-state/1". Beside the fields of the project's interfaces
// note it has three that may be absent:
//
//   - collections[].base, the slot of the mapping that the items belong to. An
//     item with a key, and every item of a collection with a base, must have the
//     slot keccak(key ‖ base);
//   - collections[].dropped: the collection was ended and has no items any more;
//     its name and its place in the directory stay taken;
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
// and wrong are an error in any case, and so are proofs that nothing uses.
//
// A file may hold earlier blocks (history.blocks), each with its header and
// proofs. It is checked if they are all that its history root covers: an
// unbroken chain, by the parents' hashes, up to the file's block, that has this
// root ([FetchHistory] makes such files). A file with a part of its history, as
// exported from a running cache, is unverified.
//
// # WATCH.json
//
// The format is "vmhost-watch/1". Each collection has a name and one of these:
//
//		{"format":"vmhost-watch/1","chainId":"0x1","collections":[
//		  {"name":"pool","items":[{"address":"0x…","slot":"0x8"},{"kind":"balance","address":"0x…"}]},
//		  {"name":"reserves","slots":{"address":"0x…","from":"0x0","count":8}},
//		  {"name":"rich","balances":["0x…","0x…"]},
//		  {"name":"queue","array":{"address":"0x…","base":"0x5"}},
//		  {"name":"holders","mapping":{"address":"0x…","base":"0x1","keys":["0x…20 or 32 bytes"],
//		    "events":{"event":"Transfer(address,address,uint256)","keys":["topic1","topic2"],"from":"0x112a880"}}},
//		  {"name":"allowances","mapping":{"address":"0x…","base":"0x2","outer":["0x…owner"],"keys":["0x…spender"]}}]}
//
//	  - items: kind is slot (default), balance, nonce or codehash; base and key as
//	    in STATE.json;
//	  - slots: count slots from one on (default 0);
//	  - balances: accounts;
//	  - array: a Solidity array of dynamic length whose length is at slot base. Item
//	    0 is the length, the slots of the elements follow: words slots an element
//	    (default 1), or packed elements a slot. It grows with the array, to max items
//	    (default 65,536), unless count fixes the number of elements. It never
//	    shrinks: elements beyond the length read as the chain has them, 0;
//	  - mapping: the entries of the keys, at keccak(key ‖ base). outer leads through
//	    mappings of mappings to the inner one. offset picks a word of a struct; only
//	    word 0 has keys, since a key binds keccak(key ‖ base). With events the mapping
//	    grows: each log of that event, of the mapping's contract or of address, adds
//	    the entries of the keys in it (topic1 to topic3, word0 and so on of the data).
//	    from looks older logs up, which the node does not prove (see package binding).
//
// Items are only ever added at the end. The items root of a collection (its
// manifest) is printed by `vmhost state commit` and `vmhost watch list`.
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
