package replay

import (
	"context"
	"encoding/json"

	"vmhost/testvectors/schema"
)

// runner replays tests of one schema. run returns nil if everything that the
// test expects happened.
type runner struct {
	decode func(raw json.RawMessage) (any, error)
	run    func(ctx context.Context, test any) error
}

// of makes a runner of a function on decoded tests.
func of[T any](run func(context.Context, *T) error) runner {
	return runner{
		decode: func(raw json.RawMessage) (any, error) {
			t := new(T)
			return t, schema.Strict(raw, t)
		},
		run: func(ctx context.Context, test any) error { return run(ctx, test.(*T)) },
	}
}

// runners by schema.
func runners() map[string]runner {
	return map[string]runner{
		schema.SchemaProgram:    of(program),
		schema.SchemaRuntime:    of(runModule),
		schema.SchemaStatecache: of(stateCache),
		schema.SchemaProofs:     of(proof),
		schema.SchemaWsapi:      of(script),
		schema.SchemaAnchoring:  of(stateFile),
	}
}
