package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/crypto/sha3"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm/wasmtest"
	"vmhost/testvectors/schema"
)

// small modules made by hand, with what they must give computed here.

type handmade struct {
	name    string
	imports map[string]string // host function: type
	body    string
	input   []byte
	fuel    uint64 // counted by hand; 0: recorded
	limit   uint64
	journal []byte
	trap    vmabi.Trap
	noState bool
}

// handState has a mapping collection and every kind of item.
func handState() *schema.State {
	h := func(b ...byte) *schema.Hash { v := schema.Hash(slices.Concat(make([]byte, 32-len(b)), b)); return &v }
	wide := schema.Hash{0: 0x80, 15: 0x11, 16: 0x22, 31: 0x33}
	mapped := schema.Hash(keccak(slices.Concat(make([]byte, 31), []byte{9}, make([]byte, 31), []byte{2})))
	return &schema.State{
		ChainID: 31337,
		Block: schema.Block{
			Ref: schema.Ref{Number: 0x1_0203_0405, Hash: schema.Hash{0: 0x01, 1: 0x23, 30: 0xcd, 31: 0xef}}, Parent: schema.Hash{0: 7},
			Timestamp: 1_763_700_000, BaseFee: schema.Hash{23: 1, 31: 5}, GasUsed: 29_999_999, PrevRandao: schema.Hash{0: 0xff, 31: 0xee},
		},
		Collections: []schema.Collection{
			{Name: "empty"},
			{Name: "a.b_c-9", Base: h(2), Items: []schema.Item{{Address: schema.Address{0: 0xaa, 19: 1}, Slot: &mapped, Key: h(9), Value: &wide}}},
			{Name: "kinds", Items: []schema.Item{
				{Kind: "slot", Address: schema.Address{19: 1}, Slot: h(1), Value: h(0xde, 0xad)},
				{Kind: "balance", Address: schema.Address{19: 2}, Value: h(1, 0, 0, 0, 0, 0, 0, 0, 0)},
				{Kind: "nonce", Address: schema.Address{19: 2}, Value: h(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)},
				{Kind: "codehash", Address: schema.Address{19: 2}, Value: &wide},
			}},
			{Name: "abcdefghijklmnopqrstuvwxyz01234", Items: []schema.Item{{Address: schema.Address{19: 3}, Slot: h(), Value: h()}}},
		},
	}
}

func keccak(b []byte) []byte {
	h := sha3.NewLegacyKeccak256()
	h.Write(b)
	return h.Sum(nil)
}

func le(h schema.Hash) []byte { b := h[:]; b = slices.Clone(b); slices.Reverse(b); return b }

func (g *generator) handmade(ctx context.Context) ([]*suite, error) {
	host := newSuite(schema.SchemaRuntime, "runtime/host", "Host functions; journals by hand. Where fuel was not counted by hand it is recorded from one engine.")
	for _, h := range g.hostCalls() {
		if err := g.addHandmade(ctx, host, h); err != nil {
			return nil, err
		}
	}
	fuel := newSuite(schema.SchemaRuntime, "runtime/fuel", "Fuel counted by hand.")
	for _, h := range fuels() {
		if err := g.addHandmade(ctx, fuel, h); err != nil {
			return nil, err
		}
	}
	ops := newSuite(schema.SchemaRuntime, "runtime/arithmetic", "One instruction each, operands from memory; results by Go's own arithmetic.")
	for _, h := range arithmetic() {
		if err := g.addHandmade(ctx, ops, h); err != nil {
			return nil, err
		}
	}
	return []*suite{host, fuel, ops}, nil
}

func (g *generator) addHandmade(ctx context.Context, s *suite, h handmade) error {
	b := wasmtest.New()
	for _, name := range sortedKeys(h.imports) {
		b.Import("vm", name, h.imports[name])
	}
	if h.imports["journal_write"] == "" {
		b.Import("vm", "journal_write", "i32 i32 ->")
	}
	b.Memory(1, 1).Data(16, "kinds.a.b_c-9.Kinds.abcdefghijklmnopqrstuvwxyz012345").
		Define("f", "i32 -> i32", "", "local.get 0 i32.const 1 i32.add").
		Define("run", "->", "i32 i64", h.body)
	t := &schema.Runtime{
		Common: s.next(h.trap == "", h.name), Wasm: b.Bytes(), Input: h.input, Fuel: schema.Quantity(h.limit), Trap: string(h.trap),
	}
	if h.trap == "" {
		j := schema.Bytes(h.journal)
		t.Journal = &j
	}
	if h.fuel > 0 {
		t.Used = &h.fuel
	}
	if !h.noState {
		t.State = handState()
	}
	g.withState(t)
	if err := g.record(ctx, t); err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	s.add(t)
	return nil
}

