//! The feature `serde`: public objects in the formats that serde knows, as their encoding. No secret is among them.

use crate::backup::Backup;
use crate::bundle::Bundle;
use crate::curve::SecretScalar;
use crate::dealing::{Ceremony, Certificate, Confirmation, Dealing, Evidence};
use crate::decryption::{DecryptionShare, UnlockKey};
use crate::digest::{Digest, Hexadecimal, StatementDigest};
use crate::identity::{IdentityKey, IdentityPublicKey, Signed, Unsigned};
use crate::key_share::KeyShare;
use crate::keys::{Blinder, BlinderPublicKey, MemberKey, MemberPublicKey, RecoveryPublicKey};
use crate::recovery::{Accusation, Authorisation, Request, RequestDraft, Response, Roster, Session};
use crate::registration::{BlinderRegistration, MemberRegistration};
use crate::sharing::{Identifier, VssCommitment};
use crate::statement::Statement;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Formatter};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let (pairs, odd) = text.as_bytes().as_chunks();
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    odd.is_empty().then(|| pairs.iter().map(byte).collect())?
}

/// Takes the bytes of a format that has bytes.
struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes of an encoding")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }
}

/// An encoding: in hexadecimal where people read it, and bytes where they do not.
struct Encoding(Vec<u8>);

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&Hexadecimal(&self.0))
        } else {
            serializer.serialize_bytes(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return deserializer.deserialize_bytes(Bytes).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::invalid_value(Unexpected::Str(&text), &"lower-case hexadecimal");
        from_hexadecimal(&text).map(Self).ok_or_else(wrong)
    }
}

/// Objects, with what encodes and what decodes them.
macro_rules! marshalled {
    ($encode:ident, $decode:expr; $object:ty) => {
        impl Serialize for $object {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Encoding(self.$encode().to_vec()).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $object {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let Encoding(bytes) = Encoding::deserialize(deserializer)?;
                $decode(&bytes).map_err(D::Error::custom)
            }
        }
    };
    ($encode:ident, $decode:ident: $($object:ty),+) => {
        $(marshalled!($encode, <$object>::$decode; $object);)+
    };
}

marshalled!(encode, decode: Backup, Bundle, Statement, VssCommitment);
marshalled!(encode, decode: Ceremony, Certificate, Confirmation, Dealing, Evidence);
marshalled!(encode, decode: Accusation, Authorisation, Request, RequestDraft, Response);
marshalled!(encode, decode: BlinderRegistration, MemberRegistration);
marshalled!(to_bytes, from_bytes: IdentityPublicKey);
marshalled!(as_bytes, from_bytes: BlinderPublicKey, Identifier, MemberPublicKey, RecoveryPublicKey);
marshalled!(as_bytes, digest; Digest);
marshalled!(as_bytes, digest; StatementDigest);

fn digest<T: From<[u8; 32]>>(bytes: &[u8]) -> crate::Result<T> {
    <[u8; 32]>::try_from(bytes).map(T::from).map_err(|_| crate::Error::InvalidLength)
}

/// Only one way: who reads a roster verifies it under the name of its party ([`Roster::decode`]).
impl Serialize for Roster {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Encoding(self.encode()).serialize(serializer)
    }
}

/// What is unsigned, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Unsigned", deny_unknown_fields)]
struct UnsignedParts {
    body: Encoding,
    signer: IdentityPublicKey,
}

impl<T: Signed> Serialize for Unsigned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        UnsignedParts { body: Encoding(self.body().to_vec()), signer: self.signer().clone() }.serialize(serializer)
    }
}

impl<'de, T: Signed> Deserialize<'de> for Unsigned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let UnsignedParts { body, signer } = UnsignedParts::deserialize(deserializer)?;
        Ok(Self::from_body(&body.0, signer))
    }
}

/// Does not compile for a type that is written or read. For one that is, both implementations of a trait fit, so that the
/// compiler cannot choose.
macro_rules! not_marshalled {
    ($($secret:ty),+) => {
        $(const _: () = {
            trait Unwritten<Reason> {
                fn assert() {}
            }
            impl<T: ?Sized> Unwritten<()> for T {}
            impl<T: Serialize> Unwritten<u8> for T {}
            trait Unread<Reason> {
                fn assert() {}
            }
            impl<T: ?Sized> Unread<()> for T {}
            impl<T: Deserialize<'static>> Unread<u8> for T {}
            _ = (<$secret as Unwritten<_>>::assert, <$secret as Unread<_>>::assert);
        };)+
    };
}

not_marshalled!(Blinder, DecryptionShare, IdentityKey, KeyShare, MemberKey, SecretScalar, Session, UnlockKey);
