//! Batching: one linear combination of an instance's masks, or of its responses, for each curve (spec §6.3).

use super::instance::Instance;
use super::pack::{Layout, Pack, evaluation_point};
use super::transcript::{MaskCommitments, ProofId};
use crate::curve::{CurveId, KeyCurve, with_curve};
use crate::error::{Error, Result};
use crate::hash::{Xof, XofStream};
use crate::pairing::ScalarExposure;
use crate::sharing::evaluate_points;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::marker::PhantomData;
use zeroize::Zeroizing;

/// The packs of one curve, each with its batching coefficient rho.
pub(super) struct Batch<'a, C: KeyCurve> {
    layout: &'a Layout<'a>,
    pub(super) terms: Vec<(&'a Pack, C::Scalar)>,
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
            let terms = self.terms.iter().filter_map(|(pack, rho)| Some((pack.slots().nth(degree)?, *rho)));
            self.layout.claim.shares.sum_of_products_vartime::<C>(&terms.collect::<Vec<_>>())
        };
        (0..longest).map(coefficient).collect()
    }

    /// The coefficients with the encoded scalars of their packs.
    fn encoded_terms<'b>(&'b self, scalars: &'b [u8]) -> impl Iterator<Item = (C::Scalar, &'b [u8])> {
        let on_curve = self.layout.split(scalars).filter(|(pack, _)| pack.curve == C::ID);
        self.terms.iter().zip(on_curve).map(|((_, rho), (_, scalar))| (*rho, scalar))
    }
}

/// The commitments R_iC of all curves, which are made instance by instance.
pub(super) struct Columns<'a> {
    layout: &'a Layout<'a>,
    /// One for each curve of the statement, ascending.
    columns: Vec<Box<dyn Column + 'a>>,
    /// Where the column of each pack is.
    of_packs: Vec<usize>,
}

impl<'a> Columns<'a> {
    /// `E` says whether the masks are secret.
    pub(super) fn new<E: ScalarExposure + 'a>(layout: &'a Layout<'a>, first: &[u8; 32]) -> Result<Self> {
        let curves = layout.claim.curves();
        let column = |curve: &CurveId| -> Result<Box<dyn Column + 'a>> {
            with_curve!(*curve, C => Ok(Box::new(Commitments::<C, E>::new(layout, first)?)))
        };
        let columns = curves.iter().map(column).collect::<Result<_>>()?;
        let of_packs = layout.packs.iter().filter_map(|pack| curves.binary_search(&pack.curve).ok()).collect();
        Ok(Self { layout, columns, of_packs })
    }

    /// (Sum of rho·mask)·G. Constant time unless the masks are public.
    pub(super) fn add_masks(&mut self, id: &ProofId, instance: &Instance) {
        instance.take_masks(self.layout, id, |pack, masks| {
            let column = self.of_packs.get(pack).and_then(|column| self.columns.get_mut(*column));
            column.into_iter().for_each(|column| column.take_mask(masks));
        });
        self.columns.iter_mut().for_each(|column| column.commit());
    }

    /// (Sum of rho·z)·G - sum of rho·Y, for an instance that is kept. Fails with [`Error::InvalidScalar`].
    pub(super) fn add_responses_vartime(&mut self, instance: u16, responses: &[u8]) -> Result<()> {
        self.columns.iter_mut().try_for_each(|column| column.add_responses_vartime(instance, responses))
    }

    /// All that were added, encoded.
    pub(super) fn encode(&self) -> Vec<MaskCommitments> {
        self.columns.iter().map(|column| column.encode()).collect()
    }
}

/// The commitments of one curve.
trait Column {
    /// The next mask of the stream is that of the next pack on the curve.
    fn take_mask(&mut self, masks: &mut XofStream);
    /// Commits to the masks that were taken.
    fn commit(&mut self);
    fn add_responses_vartime(&mut self, instance: u16, responses: &[u8]) -> Result<()>;
    fn encode(&self) -> MaskCommitments;
}

struct Commitments<'a, C: KeyCurve, E> {
    batch: Batch<'a, C>,
    packed_shares: Vec<C::Point>,
    /// How many masks were taken, and the sum of rho·mask over them.
    taken: usize,
    sum: Zeroizing<C::Scalar>,
    points: Vec<C::Point>,
    exposure: PhantomData<E>,
}

impl<'a, C: KeyCurve, E: ScalarExposure> Commitments<'a, C, E> {
    fn new(layout: &'a Layout<'a>, first: &[u8; 32]) -> Result<Self> {
        let batch = Batch::new(layout, first);
        // Who makes a proof has no use for them.
        let packed_shares = if E::PUBLIC { batch.packed_shares()? } else { Vec::new() };
        let (sum, points) = (Zeroizing::new(C::Scalar::from(0)), Vec::new());
        Ok(Self { batch, packed_shares, taken: 0, sum, points, exposure: PhantomData })
    }
}

impl<C: KeyCurve, E: ScalarExposure> Column for Commitments<'_, C, E> {
    fn take_mask(&mut self, masks: &mut XofStream) {
        let mask = Zeroizing::new(masks.scalar::<C>());
        if let Some((_, rho)) = self.batch.terms.get(self.taken) {
            *self.sum = *self.sum + *rho * *mask;
        }
        self.taken += 1;
    }

    fn commit(&mut self) {
        let multiply = if E::PUBLIC { C::generator_mul_vartime } else { C::generator_mul };
        self.points.push(multiply(&self.sum));
        (self.taken, *self.sum) = (0, C::Scalar::from(0));
    }

    fn add_responses_vartime(&mut self, instance: u16, responses: &[u8]) -> Result<()> {
        let shares = evaluate_points::<C>(&self.packed_shares, &evaluation_point(instance)?);
        self.points.push(C::generator_mul_vartime(&self.batch.responses(responses)?) - shares);
        Ok(())
    }

    fn encode(&self) -> MaskCommitments {
        MaskCommitments::new::<C>(&self.points)
    }
}
