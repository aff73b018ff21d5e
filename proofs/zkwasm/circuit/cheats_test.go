package circuit

import (
	"fmt"
	"testing"

	"vmhost/proofs/zkwasm/ir"
)

// TestLies runs guest with one lie at a time, everything downstream recomputed,
// and edits of the finished trace.
func TestLies(t *testing.T) {
	p, honest := runGuest(t, []byte{4})
	base := &liar{p: p, input: []byte{4}}
	if !base.run() {
		t.Fatal("the honest run does not end")
	}
	if string(base.t.Output) != string(honest.Output) {
		t.Fatalf("journal %x, want %x", base.t.Output, honest.Output)
	}
	if _, err := claim(t, p, base.t, noState{}); err != nil {
		t.Fatalf("the honest run is refused: %v", err)
	}
	var tried, ended int
	attempt := func(what string, l *liar) {
		l.p = p
		if l.input == nil {
			l.input = []byte{4}
		}
		tried++
		if !l.run() {
			return
		}
		ended++
		if _, err := claim(t, p, l.t, noState{}); err == nil {
			t.Errorf("%s: accepted, journal %x", what, l.t.Output)
		}
	}
	nPure, nMem, nRow := len(base.t.Pure), len(base.t.Mem), len(base.t.Spine)
	for i := 0; i < nPure; i += 1 + nPure/25 {
		attempt(fmt.Sprintf("result of pure step %d (%s)", i, base.t.Pure[i].Op.Op), &liar{pure: func(n int, s *ir.PureStep) {
			if n == i {
				s.R[0] ^= 1
			}
		}})
	}
	for i := range nMem {
		if !base.t.Mem[i].Op.Store {
			attempt(fmt.Sprintf("loaded value of event %d", i), &liar{load: func(n int, m *ir.MemStep) {
				if n == i {
					m.Val ^= 2
				}
			}})
		} else {
			attempt(fmt.Sprintf("stored value of event %d", i), &liar{store: func(n int, m *ir.MemStep) {
				if n == i {
					m.Val ^= 2
				}
			}})
		}
	}
	for i := range nRow {
		if p.Blocks[base.t.Spine[i].PC-1].Term.Kind == ir.TermBranch {
			attempt(fmt.Sprintf("operand of the branch of row %d", i), &liar{branch: func(row int, taken bool) bool { return taken != (row == i) }, bend: true})
			attempt(fmt.Sprintf("branch of row %d", i), &liar{branch: func(row int, taken bool) bool { return taken != (row == i) }})
		}
	}
	for i := range base.t.Links {
		l := base.t.Links[i]
		attempt(fmt.Sprintf("PARENT of link %d", i), &liar{link: func(n int, k *ir.LinkStep) {
			if n == i {
				k.From = base.t.Links[(i+1)%len(base.t.Links)].From + boolUint(base.t.Links[(i+1)%len(base.t.Links)].From == l.From)
			}
		}})
		if l.Cont != 0 {
			for _, other := range base.t.Links {
				if other.Cont != 0 && other.Cont != l.Cont {
					attempt(fmt.Sprintf("RETPC of link %d", i), &liar{link: func(n int, k *ir.LinkStep) {
						if n == i {
							k.Cont = other.Cont
						}
					}})
					break
				}
			}
		}
	}
	rets := 0
	for _, s := range base.t.Spine {
		if p.Blocks[s.PC-1].Term.Kind == ir.TermRet {
			rets++
		}
	}
	for i := range rets {
		attempt(fmt.Sprintf("return %d to another frame", i), &liar{ret: func(n int, s *ir.SpineStep) {
			if n == i {
				s.B = base.t.Links[(i+1)%len(base.t.Links)].From + boolUint(base.t.Links[(i+1)%len(base.t.Links)].From == s.B)
			}
		}})
	}
	for i := 0; i < len(base.t.Moves); i += 1 + len(base.t.Moves)/15 {
		attempt(fmt.Sprintf("value of move %d", i), &liar{move: func(n int, m *ir.MoveStep) {
			if n == i {
				m.Value++
			}
		}})
	}
	t.Logf("%d lies, %d of them ran to the end", tried, ended)
	if ended < 40 {
		t.Errorf("only %d lies ran to the end: the test has lost its teeth", ended)
	}
}

