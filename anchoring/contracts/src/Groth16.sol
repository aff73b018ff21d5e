// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    R, G2_X1, G2_X0, NEG_G2_Y1, NEG_G2_Y0,
    KEY_SIZE, KEY_ALPHA, KEY_DELTA, KEY_SIGMA, KEY_K, requireChain
} from "./Bn254.sol";

/// @title Groth16 over BN254 with one BSB22 commitment, for any key of a claim.
///
/// A proof is A, B, C, the commitment D and its proof of knowledge Q (384
/// bytes). The statement x is program, commitment, journal length and eight
/// journal words. With c = keccak256(D) mod r and
///
///     L = K[0] + sum x[i] K[i] + c K[12] + D
///
/// the proof is valid if and only if both of these are 1 (gamma and the
/// commitment's base are the generator g of G2, as in every ceremony):
///
///     (1)  e(A, B) e(alpha, -beta) e(L, -g) e(C, -delta)     Groth16
///     (2)  e(D, sigma g) e(Q, -g)                             D is a commitment
///
/// What is computed is (1) times (2) to the power of
/// rho = keccak256(key, x, proof) mod r, in one pairing call:
///
///     e(A, B) e(alpha, -beta) e(L + rho Q, -g) e(C, -delta) e(rho D, sigma g) = 1
///
/// Why that is as good. All of it lives in groups of prime order r: G1 has no
/// other points, the precompile checks B, registration checked the key. So let
/// (1) be g_T^u and (2) be g_T^v; the product is 1 exactly if u + rho v = 0
/// modulo r. Everything that u and v depend on is hashed into rho, so they are
/// fixed before it is drawn. If (u, v) is not (0, 0), at most one rho of r fits
/// (none if v = 0), and a uniform 256-bit hash modulo r takes a given value with
/// probability at most 6/2^256. Whoever tries n hashes gets a false proof past
/// this line with probability below n/2^253, which is less than what (1) itself
/// promises on this curve.
///
/// Every coordinate of the proof is checked to be below p and on its curve by
/// the precompiles, which fail otherwise: A, B, C in the pairing, D and Q in
/// the additions and multiplications. Scalars: program and commitment are
/// compared with r, words are below 2^248, hashes are reduced.
///
/// Memory, from the free pointer, which is not moved:
///
///   0x000  0x520  the key, as Bn254.sol lays it out
///   0x520  0x160  the statement, eleven words
///   0x680  0x180  the proof: A 64, B 128, C 64, D 64, Q 64
///   0x800  0x0a0  accumulator 64, term 64, scalar 32: the precompiles' arguments
///   0x8a0  0x3c0  five pairs
library Groth16 {
    uint256 private constant PROOF_SIZE = 0x180;
    uint256 private constant MAX_JOURNAL = 248; // eight words of 31 bytes
    uint256 private constant STATEMENT = 0x520;
    uint256 private constant PROOF = 0x680;
    uint256 private constant PROOF_C = 0x740;
    uint256 private constant PROOF_D = 0x780;
    uint256 private constant PROOF_Q = 0x7c0;
    uint256 private constant TRANSCRIPT_SIZE = 0x800; // key, statement, proof
    uint256 private constant ACC = 0x800;
    uint256 private constant TERM = 0x840; // behind the accumulator: what _add takes
    uint256 private constant PAIRS = 0x8a0;

    /// @notice Whether the proof shows the claim under the key.
    /// @dev Requires that KeyBlob.check accepted the key. Reverts if the key is
    /// an unsafe development key and the chain is none. A malformed point makes
    /// a precompile burn 63/64 of the gas.
    function verify(address key, bytes32 programId, bytes32 commitment, bytes calldata journal, bytes calldata proof)
        internal
        view
        returns (bool)
    {
        if (
            proof.length != PROOF_SIZE || journal.length > MAX_JOURNAL || uint256(programId) >= R
                || uint256(commitment) >= R
        ) return false;
        uint256 m;
        uint256 header;
        assembly ("memory-safe") {
            m := mload(0x40)
            extcodecopy(key, m, 0, KEY_SIZE)
            header := mload(m)
            calldatacopy(add(m, PROOF), proof.offset, PROOF_SIZE)
        }
        requireChain(header);
        _statement(m, programId, commitment, journal);
        return _inputs(m) && _equation(m);
    }

    /// @dev Writes the statement. Word i is the big-endian integer of journal
    /// bytes [31 i, 31 i + 31), zero-padded on the right. Calldata behind the
    /// journal belongs to others, so the last word is cut.
    function _statement(uint256 m, bytes32 programId, bytes32 commitment, bytes calldata journal) private pure {
        assembly ("memory-safe") {
            let s := add(m, STATEMENT)
            mstore(s, programId)
            mstore(add(s, 0x20), commitment)
            mstore(add(s, 0x40), journal.length)
            s := add(s, 0x60)
            let at := journal.offset
            let end := add(at, journal.length)
            for { let last := add(s, 0x100) } lt(s, last) { s := add(s, 0x20) } {
                let word := 0
                if lt(at, end) {
                    word := shr(8, calldataload(at))
                    let left := sub(end, at)
                    if lt(left, 31) {
                        let cut := shl(3, sub(31, left))
                        word := shl(cut, shr(cut, word))
                    }
                }
                mstore(s, word)
                at := add(at, 31)
            }
        }
    }

    /// @dev Leaves L in the accumulator. An input that is zero adds nothing.
    function _inputs(uint256 m) private view returns (bool) {
        unchecked {
            uint256 k = m + KEY_K;
            _copy(m + ACC, k, 0x40);
            _copy(m + TERM, m + PROOF_D, 0x40);
            if (!_add(m)) return false;
            for (uint256 x = m + STATEMENT; x < m + PROOF; x += 0x20) {
                k += 0x40;
                uint256 scalar = _load(x);
                if (scalar != 0 && !_addMultiple(m, k, scalar)) return false;
            }
            return _addMultiple(m, k + 0x40, _hash(m + PROOF_D, 0x40));
        }
    }

    /// @dev Whether the pairing equation holds, with L in the accumulator.
    function _equation(uint256 m) private view returns (bool ok) {
        unchecked {
            uint256 rho = _hash(m, TRANSCRIPT_SIZE);
            if (!_addMultiple(m, m + PROOF_Q, rho)) return false;
            if (!_multiply(m, m + PROOF_D, rho)) return false;
            uint256 pairs = m + PAIRS;
            _copy(pairs, m + PROOF, 0xc0); // A, B
            _copy(pairs + 0xc0, m + KEY_ALPHA, 0xc0); // alpha, -beta
            _copy(pairs + 0x180, m + ACC, 0x40); // L + rho Q, -g
            _copy(pairs + 0x240, m + PROOF_C, 0x40); // C, -delta
            _copy(pairs + 0x280, m + KEY_DELTA, 0x80);
            _copy(pairs + 0x300, m + TERM, 0x40); // rho D, sigma g
            _copy(pairs + 0x340, m + KEY_SIGMA, 0x80);
            assembly ("memory-safe") {
                mstore(add(pairs, 0x1c0), G2_X1)
                mstore(add(pairs, 0x1e0), G2_X0)
                mstore(add(pairs, 0x200), NEG_G2_Y1)
                mstore(add(pairs, 0x220), NEG_G2_Y0)
                ok := staticcall(gas(), 0x08, pairs, 0x3c0, 0x00, 0x20)
                ok := and(ok, eq(returndatasize(), 0x20))
                ok := and(ok, eq(mload(0x00), 1))
            }
        }
    }

    /// @dev Accumulator += scalar times the point.
    function _addMultiple(uint256 m, uint256 point, uint256 scalar) private view returns (bool) {
        return _multiply(m, point, scalar) && _add(m);
    }

    /// @dev Term = scalar times the point. False if it is no point, or if there
    /// is no precompile, whose answer would be empty.
    function _multiply(uint256 m, uint256 point, uint256 scalar) private view returns (bool ok) {
        assembly ("memory-safe") {
            let term := add(m, TERM)
            mcopy(term, point, 0x40)
            mstore(add(term, 0x40), scalar)
            ok := staticcall(gas(), 0x07, term, 0x60, term, 0x40)
            ok := and(ok, eq(returndatasize(), 0x40))
        }
    }

    /// @dev Accumulator += term. False as for _multiply.
    function _add(uint256 m) private view returns (bool ok) {
        assembly ("memory-safe") {
            let acc := add(m, ACC)
            ok := staticcall(gas(), 0x06, acc, 0x80, acc, 0x40)
            ok := and(ok, eq(returndatasize(), 0x40))
        }
    }

    /// @dev keccak256 of memory, modulo r.
    function _hash(uint256 from, uint256 size) private pure returns (uint256 h) {
        assembly ("memory-safe") {
            h := mod(keccak256(from, size), R)
        }
    }

    function _copy(uint256 to, uint256 from, uint256 size) private pure {
        assembly ("memory-safe") {
            mcopy(to, from, size)
        }
    }

    function _load(uint256 from) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(from)
        }
    }
}
