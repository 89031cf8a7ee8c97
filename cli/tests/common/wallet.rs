//! A stand-in for a wallet, which knows nothing of Relight: it shows an address, and signs texts (EIP-191).

use k256::ecdsa::SigningKey;
use sha3::{Digest, Keccak256};

pub struct Wallet(SigningKey);

impl Wallet {
    pub fn new(secret: [u8; 32]) -> Self {
        Self(SigningKey::from_slice(&secret).unwrap())
    }

    pub fn address(&self) -> String {
        let point = self.0.verifying_key().to_sec1_point(false);
        hex::encode(&Keccak256::digest(&point.as_bytes()[1..])[12..])
    }

    /// r || s || v, in hexadecimal.
    pub fn sign(&self, text: &str) -> String {
        let prefixed = format!("\x19Ethereum Signed Message:\n{}{text}", text.len());
        let (signature, parity) = self.0.sign_prehash_recoverable(&Keccak256::digest(prefixed));
        format!("0x{}", hex::encode([&signature.to_bytes()[..], &[27 + parity.to_byte()]].concat()))
    }
}
