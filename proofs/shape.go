package proofs

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/consensys/gnark/frontend"
)

// Shape is a circuit of fixed size with its own keys. A class has one or more
// shapes; the first one is named like the class.
type Shape struct {
	Name    string // lower-case words joined by '-', such as "s-scan"
	Class   string // "tiny", "s", "m" or "l"
	Version string // changes whenever the constraints do
	// Circuit returns a new, empty circuit for compilation. It must have
	// NbPublicInputs public inputs, all constrained, and one commitment.
	Circuit func() frontend.Circuit
}

// Registry is the immutable list of shapes, cheapest first.
type Registry struct{ shapes []Shape }

var shapeName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// NewRegistry checks names and makes a registry.
func NewRegistry(shapes ...Shape) (*Registry, error) {
	for i, s := range shapes {
		switch {
		case !shapeName.MatchString(s.Name) || !shapeName.MatchString(s.Class):
			return nil, fmt.Errorf("%w: shape %q of class %q: bad name", ErrCircuit, s.Name, s.Class)
		case s.Circuit == nil || s.Version == "":
			return nil, fmt.Errorf("%w: shape %q has no circuit or version", ErrCircuit, s.Name)
		case slices.ContainsFunc(shapes[:i], func(o Shape) bool { return o.Name == s.Name }):
			return nil, fmt.Errorf("%w: shape %q occurs twice", ErrCircuit, s.Name)
		}
	}
	return &Registry{slices.Clone(shapes)}, nil
}

// Lookup finds a shape by its name, or the first shape of a class.
func (r *Registry) Lookup(name string) (Shape, error) {
	for _, match := range []func(Shape) bool{
		func(s Shape) bool { return s.Name == name },
		func(s Shape) bool { return s.Class == name },
	} {
		if i := slices.IndexFunc(r.shapes, match); i >= 0 {
			return r.shapes[i], nil
		}
	}
	return Shape{}, fmt.Errorf("%w: %q", ErrUnknownShape, name)
}

// All shapes, cheapest first.
func (r *Registry) All() []Shape { return slices.Clone(r.shapes) }
