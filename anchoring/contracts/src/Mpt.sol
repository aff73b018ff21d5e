// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Rlp, RlpMalformed} from "./Rlp.sol";

/// @notice Node number `index` of a proof does not hash to what its parent names.
error NodeHashMismatch(uint256 index);
/// @notice A proof ends before the path does, or goes on after it.
error NodeCount(uint256 given, uint256 used);

/// @title Looks values up in a state or storage trie, whose keys are hashes.
/// @notice A proof lists the nodes from the root down, none for an empty trie.
/// Nodes shorter than 32 bytes stand inside their parent and are no part of the
/// list. What is not there is proven by the path that ends before it.
library Mpt {
    /// @notice Root of the empty trie: keccak of the empty string's encoding.
    bytes32 internal constant EMPTY_ROOT = 0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421;

    /// @dev A node that is being walked, and the path still to go.
    struct Cursor {
        uint256 pos; // calldata offset of the node
        uint256 end;
        uint256 path; // what is left of the key, from the top bit on
        uint256 left; // nibbles of it
        uint256 used; // nodes of the proof
    }

    /// @return start where the value under `key` is in calldata
    /// @return stop its end; start == stop when the value's absence is proven
    function lookup(bytes32 root, bytes32 key, bytes[] calldata proof)
        internal
        pure
        returns (uint256 start, uint256 stop)
    {
        if (root == EMPTY_ROOT) {
            if (proof.length != 0) revert NodeCount(proof.length, 0);
            return (0, 0);
        }
        Cursor memory c;
        c.path = uint256(key);
        c.left = 64;
        _follow(c, root, proof);
        bool found = true;
        while (found && start == stop) {
            (found, start, stop) = _step(c, proof);
        }
        if (c.used != proof.length) revert NodeCount(proof.length, c.used);
    }

    /// @dev One node: goes down (true, nothing), ends at the value (true, its
    /// place) or where there is none (false).
    function _step(Cursor memory c, bytes[] calldata proof) private pure returns (bool, uint256, uint256) {
        uint256 first = Rlp.readList(c.pos, c.end);
        (bool list, uint256 start, uint256 second) = Rlp.read(first, c.end);
        (,, uint256 third) = Rlp.read(second, c.end);
        if (third != c.end) return (_branch(c, first, proof), 0, 0);
        if (list) revert RlpMalformed();
        return _short(c, start, second, proof);
    }

    /// @dev A node of two items: a piece of the path from `pathStart` to
    /// `second`, then a value or a child.
    function _short(Cursor memory c, uint256 pathStart, uint256 second, bytes[] calldata proof)
        private
        pure
        returns (bool, uint256, uint256)
    {
        unchecked {
            (bool leaf, uint256 nibbles, uint256 piece) = _piece(pathStart, second);
            if (nibbles > c.left) revert RlpMalformed();
            bool same = (piece ^ c.path) >> (256 - 4 * nibbles) == 0;
            if (leaf) {
                // All keys are of one length: a leaf holds all that is left.
                if (nibbles != c.left) revert RlpMalformed();
                return _value(c, second, same);
            }
            if (nibbles == 0) revert RlpMalformed();
            if (!same) return (false, 0, 0);
            c.path <<= 4 * nibbles;
            c.left -= nibbles;
            if (!_child(c, second, proof)) revert RlpMalformed();
            return (true, 0, 0);
        }
    }

    /// @dev The value of a leaf, if the leaf is that of the key.
    function _value(Cursor memory c, uint256 pos, bool same) private pure returns (bool, uint256, uint256) {
        (bool list, uint256 start, uint256 stop) = Rlp.read(pos, c.end);
        if (list || start == stop) revert RlpMalformed();
        return same ? (true, start, stop) : (false, uint256(0), uint256(0));
    }

    /// @dev Decodes a piece of a path: its nibbles, the first in the top bits.
    function _piece(uint256 start, uint256 stop) private pure returns (bool leaf, uint256 nibbles, uint256 piece) {
        unchecked {
            uint256 size = stop - start;
            if (size == 0 || size > 33) revert RlpMalformed();
            assembly ("memory-safe") {
                piece := calldataload(start)
            }
            uint256 flag = piece >> 252; // 2: leaf, 1: an odd number of nibbles, the first in this byte
            if (flag > 3) revert RlpMalformed();
            leaf = flag >= 2;
            nibbles = 2 * (size - 1);
            if (flag & 1 == 1) return (leaf, nibbles + 1, piece << 4);
            if ((piece >> 248) & 0xf != 0) revert RlpMalformed();
            assembly ("memory-safe") {
                piece := calldataload(add(start, 1))
            }
        }
    }

    /// @dev Goes down one of sixteen children; false if it is not there.
    function _branch(Cursor memory c, uint256 pos, bytes[] calldata proof) private pure returns (bool) {
        unchecked {
            if (c.left == 0) revert RlpMalformed();
            uint256 want = c.path >> 252;
            uint256 child;
            for (uint256 i = 0; i < 17; ++i) {
                if (i == want) child = pos;
                (,, pos) = Rlp.read(pos, c.end);
            }
            if (pos != c.end) revert RlpMalformed();
            c.path <<= 4;
            c.left -= 1;
            return _child(c, child, proof);
        }
    }

    /// @dev Moves to the child at `pos`: a hash, a node in place, or nothing (false).
    function _child(Cursor memory c, uint256 pos, bytes[] calldata proof) private pure returns (bool) {
        (bool list, uint256 start, uint256 stop) = Rlp.read(pos, c.end);
        if (list) {
            if (stop - pos >= 32) revert RlpMalformed();
            (c.pos, c.end) = (pos, stop);
            return true;
        }
        if (start == stop) return false;
        if (stop - start != 32) revert RlpMalformed();
        bytes32 hash;
        assembly ("memory-safe") {
            hash := calldataload(start)
        }
        _follow(c, hash, proof);
        return true;
    }

    /// @dev Moves to the next node of the proof, which must have this hash.
    function _follow(Cursor memory c, bytes32 hash, bytes[] calldata proof) private pure {
        uint256 i = c.used;
        if (i >= proof.length) revert NodeCount(proof.length, i + 1);
        bytes calldata node = proof[i];
        if (keccak256(node) != hash) revert NodeHashMismatch(i);
        (c.pos, c.end) = Rlp.bounds(node);
        c.used = i + 1;
    }
}
