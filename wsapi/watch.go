package wsapi

import (
	"context"
	"encoding/json"
	"errors"
)

// Defined is a collection that vm_watch defined or made longer. Its items have
// values from the next block on.
type Defined struct {
	Name string `json:"name"`
	// Items defined so far, and whether the collection finds more by itself.
	Items   int  `json:"items"`
	Growing bool `json:"growing"`
}

// Watcher defines and drops collections for vm_watch and vm_unwatch.
type Watcher interface {
	// Watch defines the collections of a WATCH.json. What is there already stays,
	// and may become longer. ErrWatch if the file or a collection is refused.
	Watch(ctx context.Context, file json.RawMessage) ([]Defined, error)
	// Drop ends a collection. ErrNotFound if there is none of the name.
	Drop(ctx context.Context, name string) error
}

// ErrWatch is what a [Watcher] returns for a definition that it refuses.
var ErrWatch = errors.New("wsapi: collection refused")

func watch(ctx context.Context, c *call) (any, error) {
	if c.s.opts.Watcher == nil {
		return nil, errorf(CodeUnsupported, "this server defines no collections")
	}
	var file json.RawMessage
	if err := decodeArg(c.args, 0, "definition", &file); err != nil {
		return nil, err
	}
	return c.s.opts.Watcher.Watch(ctx, file)
}

func unwatch(ctx context.Context, c *call) (any, error) {
	if c.s.opts.Watcher == nil {
		return nil, errorf(CodeUnsupported, "this server drops no collections")
	}
	var name string
	if err := decodeArg(c.args, 0, "name", &name); err != nil {
		return nil, err
	}
	return true, c.s.opts.Watcher.Drop(ctx, name)
}
