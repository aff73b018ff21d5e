// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Mpt} from "../Mpt.sol";
import {Opening} from "../Opening.sol";
import {Rlp} from "../Rlp.sol";

/// @title The judges' libraries by themselves, for the tests.
contract LibHarness {
    function lookup(bytes32 root, bytes32 key, bytes[] calldata proof) external pure returns (bytes memory) {
        (uint256 start, uint256 stop) = Mpt.lookup(root, key, proof);
        return msg.data[start:stop];
    }

    /// @return list whether the first item is one
    /// @return content of it
    /// @return rest of the bytes
    function read(bytes calldata b) external pure returns (bool list, bytes memory content, uint256 rest) {
        (uint256 pos, uint256 end) = Rlp.bounds(b);
        uint256 start;
        (list, start, pos) = Rlp.read(pos, end);
        return (list, msg.data[start:pos], end - pos);
    }

    function readUint(bytes calldata b) external pure returns (uint256 value, uint256 rest) {
        (uint256 pos, uint256 end) = Rlp.bounds(b);
        (value, pos) = Rlp.readUint(pos, end);
        return (value, end - pos);
    }

    function isName(uint256 name) external pure returns (bool) {
        return Opening.isName(name);
    }

    function isSound(uint256[8] calldata words, uint256 index) external pure returns (bool) {
        return Opening.isSound(words, index);
    }
}
