;; Asks for a host function with other types than the ABI's.
(module
  (import "vm" "state_u64" (func $state_u64 (param i64 i64) (result i64)))
  (func (export "run") (drop (call $state_u64 (i64.const 1) (i64.const 0)))))
