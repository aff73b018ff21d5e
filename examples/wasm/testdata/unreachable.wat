;; Traps at once.
(module (func (export "run") unreachable))
