//! HPKE between a member and the fresh node (RFC 9180; spec §11.4): base mode, DHKEM(X25519, HKDF-SHA256),
//! HKDF-SHA256, ChaCha20-Poly1305.

use super::request::Request;
use super::response::{Sealed, UnsignedResponse};
use crate::declassify;
use crate::erasure::assert_secret;
use crate::error::{Error, Result};
use crate::hash::frame;
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

/// The node's HPKE key for one request.
//= spec/11-recovery.md#11-5-session
//# A fresh node MUST erase the session's secret key when it has finished.
#[derive(ZeroizeOnDrop)]
pub(super) struct NodeKey(Zeroizing<[u8; 32]>);

assert_secret!(NodeKey);

impl NodeKey {
    /// Derives a fresh key from 32 random bytes, by the KEM's DeriveKeyPair.
    pub(super) fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut material = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *material);
        let (private, _) = X25519HkdfSha256::derive_keypair(&*material);
        Self(Zeroizing::new(private.to_bytes().into()))
    }

    pub(super) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn expose_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn public(&self) -> Result<[u8; 32]> {
        let mut public = X25519HkdfSha256::sk_to_pk(&self.private()?).to_bytes().into();
        declassify::session_key(&mut public);
        Ok(public)
    }

    /// What the member sealed for this request. Fails with [`Error::BadResponse`].
    pub(super) fn unseal(&self, request: &[u8; 32], sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>> {
        let member = sealed.member.get();
        let [info, aad] = bindings(request, sealed.member);
        let encapsulated = EncappedKey::from_bytes(&sealed.encapsulated_key);
        let encapsulated = encapsulated.map_err(|_| Error::BadResponse { member })?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private()?,
            &encapsulated,
            &info,
            &sealed.ciphertext,
            &aad,
        )
        .map(Zeroizing::new)
        .map_err(|_| Error::BadResponse { member })
    }

    fn private(&self) -> Result<PrivateKey> {
        PrivateKey::from_bytes(&*self.0).map_err(|_| Error::InvalidScalar)
    }
}

/// Seals a member's shares to the HPKE key of a request. Fails with [`Error::InvalidPoint`] if the key is unusable.
pub(super) fn seal(
    request: &Request,
    member: PartyIndex,
    shares: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<UnsignedResponse> {
    let key = PublicKey::from_bytes(&request.hpke_key).map_err(|_| Error::InvalidPoint)?;
    let [info, aad] = bindings(&request.digest(), member);
    let sealed = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        &info,
        shares,
        &aad,
        rng,
    );
    let (encapsulated, ciphertext) = sealed.map_err(|_| Error::InvalidPoint)?;
    let encapsulated_key = encapsulated.to_bytes().into();
    Ok(UnsignedResponse(Sealed { request: request.digest(), member, encapsulated_key, ciphertext }))
}

/// The `info` and the `aad` of HPKE: the key and the ciphertext belong to one request and one member.
fn bindings(request: &[u8; 32], member: PartyIndex) -> [Vec<u8>; 2] {
    ["response-info", "response-aad"].map(|label| frame(label, &[request, &member.get().to_be_bytes()]))
}
