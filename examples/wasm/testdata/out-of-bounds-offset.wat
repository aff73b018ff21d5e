;; Address and offset add up to 2^32 + 4: no wrap-around to 4.
(module
  (memory (export "memory") 1 1)
  (func (export "run") (drop (i32.load offset=8 (i32.const -4)))))
