//! Threshold decryption by the recovery party (spec §7).
//!
//! A decryption share is a BLS signature share over the unlock message of a statement; the combined signature opens
//! every kept instance of that statement, and of no other.
//!
//! **For a recovery use a [`Session`](crate::recovery::Session), which needs nothing of this module but the types that it
//! returns.** A share as it is here is bare: anyone who has enough of them can unlock the statement, and nothing says who
//! asked for it, whether the holder of the Blinder wanted it, or until when. A member that answers through a
//! [`Review`](crate::recovery::Review) has all of that checked, and its share is sealed to the node that asked. Bare
//! shares are for applications with a protocol of their own that checks as much: a party that decrypts inside a trusted
//! platform, a BLS signer that makes and checks shares elsewhere, tests. [`RecoveryParty`] is the exception: a roster has
//! one, and anyone may look at it.

use crate::codec::{Reader, Writer};
use crate::curve::{Bls12381G1, CurvePoint, KeyCurve};
use crate::declassify;
use crate::digest::StatementDigest;
use crate::distinct::repeated;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::key_share::KeyShare;
use crate::keys::RecoveryPublicKey;
use crate::pairing::{G1, G1Affine, G2_LEN, G2Affine, Scalar, pairings_cancel_vartime};
use crate::sharing::{Identifier, PartyIndex, Threshold, VssCommitment, lagrange_at_zero};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use subtle::{Choice, ConstantTimeEq};
use zeroize::{ZeroizeOnDrop, Zeroizing};

const SHARE_LEN: usize = 1 + 2 + G2_LEN;

/// A member's contribution to opening one statement.
///
/// ```text
/// struct { uint8 version = 1; uint16 member; opaque sigma[96]; } DecryptionShare;     // 99 bytes
/// ```
#[derive(Clone, ZeroizeOnDrop)]
pub struct DecryptionShare {
    #[zeroize(skip)]
    member: PartyIndex,
    sigma: G2Affine,
}

impl DecryptionShare {
    /// sigma = d_j·H2(unlock message), by the member that holds this share of the recovery key: a bare share, which is to
    /// be kept secret until it may be used. [`Review::respond`](crate::recovery::Review::respond) makes sealed ones.
    /// Constant time in the share.
    ///
    /// # Errors
    ///
    /// [`Error::WrongCurve`] if it is a share of a key on another curve.
    pub fn new(member: PartyIndex, share: &KeyShare, digest: &StatementDigest) -> Result<Self> {
        let secret = share.secret().scalar::<Bls12381G1>()?;
        Ok(Self { member, sigma: unlock_point(digest) * *secret })
    }

    /// The member that it claims to come from.
    pub fn member(&self) -> PartyIndex {
        self.member
    }

    /// The canonical encoding, 99 bytes.
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::versioned_with_capacity(SHARE_LEN).u16(self.member.get());
        writer.bytes(&*Zeroizing::new(self.sigma.encode())).finish()
    }

    /// Decodes. Says nothing yet about whether the share is right.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidIndex`] for the member zero, [`Error::InvalidPoint`].
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let member = PartyIndex::new(reader.u16()?)?;
            Self::from_sigma(member, reader.take(G2_LEN)?)
        })
    }

    /// From the plain BLS signature share, 96 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPoint`].
    pub fn from_sigma(member: PartyIndex, sigma: &[u8]) -> Result<Self> {
        let sigma = G2Affine::decode(sigma).ok_or(Error::InvalidPoint)?;
        Ok(Self { member, sigma })
    }

    /// The plain BLS signature share, 96 bytes, for any BLS library with public keys in G1.
    pub fn sigma(&self) -> [u8; G2_LEN] {
        self.sigma.encode()
    }
}

//= spec/2-conventions.md#2-4-secrets
//# Secrets MUST be compared in constant time.
impl ConstantTimeEq for DecryptionShare {
    fn ct_eq(&self, other: &Self) -> Choice {
        let [own, theirs] = [self, other].map(|share| Zeroizing::new(share.sigma()));
        self.member.get().ct_eq(&other.member.get()) & own.ct_eq(&*theirs)
    }
}

