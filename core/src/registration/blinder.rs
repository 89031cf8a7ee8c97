//! The registration of a Blinder (spec §8.2).

use super::expect;
use super::succession::Succession;
use crate::codec::{Reader, Writer, check_short};
use crate::curve::CurveId;
use crate::digest::Digest;
use crate::error::{Field, Result};
use crate::hash::Xof;
use crate::identity::{IdentityPublicKey, Purpose, Signature, Signed, Unsigned};
use crate::keys::{Blinder, BlinderPublicKey};
use crate::sharing::SchnorrProof;
use alloc::vec::Vec;
use rand_core::CryptoRng;

const POSSESSION: &str = "blinder";

/// An operator's Blinder, registered for one node of one network: the public half, a proof that its maker holds the
/// secret half, and the operator's signature.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque network<0..255>;
///     opaque node<0..255>;
///     opaque operator[33];            // identity
///     uint64 serial;                  // 1, 2, ..
///     opaque previous[32];            // digest of the registration before it; zeros if there is none
///     opaque blinder[48];
///     SchnorrProof proof;
///     Signature signature;            // for "blinder-registration", over everything before it
/// } BlinderRegistration;
/// ```
///
/// ```
/// use relight::{Blinder, identity::IdentityKey, registration::BlinderRegistration};
///
/// let rng = &mut rand::rng();
/// let (operator, blinder) = (IdentityKey::generate(rng), Blinder::generate(rng));
/// let first = BlinderRegistration::first(&blinder, b"network", b"node-1", &operator.public(), rng)?.sign(&operator)?;
/// // The node receives the registration, and checks it against what it expects.
/// let received = BlinderRegistration::decode(&first.encode())?;
/// assert_eq!(received.verify(b"network", b"node-1", &operator.public())?, &blinder.public());
///
/// // Later the operator replaces the Blinder.
/// let second = first.successor(&Blinder::generate(rng), rng)?.sign(&operator)?;
/// received.check_successor(&second)?;
/// assert!(second.check_successor(&received).is_err());
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlinderRegistration {
    claim: Claim,
    proof: SchnorrProof,
    signature: Signature,
}

/// What the proof is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Claim {
    network: Vec<u8>,
    node: Vec<u8>,
    operator: IdentityPublicKey,
    succession: Succession,
    blinder: BlinderPublicKey,
}

impl BlinderRegistration {
    /// The first registration of a node, for the operator to sign.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`](crate::Error::InvalidLength) if a name is longer than 255 bytes.
    pub fn first(
        blinder: &Blinder,
        network: &[u8],
        node: &[u8],
        operator: &IdentityPublicKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Self>> {
        check_short(network)?;
        check_short(node)?;
        let (network, node, succession) = (network.to_vec(), node.to_vec(), Succession::FIRST);
        Claim { network, node, operator: operator.clone(), succession, blinder: blinder.public() }.prove(blinder, rng)
    }

    /// The registration that replaces this one, for the operator to sign.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidSerial`](crate::Error::InvalidSerial) after the greatest serial.
    pub fn successor(&self, blinder: &Blinder, rng: &mut impl CryptoRng) -> Result<Unsigned<Self>> {
        let succession = self.claim.succession.after(self.digest())?;
        Claim { succession, blinder: blinder.public(), ..self.claim.clone() }.prove(blinder, rng)
    }

    /// The Blinder's public half, if the registration is for this network and node, of this operator, and its proof holds.
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`](crate::Error::Mismatch), [`Error::BadSignature`](crate::Error::BadSignature)
    /// or [`Error::BadSchnorrProof`](crate::Error::BadSchnorrProof).
    pub fn verify(&self, network: &[u8], node: &[u8], operator: &IdentityPublicKey) -> Result<&BlinderPublicKey> {
        expect(self.claim.network.as_slice(), network, Field::Network)?;
        expect(self.claim.node.as_slice(), node, Field::Node)?;
        //= spec/8-keys.md#8-2-blinder-registration
        //# A verifier MUST take the operator's identity from its own configuration.
        expect(&self.claim.operator, operator, Field::Operator)?;
        operator.verify(Purpose::BlinderRegistration, &self.body().finish(), &self.signature)?;
        let blinder = &self.claim.blinder;
        //= spec/8-keys.md#8-2-blinder-registration
        //# A node MUST verify the registration of its Blinder before it makes a backup.
        self.proof.verify(POSSESSION, &self.claim.write().finish(), blinder.as_point())?;
        Ok(blinder)
    }

    /// May `next` take the place of this registration, which is known and verified? The same one again may.
    ///
    /// # Errors
    ///
    /// As for [`BlinderRegistration::verify`]; [`Error::RetiredRegistration`](crate::Error::RetiredRegistration) if its
    /// serial is not above this one's; [`Error::BrokenSuccession`](crate::Error::BrokenSuccession) if it does not follow
    /// this one directly.
    pub fn check_successor(&self, next: &Self) -> Result<()> {
        let (digest, claim) = (self.digest(), &self.claim);
        if next.digest() == digest {
            return Ok(());
        }
        next.verify(&claim.network, &claim.node, &claim.operator)?;
        claim.succession.check_next(digest, next.claim.succession)
    }

    /// The node that it is for.
    pub fn node(&self) -> &[u8] {
        &self.claim.node
    }

    /// The identity of the operator that it says to be of.
    pub fn operator(&self) -> &IdentityPublicKey {
        &self.claim.operator
    }

    /// Its number among those of its node: 1 for the first.
    pub fn serial(&self) -> u64 {
        self.claim.succession.serial()
    }

    /// The Blinder's public half, which nothing is known of before [`BlinderRegistration::verify`].
    pub fn claimed_blinder(&self) -> &BlinderPublicKey {
        &self.claim.blinder
    }

    /// The digest by which the next registration names this one. It does not cover the signature.
    pub fn digest(&self) -> Digest {
        Xof::new("blinder-registration").part(&self.body().finish()).digest()
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.write(Writer::default()).finish()
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidSerial`](crate::Error::InvalidSerial), and what is wrong with a field.
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
    fn prove(self, blinder: &Blinder, rng: &mut impl CryptoRng) -> Result<Unsigned<BlinderRegistration>> {
        let binding = self.write();
        let proof = SchnorrProof::prove(POSSESSION, &binding.clone().finish(), blinder.as_secret(), rng)?;
        Ok(Unsigned::new(proof.write(binding).finish(), self.operator))
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.version()?;
        Ok(Self {
            network: reader.short_bytes()?.to_vec(),
            node: reader.short_bytes()?.to_vec(),
            operator: IdentityPublicKey::read(reader)?,
            succession: Succession::read(reader)?,
            blinder: BlinderPublicKey::read(reader)?,
        })
    }

    fn write(&self) -> Writer {
        let writer = Writer::versioned().short_bytes(&self.network).short_bytes(&self.node);
        self.blinder.write(self.succession.write(self.operator.write(writer)))
    }
}

impl Signed for BlinderRegistration {
    const PURPOSE: Purpose = Purpose::BlinderRegistration;

    fn decode(bytes: &[u8]) -> Result<Self> {
        Self::decode(bytes)
    }
}
