//! Opening a compartment (spec §6.6).

use super::instance::{mask_stream, wrap_hash, xor};
use super::pack::{Layout, Pack, evaluation_point};
use super::proof::{Kept, Proof};
use super::subset::kept_instances;
use super::transcript::ProofId;
use super::{Block, Claim};
use crate::curve::{KeyCurve, SecretValue, with_curve};
use crate::error::{Error, Result};
use crate::hash::XofStream;
use crate::pairing::{G1, G1Affine, G2Affine, Scalar, pairing};
use crate::sharing::{Identifier, Polynomial, evaluate_points};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::OnceCell;
use zeroize::Zeroizing;

/// What opens a lock.
pub(crate) enum OpeningKey<'a> {
    /// The recovery party's unlock key for the statement, and the Blinder.
    Recovery { unlock: &'a G2Affine, blinder: &'a Scalar },
    /// The member's key.
    Member { key: &'a Scalar },
}

/// Opens a compartment of a verified proof: the secrets of its entries, each checked against its public share.
///
/// Fails with [`Error::NotOpenable`] if too few kept instances open. The first are taken to open until a secret turns out
/// not to be the one of its public share. Constant time in the keys and secrets, up to which instances are the first
/// that open.
pub(crate) fn open(
    claim: &Claim<'_>,
    proof: &Proof,
    compartment: u16,
    key: &OpeningKey<'_>,
) -> Result<Vec<SecretValue>> {
    let layout = Layout::new(claim);
    let id = ProofId::new(&claim.digest, &proof.nonce);
    let unpackers = layout.compartment(compartment).map(|pack| unpacker(claim, pack));
    let unpackers: Vec<_> = unpackers.collect::<Result<_>>()?;
    let needed = layout.compartment(compartment).map(Pack::len).max().ok_or(Error::NotOpenable)?;
    let chosen = kept_instances(claim.parameters, &proof.challenge);
    let indices = (0..).zip(chosen).filter_map(|(index, kept)| kept.then_some(index));
    //= spec/6-encryption.md#6-6-open
    //# An opener MUST try the kept instances until as many opened as the largest pack has entries, or none is left.
    let mut decrypted = indices.zip(&proof.kept).filter_map(|(index, kept)| {
        let attempt = Attempt { layout: &layout, id: &id, compartment, index, kept };
        attempt.decrypt(key, &unpackers)
    });
    let first: Vec<Decrypted> = decrypted.by_ref().take(needed).collect();
    unpack(&unpackers, &first).or_else(|_| {
        let opened = first.into_iter().chain(decrypted).filter(|instance| instance.fits(&unpackers));
        unpack(&unpackers, &opened.take(needed).collect::<Vec<_>>())
    })
}

/// The packed secrets of an instance, pack by pack. One may be zero, unlike a secret: a party that chooses the
/// secrets can choose a root of their polynomial.
struct Decrypted {
    at: Identifier,
    values: Vec<SecretValue>,
}

impl Decrypted {
    /// Whether each is the one that the public shares demand: the instance is one that opens.
    fn fits(&self, unpackers: &[Box<dyn Unpacker + '_>]) -> bool {
        unpackers.iter().zip(&self.values).all(|(unpacker, value)| unpacker.fits(self.at, value))
    }
}

/// The secrets of the compartment in the order of its entries.
fn unpack(unpackers: &[Box<dyn Unpacker + '_>], opened: &[Decrypted]) -> Result<Vec<SecretValue>> {
    let mut secrets = Vec::new();
    for (index, unpacker) in unpackers.iter().enumerate() {
        let values = opened.iter().filter_map(|instance| Some((instance.at, instance.values.get(index)?)));
        secrets.extend(unpacker.unpack(&values.collect::<Vec<_>>())?);
    }
    secrets.sort_unstable_by_key(|(place, _)| *place);
    Ok(secrets.into_iter().map(|(_, secret)| secret).collect())
}

/// One kept instance, to be opened for one compartment.
pub(super) struct Attempt<'a> {
    pub(super) layout: &'a Layout<'a>,
    pub(super) id: &'a ProofId,
    pub(super) compartment: u16,
    pub(super) index: u16,
    pub(super) kept: &'a Kept,
}

impl Attempt<'_> {
    fn decrypt(&self, key: &OpeningKey<'_>, unpackers: &[Box<dyn Unpacker + '_>]) -> Option<Decrypted> {
        let sub_seed = key.sub_seed(self)?;
        let at = evaluation_point(self.index).ok()?;
        let mut masks = mask_stream(self.id, self.index, self.compartment, &sub_seed);
        let responses =
            self.layout.split(&self.kept.responses).filter(|(pack, _)| pack.compartment == self.compartment);
        let pairs = unpackers.iter().zip(responses);
        let values = pairs.map(|(unpacker, (_, response))| unpacker.unmask(response, &mut masks));
        Some(Decrypted { at, values: values.collect::<Option<_>>()? })
    }
}

