//! The recovery party: all of its members, in one process.

use crate::Result;
use rand::rng;
use relight::ParameterSet;
use relight::curve::CurveId;
use relight::dealing::{Ceremony, ClosedDealings, Confirmations, Dealer, Dealings, Keys, Plan, Recipient};
use relight::identity::IdentityKey;
use relight::recovery::{Request, Review, Roster, RosterMember};
use relight::registration::MemberRegistration;
use relight::sharing::{PartyIndex, Threshold};
use relight::{KeyShare, MemberKey, Statement, Timestamp};

const NAME: &[u8] = b"recovery party";

/// A recovery party.
pub struct Party {
    /// Its members and its key, which is public.
    pub roster: Roster,
    members: Vec<Member>,
}

struct Member {
    identity: IdentityKey,
    share: KeyShare,
}

impl Party {
    /// So many members register, generate a key, and close the ceremony. More than two thirds of them can recover.
    pub fn generate(members: u16) -> Result<Self> {
        let candidates: Vec<Candidate> = PartyIndex::all(members).map(Candidate::register).collect::<Result<_>>()?;
        let ceremony = Ceremony::new(plan(&candidates)?)?;
        let closed = close(&ceremony, &candidates)?;
        let commitment = closed.finish_public()?.keys.remove(0);
        let listed = candidates.iter().map(|candidate| RosterMember::new(candidate.registration.clone())).collect();
        let members = candidates.into_iter().map(|candidate| candidate.finish(&closed)).collect::<Result<_>>()?;
        Ok(Self { roster: Roster::new(NAME, commitment, listed)?, members })
    }

    /// Members answer a request, as many as are needed and no more: after a look at who asks, and for statements that they
    /// know.
    pub fn answer(&self, request: &[u8], known: &[Statement], now: Timestamp) -> Result<Vec<Vec<u8>>> {
        let request = Request::decode(request)?;
        let review = Review::new(&request, known, &self.roster, now)?;
        let needed = usize::from(self.roster.party().threshold().get());
        let answers = self.members.iter().rev().take(needed);
        answers.map(|member| Ok(review.respond(&member.share, &mut rng())?.sign(&member.identity)?.encode())).collect()
    }
}

/// Who is to be a member.
struct Candidate {
    registration: MemberRegistration,
    identity: IdentityKey,
    key: MemberKey,
}

impl Candidate {
    fn register(index: PartyIndex) -> Result<Self> {
        let (identity, key) = (IdentityKey::generate(&mut rng()), MemberKey::generate(&mut rng()));
        let registration = MemberRegistration::first(NAME, index, &identity.public(), &key, &mut rng())?;
        Ok(Self { registration: registration.sign(&identity)?, identity, key })
    }

    fn index(&self) -> PartyIndex {
        self.registration.index()
    }

    fn finish(self, closed: &ClosedDealings<'_>) -> Result<Member> {
        let share = closed.finish(self.index(), &self.key)?.shares.remove(0);
        Ok(Member { identity: self.identity, share })
    }
}

fn plan(candidates: &[Candidate]) -> Result<Plan> {
    let registrations = || candidates.iter().map(|candidate| &candidate.registration);
    Ok(Plan {
        parameters: ParameterSet::Fast,
        name: NAME.to_vec(),
        nonce: Plan::random_nonce(&mut rng()),
        epoch: 1,
        threshold: Threshold::supermajority(u16::try_from(candidates.len())?)?.get(),
        keys: Keys::Generate(vec![CurveId::Bls12381G1]),
        dealers: registrations().map(Dealer::from).collect(),
        recipients: registrations().map(Recipient::from).collect(),
    })
}

/// Each deals to all, and confirms what it holds.
fn close<'a>(ceremony: &'a Ceremony, candidates: &[Candidate]) -> Result<ClosedDealings<'a>> {
    let (mut dealings, mut confirmations) = (Dealings::new(ceremony), Confirmations::new(ceremony));
    for candidate in candidates {
        dealings.receive(&ceremony.deal(candidate.index(), &candidate.identity, &[], &mut rng())?.encode())?;
    }
    for candidate in candidates {
        let confirmation = dealings.clone().confirm(candidate.index(), &candidate.key)?;
        confirmations.receive(&confirmation.sign(&candidate.identity)?.encode())?;
    }
    Ok(dealings.close(confirmations.certificate()?.verify(ceremony)?)?)
}
