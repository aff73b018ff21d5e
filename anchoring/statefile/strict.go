package statefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxDepth bounds the nesting of a file; real ones have seven levels.
const maxDepth = 16

// decodeStrict decodes exactly one JSON value whose objects have only known
// fields, each at most once and spelled as declared. encoding/json alone takes
// the last of repeated fields, and names in any case.
func decodeStrict(b []byte, names map[string]bool, out any) error {
	if err := checkKeys(b, names); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(out); err != nil {
		if errors.Is(err, ErrFormat) {
			return err
		}
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: text after the end", ErrFormat)
	}
	return nil
}

// otherFormat is why a file that did not decode is not of a format: because it says
// that it has another one, else err.
func otherFormat(b []byte, want string, err error) error {
	var j struct {
		Format string `json:"format"`
	}
	if json.Unmarshal(b, &j) != nil || j.Format == "" || j.Format == want {
		return err
	}
	return fmt.Errorf("%w: format %.40q, expected %q", ErrFormat, j.Format, want)
}

// checkKeys walks the tokens.
func checkKeys(b []byte, names map[string]bool) error {
	type level struct {
		object bool
		key    bool // the next token is a key
		seen   map[string]bool
	}
	var stack []level
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrFormat, err)
		}
		n := len(stack)
		switch t := tok.(type) {
		case json.Delim:
			if t == '}' || t == ']' {
				stack = stack[:n-1]
				continue
			}
			if n > 0 && stack[n-1].object {
				stack[n-1].key = true
			}
			if n == maxDepth {
				return fmt.Errorf("%w: nested too deeply", ErrFormat)
			}
			stack = append(stack, level{object: t == '{', key: t == '{', seen: map[string]bool{}})
		case nil:
			return fmt.Errorf("%w: null", ErrFormat)
		default:
			if n == 0 || !stack[n-1].object {
				continue
			}
			top := &stack[n-1]
			if name, ok := tok.(string); ok && top.key {
				if !names[name] {
					return fmt.Errorf("%w: unknown field %.40q", ErrFormat, name)
				}
				if top.seen[name] {
					return fmt.Errorf("%w: field %q twice", ErrFormat, name)
				}
				top.seen[name] = true
			}
			top.key = !top.key
		}
	}
}
