//! Keys on BLS12-381 G1, one type for each role (spec §7.1, §8).

use crate::codec::{Reader, Writer};
use crate::curve::{Bls12381G1, CurveId, CurvePoint, SecretScalar};
use crate::error::{Error, Result};
use crate::pairing::{G1, G1_LEN, SCALAR_LEN, Scalar};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::{ZeroizeOnDrop, Zeroizing};

macro_rules! public_key {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(CurvePoint);

        impl $name {
            /// Decodes a compressed point of G1 (48 bytes). Fails with [`Error::InvalidPoint`].
            pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
                CurvePoint::from_bytes(CurveId::Bls12381G1, bytes).map(Self)
            }

            /// The compressed point, 48 bytes.
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
                Self::from_bytes(reader.take(G1_LEN)?)
            }

            pub(crate) fn write(&self, writer: Writer) -> Writer {
                self.0.write(writer)
            }

            pub(crate) fn to_g1(&self) -> Result<G1> {
                self.0.point::<Bls12381G1>()
            }

            #[allow(dead_code)]
            pub(crate) fn as_point(&self) -> &CurvePoint {
                &self.0
            }
        }

        impl TryFrom<CurvePoint> for $name {
            type Error = Error;

            fn try_from(point: CurvePoint) -> Result<Self> {
                match point.curve() {
                    CurveId::Bls12381G1 => Ok(Self(point)),
                    found => Err(Error::WrongCurve { expected: CurveId::Bls12381G1, found }),
                }
            }
        }
    };
}

macro_rules! secret_key {
    ($(#[$docs:meta])* $name:ident, $public:ident) => {
        $(#[$docs])*
        #[derive(ZeroizeOnDrop)]
        pub struct $name(SecretScalar);

        impl $name {
            /// A fresh key.
            pub fn generate(rng: &mut impl CryptoRng) -> Self {
                Self(SecretScalar::random(CurveId::Bls12381G1, rng))
            }

            /// The public half.
            pub fn public(&self) -> $public {
                $public(self.0.public())
            }

            /// Encodes the secret: version, then the scalar (33 bytes).
            pub fn encode(&self) -> Zeroizing<Vec<u8>> {
                let writer = Writer::versioned_with_capacity(1 + SCALAR_LEN);
                Zeroizing::new(writer.bytes(self.0.expose_bytes()).finish())
            }

            /// Decodes, strictly. Fails with [`Error::InvalidScalar`] for zero and for non-canonical scalars.
            pub fn decode(bytes: &[u8]) -> Result<Self> {
                Reader::decode_all(bytes, |reader| {
                    reader.version()?;
                    SecretScalar::from_bytes(CurveId::Bls12381G1, reader.take(SCALAR_LEN)?).map(Self)
                })
            }

            pub(crate) fn scalar(&self) -> Result<Zeroizing<Scalar>> {
                self.0.scalar::<Bls12381G1>()
            }

            pub(crate) fn as_secret(&self) -> &SecretScalar {
                &self.0
            }
        }

        impl ConstantTimeEq for $name {
            fn ct_eq(&self, other: &Self) -> Choice {
                self.0.ct_eq(&other.0)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}

public_key! {
    /// The public recovery key Y of a recovery party: what backups are encrypted to.
    RecoveryPublicKey
}

public_key! {
    /// The public half B of a Blinder: what the node needs to make backups.
    BlinderPublicKey
}

public_key! {
    /// The public half E of a member key: what dealings to this member are encrypted to.
    MemberPublicKey
}

secret_key! {
    /// A node operator's Blinder b, kept offline. Without it a backup stays closed even to the whole recovery party.
    ///
    /// ```
    /// use relight::Blinder;
    ///
    /// let blinder = Blinder::generate(&mut rand::rng());
    /// let restored = Blinder::decode(&blinder.encode())?;
    /// assert_eq!(restored.public(), blinder.public());
    /// # Ok::<(), relight::Error>(())
    /// ```
    Blinder, BlinderPublicKey
}

secret_key! {
    /// The key with which a party receives its shares from dealings.
    ///
    /// ```
    /// use relight::MemberKey;
    ///
    /// let key = MemberKey::generate(&mut rand::rng());
    /// assert_eq!(MemberKey::decode(&key.encode())?.public(), key.public());
    /// # Ok::<(), relight::Error>(())
    /// ```
    MemberKey, MemberPublicKey
}
