//! Shares that a network's own key generation made.

use crate::failure::{Failure, Result, While};
use relight::KeyShare;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, Threshold, VssCommitment};
use serde::Deserialize;
use zeroize::Zeroizing;

/// What a key generation says of one share. Points and the secret are in the curve's encoding, in hexadecimal.
///
/// What it publishes of the sharing is one of two: the commitments to the coefficients, or a threshold and public shares.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Foreign<'a> {
    epoch: u64,
    #[serde(borrow)]
    curve: &'a str,
    identifier: Number<'a>,
    secret: &'a str,
    commitments: Option<Vec<&'a str>>,
    threshold: Option<u16>,
    public_shares: Option<Vec<(Number<'a>, &'a str)>>,
}

/// An identifier: a small number, or big-endian bytes in hexadecimal.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number<'a> {
    Small(u64),
    Hex(&'a str),
}

/// Reads shares from JSON: a list of them, in the order of the keys. Each is compared with what is published of its sharing.
///
/// # Errors
///
/// If a share is malformed, or is not the one that its sharing has there.
pub fn shares(json: &[u8]) -> Result<Vec<KeyShare>> {
    let read: serde_json::Result<Vec<Foreign<'_>>> = serde_json::from_slice(json);
    // What serde says may quote what it read.
    let read = read.map_err(|error| {
        let why = format!("line {}, column {}: no list of shares", error.line(), error.column());
        Failure::refused("the shares", why).next("see relight node shares import --help")
    })?;
    read.iter().enumerate().map(|(key, share)| share.check().map_err(|failure| of_key(key, &failure))).collect()
}

fn of_key(key: usize, failure: &Failure) -> Failure {
    Failure::refused(format!("the share of key {key}"), failure)
}

impl Foreign<'_> {
    fn check(&self) -> Result<KeyShare> {
        let curve = CurveId::ALL.iter().copied().find(|curve| curve.to_string() == self.curve);
        let curve = curve.ok_or_else(|| Failure::refused("curve", "not one of those that relight knows"))?;
        let mut secret = Zeroizing::new(vec![0; curve.scalar_len()]);
        hex::decode_to_slice(self.secret, &mut secret)
            .map_err(|_| Failure::refused("secret", "not a scalar of its curve in hexadecimal"))?;
        let secret = SecretScalar::from_bytes(curve, &secret).at("secret")?;
        let share = KeyShare::new(self.epoch, &self.commitment(curve)?, self.identifier.parse()?, secret);
        share.at("what is published of its sharing")
    }

    fn commitment(&self, curve: CurveId) -> Result<VssCommitment> {
        match (&self.commitments, self.threshold, &self.public_shares) {
            (Some(points), None, None) => {
                let points = points.iter().map(|point| parse_point(curve, point)).collect::<Result<_>>()?;
                VssCommitment::new(points).at("commitments")
            }
            (None, Some(threshold), Some(shares)) => {
                let read = |(at, point): &(Number<'_>, &str)| Ok((at.parse()?, parse_point(curve, point)?));
                let shares = shares.iter().map(read).collect::<Result<Vec<_>>>()?;
                let threshold = Threshold::new(threshold, u16::MAX).at("threshold")?;
                VssCommitment::from_shares(threshold, &shares).at("public_shares")
            }
            _ => Err(Failure::refused("the sharing", "give either commitments, or threshold and public_shares")),
        }
    }
}

impl Number<'_> {
    fn parse(&self) -> Result<Identifier> {
        match self {
            Self::Small(number) => Identifier::new(*number).at("identifier"),
            Self::Hex(digits) => {
                let bytes = hex::decode(digits).map_err(|error| Failure::refused("identifier", error))?;
                Identifier::from_bytes(&bytes).at("identifier")
            }
        }
    }
}

fn parse_point(curve: CurveId, digits: &str) -> Result<CurvePoint> {
    let bytes = hex::decode(digits).map_err(|error| Failure::refused("a point", error))?;
    CurvePoint::from_bytes(curve, &bytes).at("a point")
}
