//! The inputs of a case, and the randomness that it plays back.

use rand::{TryCryptoRng, TryRng};
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{
    Blinder, Error, KeyShare, MemberKey, Statement, StatementDigest,
    identity::{IdentityKey, IdentityPublicKey, Purpose, SignatureScheme},
};
use serde_json::Value;
use std::collections::VecDeque;
use std::convert::Infallible;

/// The fields of a case's input. A field that is missing or malformed is a mistake in the file, and panics.
pub(crate) struct Input<'a>(pub(crate) &'a Value);

impl<'a> Input<'a> {
    pub(crate) fn has(&self, field: &str) -> bool {
        self.0.get(field).is_some()
    }

    pub(crate) fn text(&self, field: &str) -> &'a str {
        self.0[field].as_str().unwrap_or_else(|| panic!("{field} is no text"))
    }

    pub(crate) fn u64(&self, field: &str) -> u64 {
        self.0[field].as_u64().unwrap_or_else(|| panic!("{field} is no number"))
    }

    pub(crate) fn u16(&self, field: &str) -> u16 {
        self.u64(field).try_into().unwrap()
    }

    pub(crate) fn u8(&self, field: &str) -> u8 {
        self.u64(field).try_into().unwrap()
    }

    pub(crate) fn bytes(&self, field: &str) -> Vec<u8> {
        unhex(&self.0[field])
    }

    pub(crate) fn array<const N: usize>(&self, field: &str) -> [u8; N] {
        self.bytes(field).try_into().unwrap()
    }

    pub(crate) fn list(&self, field: &str) -> &'a [Value] {
        self.0[field].as_array().unwrap_or_else(|| panic!("{field} is no list"))
    }

    pub(crate) fn byte_strings(&self, field: &str) -> Vec<Vec<u8>> {
        self.list(field).iter().map(unhex).collect()
    }

    pub(crate) fn index(&self, field: &str) -> Result<PartyIndex, Error> {
        PartyIndex::new(self.u16(field))
    }

    pub(crate) fn identifiers(&self, field: &str) -> Result<Vec<Identifier>, Error> {
        self.byte_strings(field).iter().map(|bytes| Identifier::from_bytes(bytes)).collect()
    }

    pub(crate) fn curve(&self) -> Result<CurveId, Error> {
        CurveId::try_from(self.u16("curve"))
    }

    pub(crate) fn point(&self, field: &str) -> Result<CurvePoint, Error> {
        CurvePoint::from_bytes(self.curve()?, &self.bytes(field))
    }

    pub(crate) fn secret(&self, field: &str, curve: CurveId) -> Result<SecretScalar, Error> {
        SecretScalar::from_bytes(curve, &self.bytes(field))
    }

    /// Secrets that are all on one curve.
    pub(crate) fn secrets(&self, field: &str, curve: CurveId) -> Result<Vec<SecretScalar>, Error> {
        self.byte_strings(field).iter().map(|bytes| SecretScalar::from_bytes(curve, bytes)).collect()
    }

    /// Secrets of the given curves. One that is no scalar of its curve, or has none, is taken for one of secp256k1.
    pub(crate) fn secrets_on(&self, field: &str, curves: &[CurveId]) -> Result<Vec<SecretScalar>, Error> {
        let curves = curves.iter().copied().chain(std::iter::repeat(CurveId::Secp256k1));
        let decode = |(bytes, curve): (&Vec<u8>, _)| {
            SecretScalar::from_bytes(curve, bytes).or_else(|_| SecretScalar::from_bytes(CurveId::Secp256k1, bytes))
        };
        self.byte_strings(field).iter().zip(curves).map(decode).collect()
    }

    pub(crate) fn blinder(&self, field: &str) -> Result<Blinder, Error> {
        Blinder::decode(&secret_object(3, &self.bytes(field)))
    }

    pub(crate) fn member_key(&self) -> Result<MemberKey, Error> {
        MemberKey::decode(&secret_object(2, &self.bytes("member_key")))
    }

    pub(crate) fn identity_key(&self, field: &str) -> Result<IdentityKey, Error> {
        IdentityKey::decode(&secret_object(1, &self.bytes(field)))
    }

    pub(crate) fn identity(&self, field: &str) -> Result<IdentityPublicKey, Error> {
        IdentityPublicKey::from_bytes(&self.bytes(field))
    }

    pub(crate) fn purpose(&self) -> Purpose {
        match self.text("purpose") {
            "identity" => Purpose::Identity,
            "dealing" => Purpose::Dealing,
            "confirmation" => Purpose::Confirmation,
            "blinder-registration" => Purpose::BlinderRegistration,
            "member-registration" => Purpose::MemberRegistration,
            "response" => Purpose::Response,
            other => panic!("unknown purpose {other}"),
        }
    }

    pub(crate) fn scheme(&self) -> Result<SignatureScheme, Error> {
        SignatureScheme::try_from(self.u8("scheme"))
    }

    pub(crate) fn digest(&self) -> StatementDigest {
        StatementDigest::from_bytes(self.array("digest"))
    }

    pub(crate) fn statement(&self, field: &str) -> Result<Statement, Error> {
        Statement::decode(&self.bytes(field))
    }

    pub(crate) fn commitment(&self) -> Result<VssCommitment, Error> {
        VssCommitment::decode(&self.bytes("commitment"))
    }

    pub(crate) fn randomness(&self) -> Draws {
        Draws(self.byte_strings("randomness").into())
    }
}

/// A secret as a share of a key with threshold 1: for functions that look at nothing else of a share.
pub(crate) fn lone_share(epoch: u64, identifier: Identifier, secret: SecretScalar) -> Result<KeyShare, Error> {
    KeyShare::new(epoch, &VssCommitment::new(vec![secret.public()])?, identifier, secret)
}

/// Two values in a list.
pub(crate) fn pair(value: &Value) -> (&Value, &Value) {
    let [first, second] = value.as_array().expect("a pair").as_slice() else { panic!("no pair") };
    (first, second)
}

/// A number that fits in two bytes, and an identifier.
pub(crate) fn numbered(value: &Value) -> Result<(u16, Identifier), Error> {
    let (number, identifier) = pair(value);
    Ok((number.as_u64().unwrap().try_into().unwrap(), Identifier::from_bytes(&unhex(identifier))?))
}

pub(crate) fn unhex(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().expect("a string of hexadecimal digits")).unwrap()
}

pub(crate) fn hexes<B: AsRef<[u8]>>(items: impl IntoIterator<Item = B>) -> Vec<String> {
    items.into_iter().map(hex::encode).collect()
}

/// The name of a variant, without what it carries.
pub(crate) fn variant(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()
}

/// A secret object with this body (spec §8.5).
pub(crate) fn secret_object(kind: u8, body: &[u8]) -> Vec<u8> {
    let content = [&[1, kind], body].concat();
    let checksum = relight::vectors::xof("checksum", &[&content], 8);
    [content, checksum].concat()
}

/// Hands out the draws of a case in their order. Panics if one of another size is asked for, or one too many.
pub(crate) struct Draws(VecDeque<Vec<u8>>);

impl Draws {
    /// Panics if draws are left over.
    pub(crate) fn finish(self) {
        assert!(self.0.is_empty(), "{} draws left over", self.0.len());
    }
}

impl TryRng for Draws {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("no draw is an integer")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("no draw is an integer")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&self.0.pop_front().expect("a draw too many"));
        Ok(())
    }
}

impl TryCryptoRng for Draws {}
