package verifier

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

var (
	errUnknownField = errors.New("unknown field")
	errTwice        = errors.New("field occurs twice")
	errMissing      = errors.New("field is missing")
	errType         = errors.New("wrong type")
	errHex          = errors.New("not 0x and lower-case hex digits")
	errQuantity     = errors.New("not a hex quantity")
)

// object splits a JSON object into its fields. encoding/json alone would take
// names in any case and fields that occur twice, so that two readers could see
// two different files.
func object(data []byte, required, optional []string) (map[string]json.RawMessage, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("%w: not an object", errType)
	}
	fields := make(map[string]json.RawMessage)
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if !slices.Contains(required, name) && !slices.Contains(optional, name) {
			return nil, fmt.Errorf("%w: %q", errUnknownField, name)
		}
		if _, ok := fields[name]; ok {
			return nil, fmt.Errorf("%w: %s", errTwice, name)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, err
		}
		fields[name] = raw
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errLong
	}
	for _, name := range required {
		if _, ok := fields[name]; !ok {
			return nil, fmt.Errorf("%w: %s", errMissing, name)
		}
	}
	return fields, nil
}

func text(raw json.RawMessage) (s string, err error) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", fmt.Errorf("%w: not a string", errType)
	}
	err = json.Unmarshal(raw, &s)
	return s, err
}

func hexBytes(s string) ([]byte, error) {
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok || strings.ToLower(digits) != digits {
		return nil, errHex
	}
	b, err := hex.DecodeString(digits)
	if err != nil {
		return nil, errHex
	}
	return b, nil
}

func bytesField(raw json.RawMessage) ([]byte, error) {
	s, err := text(raw)
	if err != nil {
		return nil, err
	}
	return hexBytes(s)
}

func wordField(raw json.RawMessage) (w [32]byte, err error) {
	b, err := bytesField(raw)
	if err == nil && len(b) != 32 {
		err = fmt.Errorf("%w: %d bytes, need 32", errType, len(b))
	}
	copy(w[:], b)
	return w, err
}

// quantityField reads an Ethereum hex quantity of at most 64 bits.
func quantityField(raw json.RawMessage) (uint64, error) {
	s, err := text(raw)
	if err != nil {
		return 0, err
	}
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok {
		return 0, errQuantity
	}
	n, err := strconv.ParseUint(digits, 16, 64)
	if err != nil || quantity(n) != s {
		return 0, errQuantity
	}
	return n, nil
}

func quantity(n uint64) string { return "0x" + strconv.FormatUint(n, 16) }

func hexString(b []byte) string { return "0x" + hex.EncodeToString(b) }

// count reads a JSON number that is a whole, non-negative number.
func count(raw json.RawMessage) (uint64, error) {
	n, err := strconv.ParseUint(string(raw), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%w: not a count", errType)
	}
	return n, nil
}
