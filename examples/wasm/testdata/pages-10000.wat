;; Asks for 10,000 pages (655 MB) at once.
(module
  (memory (export "memory") 10000 10000)
  (func (export "run") (i64.store (i32.const 655359992) (i64.const 1))))
