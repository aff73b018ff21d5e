// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Makes many calls in one transaction, as an attacker would.
contract Crowd {
    function run(address target, uint256 value, bytes[] calldata calls) external payable {
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok, bytes memory out) = target.call{value: value}(calls[i]);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(out, 0x20), mload(out))
                }
            }
        }
    }
}
