package anchoring

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts/bindings"
)

// DeploymentsFormat is the format of the file of [Deployments].
const DeploymentsFormat = "vmhost-contracts/1"

// Deployments are the contracts in use, by chain id. Their file is
//
//	{"format":"vmhost-contracts/1",
//	 "chains":{"0x539":{
//	   "registry":{"address":"0x…","codeHash":"0x…"},
//	   "router":{"address":"0x…","codeHash":"0x…"},
//	   "judges":[{"address":"0x…","codeHash":"0x…"}],
//	   "keys":{"tiny":{"address":"0x…","codeHash":"0x…"}}}}}
//
// codeHash is keccak256 of the code at the address. judges, keys and router may
// be absent; everything else that is unknown or doubled is refused.
type Deployments map[uint64]Deployment

// Deployment is the contracts on one chain.
type Deployment struct {
	Registry Contract            `json:"registry"`
	Router   *Contract           `json:"router,omitempty"`
	Judges   []Contract          `json:"judges,omitempty"` // as AnchorRegistry.judgeAt counts them
	Keys     map[string]Contract `json:"keys,omitempty"`   // by class
}

// Contract is a contract that must have a code.
type Contract struct {
	Address  common.Address `json:"address"`
	CodeHash common.Hash    `json:"codeHash"`
}

// deploymentsFile is the file.
type deploymentsFile struct {
	Format string                     `json:"format"`
	Chains map[string]json.RawMessage `json:"chains"`
}

// DecodeDeployments reads the file. ErrDeployments.
func DecodeDeployments(b []byte) (Deployments, error) {
	var f deploymentsFile
	if err := strictJSON(b, &f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDeployments, err)
	}
	if f.Format != DeploymentsFormat {
		return nil, fmt.Errorf("%w: format is %.40q, not %s", ErrDeployments, f.Format, DeploymentsFormat)
	}
	out := Deployments{}
	for key, raw := range f.Chains {
		id, err := strconv.ParseUint(strings.TrimPrefix(key, "0x"), 16, 64)
		if err != nil || key != "0x"+strconv.FormatUint(id, 16) {
			return nil, fmt.Errorf("%w: %.40q is no chain id (0x1)", ErrDeployments, key)
		}
		var d Deployment
		if err := strictJSON(raw, &d); err != nil {
			return nil, fmt.Errorf("%w: chain %s: %w", ErrDeployments, key, err)
		}
		for name, c := range d.contracts() {
			if c.Address == (common.Address{}) || c.CodeHash == (common.Hash{}) {
				return nil, fmt.Errorf("%w: chain %s: %s: address or codeHash is missing", ErrDeployments, key, name)
			}
		}
		out[id] = d
	}
	return out, nil
}

// strictJSON decodes one value without unknown fields.
func strictJSON(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the value")
	}
	return nil
}

// Encode returns the file.
func (d Deployments) Encode() ([]byte, error) {
	f := deploymentsFile{Format: DeploymentsFormat, Chains: map[string]json.RawMessage{}}
	for id, chain := range d {
		raw, err := json.Marshal(chain)
		if err != nil {
			return nil, err
		}
		f.Chains["0x"+strconv.FormatUint(id, 16)] = raw
	}
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}

// contracts are a deployment's by name.
func (d Deployment) contracts() map[string]Contract {
	out := map[string]Contract{"registry": d.Registry}
	if d.Router != nil {
		out["router"] = *d.Router
	}
	for i, c := range d.Judges {
		out[fmt.Sprintf("judge %d", i)] = c
	}
	for class, c := range d.Keys {
		out["key "+class] = c
	}
	return out
}

// CheckDeployment compares the code on the chain with a deployment's hashes, and
// the judges with those that the registry asks: its code does not say which, and
// a judge of somebody else's takes any anchor down, or none. ErrDeployments if
// one differs.
func (c *Client) CheckDeployment(ctx context.Context, d Deployment) error {
	list := d.contracts()
	for _, name := range slices.Sorted(maps.Keys(list)) {
		hash, err := c.codeHash(ctx, list[name].Address)
		if err != nil {
			return err
		}
		if hash != list[name].CodeHash {
			return fmt.Errorf("%w: %s at %s has code %s, the file says %s", ErrDeployments, name, list[name].Address, hash, list[name].CodeHash)
		}
	}
	if len(d.Judges) == 0 {
		return nil
	}
	return c.checkJudges(ctx, d)
}

// checkJudges requires that the registry asks the deployment's judges, in their
// order, and no others.
func (c *Client) checkJudges(ctx context.Context, d Deployment) error {
	registry := bindings.NewAnchorRegistry()
	for i := 0; ; i++ {
		out, err := c.Call(ctx, d.Registry.Address, registry.PackJudgeAt(big.NewInt(int64(i))))
		_, none := errors.AsType[*RevertError](err)
		switch {
		case none && i == len(d.Judges):
			return nil
		case none || err == nil && i == len(d.Judges):
			return fmt.Errorf("%w: the registry at %s has not %d judges", ErrDeployments, d.Registry.Address, len(d.Judges))
		case err != nil:
			return err
		}
		at, err := registry.UnpackJudgeAt(out)
		if err != nil {
			return fmt.Errorf("%w: judge %d: %w", ErrDeployments, i, err)
		}
		if at != d.Judges[i].Address {
			return fmt.Errorf("%w: the registry at %s asks %s as judge %d, the file says %s", ErrDeployments, d.Registry.Address, at, i, d.Judges[i].Address)
		}
	}
}

// codeHash is the hash of a contract's code; ErrDeployments if there is none.
func (c *Client) codeHash(ctx context.Context, at common.Address) (common.Hash, error) {
	code, err := c.CodeAt(ctx, at, nil)
	if err != nil {
		return common.Hash{}, err
	}
	if len(code) == 0 {
		return common.Hash{}, fmt.Errorf("%w: no contract at %s on chain %d", ErrDeployments, at, c.ChainID())
	}
	return crypto.Keccak256Hash(code), nil
}

// Deployment describes deployed contracts as the file does.
func (c *Client) Deployment(ctx context.Context, s System) (d Deployment, err error) {
	at := func(a common.Address) (out Contract) {
		if err == nil {
			out.Address = a
			out.CodeHash, err = c.codeHash(ctx, a)
		}
		return out
	}
	d.Registry = at(s.Registry)
	router := at(s.Router)
	d.Router = &router
	for _, j := range s.Judges {
		d.Judges = append(d.Judges, at(j))
	}
	d.Keys = map[string]Contract{}
	for class, a := range s.Keys {
		d.Keys[class] = at(a)
	}
	return d, err
}
