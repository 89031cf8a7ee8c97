//! What names things: numbers and short strings that errors carry. This room knows of no other; the rooms that the names
//! belong to say what can be done with them.

use core::fmt::{Display, Formatter};

/// A curve of the registry.
///
/// ```
/// use relight::{Error, curve::CurveId};
///
/// assert_eq!(CurveId::try_from(1), Ok(CurveId::Secp256k1));
/// assert_eq!(CurveId::try_from(999), Err(Error::UnknownCurve(999)));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum CurveId {
    /// secp256k1: 32-byte big-endian scalars, 33-byte SEC 1 compressed points.
    Secp256k1 = 1,
    /// BLS12-381 G1: 32-byte big-endian scalars, 48-byte compressed points.
    Bls12381G1 = 2,
    /// P-256: 32-byte big-endian scalars, 33-byte SEC 1 compressed points.
    #[cfg(feature = "p256")]
    P256 = 3,
    /// P-384: 48-byte big-endian scalars, 49-byte SEC 1 compressed points.
    #[cfg(feature = "p384")]
    P384 = 4,
    /// The subgroup of prime order of edwards25519: 32-byte little-endian scalars, 32-byte RFC 8032 points.
    #[cfg(feature = "ed25519")]
    Ed25519 = 5,
    /// Ristretto255: 32-byte little-endian scalars, 32-byte RFC 9496 points.
    #[cfg(feature = "ristretto255")]
    Ristretto255 = 6,
    /// The subgroup of prime order of edwards448: 57-byte little-endian scalars, 57-byte RFC 8032 points.
    #[cfg(feature = "ed448")]
    Ed448 = 7,
    /// The subgroup of prime order of JubJub: 32-byte little-endian scalars, 32-byte points.
    #[cfg(feature = "jubjub")]
    JubJub = 8,
    /// JubJub with the generator under which Zcash Sapling authorises spends; encodings as for `JubJub`.
    #[cfg(feature = "jubjub")]
    JubJubSpendAuth = 9,
    /// BLS12-381 G2: 32-byte big-endian scalars, 96-byte compressed points.
    #[cfg(feature = "bls12381-g2")]
    Bls12381G2 = 10,
}

/// The number of a party of a ceremony, roster or network, 1 to 65535: for blame, order and transport. It says nothing
/// about where the party's share lies: that is its [`Identifier`].
///
/// ```
/// use relight::{Error, sharing::PartyIndex};
///
/// assert_eq!(PartyIndex::new(3)?.get(), 3);
/// assert_eq!(PartyIndex::new(0), Err(Error::InvalidIndex(0)));
/// assert_eq!(PartyIndex::within(10, 9), Err(Error::InvalidIndex(10)));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyIndex(pub(crate) u16);

impl Display for PartyIndex {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// The point at which a polynomial is evaluated: an integer from 1 to 2^512 - 1, used on each curve modulo its order. The
/// secret itself lies at zero.
///
/// Networks choose theirs: small numbers, 256-bit numbers, hashes of names. Where nobody says otherwise, it equals the
/// party's [`PartyIndex`].
///
/// ```
/// use relight::{Error, sharing::Identifier};
///
/// assert_eq!(Identifier::new(300)?.as_bytes(), [1, 44]);
/// assert_eq!(Identifier::from_bytes(&[1, 44])?, Identifier::new(300)?);
/// assert_eq!(Identifier::from_bytes(&[0, 44]), Err(Error::InvalidIdentifier));
/// assert!(Identifier::from_bytes(&[255; 64])? > Identifier::new(u64::MAX)?);
/// # Ok::<(), Error>(())
/// ```
// The order of the fields makes the derived order that of the integers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    pub(crate) length: u8,
    /// Big-endian, without leading zeros; zeros after `length` bytes.
    pub(crate) bytes: [u8; Self::MAX_LEN],
}

/// What a secret is. Its encoding says so, and carries a checksum: a Blinder is no member key, and a typing error is no
/// other secret.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// An [`IdentityKey`](crate::identity::IdentityKey).
    IdentityKey,
    /// A [`MemberKey`](crate::MemberKey).
    MemberKey,
    /// A [`Blinder`](crate::Blinder).
    Blinder,
    /// A [`KeyShare`](crate::KeyShare).
    KeyShare,
    /// The state of a [`Session`](crate::recovery::Session).
    Session,
}

impl Display for SecretKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::IdentityKey => "identity key",
            Self::MemberKey => "member key",
            Self::Blinder => "Blinder",
            Self::KeyShare => "key share",
            Self::Session => "session",
        })
    }
}

/// The Ethereum address of an identity: how a wallet shows it. Displayed with the checksum of EIP-55.
///
/// ```
/// let address = relight::identity::Address(hex::decode("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").unwrap().try_into().unwrap());
/// assert_eq!(address.to_string(), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub [u8; 20]);
