;; Asks for a collection by a name of 32 bytes; 31 is the most.
(module
  (import "vm" "collection" (func $collection (param i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "poolpoolpoolpoolpoolpoolpoolpool")
  (func (export "run") (drop (call $collection (i32.const 0) (i32.const 32)))))
