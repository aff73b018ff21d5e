// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IShapeVerifier} from "./IShapeVerifier.sol";
import {IVmVerifier} from "./IVmVerifier.sol";
import {Owned} from "./Owned.sol";

/// @title Router from a proof's selector to the verifier of its shape.
/// @notice A selector is the first four bytes of the verifying key id. It is
/// used once: a stopped one never verifies again and cannot be added again.
contract VmVerifier is IVmVerifier, Owned {
    struct Route {
        IShapeVerifier verifier;
        bool removed;
    }

    /// @notice Longest journal of a provable claim: eight words of 31 bytes.
    uint256 public constant MAX_JOURNAL = 248;

    uint256 private constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

    mapping(bytes4 selector => Route) private _routes;

    event VerifierAdded(bytes4 indexed selector, address verifier);
    event VerifierRemoved(bytes4 indexed selector, address indexed by);

    error SelectorZero();
    error SelectorInUse(bytes4 selector);
    error NoCode(address verifier);

    /// @notice Adds the verifier of a shape under a selector never used before.
    function addVerifier(bytes4 selector, IShapeVerifier verifier) external onlyOwner {
        if (selector == 0) revert SelectorZero();
        Route storage route = _routes[selector];
        if (route.removed) revert SelectorRemoved(selector);
        if (address(route.verifier) != address(0)) revert SelectorInUse(selector);
        if (address(verifier).code.length == 0) revert NoCode(address(verifier));
        route.verifier = verifier;
        emit VerifierAdded(selector, address(verifier));
    }

    /// @notice Stops a verifier for ever.
    function tombstone(bytes4 selector) external onlyOwner {
        _find(selector);
        _remove(selector);
    }

    /// @notice Stops a verifier for ever: anyone may, who can prove with it the
    /// impossible claim (program 0, commitment 0, empty journal). No program
    /// hashes to 0, so such a proof shows that the verifier is broken.
    /// @param proof selector and proof, as for `verify`
    function stop(bytes calldata proof) external {
        _verify(0, 0, proof[0:0], proof);
        _remove(bytes4(proof));
    }

    /// @inheritdoc IVmVerifier
    function verify(bytes32 programId, bytes32 commitment, bytes calldata journal, bytes calldata proof) external view {
        _verify(programId, commitment, journal, proof);
    }

    /// @notice The verifier under a selector; reverts if unknown or removed.
    function getVerifier(bytes4 selector) external view returns (IShapeVerifier) {
        return _find(selector);
    }

    /// @notice Whether a selector was stopped.
    function isRemoved(bytes4 selector) external view returns (bool) {
        return _routes[selector].removed;
    }

    function _find(bytes4 selector) private view returns (IShapeVerifier) {
        Route storage route = _routes[selector];
        if (route.removed) revert SelectorRemoved(selector);
        if (address(route.verifier) == address(0)) revert SelectorUnknown(selector);
        return route.verifier;
    }

    function _remove(bytes4 selector) private {
        _routes[selector].removed = true;
        emit VerifierRemoved(selector, msg.sender);
    }

    function _verify(bytes32 programId, bytes32 commitment, bytes calldata journal, bytes calldata proof) private view {
        if (proof.length < 4) revert VerificationFailed();
        IShapeVerifier verifier = _find(bytes4(proof));
        if (journal.length > MAX_JOURNAL || uint256(programId) >= R || uint256(commitment) >= R) {
            revert VerificationFailed();
        }
        try verifier.verifyProof(proof[4:], _inputs(programId, commitment, journal)) {}
        catch {
            revert VerificationFailed();
        }
    }

    /// @dev Word i is the big-endian integer of journal bytes [31 i, 31 i + 31),
    /// zero-padded on the right. Calldata behind the journal belongs to others,
    /// so the last word is cut.
    function _inputs(bytes32 programId, bytes32 commitment, bytes calldata journal)
        private
        pure
        returns (uint256[11] memory input)
    {
        input[0] = uint256(programId);
        input[1] = uint256(commitment);
        input[2] = journal.length;
        assembly ("memory-safe") {
            let end := add(journal.offset, journal.length)
            let word := add(input, 0x60)
            for { let at := journal.offset } lt(at, end) { at := add(at, 31) } {
                let value := shr(8, calldataload(at))
                let left := sub(end, at)
                if lt(left, 31) {
                    let cut := shl(3, sub(31, left))
                    value := shl(cut, shr(cut, value))
                }
                mstore(word, value)
                word := add(word, 0x20)
            }
        }
    }
}
