//! The registration of a member (spec §8.4).

use super::expect;
use super::succession::Succession;
use crate::codec::{Reader, Writer, check_short};
use crate::curve::CurveId;
use crate::digest::Digest;
use crate::error::{Error, Field, RegistrationFault, Result};
use crate::hash::Xof;
use crate::identity::{IdentityPublicKey, Purpose, Signature, Signed, Unsigned};
use crate::keys::{MemberKey, MemberPublicKey};
use crate::sharing::{PartyIndex, SchnorrProof};
use alloc::vec::Vec;
use rand_core::CryptoRng;

const POSSESSION: &str = "member-key";

/// A member's public keys: its place, its identity and its member key, each with a proof that the member holds it.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque party<0..255>;
///     uint16 index;
///     opaque identity[33];
///     uint64 serial;                  // 1, 2, ..
///     opaque previous[32];            // digest of the registration before it; zeros if there is none
///     opaque member_key[48];
///     SchnorrProof proof;
///     Signature signature;            // for "member-registration", over everything before it
/// } MemberRegistration;
/// ```
///
/// ```
/// use relight::{MemberKey, sharing::PartyIndex, identity::IdentityKey, registration::MemberRegistration};
///
/// let rng = &mut rand::rng();
/// let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// let index = PartyIndex::new(4)?;
/// let registration = MemberRegistration::first(b"party", index, &identity.public(), &key, rng)?.sign(&identity)?;
/// MemberRegistration::decode(&registration.encode())?.verify(b"party")?;
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRegistration {
    claim: Claim,
    proof: SchnorrProof,
    signature: Signature,
}

/// What the proof is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Claim {
    party: Vec<u8>,
    index: PartyIndex,
    identity: IdentityPublicKey,
    succession: Succession,
    member_key: MemberPublicKey,
}

impl MemberRegistration {
    /// The first registration of a member, for its identity to sign.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] if the party is longer than 255 bytes.
    pub fn first(
        party: &[u8],
        index: PartyIndex,
        identity: &IdentityPublicKey,
        key: &MemberKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Self>> {
        check_short(party)?;
        let (party, identity, succession) = (party.to_vec(), identity.clone(), Succession::FIRST);
        Claim { party, index, identity, succession, member_key: key.public() }.prove(key, rng)
    }

    /// The registration that replaces this one, with another member key, for the same identity to sign.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidSerial`] after the greatest serial.
    pub fn successor(&self, key: &MemberKey, rng: &mut impl CryptoRng) -> Result<Unsigned<Self>> {
        let succession = self.claim.succession.after(self.digest())?;
        Claim { succession, member_key: key.public(), ..self.claim.clone() }.prove(key, rng)
    }

    /// Checks it, for a party or network of this name.
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`] if it is for another party, [`Error::BadSignature`] if the identity did not sign it,
    /// [`Error::BadSchnorrProof`] if the proof of the member key fails.
    pub fn verify(&self, party: &[u8]) -> Result<()> {
        expect(self.claim.party.as_slice(), party, Field::Party)?;
        self.claim.identity.verify(Purpose::MemberRegistration, &self.body().finish(), &self.signature)?;
        self.proof.verify(POSSESSION, &self.claim.write().finish(), self.claim.member_key.as_point())
    }

    /// [`MemberRegistration::verify`] for one that a roster lists.
    pub(crate) fn check_listed(&self, party: &[u8]) -> Result<()> {
        let fault = |error| match error {
            Error::Mismatch(_) => RegistrationFault::Party,
            Error::BadSignature => RegistrationFault::Signature,
            _ => RegistrationFault::SchnorrProof,
        };
        let member = self.claim.index.get();
        self.verify(party).map_err(|error| Error::InvalidRegistration { member, fault: fault(error) })
    }

    /// May `next` take the place of this registration, which is known and verified? The same one again may.
    ///
    /// # Errors
    ///
    /// As for [`MemberRegistration::verify`], [`Error::Mismatch`] also if it is of another index or identity;
    /// [`Error::RetiredRegistration`] if its serial is not above this one's; [`Error::BrokenSuccession`] if it does not
    /// follow this one directly.
    pub fn check_successor(&self, next: &Self) -> Result<()> {
        let (digest, claim) = (self.digest(), &self.claim);
        if next.digest() == digest {
            return Ok(());
        }
        next.verify(&claim.party)?;
        expect(&next.claim.index, &claim.index, Field::Index)?;
        expect(&next.claim.identity, &claim.identity, Field::Identity)?;
        claim.succession.check_next(digest, next.claim.succession)
    }

    /// The member's place in the party.
    pub fn index(&self) -> PartyIndex {
        self.claim.index
    }

    /// The identity that signs for the member.
    pub fn identity(&self) -> &IdentityPublicKey {
        &self.claim.identity
    }

    /// Its number among those of the member: 1 for the first.
    pub fn serial(&self) -> u64 {
        self.claim.succession.serial()
    }

    /// The key that dealings to the member are encrypted to.
    pub fn member_key(&self) -> &MemberPublicKey {
        &self.claim.member_key
    }

    /// The digest by which the next registration names this one. It does not cover the signature.
    pub fn digest(&self) -> Digest {
        Xof::new("member-registration").part(&self.body().finish()).digest()
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.write(Writer::default()).finish()
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidSerial`], and what is wrong with a field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, Self::read)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            claim: Claim::read(reader)?,
            proof: SchnorrProof::read(reader, CurveId::Bls12381G1)?,
            signature: Signature::read(reader)?,
        })
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        self.signature.write(writer.bytes(&self.body().finish()))
    }

    fn body(&self) -> Writer {
        self.proof.write(self.claim.write())
    }
}

impl Claim {
    fn prove(self, key: &MemberKey, rng: &mut impl CryptoRng) -> Result<Unsigned<MemberRegistration>> {
        let binding = self.write();
        let proof = SchnorrProof::prove(POSSESSION, &binding.clone().finish(), key.as_secret(), rng)?;
        Ok(Unsigned::new(proof.write(binding).finish(), self.identity))
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.version()?;
        Ok(Self {
            party: reader.short_bytes()?.to_vec(),
            index: PartyIndex::new(reader.u16()?)?,
            identity: IdentityPublicKey::read(reader)?,
            succession: Succession::read(reader)?,
            member_key: MemberPublicKey::read(reader)?,
        })
    }

    fn write(&self) -> Writer {
        let writer = Writer::versioned().short_bytes(&self.party).u16(self.index.get());
        self.member_key.write(self.succession.write(self.identity.write(writer)))
    }
}

impl Signed for MemberRegistration {
    const PURPOSE: Purpose = Purpose::MemberRegistration;

    fn decode(bytes: &[u8]) -> Result<Self> {
        Self::decode(bytes)
    }
}
