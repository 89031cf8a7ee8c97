//! Dealing (spec §9.2).

use super::ceremony::Ceremony;
use super::message::Dealing;
use crate::codec::Writer;
use crate::curve::{KeyCurve, SecretScalar, SecretValue, with_curve};
use crate::digest::StatementDigest;
use crate::encryption::{Claim, PublicShares, encrypt};
use crate::erasure::assert_secret;
use crate::error::{Error, Field, Result};
use crate::hash::Xof;
use crate::identity::{IdentityKey, Unsigned};
use crate::key_share::KeyShare;
use crate::keys::MemberKey;
use crate::sharing::{Identifier, PartyIndex, Polynomial, SchnorrProof, VssCommitment};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// The purpose of the Schnorr proofs in a dealing.
pub(super) const POSSESSION: &str = "dealing";

/// One key as it is dealt: the polynomial's public face, a proof that the dealer knows its constant term, and the
/// recipients' shares.
#[derive(ZeroizeOnDrop)]
struct DealtKey {
    #[zeroize(skip)]
    commitment: VssCommitment,
    #[zeroize(skip)]
    proof: SchnorrProof,
    shares: Vec<SecretValue>,
}

assert_secret!(DealtKey);

impl Ceremony {
    /// Makes the dealing of one dealer, ready to broadcast. When re-sharing, `old_shares` are the dealer's shares of
    /// the ceremony's keys, in their order; otherwise there are none. Constant time in the secrets.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownDealer`]; [`Error::WrongIdentity`] if the identity is not that dealer's; for old shares
    /// [`Error::InvalidLength`] if there are too few or too many, [`Error::Shareless`] if the dealer has none,
    /// [`Error::Mismatch`] if one is of another key or lies elsewhere, and [`Error::OtherSharing`] if it is from
    /// before or after a refresh.
    pub fn deal(
        &self,
        dealer: PartyIndex,
        identity: &IdentityKey,
        old_shares: &[&KeyShare],
        rng: &mut impl CryptoRng,
    ) -> Result<Dealing> {
        if self.dealer(dealer)?.identity != identity.public() {
            return Err(Error::WrongIdentity);
        }
        self.deal_hedged(dealer, &*identity.expose_bytes(), old_shares, rng)?.sign(identity)
    }

    /// [`Ceremony::deal`] for a dealer whose identity lives in a wallet. The dealer's member key stands in for the secret of
    /// its identity, as one more thing that randomness is hedged with.
    ///
    /// # Errors
    ///
    /// Those of [`Ceremony::deal`].
    pub fn deal_unsigned(
        &self,
        dealer: PartyIndex,
        hedge: &MemberKey,
        old_shares: &[&KeyShare],
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Dealing>> {
        self.deal_hedged(dealer, hedge.as_secret().expose_bytes(), old_shares, rng)
    }

    fn deal_hedged(
        &self,
        dealer: PartyIndex,
        hedge: &[u8],
        old_shares: &[&KeyShare],
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Dealing>> {
        //= spec/9-dealing.md#9-2-deal
        //# A dealer MUST check its old shares against the ceremony before it deals.
        self.check_old_shares(dealer, old_shares)?;
        let seed = self.dealing_seed(dealer, hedge, old_shares, rng);
        let keys = self.deal_keys(dealer, &seed, old_shares, rng)?;
        self.encrypt_keys(dealer, &keys, rng)
    }

    /// For tests and test vectors: the dealing of chosen polynomials, one for each key, constant term first.
    #[cfg(feature = "vectors")]
    pub(crate) fn deal_chosen(
        &self,
        dealer: PartyIndex,
        polynomials: &[&[SecretScalar]],
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Dealing>> {
        let keys = polynomials.iter().zip(0..).map(|(coefficients, key)| {
            let curve = coefficients.first().ok_or(Error::InvalidLength)?.curve();
            with_curve!(curve, C => {
                let scalars = coefficients.iter().map(|coefficient| Ok(*coefficient.scalar::<C>()?));
                self.dealt_key::<C>(dealer, key, Zeroizing::new(scalars.collect::<Result<_>>()?), rng)
            })
        });
        let keys: Vec<DealtKey> = keys.collect::<Result<_>>()?;
        self.encrypt_keys(dealer, &keys, rng)
    }

    fn encrypt_keys(
        &self,
        dealer: PartyIndex,
        keys: &[DealtKey],
        rng: &mut impl CryptoRng,
    ) -> Result<Unsigned<Dealing>> {
        let recipients = 0..self.plan().recipients.len();
        let secrets: Vec<_> =
            recipients.flat_map(|place| keys.iter().filter_map(move |key| key.shares.get(place))).collect();
        let proof = encrypt(&self.claim(dealer, keys.iter().map(|key| &key.commitment)), &secrets, rng)?;
        let writer = keys
            .iter()
            .fold(self.prefix(dealer), |writer, key| key.proof.write(writer.bytes(&key.commitment.commitment_bytes())));
        Ok(Unsigned::new(proof.write(writer).finish(), self.dealer(dealer)?.identity.clone()))
    }

    /// What a dealing begins with.
    pub(super) fn prefix(&self, dealer: PartyIndex) -> Writer {
        Writer::versioned().bytes(self.digest().as_bytes()).u16(dealer.get())
    }

    /// What a dealer encrypts: to each recipient, its share of each key. It is named by the commitments, from which all
    /// public shares follow.
    pub(super) fn claim<'a>(
        &'a self,
        dealer: PartyIndex,
        keys: impl Iterator<Item = &'a VssCommitment> + Clone,
    ) -> Claim<'a> {
        let mut hash = Xof::new("dealing-statement").part(self.digest().as_bytes()).index(dealer.get());
        keys.clone().for_each(|commitment| hash.add(&commitment.commitment_bytes()));
        Claim {
            digest: StatementDigest::from_bytes(hash.output()),
            parameters: self.plan().parameters,
            locks: self.locks().iter().collect(),
            multiples: self.multiples(),
            shares: PublicShares::Dealt { keys: keys.collect(), identifiers: self.recipient_identifiers() },
        }
    }

    /// What the Schnorr proof for one key is bound to.
    pub(super) fn possession_binding(&self, dealer: PartyIndex, key: u16, commitment: &VssCommitment) -> Vec<u8> {
        let writer = Writer::default().bytes(self.digest().as_bytes()).u16(dealer.get()).u16(key);
        writer.bytes(&commitment.commitment_bytes()).finish()
    }

    fn check_old_shares(&self, dealer: PartyIndex, old_shares: &[&KeyShare]) -> Result<()> {
        let identifier = self.dealer(dealer)?.identifier;
        let old: Vec<&VssCommitment> = self.slots().iter().filter_map(|slot| slot.old).collect();
        if old.len() != old_shares.len() {
            return Err(Error::InvalidLength);
        }
        old.into_iter().zip(old_shares).zip(0..).try_for_each(|((commitment, share), key)| {
            if !commitment.shareless(&[identifier])?.is_empty() {
                return Err(Error::Shareless(dealer.get()));
            }
            check_old_share(commitment, identifier, share, key)
        })
    }

    /// The root of all coefficients, hedged with every secret that the dealer has.
    fn dealing_seed(
        &self,
        dealer: PartyIndex,
        hedge: &[u8],
        old_shares: &[&KeyShare],
        rng: &mut impl CryptoRng,
    ) -> Zeroizing<[u8; 32]> {
        let mut fresh = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *fresh);
        let hash = Xof::new("dealing-seed").part(self.digest().as_bytes()).index(dealer.get());
        //= spec/9-dealing.md#9-2-deal
        //# A dealer MUST derive its coefficients from fresh randomness, a secret key of its own and its old shares
        //# together.
        let mut hash = hash.part(&*fresh).part(hedge);
        old_shares.iter().for_each(|share| hash.add(share.secret().expose_bytes()));
        Zeroizing::new(hash.output())
    }

