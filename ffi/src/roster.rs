//! The recovery party with its members' registrations.

use crate::details::{Failure, RelightDetails};
use crate::entry::{free, produce};
use crate::identifier;
use crate::memory::{RelightBuffer, RelightBytes, RelightIndices, RelightList, array, structure_output};
use crate::result::RelightResult;
use crate::statement::RelightDigest;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    recovery::{Roster, RosterMember},
    registration::MemberRegistration,
};

/// A member of the recovery party, as it registered. The caller owns everything it points to.
#[repr(C)]
pub struct RelightRosterMember {
    /// Its registration.
    pub registration: RelightBytes,
    /// Where its share of the recovery key lies; at the registration's index if this is empty.
    pub identifier: RelightBytes,
}

impl RelightRosterMember {
    fn read(&self) -> Result<RosterMember, Failure> {
        let registration = self.registration.read("registration", MemberRegistration::decode)?;
        Ok(RosterMember { identifier: identifier::read_beside(registration.index(), &self.identifier)?, registration })
    }
}

/// The roster that a caller gives.
pub(crate) fn read(party: &RelightBytes, roster: &RelightBytes) -> Result<Roster, Failure> {
    let party = party.get("party")?;
    roster.read("roster", |roster| Roster::decode(party, roster))
}

/// The recovery party with its members' registrations: `roster` receives it, and the caller owns it. `commitment` has
/// the VSS commitment of the recovery key; `members` are those that registered under `party`, by ascending index. Fails
/// if an input does not decode, with `RELIGHT_RESULT_INVALID_INDEX` or `RELIGHT_RESULT_DUPLICATE_INDEX` if indices do
/// not ascend, `RELIGHT_RESULT_DUPLICATE_KEY` if two members have one identity or member key,
/// `RELIGHT_RESULT_INVALID_REGISTRATION`, whose details name the member and the fault and accuse who put the roster
/// together, `RELIGHT_RESULT_INVALID_LENGTH` without members, `RELIGHT_RESULT_WRONG_CURVE` if the key is not on
/// BLS12-381 G1, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or
/// `RELIGHT_RESULT_INVALID_THRESHOLD` if the members that have a share are too few.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_roster_new(
    party: RelightBytes,
    commitment: RelightBytes,
    members: *const RelightRosterMember,
    members_len: usize,
    roster: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(roster, details, || {
        let members = array("members", members, members_len, RelightRosterMember::read)?;
        let commitment = commitment.read("commitment", VssCommitment::decode)?;
        Ok((&*Roster::new(party.get("party")?, commitment, members)?.encode()).into())
    })
}

/// What a roster says. Free it with `relight_roster_free`.
#[repr(C)]
pub struct RelightRoster {
    /// The digest that requests name the roster by: compare it with the other parties.
    pub digest: RelightDigest,
    /// The public recovery key, 48 bytes.
    pub recovery_key: RelightBuffer,
    /// The VSS commitment of the recovery key.
    pub commitment: RelightBuffer,
    /// How many members it takes.
    pub threshold: u16,
    /// The indices of the members.
    pub members: RelightIndices,
    /// Where their shares of the recovery key lie, in the same order.
    pub identifiers: RelightList,
    /// Those of the members that have no share, because it is zero.
    pub shareless: RelightIndices,
}

structure_output!(RelightRoster { digest, recovery_key, commitment, threshold, members, identifiers, shareless });

impl From<&Roster> for RelightRoster {
    fn from(roster: &Roster) -> Self {
        let party = roster.party();
        Self {
            digest: roster.digest().into(),
            recovery_key: party.public_key().as_bytes().into(),
            commitment: (&*party.commitment().encode()).into(),
            threshold: party.threshold().get(),
            members: party.members().map(PartyIndex::get).collect(),
            identifiers: roster.members().iter().map(|member| member.identifier.as_bytes()).collect(),
            shareless: party.shareless().map(PartyIndex::get).collect(),
        }
    }
}

/// Frees what an inspected roster owns, and empties it. NULL and empty rosters are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_roster_free(fields: *mut RelightRoster) {
    free(fields);
}

/// Verifies a roster under `party`: `fields` receives what it says, and the caller owns it. Fails if `roster` does
/// not decode, and like `relight_roster_new`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_roster_verify(
    party: RelightBytes,
    roster: RelightBytes,
    fields: *mut RelightRoster,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || Ok((&read(&party, &roster)?).into()))
}
