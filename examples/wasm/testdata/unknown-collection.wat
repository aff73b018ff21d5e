;; Asks for a collection that nobody watches.
(module
  (import "vm" "collection" (func $collection (param i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "pool.nothing-here")
  (func (export "run") (drop (call $collection (i32.const 0) (i32.const 17)))))
