//! What a member looks at before it answers (spec §11.3).

use super::request::Request;
use super::response::{Answer, Response, body, write_answers};
use super::roster::Roster;
use super::seal::Sealed;
use super::text;
use crate::backup::recovery_compartment;
use crate::decryption::DecryptionShare;
use crate::digest::StatementDigest;
use crate::error::{Error, Field, Result};
use crate::identity::Unsigned;
use crate::key_share::KeyShare;
use crate::keys::RecoveryPublicKey;
use crate::sharing::PartyIndex;
use crate::statement::Statement;
use crate::timestamp::Timestamp;
use alloc::vec::Vec;
use core::fmt::{Display, Formatter};
use rand_core::CryptoRng;

/// A request that is made for this roster and authorised with the Blinders, together with the statements that it asks to
/// unlock. Only a review can be answered.
///
/// Its `Display` tells a person who claims to ask, and what is proved: for which network, nodes and epochs, and until when.
/// Whether to answer is the member's decision: compare the code by voice, check the attestation.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    request: &'a Request,
    statements: Vec<&'a Statement>,
    roster: &'a Roster,
    now: Timestamp,
}

impl<'a> Review<'a> {
    /// Looks up, among the statements of the backups that the member knows, those that the request asks for, at the time `now`.
    ///
    /// # Errors
    ///
    /// [`Error::Expired`], [`Error::ExpiryTooFar`]; [`Error::RosterMismatch`], which blames nobody;
    /// [`Error::InvalidLength`] if there are more or fewer HPKE keys than members; [`Error::UnknownStatement`] if a statement
    /// is not known; [`Error::Mismatch`] if one belongs to another network than the request says or to another
    /// recovery party than `roster`; [`Error::WrongLock`] if one is not for a recovery party at all;
    /// [`Error::Unauthorised`] if one is asked for without its Blinder.
    pub fn new(request: &'a Request, statements: &'a [Statement], roster: &'a Roster, now: Timestamp) -> Result<Self> {
        let draft = request.draft();
        draft.check_expiry(now)?;
        //= spec/11-recovery.md#11-3-review
        //# A member MUST refuse a request that was made for another roster, with RosterMismatch.
        draft.check_roster(roster)?;
        //= spec/11-recovery.md#11-3-review
        //# A member MUST know the statement behind every digest that it answers.
        let statements = request.known(statements)?;
        check_all_asked(statements.iter().copied(), draft.network(), roster)?;
        //= spec/11-recovery.md#11-3-review
        //# A member MUST refuse a request in which an authorisation is missing or does not verify, with Unauthorised.
        request.check_authorised(&statements)?;
        Ok(Self { request, statements, roster, now })
    }

    /// The request.
    pub fn request(&self) -> &Request {
        self.request
    }

    /// The statements that it asks to unlock, in its order.
    pub fn statements(&self) -> &[&Statement] {
        &self.statements
    }

    /// Makes the member's answer: its decryption shares for all statements, sealed to the requester. It must be signed by the
    /// identity that the roster lists for the holder of the share. Constant time in the share.
    ///
    /// # Errors
    ///
    /// What is wrong with the member's own share is found here: [`Error::WrongCurve`] or
    /// [`Error::Mismatch`] if it is none of the recovery key; [`Error::UnusedIdentifier`] if no member's share lies
    /// where it does; [`Error::Shareless`]; [`Error::OtherSharing`] if it is from before a refresh, or after.
    /// [`Error::InvalidPoint`] if the requester's HPKE key is unusable.
    pub fn respond(&self, share: &KeyShare, rng: &mut impl CryptoRng) -> Result<Unsigned<Response>> {
        let all: Vec<usize> = (0..self.statements.len()).collect();
        self.seal(self.holder(share)?, &all, share, rng)
    }

