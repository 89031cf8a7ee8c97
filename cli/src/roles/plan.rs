//! Plans of ceremonies, made from registrations and from what came of earlier ceremonies.

use super::ceremony::keys;
use super::members::Chosen;
use crate::board::Board;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::curve::CurveId;
use relight::dealing::{Ceremony, Dealer, Helper, Keys, Plan, PublicOutcome, Recipient, Repair, Reshared};
use relight::registration::MemberRegistration;
use relight::sharing::{PartyIndex, Threshold, VssCommitment};
use relight::{Digest, ParameterSet};

/// What every plan says.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The party or network, under whose name its members are registered.
    pub party: Vec<u8>,
    /// The epoch of the sharing.
    pub epoch: u64,
    /// How many recipients recover a key; more than two thirds unless somebody says otherwise.
    pub threshold: Option<u16>,
    /// The parameter set.
    pub parameters: ParameterSet,
}

/// A sharing that exists: its keys, and who holds shares of them.
#[derive(Clone, Debug)]
pub struct Sharing {
    /// The ceremony that it came of.
    pub ceremony: Ceremony,
    /// Its keys.
    pub keys: Vec<VssCommitment>,
    /// Who holds shares: the ceremony's recipients, and who was given one later.
    pub holders: Vec<Recipient>,
}

impl Sharing {
    /// The sharing that came of a closed ceremony, and of the hand-overs of repairs that gave others a share.
    ///
    /// # Errors
    ///
    /// If one of them is not closed, or a hand-over is none of this sharing.
    pub fn of(store: Option<&Store>, board: &dyn Board, ceremony: Ceremony, enrolled: &[Ceremony]) -> Result<Self> {
        let commitments = keys(store, board, &ceremony)?;
        let mut sharing = Self { holders: ceremony.plan().recipients.clone(), keys: commitments, ceremony };
        for hand_over in enrolled {
            let receiver = sharing.receiver(&keys(store, board, hand_over)?, hand_over)?;
            sharing.holders.retain(|holder| holder.index != receiver.index);
            sharing.holders.push(receiver);
        }
        sharing.holders.sort_by_key(|holder| holder.index);
        Ok(sharing)
    }

    /// Who was given a share of this sharing by a hand-over.
    fn receiver(&self, given: &[VssCommitment], hand_over: &Ceremony) -> Result<Recipient> {
        let refused = || Failure::refused(hand_over.short_code(), "it gave nobody a share of this sharing");
        let [receiver] = &hand_over.plan().recipients[..] else { return Err(refused()) };
        let shares = self.keys.iter().map(|key| key.public_share(&receiver.identifier));
        let shares = shares.collect::<relight::Result<Vec<_>>>().at(hand_over.short_code())?;
        match shares.iter().eq(given.iter().map(VssCommitment::public_key)) {
            true => Ok(receiver.clone()),
            false => Err(refused()),
        }
    }

    /// The holders with these indices, or all.
    ///
    /// # Errors
    ///
    /// If one is no holder.
    pub fn choose(&self, indices: Option<&[PartyIndex]>) -> Result<Vec<Recipient>> {
        let Some(indices) = indices else { return Ok(self.holders.clone()) };
        let find = |index: &PartyIndex| self.holders.iter().find(|holder| holder.index == *index).cloned();
        let missing =
            |index: &PartyIndex| Failure::refused(format!("party {index}"), "it holds no share of these keys");
        let chosen = indices.iter().map(|index| find(index).ok_or_else(|| missing(index)));
        let mut chosen = chosen.collect::<Result<Vec<_>>>()?;
        chosen.sort_by_key(|holder| holder.index);
        Ok(chosen)
    }

    /// Does this member hold a share?
    pub fn knows(&self, member: &MemberRegistration) -> bool {
        self.holders.iter().any(|holder| (holder.index, &holder.identity) == (member.index(), member.identity()))
    }

    /// As a recipient: whoever has a share keeps its identifier, unless somebody said another one.
    fn recipient(&self, chosen: Chosen<'_>) -> Recipient {
        let held = self.holders.iter().find(|holder| holder.identity == *chosen.registration.identity());
        let held = held.map(|holder| holder.identifier);
        recipient(Chosen { identifier: chosen.identifier.or(held), ..chosen })
    }
}

