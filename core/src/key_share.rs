//! One party's share of a key, with what it belongs to (spec §10.5).

use crate::codec::{Reader, Writer};
use crate::curve::{CurveId, CurvePoint, SecretScalar};
use crate::error::{Error, Result};
use crate::sharing::{Identifier, PublicPolynomial, Threshold};
use crate::statement::Entry;
use alloc::vec::Vec;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// A share of a root key or of the recovery key. The secret is wiped when dropped.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     uint64 epoch;
///     uint16 curve;
///     opaque root_public_key[P];
///     uint16 identifier;
///     uint16 threshold;
///     opaque secret[S];
/// } KeyShare;
/// ```
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, PublicPolynomial};
/// use relight::KeyShare;
///
/// // With threshold 1 every share is the key itself.
/// let secret = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
/// let sharing = PublicPolynomial::new(vec![secret.public()])?;
/// let share = KeyShare::new(7, &sharing, Identifier::new(2)?, secret)?;
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
    /// The share of the party `identifier` in a sharing. Fails with [`Error::InvalidScalar`] if the secret is not
    /// that share.
    pub fn new(epoch: u64, sharing: &PublicPolynomial, identifier: Identifier, secret: SecretScalar) -> Result<Self> {
        let entry = Entry::new(sharing, identifier)?;
        //= spec/4-sharing.md#4-3-commitments
        //# A receiver of a share x of identifier i MUST check `x · G_C = X_i` before using it.
        if secret.public() != entry.public_share {
            return Err(Error::InvalidScalar);
        }
        Ok(Self { epoch, entry, secret })
    }

    /// Of a secret that was compared with its public share when it was opened.
    pub(crate) fn opened(epoch: u64, entry: Entry, secret: SecretScalar) -> Self {
        Self { epoch, entry, secret }
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
    pub fn root_public_key(&self) -> &CurvePoint {
        &self.entry.root_public_key
    }

    /// The place of the share in its sharing.
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
        let capacity = 1 + 8 + 2 + curve.point_len() + 2 + 2 + curve.scalar_len();
        let writer = Writer::versioned_with_capacity(capacity).u64(self.epoch).u16(curve.number());
        let writer = self.entry.root_public_key.write(writer).u16(self.identifier().get());
        Zeroizing::new(writer.u16(self.threshold().get()).bytes(self.secret.expose_bytes()).finish())
    }

    /// Decodes, strictly.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let epoch = reader.u64()?;
            let curve = CurveId::try_from(reader.u16()?)?;
            let root_public_key = CurvePoint::read(reader, curve)?;
            let identifier = Identifier::new(reader.u16()?)?;
            let threshold = Threshold::new(reader.u16()?, u16::MAX)?;
            //= spec/10-backup.md#10-5-key-share
            //# A decoder MUST refuse a secret that is zero or not canonical, with InvalidScalar.
            let secret = SecretScalar::from_bytes(curve, reader.take(curve.scalar_len())?)?;
            let public_share = secret.public();
            Ok(Self { epoch, entry: Entry { root_public_key, identifier, threshold, public_share }, secret })
        })
    }
}
