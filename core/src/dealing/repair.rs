//! Repair and enrolment: one party gets its share, lost or new, and nobody else deals anew (spec §9.8).

use super::{Ceremony, Dealer, Keys, Outcome, Plan, PublicOutcome, Recipient, Reshared};
use crate::curve::CurvePoint;
use crate::encryption::ParameterSet;
use crate::error::{Error, Result};
use crate::identity::IdentityPublicKey;
use crate::key_share::KeyShare;
use crate::keys::MemberPublicKey;
use crate::sharing::{Identifier, PartyIndex, VssCommitment};
use alloc::vec;
use alloc::vec::Vec;

/// What makes a share of existing keys for one party, from the shares of others.
///
/// The helpers first share the receiver's share among themselves ([`Repair::prepare`]), then hand that over to the receiver
/// ([`Repair::hand_over`]). So the receiver learns its own share and no helper's, and the helpers, as long as they do not
/// reach the threshold, learn nothing. All other shares stay as they are, and so do sharing and epoch.
///
/// ```
/// use relight::curve::CurveId;
/// use relight::sharing::{Identifier, PartyIndex};
/// use relight::{dealing::*, identity::*, *};
///
/// # let rng = &mut rand::rng();
/// # let identities = [(); 3].map(|()| IdentityKey::generate(rng));
/// # let keys = [(); 3].map(|()| MemberKey::generate(rng));
/// # let indices: Vec<PartyIndex> = PartyIndex::all(3).collect();
/// # let dealer = |n: usize| Dealer::new(indices[n], identities[n].public());
/// # let recipient = |n: usize| Recipient::new(indices[n], identities[n].public(), keys[n].public());
/// # let (parameters, name) = (ParameterSet::Fast, b"network".to_vec());
/// /// A ceremony of some dealers and recipients, from the first dealing to the last share.
/// fn run(ceremony: &Ceremony, dealings: &[Dealing], recipients: &[(PartyIndex, &IdentityKey, &MemberKey)]) -> Result<Vec<Outcome>> {
///     let mut received = Dealings::new(ceremony);
///     dealings.iter().try_for_each(|dealing| received.receive(&dealing.encode()))?;
///     let mut confirmations = Confirmations::new(ceremony);
///     for (index, identity, key) in recipients {
///         confirmations.receive(&received.clone().confirm(*index, key)?.sign(identity)?.encode())?;
///     }
///     let closed = received.close(confirmations.certificate()?.verify(ceremony)?)?;
///     recipients.iter().map(|(index, _, key)| closed.finish(*index, key)).collect()
/// }
/// # let everyone: Vec<_> = (0..3).map(|n| (indices[n], &identities[n], &keys[n])).collect();
/// # let generation = Ceremony::new(Plan { parameters, name: name.clone(), nonce: Plan::random_nonce(rng), epoch: 7,
/// #     threshold: 2, keys: Keys::Generate(vec![CurveId::Secp256k1]),
/// #     dealers: vec![dealer(0), dealer(1)], recipients: (0..3).map(recipient).collect() })?;
/// # let dealt: Vec<Dealing> = (0..2).map(|n| generation.deal(indices[n], &identities[n], &[], rng)).collect::<Result<_>>()?;
/// # let old = run(&generation, &dealt, &everyone)?;
///
/// // The third of three parties has lost its share of a key with the threshold two.
/// let helper = |n: usize| Helper {
///     index: indices[n],
///     identity: identities[n].public(),
///     member_key: keys[n].public(),
///     identifier: indices[n].into(),
/// };
/// let keys_to_repair = old[0].public.keys.clone();
/// let repair = Repair {
///     parameters, name: name, nonce: Plan::random_nonce(rng), epoch: 7,
///     keys: keys_to_repair,
///     helpers: vec![helper(0), helper(1)],
///     receiver: recipient(2),
/// };
///
/// let first = repair.prepare()?;
/// let dealt: Vec<Dealing> =
///     (0..2).map(|n| first.deal(indices[n], &identities[n], &[&old[n].shares[0]], rng)).collect::<Result<_>>()?;
/// let between = run(&first, &dealt, &everyone[..2])?;
///
/// let second = repair.hand_over(&between[0].public)?;
/// let dealt: Vec<Dealing> =
///     (0..2).map(|n| second.deal(indices[n], &identities[n], &[&between[n].shares[0]], rng)).collect::<Result<_>>()?;
/// let repaired = repair.finish(&run(&second, &dealt, &everyone[2..])?[0])?;
/// assert_eq!(repaired[0].public_share(), old[2].shares[0].public_share());
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The parameter set of both ceremonies.
    pub parameters: ParameterSet,
    /// The application's name for them, at most 255 bytes.
    pub name: Vec<u8>,
    /// Makes the two ceremonies others than all before them: [`Plan::random_nonce`].
    pub nonce: [u8; 32],
    /// The epoch of the sharings.
    pub epoch: u64,
    /// The sharings of which the receiver gets a share, one of each.
    pub keys: Vec<VssCommitment>,
    /// Holders of other shares, as many as the greatest threshold or more, by ascending index.
    pub helpers: Vec<Helper>,
    /// Who gets the share, and where it lies.
    pub receiver: Recipient,
}

