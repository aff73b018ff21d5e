package runtime

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"vmhost/internal/vmabi"
)

// call is the state of one run. Host functions find it in the context.
type call struct {
	state   State
	input   []byte
	limits  Limits
	abiMax  int // journal limit of the ABI
	quantum uint64
	memory  bool // the guest has one
	logTo   func([]byte)

	journal []byte
	logged  int
	reads   uint64
	granted uint64      // fuel handed out so far
	left    int64       // the quantum after the run; negative if more was charged than granted
	stopped atomic.Bool // the context is done

	hadState bool // the state answered when the run began
}

type callKey struct{}

func callOf(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

// checkStopped ends the run if its context is done.
func (c *call) checkStopped() {
	if c.stopped.Load() {
		panic(errStopped)
	}
}

// refill grants fuel: a quantum, or more if more is owed already, never more
// than the limit leaves. quantum is negative.
func (c *call) refill(quantum int64) int64 {
	c.checkStopped()
	owed, rest := uint64(-quantum), c.limits.Fuel-c.granted
	if owed > rest {
		trap(vmabi.TrapOutOfFuel, "")
	}
	grant := max(owed, min(c.quantum, rest))
	c.granted += grant
	return quantum + int64(grant)
}

// buffer returns guest memory [ptr, ptr+n) or traps.
func (c *call) buffer(mod api.Module, ptr uint32, n uint64) []byte {
	if c.memory && uint64(ptr)+n <= uint64(mod.Memory().Size()) {
		b, _ := mod.Memory().Read(ptr, uint32(n))
		return b
	}
	if !c.memory && ptr == 0 && n == 0 {
		return nil
	}
	trap(vmabi.TrapOutOfBounds, fmt.Sprintf("host call: %d bytes at 0x%x", n, ptr))
	return nil
}

// hostFunc is a host function on the raw stack: parameters in, results out.
type hostFunc func(c *call, mod api.Module, stack []uint64)

func hostFuncs() [vmabi.NumFuncs]hostFunc {
	return [vmabi.NumFuncs]hostFunc{
		vmabi.FuncInputLen:      hostInputLen,
		vmabi.FuncInputRead:     hostInputRead,
		vmabi.FuncJournalWrite:  hostJournalWrite,
		vmabi.FuncCollection:    hostCollection,
		vmabi.FuncCollectionLen: hostCollectionLen,
		vmabi.FuncStateU64:      hostStateU64,
		vmabi.FuncStateRead:     hostStateRead,
		vmabi.FuncStateReadN:    hostStateReadN,
		vmabi.FuncStateReadAt:   hostStateReadAt,
		vmabi.FuncItem:          hostItem,
		vmabi.FuncManifest:      hostManifest,
		vmabi.FuncBlock:         hostBlock,
		vmabi.FuncKeccak256:     hostKeccak256,
		vmabi.FuncLog:           hostLog,
	}
}

// instantiateHost makes the modules "vm" and helperModule in r.
func instantiateHost(ctx context.Context, r wazero.Runtime) error {
	vm := r.NewHostModuleBuilder(vmabi.Module)
	fns := hostFuncs()
	for _, f := range vmabi.Functions() {
		fn := fns[f.ID]
		vm.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(func(ctx context.Context, mod api.Module, stack []uint64) {
			c := callOf(ctx)
			c.checkStopped()
			fn(c, mod, stack)
		}), apiTypes(f.Params), apiTypes(f.Results)).Export(f.Name)
	}
	if _, err := vm.Instantiate(ctx); err != nil {
		return err
	}
	i64 := api.ValueTypeI64
	_, err := r.NewHostModuleBuilder(helperModule).
		NewFunctionBuilder().WithGoFunction(api.GoFunc(func(ctx context.Context, stack []uint64) {
		stack[0] = uint64(callOf(ctx).refill(int64(stack[0])))
	}), []api.ValueType{i64}, []api.ValueType{i64}).Export(helperNames[helperRefill]).
		NewFunctionBuilder().WithGoFunction(api.GoFunc(func(context.Context, []uint64) {
		trap(vmabi.TrapCallStack, fmt.Sprintf("deeper than %d", vmabi.MaxCallDepth))
	}), nil, nil).Export(helperNames[helperExhausted]).
		NewFunctionBuilder().WithGoFunction(api.GoFunc(func(ctx context.Context, _ []uint64) {
		callOf(ctx).checkStopped()
	}), nil, nil).Export(helperNames[helperPoll]).
		Instantiate(ctx)
	return err
}

func apiTypes(ts []vmabi.ValueType) []api.ValueType {
	out := make([]api.ValueType, len(ts))
	for i, t := range ts {
		out[i] = api.ValueType(t)
	}
	return out
}

func hostInputLen(c *call, _ api.Module, stack []uint64) { stack[0] = uint64(len(c.input)) }

func hostInputRead(c *call, mod api.Module, stack []uint64) {
	dst := c.buffer(mod, uint32(stack[0]), uint64(uint32(stack[2])))
	off := min(uint64(uint32(stack[1])), uint64(len(c.input)))
	stack[0] = uint64(copy(dst, c.input[off:]))
}

func hostJournalWrite(c *call, mod api.Module, stack []uint64) {
	b := c.buffer(mod, uint32(stack[0]), uint64(uint32(stack[1])))
	switch size := len(c.journal) + len(b); {
	case size > c.abiMax:
		trap(vmabi.TrapJournalOverflow, fmt.Sprintf("%d bytes, at most %d", size, c.abiMax))
	case size > c.limits.Journal:
		trap(vmabi.TrapOutputLimit, fmt.Sprintf("%d bytes, at most %d", size, c.limits.Journal))
	}
	c.journal = append(c.journal, b...)
}

func hostLog(c *call, mod api.Module, stack []uint64) {
	b := c.buffer(mod, uint32(stack[0]), uint64(uint32(stack[1])))
	if c.logTo == nil || c.logged >= c.limits.Log {
		return
	}
	b = b[:min(len(b), c.limits.Log-c.logged)]
	// An empty message counts too, or a guest could log for ever.
	c.logged = min(c.logged+max(len(b), 1), math.MaxInt-1)
	c.logTo(append([]byte(nil), b...))
}