impl PartialEq for DecryptionShare {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for DecryptionShare {}

impl core::fmt::Debug for DecryptionShare {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "DecryptionShare(member {}, redacted)", self.member)
    }
}

/// The combined decryption of one statement: with the Blinder, it opens the backup.
#[derive(ZeroizeOnDrop)]
pub struct UnlockKey {
    #[zeroize(skip)]
    digest: StatementDigest,
    sigma: G2Affine,
}

impl UnlockKey {
    /// The statement that it opens.
    pub fn digest(&self) -> StatementDigest {
        self.digest
    }

    pub(crate) fn sigma(&self) -> &G2Affine {
        &self.sigma
    }
}

impl core::fmt::Debug for UnlockKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "UnlockKey({:?}, redacted)", self.digest)
    }
}

/// The recovery party as everyone sees it: its key, its threshold, and a verification key for each member.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{PartyIndex, VssCommitment};
/// use relight::{KeyShare, StatementDigest, decryption::{DecryptionShare, RecoveryParty}};
///
/// // A party of two, of which one is enough.
/// let secret = SecretScalar::random(CurveId::Bls12381G1, &mut rand::rng());
/// let commitment = VssCommitment::new(vec![secret.public()])?;
/// let (member, other) = (PartyIndex::new(1)?, PartyIndex::new(2)?);
/// let party = RecoveryParty::new(commitment.clone(), &[(member, member.into()), (other, other.into())])?;
///
/// let digest = StatementDigest::from_bytes([7; 32]);
/// let share = DecryptionShare::new(member, &KeyShare::new(0, &commitment, member.into(), secret)?, &digest)?;
/// party.verify(&digest, &share)?;
/// party.combine(&digest, &[share])?;
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryParty {
    commitment: VssCommitment,
    key: RecoveryPublicKey,
    members: BTreeMap<PartyIndex, Member>,
}

/// Where a member's share of the recovery key lies, and what its decryption shares are checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    identifier: Identifier,
    /// None if the share is zero: then the member has none.
    verification_key: Option<G1Affine>,
}

impl RecoveryParty {
    /// From the commitments of the recovery key and the members, each with the identifier of its share.
    ///
    /// # Errors
    ///
    /// [`Error::WrongCurve`] if the key is not on BLS12-381 G1; [`Error::DuplicateIndex`] if a member is repeated;
    /// [`Error::ZeroIdentifier`] or [`Error::DuplicateIdentifier`]; [`Error::InvalidThreshold`] if those that have a share
    /// are fewer than the threshold.
    pub fn new(commitment: VssCommitment, members: &[(PartyIndex, Identifier)]) -> Result<Self> {
        //= spec/7-decryption.md#7-1-recovery-key
        //# A verifier MUST take the VSS commitment and the members from its own configuration, such as a roster
        //# (Section 11.1).
        check_distinct(members.iter().map(|(member, _)| *member))?;
        let key = RecoveryPublicKey::try_from(commitment.public_key().clone())?;
        let identifiers: Vec<Identifier> = members.iter().map(|(_, identifier)| *identifier).collect();
        Identifier::check::<Bls12381G1>(&identifiers)?;
        let points = commitment.evaluate::<Bls12381G1>(&identifiers)?;
        let keys = points.iter().zip(G1::batch_to_affine(&points));
        let keys = keys.map(|(point, affine)| (*point != G1::IDENTITY).then_some(affine));
        let members = members.iter().zip(keys).map(|((index, identifier), verification_key)| {
            (*index, Member { identifier: *identifier, verification_key })
        });
        let party = Self { commitment, key, members: members.collect() };
        let able = party.members.values().filter(|member| member.verification_key.is_some()).count();
        let threshold = party.threshold().get();
        if able < usize::from(threshold) { Err(Error::InvalidThreshold(threshold)) } else { Ok(party) }
    }

    /// The public recovery key, which backups are encrypted to.
    pub fn public_key(&self) -> &RecoveryPublicKey {
        &self.key
    }

