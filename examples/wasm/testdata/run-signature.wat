;; Its run takes a parameter.
(module (func (export "run") (param i32)))
