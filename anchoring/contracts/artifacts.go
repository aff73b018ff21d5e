package contracts

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

//go:embed out/*.json
var artifactFiles embed.FS

// Artifact is one compiled contract.
type Artifact struct {
	Name     string  // contract name
	Source   string  // file below src
	Compiler string  // solc version with its commit
	ABI      abi.ABI // parsed interface
	Bytecode []byte  // creation code, without constructor arguments
	Runtime  []byte  // code on chain; immutable variables are zero here
}

type artifactJSON struct {
	Contract        string          `json:"contract"`
	Source          string          `json:"source"`
	Compiler        string          `json:"compiler"`
	Settings        json.RawMessage `json:"settings"`
	ABI             json.RawMessage `json:"abi"`
	Bytecode        hexutil.Bytes   `json:"bytecode"`
	RuntimeBytecode hexutil.Bytes   `json:"runtimeBytecode"`
}

// Names lists the contracts compiled into the program, sorted.
func Names() []string {
	entries, err := artifactFiles.ReadDir("out")
	if err != nil {
		return nil // the folder is embedded: cannot happen
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".json"))
	}
	slices.Sort(names)
	return names
}

// Load returns a contract by name, ErrNoArtifact if there is none.
func Load(name string) (*Artifact, error) {
	data, err := artifactFiles.ReadFile("out/" + name + ".json")
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrNoArtifact, name)
	}
	return parseArtifact(data)
}

func parseArtifact(data []byte) (*Artifact, error) {
	var j artifactJSON
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&j); err != nil {
		return nil, fmt.Errorf("read artifact: %w", err)
	}
	parsed, err := abi.JSON(bytes.NewReader(j.ABI))
	if err != nil {
		return nil, fmt.Errorf("read ABI of %s: %w", j.Contract, err)
	}
	return &Artifact{
		Name: j.Contract, Source: j.Source, Compiler: j.Compiler,
		ABI: parsed, Bytecode: j.Bytecode, Runtime: j.RuntimeBytecode,
	}, nil
}

// CreationCode is what a creating transaction carries: the bytecode and the
// ABI-encoded constructor arguments.
func (a *Artifact) CreationCode(args ...any) ([]byte, error) {
	packed, err := a.ABI.Pack("", args...)
	if err != nil {
		return nil, fmt.Errorf("constructor of %s: %w", a.Name, err)
	}
	return append(bytes.Clone(a.Bytecode), packed...), nil
}
