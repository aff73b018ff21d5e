;; Uses SIMD, which is refused.
(module (func (export "run") (drop (v128.const i32x4 1 2 3 4))))
