package runtime

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tetratelabs/wazero/api"
	"golang.org/x/crypto/sha3"

	"vmhost/internal/vmabi"
	"vmhost/statecache"
)

func hostCollection(c *call, mod api.Module, stack []uint64) {
	name := c.buffer(mod, uint32(stack[0]), uint64(uint32(stack[1])))
	if !vmabi.ValidName(name) {
		trap(vmabi.TrapUnknownCollection, fmt.Sprintf("bad name of %d bytes", len(name)))
	}
	handle, ok := c.state.Find(string(name))
	if !ok {
		trap(vmabi.TrapUnknownCollection, string(name))
	}
	stack[0] = uint64(handle)
}

// length returns a collection's length or traps.
func (c *call) length(handle uint32) uint32 {
	n, ok := c.state.Len(handle)
	if !ok {
		trap(vmabi.TrapInvalidHandle, fmt.Sprintf("%d", handle))
	}
	return n
}

// item checks a handle and an index.
func (c *call) checkIndex(handle, index uint32) {
	if n := c.length(handle); index >= n {
		trap(vmabi.TrapIndexOutOfRange, fmt.Sprintf("%d of %d", index, n))
	}
}

// value reads an item that exists.
func (c *call) value(handle, index uint32) [32]byte {
	v, ok := c.state.Value(handle, index)
	if !ok {
		trap(vmabi.TrapNotCached, fmt.Sprintf("collection %d item %d", handle, index))
	}
	c.reads++
	return v
}

func hostCollectionLen(c *call, _ api.Module, stack []uint64) {
	stack[0] = uint64(c.length(uint32(stack[0])))
}

func hostStateU64(c *call, _ api.Module, stack []uint64) {
	handle, index := uint32(stack[0]), uint32(stack[1])
	c.checkIndex(handle, index)
	v := c.value(handle, index)
	out := uint64(0)
	for i, b := range v {
		if i < 24 && b != 0 {
			trap(vmabi.TrapValueTooWide, fmt.Sprintf("collection %d item %d", handle, index))
		}
		out = out<<8 | uint64(b)
	}
	stack[0] = out
}

// putNumber writes a big-endian value in the guest's order.
func putNumber(dst []byte, v [32]byte) {
	copy(dst, v[:])
	slices.Reverse(dst[:vmabi.ValueSize])
}

func hostStateRead(c *call, mod api.Module, stack []uint64) {
	handle, index := uint32(stack[0]), uint32(stack[1])
	dst := c.buffer(mod, uint32(stack[2]), vmabi.ValueSize)
	c.checkIndex(handle, index)
	putNumber(dst, c.value(handle, index))
}

func hostStateReadN(c *call, mod api.Module, stack []uint64) {
	handle, index, n := uint32(stack[0]), uint32(stack[1]), uint32(stack[2])
	dst := c.buffer(mod, uint32(stack[3]), vmabi.ValueSize*uint64(n))
	if length := c.length(handle); uint64(index)+uint64(n) > uint64(length) {
		trap(vmabi.TrapIndexOutOfRange, fmt.Sprintf("%d items from %d of %d", n, index, length))
	}
	for i := range n {
		if i%1024 == 0 {
			c.checkStopped()
		}
		putNumber(dst[vmabi.ValueSize*i:], c.value(handle, index+i))
	}
}

func hostStateReadAt(c *call, mod api.Module, stack []uint64) {
	age, handle, index := uint32(stack[0]), uint32(stack[1]), uint32(stack[2])
	dst := c.buffer(mod, uint32(stack[3]), vmabi.ValueSize)
	c.checkIndex(handle, index)
	v, err := c.state.ValueAt(uint64(age), handle, index)
	switch {
	case errors.Is(err, statecache.ErrAgeRange), errors.Is(err, statecache.ErrNoHistory):
		trap(vmabi.TrapAgeOutOfRange, err.Error())
	case errors.Is(err, statecache.ErrNotThen):
		trap(vmabi.TrapNotCached, err.Error())
	case err != nil:
		panic(&fault{fmt.Errorf("%w: %w", ErrState, err)})
	}
	c.reads++
	putNumber(dst, v)
}

func hostItem(c *call, mod api.Module, stack []uint64) {
	handle, index := uint32(stack[0]), uint32(stack[1])
	dst := c.buffer(mod, uint32(stack[2]), vmabi.ItemSize)
	c.checkIndex(handle, index)
	it, ok := c.state.Item(handle, index)
	if !ok {
		trap(vmabi.TrapNotCached, fmt.Sprintf("collection %d item %d", handle, index))
	}
	dst[0] = byte(it.Kind)
	copy(dst[1:21], it.Address[:])
	copy(dst[21:53], it.Slot[:])
	copy(dst[53:85], it.Key[:])
}

func hostManifest(c *call, mod api.Module, stack []uint64) {
	handle := uint32(stack[0])
	dst := c.buffer(mod, uint32(stack[1]), vmabi.ValueSize)
	c.length(handle)
	root, ok := c.state.ItemsRoot(handle)
	if !ok {
		trap(vmabi.TrapInvalidHandle, fmt.Sprintf("%d", handle))
	}
	copy(dst, root[:])
}

func hostBlock(c *call, mod api.Module, stack []uint64) {
	field := uint32(stack[0])
	dst := c.buffer(mod, uint32(stack[1]), vmabi.ValueSize)
	if field >= vmabi.NumBlockFields {
		trap(vmabi.TrapUnknownBlockField, fmt.Sprintf("%d", field))
	}
	v := c.value(vmabi.HeaderHandle, field)
	if field == vmabi.FieldHash {
		copy(dst, v[:])
		return
	}
	putNumber(dst, v)
}

// keccakChunk is what is hashed between two looks at the context.
const keccakChunk = 64 << 10

func hostKeccak256(c *call, mod api.Module, stack []uint64) {
	src := c.buffer(mod, uint32(stack[0]), uint64(uint32(stack[1])))
	dst := c.buffer(mod, uint32(stack[2]), vmabi.ValueSize)
	h := sha3.NewLegacyKeccak256()
	for len(src) > 0 {
		n := min(len(src), keccakChunk)
		_, _ = h.Write(src[:n]) // hash.Hash never fails
		src = src[n:]
		c.checkStopped()
	}
	h.Sum(dst[:0])
}
