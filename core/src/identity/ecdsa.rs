//! ECDSA on secp256k1, by the crate `k256` or, for tests, in the transparent group of the same order.

#[cfg(not(feature = "transparent"))]
pub(super) use k256::ecdsa::{
    RecoveryId, Signature as Ecdsa, SigningKey, VerifyingKey,
    signature::hazmat::{PrehashSigner, PrehashVerifier},
};

#[cfg(feature = "transparent")]
pub(super) use super::transparent::{Ecdsa, RecoveryId, SigningKey, VerifyingKey};
