//! One party's share of a key, with what it belongs to (spec §10.5).

use crate::curve::{CurveId, CurvePoint, SecretScalar, with_curve};
use crate::error::{Error, Field, Result};
use crate::secret_object::SecretKind;
use crate::sharing::{Identifier, Threshold, VssCommitment, combine_secrets};
use crate::statement::Entry;
use alloc::vec::Vec;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// A share of a root key or of the recovery key. The secret is wiped when dropped.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     uint8 kind = 4;
///     uint64 epoch;
///     uint16 curve;
///     opaque public_key[P];
///     opaque identifier<1..64>;
///     uint16 threshold;
///     opaque secret[S];
///     opaque checksum[8];
/// } KeyShare;
/// ```
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, VssCommitment};
/// use relight::KeyShare;
///
/// // With threshold 1 every share is the key itself.
/// let secret = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
/// let commitment = VssCommitment::new(vec![secret.public()])?;
/// let share = KeyShare::new(7, &commitment, Identifier::new(2)?, secret)?;
/// assert_eq!(KeyShare::decode(&share.encode())?.public_share(), share.public_share());
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Debug, ZeroizeOnDrop)]
pub struct KeyShare {
    #[zeroize(skip)]
    epoch: u64,
    #[zeroize(skip)]
    entry: Entry,
    secret: SecretScalar,
}

impl KeyShare {
    /// The share of a sharing at `identifier`. Constant time in the secret.
    ///
    /// # Errors
    ///
    /// [`Error::SecretMismatch`] if the secret is not that share; those of [`VssCommitment::public_share`].
    pub fn new(epoch: u64, commitment: &VssCommitment, identifier: Identifier, secret: SecretScalar) -> Result<Self> {
        let entry = Entry::new(commitment, identifier)?;
        //= spec/4-sharing.md#4-3-vss-commitments
        //# A receiver of a share x of identifier i MUST check `x · G_C = X_i` before using it.
        if secret.public() != entry.public_share {
            return Err(Error::SecretMismatch { compartment: 0, entry: 0 });
        }
        Ok(Self { epoch, entry, secret })
    }

    /// Of a secret that was compared with its public share when it was opened.
    pub(crate) fn opened(epoch: u64, entry: Entry, secret: SecretScalar) -> Self {
        Self { epoch, entry, secret }
    }

    /// The same secret as a share of another sharing. Fails like [`KeyShare::new`].
    pub(crate) fn moved(&self, epoch: u64, commitment: &VssCommitment, identifier: Identifier) -> Result<Self> {
        let secret = SecretScalar::from_bytes(self.curve(), self.secret.expose_bytes())?;
        Self::new(epoch, commitment, identifier, secret)
    }