    /// The same for some of the statements that the request asks for.
    ///
    /// # Errors
    ///
    /// Those of [`Review::respond`]; [`Error::InvalidLength`] if there are none, [`Error::UnknownStatement`] if one is not
    /// asked for, [`Error::DuplicateStatement`] if one is given twice.
    pub fn respond_to(
        &self,
        digests: &[StatementDigest],
        share: &KeyShare,
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Response>> {
        let member = self.holder(share)?;
        self.seal(member, &self.places(digests)?, share, rng)
    }

    /// Ascending.
    fn places(&self, digests: &[StatementDigest]) -> Result<Vec<usize>> {
        let places = digests.iter().map(|digest| self.request.draft().place(digest).map(usize::from));
        let mut places: Vec<usize> = places.collect::<Result<_>>()?;
        places.sort_unstable();
        places.dedup();
        match places.len() {
            0 => Err(Error::InvalidLength),
            distinct if distinct == digests.len() => Ok(places),
            _ => Err(Error::DuplicateStatement),
        }
    }

    /// The member whose share of the recovery key this is.
    fn holder(&self, share: &KeyShare) -> Result<PartyIndex> {
        //= spec/11-recovery.md#11-4-response
        //# A member MUST check its own share and identity against the roster before it answers.
        let party = self.roster.party();
        if RecoveryPublicKey::try_from(share.public_key().clone())? != *party.public_key() {
            return Err(Error::Mismatch(Field::RecoveryKey));
        }
        let at = share.identifier();
        let member = party.holder(&at).ok_or(Error::UnusedIdentifier(at))?;
        if party.public_share(member)? == *share.public_share() { Ok(member) } else { Err(Error::OtherSharing(0)) }
    }

    fn seal(
        &self,
        member: PartyIndex,
        places: &[usize],
        share: &KeyShare,
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Response>> {
        //= spec/11-recovery.md#11-4-response
        //# A member MUST have reviewed the request before it responds.
        let answers = self.answers(places, member, share)?;
        //= spec/11-recovery.md#11-4-response
        //# A member MUST NOT send decryption shares in the clear.
        let key = self.request.draft().hpke_key(self.roster, member).ok_or(Error::UnknownMember(member.get()))?;
        let request = self.request.digest();
        let sealed = Sealed::new(request, member, key, &write_answers(&answers), rng)?;
        Ok(Unsigned::new(body(request, member, &sealed).finish(), self.roster.identity(member)?.clone()))
    }

    fn answers(&self, places: &[usize], member: PartyIndex, share: &KeyShare) -> Result<Vec<Answer>> {
        // A vector that never grows leaves no copies behind.
        let mut answers = Vec::with_capacity(places.len());
        for place in places {
            let statement = self.statements.get(*place).ok_or(Error::UnknownStatement)?;
            let share = DecryptionShare::new(member, share, &statement.digest())?;
            answers.push(Answer { place: *place as u16, share });
        }
        Ok(answers)
    }
}

/// The statements must be backups of this network for this recovery party.
pub(super) fn check_all_asked<'a>(
    statements: impl IntoIterator<Item = &'a Statement>,
    network: &[u8],
    roster: &Roster,
) -> Result<()> {
    let recovery_key = roster.party().public_key();
    statements.into_iter().try_for_each(|statement| check_asked(statement, network, recovery_key))
}

fn check_asked(statement: &Statement, network: &[u8], recovery_key: &RecoveryPublicKey) -> Result<()> {
    if statement.header().network != network {
        return Err(Error::Mismatch(Field::Network));
    }
    let same = recovery_compartment(statement)?.recovery_key == recovery_key;
    if same { Ok(()) } else { Err(Error::Mismatch(Field::RecoveryKey)) }
}

impl Display for Review<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let draft = self.request.draft();
        text::heading(f, draft)?;
        //= spec/11-recovery.md#11-3-review
        //# What is shown of a request MUST tell what is claimed from what is proved.
        writeln!(f, "Claimed:")?;
        text::requester(f, draft)?;
        writeln!(f, "  attestation  {} bytes", self.request.attestation().len())?;
        writeln!(f, "Proved:")?;
        text::network(f, draft)?;
        writeln!(f, "  roster       {}, this one", draft.roster())?;
        let left = draft.expiry().as_unix_seconds().saturating_sub(self.now.as_unix_seconds());
        writeln!(f, "  expires      {}, in {}", draft.expiry(), text::Span(left))?;
        let mut statements = self.statements.iter();
        statements.try_for_each(|statement| text::statement(f, statement, ", authorised with its Blinder"))
    }
}
