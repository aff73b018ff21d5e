package statecache

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"unsafe"
)

// Log is one event of a block.
type Log struct {
	Address  [20]byte
	Topics   [][32]byte // at most MaxTopics
	Data     []byte
	TxIndex  uint32
	LogIndex uint32 // in the block
}

// MaxTopics is how many topics a log can have.
const MaxTopics = 4

// FoundLog is a log with its block.
type FoundLog struct {
	Block BlockRef
	Log   Log
}

// LogFilter selects logs. Empty lists match everything.
type LogFilter struct {
	From, To  uint64                // heights, both included
	Addresses [][20]byte            // any of these
	Topics    [MaxTopics][][32]byte // for each place: any of these
	Limit     int                   // at most so many; 0 for all
}

// logColumns are the logs of one block, pointer-free, with two secondary indexes:
// the logs' numbers by address and by first topic. Immutable.
type logColumns struct {
	about  []logAbout
	topics [][32]byte
	data   []byte

	byAddress, byTopic []uint32 // those without a topic come first
}

type logAbout struct {
	address    [20]byte
	tx, index  uint32
	topic      uint32 // where its topics begin
	data       uint32 // where its data begin
	topicCount uint8
}

// newLogColumns checks and copies a block's logs; nil if there are none. They
// must come in the order of their index.
func newLogColumns(logs []Log) (*logColumns, error) {
	if len(logs) == 0 {
		return nil, nil //nolint:nilnil // nil are the columns of no logs
	}
	c := &logColumns{about: make([]logAbout, len(logs))}
	topics, size, next := 0, 0, uint64(0)
	for i := range logs {
		if len(logs[i].Topics) > MaxTopics || uint64(logs[i].LogIndex) < next {
			return nil, fmt.Errorf("%w: number %d", ErrBadLog, i)
		}
		next = uint64(logs[i].LogIndex) + 1
		topics, size = topics+len(logs[i].Topics), size+len(logs[i].Data)
	}
	if size > maxLogData {
		return nil, fmt.Errorf("%w: %d bytes of data", ErrBadLog, size)
	}
	c.topics, c.data = make([][32]byte, 0, topics), make([]byte, 0, size)
	c.byAddress, c.byTopic = make([]uint32, len(logs)), make([]uint32, len(logs))
	for i := range logs {
		l := &logs[i]
		c.about[i] = logAbout{l.Address, l.TxIndex, l.LogIndex, uint32(len(c.topics)), uint32(len(c.data)), uint8(len(l.Topics))}
		c.topics, c.data = append(c.topics, l.Topics...), append(c.data, l.Data...)
		c.byAddress[i], c.byTopic[i] = uint32(i), uint32(i)
	}
	slices.SortStableFunc(c.byAddress, func(a, b uint32) int { return bytes.Compare(c.about[a].address[:], c.about[b].address[:]) })
	slices.SortStableFunc(c.byTopic, func(a, b uint32) int { return bytes.Compare(c.topic0(a), c.topic0(b)) })
	return c, nil
}

// maxLogData bounds the data of a block's logs: it must fit a record.
const maxLogData = 1 << 30

// topic0 is a log's first topic, empty if it has none.
func (c *logColumns) topic0(i uint32) []byte {
	if c.about[i].topicCount == 0 {
		return nil
	}
	return c.topics[c.about[i].topic][:]
}

func (c *logColumns) topicsOf(i uint32) [][32]byte {
	a := &c.about[i]
	return c.topics[a.topic : a.topic+uint32(a.topicCount)]
}

func (c *logColumns) dataOf(i uint32) []byte {
	end := uint32(len(c.data))
	if int(i+1) < len(c.about) {
		end = c.about[i+1].data
	}
	return c.data[c.about[i].data:end]
}

// log copies a log out.
func (c *logColumns) log(i uint32) Log {
	a := &c.about[i]
	return Log{a.address, slices.Clone(c.topicsOf(i)), slices.Clone(c.dataOf(i)), a.tx, a.index}
}

