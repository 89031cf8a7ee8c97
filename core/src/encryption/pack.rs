//! Packs: the secrets that one mask hides together (spec §6.2).
//!
//! The secrets of a pack are the coefficients of a polynomial, of which every instance encrypts one value: as many
//! instances as the pack has secrets recover them all. A pack of one secret is that secret.

use super::claim::Slot;
use super::{Claim, ParameterSet};
use crate::codec::Reader;
use crate::curve::{CurveId, KeyCurve, SecretValue, with_curve};
use crate::error::{Error, Result};
use crate::hash::XofStream;
use crate::sharing::{Identifier, PartyIndex, Polynomial};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// At most W entries of one compartment, all on one curve.
pub(super) struct Pack {
    pub(super) compartment: u16,
    pub(super) curve: CurveId,
    members: Vec<Member>,
}

/// An entry of a pack.
struct Member {
    /// Among all entries of the claim.
    place: usize,
    /// Among those of its compartment.
    entry: usize,
}

impl Pack {
    /// How many secrets it holds.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// Where its entries stand among all of the claim.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.members.iter().map(|member| member.place)
    }

    /// Its entries.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> {
        let compartment = usize::from(self.compartment);
        self.members.iter().map(move |member| Slot { compartment, entry: member.entry })
    }

    /// Its secrets, among all secrets of the claim.
    pub(super) fn packed(&self, secrets: &[&SecretValue]) -> Result<Box<dyn PackedSecret>> {
        with_curve!(self.curve, C => Ok(Box::new(self.polynomial::<C>(secrets)?)))
    }

    fn polynomial<C: KeyCurve>(&self, secrets: &[&SecretValue]) -> Result<Polynomial<C>> {
        // A vector that never grows leaves no copies behind.
        let mut coefficients = Zeroizing::new(Vec::with_capacity(self.len()));
        for place in self.places() {
            coefficients.push(*secrets.get(place).ok_or(Error::InvalidLength)?.scalar::<C>()?);
        }
        Ok(Polynomial::new(coefficients))
    }
}

/// The secrets of a pack: the coefficients of a polynomial.
pub(super) trait PackedSecret {
    /// Appends the response, encoded: the next mask plus the value of the polynomial.
    fn respond(&self, at: Identifier, masks: &mut XofStream, responses: &mut Vec<u8>);
}

impl<C: KeyCurve> PackedSecret for Polynomial<C> {
    fn respond(&self, at: Identifier, masks: &mut XofStream, responses: &mut Vec<u8>) {
        let (mask, value) = (Zeroizing::new(masks.scalar::<C>()), Zeroizing::new(self.evaluate(&at)));
        let start = responses.len();
        responses.resize(start.saturating_add(C::SCALAR_LEN), 0);
        if let Some(response) = responses.get_mut(start..) {
            C::encode_scalar(&Zeroizing::new(*mask + *value), response);
        }
    }
}

/// Where an instance evaluates the polynomials: alpha_i = i + 1.
pub(super) fn evaluation_point(instance: u16) -> Result<Identifier> {
    PartyIndex::new(instance.saturating_add(1)).map(Identifier::from)
}

/// A claim and its packs, in their order.
pub(super) struct Layout<'a> {
    pub(super) claim: &'a Claim<'a>,
    pub(super) packs: Vec<Pack>,
}

impl<'a> Layout<'a> {
    /// Takes the entries of each compartment and curve together, W at a time.
    pub(super) fn new(claim: &'a Claim<'a>) -> Self {
        let (mut packs, mut place) = (Vec::new(), 0);
        for (compartment, _) in (0..).zip(&claim.locks) {
            let curves = claim.entry_curves(usize::from(compartment));
            pack_compartment(compartment, &curves, place, usize::from(claim.parameters.width()), &mut packs);
            place += curves.len();
        }
        Self { claim, packs }
    }

    /// The packs of a compartment.
    pub(super) fn compartment(&self, compartment: u16) -> impl Iterator<Item = &Pack> {
        let start = self.packs.partition_point(|pack| pack.compartment < compartment);
        self.packs.iter().skip(start).take_while(move |pack| pack.compartment == compartment)
    }

    /// The bytes of all responses of an instance, and of all its masks.
    pub(super) fn scalars_len(&self) -> usize {
        self.packs.iter().map(|pack| pack.curve.scalar_len()).sum()
    }

    /// The encoded responses or masks of an instance, one for each pack.
    pub(super) fn split<'b>(&'b self, scalars: &'b [u8]) -> impl Iterator<Item = (&'b Pack, &'b [u8])> {
        let mut reader = Reader::new(scalars);
        self.packs.iter().map_while(move |pack| Some((pack, reader.take(pack.curve.scalar_len()).ok()?)))
    }
}

/// Appends the packs of a compartment, whose first entry has the given place among all.
fn pack_compartment(compartment: u16, curves: &[CurveId], start: usize, width: usize, packs: &mut Vec<Pack>) {
    let mut last = BTreeMap::new();
    for (entry, curve) in curves.iter().enumerate() {
        let member = Member { place: start.saturating_add(entry), entry };
        let open = last.get(curve).and_then(|pack| packs.get_mut(*pack));
        match open.filter(|pack: &&mut Pack| pack.len() < width) {
            Some(pack) => pack.members.push(member),
            None => {
                last.insert(*curve, packs.len());
                packs.push(Pack { compartment, curve: *curve, members: [member].into() });
            }
        }
    }
}

/// The bytes of the responses for one compartment with entries on these curves, without its claim.
pub(crate) fn responses_len(parameters: ParameterSet, curves: impl Iterator<Item = CurveId>) -> usize {
    let mut counts = BTreeMap::<CurveId, usize>::new();
    curves.for_each(|curve| *counts.entry(curve).or_default() += 1);
    let width = usize::from(parameters.width());
    counts.iter().map(|(curve, count)| count.div_ceil(width).saturating_mul(curve.scalar_len())).sum()
}