    /// The key itself, from enough shares of one sharing (spec §10.5). Constant time in the shares.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] without shares; [`Error::Mismatch`] if one names another key, epoch or threshold than the
    /// first; [`Error::ZeroIdentifier`] or [`Error::DuplicateIdentifier`]; [`Error::NotEnoughShares`];
    /// [`Error::CombinedKeyMismatch`] if a secret is not the share that it is said to be.
    ///
    /// ```
    /// use relight::curve::{CurveId, SecretScalar};
    /// use relight::sharing::{Identifier, VssCommitment};
    /// use relight::KeyShare;
    ///
    /// let secret = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
    /// let commitment = VssCommitment::new(vec![secret.public()])?;
    /// let share = KeyShare::new(7, &commitment, Identifier::new(2)?, secret)?;
    /// assert_eq!(KeyShare::combine([&share])?.public(), *commitment.public_key());
    /// # Ok::<(), relight::Error>(())
    /// ```
    pub fn combine<'a>(shares: impl IntoIterator<Item = &'a Self>) -> Result<SecretScalar> {
        let shares: Vec<&Self> = shares.into_iter().collect();
        let first = shares.first().ok_or(Error::InvalidLength)?;
        shares.iter().zip(0..).try_for_each(|(share, place)| first.check_sharing(share, place))?;
        let secrets: Vec<_> = shares.iter().map(|share| (share.identifier(), share.secret())).collect();
        let identifiers: Vec<Identifier> = shares.iter().map(|share| share.identifier()).collect();
        with_curve!(first.curve(), C => Identifier::check::<C>(&identifiers).map(|_| ()))?;
        let (have, need) = (shares.len(), first.threshold().get());
        if have < usize::from(need) {
            return Err(Error::NotEnoughShares { have: have as u16, need });
        }
        let key = combine_secrets(&secrets).map_err(|_| Error::CombinedKeyMismatch)?;
        //= spec/10-backup.md#10-5-key-share
        //# A secret that is combined from key shares MUST NOT be returned before it is compared with their public key.
        if key.public() == *first.public_key() { Ok(key) } else { Err(Error::CombinedKeyMismatch) }
    }

    /// Is `other`, at a place in a list, a share of the same sharing?
    fn check_sharing(&self, other: &Self, place: u16) -> Result<()> {
        let differences = [
            (self.public_key() != other.public_key(), Field::PublicKey(place)),
            (self.epoch != other.epoch, Field::Epoch),
            (self.threshold() != other.threshold(), Field::Threshold(place)),
        ];
        match differences.into_iter().find(|(differs, _)| *differs) {
            Some((_, field)) => Err(Error::Mismatch(field)),
            None => Ok(()),
        }
    }

    /// The epoch of the sharing.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The curve of the key.
    pub fn curve(&self) -> CurveId {
        self.entry.curve()
    }

    /// The public key of the shared key.
    pub fn public_key(&self) -> &CurvePoint {
        &self.entry.public_key
    }

    /// Where the share lies in its sharing.
    pub fn identifier(&self) -> Identifier {
        self.entry.identifier
    }

    /// How many shares recover the key.
    pub fn threshold(&self) -> Threshold {
        self.entry.threshold
    }

    /// The public share: the secret times the generator.
    pub fn public_share(&self) -> &CurvePoint {
        &self.entry.public_share
    }

    /// The public face of the share, as a statement lists it.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The secret itself.
    pub fn secret(&self) -> &SecretScalar {
        &self.secret
    }

    /// The canonical encoding, which contains the secret.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let curve = self.curve();
        let capacity = 8 + 2 + curve.point_len() + 1 + Identifier::MAX_LEN + 2 + curve.scalar_len();
        SecretKind::KeyShare.seal(capacity, |writer| {
            let writer = writer.u64(self.epoch).u16(curve.number());
            let writer = self.identifier().write(self.entry.public_key.write(writer));
            writer.u16(self.threshold().get()).bytes(self.secret.expose_bytes())
        })
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::WrongKind`] for another secret, [`Error::BadChecksum`] for a damaged one; then what is wrong with a field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        SecretKind::KeyShare.open(bytes, |reader| {
            let epoch = reader.u64()?;
            let curve = CurveId::try_from(reader.u16()?)?;
            let public_key = CurvePoint::read(reader, curve)?;
            let identifier = Identifier::read(reader)?;
            //= spec/10-backup.md#10-5-key-share
            //# A decoder MUST refuse the threshold zero with InvalidThreshold, and an identifier that is zero modulo q_C with
            //# ZeroIdentifier.
            let threshold = Threshold::new(reader.u16()?, u16::MAX)?;
            with_curve!(curve, C => identifier.nonzero::<C>().map(|_| ()))?;
            //= spec/10-backup.md#10-5-key-share
            //# A decoder MUST refuse a secret that is zero or not canonical, with InvalidScalar.
            let secret = SecretScalar::from_bytes(curve, reader.take(curve.scalar_len())?)?;
            let public_share = secret.public();
            Ok(Self { epoch, entry: Entry { public_key, identifier, threshold, public_share }, secret })
        })
    }
}
