;; Loads the 8 bytes that begin 7 before the end of memory, and drops them.
(module
  (memory (export "memory") 1 1)
  (func (export "run") (drop (i64.load (i32.const 65529)))))
