;; Reads the item behind the last one of "pool".
(module
  (import "vm" "collection" (func $collection (param i32 i32) (result i32)))
  (import "vm" "collection_len" (func $collection_len (param i32) (result i32)))
  (import "vm" "state_u64" (func $state_u64 (param i32 i32) (result i64)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "pool")
  (func (export "run") (local $c i32)
    (local.set $c (call $collection (i32.const 0) (i32.const 4)))
    (drop (call $state_u64 (local.get $c) (call $collection_len (local.get $c))))))
