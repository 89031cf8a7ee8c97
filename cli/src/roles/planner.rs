//! What the planner of a network does: puts its public bundle together from what others posted, and posts it.

use super::Owner;
use super::{ceremony, custodian, signer};
use crate::armour::Kind;
use crate::board::{Board, Ignored, Objects, Place, segment};
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::bundle::{Bundle, Certified, VerifiedBundle};
use relight::coverage::{FormerEpoch, Holding, Network, Node};
use relight::dealing::Ceremony;
use relight::identity::{Address, IdentityPublicKey};
use relight::recovery::Roster;
use relight::registration::BlinderRegistration;
use relight::sharing::{Identifier, VssCommitment};
use relight::{Field, ParameterSet};
use std::str::FromStr;

/// What the planner says of a network, and where its keys come from.
#[derive(Debug)]
pub struct Blueprint {
    /// The network.
    pub network: Vec<u8>,
    /// The epoch of its shares.
    pub epoch: u64,
    /// The parameter set of its backups.
    pub parameters: ParameterSet,
    /// The name of the recovery party.
    pub party: Vec<u8>,
    /// The recovery party.
    pub roster: Roster,
    /// What vouches for the recovery key, if anything does.
    pub recovery: Option<Certified>,
    /// The root keys, and where they come from.
    pub keys: Keys,
    /// The nodes.
    pub nodes: Vec<Seat>,
}

/// Root keys.
#[derive(Debug, Default)]
pub struct Keys {
    /// Their VSS commitments.
    pub commitments: Vec<VssCommitment>,
    /// The ceremonies that they came of; none if the network generated them in a way of its own.
    pub certified: Vec<Certified>,
}

/// A node as the planner names it: `NAME=ADDRESS`, and where its shares lie if that is not clear: `NAME=ADDRESS@1,2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    name: Vec<u8>,
    operator: Address,
    identifiers: Vec<Identifier>,
}

impl FromStr for Seat {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || format!("{text:?} is not of the form NAME=ADDRESS or NAME=ADDRESS@IDENTIFIER,...");
        let (name, rest) = text.rsplit_once('=').ok_or_else(wrong)?;
        let (address, identifiers) = rest.split_once('@').map_or((rest, None), |(address, at)| (address, Some(at)));
        let identifiers = identifiers.map(|list| list.split(',').map(super::identifier).collect::<Option<_>>());
        let identifiers = identifiers.unwrap_or(Some(Vec::new())).ok_or_else(wrong)?;
        Ok(Self { name: name.into(), operator: signer::address(address).ok_or_else(wrong)?, identifiers })
    }
}

/// A closed ceremony with its certificate, and the keys that came of it.
///
/// # Errors
///
/// If it is not closed, or its outcome is not on the board.
pub fn certified(store: &Store, board: &dyn Board, ceremony: Ceremony) -> Result<(Certified, Vec<VssCommitment>)> {
    let keys = ceremony::keys(Some(store), board, &ceremony)?;
    let certificate = match ceremony::kept_certificate(store, &ceremony)? {
        None => ceremony::certificate(board, &ceremony)?.0,
        kept => kept,
    };
    let certificate = certificate.ok_or_else(|| Failure::refused(ceremony.short_code(), "it is not closed"))?;
    Ok((Certified { certificate: certificate.certificate().clone(), ceremony }, keys))
}

