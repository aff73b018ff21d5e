// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Groth16} from "./Groth16.sol";
import {IVmVerifier} from "./IVmVerifier.sol";
import {KeyBlob} from "./KeyBlob.sol";
import {Owned} from "./Owned.sol";

/// @title Verifies claims under keys that are data.
/// @notice A key is the code of a contract that nobody can run. Its identity is
/// the hash of that code, its selector the first four bytes of the identity. A
/// selector is used once: a stopped one never verifies again and cannot be
/// added again.
contract VmVerifier is IVmVerifier, Owned {
    struct Route {
        address key;
        bool removed;
    }

    /// @notice Longest journal of a provable claim: eight words of 31 bytes.
    uint256 public constant MAX_JOURNAL = 248;

    mapping(bytes4 selector => Route) private _routes;

    event KeyAdded(bytes4 indexed selector, bytes32 indexed id, address key);
    event KeyRemoved(bytes4 indexed selector, address indexed by);

    error SelectorZero();
    error SelectorInUse(bytes4 selector);

    /// @notice Adds the key that is the code of `key`, unless it is malformed,
    /// its secrets are known, or it is a development key and this is no
    /// development chain.
    /// @return id hash of the key; the selector is its first four bytes
    function addKey(address key) external onlyOwner returns (bytes32 id) {
        id = KeyBlob.check(key);
        bytes4 selector = bytes4(id);
        if (selector == 0) revert SelectorZero();
        Route storage route = _routes[selector];
        if (route.removed) revert SelectorRemoved(selector);
        if (route.key != address(0)) revert SelectorInUse(selector);
        route.key = key;
        emit KeyAdded(selector, id, key);
    }

    /// @notice Stops a key for ever.
    function tombstone(bytes4 selector) external onlyOwner {
        _find(selector);
        _remove(selector);
    }

    /// @notice Stops a key for ever: anyone may, who can prove with it the
    /// impossible claim (program 0, commitment 0, empty journal). No program
    /// hashes to 0, so such a proof shows that the key or its circuit is broken.
    /// @param proof selector and proof, as for `verify`
    function stop(bytes calldata proof) external {
        _verify(0, 0, proof[0:0], proof);
        _remove(bytes4(proof));
    }

    /// @inheritdoc IVmVerifier
    function verify(bytes32 programId, bytes32 commitment, bytes calldata journal, bytes calldata proof) external view {
        _verify(programId, commitment, journal, proof);
    }

    /// @notice The contract that holds the key of a selector; reverts if unknown or removed.
    function getKey(bytes4 selector) external view returns (address) {
        return _find(selector);
    }

    /// @notice Whether a selector was stopped.
    function isRemoved(bytes4 selector) external view returns (bool) {
        return _routes[selector].removed;
    }

    function _find(bytes4 selector) private view returns (address) {
        Route storage route = _routes[selector];
        if (route.removed) revert SelectorRemoved(selector);
        if (route.key == address(0)) revert SelectorUnknown(selector);
        return route.key;
    }

    function _remove(bytes4 selector) private {
        _routes[selector].removed = true;
        emit KeyRemoved(selector, msg.sender);
    }

    function _verify(bytes32 programId, bytes32 commitment, bytes calldata journal, bytes calldata proof) private view {
        if (proof.length < 4) revert VerificationFailed();
        address key = _find(bytes4(proof));
        if (!Groth16.verify(key, programId, commitment, journal, proof[4:])) revert VerificationFailed();
    }
}
