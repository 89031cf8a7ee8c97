//! VSS commitments of sharings that were made elsewhere (spec §4.3).

use super::lagrange::{lagrange_at, lagrange_basis};
use super::{Identifier, Threshold, VssCommitment};
use crate::curve::{CurveId, CurvePoint, KeyCurve, with_curve};
use crate::error::{Error, Result};
use alloc::vec::Vec;

impl VssCommitment {
    /// From public shares, of which there are at least as many as the threshold: what other key generations publish in
    /// place of commitments (spec §4.6). Everything in it is public.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] without shares; [`Error::WrongCurve`] if they are on different curves;
    /// [`Error::ZeroIdentifier`] or [`Error::DuplicateIdentifier`]; [`Error::NotEnoughShares`];
    /// [`Error::InconsistentShares`] if they lie on no polynomial of this threshold: that names the odd ones, for sure if
    /// it is one of two more than the threshold.
    ///
    /// ```
    /// use relight::curve::{CurveId, SecretScalar};
    /// use relight::sharing::{Identifier, VssCommitment, Threshold};
    ///
    /// let rng = &mut rand::rng();
    /// let coefficients = [(); 2].map(|()| SecretScalar::random(CurveId::Secp256k1, rng).public());
    /// let commitment = VssCommitment::new(coefficients.to_vec())?;
    /// let identifiers = [Identifier::new(7)?, Identifier::from_bytes(&[9; 32])?, Identifier::new(1)?];
    /// let published: Vec<_> = identifiers.iter().map(|id| Ok((*id, commitment.public_share(id)?))).collect::<relight::Result<_>>()?;
    /// assert_eq!(VssCommitment::from_shares(Threshold::new(2, 3)?, &published)?, commitment);
    /// # Ok::<(), relight::Error>(())
    /// ```
    pub fn from_shares(threshold: Threshold, shares: &[(Identifier, CurvePoint)]) -> Result<Self> {
        let curve = common_curve(shares)?;
        with_curve!(curve, C => Shares::<C>::new(shares)?.interpolate(usize::from(threshold.get())))
    }
}

fn common_curve(shares: &[(Identifier, CurvePoint)]) -> Result<CurveId> {
    let (_, first) = shares.first().ok_or(Error::InvalidLength)?;
    let expected = first.curve();
    match shares.iter().find(|(_, share)| share.curve() != expected) {
        Some((_, stray)) => Err(Error::WrongCurve { expected, found: stray.curve() }),
        None => Ok(expected),
    }
}

/// Public shares on one curve. Everything about them is public.
struct Shares<C: KeyCurve> {
    identifiers: Vec<Identifier>,
    elements: Vec<C::Scalar>,
    points: Vec<C::Point>,
}

impl<C: KeyCurve> Shares<C> {
    fn new(shares: &[(Identifier, CurvePoint)]) -> Result<Self> {
        let identifiers: Vec<Identifier> = shares.iter().map(|(identifier, _)| *identifier).collect();
        let elements = Identifier::check::<C>(&identifiers)?;
        let points = shares.iter().map(|(_, share)| share.point::<C>()).collect::<Result<_>>()?;
        Ok(Self { identifiers, elements, points })
    }

    fn interpolate(&self, threshold: usize) -> Result<VssCommitment> {
        let have = self.points.len();
        if have < threshold {
            return Err(Error::NotEnoughShares { have: have as u16, need: threshold as u16 });
        }
        let (chosen, odd) = self.least_contradicted(threshold)?;
        if odd.is_empty() {
            return VssCommitment::new(CurvePoint::from_points::<C>(&self.coefficients(&chosen))?);
        }
        //= spec/4-sharing.md#4-6-sharings-from-elsewhere
        //# A VSS commitment that any of the given shares contradicts MUST be refused with InconsistentShares.
        let identifiers = odd.iter().filter_map(|place| self.identifiers.get(*place).copied()).collect();
        Err(Error::InconsistentShares { identifiers })
    }

    /// Among the first shares, as many as the threshold and one more, the choice of a threshold that the fewest shares
    /// contradict, and those. Where none does, the first choice is the one.
    fn least_contradicted(&self, threshold: usize) -> Result<(Vec<usize>, Vec<usize>)> {
        //= spec/4-sharing.md#4-6-sharings-from-elsewhere
        //# If exactly one of t + 2 or more shares is wrong, the error MUST name that share and no other.
        let left_out = if self.points.len() > threshold { 0..=threshold } else { threshold..=threshold };
        let mut best: Option<(Vec<usize>, Vec<usize>)> = None;
        for out in left_out.rev() {
            let chosen: Vec<usize> = (0..=threshold).filter(|place| *place != out).collect();
            let odd = self.contradicting(&chosen)?;
            if best.as_ref().is_none_or(|(_, fewest)| odd.len() < fewest.len()) {
                let done = odd.is_empty();
                best = Some((chosen, odd));
                if done {
                    break;
                }
            }
        }
        best.ok_or(Error::InvalidLength)
    }

    /// The shares that do not lie on the polynomial through the chosen ones.
    fn contradicting(&self, chosen: &[usize]) -> Result<Vec<usize>> {
        let identifiers: Vec<Identifier> =
            chosen.iter().filter_map(|place| self.identifiers.get(*place).copied()).collect();
        let mut odd = Vec::new();
        for (place, (element, point)) in self.elements.iter().zip(&self.points).enumerate() {
            if chosen.contains(&place) {
                continue;
            }
            let weights = lagrange_at::<C>(&identifiers, *element)?;
            if self.combine(chosen, weights) != *point {
                odd.push(place);
            }
        }
        Ok(odd)
    }

    /// The commitments to the coefficients of the polynomial through the chosen shares.
    fn coefficients(&self, chosen: &[usize]) -> Vec<C::Point> {
        let elements: Vec<C::Scalar> = chosen.iter().filter_map(|place| self.elements.get(*place).copied()).collect();
        let bases: Vec<_> = (0..elements.len()).map(|own| lagrange_basis::<C>(own, &elements)).collect();
        let column = |degree: usize| bases.iter().filter_map(move |basis| basis.get(degree).copied());
        (0..chosen.len()).map(|degree| self.combine(chosen, column(degree))).collect()
    }

    fn combine(&self, chosen: &[usize], weights: impl IntoIterator<Item = C::Scalar>) -> C::Point {
        let points = chosen.iter().filter_map(|place| self.points.get(*place).copied());
        C::sum_of_products_vartime(&points.zip(weights).collect::<Vec<_>>())
    }
}
