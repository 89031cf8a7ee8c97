//! What wallets sign, in the forms in which they return it (spec §3.7).

use super::address::Address;
use super::ecdsa::{Ecdsa, RecoveryId, VerifyingKey};
use super::keys::IdentityPublicKey;
use super::purpose::{Purpose, SignatureScheme};
use super::signature::Signature;
use crate::error::{Error, Result, WalletFault};
use alloc::string::String;
use alloc::vec::Vec;

const PARITY_BIT: u8 = 0x80;

/// A reading of a wallet's bytes: r || s, and whether the nonce's point has an odd ordinate.
#[derive(Clone, Copy)]
struct Candidate {
    rs: [u8; 64],
    odd: bool,
}

impl Candidate {
    /// The signature with the lower s, and the key that made it.
    fn recover(&self, prehash: &[u8; 32]) -> Option<(IdentityPublicKey, Ecdsa)> {
        let ecdsa = Ecdsa::from_slice(&self.rs).ok()?;
        let lower = ecdsa.normalize_s();
        // The other s belongs to the opposite point.
        let id = RecoveryId::new(self.odd ^ (lower != ecdsa), false);
        let key = VerifyingKey::recover_from_prehash(prehash, &lower, id).ok()?;
        Some((IdentityPublicKey(key), lower))
    }

    fn flipped(self) -> Self {
        Self { odd: !self.odd, ..self }
    }
}

/// How a wallet's bytes may be read.
enum Returned {
    /// r || s || v.
    Full { candidate: Candidate, v: u8 },
    /// r || s, where the parity is open, or the compact form of EIP-2098, where it is in the highest bit of s.
    Short { plain: Candidate, compact: Option<Candidate> },
}

impl Returned {
    fn read(bytes: &[u8]) -> Result<Self> {
        let (rs, v) = bytes.split_first_chunk::<64>().ok_or(length_fault(bytes))?;
        match v {
            [] => Ok(Self::short(*rs)),
            [v] => Ok(Self::Full { candidate: Candidate { rs: *rs, odd: parity(*v)? }, v: *v }),
            _ => Err(length_fault(bytes)),
        }
    }

    fn short(rs: [u8; 64]) -> Self {
        let mut without = rs;
        let compact = without.get_mut(32).filter(|first| **first & PARITY_BIT != 0).map(|first| *first &= !PARITY_BIT);
        let compact = compact.map(|()| Candidate { rs: without, odd: true });
        Self::Short { plain: Candidate { rs, odd: false }, compact }
    }

    fn candidates(&self) -> Vec<Candidate> {
        //= spec/3-primitives.md#3-7-wallet-signatures
        //# A completion MUST accept 64 bytes, 65 bytes with v of 0, 1, 27 or 28, and the compact form of EIP-2098.
        match self {
            Self::Full { candidate, .. } => [*candidate].into(),
            Self::Short { plain, compact } => [*plain, plain.flipped()].into_iter().chain(*compact).collect(),
        }
    }
}

fn parity(v: u8) -> Result<bool> {
    match v {
        0 | 27 => Ok(false),
        1 | 28 => Ok(true),
        _ => Err(Error::WalletSignature(WalletFault::RecoveryId(v))),
    }
}

/// The signature of `identity`, from what a wallet returned for [`Purpose::wallet_text`].
pub(crate) fn complete(
    purpose: Purpose,
    message: &[u8],
    identity: &IdentityPublicKey,
    bytes: &[u8],
) -> Result<Signature> {
    let prehash = purpose.prehash(SignatureScheme::PersonalMessage, message);
    let returned = Returned::read(bytes)?;
    let mut recovered = returned.candidates().into_iter().filter_map(|candidate| candidate.recover(&prehash));
    //= spec/3-primitives.md#3-7-wallet-signatures
    //# A completion MUST refuse, with WalletSignature, bytes from which the identity of the form is not recovered.
    match recovered.find(|(key, _)| key == identity) {
        //= spec/3-primitives.md#3-7-wallet-signatures
        //# A completed signature MUST have `s <= n/2`, whatever the wallet returned.
        Some((_, ecdsa)) => Ok(Signature::normalised(SignatureScheme::PersonalMessage, &ecdsa)),
        None => Err(Error::WalletSignature(fault(&returned, &prehash, identity))),
    }
}

/// What is wrong with a signature that is not of `identity`.
fn fault(returned: &Returned, prehash: &[u8; 32], identity: &IdentityPublicKey) -> WalletFault {
    let Returned::Full { candidate, v } = returned else { return WalletFault::Invalid };
    //= spec/3-primitives.md#3-7-wallet-signatures
    //# The error WalletSignature MUST say which of length, recovery id and signer is wrong, where the bytes show it.
    let [own, other] = [*candidate, candidate.flipped()].map(|candidate| candidate.recover(prehash));
    match (own, other) {
        (_, Some((key, _))) if key == *identity => WalletFault::RecoveryId(*v),
        (Some((key, _)), _) => WalletFault::Signer(key.address()),
        _ => WalletFault::Invalid,
    }
}

impl IdentityPublicKey {
    /// The text that a wallet signs as a personal message to introduce its identity to a party or network: wallets show
    /// addresses, and public keys are recovered from signatures.
    pub fn introduction(party: &[u8]) -> String {
        Purpose::Identity.wallet_text(party)
    }

    /// The identity of a wallet, from what it returned for [`IdentityPublicKey::introduction`]: 65 bytes, or 64 in the
    /// compact form of EIP-2098, or 64 bytes and the wallet's address.
    ///
    /// # Errors
    ///
    /// [`Error::WalletSignature`]: the length or v is wrong, the signature is by another address than the one given, or
    /// it is none.
    pub fn introduce(party: &[u8], address: Option<Address>, bytes: &[u8]) -> Result<Self> {
        let prehash = Purpose::Identity.prehash(SignatureScheme::PersonalMessage, party);
        let returned = Returned::read(bytes)?;
        let candidates = match (&returned, address) {
            (Returned::Short { compact: None, .. }, None) => return Err(length_fault(bytes)),
            (Returned::Short { compact: Some(compact), .. }, None) => [*compact].into(),
            _ => returned.candidates(),
        };
        let keys: Vec<Self> = candidates.iter().filter_map(|one| one.recover(&prehash)).map(|(key, _)| key).collect();
        //= spec/3-primitives.md#3-7-wallet-signatures
        //# A party MUST compare the address of an introduced identity with one that it knows from elsewhere, before it
        //# relies on that identity.
        match keys.iter().find(|key| address.is_none_or(|address| key.address() == address)) {
            Some(key) => Ok(key.clone()),
            None => Err(Error::WalletSignature(stranger(&returned, &keys))),
        }
    }
}

fn stranger(returned: &Returned, keys: &[IdentityPublicKey]) -> WalletFault {
    match (returned, keys) {
        (Returned::Full { .. }, [only]) => WalletFault::Signer(only.address()),
        _ => WalletFault::Invalid,
    }
}

fn length_fault(bytes: &[u8]) -> Error {
    Error::WalletSignature(WalletFault::Length(bytes.len()))
}
