//! Another static library of Rust, which brings the standard library a second time and blst in another version.

use blst::{BLST_ERROR, min_pk::SecretKey};
use std::panic::{catch_unwind, resume_unwind};

const DOMAIN: &[u8] = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";
/// Twice the generator of G1.
const TWO: [u8; 48] = [
    0xa5, 0x72, 0xcb, 0xea, 0x90, 0x4d, 0x67, 0x46, 0x88, 0x08, 0xc8, 0xeb, 0x50, 0xa9, 0x45, 0x0c, 0x97, 0x21, 0xdb,
    0x30, 0x91, 0x28, 0x01, 0x25, 0x43, 0x90, 0x2d, 0x0a, 0xc3, 0x58, 0xa6, 0x2a, 0xe2, 0x8f, 0x75, 0xbb, 0x8f, 0x1c,
    0x7c, 0x42, 0xc3, 0x9a, 0x8c, 0x55, 0x29, 0xbf, 0x0f, 0x4e,
];

#[unsafe(no_mangle)]
pub extern "C" fn second_unwinds() -> bool {
    catch_unwind(|| resume_unwind(Box::new(()))).is_err()
}

/// The public key of the secret key 2 is known, and verifies what this signs, and nothing else.
#[unsafe(no_mangle)]
pub extern "C" fn second_signs() -> bool {
    let mut two = [0; 32];
    two[31] = 2;
    let Ok(secret) = SecretKey::from_bytes(&two) else { return false };
    let (public, signature) = (secret.sk_to_pk(), secret.sign(b"message", DOMAIN, &[]));
    let verdict = |message| signature.verify(true, message, DOMAIN, &[], &public, true);
    public.compress() == TWO
        && verdict(b"message") == BLST_ERROR::BLST_SUCCESS
        && verdict(b"another") == BLST_ERROR::BLST_VERIFY_FAIL
}
