//! Digests: 32 bytes that name what was agreed, signed or asked for (spec §3.2).

use core::fmt::{Debug, Display, Formatter};

/// Bytes in lower-case hexadecimal.
pub(crate) struct Hexadecimal<'a>(pub(crate) &'a [u8]);

impl Display for Hexadecimal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

macro_rules! digest {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// A digest that was computed elsewhere, or read.
            pub const fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// Its 32 bytes.
            pub const fn to_bytes(self) -> [u8; 32] {
                self.0
            }

            /// Its 32 bytes.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl From<[u8; 32]> for $name {
            fn from(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
                Hexadecimal(&self.0).fmt(f)
            }
        }

        impl Debug for $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
                Display::fmt(self, f)
            }
        }
    };
}

digest! {
    /// The digest of a ceremony, a dealing, a registration, a roster, a request or another public object, 32 bytes. It is
    /// displayed in full, in hexadecimal, for people to compare.
    ///
    /// ```
    /// use relight::Digest;
    ///
    /// let digest = Digest::from_bytes([0xab; 32]);
    /// assert_eq!(digest.to_string(), "ab".repeat(32));
    /// assert_eq!(Digest::from(digest.to_bytes()), digest);
    /// ```
    Digest
}

digest! {
    /// The digest S of a [`Statement`](crate::Statement), 32 bytes: everything made for the statement is bound to it (spec
    /// §5.4).
    ///
    /// It has a type of its own because a member applies its share of the recovery key to it: answering for a digest helps
    /// to unlock what it names, so the digest of a request or a roster must not be mistaken for one. All other digests are
    /// only compared.
    StatementDigest
}
