package replay

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"vmhost/jobs"
	"vmhost/wsapi"
)

// match compares an answer with what is expected; see schema.Script.
func (p *player) match(path string, want, got any) error {
	switch w := want.(type) {
	case string:
		name, isVar := strings.CutPrefix(w, "$")
		if !isVar {
			break
		}
		if name == "_" {
			return nil
		}
		name = strings.TrimSuffix(name, "$")
		if old, ok := p.vars[name]; ok && !reflect.DeepEqual(old, got) {
			return fmt.Errorf("%s: %v, but %s was %v: %w", path, got, w, old, errWrong)
		}
		p.vars[name] = got
		return nil
	case map[string]any:
		return p.matchObject(path, w, got)
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Errorf("%s: %v, want %d elements: %w", path, got, len(w), errWrong)
		}
		for i := range w {
			if err := p.match(fmt.Sprintf("%s[%d]", path, i), w[i], g[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if !reflect.DeepEqual(want, got) {
		return fmt.Errorf("%s: %v, want %v: %w", path, got, want, errWrong)
	}
	return nil
}

// more allows further fields in an object.
const more = "…"

func (p *player) matchObject(path string, want map[string]any, got any) error {
	g, ok := got.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: %v is not an object: %w", path, got, errWrong)
	}
	for k, v := range want {
		if k == more {
			continue
		}
		gv, ok := g[k]
		if !ok {
			return fmt.Errorf("%s.%s is missing: %w", path, k, errWrong)
		}
		if err := p.match(path+"."+k, v, gv); err != nil {
			return err
		}
	}
	if want[more] != nil {
		return nil
	}
	for k := range g {
		if _, ok := want[k]; !ok {
			return fmt.Errorf("%s.%s is unexpected: %w", path, k, errWrong)
		}
	}
	return nil
}

// fakeState has a pool of two items whose value is the height.
type fakeState struct{}

func (fakeState) Collections(context.Context, jobs.BlockRef) ([]wsapi.Collection, error) {
	return []wsapi.Collection{{Name: "header", Length: 6}, {Name: "pool", Handle: 1, Length: 2}}, nil
}

func (fakeState) Items(_ context.Context, at jobs.BlockRef, name string, index, n uint32) ([]wsapi.StateItem, error) {
	if name != "pool" || uint64(index)+uint64(n) > 2 {
		return nil, fmt.Errorf("collection %.40q: %w", name, wsapi.ErrNotFound)
	}
	var out []wsapi.StateItem
	for i := range n {
		out = append(out, wsapi.StateItem{Index: index + i, Kind: "slot", Address: make([]byte, 20), Value: jobs.Hash{31: byte(at.Number)}})
	}
	return out, nil
}

// fakeVerifier looks at the format only.
type fakeVerifier struct{}

func (fakeVerifier) VerifyProof(_ context.Context, file json.RawMessage) (wsapi.Verdict, error) {
	var f struct{ Format string }
	if json.Unmarshal(file, &f) != nil || f.Format != "vmhost-proof/1" {
		return wsapi.Verdict{Reason: "format"}, nil //nolint:nilerr // an invalid proof is an answer
	}
	return wsapi.Verdict{Valid: true}, nil
}
