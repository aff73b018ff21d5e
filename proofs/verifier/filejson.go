package verifier

import (
	"encoding/json"
	"fmt"
)

// The wire shape of PROOF.json, for encoding; decoding goes field by field.
type (
	fileJSON struct {
		Format         string    `json:"format"`
		Claim          claimJSON `json:"claim"`
		System         string    `json:"system"`
		Class          string    `json:"class"`
		VerifyingKeyID string    `json:"verifyingKeyId"`
		Proof          string    `json:"proof"`
		PublicInputs   []string  `json:"publicInputs"`
		Calldata       string    `json:"calldata"`
		Block          blockJSON `json:"block"`
		Rung           Rung      `json:"rung"`
		Stats          statsJSON `json:"stats"`
	}
	claimJSON struct {
		ProgramID  string `json:"programId"`
		Commitment string `json:"commitment"`
		Journal    string `json:"journal"`
	}
	blockJSON struct {
		ChainID string `json:"chainId"`
		Number  string `json:"number"`
		Hash    string `json:"hash"`
	}
	statsJSON struct {
		WasmInstructions uint64  `json:"wasmInstructions"`
		IRSteps          uint64  `json:"irSteps"`
		Reads            uint64  `json:"reads"`
		Constraints      uint64  `json:"constraints"`
		UsedConstraints  uint64  `json:"usedConstraints"`
		Seconds          float64 `json:"seconds"`
		PeakBytes        uint64  `json:"peakBytes"`
	}
)

// Encode writes PROOF.json, indented, ending with a newline.
func (f *File) Encode() ([]byte, error) {
	if err := f.Check(); err != nil {
		return nil, err
	}
	in, err := f.Claim.PublicInputs()
	if err != nil {
		return nil, err
	}
	out := fileJSON{
		Format: FileFormat,
		Claim:  claimJSON{hexString(f.Claim.ProgramID[:]), hexString(f.Claim.Commitment[:]), hexString(f.Claim.Journal)},
		System: System, Class: f.Shape,
		VerifyingKeyID: hexString(f.VerifyingKeyID[:]),
		Proof:          hexString(f.Proof),
		Calldata:       hexString(f.Calldata()),
		Block:          blockJSON{quantity(f.Block.ChainID), quantity(f.Block.Number), hexString(f.Block.Hash[:])},
		Rung:           f.Rung,
		Stats:          statsJSON(f.Stats),
	}
	for i := range in {
		out.PublicInputs = append(out.PublicInputs, hexString(in[i][:]))
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadFile, err)
	}
	return append(data, '\n'), nil
}

// copies are the values of a file that follow from others in it.
type copies struct {
	publicInputs [][32]byte
	calldata     []byte
}

func decodeFile(data []byte) (*File, *copies, error) {
	top, err := object(data, []string{
		"format", "claim", "system", "class", "verifyingKeyId", "proof",
		"publicInputs", "calldata", "block", "rung", "stats",
	}, nil)
	if err != nil {
		return nil, nil, err
	}
	f, c := &File{}, &copies{}
	var rung string
	steps := []struct {
		name string
		read func(json.RawMessage) error
	}{
		{"format", constant(FileFormat)},
		{"system", constant(System)},
		{"claim", f.Claim.decode},
		{"class", into(&f.Shape, text)},
		{"verifyingKeyId", into(&f.VerifyingKeyID, wordField)},
		{"proof", into(&f.Proof, bytesField)},
		{"publicInputs", into(&c.publicInputs, words)},
		{"calldata", into(&c.calldata, bytesField)},
		{"block", f.Block.decode},
		{"rung", into(&rung, text)},
		{"stats", f.Stats.decode},
	}
	for _, s := range steps {
		if err := s.read(top[s.name]); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	f.Rung = Rung(rung)
	return f, c, nil
}

// into adapts a field reader to a destination.
func into[T any](dst *T, read func(json.RawMessage) (T, error)) func(json.RawMessage) error {
	return func(raw json.RawMessage) (err error) {
		*dst, err = read(raw)
		return err
	}
}

func constant(want string) func(json.RawMessage) error {
	return func(raw json.RawMessage) error {
		got, err := text(raw)
		if err == nil && got != want {
			err = fmt.Errorf("%w: %q, need %q", errType, got, want)
		}
		return err
	}
}

func words(raw json.RawMessage) ([][32]byte, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("%w: not a list", errType)
	}
	out := make([][32]byte, len(list))
	for i := range list {
		var err error
		if out[i], err = wordField(list[i]); err != nil {
			return nil, fmt.Errorf("number %d: %w", i, err)
		}
	}
	return out, nil
}

// fields decodes an object whose fields are all required.
func fields(raw json.RawMessage, names []string, read []func(json.RawMessage) error) error {
	m, err := object(raw, names, nil)
	if err != nil {
		return err
	}
	for i, name := range names {
		if err := read[i](m[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (c *Claim) decode(raw json.RawMessage) error {
	return fields(raw, []string{"programId", "commitment", "journal"}, []func(json.RawMessage) error{
		into(&c.ProgramID, wordField), into(&c.Commitment, wordField), into(&c.Journal, bytesField),
	})
}

func (b *Block) decode(raw json.RawMessage) error {
	return fields(raw, []string{"chainId", "number", "hash"}, []func(json.RawMessage) error{
		into(&b.ChainID, quantityField), into(&b.Number, quantityField), into(&b.Hash, wordField),
	})
}

func (s *Stats) decode(raw json.RawMessage) error {
	return fields(raw,
		[]string{"wasmInstructions", "irSteps", "reads", "constraints", "usedConstraints", "seconds", "peakBytes"},
		[]func(json.RawMessage) error{
			into(&s.WasmInstructions, count), into(&s.IRSteps, count), into(&s.Reads, count),
			into(&s.Constraints, count), into(&s.UsedConstraints, count), into(&s.Seconds, number), into(&s.PeakBytes, count),
		})
}

func number(raw json.RawMessage) (n float64, err error) {
	if len(raw) == 0 || (raw[0] != '-' && (raw[0] < '0' || raw[0] > '9')) {
		return 0, fmt.Errorf("%w: not a number", errType)
	}
	if err = json.Unmarshal(raw, &n); err != nil {
		return 0, fmt.Errorf("%w: not a number", errType)
	}
	return n, nil
}
