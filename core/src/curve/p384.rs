//! P-384 as a key curve, over the `p384` crate.

use ::p384 as backend;
use ::p384::elliptic_curve::{array::Array, consts::U72};

super::sec1::sec1_curve! {
    /// P-384.
    P384 over backend, reducing Array<u8, U72>;
    name "P-384", scalar 48, wide 64;
    derivation sha2::Sha384, b"LIT_HD_KEY_ID_P384_XMD:SHA-384_SSWU_RO_NUL_", wide 72
}
