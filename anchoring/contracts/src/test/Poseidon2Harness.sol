// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Poseidon2} from "../Poseidon2.sol";

/// @title Batches of H8 for the tests: one call hashes many vectors.
contract Poseidon2Harness {
    function h8(uint256[8][] calldata xs) external pure returns (uint256[] memory out) {
        out = new uint256[](xs.length);
        uint256 table = Poseidon2.load();
        for (uint256 i = 0; i < xs.length; i++) {
            out[i] = Poseidon2.h8(xs[i], table);
        }
    }

    /// @return used the gas of one H8 with its table loaded already
    /// @return loading the gas of loading the table
    function gasOfH8(uint256[8] calldata x) external view returns (uint256 used, uint256 loading, uint256 result) {
        uint256[8] memory m = x;
        loading = gasleft();
        uint256 table = Poseidon2.load();
        loading -= gasleft();
        used = gasleft();
        result = Poseidon2.h8(m, table);
        used -= gasleft();
    }
}
