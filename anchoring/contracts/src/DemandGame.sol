// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Bonds} from "./Bonds.sol";
import {DIRECTORY_DEPTH, HISTORY_DEPTH, MAX_DEPTH, Opening} from "./Opening.sol";
import {Poseidon2} from "./Poseidon2.sol";

/// @title Makes the operator show what an anchor holds.
/// @notice A false value can only be refuted by who has the tree around it. So
/// anyone may ask for the preimage of one hash in it (`demand`), for a bond that
/// the operator earns by answering. Without an answer in time the anchor falls
/// (`expire`).
///
/// Every demand is well-founded: it names the way to the hash, from the
/// commitment or from a part that was answered, by the preimages in between. What
/// a preimage's words are, hashes or values, follows from its place alone:
///
///     COMMIT     word 5 -> DIRECTORY (4 levels)   word 6 -> HISTORY (11 levels)
///     DIRECTORY  8 children; below the last level: entries
///     entry      word 4 -> ITEMS   word 5 -> LEAVES   (depth: word 2)
///     LEAVES     8 children; below the last level: leaves, whose word 1 -> an item
///     ITEMS      8 children; below the last level: items
///     HISTORY    8 children; what is below the last level, the blocks' leaves,
///                nobody can ask for: an operator need not keep the directories
///                of all blocks, and the root of one refutes nothing
///
/// A demand may be made in the challenge window and, however late, below a part that
/// was answered. So who has begun in time can always go on, and the game ends: each
/// answer leads one level down. He has one answer window for all of that: what
/// passes between an answer and the demand below it, after the challenge window, is
/// added up on the way down (`waited`). So, the operator's silence aside, an anchor
/// settles two answer windows after its challenge window at the latest.
///
/// Nobody can use up another's time, neither by asking first nor by having lower
/// parts shown long before those above them. For what counts is the freshest answer
/// on the whole way from the commitment, and while a part on it is open nothing
/// below can be asked for after the window. So when the last part above some part is
/// shown, it is the freshest, and nobody was able to ask for it before that and late;
/// who asks then, first or not, has waited no longer than whom he comes before.
///
/// Nobody is buried under demands, on however many anchors. The more demands of an
/// operator are open (his load), the longer is the time for a new one: the answer
/// window and load / DEMANDS_A_BLOCK blocks. Let him answer in order of deadlines,
/// and in any k blocks at least (k - lag) * DEMANDS_A_BLOCK while so many are open;
/// lag is what he needs to notice, and the time between two transactions. If it is
/// less than the answer window he misses nothing. For take any deadline d, and of
/// all demands due by d the one that came last, in block x, at a load of n. At most
/// n + 1 of those due by d are open then, no more of them come, and they go before
/// all others: the last is answered by block x + lag + n / DEMANDS_A_BLOCK + 1, and
/// d is at least x + answer window + n / DEMANDS_A_BLOCK. Answers by others and
/// anchors that fall take as much off the work as off the load.
abstract contract DemandGame is Bonds {
    enum Kind {
        Commit,
        Directory,
        Items,
        Leaves,
        History
    }

    /// @notice A hash and its place in a commitment.
    struct Place {
        Kind kind;
        uint8 level; // levels above the lowest of its tree
        uint16 entry; // of ITEMS and LEAVES: the directory entry
        uint64 index; // number at that level
        bytes32 node;
    }

    enum Phase {
        None,
        Open,
        Answered
    }

    struct Demand {
        Phase phase;
        uint32 time; // open: last block to answer; answered: block of the answer
        uint32 waited; // blocks between answers and demands on the way here
        uint184 data; // open: who asks; answered: hash of the preimage
    }

    /// @notice A part of an anchor, for `answer`.
    struct Shown {
        uint64 height;
        bytes32 commitment;
        Place place;
        uint256[8] preimage;
    }

    /// @notice How many answers a block, on average, always suffice: open demands
    /// of one operator that give each new one a block more.
    uint32 public constant DEMANDS_A_BLOCK = 16;

    address[] internal _judges;
    mapping(bytes32 key => Demand) private _demands;

    event Demanded(
        uint64 indexed height, bytes32 indexed commitment, address indexed by, Place place, uint64 deadline
    );
    event Answered(uint64 indexed height, bytes32 indexed commitment, Place place, uint256[8] preimage);
    event Refunded(bytes32 indexed commitment, address indexed account, Place place);

    error DemandBond(uint256 given, uint256 required);
    /// @notice The window is over, or the anchor has settled.
    error TooLate(uint64 height);
    /// @notice The way to the hash is empty, too long or of unequal parts.
    error BadPath();
    error UnknownPlace();
    /// @notice This word of the preimage is no hash, or leads out of what can be asked for.
    error NoHash(uint256 word);
    /// @notice The literal 0: nothing is there. Where something must be, `refuteShape`.
    error NothingThere();
    error PreimageMismatch(bytes32 node);
    error AlreadyDemanded(bytes32 node);
    error NotDemanded(bytes32 node);
    /// @notice Nothing of what was shown is asked for (any more).
    error NothingAnswered();
    error StillTime(uint64 deadline);

    constructor(Config memory config_, address[] memory judges_) Bonds(config_) {
        _judges = judges_;
    }

    /// @notice A contract that decides claims; see `challenge`.
    function judgeAt(uint256 i) external view returns (address) {
        return _judges[i];
    }

    /// @notice The state of a place of a commitment.
    function demandOf(bytes32 commitment, Place calldata place)
        external
        view
        returns (Phase phase, uint64 time, address by)
    {
        Demand storage d = _demands[_key(commitment, place)];
        by = d.phase == Phase.Open ? address(uint160(d.data)) : address(0);
        return (d.phase, d.time, by);
    }

    /// @notice Asks the operator of an anchor for a preimage.
    /// @param from the commitment itself, or a place that was answered; after the
    /// challenge window the commitment
    /// @param preimages of `from` and of each place below it
    /// @param words which word of each leads on; the last names what is asked for
    function demand(
        uint64 height,
        bytes32 commitment,
        Place calldata from,
        uint256[8][] calldata preimages,
        uint8[] calldata words
    ) external payable {
        Record storage record = _recordOf(height, commitment);
        Config memory c = config;
        if (msg.value != c.demandBond) revert DemandBond(msg.value, c.demandBond);
        bool late = block.number > record.windowEnd;
        if (late && from.kind != Kind.Commit) revert TooLate(height);
        (Place memory place, Demand memory above) = _walk(commitment, from, preimages, words, late);
        if (late) {
            above.waited += uint32(block.number) - above.time; // all blocks if nothing was answered
            if (above.waited > c.answerWindow) revert TooLate(height);
        }
        if (_settled(record)) revert TooLate(height);
        Demand storage d = _demands[_key(commitment, place)];
        if (d.phase != Phase.None) revert AlreadyDemanded(place.node);
        uint32 deadline = uint32(block.number) + c.answerWindow + _count(record);
        (d.phase, d.time, d.waited, d.data) = (Phase.Open, deadline, above.waited, uint160(msg.sender));
        emit Demanded(height, commitment, msg.sender, place, deadline);
    }

    /// @notice Shows what was asked for, of any anchors; those of one are best next
    /// to each other. Anyone may; the demands' bonds go to the operators. Late
    /// answers count until the demand has expired. What is not asked for (any more),
    /// also because its anchor fell, is passed over: who shows one part first, copied
    /// from this call, does not keep the rest from counting.
    function answer(Shown[] calldata shown) external {
        uint256 table = Poseidon2.load();
        Config memory c = config;
        bool any;
        for (uint256 i = 0; i < shown.length;) {
            (uint64 height, bytes32 commitment) = (shown[i].height, shown[i].commitment);
            bool stands = isAnchored(height, commitment);
            uint32 n;
            for (; i < shown.length && shown[i].height == height && shown[i].commitment == commitment; ++i) {
                if (stands && _show(shown[i], table)) ++n;
            }
            if (n == 0) continue;
            any = true;
            _credit(_records[height], n, c);
        }
        if (!any) revert NothingAnswered();
    }

    /// @notice Takes down an anchor whose operator did not answer in time. Who
    /// asked has the reward and the demand's bond back.
    function expire(uint64 height, bytes32 commitment, Place calldata place) external {
        Record storage record = _recordOf(height, commitment);
        bytes32 key = _key(commitment, place);
        Demand memory d = _demands[key];
        if (d.phase != Phase.Open) revert NotDemanded(place.node);
        if (block.number <= d.time) revert StillTime(d.time);
        _refund(key, commitment, place, d);
        _revoke(height, record, address(uint160(d.data)));
    }

    /// @notice Gives the bond of an open demand back when the anchor has fallen.
    function refund(bytes32 commitment, Place calldata place) external {
        bytes32 key = _key(commitment, place);
        Demand memory d = _demands[key];
        if (!isRevoked[commitment] || d.phase != Phase.Open) revert NotDemanded(place.node);
        _refund(key, commitment, place, d);
    }

    /// @dev Counts a new demand about an anchor. While one is open the anchor does not
    /// settle, so that its bond is locked and the operator known.
    /// @return blocks that his load adds to the answer window
    function _count(Record storage record) private returns (uint32 blocks) {
        Account storage operator = accountOf[record.operator];
        blocks = operator.load / DEMANDS_A_BLOCK;
        record.open += 1;
        operator.load += 1;
    }

    /// @dev Shows one part of an anchor that stands; false if nobody asks for it.
    function _show(Shown calldata s, uint256 table) private returns (bool) {
        Demand storage d = _demands[_key(s.commitment, s.place)];
        if (d.phase != Phase.Open) return false;
        if (bytes32(Opening.hash(s.preimage, table)) != s.place.node) revert PreimageMismatch(s.place.node);
        (d.phase, d.time, d.data) = (Phase.Answered, uint32(block.number), _digest(s.preimage));
        emit Answered(s.height, s.commitment, s.place, s.preimage);
        return true;
    }

    /// @dev Counts `n` answers about an anchor, and pays for them.
    function _credit(Record storage record, uint32 n, Config memory c) private {
        record.open -= n;
        uint256 end = uint256(record.windowEnd) + record.grace;
        uint256 later = block.number + c.answerWindow;
        if (later > end) record.grace += uint32(later - end);
        address operator = record.operator;
        accountOf[operator].load -= n;
        payable_[operator] += uint256(c.demandBond) * n;
    }

    function _refund(bytes32 key, bytes32 commitment, Place calldata place, Demand memory d) private {
        delete _demands[key];
        address by = address(uint160(d.data));
        payable_[by] += config.demandBond;
        emit Refunded(commitment, by, place);
    }

    /// @dev Follows the preimages down.
    /// @return place that they lead to
    /// @return above the freshest answer on the way, zeros if the last part was not answered
    function _walk(
        bytes32 commitment,
        Place calldata from,
        uint256[8][] calldata preimages,
        uint8[] calldata words,
        bool late
    ) private view returns (Place memory place, Demand memory above) {
        if (preimages.length == 0 || preimages.length != words.length) revert BadPath();
        place = from;
        bool begins = from.kind == Kind.Commit && from.level == 0 && from.entry == 0 && from.index == 0
            && from.node == commitment;
        uint256 table = Poseidon2.load();
        for (uint256 i = 0; i < words.length; ++i) {
            Demand memory d = _demands[_key(commitment, place)];
            if (d.phase == Phase.Answered) {
                if (d.data != _digest(preimages[i])) revert PreimageMismatch(place.node);
                if (d.time - d.waited >= above.time - above.waited) above = d;
            } else {
                if (i == 0 && !begins) revert UnknownPlace();
                if (late && d.phase == Phase.Open) revert AlreadyDemanded(place.node);
                if (bytes32(Opening.hash(preimages[i], table)) != place.node) revert PreimageMismatch(place.node);
                if (i + 1 == words.length) delete above;
            }
            _descend(place, preimages[i], words[i]);
        }
    }

    /// @dev Replaces a place by that of a word of its preimage.
    function _descend(Place memory p, uint256[8] calldata x, uint256 word) private pure {
        if (word > 7) revert NoHash(word);
        p.node = bytes32(x[word]);
        if (p.node == 0) revert NothingThere();
        if (p.level == 1 && p.kind == Kind.History) revert NoHash(word);
        if (p.level > 0) {
            p.level -= 1;
            p.index = p.index * 8 + uint64(word);
        } else if (p.kind == Kind.Commit) {
            if (word == 5) (p.kind, p.level) = (Kind.Directory, uint8(DIRECTORY_DEPTH));
            else if (word == 6) (p.kind, p.level) = (Kind.History, uint8(HISTORY_DEPTH));
            else revert NoHash(word);
        } else if (p.kind == Kind.Directory) {
            // An entry. A depth that is too large is refuted by `refuteEntry`.
            if ((word != 4 && word != 5) || x[2] > MAX_DEPTH) revert NoHash(word);
            p.kind = word == 4 ? Kind.Items : Kind.Leaves;
            (p.level, p.entry, p.index) = (uint8(x[2]), uint16(p.index), 0);
        } else if (p.kind == Kind.Leaves && word == 1) {
            p.kind = Kind.Items;
        } else {
            revert NoHash(word);
        }
    }

    function _key(bytes32 commitment, Place memory p) private pure returns (bytes32) {
        return keccak256(abi.encode(commitment, p));
    }

    function _digest(uint256[8] calldata x) private pure returns (uint184) {
        return uint184(uint256(keccak256(abi.encode(x))));
    }
}