    /// The commitments of the recovery key.
    pub fn commitment(&self) -> &VssCommitment {
        &self.commitment
    }

    /// How many members it takes.
    pub fn threshold(&self) -> Threshold {
        self.commitment.threshold()
    }

    /// The members, ascending.
    pub fn members(&self) -> impl Iterator<Item = PartyIndex> {
        self.members.keys().copied()
    }

    /// The members that have no share, because it is zero, ascending.
    pub fn shareless(&self) -> impl Iterator<Item = PartyIndex> {
        let none = self.members.iter().filter(|(_, member)| member.verification_key.is_none());
        none.map(|(index, _)| *index)
    }

    /// Where the share of a member lies.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownMember`].
    pub fn identifier(&self, member: PartyIndex) -> Result<Identifier> {
        self.member(member).map(|member| member.identifier)
    }

    /// The member whose share lies at `identifier`.
    pub(crate) fn holder(&self, identifier: &Identifier) -> Option<PartyIndex> {
        let found = self.members.iter().find(|(_, member)| member.identifier == *identifier);
        found.map(|(index, _)| *index)
    }

    /// Checks one decryption share (spec §7.3).
    ///
    /// # Errors
    ///
    /// [`Error::UnknownMember`]; [`Error::Shareless`]; [`Error::BadDecryptionShares`] with this member.
    pub fn verify(&self, digest: &StatementDigest, share: &DecryptionShare) -> Result<()> {
        let key = self.verification_key(share.member)?;
        if is_signature(&key, &unlock_point(digest), &share.sigma) { Ok(()) } else { Err(blame([share.member])) }
    }

    /// Checks many decryption shares for one statement, faster than one by one (spec §7.3).
    ///
    /// # Errors
    ///
    /// Those of [`RecoveryParty::verify`], naming every member at fault; [`Error::InvalidLength`] if the shares are more
    /// than 65535.
    pub fn verify_batch(&self, digest: &StatementDigest, shares: &[DecryptionShare]) -> Result<()> {
        if shares.len() > usize::from(u16::MAX) {
            return Err(Error::InvalidLength);
        }
        let keys: Vec<_> = shares.iter().map(|share| self.verification_key(share.member)).collect::<Result<_>>()?;
        let weights = batch_weights(digest, shares);
        let sigmas = shares.iter().map(|share| share.sigma).zip(weights.iter().copied()).collect();
        let sigmas: Zeroizing<Vec<_>> = Zeroizing::new(sigmas);
        // The weights are hashes of the shares: not a case for variable time.
        let keys = keys.into_iter().map(G1::from).zip(weights);
        let key = keys.fold(G1::IDENTITY, |sum, (key, weight)| sum + key * weight);
        if is_signature(&key.to_affine(), &unlock_point(digest), &G2Affine::sum_of_products_vartime(&sigmas)) {
            return Ok(());
        }
        Err(self.blame_bad(digest, shares))
    }

    /// Combines as many decryption shares of one statement as the threshold says, or more, of which it uses those of the
    /// lowest members (spec §7.4). Checks the result once, and only if that fails the shares, one by one. Constant time in
    /// the shares, but for whether they are good.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownMember`], [`Error::Shareless`], [`Error::DuplicateIndex`] or [`Error::NotEnoughShares`] for what is
    /// given; [`Error::BadDecryptionShares`] if the result is wrong: drop those of the members it names and try again.
    pub fn combine(&self, digest: &StatementDigest, shares: &[DecryptionShare]) -> Result<UnlockKey> {
        let chosen = self.choose(shares)?;
        let identifiers = chosen.iter().map(|share| self.identifier(share.member)).collect::<Result<Vec<_>>>()?;
        let lambdas = lagrange_at_zero::<Bls12381G1>(&identifiers)?;
        let terms = chosen.iter().map(|share| share.sigma).zip(lambdas).collect();
        let terms: Zeroizing<Vec<_>> = Zeroizing::new(terms);
        let sigma = G2Affine::sum_of_products_vartime(&terms);
        //= spec/7-decryption.md#7-4-combine
        //# An unlock key MUST be checked against Y before it is used.
        if is_signature(&self.key.to_g1()?.to_affine(), &unlock_point(digest), &sigma) {
            return Ok(UnlockKey { digest: *digest, sigma });
        }
        Err(self.blame_bad(digest, shares))
    }

