//! Who belongs to the recovery party (spec §11.1).

use crate::codec::{Reader, Writer, count};
use crate::curve::CurveId;
use crate::decryption::RecoveryParty;
use crate::error::{Error, Result};
use crate::identity::IdentityPublicKey;
use crate::registration::MemberRegistration;
use crate::sharing::{Identifier, PublicPolynomial};
use alloc::vec::Vec;

/// The recovery party with its members' registrations, all of them verified.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque commitments<1..2^32-1>;          // of the recovery key, 48 bytes each
///     MemberRegistration members<1..2^32-1>;  // indices ascend
/// } Roster;
/// ```
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, PublicPolynomial};
/// use relight::{IdentityKey, MemberKey, MemberRegistration, Roster};
///
/// let rng = &mut rand::rng();
/// let recovery_key = SecretScalar::random(CurveId::Bls12381G1, rng);
/// let sharing = PublicPolynomial::new(vec![recovery_key.public()])?;
/// let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// let member = MemberRegistration::new(b"party", Identifier::new(1)?, &identity, &key, rng)?;
/// let roster = Roster::new(b"party", sharing, vec![member])?;
/// assert_eq!(Roster::decode(b"party", &roster.encode())?, roster);
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    party: RecoveryParty,
    members: Vec<MemberRegistration>,
}

impl Roster {
    /// From the commitments of the recovery key and the registrations of its members under `context`, by ascending
    /// index.
    ///
    /// Fails with [`Error::InvalidRoster`], which names the member whose registration is wrong, and like
    /// [`RecoveryParty::new`].
    pub fn new(context: &[u8], sharing: PublicPolynomial, members: Vec<MemberRegistration>) -> Result<Self> {
        count(&members)?;
        for (place, member) in members.iter().enumerate() {
            let before = members.iter().take(place);
            //= spec/8-keys.md#8-4-member-registration
            //# A party MUST verify a registration before it uses the keys in it.
            if member.verify(context).is_err() || !belongs_after(before, member) {
                return Err(Error::InvalidRoster { member: member.index().get() });
            }
        }
        let indices: Vec<Identifier> = members.iter().map(MemberRegistration::index).collect();
        //= spec/11-recovery.md#11-1-roster
        //# A member's index in the roster MUST be the identifier of its share of the recovery key.
        Ok(Self { party: RecoveryParty::new(sharing, &indices)?, members })
    }

    /// The party's keys.
    pub fn party(&self) -> &RecoveryParty {
        &self.party
    }

    /// The members' registrations, by ascending index.
    pub fn members(&self) -> &[MemberRegistration] {
        &self.members
    }

    /// The identity of a member. Fails with [`Error::UnknownMember`].
    pub fn identity(&self, member: Identifier) -> Result<&IdentityPublicKey> {
        let found = self.members.iter().find(|registration| registration.index() == member);
        found.map(MemberRegistration::identity).ok_or(Error::UnknownMember(member.get()))
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        Writer::versioned()
            .long_bytes(&self.party.sharing().commitment_bytes())
            .items(&self.members, |writer, member| member.write(writer))
            .finish()
    }

    /// Decodes strictly, and verifies like [`Roster::new`].
    pub fn decode(context: &[u8], bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let sharing = PublicPolynomial::read(reader, CurveId::Bls12381G1)?;
            Self::new(context, sharing, reader.items(MemberRegistration::read)?)
        })
    }
}

fn belongs_after<'a>(mut before: impl Iterator<Item = &'a MemberRegistration>, member: &MemberRegistration) -> bool {
    before.all(|other| {
        other.index() < member.index()
            && other.identity() != member.identity()
            && other.member_key() != member.member_key()
    })
}