impl OpeningKey<'_> {
    /// The sub-seed that an instance wraps for this key, or nonsense; `None` if its encapsulation is no point.
    pub(super) fn sub_seed(&self, attempt: &Attempt<'_>) -> Option<Zeroizing<Block>> {
        let sealed = &attempt.kept.sealed;
        // The subgroup check comes before any secret touches the point.
        //= spec/6-encryption.md#6-6-open
        //# An opener MUST check that C_i is in the subgroup before a secret touches it.
        let encapsulation = G1Affine::decode(&sealed.encapsulation)?;
        let wrap = sealed.wrapped_sub_seeds.get(usize::from(attempt.compartment))?;
        let mut hash = wrap_hash(attempt.id, attempt.index, attempt.compartment, &sealed.encapsulation);
        let secret = match self {
            Self::Recovery { unlock, blinder } => {
                hash.add(&*Zeroizing::new(Zeroizing::new(pairing(&encapsulation, unlock)).encode()));
                blinder
            }
            Self::Member { key } => key,
        };
        let point = Zeroizing::new(Zeroizing::new(G1::from(encapsulation) * **secret).to_affine());
        let key = Zeroizing::new(hash.part(&*Zeroizing::new(point.encode())).output());
        Some(Zeroizing::new(xor(wrap, &key)))
    }
}

/// What brings back the secrets of one pack.
trait Unpacker {
    /// The packed secret of an instance; nonsense if its sub-seed is.
    fn unmask(&self, response: &[u8], masks: &mut XofStream) -> Option<SecretValue>;
    /// Whether a packed secret is the one that the public shares demand.
    fn fits(&self, at: Identifier, value: &SecretValue) -> bool;
    /// The secrets, each with the place of its entry, from the packed secrets of at least as many instances.
    fn unpack(&self, values: &[(Identifier, &SecretValue)]) -> Result<Vec<(usize, SecretValue)>>;
}

fn unpacker<'a>(claim: &'a Claim<'a>, pack: &'a Pack) -> Result<Box<dyn Unpacker + 'a>> {
    with_curve!(pack.curve, C => Ok(Box::new(CurveUnpacker::<C>::new(claim, pack)?) as _))
}

struct CurveUnpacker<'a, C: KeyCurve> {
    claim: &'a Claim<'a>,
    pack: &'a Pack,
    /// The public shares of the entries, encoded.
    encoded: Vec<Vec<u8>>,
    /// The same as points, once they are needed.
    points: OnceCell<Option<Vec<C::Point>>>,
}

impl<'a, C: KeyCurve> CurveUnpacker<'a, C> {
    fn new(claim: &'a Claim<'a>, pack: &'a Pack) -> Result<Self> {
        let encoded = pack.slots().map(|slot| claim.shares.encoded::<C>(slot)).collect::<Result<_>>()?;
        Ok(Self { claim, pack, encoded, points: OnceCell::new() })
    }

    /// The packed share, encoded; the identity is one like any other.
    fn share(&self, at: &Identifier) -> Option<Vec<u8>> {
        match self.encoded.as_slice() {
            [only] => Some(only.clone()),
            _ => Some(C::encode_point(&evaluate_points::<C>(self.points()?, at))),
        }
    }

    fn points(&self) -> Option<&[C::Point]> {
        let decode = || self.pack.slots().map(|slot| self.claim.shares.point::<C>(slot).ok()).collect();
        self.points.get_or_init(decode).as_deref()
    }
}

impl<C: KeyCurve> Unpacker for CurveUnpacker<'_, C> {
    fn unmask(&self, response: &[u8], masks: &mut XofStream) -> Option<SecretValue> {
        let mask = Zeroizing::new(masks.scalar::<C>());
        let value = Zeroizing::new(C::decode_scalar(response)? - *mask);
        Some(SecretValue::new::<C>(&value))
    }

    fn fits(&self, at: Identifier, value: &SecretValue) -> bool {
        //= spec/6-encryption.md#6-6-open
        //# An opener MUST NOT pass over an instance because a packed secret is zero.
        self.share(&at) == Some(value.public_bytes())
    }

    fn unpack(&self, values: &[(Identifier, &SecretValue)]) -> Result<Vec<(usize, SecretValue)>> {
        if values.len() < self.pack.len() {
            return Err(Error::NotOpenable);
        }
        let (mut points, mut scalars) = (Vec::new(), Zeroizing::new(Vec::with_capacity(self.pack.len())));
        for (at, value) in values.iter().take(self.pack.len()) {
            points.push(*at);
            scalars.push(*value.scalar::<C>()?);
        }
        let polynomial = Polynomial::<C>::interpolate(&points, &scalars)?;
        let secrets: Vec<SecretValue> = polynomial.coefficients().iter().map(SecretValue::new::<C>).collect();
        //= spec/6-encryption.md#6-6-open
        //# An opener MUST NOT return a secret that it has not checked against its public share.
        if !secrets.iter().zip(&self.encoded).all(|(secret, share)| secret.public_bytes() == *share) {
            return Err(Error::NotOpenable);
        }
        Ok(self.pack.places().zip(secrets).collect())
    }
}
