// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    Poseidon2Constants,
    POSEIDON2_D0,
    POSEIDON2_D1,
    POSEIDON2_D2,
    POSEIDON2_D3,
    POSEIDON2_D4,
    POSEIDON2_D5,
    POSEIDON2_D6,
    POSEIDON2_D7
} from "./Poseidon2Constants.sol";

/// @title H8, the tree hash of vmhost: the first element of P(x) + x, P =
/// Poseidon2 over the BN254 scalar field, width 8, 8 full and 57 partial rounds.
library Poseidon2 {
    /// @notice The order r of the scalar field.
    uint256 internal constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

    /// @notice Loads the round keys; one table serves any number of h8 calls.
    function load() internal pure returns (uint256 table) {
        return Poseidon2Constants.load();
    }

    /// @notice Compresses eight field elements into one.
    /// @dev Requires every x[i] < R: the caller refuses others, they would
    /// give two encodings of one preimage. `table` comes from load().
    ///
    /// Reduction is lazy. 2^256 > 5 R, and addmod and mulmod take any word, so
    /// only a plain sum must stay below 5 R. Bounds, in units of R:
    ///   S-box in: any word; out: 1
    ///   M4 (in 1): t0, t1 2; b, d 4; out, by addmod, 1
    ///   E (in 1): out 2 * 1 + 1 = 3; with a round key 4
    ///   entry to the partial rounds: even lanes reduced to 1, odd ones stay 3,
    ///   so that every pair sum is at most 4
    ///   partial round: lane 0 in any word, after the S-box 1; other lanes at
    ///   most 2 from the second round on; pair sums 4; out 1 + 1 = 2
    function h8(uint256[8] memory x, uint256 table) internal pure returns (uint256 out) {
        assembly ("memory-safe") {
            let s0 := mload(x)
            let s1 := mload(add(x, 0x20))
            let s2 := mload(add(x, 0x40))
            let s3 := mload(add(x, 0x60))
            let s4 := mload(add(x, 0x80))
            let s5 := mload(add(x, 0xa0))
            let s6 := mload(add(x, 0xc0))
            let s7 := mload(add(x, 0xe0))
            let key := table
            let t

            // The loop body ends with the external matrix E; the permutation
            // begins with it, so the first pass skips the S-boxes. E runs at
            // round keys 0 (start), 1..4 (then the partial rounds), 5..8.
            for {} 1 {} {
                // E = circ(2 M4, M4). M4 on lanes 0..3, in place.
                out := add(s0, s1)
                t := add(s2, s3)
                s1 := add(add(s1, s1), t)
                s3 := add(add(s3, s3), out)
                t := addmod(addmod(add(t, t), add(t, t), R), s3, R)
                out := addmod(addmod(add(out, out), add(out, out), R), s1, R)
                s0 := addmod(s3, out, R)
                s2 := addmod(s1, t, R)
                s1 := out
                s3 := t
                // M4 on lanes 4..7.
                out := add(s4, s5)
                t := add(s6, s7)
                s5 := add(add(s5, s5), t)
                s7 := add(add(s7, s7), out)
                t := addmod(addmod(add(t, t), add(t, t), R), s7, R)
                out := addmod(addmod(add(out, out), add(out, out), R), s5, R)
                s4 := addmod(s7, out, R)
                s6 := addmod(s5, t, R)
                s5 := out
                s7 := t
                // Column sums.
                t := add(s0, s4)
                s0 := add(s0, t)
                s4 := add(s4, t)
                t := add(s1, s5)
                s1 := add(s1, t)
                s5 := add(s5, t)
                t := add(s2, s6)
                s2 := add(s2, t)
                s6 := add(s6, t)
                t := add(s3, s7)
                s3 := add(s3, t)
                s7 := add(s7, t)

                // 32 keys after the start: the 57 partial rounds.
                if eq(key, add(table, 0x400)) {
                    s2 := mod(s2, R)
                    s4 := mod(s4, R)
                    s6 := mod(s6, R)
                    for { let end := add(key, 0x720) } lt(key, end) { key := add(key, 0x20) } {
                        s0 := add(s0, mload(key))
                        t := mulmod(s0, s0, R)
                        s0 := mulmod(mulmod(t, t, R), s0, R)
                        t := addmod(
                            addmod(add(s0, s1), add(s2, s3), R),
                            addmod(add(s4, s5), add(s6, s7), R),
                            R
                        )
                        s0 := add(mulmod(s0, POSEIDON2_D0, R), t)
                        s1 := add(mulmod(s1, POSEIDON2_D1, R), t)
                        s2 := add(mulmod(s2, POSEIDON2_D2, R), t)
                        s3 := add(mulmod(s3, POSEIDON2_D3, R), t)
                        s4 := add(mulmod(s4, POSEIDON2_D4, R), t)
                        s5 := add(mulmod(s5, POSEIDON2_D5, R), t)
                        s6 := add(mulmod(s6, POSEIDON2_D6, R), t)
                        s7 := add(mulmod(s7, POSEIDON2_D7, R), t)
                    }
                }
                // 121 keys: done.
                if eq(key, add(table, 0xf20)) { break }

                s0 := add(s0, mload(key))
                t := mulmod(s0, s0, R)
                s0 := mulmod(mulmod(t, t, R), s0, R)
                s1 := add(s1, mload(add(key, 0x20)))
                t := mulmod(s1, s1, R)
                s1 := mulmod(mulmod(t, t, R), s1, R)
                s2 := add(s2, mload(add(key, 0x40)))
                t := mulmod(s2, s2, R)
                s2 := mulmod(mulmod(t, t, R), s2, R)
                s3 := add(s3, mload(add(key, 0x60)))
                t := mulmod(s3, s3, R)
                s3 := mulmod(mulmod(t, t, R), s3, R)
                s4 := add(s4, mload(add(key, 0x80)))
                t := mulmod(s4, s4, R)
                s4 := mulmod(mulmod(t, t, R), s4, R)
                s5 := add(s5, mload(add(key, 0xa0)))
                t := mulmod(s5, s5, R)
                s5 := mulmod(mulmod(t, t, R), s5, R)
                s6 := add(s6, mload(add(key, 0xc0)))
                t := mulmod(s6, s6, R)
                s6 := mulmod(mulmod(t, t, R), s6, R)
                s7 := add(s7, mload(add(key, 0xe0)))
                t := mulmod(s7, s7, R)
                s7 := mulmod(mulmod(t, t, R), s7, R)
                key := add(key, 0x100)
            }
            out := addmod(s0, mload(x), R)
        }
    }
}
