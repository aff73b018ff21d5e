// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {canonicalHash} from "./Canonical.sol";
import {
    DIRECTORY_DEPTH,
    Entry,
    EntryMalformed,
    HISTORY_DEPTH,
    IndexOutOfRange,
    KIND_HEADER,
    KIND_SLOT,
    Leaf,
    NotInCommitment,
    Opening,
    REFUTED,
    Roots,
    TAG_HISTORY,
    TAG_ITEM,
    TAG_LEAF,
    Target
} from "./Opening.sol";
import {Poseidon2} from "./Poseidon2.sol";
import {Rlp} from "./Rlp.sol";

/// @notice The caller of a judge may be a registry that knows older blocks.
interface IKnownBlocks {
    function blockHashAt(uint64 height) external view returns (bytes32);
}

/// @title Decides claims that a commitment is not put together as it must be.
/// @notice Each function but `prove` returns REFUTED if the target is proven false
/// and reverts otherwise. Nobody is trusted: a call from anywhere tells whether a
/// challenge would succeed. Nothing is stored but hashes of old blocks.
contract FormJudge {
    /// @notice A leaf as its eight words, which may be malformed.
    struct RawLeaf {
        uint256[8] words; // LEAF, item, valueHi, valueLo, 0, 0, 0, 0
        uint256 index;
        bytes32[] path;
    }

    /// @notice Some element of a tree: `level` levels above its leaves, number
    /// `index` there.
    struct Part {
        bytes32 element;
        uint256 level;
        uint256 index;
        bytes32[] path;
    }

    /// @notice Block hashes that `prove` came to, by the registry that it began from.
    mapping(address registry => mapping(uint64 height => bytes32)) public proven;

    /// @notice What is opened is as it must be.
    error WellFormed();
    /// @notice The block hash in the history is the true one.
    error HashTrue(bytes32 blockHash);
    /// @notice Nobody here knows the hash of this block.
    error HashUnknown(uint64 height);
    /// @notice Number `index` of a chain of headers does not hash to what the one before names.
    error HeaderMismatch(uint256 index);
    /// @notice A claim about the history itself names no earlier block.
    error PastGiven();

    /// @notice An item of the manifest (itemsRoot) is not that of the leaf at the
    /// same index.
    /// @param item the element at the leaf's index in the tree of items
    function refuteManifest(
        Target calldata t,
        Roots calldata r,
        Entry calldata e,
        RawLeaf calldata l,
        bytes32 item,
        bytes32[] calldata itemPath
    ) external view returns (bytes32) {
        uint256 table = _soundEntry(t, r, e);
        Opening.member(Opening.hash(l.words, table), l.index, e, e.words[5], l.path, table);
        Opening.member(Opening.element(item), l.index, e, e.words[4], itemPath, table);
        if (uint256(item) == l.words[1]) revert WellFormed();
        return REFUTED;
    }

    /// @notice A slot does not follow from its key: with a key, or with a base in
    /// the entry, a slot must be keccak(key ‖ base).
    function refuteSlot(Target calldata t, Roots calldata r, Entry calldata e, Leaf calldata l)
        external
        view
        returns (bytes32)
    {
        uint256 table = _soundEntry(t, r, e);
        Opening.leaf(l, e, table);
        bytes32 base = bytes32((e.words[6] << 128) | e.words[7]);
        if (l.item.kind != KIND_SLOT || (l.item.key == 0 && base == 0)) revert WellFormed();
        if (l.item.slot == keccak256(abi.encode(l.item.key, base))) revert WellFormed();
        return REFUTED;
    }

    /// @notice Two entries have one name.
    function refuteNames(Target calldata t, Roots calldata r, Entry calldata a, Entry calldata b)
        external
        view
        returns (bytes32)
    {
        uint256 table = Poseidon2.load();
        (,, uint256 directory) = Opening.block_(t, r, table);
        Opening.entry(a, directory, table);
        Opening.entry(b, directory, table);
        if (a.index == b.index || a.words[1] != b.words[1]) revert WellFormed();
        return REFUTED;
    }

    /// @notice An entry is malformed: tag, name, depth and length, a root of
    /// nothing, a base that is no 256-bit word, or the header collection at
    /// another place or in another form than it must be.
    function refuteEntry(Target calldata t, Roots calldata r, Entry calldata e) external view returns (bytes32) {
        uint256 table = Poseidon2.load();
        (,, uint256 directory) = Opening.block_(t, r, table);
        Opening.entry(e, directory, table);
        if (Opening.isSound(e.words, e.index)) revert WellFormed();
        return REFUTED;
    }

    /// @notice A leaf or its item is malformed: tag, kind, a word that is too
    /// large, a rest that is not 0, a header field outside the header collection
    /// or another item in it.
    /// @param item the item's preimage; ignored if the leaf itself is malformed
    function refuteLeaf(
        Target calldata t,
        Roots calldata r,
        Entry calldata e,
        RawLeaf calldata l,
        uint256[8] calldata item
    ) external view returns (bytes32) {
        uint256 table = _soundEntry(t, r, e);
        Opening.member(Opening.hash(l.words, table), l.index, e, e.words[5], l.path, table);
        uint256[8] calldata w = l.words;
        if (w[0] != TAG_LEAF || w[2] >> 128 != 0 || w[3] >> 128 != 0 || w[4] | w[5] | w[6] | w[7] != 0) {
            return REFUTED;
        }
        if (Opening.hash(item, table) != w[1]) revert NotInCommitment();
        if (_isItem(item, e.index == 0, l.index)) revert WellFormed();
        return REFUTED;
    }

    /// @notice A tree is not as long as its entry says: there is nothing where
    /// items must be, or something behind the last.
    /// @param items whether it is the tree of items or that of leaves
    function refuteShape(Target calldata t, Roots calldata r, Entry calldata e, bool items, Part calldata p)
        external
        view
        returns (bytes32)
    {
        uint256 table = _soundEntry(t, r, e);
        uint256 depth = e.words[2];
        if (p.level >= depth) revert IndexOutOfRange(p.level, depth); // the root: a matter of the entry
        uint256 element = Opening.element(p.element);
        uint256 root = e.words[items ? 4 : 5];
        if (Opening.climb(element, p.index, depth - p.level, p.path, table) != root) revert NotInCommitment();
        bool inside = p.index << (3 * p.level) < e.words[3];
        if (inside == (element != 0)) revert WellFormed();
        return REFUTED;
    }

    /// @notice The directory has no header collection: nothing stands at a node
    /// on the way to entry 0.
    /// @param level levels of that node above the entries
    /// @param path from that node up
    function refuteNoHeader(Target calldata t, Roots calldata r, uint256 level, bytes32[] calldata path)
        external
        view
        returns (bytes32)
    {
        uint256 table = Poseidon2.load();
        (,, uint256 directory) = Opening.block_(t, r, table);
        if (level > DIRECTORY_DEPTH) revert IndexOutOfRange(level, DIRECTORY_DEPTH);
        if (Opening.climb(0, 0, DIRECTORY_DEPTH - level, path, table) != directory) revert NotInCommitment();
        return REFUTED;
    }

    /// @notice The history holds something at the anchor's height or above.
    function refuteFuture(Target calldata t, Roots calldata r, Part calldata p) external view returns (bytes32) {
        _history(t, r, p, Opening.element(p.element));
        if (p.element == 0 || p.index << (3 * p.level) < t.height) revert WellFormed();
        return REFUTED;
    }

    /// @notice A leaf of the history is malformed: tag, height, a word that is
    /// too large, a rest that is not 0, no directory.
    /// @param words HISTORY, height, blockHashHi, blockHashLo, directoryRoot, 0, 0, 0
    /// @param p the leaf's place; its element is ignored
    function refuteHistoryLeaf(Target calldata t, Roots calldata r, uint256[8] calldata words, Part calldata p)
        external
        view
        returns (bytes32)
    {
        if (p.level != 0) revert IndexOutOfRange(p.level, 1);
        _history(t, r, p, Opening.hash(words, Poseidon2.load()));
        if (
            words[0] == TAG_HISTORY && words[1] == p.index && words[2] >> 128 == 0 && words[3] >> 128 == 0
                && words[4] != 0 && words[5] | words[6] | words[7] == 0
        ) revert WellFormed();
        return REFUTED;
    }

    /// @notice Remembers the hash of an old block. So a block that is further from any
    /// that is known than a transaction has room for headers (some 200 in 128 KiB) is
    /// reached by several. Anyone may; what a registry knows counts for it alone.
    /// @param from height of a block whose hash is known: one of the last 8191, one
    /// that the registry knows or one that was proven
    /// @param headers RLP of that block and of those below, down to the child of the
    /// one that is proven
    function prove(IKnownBlocks registry, uint64 from, bytes[] calldata headers)
        external
        returns (uint64 height, bytes32 blockHash)
    {
        blockHash = _down(_known(registry, from), from, headers);
        height = uint64(from - headers.length);
        proven[address(registry)][height] = blockHash;
    }

    /// @notice An earlier block of the history (r.past) has another hash. The
    /// true one follows, header by header, from a block whose hash is known: the
    /// anchor's own, one of the last 8191, one that the caller knows, or one that
    /// was proven for the caller.
    /// @param from height of the block whose hash is known
    /// @param headers RLP of that block and of those below, down to the parent's
    /// child; none when the hash of the block itself is known
    function refuteHistoryHash(Target calldata t, Roots calldata r, uint64 from, bytes[] calldata headers)
        external
        view
        returns (bytes32)
    {
        (uint256 height, bytes32 blockHash,) = Opening.block_(t, r, Poseidon2.load());
        if (headers.length > from || from - headers.length != height) revert HashUnknown(from);
        bytes32 known = from == t.height ? t.blockHash : _known(IKnownBlocks(msg.sender), from);
        if (_down(known, from, headers) == blockHash) revert HashTrue(blockHash);
        return REFUTED;
    }

    function _known(IKnownBlocks registry, uint64 height) private view returns (bytes32 hash) {
        hash = canonicalHash(height);
        if (hash == 0) hash = proven[address(registry)][height];
        if (hash == 0) hash = registry.blockHashAt(height);
    }

    /// @dev The parent's hash of the last of some headers, `known` if there are none.
    function _down(bytes32 known, uint64 from, bytes[] calldata headers) private pure returns (bytes32) {
        if (known == 0 || headers.length > from) revert HashUnknown(from);
        for (uint256 i = 0; i < headers.length; ++i) {
            if (keccak256(headers[i]) != known) revert HeaderMismatch(i);
            (uint256 pos, uint256 end) = Rlp.bounds(headers[i]);
            (known,) = Rlp.readHash(Rlp.readList(pos, end), end); // the parent's hash is the first field
        }
        return known;
    }

    /// @dev Opens the commitment's own history down to a part of it.
    function _history(Target calldata t, Roots calldata r, Part calldata p, uint256 element)
        private
        view
    {
        if (r.past.length != 0) revert PastGiven();
        uint256 table = Poseidon2.load();
        Opening.block_(t, r, table);
        if (p.level > HISTORY_DEPTH) revert IndexOutOfRange(p.level, HISTORY_DEPTH);
        if (Opening.climb(element, p.index, HISTORY_DEPTH - p.level, p.path, table) != uint256(r.historyRoot)) {
            revert NotInCommitment();
        }
    }

    function _soundEntry(Target calldata t, Roots calldata r, Entry calldata e) private view returns (uint256 table) {
        table = Poseidon2.load();
        (,, uint256 directory) = Opening.block_(t, r, table);
        Opening.soundEntry(e, directory, table);
    }

    /// @dev Whether a preimage is that of an item, at this place.
    function _isItem(uint256[8] calldata x, bool header, uint256 index) private pure returns (bool) {
        uint256 kind = x[0] >> 8;
        if (x[0] & 0xff != TAG_ITEM || kind > KIND_HEADER || x[1] >> 160 != 0 || x[6] | x[7] != 0) return false;
        for (uint256 i = 2; i < 6; ++i) {
            if (x[i] >> 128 != 0) return false;
        }
        if (header != (kind == KIND_HEADER)) return false;
        if (header) return x[1] == 0 && x[2] == 0 && x[3] == index && x[4] | x[5] == 0;
        return kind == KIND_SLOT || x[2] | x[3] | x[4] | x[5] == 0;
    }
}
