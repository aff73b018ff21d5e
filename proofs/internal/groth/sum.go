package groth

import (
	"context"

	"vmhost/proofs/internal/affine"
)

// batch is how many additions share an inversion.
const batch = affine.Batch

// sign is the lowest bit of an entry of an order: the point is to be negated.
const sign = 1

// summer adds up points in buckets. It belongs to one goroutine; its memory is
// kept from one use to the next.
type summer[P any] struct {
	add    affine.Adder[P]
	acc, q [batch]P
	dst    [batch]int32
	n      int // pairs waiting in acc and q
	pts    []P
	spans  []span

	digits, order, from []uint32 // see group and msm.go
	buckets, low        []P
}

// span is a bucket that still has several points, at pts[start:start+size].
type span struct{ start, size int32 }

// sums sets out[b] to the sum of the points that order[from[b]:from[b+1]]
// names: indices shifted left by one, plus sign. All additions are affine,
// pair by pair within each bucket, so that it does not matter how the points
// are spread. Cost: len(order)-len(out) additions.
func (s *summer[P]) sums(ctx context.Context, src []P, order, from []uint32, out []P) error {
	s.pts, s.spans = grow(s.pts, (len(order)+len(out)+1)/2+1), s.spans[:0]
	next := int32(0)
	for b := range out {
		members := order[from[b]:from[b+1]]
		switch len(members) {
		case 0:
			clear(out[b : b+1])
			continue
		case 1:
			s.load(&out[b], src, members[0])
			continue
		}
		half := len(members) / 2
		for i := range half {
			s.load(&s.acc[s.n], src, members[2*i])
			s.load(&s.q[s.n], src, members[2*i+1])
			s.pair(next + int32(i))
		}
		size := int32(half)
		if len(members)%2 == 1 {
			s.load(&s.pts[next+size], src, members[len(members)-1])
			size++
		}
		s.spans = append(s.spans, span{next, size})
		next += size
		if b%batch == 0 && ctx.Err() != nil {
			s.n = 0
			return ctx.Err()
		}
	}
	s.flush()
	if err := s.fold(ctx); err != nil {
		return err
	}
	next = 0
	for b := range out {
		if k := from[b+1] - from[b]; k > 1 {
			out[b] = s.pts[next]
			next += int32((k + 1) / 2)
		}
	}
	return nil
}

// fold halves the spans until each has one point left, at its start.
func (s *summer[P]) fold(ctx context.Context) error {
	for live := s.spans; len(live) > 0; {
		kept := live[:0]
		for _, v := range live {
			for i := range v.size / 2 {
				a := v.start + 2*i
				s.acc[s.n], s.q[s.n] = s.pts[a], s.pts[a+1]
				s.pair(v.start + i)
			}
			if v.size%2 == 1 && v.size > 1 {
				s.pts[v.start+v.size/2] = s.pts[v.start+v.size-1]
			}
			if v.size = (v.size + 1) / 2; v.size > 1 {
				kept = append(kept, v)
			}
		}
		s.flush()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		live = kept
	}
	return nil
}

func (s *summer[P]) load(p *P, src []P, entry uint32) {
	if entry&sign != 0 {
		s.add.Neg(p, &src[entry>>1])
	} else {
		*p = src[entry>>1]
	}
}

// pair takes the pair at s.n; its sum goes to pts[dst].
func (s *summer[P]) pair(dst int32) {
	s.dst[s.n] = dst
	if s.n++; s.n == batch {
		s.flush()
	}
}

func (s *summer[P]) flush() {
	s.add.AddAll(s.acc[:s.n], s.q[:s.n])
	for i := range s.n {
		s.pts[s.dst[i]] = s.acc[i]
	}
	s.n = 0
}

// grow is a slice of n elements of any content.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// group sorts the indices of digits by bucket: digit = bucket<<1 + sign, with
// buckets 1 … n; bucket 0 is left out. It fills s.order and s.from for sums.
func (s *summer[P]) group(digits []uint32, n int) (order, from []uint32) {
	s.from = grow(s.from, n+1)
	clear(s.from)
	for _, d := range digits {
		s.from[d>>1]++
	}
	total := uint32(0)
	for b := 1; b <= n; b++ {
		total, s.from[b] = total+s.from[b], total
	}
	s.order = grow(s.order, int(total))
	for i, d := range digits {
		if b := d >> 1; b != 0 {
			s.order[s.from[b]] = uint32(i)<<1 | d&sign
			s.from[b]++
		}
	}
	s.from[0] = 0 // now from[b] is the end of bucket b, the start of b+1
	return s.order, s.from
}
