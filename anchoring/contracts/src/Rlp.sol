// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Not the one canonical encoding of anything.
error RlpMalformed();

/// @title Reads canonical RLP in calldata.
/// @notice An encoding that is longer than it need be is refused, as is one that
/// does not end where its container ends. Positions are calldata offsets.
library Rlp {
    /// @notice Reads the item at `pos`.
    /// @param end where the container ends
    /// @return list whether the item is a list
    /// @return start of the content
    /// @return stop end of the content, where the next item begins
    function read(uint256 pos, uint256 end) internal pure returns (bool list, uint256 start, uint256 stop) {
        unchecked {
            if (pos >= end) revert RlpMalformed();
            uint256 head = _byte(pos);
            if (head < 0x80) return (false, pos, pos + 1);
            list = head >= 0xc0;
            uint256 size = head - (list ? 0xc0 : 0x80);
            start = pos + 1;
            if (size >= 56) {
                // The size itself takes `digits` bytes; nothing here has over 2^24 - 1.
                uint256 digits = size - 55;
                if (digits > 3) revert RlpMalformed();
                size = 0;
                for (uint256 i = 0; i < digits; ++i) {
                    size = (size << 8) | _byte(start + i);
                }
                if (size < 56 || size >> (8 * (digits - 1)) == 0) revert RlpMalformed();
                start += digits;
            } else if (size == 1 && !list && _byte(start) < 0x80) {
                revert RlpMalformed();
            }
            stop = start + size;
            if (stop > end) revert RlpMalformed();
        }
    }

    /// @notice Reads a list that ends exactly at `end`.
    function readList(uint256 pos, uint256 end) internal pure returns (uint256 start) {
        (bool list, uint256 from, uint256 stop) = read(pos, end);
        if (!list || stop != end) revert RlpMalformed();
        return from;
    }

    /// @notice The string at `pos` as a number without leading zeros.
    function readUint(uint256 pos, uint256 end) internal pure returns (uint256 value, uint256 next) {
        (bool list, uint256 start, uint256 stop) = read(pos, end);
        uint256 size = stop - start;
        if (list || size > 32) revert RlpMalformed();
        if (size == 0) return (0, stop);
        assembly ("memory-safe") {
            value := shr(sub(256, mul(8, size)), calldataload(start))
        }
        if (value >> (8 * (size - 1)) == 0) revert RlpMalformed();
        return (value, stop);
    }

    /// @notice The string at `pos` as 32 bytes.
    function readHash(uint256 pos, uint256 end) internal pure returns (bytes32 value, uint256 next) {
        (bool list, uint256 start, uint256 stop) = read(pos, end);
        if (list || stop - start != 32) revert RlpMalformed();
        assembly ("memory-safe") {
            value := calldataload(start)
        }
        return (value, stop);
    }

    /// @notice Where the bytes are in calldata.
    function bounds(bytes calldata b) internal pure returns (uint256 start, uint256 end) {
        assembly ("memory-safe") {
            start := b.offset
            end := add(b.offset, b.length)
        }
    }

    function _byte(uint256 pos) private pure returns (uint256 b) {
        assembly ("memory-safe") {
            b := byte(0, calldataload(pos))
        }
    }
}