func fuels() []handmade {
	one := func(name, body string, fuel uint64) handmade {
		return handmade{name: name, body: body, fuel: fuel, noState: true}
	}
	limit := func(name, body string, limit uint64) handmade {
		return handmade{name: name, body: body, limit: limit, trap: vmabi.TrapOutOfFuel, noState: true}
	}
	const (
		count = "i32.const 5 local.set 0 loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end" // 2 + 5*5
		both  = "i32.const 1 if i32.const 2 drop else i32.const 3 drop i32.const 4 drop end"           // const, if, 2
	)
	fits := one("loop of 5 rounds with just enough", count, 27)
	fits.limit = 27
	return []handmade{
		one("nop, block, end cost nothing; two do", "block nop nop i32.const 1 drop end", 2),
		one("loop of 5 rounds", count, 27),
		fits,
		limit("loop of 5 rounds with one too little", count, 26),
		one("if costs 1, else and end nothing", both, 4),
		one("the other arm", "i32.const 0 if i32.const 2 drop else i32.const 3 drop i32.const 4 drop end", 6),
		one("a call costs 1 and what it runs", "i32.const 1 call $f drop", 6),
		one("a host call costs 1", "i32.const 0 i32.const 0 call $journal_write", 3),
		one("return ends", "i32.const 1 drop return i32.const 1 drop", 3),
		one("br over the rest", "block br 0 i32.const 1 drop end", 1),
		limit("endless loop", "loop br 0 end", 1000),
	}
}

// write journals n bytes at address 0.
func write(n int) string { return fmt.Sprintf(" i32.const 0 i32.const %d call $journal_write", n) }

func arithmetic() (out []handmade) {
	pairs := [][2]uint64{{0, 0}, {1, 0}, {7, 3}, {1 << 63, 1<<64 - 1}, {0x8000_0000, 0xffff_ffff}, {0x0123_4567_89ab_cdef, 0x21}, {1<<64 - 1, 1<<64 - 1}, {0xffff_fffe, 65}}
	for _, p := range pairs {
		for _, op := range sortedKeys(binary64) {
			h := handmade{name: fmt.Sprintf("i64.%s %#x %#x", op, p[0], p[1]), noState: true, input: word(p[0], p[1])}
			result := "i64.store 0"
			if slices.Contains(compares, op) {
				result = "i32.store 0 i32.const 4 i32.const 0 i32.store 0"
			}
			h.imports = map[string]string{"input_read": "i32 i32 i32 -> i32", "journal_write": "i32 i32 ->"}
			h.body = "i32.const 0 i32.const 0 i32.const 16 call $input_read drop i32.const 0 i32.const 0 i64.load 0 i32.const 0 i64.load 8 i64." + op + " " + result + write(8)
			v, trap := binary64[op](p[0], p[1])
			if h.trap = trap; trap == "" {
				h.journal = word(v)
			}
			out = append(out, h)
		}
		for _, op := range sortedKeys(binary32) {
			h := handmade{name: fmt.Sprintf("i32.%s %#x %#x", op, uint32(p[0]), uint32(p[1])), noState: true, input: word(p[0], p[1])}
			h.imports = map[string]string{"input_read": "i32 i32 i32 -> i32", "journal_write": "i32 i32 ->"}
			h.body = "i32.const 0 i32.const 0 i32.const 16 call $input_read drop i32.const 0 i32.const 0 i32.load 0 i32.const 0 i32.load 8 i32." + op + " i32.store 0" + write(4)
			v, trap := binary32[op](uint32(p[0]), uint32(p[1]))
			if h.trap = trap; trap == "" {
				h.journal = word(uint64(v))[:4]
			}
			out = append(out, h)
		}
	}
	return out
}

func word(vs ...uint64) (b []byte) {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return b
}

var compares = []string{"lt_u", "gt_u", "le_u", "ge_u", "eq", "ne", "lt_s", "ge_s"}

