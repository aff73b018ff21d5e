// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    P, G2_X1, G2_X0, KEY_SIZE, KEY_HEADER, FLAG_UNSAFE_DEV, KEY_ALPHA, KEY_BETA, KEY_DELTA, KEY_SIGMA, KEY_K,
    requireChain
} from "./Bn254.sol";

/// @notice Not the code of a key of this version.
error KeyMalformed(address key);
/// @notice At this offset is no point of the group, or infinity.
error KeyPointInvalid(address key, uint256 offset);
/// @notice At this offset is a point whose secret is known, or the one at `other` again.
error KeyPointKnown(address key, uint256 offset, uint256 other);

/// @title What a contract's code must be to serve as a key (layout: Bn254.sol).
///
/// Checked once, when the key is added: code that begins with STOP cannot
/// destroy itself, so it stays what it is. What no check can see is whether the
/// secrets behind the points were forgotten; that is what a ceremony is for. But
/// a secret that anyone can read off the points is refused: minus beta, minus
/// delta and sigma g must differ from the generator g, from each other and from
/// the negatives of these. A setup whose last phase was left out has delta = g =
/// gamma, and then anyone turns K[i] into C: such keys have been deployed and
/// robbed. Equal points among K[1..12] would let public inputs stand for each other.
library KeyBlob {
    /// @notice Reverts unless the code of `key` is a usable key for this chain;
    /// returns its identity, the hash of the code.
    function check(address key) internal view returns (bytes32 id) {
        bytes memory code = key.code;
        if (code.length != KEY_SIZE) revert KeyMalformed(key);
        uint256 header = _at(code, 0);
        if (header & ~FLAG_UNSAFE_DEV != KEY_HEADER) revert KeyMalformed(key);
        requireChain(header);
        _checkG1(key, code, KEY_ALPHA);
        if (_at(code, KEY_ALPHA) == 1) revert KeyPointKnown(key, KEY_ALPHA, 0); // (1, ±2): the generator
        for (uint256 i = KEY_K; i < KEY_SIZE; i += 0x40) {
            _checkG1(key, code, i);
            for (uint256 j = KEY_K + 0x40; j < i; j += 0x40) {
                if (_at(code, i) == _at(code, j)) revert KeyPointKnown(key, i, j);
            }
        }
        for (uint256 i = KEY_BETA; i <= KEY_SIGMA; i += 0x80) {
            _checkG2(key, code, i);
            if (_at(code, i) == G2_X1 && _at(code, i + 0x20) == G2_X0) revert KeyPointKnown(key, i, 0);
            for (uint256 j = KEY_BETA; j < i; j += 0x80) {
                if (_at(code, i) == _at(code, j) && _at(code, i + 0x20) == _at(code, j + 0x20)) {
                    revert KeyPointKnown(key, i, j);
                }
            }
        }
        return keccak256(code);
    }

    /// @dev On the curve y^2 = x^3 + 3, whose points are the group. Infinity,
    /// (0, 0), is not on it.
    function _checkG1(address key, bytes memory code, uint256 offset) private pure {
        uint256 x = _at(code, offset);
        uint256 y = _at(code, offset + 0x20);
        if (x >= P || y >= P || mulmod(y, y, P) != addmod(mulmod(mulmod(x, x, P), x, P), 3, P)) {
            revert KeyPointInvalid(key, offset);
        }
    }

    /// @dev The pairing precompile checks coordinates, curve and group of the
    /// point beside infinity, which pairs to 1.
    function _checkG2(address key, bytes memory code, uint256 offset) private view {
        uint256[6] memory pair; // infinity of G1, the point
        uint256 some;
        for (uint256 i; i < 4; ++i) {
            pair[2 + i] = _at(code, offset + 0x20 * i);
            some |= pair[2 + i];
        }
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 0x08, pair, 0xc0, 0x00, 0x20)
            ok := and(ok, eq(returndatasize(), 0x20))
            ok := and(ok, eq(mload(0x00), 1))
        }
        if (!ok || some == 0) revert KeyPointInvalid(key, offset);
    }

    function _at(bytes memory code, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(code, 0x20), offset))
        }
    }
}
