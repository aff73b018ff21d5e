// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Poseidon2} from "./Poseidon2.sol";

// What a refuted anchor's judge answers: keccak256("vmhost.anchor.refuted").
bytes32 constant REFUTED = keccak256("vmhost.anchor.refuted");

// Domain tags: what stands first in a preimage.
uint256 constant TAG_LEAF = 1;
uint256 constant TAG_DIR = 2;
uint256 constant TAG_HISTORY = 3;
uint256 constant TAG_COMMIT = 4 + 256 * 1; // version 1
uint256 constant TAG_ITEM = 6; // + 256 * kind

// Kinds of item.
uint8 constant KIND_SLOT = 0;
uint8 constant KIND_BALANCE = 1;
uint8 constant KIND_NONCE = 2;
uint8 constant KIND_CODE_HASH = 3;
uint8 constant KIND_HEADER = 4;

uint256 constant DIRECTORY_DEPTH = 4;
uint256 constant HISTORY_DEPTH = 11;
uint256 constant MAX_DEPTH = 8; // of a collection
uint256 constant MAX_LENGTH = 1 << 24;
uint256 constant HEADER_FIELDS = 6;
uint256 constant HEADER_NAME = (6 << 248) | 0x686561646572; // "header"

/// @notice The anchor that a claim is about. It stands first in every call of a
/// judge, so that the registry finds it there.
struct Target {
    uint64 height;
    bytes32 blockHash;
    bytes32 commitment;
}

/// @notice The roots in a commitment, and at most one earlier block of its
/// history: then the claim is about that block.
struct Roots {
    bytes32 directoryRoot;
    bytes32 historyRoot;
    Past[] past;
}

struct Past {
    uint64 height;
    bytes32 blockHash;
    bytes32 directoryRoot;
    bytes32[] path; // 11 levels
}

/// @notice A directory entry, as its eight words, and its path of 4 levels. A
/// path lists the seven other children of each node, from the bottom up.
struct Entry {
    uint256[8] words; // DIR, name, depth, length, itemsRoot, root, baseHi, baseLo
    uint256 index;
    bytes32[] path;
}

struct Item {
    uint8 kind;
    address account;
    bytes32 slot;
    bytes32 key;
}

/// @notice A leaf of a collection, well-formed by its types.
struct Leaf {
    Item item;
    bytes32 value;
    uint256 index;
    bytes32[] path;
}

/// @notice Not below the order of the field: a second encoding of some element.
error NotFieldElement(bytes32 value);
error PathLength(uint256 given, uint256 required);
error IndexOutOfRange(uint256 index, uint256 length);
/// @notice What was opened is not part of the commitment.
error NotInCommitment();
/// @notice The entry is malformed: refute that, with `refuteEntry`.
error EntryMalformed();
error UnknownKind(uint256 kind);
/// @notice A claim names one earlier block at most.
error PastCount(uint256 given);

