// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Mpt} from "./Mpt.sol";
import {
    Entry,
    HEADER_FIELDS,
    KIND_BALANCE,
    KIND_HEADER,
    KIND_NONCE,
    KIND_SLOT,
    Leaf,
    Opening,
    REFUTED,
    Roots,
    Target,
    UnknownKind
} from "./Opening.sol";
import {Poseidon2} from "./Poseidon2.sol";
import {Rlp, RlpMalformed} from "./Rlp.sol";

/// @title Decides claims that a committed value is not what the chain has.
/// @notice Each function returns REFUTED if the target is proven false and
/// reverts otherwise. Nothing is stored and nobody is trusted: a call from
/// anywhere tells whether a challenge would succeed.
contract StateJudge {
    /// @notice The block's header, and a way from its state root to the value.
    struct Evidence {
        bytes header; // RLP; hashes to the block's hash
        bytes[] account; // nodes from the state root down
        bytes[] slot; // nodes from the account's storage root down; none for other kinds than 0
    }

    struct Account {
        uint256 nonce;
        uint256 balance;
        bytes32 storageRoot;
        bytes32 codeHash;
    }

    // Places of a header's fields.
    uint256 private constant STATE_ROOT = 3;
    uint256 private constant GAS_USED = 10;
    uint256 private constant TIMESTAMP = 11;
    uint256 private constant PREV_RANDAO = 13;
    uint256 private constant BASE_FEE = 15;

    /// @notice The header does not hash to the block's hash.
    error HeaderMismatch(bytes32 given, bytes32 required);
    /// @notice The commitment says what the chain says.
    error ValueTrue(bytes32 value);
    /// @notice The claim does not belong to the header collection.
    error NotHeaderField();
    /// @notice The claim belongs to the header collection: `refuteHeader`.
    error HeaderField();
    /// @notice Nodes of a storage proof that nothing needs.
    error ProofUnused(uint256 nodes);

    /// @notice The value of a leaf (slot, balance, nonce, code hash) differs from
    /// the block's state. What is absent there has value 0.
    function refuteValue(Target calldata t, Roots calldata r, Entry calldata e, Leaf calldata l, Evidence calldata ev)
        external
        view
        returns (bytes32)
    {
        if (e.index == 0) revert HeaderField();
        if (l.item.kind >= KIND_HEADER) revert UnknownKind(l.item.kind);
        bytes32 blockHash = _open(t, r, e, l);
        bytes32 value = _valueAt(l, blockHash, ev);
        if (value == l.value) revert ValueTrue(value);
        return REFUTED;
    }

    /// @notice A leaf of the header collection differs from the block's header.
    /// @param header its RLP; not needed for number and hash
    function refuteHeader(Target calldata t, Roots calldata r, Entry calldata e, Leaf calldata l, bytes calldata header)
        external
        view
        returns (bytes32)
    {
        // Another item than the field's own: refute that, with `refuteLeaf`.
        if (
            e.index != 0 || l.item.kind != KIND_HEADER || l.item.account != address(0) || l.item.key != 0
                || uint256(l.item.slot) != l.index || l.index >= HEADER_FIELDS
        ) revert NotHeaderField();
        bytes32 blockHash = _open(t, r, e, l);
        bytes32 value;
        if (l.index == 0) value = bytes32(uint256(r.past.length == 0 ? t.height : r.past[0].height));
        else if (l.index == 3) value = blockHash;
        else value = bytes32(_headerField(header, blockHash, l.index));
        if (value == l.value) revert ValueTrue(value);
        return REFUTED;
    }

    function _open(Target calldata t, Roots calldata r, Entry calldata e, Leaf calldata l)
        private
        view
        returns (bytes32 blockHash)
    {
        uint256 table = Poseidon2.load();
        uint256 directory;
        (, blockHash, directory) = Opening.block_(t, r, table);
        Opening.soundEntry(e, directory, table);
        Opening.leaf(l, e, table);
    }

    /// @dev What the state of the block has for the item of a leaf.
    function _valueAt(Leaf calldata l, bytes32 blockHash, Evidence calldata ev) private pure returns (bytes32) {
        uint8 kind = l.item.kind;
        if (kind != KIND_SLOT && ev.slot.length != 0) revert ProofUnused(ev.slot.length);
        bytes32 stateRoot = _stateRoot(ev.header, blockHash);
        Account memory a = _account(stateRoot, keccak256(abi.encodePacked(l.item.account)), ev.account);
        if (kind == KIND_SLOT) {
            (uint256 start, uint256 stop) = Mpt.lookup(a.storageRoot, keccak256(abi.encode(l.item.slot)), ev.slot);
            if (start == stop) return 0;
            (uint256 value, uint256 next) = Rlp.readUint(start, stop);
            if (next != stop || value == 0) revert RlpMalformed();
            return bytes32(value);
        }
        if (kind == KIND_BALANCE) return bytes32(a.balance);
        if (kind == KIND_NONCE) return bytes32(a.nonce);
        return a.codeHash;
    }

    /// @dev An absent account has storage root EMPTY_ROOT and all else 0, its
    /// code hash too.
    function _account(bytes32 stateRoot, bytes32 key, bytes[] calldata proof) private pure returns (Account memory a) {
        (uint256 pos, uint256 end) = Mpt.lookup(stateRoot, key, proof);
        if (pos == end) {
            a.storageRoot = Mpt.EMPTY_ROOT;
            return a;
        }
        pos = Rlp.readList(pos, end);
        (a.nonce, pos) = Rlp.readUint(pos, end);
        (a.balance, pos) = Rlp.readUint(pos, end);
        (a.storageRoot, pos) = Rlp.readHash(pos, end);
        (a.codeHash, pos) = Rlp.readHash(pos, end);
        if (pos != end) revert RlpMalformed();
    }

    function _stateRoot(bytes calldata header, bytes32 blockHash) private pure returns (bytes32 root) {
        (uint256 pos, uint256 end) = _find(header, blockHash, STATE_ROOT);
        (root,) = Rlp.readHash(pos, end);
    }

    /// @dev Timestamp, base fee (0 where the header has none), gas used or prev randao.
    function _headerField(bytes calldata header, bytes32 blockHash, uint256 field)
        private
        pure
        returns (uint256 value)
    {
        uint256 place = TIMESTAMP;
        if (field == 2) place = BASE_FEE;
        else if (field == 4) place = GAS_USED;
        else if (field == 5) place = PREV_RANDAO;
        (uint256 pos, uint256 end) = _find(header, blockHash, place);
        if (pos == end) return 0;
        if (field == 5) {
            (bytes32 randao,) = Rlp.readHash(pos, end);
            return uint256(randao);
        }
        (value,) = Rlp.readUint(pos, end);
    }

    /// @dev Where field number `place` of a header begins; the end if there is none.
    function _find(bytes calldata header, bytes32 blockHash, uint256 place)
        private
        pure
        returns (uint256 pos, uint256 end)
    {
        bytes32 hash = keccak256(header);
        if (hash != blockHash) revert HeaderMismatch(hash, blockHash);
        (pos, end) = Rlp.bounds(header);
        pos = Rlp.readList(pos, end);
        for (; place != 0 && pos != end; --place) {
            (,, pos) = Rlp.read(pos, end);
        }
    }
}
