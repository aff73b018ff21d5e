package statecache

import (
	"sync/atomic"
	"unsafe"
)

// Memory says what the cache holds, in bytes. It is exact arithmetic over the
// columns and tables, not a sample: what it leaves out are a few words for each
// collection and view, and the maps of names.
type Memory struct {
	Values  uint64 // value and leaf hash of each item, at the tip
	Nodes   uint64 // inner nodes of the collections' trees and the directory
	Items   uint64 // what is watched, with hashes and index
	History uint64 // the accumulator of earlier blocks
	Undo    uint64 // what reads of earlier heights and rollbacks need
	Redo    uint64 // what views of rolled-back blocks need
	Rows    uint64 // header, lengths and roots of each block
	Logs    uint64 // the events of each block, with their indexes
	Total   uint64

	Blocks int // retained, and kept below the window for views
	Pins   int
	Budget uint64 // 0: none
	Level  Level
}

// Level says how near the memory is to its budget, and what has to give.
type Level uint8

// Levels of memory, in order: each has the consequences of those before.
const (
	LevelOK            Level = iota
	LevelShrink              // from 7/10 of the budget: the window shrinks to a quarter; pins still hold
	LevelRefuseWatches       // from 8/10: Define and Extend are ErrPressure
	LevelRefuseJobs          // from 9/10: View is ErrPressure
)

var levelNames = [...]string{"ok", "shrink", "refuse-watches", "refuse-jobs"}

// String returns ok, shrink, refuse-watches or refuse-jobs.
func (l Level) String() string { return levelNames[min(int(l), len(levelNames)-1)] }

// meter counts bytes by table.
type meter struct {
	values, nodes, items, history, undo atomic.Int64
}

// Memory returns what the cache holds. It does not wait for writers.
func (c *Cache) Memory() Memory {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.memory()
}

// memory requires mu.
func (c *Cache) memory() Memory {
	u := &c.st.used
	m := Memory{
		Values: uint64(u.values.Load()), Nodes: uint64(u.nodes.Load()), Items: uint64(u.items.Load()),
		History: uint64(u.history.Load()), Undo: uint64(u.undo.Load()),
		Blocks: len(c.rows) + len(c.tail), Pins: len(c.pins), Budget: c.opts.Budget,
	}
	m.Rows = uint64(m.Blocks) * uint64(unsafe.Sizeof(version{}))
	var last *column
	for _, rows := range [][]*version{c.tail, c.rows} {
		for _, v := range rows {
			m.Logs += v.logs.bytes()
			if first := &v.cols[0]; first != last {
				m.Rows += uint64(cap(v.cols)) * uint64(unsafe.Sizeof(column{}))
				last = first
			}
		}
	}
	counted := map[*redo]bool{}
	for p := range c.pins {
		if o := p.orphan.Load(); o != nil {
			for _, r := range o.redo {
				if !counted[r] {
					counted[r] = true
					m.Redo += uint64(r.bytes())
				}
			}
		}
	}
	m.Total = m.Values + m.Nodes + m.Items + m.History + m.Undo + m.Redo + m.Rows + m.Logs
	m.Level = level(m.Total, m.Budget)
	return m
}

func level(total, budget uint64) Level {
	switch {
	case budget == 0 || total < budget/10*7:
		return LevelOK
	case total < budget/10*8:
		return LevelShrink
	case total < budget/10*9:
		return LevelRefuseWatches
	}
	return LevelRefuseJobs
}

// pressed returns ErrPressure from a level on. Requires mu.
func (c *Cache) pressed(from Level) error {
	if c.opts.Budget > 0 && c.memory().Level >= from {
		return ErrPressure
	}
	return nil
}

// window returns how many blocks to retain now. Takes mu.
func (c *Cache) window() int {
	if c.opts.Budget > 0 && c.Memory().Level >= LevelShrink {
		return max(1, c.opts.Window/4)
	}
	return c.opts.Window
}

// watchesAllowed returns ErrPressure if no more items may be watched.
func (c *Cache) watchesAllowed() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pressed(LevelRefuseWatches)
}
