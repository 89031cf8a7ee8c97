//! BLS12-381 behind one small interface (spec §3.1).
//!
//! The protocol above sees [`Scalar`], [`G1`], [`G1Affine`], [`G2Affine`], [`Gt`], the pairing and the hash to
//! G2, and nothing of the backend that computes them. Arithmetic is constant time in every input, except where
//! a name says `vartime`.
//!
//! There are two backends, which give the same bytes: over `blst`, the feature and default, and, with the feature
//! `portable` alone, in Rust only. In a build with both features `blst` is used. Tests have a third one, `transparent`,
//! which hides nothing and takes the place of the real one.
//!
//! ```
//! use relight::pairing::{G1, G2Affine, Scalar, pairing};
//!
//! let (a, q) = (Scalar::from(7), G2Affine::hash(b"message"));
//! let left = pairing(&(G1::generator() * a).to_affine(), &q);
//! let right = pairing(&G1::generator().to_affine(), &(q * a));
//! assert_eq!(left, right);
//! ```

#[cfg(not(any(feature = "blst", feature = "portable")))]
compile_error!("relight needs arithmetic of BLS12-381: enable its feature `blst`, the default, or `portable`");
#[cfg(all(feature = "transparent", not(debug_assertions)))]
compile_error!("relight's feature `transparent` keeps no secrets: it is for tests, which have debug assertions");

// The only module of the crate that may contain unsafe code.
#[cfg(feature = "blst")]
#[allow(unsafe_code)]
mod blst;
mod fixed_base;
// Public so that a build with both features can check one backend against the other.
#[cfg(feature = "portable")]
#[doc(hidden)]
pub mod portable;
mod tables;
#[cfg(feature = "transparent")]
#[doc(hidden)]
pub mod transparent;

/// The real backend, public so that tests can compare the transparent one with it.
#[doc(hidden)]
pub mod real {
    #[cfg(feature = "blst")]
    use super::blst as backend;
    #[cfg(not(feature = "blst"))]
    use super::portable as backend;

    pub use super::tables::{G1Table, GtTable, generator_table};
    #[cfg(feature = "bls12381-g2")]
    pub use backend::G2;
    pub use backend::{G1, G1Affine, G2Affine, Gt, Scalar, pairing, pairings_cancel_vartime};
}

#[cfg(not(feature = "transparent"))]
use self::real as backend;
#[cfg(feature = "transparent")]
use self::transparent as backend;

#[cfg(feature = "bls12381-g2")]
pub use backend::G2;
pub use backend::{
    G1, G1Affine, G1Table, G2Affine, Gt, GtTable, Scalar, generator_table, pairing, pairings_cancel_vartime,
};
pub(crate) use fixed_base::window;
pub use fixed_base::{PublicScalar, ScalarExposure, SecretScalarUse};

/// Length of an encoded [`Scalar`]: 32 bytes, big-endian.
pub const SCALAR_LEN: usize = 32;
/// Length of an encoded, compressed point of G1.
pub const G1_LEN: usize = 48;
/// Length of an encoded, compressed point of G2.
pub const G2_LEN: usize = 96;
/// Length of the hash input that stands for an element of GT.
pub const GT_LEN: usize = 576;
