//! HPKE between a member and the fresh node (RFC 9180; spec §11.4): base mode, DHKEM(X25519, HKDF-SHA256),
//! HKDF-SHA256, ChaCha20-Poly1305.

use crate::declassify;
use crate::digest::Digest;
use crate::erasure::assert_secret;
use crate::error::{Error, Result};
use crate::hash::{Xof, frame};
use crate::sharing::PartyIndex;
use alloc::vec::Vec;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type EncappedKey = <X25519HkdfSha256 as Kem>::EncappedKey;

/// What the node's keys for one request are derived from, one for each member: so it can show what one member sealed, and
/// nothing of the others.
//= spec/11-recovery.md#11-5-session
//# A fresh node MUST erase the seed of its session when it has finished.
#[derive(ZeroizeOnDrop)]
pub(super) struct Seed(Zeroizing<[u8; 32]>);

/// The node's HPKE key for the answers of one member.
#[derive(ZeroizeOnDrop)]
pub(super) struct NodeKey(Zeroizing<[u8; 32]>);

assert_secret!(Seed, NodeKey);

impl Seed {
    pub(super) fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Self(seed)
    }

    pub(super) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn expose_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key for a member, by the KEM's DeriveKeyPair.
    pub(super) fn key(&self, member: PartyIndex) -> NodeKey {
        let material: Zeroizing<[u8; 32]> =
            Zeroizing::new(Xof::new("session-key").part(&*self.0).index(member.get()).output());
        let (private, _) = X25519HkdfSha256::derive_keypair(&*material);
        NodeKey(Zeroizing::new(private.to_bytes().into()))
    }
}

impl NodeKey {
    pub(super) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The secret key, for everyone to see.
    pub(super) fn publish(&self) -> [u8; 32] {
        *self.0
    }

    pub(super) fn public(&self) -> Result<[u8; 32]> {
        let mut public = X25519HkdfSha256::sk_to_pk(&self.private()?).to_bytes().into();
        declassify::session_key(&mut public);
        Ok(public)
    }

    /// What the member sealed for this request. Fails with [`Error::BadResponse`].
    pub(super) fn unseal(&self, request: Digest, member: PartyIndex, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>> {
        let bad = Error::BadResponse { member: member.get() };
        let [info, aad] = bindings(request, member);
        let encapsulated = EncappedKey::from_bytes(&sealed.encapsulated_key).map_err(|_| bad.clone())?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private()?,
            &encapsulated,
            &info,
            &sealed.ciphertext,
            &aad,
        )
        .map(Zeroizing::new)
        .map_err(|_| bad)
    }

    fn private(&self) -> Result<PrivateKey> {
        PrivateKey::from_bytes(&*self.0).map_err(|_| Error::InvalidScalar)
    }
}

/// What only the holder of an HPKE key can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) encapsulated_key: [u8; 32],
    pub(super) ciphertext: Vec<u8>,
}

impl Sealed {
    /// Seals a member's shares to the key that a request has for it. Fails with [`Error::InvalidPoint`] if the key is
    /// unusable.
    pub(super) fn new(
        request: Digest,
        member: PartyIndex,
        hpke_key: &[u8; 32],
        shares: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        let key = PublicKey::from_bytes(hpke_key).map_err(|_| Error::InvalidPoint)?;
        let [info, aad] = bindings(request, member);
        let sealed = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            &info,
            shares,
            &aad,
            rng,
        );
        let (encapsulated, ciphertext) = sealed.map_err(|_| Error::InvalidPoint)?;
        Ok(Self { encapsulated_key: encapsulated.to_bytes().into(), ciphertext })
    }
}

/// The `info` and the `aad` of HPKE: the key and the ciphertext belong to one request and one member.
fn bindings(request: Digest, member: PartyIndex) -> [Vec<u8>; 2] {
    ["response-info", "response-aad"].map(|label| frame(label, &[request.as_bytes(), &member.get().to_be_bytes()]))
}
