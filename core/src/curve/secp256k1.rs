//! secp256k1 as a key curve, over the `k256` crate.

super::sec1::sec1_curve! {
    /// secp256k1.
    Secp256k1 over k256, reducing k256::WideBytes;
    name "secp256k1", scalar 32, wide 48;
    derivation sha2::Sha256, b"LIT_HD_KEY_ID_K256_XMD:SHA-256_SSWU_RO_NUL_", wide 48
}
