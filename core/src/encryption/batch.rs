//! Batching: one linear combination of an instance's masks, or of its responses, for each curve (spec §6.3).

use super::pack::{Layout, Pack, evaluation_point};
use super::transcript::MaskCommitments;
use crate::curve::{KeyCurve, with_curve};
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::pairing::ScalarExposure;
use crate::sharing::evaluate_points;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::marker::PhantomData;
use zeroize::Zeroizing;

/// The packs of one curve, each with its batching coefficient rho.
pub(super) struct Batch<'a, C: KeyCurve> {
    layout: &'a Layout<'a>,
    pub(super) terms: Vec<(&'a Pack<'a>, C::Scalar)>,
}

impl<'a, C: KeyCurve> Batch<'a, C> {
    /// The coefficients that follow from the first hash. Those of all packs come from one stream.
    pub(super) fn new(layout: &'a Layout<'a>, first: &[u8; 32]) -> Self {
        let mut stream = Xof::new("batch").part(first).stream();
        let terms = layout.packs.iter().filter_map(|pack| {
            if pack.curve == C::ID {
                return Some((pack, stream.scalar::<C>()));
            }
            with_curve!(pack.curve, D => _ = stream.scalar::<D>());
            None
        });
        Self { layout, terms: terms.collect() }
    }

    /// Sum of rho·mask, in constant time.
    pub(super) fn masks(&self, masks: &[u8]) -> Result<Zeroizing<C::Scalar>> {
        let mut sum = Zeroizing::new(C::Scalar::from(0));
        for (rho, mask) in self.encoded_terms(masks) {
            *sum = *sum + rho * *C::scalar_from_bytes(mask)?;
        }
        Ok(sum)
    }

    /// Sum of rho·z. Fails with [`Error::InvalidScalar`].
    pub(super) fn responses(&self, responses: &[u8]) -> Result<C::Scalar> {
        self.encoded_terms(responses).try_fold(C::Scalar::from(0), |sum, (rho, response)| {
            Ok(sum + rho * C::decode_scalar(response).ok_or(Error::InvalidScalar)?)
        })
    }

    /// Sum of rho·Y, as a polynomial of the instance: Y is the packed share, whose coefficients are public shares.
    pub(super) fn packed_shares(&self) -> Result<Vec<C::Point>> {
        let longest = self.terms.iter().map(|(pack, _)| pack.len()).max().unwrap_or(0);
        let coefficient = |degree| {
            let shares = self.terms.iter().filter_map(|(pack, rho)| Some((pack.public_shares().nth(degree)?, rho)));
            let terms = shares.map(|(share, rho)| Ok((share.point::<C>()?, *rho)));
            Ok(C::sum_of_products_vartime(&terms.collect::<Result<Vec<_>>>()?))
        };
        (0..longest).map(coefficient).collect()
    }

    /// The coefficients with the encoded scalars of their packs.
    fn encoded_terms<'b>(&'b self, scalars: &'b [u8]) -> impl Iterator<Item = (C::Scalar, &'b [u8])> {
        let on_curve = self.layout.split(scalars).filter(|(pack, _)| pack.curve == C::ID);
        self.terms.iter().zip(on_curve).map(|((_, rho), (_, scalar))| (*rho, scalar))
    }
}

/// The commitments R_iC of one curve, which are made instance by instance.
pub(super) trait Column {
    /// (Sum of rho·mask)·G. Constant time unless the masks are public.
    fn add_masks(&mut self, masks: &[u8]) -> Result<()>;
    /// (Sum of rho·z)·G - sum of rho·Y, for an instance that is kept: variable time.
    fn add_responses_vartime(&mut self, instance: u16, responses: &[u8]) -> Result<()>;
    /// All that were added.
    fn encode(&self) -> MaskCommitments;
}

/// A column for each curve of the statement, ascending.
pub(super) fn columns<'a, E: ScalarExposure + 'a>(
    layout: &'a Layout<'a>,
    first: &[u8; 32],
) -> Result<Vec<Box<dyn Column + 'a>>> {
    let curves = layout.statement.curves().into_iter();
    curves.map(|curve| with_curve!(curve, C => Ok(Box::new(Commitments::<C, E>::new(layout, first)?) as _))).collect()
}

struct Commitments<'a, C: KeyCurve, E> {
    batch: Batch<'a, C>,
    packed_shares: Vec<C::Point>,
    points: Vec<C::Point>,
    exposure: PhantomData<E>,
}

impl<'a, C: KeyCurve, E: ScalarExposure> Commitments<'a, C, E> {
    fn new(layout: &'a Layout<'a>, first: &[u8; 32]) -> Result<Self> {
        let batch = Batch::new(layout, first);
        // Who makes a proof has no use for them.
        let packed_shares = if E::PUBLIC { batch.packed_shares()? } else { Vec::new() };
        Ok(Self { batch, packed_shares, points: Vec::new(), exposure: PhantomData })
    }
}

impl<C: KeyCurve, E: ScalarExposure> Column for Commitments<'_, C, E> {
    fn add_masks(&mut self, masks: &[u8]) -> Result<()> {
        let multiply = if E::PUBLIC { C::generator_mul_vartime } else { C::generator_mul };
        self.points.push(multiply(&*self.batch.masks(masks)?));
        Ok(())
    }

    fn add_responses_vartime(&mut self, instance: u16, responses: &[u8]) -> Result<()> {
        let shares = evaluate_points::<C>(&self.packed_shares, evaluation_point(instance)?);
        self.points.push(C::generator_mul_vartime(&self.batch.responses(responses)?) - shares);
        Ok(())
    }

    fn encode(&self) -> MaskCommitments {
        MaskCommitments::new::<C>(&self.points)
    }
}