/// Puts the bundle together, from the operators' registrations on the board, and checks it as everybody else will. Epochs that
/// the known bundle lists, and its own, are former ones now.
///
/// # Errors
///
/// If a node has no registration that holds, or something in the bundle does not fit.
pub fn bundle(
    store: &Store,
    board: &dyn Board,
    blueprint: Blueprint,
    known: Option<&VerifiedBundle>,
) -> Result<(Bundle, Ignored)> {
    let mut ignored = Ignored::new();
    let mut nodes = Vec::new();
    for (place, seat) in (1..).zip(&blueprint.nodes) {
        nodes.push(node(store, board, &blueprint, (place, seat), &mut ignored)?);
    }
    let network = Network {
        parameters: blueprint.parameters,
        name: blueprint.network,
        epoch: blueprint.epoch,
        recovery_key: blueprint.roster.party().public_key().clone(),
        former: former(known, blueprint.epoch, &blueprint.keys.commitments),
        keys: blueprint.keys.commitments,
        nodes,
    };
    let bundle = Bundle::new(&blueprint.party, &blueprint.roster, &network).at("the bundle")?;
    let bundle = bundle.with_key_certificates(blueprint.keys.certified);
    let bundle = match blueprint.recovery {
        Some(certified) => bundle.with_recovery_certificate(certified),
        None => bundle,
    };
    let verified = custodian::consistent(bundle).at("the bundle")?;
    Ok((verified.bundle().clone(), ignored))
}

/// Posts a bundle.
///
/// # Errors
///
/// If the board refuses.
pub fn post(board: &dyn Board, bundle: &Bundle) -> Result<String> {
    board.post(&Place::Plans, bundle.network(), Kind::Bundle, &bundle.encode())
}

fn node(
    store: &Store,
    board: &dyn Board,
    blueprint: &Blueprint,
    (place, seat): (u64, &Seat),
    ignored: &mut Ignored,
) -> Result<Node> {
    let operator = operator(board, &blueprint.network, seat)?;
    let owner = Owner { network: &blueprint.network, node: &seat.name, operator: &operator };
    let (registrations, beside) = owner.registrations(store, Some(board))?;
    ignored.extend(beside);
    let identifiers = match &seat.identifiers[..] {
        [] => vec![dealt(&blueprint.keys.certified, &operator).map_or_else(|| Identifier::new(place), Ok).at(owner)?],
        given => given.to_vec(),
    };
    let keys = 0..u16::try_from(blueprint.keys.commitments.len()).unwrap_or(u16::MAX);
    let held = |key| identifiers.iter().map(move |identifier| Holding { key, identifier: *identifier });
    let shares = keys.flat_map(held).collect();
    Ok(Node { name: seat.name.clone(), operator, registrations, shares })
}

/// Where the operator was dealt its share, if it took part itself.
fn dealt(certified: &[Certified], operator: &IdentityPublicKey) -> Option<Identifier> {
    let mut recipients = certified.first()?.ceremony.plan().recipients.iter();
    recipients.find(|recipient| recipient.identity == *operator).map(|recipient| recipient.identifier)
}

/// The identity behind an address: the one that registered a Blinder of the node.
fn operator(board: &dyn Board, network: &[u8], seat: &Seat) -> Result<IdentityPublicKey> {
    let place = Place::Blinders(network.to_vec());
    let found = board.objects(&place, Kind::BlinderRegistration, BlinderRegistration::decode)?.check(|object| {
        let operator = object.value.operator();
        object.value.verify(network, &seat.name, operator)?;
        if operator.address() == seat.operator { Ok(()) } else { Err(relight::Error::Mismatch(Field::Operator)) }
    });
    let (subject, Objects { good, mut ignored }) = (segment(&seat.name), found);
    ignored.retain(|(path, _)| path.starts_with(&format!("{}/{subject}.", place.folder())));
    let own = good.into_iter().find(|object| object.subject == subject);
    own.map(|object| object.value.operator().clone()).ok_or_else(|| {
        let why = format!("{} has registered no Blinder of it on {}", seat.operator, board.describe());
        Failure::refused(seat.name.escape_ascii(), why)
            .beside(&ignored)
            .next("its operator registers one: relight blinder register")
    })
}

fn former(known: Option<&VerifiedBundle>, epoch: u64, keys: &[VssCommitment]) -> Vec<FormerEpoch> {
    let Some(network) = known.map(VerifiedBundle::network) else { return Vec::new() };
    let own = FormerEpoch { epoch: network.epoch, keys: network.keys.clone() };
    let all = network.former.iter().cloned().chain([own]);
    // With more keys than then, older backups are of another network.
    all.filter(|former| former.epoch < epoch && former.keys.len() == keys.len()).collect()
}