/// A party that helps: it holds a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Its number.
    pub index: PartyIndex,
    /// The identity that signs its dealings.
    pub identity: IdentityPublicKey,
    /// The key with which it receives its part.
    pub member_key: MemberPublicKey,
    /// Where its share lies.
    pub identifier: Identifier,
}

impl Repair {
    /// The first ceremony: the helpers re-share the receiver's share among themselves.
    ///
    /// # Errors
    ///
    /// Those of [`Ceremony::new`]: [`Error::InvalidThreshold`] if the helpers are too few,
    /// [`Error::DuplicateIdentifier`] if one of them has the share already, [`Error::InvalidPoint`] if it is zero: then the
    /// receiver needs another identifier.
    pub fn prepare(&self) -> Result<Ceremony> {
        let threshold = self.keys.iter().map(|commitment| commitment.threshold().get()).max().unwrap_or(1);
        let at = Some(self.receiver.identifier);
        let keys = self.keys.iter().map(|commitment| Reshared { commitment: commitment.clone(), at });
        Ceremony::new(Plan {
            threshold,
            keys: keys.collect(),
            recipients: self.helpers.iter().map(Helper::recipient).collect(),
            ..self.plan()
        })
    }

    /// The second ceremony: the helpers hand the outcome of the first one over to the receiver.
    ///
    /// # Errors
    ///
    /// [`Error::CeremonyMismatch`] if that is not the outcome of this repair; those of [`Repair::prepare`].
    pub fn hand_over(&self, outcome: &PublicOutcome) -> Result<Ceremony> {
        self.check(outcome)?;
        Ceremony::new(Plan {
            threshold: 1,
            keys: Keys::HandOver(outcome.keys.clone()),
            recipients: vec![self.receiver.clone()],
            ..self.plan()
        })
    }

    /// What the receiver has after the second ceremony: a share of each of the sharings, like everyone else's.
    ///
    /// # Errors
    ///
    /// [`Error::CeremonyMismatch`] if that is not the outcome of this repair; those of [`Repair::prepare`] for an identifier.
    pub fn finish(&self, outcome: &Outcome) -> Result<Vec<KeyShare>> {
        self.check(&outcome.public)?;
        if self.keys.len() != outcome.shares.len() {
            return Err(Error::CeremonyMismatch);
        }
        //= spec/9-dealing.md#9-8-repair-and-enrolment
        //# A receiver MUST check what it is handed against the old VSS commitment at its identifier before it keeps it.
        let pairs = self.keys.iter().zip(&outcome.shares);
        let moved = pairs.map(|(commitment, share)| share.moved(self.epoch, commitment, self.receiver.identifier));
        moved.collect::<Result<_>>().map_err(|_| Error::CeremonyMismatch)
    }

    /// Both ceremonies have the receiver's shares for keys.
    fn check(&self, outcome: &PublicOutcome) -> Result<()> {
        let expected = self.keys.iter().map(|commitment| commitment.public_share(&self.receiver.identifier));
        let expected: Vec<CurvePoint> = expected.collect::<Result<_>>()?;
        let fits = expected.iter().eq(outcome.keys.iter().map(VssCommitment::public_key));
        if fits { Ok(()) } else { Err(Error::CeremonyMismatch) }
    }

    /// What both ceremonies have in common.
    fn plan(&self) -> Plan {
        Plan {
            parameters: self.parameters,
            name: self.name.clone(),
            nonce: self.nonce,
            epoch: self.epoch,
            threshold: 1,
            keys: Keys::Generate(Vec::new()),
            dealers: self.helpers.iter().map(Helper::dealer).collect(),
            recipients: Vec::new(),
        }
    }
}

impl Helper {
    fn dealer(&self) -> Dealer {
        Dealer { index: self.index, identity: self.identity.clone(), identifier: self.identifier }
    }

    fn recipient(&self) -> Recipient {
        let (identity, member_key) = (self.identity.clone(), self.member_key.clone());
        Recipient { index: self.index, identity, member_key, identifier: self.identifier }
    }
}
