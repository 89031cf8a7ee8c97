//! Who belongs to the recovery party (spec §11.1).

use crate::codec::{Reader, Writer, count};
use crate::curve::CurveId;
use crate::decryption::RecoveryParty;
use crate::digest::Digest;
use crate::distinct::{check_ascending, check_keys};
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::identity::IdentityPublicKey;
use crate::registration::MemberRegistration;
use crate::sharing::{Identifier, PartyIndex, VssCommitment};
use alloc::vec::Vec;

/// The recovery party with its members' registrations, all of them verified.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque commitments<1..2^32-1>;          // of the recovery key, 48 bytes each
///     RosterMember members<1..2^32-1>;        // indices ascend
/// } Roster;
///
/// struct { MemberRegistration registration; opaque identifier<1..64>; } RosterMember;
/// ```
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{PartyIndex, VssCommitment};
/// use relight::{MemberKey, identity::IdentityKey, recovery::{Roster, RosterMember}, registration::MemberRegistration};
///
/// let rng = &mut rand::rng();
/// let recovery_key = SecretScalar::random(CurveId::Bls12381G1, rng);
/// let commitment = VssCommitment::new(vec![recovery_key.public()])?;
/// let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// let index = PartyIndex::new(1)?;
/// let member = MemberRegistration::first(b"party", index, &identity.public(), &key, rng)?.sign(&identity)?;
/// let roster = Roster::new(b"party", commitment, vec![RosterMember::new(member)])?;
/// assert_eq!(Roster::decode(b"party", &roster.encode())?, roster);
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    party: RecoveryParty,
    members: Vec<RosterMember>,
}

/// A member of the recovery party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterMember {
    /// Its keys, and its number in the party.
    pub registration: MemberRegistration,
    /// Where its share of the recovery key lies.
    pub identifier: Identifier,
}

impl RosterMember {
    /// With the identifier that equals the index.
    pub fn new(registration: MemberRegistration) -> Self {
        Self { identifier: registration.index().into(), registration }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { registration: MemberRegistration::read(reader)?, identifier: Identifier::read(reader)? })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.identifier.write(self.registration.write(writer))
    }
}

impl Roster {
    /// From the commitments of the recovery key and the members, who registered under `party`, by ascending index.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidIndex`] or [`Error::DuplicateIndex`] if indices do not ascend, [`Error::DuplicateKey`] if two
    /// members have the same identity or member key, [`Error::InvalidRegistration`], and those of [`RecoveryParty::new`].
    /// None of them accuses a member: the fault is that of the roster's maker.
    pub fn new(party: &[u8], commitment: VssCommitment, members: Vec<RosterMember>) -> Result<Self> {
        count(&members)?;
        let registrations = || members.iter().map(|member| &member.registration);
        check_ascending(registrations().map(MemberRegistration::index))?;
        //= spec/11-recovery.md#11-1-roster
        //# A roster in which two members have one identity or one member key MUST be refused, with DuplicateKey, which
        //# names both.
        check_keys(registrations().map(|member| (member.index(), member.identity().to_bytes())))?;
        check_keys(registrations().map(|member| (member.index(), member.member_key().as_bytes().to_vec())))?;
        //= spec/8-keys.md#8-4-member-registration
        //# A party MUST verify a registration before it uses the keys in it.
        registrations().try_for_each(|registration| registration.check_listed(party))?;
        //= spec/11-recovery.md#11-1-roster
        //# The identifier that a roster gives for a member MUST be that of its share of the recovery key.
        let holders: Vec<_> = members.iter().map(|member| (member.registration.index(), member.identifier)).collect();
        Ok(Self { party: RecoveryParty::new(commitment, &holders)?, members })
    }

    /// The digest that requests name the roster by: compare it with the other parties.
    pub fn digest(&self) -> Digest {
        Xof::new("roster").part(&self.encode()).digest()
    }

    /// The party's keys.
    pub fn party(&self) -> &RecoveryParty {
        &self.party
    }

    /// The members, by ascending index.
    pub fn members(&self) -> &[RosterMember] {
        &self.members
    }

    /// The identity of a member.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownMember`].
    pub fn identity(&self, member: PartyIndex) -> Result<&IdentityPublicKey> {
        let mut registrations = self.members.iter().map(|member| &member.registration);
        let found = registrations.find(|registration| registration.index() == member);
        found.map(MemberRegistration::identity).ok_or(Error::UnknownMember(member.get()))
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        Writer::versioned()
            .long_bytes(&self.party.commitment().commitment_bytes())
            .items(&self.members, |writer, member| member.write(writer))
            .finish()
    }

    /// Decodes, and verifies like [`Roster::new`].
    ///
    /// # Errors
    ///
    /// Those of [`Roster::new`]; [`Error::InvalidPoint`], [`Error::InvalidScalar`], [`Error::InvalidIdentifier`],
    /// [`Error::InvalidSerial`] or [`Error::UnknownScheme`] for a field.
    pub fn decode(party: &[u8], bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let commitment = VssCommitment::read(reader, CurveId::Bls12381G1)?;
            Self::new(party, commitment, reader.items(RosterMember::read)?)
        })
    }
}
