package statefile

import (
	"fmt"

	"vmhost/anchoring/binding"
	"vmhost/statecache"
)

// PastBlock is an earlier block in a file: the same kind of content, and the
// path of its leaf in the history of the file's block.
type PastBlock struct {
	Block statecache.BlockRef
	// Header is the RLP of the block's header; nil if absent.
	Header      []byte
	Collections []statecache.CollectionValues
	// Path are the siblings of its leaf, from the bottom up.
	Path [][7][32]byte
	// Accounts prove the values; nil if absent.
	Accounts []binding.AccountProof
}

// file is an earlier block as a file of its own.
func (p *PastBlock) file(chainID uint64) *File {
	return &File{ChainID: chainID, Block: p.Block, Header: p.Header, Collections: p.Collections, Accounts: p.Accounts}
}

// pastJSON is an earlier block. Its path lists 7 siblings a level.
type pastJSON struct {
	Number      *quantity        `json:"number"`
	Hash        *word            `json:"hash"`
	Header      data             `json:"header,omitempty"`
	Collections []collectionJSON `json:"collections"`
	Path        []word           `json:"path"`
	Accounts    []accountJSON    `json:"accounts,omitempty"`
}

// historyLevels is the depth of the history's tree.
const historyLevels = 11

func (j *pastJSON) decode() (p PastBlock, err error) {
	if j.Number == nil || j.Hash == nil {
		return p, fmt.Errorf("%w: number and hash are required", ErrFormat)
	}
	if len(j.Path) != 7*historyLevels {
		return p, fmt.Errorf("%w: path of %d siblings, not %d", ErrFormat, len(j.Path), 7*historyLevels)
	}
	p.Block, p.Header = statecache.BlockRef{Number: uint64(*j.Number), Hash: *j.Hash}, j.Header
	p.Path = make([][7][32]byte, historyLevels)
	for i, w := range j.Path {
		p.Path[i/7][i%7] = w
	}
	if p.Collections, err = decodeCollections(j.Collections); err != nil {
		return p, err
	}
	p.Accounts, err = decodeAccounts(j.Accounts)
	return p, err
}

func (p *PastBlock) encode() (j pastJSON, err error) {
	number, hash := quantity(p.Block.Number), word(p.Block.Hash)
	j = pastJSON{Number: &number, Hash: &hash, Header: p.Header, Path: make([]word, 0, 7*historyLevels), Accounts: encodeAccounts(p.Accounts)}
	if len(p.Path) != historyLevels {
		return j, fmt.Errorf("block %v: %w: path of %d levels", p.Block, ErrFormat, len(p.Path))
	}
	for _, level := range p.Path {
		for _, w := range level {
			j.Path = append(j.Path, w)
		}
	}
	j.Collections, err = encodeCollections(p.Collections)
	return j, err
}

// past checks the earlier blocks and says what a view needs of them. The rung is
// the lowest of theirs.
func (f *File) past(allowUnverified bool) (out []statecache.PastState, rung Rung, err error) {
	rung = Checked
	for i := range f.Past {
		p := &f.Past[i]
		header, r, err := p.file(f.ChainID).content(allowUnverified)
		if err != nil {
			return nil, r, fmt.Errorf("block %v: %w", p.Block, err)
		}
		if r != Checked {
			rung = r
		}
		out = append(out, statecache.PastState{Header: header, Collections: p.Collections, Path: p.Path})
	}
	return out, rung, nil
}