/// @title Opens a state commitment from the top to a leaf.
/// @notice Where a path leads is fixed by the index and by the depth that the
/// entry says, never by the path. Elements >= r are refused: a value + r would
/// hash as the value and compare as another. 256-bit words are split here, so
/// that no half is ever >= 2^128.
library Opening {
    /// @notice The block that a claim is about: the anchor's own, or an earlier
    /// one in its history. Reverts unless the roots are those of the commitment.
    function block_(Target calldata t, Roots calldata r, uint256 table)
        internal
        view
        returns (uint256 height, bytes32 blockHash, uint256 directory)
    {
        directory = element(r.directoryRoot);
        uint256 history = element(r.historyRoot);
        uint256[8] memory x = [
            TAG_COMMIT,
            block.chainid,
            t.height,
            uint256(t.blockHash) >> 128,
            uint128(uint256(t.blockHash)),
            directory,
            history,
            0
        ];
        if (bytes32(Poseidon2.h8(x, table)) != t.commitment) revert NotInCommitment();
        if (r.past.length == 0) return (t.height, t.blockHash, directory);
        if (r.past.length != 1) revert PastCount(r.past.length);
        Past calldata p = r.past[0];
        height = p.height;
        blockHash = p.blockHash;
        directory = element(p.directoryRoot);
        x = [TAG_HISTORY, height, uint256(blockHash) >> 128, uint128(uint256(blockHash)), directory, 0, 0, 0];
        if (climb(Poseidon2.h8(x, table), height, HISTORY_DEPTH, p.path, table) != history) revert NotInCommitment();
    }

    /// @notice Reverts unless the entry is in the directory. It may be malformed.
    function entry(Entry calldata e, uint256 directory, uint256 table) internal pure {
        if (climb(hash(e.words, table), e.index, DIRECTORY_DEPTH, e.path, table) != directory) {
            revert NotInCommitment();
        }
    }

    /// @notice As `entry`, and reverts if it is malformed.
    function soundEntry(Entry calldata e, uint256 directory, uint256 table) internal pure {
        entry(e, directory, table);
        if (!isSound(e.words, e.index)) revert EntryMalformed();
    }

    /// @notice Whether an entry at this place of a directory is well-formed.
    function isSound(uint256[8] calldata w, uint256 index) internal pure returns (bool) {
        uint256 depth = w[2];
        uint256 length = w[3];
        if (w[0] != TAG_DIR || !isName(w[1]) || length > MAX_LENGTH || depth > MAX_DEPTH) return false;
        // The least depth that has room; a collection of none or one has depth 0.
        if (length > 1 << (3 * depth) || (depth > 0 && length <= 1 << (3 * (depth - 1)))) return false;
        if ((length == 0) != (w[4] == 0) || (length == 0) != (w[5] == 0)) return false;
        if (w[6] >> 128 != 0 || w[7] >> 128 != 0) return false;
        if (index != 0) return w[1] != HEADER_NAME;
        return w[1] == HEADER_NAME && length == HEADER_FIELDS && w[6] == 0 && w[7] == 0;
    }

    /// @notice Whether an element is a name: its length times 2^248 plus its 1 to
    /// 31 bytes, which are of [a-z0-9._-].
    function isName(uint256 name) internal pure returns (bool) {
        unchecked {
            uint256 size = name >> 248;
            if (size == 0 || size > 31) return false;
            if ((name << 8) >> (8 + 8 * size) != 0) return false; // bytes above the first
            for (uint256 i = 0; i < size; ++i) {
                uint256 c = (name >> (8 * i)) & 0xff;
                if (c >= 0x61 && c <= 0x7a) continue; // a-z
                if (c >= 0x30 && c <= 0x39) continue; // 0-9
                if (c != 0x2d && c != 0x2e && c != 0x5f) return false; // - . _
            }
            return true;
        }
    }

    /// @notice Reverts unless the leaf is in the collection of a sound entry.
    function leaf(Leaf calldata l, Entry calldata e, uint256 table) internal pure {
        uint256[8] memory x;
        Item calldata it = l.item;
        if (it.kind > KIND_HEADER) revert UnknownKind(it.kind);
        x[0] = TAG_ITEM + 256 * uint256(it.kind);
        x[1] = uint160(it.account);
        (x[2], x[3]) = (uint256(it.slot) >> 128, uint128(uint256(it.slot)));
        (x[4], x[5]) = (uint256(it.key) >> 128, uint128(uint256(it.key)));
        uint256 item = Poseidon2.h8(x, table);
        x = [TAG_LEAF, item, uint256(l.value) >> 128, uint128(uint256(l.value)), 0, 0, 0, 0];
        member(Poseidon2.h8(x, table), l.index, e, e.words[5], l.path, table);
    }

    /// @notice Reverts unless the element is number `index` of a tree of a sound entry.
    function member(
        uint256 part,
        uint256 index,
        Entry calldata e,
        uint256 root,
        bytes32[] calldata path,
        uint256 table
    ) internal pure {
        if (index >= e.words[3]) revert IndexOutOfRange(index, e.words[3]);
        if (climb(part, index, e.words[2], path, table) != root) revert NotInCommitment();
    }

    /// @notice The root of a tree of `depth` levels that has `e` at `index`.
    function climb(uint256 e, uint256 index, uint256 depth, bytes32[] calldata path, uint256 table)
        internal
        pure
        returns (uint256)
    {
        unchecked {
            if (path.length != 7 * depth) revert PathLength(path.length, 7 * depth);
            if (index >> (3 * depth) != 0) revert IndexOutOfRange(index, 1 << (3 * depth));
            uint256[8] memory x;
            uint256 next;
            for (; depth != 0; --depth) {
                uint256 place = index & 7;
                for (uint256 i = 0; i < 8; ++i) {
                    x[i] = i == place ? e : element(path[next++]);
                }
                e = Poseidon2.h8(x, table);
                index >>= 3;
            }
            return e;
        }
    }

    /// @notice H8 of eight words, each of which must be an element.
    function hash(uint256[8] calldata words, uint256 table) internal pure returns (uint256) {
        uint256[8] memory x;
        for (uint256 i = 0; i < 8; ++i) {
            x[i] = element(bytes32(words[i]));
        }
        return Poseidon2.h8(x, table);
    }

    function element(bytes32 e) internal pure returns (uint256) {
        if (uint256(e) >= Poseidon2.R) revert NotFieldElement(e);
        return uint256(e);
    }
}
