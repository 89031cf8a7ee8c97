//! A dealing of Relight.

use crate::scheme::Dealing;
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex};
use relight::{ParameterSet, Result};
use relight_benches::Circle;

/// Keys on one curve.
pub struct RelightDealing {
    curve: CurveId,
    set: u8,
    circle: Circle,
}

impl RelightDealing {
    pub fn new(parameters: ParameterSet, curve: CurveId, keys: usize, recipients: u16) -> Result<Self> {
        let identifiers: Vec<Identifier> = PartyIndex::all(recipients).map(Identifier::from).collect();
        let rng = &mut StdRng::seed_from_u64(1);
        let circle = Circle::generating_at(parameters, &vec![curve; keys], &identifiers, rng)?;
        Ok(Self { curve, set: parameters.number(), circle })
    }
}

impl Dealing for RelightDealing {
    fn name(&self) -> String {
        format!("Relight, set {}", self.set)
    }

    fn curve(&self) -> CurveId {
        self.curve
    }

    fn deal(&self) -> Vec<u8> {
        self.circle.deal(0, &mut StdRng::seed_from_u64(1)).expect("a valid plan")
    }

    fn verify(&self, bytes: &[u8]) -> Option<()> {
        self.circle.ceremony.verify_dealing(bytes).result().ok().map(drop)
    }
}
