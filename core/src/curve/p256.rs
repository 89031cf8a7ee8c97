//! P-256 as a key curve, over the `p256` crate.

use ::p256 as backend;
use ::p256::elliptic_curve::{array::Array, consts::U48};

super::sec1::sec1_curve! {
    /// P-256.
    P256 over backend, reducing Array<u8, U48>;
    name "P-256", scalar 32, wide 48;
    derivation sha2::Sha256, b"LIT_HD_KEY_ID_P256_XMD:SHA-256_SSWU_RO_NUL_", wide 48
}
