//! What names things: numbers and short strings that errors carry. This room knows of no other; the rooms that the names
//! belong to say what can be done with them.

use core::fmt::{Display, Formatter};

macro_rules! curve_id {
    ($($about:literal, $gate:meta, $curve:ident = $number:literal in $module:ident;)*) => {
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
            $(#[doc = $about] #[cfg($gate)] $curve = $number,)*
        }

        impl CurveId {
            /// Every curve of this build, ascending.
            pub const ALL: &[Self] = &[$(#[cfg($gate)] Self::$curve,)*];
        }
    };
}
curves! { curve_id! }

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
