//! Batching: one linear combination of an instance's masks, or of its responses, for each curve (spec §6.3).

use super::instance::Instance;
use super::proof::split_scalars;
use crate::curve::{KeyCurve, with_curve};
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::statement::{Slot, Statement};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The entries of one curve, each with its batching coefficient rho.
pub(super) struct Batch<'a, C: KeyCurve> {
    statement: &'a Statement,
    pub(super) terms: Vec<(Slot<'a>, C::Scalar)>,
}

impl<'a, C: KeyCurve> Batch<'a, C> {
    /// The coefficients that follow from the first hash. Those of all entries come from one stream.
    pub(super) fn new(statement: &'a Statement, first: &[u8; 32]) -> Self {
        let mut stream = Xof::new("batch").part(first).stream();
        let terms = statement.slots().filter_map(|slot| {
            if slot.entry.curve() == C::ID {
                return Some((slot, stream.scalar::<C>()));
            }
            with_curve!(slot.entry.curve(), D => _ = stream.scalar::<D>());
            None
        });
        Self { statement, terms: terms.collect() }
    }

    /// Sum of rho·mask, in constant time.
    pub(super) fn masks(&self, instance: &Instance) -> Result<Zeroizing<C::Scalar>> {
        let mut sum = Zeroizing::new(C::Scalar::from(0));
        for (rho, mask) in self.encoded_terms(&instance.masks) {
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

    /// Sum of rho·X: the same for every instance.
    pub(super) fn public_shares(&self) -> Result<C::Point> {
        let terms = self.terms.iter().map(|(slot, rho)| Ok((slot.entry.public_share.point::<C>()?, *rho)));
        Ok(C::sum_of_products_vartime(&terms.collect::<Result<Vec<_>>>()?))
    }

    /// The coefficients with the encoded scalars of their entries.
    fn encoded_terms<'b>(&'b self, scalars: &'b [u8]) -> impl Iterator<Item = (C::Scalar, &'b [u8])> {
        let scalars = self.statement.slots().zip(split_scalars(self.statement, scalars));
        let on_curve = scalars.filter(|(slot, _)| slot.entry.curve() == C::ID);
        self.terms.iter().zip(on_curve).map(|((_, rho), (_, scalar))| (*rho, scalar))
    }
}