/// New keys, which all members deal and receive.
///
/// # Errors
///
/// Those of [`Ceremony::new`].
pub fn generate(frame: &Frame, curves: Vec<CurveId>, members: &[Chosen<'_>]) -> Result<Ceremony> {
    let recipients: Vec<Recipient> = members.iter().copied().map(recipient).collect();
    frame.ceremony(Keys::Generate(curves), recipients.iter().map(dealer).collect(), recipients)
}

/// The keys of a sharing, shared anew: with the same recipients a refresh.
///
/// # Errors
///
/// Those of [`Ceremony::new`].
pub fn reshare(frame: &Frame, sharing: &Sharing, dealers: &[Recipient], members: &[Chosen<'_>]) -> Result<Ceremony> {
    let recipients = members.iter().map(|member| sharing.recipient(*member)).collect();
    let keys = sharing.keys.iter().cloned().map(Reshared::from).collect();
    frame.ceremony(keys, dealers.iter().map(dealer).collect(), recipients)
}

/// The keys of a sharing, handed to one recipient whole.
///
/// # Errors
///
/// Those of [`Ceremony::new`].
pub fn hand_over(frame: &Frame, sharing: &Sharing, dealers: &[Recipient], receiver: Chosen<'_>) -> Result<Ceremony> {
    let frame = Frame { threshold: Some(1), ..frame.clone() };
    let keys = Keys::HandOver(sharing.keys.clone());
    frame.ceremony(keys, dealers.iter().map(dealer).collect(), vec![sharing.recipient(receiver)])
}

/// How one member gets its share, lost or new.
pub fn repair(frame: &Frame, sharing: &Sharing, helpers: &[&MemberRegistration], receiver: Chosen<'_>) -> Repair {
    Repair {
        parameters: frame.parameters,
        name: frame.party.clone(),
        nonce: Plan::random_nonce(&mut rand::rng()),
        epoch: sharing.ceremony.plan().epoch,
        keys: sharing.keys.clone(),
        helpers: helpers.iter().map(|one| helper(&sharing.recipient(Chosen::from(*one)))).collect(),
        receiver: sharing.recipient(receiver),
    }
}

/// The first ceremony of a repair: the helpers share the receiver's share among themselves.
///
/// # Errors
///
/// Those of [`Repair::prepare`].
pub fn first_of_repair(repair: &Repair) -> Result<Ceremony> {
    repair.prepare().at("the plan")
}

/// The second ceremony of a repair, from the first one: the helpers hand its outcome over to the receiver.
///
/// # Errors
///
/// If that is not the outcome of this repair.
pub fn second_of_repair(repair: Repair, first: &Ceremony, outcome: Vec<VssCommitment>) -> Result<Ceremony> {
    let plan = first.plan();
    let helpers = plan.recipients.iter().map(helper).collect();
    let repair = Repair { parameters: plan.parameters, nonce: plan.nonce, epoch: plan.epoch, helpers, ..repair };
    let outcome = PublicOutcome { keys: outcome, shareless: Vec::new(), transcript: Digest::from_bytes([0; 32]) };
    repair.hand_over(&outcome).at(first.short_code())
}

/// At its index, unless somebody said where else.
fn recipient(Chosen { registration, identifier }: Chosen<'_>) -> Recipient {
    let new = Recipient::from(registration);
    Recipient { identifier: identifier.unwrap_or(new.identifier), ..new }
}

fn helper(holder: &Recipient) -> Helper {
    let Recipient { index, identity, member_key, identifier } = holder.clone();
    Helper { index, identity, member_key, identifier }
}

fn dealer(holder: &Recipient) -> Dealer {
    Dealer { index: holder.index, identity: holder.identity.clone(), identifier: holder.identifier }
}

impl Frame {
    fn ceremony(&self, keys: Keys, dealers: Vec<Dealer>, recipients: Vec<Recipient>) -> Result<Ceremony> {
        let count = u16::try_from(recipients.len()).map_err(|_| relight::Error::InvalidLength).at("the recipients")?;
        let supermajority = Threshold::supermajority(count).map_or(1, Threshold::get);
        let plan = Plan {
            parameters: self.parameters,
            name: self.party.clone(),
            nonce: Plan::random_nonce(&mut rand::rng()),
            epoch: self.epoch,
            threshold: self.threshold.unwrap_or(supermajority),
            keys,
            dealers,
            recipients,
        };
        Ceremony::new(plan).at("the plan")
    }
}