func boolUint(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// TestEditedTraces edits the honest trace without running anything again.
func TestEditedTraces(t *testing.T) {
	fresh := func() (*ir.Program, *ir.Trace) {
		p, _ := runGuest(t, []byte{4})
		l := &liar{p: p, input: []byte{4}}
		l.run()
		return p, l.t
	}
	lastLoad := func(tr *ir.Trace, rg ir.Region) *ir.MemStep {
		for i := len(tr.Mem) - 1; i >= 0; i-- {
			if m := &tr.Mem[i]; !m.Op.Store && m.Op.Region == rg && m.Cells[0].PrevTau > 0 {
				return m
			}
		}
		t.Fatal("no such load")
		return nil
	}
	cases := map[string]func(p *ir.Program, tr *ir.Trace){
		"stale read": func(_ *ir.Program, tr *ir.Trace) {
			m := lastLoad(tr, ir.RegionGlobals)
			m.Cells[0].PrevTau = 0
		},
		"read of the future": func(_ *ir.Program, tr *ir.Trace) {
			m := lastLoad(tr, ir.RegionGlobals)
			m.Cells[0].PrevTau = m.Tau + 1
		},
		"event skipped": func(_ *ir.Program, tr *ir.Trace) { tr.Mem = append(tr.Mem[:3:3], tr.Mem[4:]...) },
		"event doubled": func(_ *ir.Program, tr *ir.Trace) { tr.Mem = append(tr.Mem, tr.Mem[3]) },
		"events swapped": func(_ *ir.Program, tr *ir.Trace) {
			tr.Mem[3].Tau, tr.Mem[4].Tau = tr.Mem[4].Tau, tr.Mem[3].Tau
		},
		"event of another frame": func(_ *ir.Program, tr *ir.Trace) { tr.Mem[len(tr.Mem)-1].Frame++ },
		"row skipped":            func(_ *ir.Program, tr *ir.Trace) { tr.Spine = append(tr.Spine[:5:5], tr.Spine[6:]...) },
		"row doubled": func(_ *ir.Program, tr *ir.Trace) {
			tr.Spine = append(tr.Spine[:6:6], tr.Spine[5:]...)
		},
		"move into another frame": func(_ *ir.Program, tr *ir.Trace) { tr.Moves[len(tr.Moves)-1].To++ },
		"move over an edge not taken": func(_ *ir.Program, tr *ir.Trace) {
			tr.Moves[0].Edge ^= 1 << 24
		},
		"first move missing": func(_ *ir.Program, tr *ir.Trace) { tr.Moves = tr.Moves[1:] },
		"second PARENT":      func(_ *ir.Program, tr *ir.Trace) { l := tr.Links[1]; l.From--; tr.Links = append(tr.Links, l) },
		"link over no edge":  func(_ *ir.Program, tr *ir.Trace) { l := tr.Links[1]; l.To += 100; tr.Links = append(tr.Links, l) },
		"journal byte":       func(_ *ir.Program, tr *ir.Trace) { tr.Output[0] ^= 1 },
		"journal longer":     func(_ *ir.Program, tr *ir.Trace) { tr.Output = append(tr.Output, 0) },
		"journal shorter":    func(_ *ir.Program, tr *ir.Trace) { tr.Output = tr.Output[:1] },
		"journal byte past the length": func(_ *ir.Program, tr *ir.Trace) {
			for i := range tr.Cells {
				if tr.Cells[i].Region == ir.RegionJournal {
					tr.Cells[i].Final |= 7 << 56
				}
			}
		},
		"cell's initial value": func(_ *ir.Program, tr *ir.Trace) {
			for i := range tr.Cells {
				if tr.Cells[i].Region == ir.RegionLinear {
					tr.Cells[i].Init = 5
					return
				}
			}
		},
		"cell twice": func(_ *ir.Program, tr *ir.Trace) {
			tr.Cells = append(tr.Cells[:1:1], tr.Cells...)
		},
		"cell missing": func(_ *ir.Program, tr *ir.Trace) { tr.Cells = tr.Cells[1:] },
		"datum dropped": func(_ *ir.Program, tr *ir.Trace) {
			for i := range tr.Cells {
				if tr.Cells[i].IsData {
					tr.Cells[i].IsData = false
				}
			}
		},
		"datum taken by a cell of another value": func(_ *ir.Program, tr *ir.Trace) {
			for i := range tr.Cells {
				if tr.Cells[i].IsData {
					tr.Cells[i].Init++
				}
			}
		},
		"second read of the input differs": func(_ *ir.Program, tr *ir.Trace) {
			var first *ir.MemStep
			for i := range tr.Mem {
				if m := &tr.Mem[i]; m.Op.Region == ir.RegionGlobals && m.Addr+uint64(m.Op.Imm) == ir.InputLenAddr {
					first = m
				}
			}
			first.Val, first.Cells[0].Old, first.Cells[0].New = 3, 3, 3
		},
		"op of another chip": func(_ *ir.Program, tr *ir.Trace) {
			for i := range tr.Pure {
				if s := &tr.Pure[i]; s.Op.Op == ir.OpAdd32 {
					o := *s.Op
					o.Op = ir.OpAdd64
					s.Op = &o
					return
				}
			}
		},
		"result slot of another entry": func(_ *ir.Program, tr *ir.Trace) {
			o := *tr.Pure[0].Op
			o.Dst++
			tr.Pure[0].Op = &o
		},
		"pure step in a frame never entered": func(_ *ir.Program, tr *ir.Trace) {
			s := tr.Pure[len(tr.Pure)-1]
			s.Frame += 1000
			tr.Pure = append(tr.Pure, s)
		},
	}
	for name, edit := range cases {
		p, tr := fresh()
		edit(p, tr)
		if _, err := claim(t, p, tr, noState{}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestOutOfBounds lets a run touch cells that do not exist.
func TestOutOfBounds(t *testing.T) {
	for _, imm := range []uint32{65536, 65529, 65535, 1<<32 - 4, 1<<32 - 8} {
		for _, width := range []uint8{8, 4, 1} {
			for _, store := range []bool{false, true} {
				if uint64(imm)+uint64(width) <= 65536 {
					continue
				}
				p := &ir.Program{
					Entry: 1, Halt: 2, Pages: 1, MaxPages: 1,
					Regions: []ir.CodeRegion{{Kind: ir.KindStart, Blocks: []uint32{1, 2}}},
					Blocks: []ir.Block{
						{PC: 1, Body: []ir.Instr{{Mem: &ir.Mem{Store: store, Width: width, Addr: ir.Zero(), Imm: imm}}}, Term: ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Target: 2}}}},
						{PC: 2, Term: ir.Term{Kind: ir.TermHalt}},
					},
				}
				if m := p.Blocks[0].Body[0].Mem; store {
					m.Val = ir.Zero()
				} else {
					m.Dst = ir.SlotFirst
				}
				if err := ir.Check(p); err != nil {
					t.Fatal(err)
				}
				l := &liar{p: p}
				if !l.run() {
					t.Fatal("the lying run does not end")
				}
				if _, err := claim(t, p, l.t, noState{}); err == nil {
					t.Errorf("%d bytes at %d (store %v): accepted", width, imm, store)
				}
				p.Blocks[0].Body[0].Mem.Imm = 65536 - uint32(width)
				if !l.run() {
					t.Fatal("honest")
				}
				if _, err := claim(t, p, l.t, noState{}); err != nil {
					t.Errorf("last %d bytes: %v", width, err)
				}
			}
		}
	}
}
