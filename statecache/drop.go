package statecache

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// Drop ends a collection: from the next applied block on its directory entry is
// the literal 0 and its values, which nobody fetches any more, are committed to no
// longer. Earlier blocks of the window still answer; a rollback below brings it
// back until the next block. Its memory is freed when the last block that has it
// leaves the window. Its name and handle are never used again. Changes that name
// it are ignored. A drop is recorded in the delta log.
//
// Errors: ErrReserved, ErrUnknownCollection, ErrDropped, ErrLog, ErrFollower.
func (c *Cache) Drop(name string) error {
	if c.follower {
		return fmt.Errorf("drop %q: %w", name, ErrFollower)
	}
	if err := c.drop1(name); err != nil {
		return fmt.Errorf("drop %q: %w", name, err)
	}
	return nil
}

// Dropped reports whether there was a collection of this name, and no more.
func (c *Cache) Dropped(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	def, ok := c.defs.byName[name]
	return ok && def.dropped
}

func (c *Cache) drop1(name string) error {
	c.writer.Lock()
	defer c.writer.Unlock()
	def, err := c.droppable(name)
	if err != nil {
		return err
	}
	if err := c.append(recDrop, appendName(nil, name)); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	def.dropped = true
	c.defs.ops = append(c.defs.ops, defOp{def: def, drop: true})
	c.doomed = append(c.doomed, def.handle)
	delete(c.leases, name)
	c.opts.Logger.Info("collection dropped", slog.String("collection", name))
	return nil
}

// droppable returns a collection that is there. Requires mu or writer.
func (c *Cache) droppable(name string) (*collection, error) {
	def, ok := c.defs.byName[name]
	switch {
	case name == HeaderName:
		return nil, ErrReserved
	case !ok:
		return nil, ErrUnknownCollection
	case def.dropped:
		return nil, ErrDropped
	}
	return def, nil
}

// forget frees the dropped collections that no block still readable has; oldest
// is the first of these. Requires mu and writer.
func (c *Cache) forget(oldest *version) {
	c.doomed = slices.DeleteFunc(c.doomed, func(h uint32) bool {
		if int(h) >= len(oldest.cols) || !oldest.cols[h].gone {
			return false
		}
		old := c.st.cols[h]
		stub := c.st.forget(h)
		c.defs.byName[stub.name] = stub
		for i := range c.defs.ops {
			if c.defs.ops[i].def == old {
				c.defs.ops[i].def = stub
			}
		}
		return true
	})
}

// Renew moves the end of a collection's lease; zero: none, it stays until Drop.
// Leases are the caller's wish of the moment and not in the delta log: after a
// restart no collection has one until it is renewed.
//
// Errors: ErrReserved, ErrUnknownCollection, ErrDropped.
func (c *Cache) Renew(name string, until time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := c.droppable(name); err != nil {
		return fmt.Errorf("renew %q: %w", name, err)
	}
	c.leases[name] = until
	if until.IsZero() {
		delete(c.leases, name)
	}
	return nil
}

// ExpireLeases drops the collections whose lease ended before now, and returns
// their names. Errors: those of Drop.
func (c *Cache) ExpireLeases(now time.Time) ([]string, error) {
	c.mu.Lock()
	var names []string
	for name, until := range c.leases {
		if until.Before(now) {
			names = append(names, name)
		}
	}
	c.mu.Unlock()
	slices.Sort(names)
	var done []string
	var errs []error
	for _, name := range names {
		err := c.Drop(name)
		if err == nil {
			done = append(done, name)
		}
		errs = append(errs, err)
	}
	return done, errors.Join(errs...)
}
