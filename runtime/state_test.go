package runtime_test

import (
	"encoding/binary"
	"errors"

	"vmhost/statecache"
)

// fakeState is a State in maps: handle 0 is the header collection.
type fakeState struct {
	names  map[string]uint32
	values [][][32]byte
	age    map[uint64]error // what ValueAt returns
	gone   bool
}

func num(v uint64) (b [32]byte) {
	binary.BigEndian.PutUint64(b[24:], v)
	return b
}

func counting(from byte) (b [32]byte) {
	for i := range b {
		b[i] = from + byte(i)
	}
	return b
}

// newFakeState watches the header, "pool" (5 items) and "empty".
func newFakeState() *fakeState {
	return &fakeState{
		names: map[string]uint32{"header": 0, "pool": 1, "empty": 2},
		values: [][][32]byte{
			{num(77), num(1700000000), num(9), counting(0x40), num(21000), counting(0x80)},
			{num(1000), num(2000), counting(1), num(1<<64 - 1), {23: 1}},
			{},
		},
		age: map[uint64]error{1: nil, 2: statecache.ErrNotThen, 3: statecache.ErrNoHistory, 4: errors.New("disk on fire")},
	}
}

func (s *fakeState) Find(name string) (uint32, bool) {
	h, ok := s.names[name]
	return h, ok && !s.gone
}

func (s *fakeState) Len(h uint32) (uint32, bool) {
	if s.gone || int(h) >= len(s.values) {
		return 0, false
	}
	return uint32(len(s.values[h])), true
}

func (s *fakeState) Value(h, i uint32) (v [32]byte, ok bool) {
	if n, ok := s.Len(h); !ok || i >= n {
		return v, false
	}
	return s.values[h][i], true
}

func (s *fakeState) Item(h, i uint32) (statecache.Item, bool) {
	if _, ok := s.Value(h, i); !ok {
		return statecache.Item{}, false
	}
	return statecache.Item{Kind: 1, Address: [20]byte{0: 0xaa, 19: byte(i)}, Slot: counting(0x10), Key: counting(0x60)}, true
}

func (s *fakeState) ItemsRoot(h uint32) ([32]byte, bool) {
	_, ok := s.Len(h)
	return counting(byte(h)), ok
}

func (s *fakeState) ValueAt(age uint64, h, i uint32) ([32]byte, error) {
	err, ok := s.age[age]
	if !ok {
		err = statecache.ErrAgeRange
	}
	return num(uint64(i) + 100*age), err
}