    fn deal_keys(
        &self,
        dealer: PartyIndex,
        seed: &[u8; 32],
        old_shares: &[&KeyShare],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<DealtKey>> {
        let mut old_shares = old_shares.iter();
        let keys = self.slots().into_iter().zip(0..);
        keys.map(|(slot, index)| {
            let old = old_shares.next().map(|share| share.secret());
            with_curve!(slot.curve, C => self.deal_key::<C>(dealer, index, seed, old, rng))
        })
        .collect()
    }

    fn deal_key<C: KeyCurve>(
        &self,
        dealer: PartyIndex,
        key: u16,
        seed: &[u8; 32],
        old_share: Option<&SecretScalar>,
        rng: &mut impl CryptoRng,
    ) -> Result<DealtKey> {
        let coefficient = |n| Xof::for_scalar::<C>("coefficient").part(seed).index(key).index(n).scalar::<C>();
        let constant = match old_share {
            Some(share) => share.scalar::<C>()?,
            None => Zeroizing::new(coefficient(0)),
        };
        //= spec/9-dealing.md#9-2-deal
        //# A dealer MUST erase its coefficients once it has dealt.
        let mut coefficients = Zeroizing::new(Vec::with_capacity(usize::from(self.threshold().get())));
        coefficients.push(*constant);
        coefficients.extend((1..self.threshold().get()).map(coefficient));
        self.dealt_key::<C>(dealer, key, coefficients, rng)
    }

    fn dealt_key<C: KeyCurve>(
        &self,
        dealer: PartyIndex,
        key: u16,
        coefficients: Zeroizing<Vec<C::Scalar>>,
        rng: &mut impl CryptoRng,
    ) -> Result<DealtKey> {
        let constant = Zeroizing::new(*coefficients.first().ok_or(Error::InvalidLength)?);
        let polynomial = Polynomial::<C>::new(coefficients);
        let commitment = polynomial.commit()?;
        let binding = self.possession_binding(dealer, key, &commitment);
        let proof = SchnorrProof::prove(POSSESSION, &binding, &SecretScalar::from_scalar::<C>(&constant)?, rng)?;
        let recipients = self.plan().recipients.iter();
        let shares = recipients
            .map(|recipient| SecretValue::new::<C>(&Zeroizing::new(polynomial.evaluate(&recipient.identifier))));
        Ok(DealtKey { commitment, proof, shares: shares.collect() })
    }
}

/// The dealer's own mix-ups are found before anyone can blame it for them.
fn check_old_share(commitment: &VssCommitment, identifier: Identifier, share: &KeyShare, key: u16) -> Result<()> {
    if share.public_key() != commitment.public_key() {
        return Err(Error::Mismatch(Field::PublicKey(key)));
    }
    if share.identifier() != identifier {
        return Err(Error::Mismatch(Field::Identifier(key)));
    }
    //= spec/9-dealing.md#9-7-re-sharing-and-refresh
    //# Shares of different sharings MUST NOT be combined.
    if commitment.public_share(&identifier)? == *share.public_share() { Ok(()) } else { Err(Error::OtherSharing(key)) }
}
