//! The guest ABI of vmhost for Rust (`no_std`), ABI version 1. Include it with
//! `#[path = "…/vm.rs"] mod vm;`. What the calls do is described in ../c/vm.h.
#![allow(dead_code)]

#[link(wasm_import_module = "vm")]
extern "C" {
    pub fn input_len() -> u32;
    pub fn input_read(dst: *mut u8, off: u32, len: u32) -> u32;
    pub fn journal_write(ptr: *const u8, len: u32);
    pub fn state_read_n(c: u32, index: u32, n: u32, dst: *mut u8);
    pub fn state_read_at(age: u32, c: u32, index: u32, dst: *mut u8);
    pub fn item(c: u32, index: u32, dst: *mut u8);
    pub fn manifest(c: u32, dst: *mut u8);
    pub fn keccak256(ptr: *const u8, len: u32, dst: *mut u8);
    pub fn log(ptr: *const u8, len: u32);
    #[link_name = "collection"]
    fn collection_raw(name: *const u8, len: u32) -> u32;
    #[link_name = "collection_len"]
    fn collection_len_raw(c: u32) -> u32;
    #[link_name = "state_u64"]
    fn state_u64_raw(c: u32, index: u32) -> u64;
    #[link_name = "state_read"]
    fn state_read_raw(c: u32, index: u32, dst: *mut u8);
    #[link_name = "block"]
    fn block_raw(field: u32, dst: *mut u8);
}

/// A named, ordered list of watched 256-bit values.
#[derive(Clone, Copy)]
pub struct Collection(pub u32);

impl Collection {
    /// The collection of that name; traps if unknown.
    pub fn new(name: &[u8]) -> Self {
        Collection(unsafe { collection_raw(name.as_ptr(), name.len() as u32) })
    }

    /// Number of items.
    pub fn len(self) -> u32 {
        unsafe { collection_len_raw(self.0) }
    }

    /// Value of an item; traps if it needs more than 64 bits.
    pub fn u64(self, index: u32) -> u64 {
        unsafe { state_u64_raw(self.0, index) }
    }

    /// Value of an item, 32 bytes little-endian.
    pub fn read(self, index: u32) -> [u8; 32] {
        let mut out = [0; 32];
        unsafe { state_read_raw(self.0, index, out.as_mut_ptr()) };
        out
    }
}

/// Number of the job's block.
pub fn block_number() -> u64 {
    let mut out = [0u64; 4];
    unsafe { block_raw(0, out.as_mut_ptr() as *mut u8) };
    out[0]
}

/// Appends bytes to the journal.
pub fn journal(bytes: &[u8]) {
    unsafe { journal_write(bytes.as_ptr(), bytes.len() as u32) }
}

/// Appends v to the journal, 8 bytes little-endian.
pub fn journal_u64(v: u64) {
    journal(&v.to_le_bytes())
}
