;; Never ends.
(module (func (export "run") (loop $l (br $l))))
