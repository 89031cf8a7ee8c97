//! A network and its bundle, which the tests change in one place.
#![allow(dead_code, unreachable_pub)]

use crate::common::closing::{close, receive_all};
use crate::common::recovery::{CONTEXT, register, registered};
use crate::common::{EPOCH, KEY_CURVE, PARAMETERS, Party, id, plan, rng};
use relight::curve::CurveId;
use relight::sharing::VssCommitment;
use relight::{
    Blinder, Error, Result,
    bundle::{Bundle, Certified, VerifiedBundle},
    coverage::{FormerEpoch, Network, Node},
    dealing::{Ceremony, Plan},
    identity::IdentityKey,
    recovery::Roster,
};
use std::sync::LazyLock;

pub const NAME: &[u8] = b"network";
pub const NODES: u16 = 4;
pub const CURVES: [CurveId; 2] = [KEY_CURVE, CurveId::Bls12381G1];

/// A party of three, of which two are needed, and four nodes that generated two root keys in a ceremony.
pub struct World {
    pub members: Vec<Party>,
    pub nodes: Vec<Party>,
    pub roster: Roster,
    pub network: Network,
    pub recovery: Certified,
    pub roots: Certified,
}

pub static WORLD: LazyLock<World> = LazyLock::new(World::new);

impl World {
    fn new() -> Self {
        let rng = &mut rng(1);
        let (members, nodes) = (Party::group(1..=3, rng), Party::group(1..=NODES, rng));
        let (recovery, commitments) = generated(&members, 2, &[CurveId::Bls12381G1], 1);
        let roster = Roster::new(CONTEXT, commitments[0].clone(), registered(&members)).unwrap();
        let (roots, keys) = generated(&nodes, 3, &CURVES, EPOCH);
        let former = [EPOCH - 2, EPOCH - 1];
        let former = former.map(|epoch| FormerEpoch { epoch, keys: generated(&nodes, 2, &CURVES, epoch).1 }).to_vec();
        let own = (1..).zip(&nodes).map(|(number, party)| node(number, &party.identity, 0));
        let network = Network {
            parameters: PARAMETERS,
            name: NAME.to_vec(),
            epoch: EPOCH,
            recovery_key: roster.party().public_key().clone(),
            keys,
            nodes: own.collect(),
            former,
        };
        Self { members, nodes, roster, network, recovery, roots }
    }

    /// The accepted bundle that every refusal changes in one place.
    pub fn bundle(&self) -> Bundle {
        self.with(&self.network)
    }

    pub fn with(&self, network: &Network) -> Bundle {
        let bundle = Bundle::new(CONTEXT, &self.roster, network).unwrap();
        bundle.with_recovery_certificate(self.recovery.clone()).with_key_certificates(vec![self.roots.clone()])
    }

    /// With one change to the network.
    pub fn changed(&self, change: impl FnOnce(&mut Network)) -> Bundle {
        self.with(&edited(&self.network, change))
    }
}

pub fn edited(network: &Network, change: impl FnOnce(&mut Network)) -> Network {
    let mut network = network.clone();
    change(&mut network);
    network
}

/// Keys that parties generate, and what vouches for them.
pub fn generated(parties: &[Party], threshold: u16, curves: &[CurveId], epoch: u64) -> (Certified, Vec<VssCommitment>) {
    let keys = curves.iter().copied().collect();
    let plan = Plan { epoch, ..plan(threshold, keys, parties, parties) };
    let (ceremony, rng) = (Ceremony::new(plan).unwrap(), &mut rng(epoch));
    let deal = |party: &Party| ceremony.deal(party.index, &party.identity, &[], rng).unwrap().encode();
    let dealings = parties.iter().map(deal).collect::<Vec<_>>();
    let closed = close(&ceremony, &receive_all(&ceremony, &dealings), parties).unwrap();
    let (keys, certificate) = (closed.finish_public().unwrap().keys, closed.certificate().certificate().clone());
    (Certified { ceremony, certificate }, keys)
}

/// A node whose operator has replaced its Blinder so many times.
pub fn node(number: u64, operator: &IdentityKey, times: u64) -> Node {
    let name = format!("node-{number}").into_bytes();
    let mut registrations = vec![register(&blinder(number, 0), NAME, &name, operator)];
    for time in 1..=times {
        let next = registrations.last().unwrap().successor(&blinder(number, time), &mut rng(4)).unwrap();
        registrations.push(next.sign(operator).unwrap());
    }
    Node::new(&name, operator.public(), registrations, id(number), 2)
}

pub fn blinder(node: u64, time: u64) -> Blinder {
    Blinder::generate(&mut rng(100 * node + time))
}

/// By its own digest: for what else is wrong with it.
pub fn verify(bundle: Bundle) -> Result<VerifiedBundle> {
    let digest = bundle.digest();
    bundle.verify(&digest)
}

pub fn refusal(bundle: Bundle) -> Error {
    verify(bundle).unwrap_err()
}
