package main

import (
	"fmt"
	"math/big"
	"strings"

	"vmhost/wsapi"
)

// printAnswers prints what is asked of the anchors, and the deposit under them.
func (a *app) printAnswers(s *wsapi.AnchorStatus) {
	if d := s.Deposit; d != nil {
		a.printf("deposit  %s ether free, %s locked by anchors of %s each", weiText(d.Free), weiText(d.Locked), weiText(d.Bond))
		if d.Leaving != "0x0" {
			a.printf(", %s leaving", weiText(d.Leaving))
		}
		if d.Earned != "0x0" {
			a.printf(", %s earned", weiText(d.Earned))
		}
		a.printf("\n")
	}
	d := s.Demands
	if d == nil {
		return
	}
	a.printf("demands  %d open", d.Open)
	if d.Open > 0 {
		a.printf(", the first to be answered by block %d", uint64(d.Nearest))
	}
	a.printf(", %d answered since the start", d.Answered)
	if d.Reach > 0 {
		a.printf("; an anchor can be asked about for %d blocks, answered for %d", d.Asked, d.Reach)
	}
	a.printf("\n")
	if d.Cannot == 0 {
		return
	}
	a.printf("%s  %d demands cannot be answered:\n", a.paint(red, "problem"), d.Cannot)
	rows := [][]string{{"height", "until block", "why"}}
	for _, w := range d.Why {
		rows = append(rows, []string{fmt.Sprint(uint64(w.Height)), fmt.Sprint(uint64(w.Deadline)), firstLine(w.Why)})
	}
	a.table(rows)
}

// weiText is a hex quantity of wei in ether.
func weiText(hex string) string {
	wei, ok := new(big.Int).SetString(strings.TrimPrefix(hex, "0x"), 16)
	if !ok {
		return "?"
	}
	return ether(wei)
}
