package replay

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// runners by schema.
func runners() map[string]Runner {
	return map[string]Runner{
		"vmhost-program/1": program,
	}
}

// common is what every test of every schema has.
type common struct {
	ID      int      `json:"id"`
	Comment string   `json:"comment"`
	Flags   []string `json:"flags,omitempty"`
	Result  string   `json:"result"`
}

// valid reads the expected result.
func (c common) valid() (bool, error) {
	switch c.Result {
	case "valid":
		return true, nil
	case "invalid":
		return false, nil
	}
	return false, fmt.Errorf("%w: result %q", ErrFormat, c.Result)
}

func unhex(s string) ([]byte, error) {
	h, ok := strings.CutPrefix(s, "0x")
	if !ok {
		return nil, fmt.Errorf("%w: hex without 0x", ErrFormat)
	}
	b, err := hex.DecodeString(h)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return b, nil
}
