;; Reads item 2 of "pool" with state_u64; it is 2^64.
(module
  (import "vm" "collection" (func $collection (param i32 i32) (result i32)))
  (import "vm" "state_u64" (func $state_u64 (param i32 i32) (result i64)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "pool")
  (func (export "run")
    (drop (call $state_u64 (call $collection (i32.const 0) (i32.const 4)) (i32.const 2)))))