func truth(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func divide(b uint64, f func() uint64) (uint64, vmabi.Trap) {
	if b == 0 {
		return 0, vmabi.TrapDivideByZero
	}
	return f(), ""
}

var binary64 = map[string]func(a, b uint64) (uint64, vmabi.Trap){
	"add":   func(a, b uint64) (uint64, vmabi.Trap) { return a + b, "" },
	"sub":   func(a, b uint64) (uint64, vmabi.Trap) { return a - b, "" },
	"mul":   func(a, b uint64) (uint64, vmabi.Trap) { return a * b, "" },
	"div_u": func(a, b uint64) (uint64, vmabi.Trap) { return divide(b, func() uint64 { return a / b }) },
	"rem_u": func(a, b uint64) (uint64, vmabi.Trap) { return divide(b, func() uint64 { return a % b }) },
	"div_s": func(a, b uint64) (uint64, vmabi.Trap) {
		if a == 1<<63 && b == 1<<64-1 {
			return 0, vmabi.TrapIntegerOverflow
		}
		return divide(b, func() uint64 { return uint64(int64(a) / int64(b)) })
	},
	"and":   func(a, b uint64) (uint64, vmabi.Trap) { return a & b, "" },
	"or":    func(a, b uint64) (uint64, vmabi.Trap) { return a | b, "" },
	"xor":   func(a, b uint64) (uint64, vmabi.Trap) { return a ^ b, "" },
	"shl":   func(a, b uint64) (uint64, vmabi.Trap) { return a << (b % 64), "" },
	"shr_u": func(a, b uint64) (uint64, vmabi.Trap) { return a >> (b % 64), "" },
	"shr_s": func(a, b uint64) (uint64, vmabi.Trap) { return uint64(int64(a) >> (b % 64)), "" },
	"rotl":  func(a, b uint64) (uint64, vmabi.Trap) { return bits.RotateLeft64(a, int(b%64)), "" },
	"rotr":  func(a, b uint64) (uint64, vmabi.Trap) { return bits.RotateLeft64(a, -int(b%64)), "" },
	"lt_u":  func(a, b uint64) (uint64, vmabi.Trap) { return truth(a < b), "" },
	"gt_u":  func(a, b uint64) (uint64, vmabi.Trap) { return truth(a > b), "" },
	"le_u":  func(a, b uint64) (uint64, vmabi.Trap) { return truth(a <= b), "" },
	"ge_u":  func(a, b uint64) (uint64, vmabi.Trap) { return truth(a >= b), "" },
	"lt_s":  func(a, b uint64) (uint64, vmabi.Trap) { return truth(int64(a) < int64(b)), "" },
	"ge_s":  func(a, b uint64) (uint64, vmabi.Trap) { return truth(int64(a) >= int64(b)), "" },
	"eq":    func(a, b uint64) (uint64, vmabi.Trap) { return truth(a == b), "" },
	"ne":    func(a, b uint64) (uint64, vmabi.Trap) { return truth(a != b), "" },
}

var binary32 = map[string]func(a, b uint32) (uint32, vmabi.Trap){
	"add": func(a, b uint32) (uint32, vmabi.Trap) { return a + b, "" },
	"sub": func(a, b uint32) (uint32, vmabi.Trap) { return a - b, "" },
	"mul": func(a, b uint32) (uint32, vmabi.Trap) { return a * b, "" },
	"div_u": func(a, b uint32) (uint32, vmabi.Trap) {
		if b == 0 {
			return 0, vmabi.TrapDivideByZero
		}
		return a / b, ""
	},
	"div_s": func(a, b uint32) (uint32, vmabi.Trap) {
		switch {
		case b == 0:
			return 0, vmabi.TrapDivideByZero
		case a == 1<<31 && b == 1<<32-1:
			return 0, vmabi.TrapIntegerOverflow
		}
		return uint32(int32(a) / int32(b)), ""
	},
	"shl":   func(a, b uint32) (uint32, vmabi.Trap) { return a << (b % 32), "" },
	"shr_u": func(a, b uint32) (uint32, vmabi.Trap) { return a >> (b % 32), "" },
	"shr_s": func(a, b uint32) (uint32, vmabi.Trap) { return uint32(int32(a) >> (b % 32)), "" },
	"rotl":  func(a, b uint32) (uint32, vmabi.Trap) { return bits.RotateLeft32(a, int(b%32)), "" },
	"lt_u":  func(a, b uint32) (uint32, vmabi.Trap) { return uint32(truth(a < b)), "" },
	"lt_s":  func(a, b uint32) (uint32, vmabi.Trap) { return uint32(truth(int32(a) < int32(b))), "" },
	"gt_s":  func(a, b uint32) (uint32, vmabi.Trap) { return uint32(truth(int32(a) > int32(b))), "" },
	"le_u":  func(a, b uint32) (uint32, vmabi.Trap) { return uint32(truth(a <= b)), "" },
}
