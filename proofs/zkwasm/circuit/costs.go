package circuit

import (
	"reflect"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// ChipCost is what one chip (or ROM section, in blocks) of a shape costs.
// PerRow is the marginal cost in constraints.
type ChipCost struct {
	Name    string
	Rows    int
	PerRow  int
	Total   int
	Program bool // a ROM section
}

func (b *builder) book(name string, rows, before int) {
	c := ChipCost{Name: name, Rows: rows, Total: b.cost - before, Program: slices.Contains(sectionNames[secP:], name)}
	if rows > 0 {
		c.PerRow = c.Total / rows
	}
	b.costs = append(b.costs, c)
}

// Costs lists the constraints of a shape by chip, in layout order.
func Costs(sh Shape) ([]ChipCost, error) {
	b := &builder{nat: newNative()}
	var pub [NumPublic]V
	for i := range pub {
		pub[i] = 0
	}
	b.define(sh, nativeColumns(make(fr.Vector, sh.Columns())), pub[:])
	return b.costs, b.err
}

// UsedConstraints is the part of a shape's constraints that a run makes use
// of: the fixed part, and the rows in use of each chip.
func UsedConstraints(sh, used Shape) (int, error) {
	costs, err := Costs(sh)
	if err != nil {
		return 0, err
	}
	return Used(costs, used), nil
}

// Used is UsedConstraints with the shape's costs.
func Used(costs []ChipCost, used Shape) int {
	total := 0
	v := reflect.ValueOf(used)
	for _, c := range costs {
		f := v.FieldByName(c.Name)
		if !f.IsValid() {
			total += c.Total
			continue
		}
		total += int(f.Int()) * c.PerRow
	}
	return total
}
