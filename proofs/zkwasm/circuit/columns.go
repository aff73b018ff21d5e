package circuit

import (
	"reflect"
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// columns hands out the committed columns W in layout order. Chips take their
// rows from it when they constrain, and put them in the same order when they
// assign, so that the layout is written down once: in the row types.
type columns struct {
	w    []V
	next int
	name func(col int, path string) // tests: told where each named column is
}

func (c *columns) take() V {
	v := c.w[c.next]
	c.next++
	return v
}

// load fills a row struct (fields of type V, arrays and structs of them).
func load[R any](c *columns) R {
	var r R
	v := reflect.ValueOf(&r).Elem()
	at := c.next
	fill(v, c)
	if c.name != nil {
		nameFields(v.Type(), "", func(path string) { c.name(at, path); at++ })
	}
	return r
}

// nameFields tells the path of every field, in the order of fill.
func nameFields(t reflect.Type, path string, tell func(string)) {
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			nameFields(t.Field(i).Type, path+"."+t.Field(i).Name, tell)
		}
	case reflect.Array:
		for i := range t.Len() {
			nameFields(t.Elem(), path+"."+strconv.Itoa(i), tell)
		}
	default:
		tell(path)
	}
}

func loadN[R any](c *columns, n int) []R {
	rows := make([]R, n)
	for i := range rows {
		rows[i] = load[R](c)
	}
	return rows
}

func fill(v reflect.Value, c *columns) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), c)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), c)
		}
	default:
		if x := c.take(); x != nil {
			v.Set(reflect.ValueOf(x))
		}
	}
}

var elemType = reflect.TypeFor[fr.Element]()

// width is the number of columns of a row type (instantiated with fr.Element).
func width[R any]() int { return countFields(reflect.TypeFor[R]()) }

func countFields(t reflect.Type) int {
	switch {
	case t == elemType:
		return 1
	case t.Kind() == reflect.Struct:
		n := 0
		for i := range t.NumField() {
			n += countFields(t.Field(i).Type)
		}
		return n
	case t.Kind() == reflect.Array:
		return t.Len() * countFields(t.Elem())
	}
	return 1
}

// put appends the columns of a row to w.
func put[R any](w *fr.Vector, r *R) { flatten(reflect.ValueOf(r).Elem(), w) }

func flatten(v reflect.Value, w *fr.Vector) {
	switch {
	case v.Type() == elemType:
		*w = append(*w, v.Interface().(fr.Element))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			flatten(v.Field(i), w)
		}
	default:
		for i := range v.Len() {
			flatten(v.Index(i), w)
		}
	}
}
