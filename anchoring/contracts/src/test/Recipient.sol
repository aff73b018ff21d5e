// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title An account that does something bad when it is paid.
contract Recipient {
    bool public refuses;
    uint256 public again; // calls of withdraw from within, and how many of them went through
    uint256 public through;

    function set(bool refuses_) external {
        refuses = refuses_;
    }

    function run(address target, bytes calldata data) external payable {
        (bool ok, bytes memory out) = target.call{value: msg.value}(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(out, 0x20), mload(out))
            }
        }
    }

    receive() external payable {
        require(!refuses);
        again += 1;
        (bool ok,) = msg.sender.call(abi.encodeWithSignature("withdraw()"));
        if (ok) through += 1;
    }
}