// candidates are the logs that a filter may match, by number: from an index if it
// names addresses or first topics, else all.
func (c *logColumns) candidates(f *LogFilter) []uint32 {
	var out []uint32
	take := func(index []uint32, key []byte, of func(uint32) []byte) {
		from, _ := slices.BinarySearchFunc(index, key, func(i uint32, k []byte) int { return bytes.Compare(of(i), k) })
		for from < len(index) && bytes.Equal(of(index[from]), key) {
			out = append(out, index[from])
			from++
		}
	}
	switch {
	case len(f.Addresses) > 0:
		for i := range f.Addresses {
			take(c.byAddress, f.Addresses[i][:], func(k uint32) []byte { return c.about[k].address[:] })
		}
	case len(f.Topics[0]) > 0:
		for i := range f.Topics[0] {
			take(c.byTopic, f.Topics[0][i][:], c.topic0)
		}
	default:
		for i := range c.about {
			out = append(out, uint32(i))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// matches checks what the index did not.
func (c *logColumns) matches(i uint32, f *LogFilter) bool {
	if len(f.Addresses) > 0 && !slices.Contains(f.Addresses, c.about[i].address) {
		return false
	}
	topics := c.topicsOf(i)
	for place, any := range f.Topics {
		if len(any) > 0 && (place >= len(topics) || !slices.Contains(any, topics[place])) {
			return false
		}
	}
	return true
}

func (c *logColumns) bytes() uint64 {
	if c == nil {
		return 0
	}
	return uint64(len(c.about))*(uint64(unsafe.Sizeof(logAbout{}))+8) + uint64(len(c.topics))*32 + uint64(len(c.data))
}

// encode encodes the logs, none as nothing: count 4, each address 20, tx 4, index 4, topics 1,
// each 32, data length 4, data.
func (c *logColumns) encode() []byte {
	if c == nil {
		return nil
	}
	b := binary.BigEndian.AppendUint32(nil, uint32(len(c.about)))
	for i := range c.about {
		a := &c.about[i]
		b = append(b, a.address[:]...)
		b = binary.BigEndian.AppendUint32(b, a.tx)
		b = binary.BigEndian.AppendUint32(b, a.index)
		b = append(b, a.topicCount)
		for _, t := range c.topicsOf(uint32(i)) {
			b = append(b, t[:]...)
		}
		data := c.dataOf(uint32(i))
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		b = append(b, data...)
	}
	return b
}

// decodeLogs is the inverse of encode.
func decodeLogs(b []byte) ([]Log, error) {
	if len(b) == 0 {
		return nil, nil
	}
	r := &reader{b: b}
	logs := make([]Log, r.count(20+4+4+1+4))
	for i := range logs {
		l := &logs[i]
		l.Address, l.TxIndex, l.LogIndex = r.addr(), r.u32(), r.u32()
		if n := r.u8(); n <= MaxTopics {
			l.Topics = make([][32]byte, n)
		} else if r.err == nil {
			r.err = ErrBadLog
		}
		for k := range l.Topics {
			l.Topics[k] = r.word()
		}
		l.Data = r.bytes(r.count(1))
	}
	if err := r.done(); err != nil || len(logs) == 0 {
		return nil, fmt.Errorf("%w: %w", ErrBadLog, err)
	}
	return logs, nil
}

// Logs returns the logs of the view's branch that a filter matches, in order.
// Every height of the range must be there: no block is skipped.
//
// Errors: ErrReleased, ErrExpired, ErrCancelled; ErrNoLogs from a snapshot's view;
// ErrFuture if To is above the
// view's block; ErrEvicted or ErrUnknownBlock if From lies below what was retained
// when the view was taken; ErrBadLog if From is above To.
func (v *View) Logs(f LogFilter) ([]FoundLog, error) {
	first := v.rows[0].header.Ref.Number
	switch {
	case v.Err() != nil:
		return nil, fmt.Errorf("logs: %w", v.Err())
	case v.c.snapshot:
		return nil, fmt.Errorf("logs: %w", ErrNoLogs)
	case f.From > f.To:
		return nil, fmt.Errorf("logs: %w: heights from %d to %d", ErrBadLog, f.From, f.To)
	case f.To > v.v.header.Ref.Number:
		return nil, fmt.Errorf("logs: %w: height %d, view of %v", ErrFuture, f.To, v.Ref())
	case f.From < v.c.first:
		return nil, fmt.Errorf("logs: %w: height %d", ErrUnknownBlock, f.From)
	case f.From < first:
		return nil, fmt.Errorf("logs: %w: height %d, oldest is %d", ErrEvicted, f.From, first)
	}
	var out []FoundLog
	for _, row := range v.rows[f.From-first : f.To-first+1] {
		if row.logs == nil {
			continue
		}
		for _, i := range row.logs.candidates(&f) {
			if f.Limit > 0 && len(out) == f.Limit {
				return out, nil
			}
			if row.logs.matches(i, &f) {
				out = append(out, FoundLog{row.header.Ref, row.logs.log(i)})
			}
		}
	}
	return out, nil
}
