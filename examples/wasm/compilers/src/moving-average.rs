// moving-average in Rust, no_std: ../../moving-average/moving-average.c says what
// it does.
#![no_std]
#![no_main]

#[path = "../../sdk/rust/vm.rs"]
mod vm;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

struct Average {
    sum: u64,
    bits: u64,
    ema: u64,
}

impl Average {
    fn add(mut self, v: u64, weight: u64) -> Self {
        self.sum = self.sum.wrapping_add(v);
        self.bits |= v;
        self.ema = self
            .ema
            .wrapping_mul(65536 - weight)
            .wrapping_add(v.wrapping_mul(weight))
            .wrapping_add(32768)
            >> 16;
        self
    }
}

#[no_mangle]
pub extern "C" fn run() -> i32 {
    let prices = vm::Collection::new(b"prices");
    let len = prices.len();
    let mut p = [0u32; 2];
    if unsafe { vm::input_len() } != 8 {
        return 1;
    }
    unsafe { vm::input_read(p.as_mut_ptr() as *mut u8, 0, 8) };
    let [window, weight] = p;
    if window == 0 || window > len || window > 65536 || weight == 0 || weight > 65536 {
        return 2;
    }
    let first = prices.u64(len - window);
    let start = Average { sum: first, bits: first, ema: first };
    let a = (len - window + 1..len).fold(start, |a, i| a.add(prices.u64(i), weight as u64));
    if a.bits >> 47 != 0 {
        return 3;
    }
    let journal = [
        vm::block_number(),
        window as u64 | (weight as u64) << 32,
        a.sum / window as u64,
        a.ema,
    ];
    journal.iter().for_each(|v| vm::journal_u64(*v));
    0
}
