//! A recovery party of any size, and its decryption shares.

use rand::rngs::StdRng;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::vectors::commit;
use relight::{
    KeyShare, Result, StatementDigest,
    decryption::{DecryptionShare, RecoveryParty},
};

/// A recovery party with its members' shares, and a statement to unlock.
#[derive(Debug)]
pub struct Party {
    /// What everybody sees.
    pub public: RecoveryParty,
    /// The members' shares of the recovery key, by ascending index.
    pub key_shares: Vec<KeyShare>,
    /// What is to be unlocked.
    pub digest: StatementDigest,
}

impl Party {
    /// `threshold` of `members` hold the recovery key.
    pub fn new(threshold: u16, members: u16, rng: &mut StdRng) -> Result<Self> {
        let (commitment, key_shares) = share_out(CurveId::Bls12381G1, threshold, members, rng)?;
        let members: Vec<_> = PartyIndex::all(members).map(|member| (member, member.into())).collect();
        Ok(Self {
            public: RecoveryParty::new(commitment, &members)?,
            key_shares,
            digest: StatementDigest::from_bytes([7; 32]),
        })
    }

    /// What all members answer.
    pub fn decryption_shares(&self) -> Result<Vec<DecryptionShare>> {
        let members = PartyIndex::all(u16::MAX).zip(&self.key_shares);
        members.map(|(member, share)| DecryptionShare::new(member, share, &self.digest)).collect()
    }

    /// The same, but the first member answers for another statement.
    pub fn decryption_shares_with_a_bad_one(&self) -> Result<Vec<DecryptionShare>> {
        let mut shares = self.decryption_shares()?;
        shares[0] =
            DecryptionShare::new(PartyIndex::new(1)?, &self.key_shares[0], &StatementDigest::from_bytes([8; 32]))?;
        Ok(shares)
    }
}

/// A key and its shares for the holders 1 to `holders`, of the first epoch.
pub fn share_out(
    curve: CurveId,
    threshold: u16,
    holders: u16,
    rng: &mut StdRng,
) -> Result<(VssCommitment, Vec<KeyShare>)> {
    let coefficients: Vec<SecretScalar> = (0..threshold).map(|_| SecretScalar::random(curve, rng)).collect();
    let holders: Vec<Identifier> = PartyIndex::all(holders).map(Identifier::from).collect();
    let (commitment, secrets) = commit(&coefficients, &holders)?;
    let shares = holders.into_iter().zip(secrets);
    let shares = shares.map(|(holder, secret)| KeyShare::new(1, &commitment, holder, secret)).collect::<Result<_>>()?;
    Ok((commitment, shares))
}
