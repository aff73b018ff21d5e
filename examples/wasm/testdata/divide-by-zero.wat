;; Divides by zero and drops the quotient: the trap must not be optimised away.
(module
  (func (export "run") (local $zero i64)
    (drop (i64.div_u (i64.const 1) (local.get $zero)))))