    /// The shares of the lowest members, as many as the threshold, ascending.
    fn choose<'a>(&self, shares: &'a [DecryptionShare]) -> Result<Vec<&'a DecryptionShare>> {
        shares.iter().try_for_each(|share| self.verification_key(share.member).map(|_| ()))?;
        check_distinct(shares.iter().map(|share| share.member))?;
        let (have, need) = (shares.len(), self.threshold().get());
        if have < usize::from(need) {
            return Err(Error::NotEnoughShares { have: have as u16, need });
        }
        let mut chosen: Vec<&DecryptionShare> = shares.iter().collect();
        chosen.sort_unstable_by_key(|share| share.member);
        chosen.truncate(usize::from(need));
        Ok(chosen)
    }

    fn member(&self, member: PartyIndex) -> Result<&Member> {
        self.members.get(&member).ok_or(Error::UnknownMember(member.get()))
    }

    /// The public share of a member. Fails like [`RecoveryParty::verification_key`].
    pub(crate) fn public_share(&self, member: PartyIndex) -> Result<CurvePoint> {
        CurvePoint::from_point::<Bls12381G1>(&G1::from(self.verification_key(member)?))
    }

    /// Fails with [`Error::UnknownMember`] or [`Error::Shareless`].
    fn verification_key(&self, member: PartyIndex) -> Result<G1Affine> {
        self.member(member)?.verification_key.ok_or(Error::Shareless(member.get()))
    }

    fn blame_bad(&self, digest: &StatementDigest, shares: &[DecryptionShare]) -> Error {
        //= spec/7-decryption.md#7-3-verify
        //# A failed batch MUST name exactly the members whose own shares fail.
        let bad = shares.iter().filter(|share| self.verify(digest, share).is_err());
        blame(bad.map(|share| share.member))
    }
}

fn check_distinct(members: impl Iterator<Item = PartyIndex>) -> Result<()> {
    match repeated(members.map(|member| (member, member))) {
        //= spec/4-sharing.md#4-1-identifiers-and-thresholds
        //# A repeated index MUST fail with DuplicateIndex.
        Some(twice) => Err(Error::DuplicateIndex(twice.get())),
        None => Ok(()),
    }
}

fn unlock_point(digest: &StatementDigest) -> G2Affine {
    G2Affine::hash(&digest.unlock_message())
}

/// e(g1, sigma) = e(key, point)?
fn is_signature(key: &G1Affine, point: &G2Affine, sigma: &G2Affine) -> bool {
    declassify::is_signature(pairings_cancel_vartime(&[(-G1::generator().to_affine(), *sigma), (*key, *point)]))
}

/// Weights that a cheater cannot know before choosing the shares.
fn batch_weights(digest: &StatementDigest, shares: &[DecryptionShare]) -> Vec<Scalar> {
    //= spec/7-decryption.md#7-3-verify
    //# The weights of a batch MUST be unpredictable to whoever made the shares.
    let mut hash = Xof::new("batch-verify").part(digest.as_bytes());
    shares.iter().for_each(|share| hash.add(&Zeroizing::new(share.encode())));
    let seed: [u8; 32] = hash.output();
    let weight = |index: u16| Xof::new("batch-weight").part(&seed).index(index).output::<16>();
    shares.iter().zip(0..).map(|(_, index)| Bls12381G1::reduce(&weight(index))).collect()
}

fn blame(members: impl IntoIterator<Item = PartyIndex>) -> Error {
    let mut members: Vec<u16> = members.into_iter().map(PartyIndex::get).collect();
    members.sort_unstable();
    members.dedup();
    Error::BadDecryptionShares { members }
}
