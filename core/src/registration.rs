//! Registrations: public keys with proofs that their owners hold the secrets (spec §8.2, §8.4).

use crate::codec::{Reader, Writer, check_short};
use crate::curve::CurveId;
use crate::error::{Error, Result, StatementField};
use crate::identity::{IdentityKey, IdentityPublicKey, Purpose, Signature, SignatureScheme};
use crate::keys::{Blinder, BlinderPublicKey, MemberKey, MemberPublicKey};
use crate::sharing::{PartyIndex, ProofOfPossession};
use alloc::vec::Vec;
use rand_core::CryptoRng;

const BLINDER_PURPOSE: &str = "blinder";
const MEMBER_PURPOSE: &str = "member-key";

/// An operator's Blinder, registered for one node of one network: the public half, and a proof that somebody holds
/// the secret half.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque context<0..255>;
///     opaque node<0..255>;
///     opaque blinder[48];
///     opaque pop_commitment[48];
///     opaque pop_response[32];
/// } BlinderRegistration;
/// ```
///
/// ```
/// use relight::{Blinder, BlinderRegistration};
///
/// let blinder = Blinder::generate(&mut rand::rng());
/// let registration = BlinderRegistration::new(&blinder, b"network", b"node-1", &mut rand::rng())?;
/// // The node receives the registration, and checks it against what it expects.
/// let received = BlinderRegistration::decode(&registration.encode())?;
/// assert_eq!(received.verify(b"network", b"node-1")?, &blinder.public());
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlinderRegistration {
    context: Vec<u8>,
    node: Vec<u8>,
    blinder: BlinderPublicKey,
    proof: ProofOfPossession,
}

impl BlinderRegistration {
    /// Registers a Blinder. Fails with [`Error::InvalidLength`] if a name is longer than 255 bytes.
    pub fn new(blinder: &Blinder, context: &[u8], node: &[u8], rng: &mut impl CryptoRng) -> Result<Self> {
        check_short(context)?;
        check_short(node)?;
        let public = blinder.public();
        let binding = Self::binding(context, node, &public).finish();
        let proof = ProofOfPossession::prove(BLINDER_PURPOSE, &binding, blinder.as_secret(), rng)?;
        Ok(Self { context: context.to_vec(), node: node.to_vec(), blinder: public, proof })
    }

    /// The Blinder's public half, if the registration is for this network and node and its proof holds. Fails with
    /// [`Error::StatementMismatch`] or [`Error::BadProofOfPossession`].
    pub fn verify(&self, context: &[u8], node: &[u8]) -> Result<&BlinderPublicKey> {
        expect(&self.context, context, StatementField::Context)?;
        expect(&self.node, node, StatementField::Node)?;
        let binding = Self::binding(context, node, &self.blinder).finish();
        //= spec/8-keys.md#8-2-blinder-registration
        //# A node MUST verify the registration of its Blinder before it makes a backup.
        self.proof.verify(BLINDER_PURPOSE, &binding, self.blinder.as_point())?;
        Ok(&self.blinder)
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.proof.write(Self::binding(&self.context, &self.node, &self.blinder)).finish()
    }

    /// Decodes, strictly.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            Ok(Self {
                context: reader.short_bytes()?.to_vec(),
                node: reader.short_bytes()?.to_vec(),
                blinder: BlinderPublicKey::read(reader)?,
                proof: ProofOfPossession::read(reader, CurveId::Bls12381G1)?,
            })
        })
    }

    /// The fields before the proof, which it is bound to.
    fn binding(context: &[u8], node: &[u8], blinder: &BlinderPublicKey) -> Writer {
        blinder.write(Writer::versioned().short_bytes(context).short_bytes(node))
    }
}

/// A member's public keys: its place, its identity and its member key, each with a proof that the member holds it.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque context<0..255>;
///     uint16 index;
///     opaque identity[33];
///     opaque member_key[48];
///     opaque pop_commitment[48];
///     opaque pop_response[32];
///     Signature signature;            // for "registration", over everything before it
/// } MemberRegistration;
/// ```
///
/// ```
/// use relight::{IdentityKey, MemberKey, MemberRegistration, SignatureScheme, sharing::PartyIndex};
///
/// let rng = &mut rand::rng();
/// let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// let index = PartyIndex::new(4)?;
/// let registration = MemberRegistration::new(b"party", index, &identity, &key, rng)?;
/// MemberRegistration::decode(&registration.encode())?.verify(b"party")?;
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRegistration {
    context: Vec<u8>,
    index: PartyIndex,
    identity: IdentityPublicKey,
    member_key: MemberPublicKey,
    proof: ProofOfPossession,
    signature: Signature,
}

impl MemberRegistration {
    /// Registers a member. Fails with [`Error::InvalidLength`] if the context is longer than 255 bytes.
    pub fn new(
        context: &[u8],
        index: PartyIndex,
        identity: &IdentityKey,
        key: &MemberKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        check_short(context)?;
        let binding = Self::binding(context, index, &identity.public(), &key.public());
        let proof = ProofOfPossession::prove(MEMBER_PURPOSE, &binding.clone().finish(), key.as_secret(), rng)?;
        let signed = proof.write(binding).finish();
        Ok(Self {
            context: context.to_vec(),
            index,
            identity: identity.public(),
            member_key: key.public(),
            proof,
            signature: identity.sign(SignatureScheme::Sha256, Purpose::Registration, &signed)?,
        })
    }

    /// Fails with [`Error::StatementMismatch`] if it is for another context, with [`Error::BadSignature`] if the
    /// identity did not sign it, with [`Error::BadProofOfPossession`] if the proof of the member key fails.
    pub fn verify(&self, context: &[u8]) -> Result<()> {
        expect(&self.context, context, StatementField::Context)?;
        let signed = self.proof.write(self.own_binding()).finish();
        self.identity.verify(Purpose::Registration, &signed, &self.signature)?;
        self.proof.verify(MEMBER_PURPOSE, &self.own_binding().finish(), self.member_key.as_point())
    }

    /// The member's place in the party.
    pub fn index(&self) -> PartyIndex {
        self.index
    }

    /// The identity that signs for the member.
    pub fn identity(&self) -> &IdentityPublicKey {
        &self.identity
    }

    /// The key that dealings to the member are encrypted to.
    pub fn member_key(&self) -> &MemberPublicKey {
        &self.member_key
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.write(Writer::default()).finish()
    }

    /// Decodes, strictly.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, Self::read)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.version()?;
        Ok(Self {
            context: reader.short_bytes()?.to_vec(),
            index: PartyIndex::new(reader.u16()?)?,
            identity: IdentityPublicKey::read(reader)?,
            member_key: MemberPublicKey::read(reader)?,
            proof: ProofOfPossession::read(reader, CurveId::Bls12381G1)?,
            signature: Signature::read(reader)?,
        })
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        let signed = self.proof.write(self.own_binding()).finish();
        self.signature.write(writer.bytes(&signed))
    }

    fn own_binding(&self) -> Writer {
        Self::binding(&self.context, self.index, &self.identity, &self.member_key)
    }

    /// The fields before the proof, which it is bound to.
    fn binding(context: &[u8], index: PartyIndex, identity: &IdentityPublicKey, key: &MemberPublicKey) -> Writer {
        key.write(identity.write(Writer::versioned().short_bytes(context).u16(index.get())))
    }
}

/// A registration for something else is a mix-up, not a bad proof.
fn expect(found: &[u8], expected: &[u8], field: StatementField) -> Result<()> {
    if found == expected { Ok(()) } else { Err(Error::StatementMismatch(field)) }
}
