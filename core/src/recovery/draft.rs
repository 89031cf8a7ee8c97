//! What a fresh node asks of the recovery party, before the Blinders authorise it (spec §11.2).

use super::roster::Roster;
use super::text;
use crate::codec::{Reader, Writer, check_short, count};
use crate::digest::{Digest, StatementDigest};
use crate::distinct::repeated;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::sharing::PartyIndex;
use crate::statement::Statement;
use crate::timestamp::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{Display, Formatter};

/// The most seconds between now and the expiry of a request: a week.
const LONGEST: u64 = 7 * 24 * 60 * 60;

/// A request that nobody has authorised yet: unlock these statements, for this roster, for the holder of these HPKE keys,
/// until its expiry. The machines that hold the Blinders authorise it ([`Authorisation`](crate::recovery::Authorisation)).
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque network<0..255>;
///     opaque requester<0..255>;
///     opaque roster[32];                  // digest of the roster
///     opaque nonce[32];
///     uint64 expiry;                      // seconds since 1970-01-01 UTC
///     opaque digests<32..2^32-1>;         // 32 bytes each, no two equal
///     opaque hpke_keys<32..2^32-1>;       // 32 bytes for each member of the roster, in its order
/// } RequestDraft;
/// ```
///
/// ```
/// use relight::{identity::*, recovery::*, registration::*, *};
/// # use relight::curve::{CurveId, SecretScalar};
/// # use relight::sharing::{PartyIndex, VssCommitment};
/// # let rng = &mut rand::rng();
/// # let secret = SecretScalar::random(CurveId::Bls12381G1, rng);
/// # let commitment = VssCommitment::new(vec![secret.public()])?;
/// # let index = PartyIndex::new(1)?;
/// # let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// # let member = MemberRegistration::first(b"p", index, &identity.public(), &key, rng)?.sign(&identity)?;
/// # let roster = Roster::new(b"p", commitment, vec![RosterMember::new(member)])?;
/// # let root = SecretScalar::random(CurveId::Secp256k1, rng);
/// # let entry = Entry::new(&VssCommitment::new(vec![root.public()])?, index.into())?;
/// # let header = Header { parameters: ParameterSet::Fast, network: vec![], epoch: 1, node: b"n".to_vec() };
/// # let blinder = Blinder::generate(rng);
/// # let recovery_key = roster.party().public_key().clone();
/// # let statement = Statement::backup(header, recovery_key, blinder.public(), vec![entry])?;
/// # let now = Timestamp::from_unix_seconds(1_800_000_000)?;
/// # let expiry = now.checked_add(3600)?;
/// // The fresh node asks.
/// let mut session = Session::new(roster, vec![statement.clone()], b"fresh node", now, expiry, rng)?;
/// let draft = session.draft().encode();
///
/// // On the offline machine that has the Blinder a person looks at it, and compares the code.
/// let draft = RequestDraft::decode(&draft)?;
/// println!("{}", draft.display(&[statement.clone()]));
/// let authorisation = Authorisation::new(&draft, &statement, &blinder, rng)?.encode();
///
/// session.authorise(&Authorisation::decode(&authorisation)?)?;
/// assert_eq!(session.request()?.draft(), &draft);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestDraft {
    pub(super) network: Vec<u8>,
    pub(super) requester: Vec<u8>,
    pub(super) roster: Digest,
    pub(super) nonce: [u8; 32],
    pub(super) expiry: Timestamp,
    pub(super) digests: Vec<StatementDigest>,
    pub(super) hpke_keys: Vec<[u8; 32]>,
}

impl RequestDraft {
    /// The network whose backups it is about.
    pub fn network(&self) -> &[u8] {
        &self.network
    }

    /// Who claims to ask.
    pub fn requester(&self) -> &[u8] {
        &self.requester
    }

    /// The digest of the roster that it is made for.
    pub fn roster(&self) -> Digest {
        self.roster
    }

    /// The last second at which it is valid. Nothing is known of it before a [`Review`](crate::recovery::Review).
    pub fn expiry(&self) -> Timestamp {
        self.expiry
    }

    /// The statements that it asks to unlock.
    pub fn digests(&self) -> &[StatementDigest] {
        &self.digests
    }

    /// The digest of all of it: what authorisations are for, and what an attestation should be about.
    pub fn attested_digest(&self) -> Digest {
        //= spec/11-recovery.md#11-2-request
        //# An attestation SHOULD vouch for the attested digest, which covers the HPKE keys.
        Xof::new("attestation").part(&self.encode()).digest()
    }

    /// A code of 20 digits in four groups, for two people to compare by voice. That of a request is the one of its draft.
    pub fn short_code(&self) -> String {
        //= spec/11-recovery.md#11-2-request
        //# An operator MUST satisfy itself that the draft is its fresh node's, by the short code or otherwise, before
        //# it authorises.
        Xof::new("request-code").part(self.attested_digest().as_bytes()).short_code()
    }

    /// A text for the person who decides whether to authorise it. Everything in it is what the draft claims, except what
    /// it says of `statements`, which are known: it shows those of them that the draft asks for.
    pub fn display<'a>(&'a self, statements: &'a [Statement]) -> impl Display + use<'a> {
        DraftText { draft: self, statements }
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.write().finish()
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::DuplicateStatement`] if a statement is asked for twice; [`Error::InvalidLength`] if none is, or there is no
    /// HPKE key.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let draft = Reader::decode_all(bytes, Self::read)?;
        draft.check()?;
        Ok(draft)
    }

    /// Reads the structure, to be followed by [`RequestDraft::check`].
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.version()?;
        Ok(Self {
            network: reader.short_bytes()?.to_vec(),
            requester: reader.short_bytes()?.to_vec(),
            roster: reader.array()?.into(),
            nonce: reader.array()?,
            expiry: Timestamp::claimed(reader.u64()?),
            digests: reader.items(|reader| reader.array().map(StatementDigest::from_bytes))?,
            hpke_keys: reader.items(Reader::array)?,
        })
    }

    pub(super) fn write(&self) -> Writer {
        Writer::versioned()
            .short_bytes(&self.network)
            .short_bytes(&self.requester)
            .bytes(self.roster.as_bytes())
            .bytes(&self.nonce)
            .u64(self.expiry.as_unix_seconds())
            .items(&self.digests, |writer, digest| writer.bytes(digest.as_bytes()))
            .items(&self.hpke_keys, |writer, key| writer.bytes(key))
    }

    pub(super) fn check(&self) -> Result<()> {
        check_short(&self.network)?;
        check_short(&self.requester)?;
        //= spec/11-recovery.md#11-2-request
        //# A decoder MUST refuse a request without digests, with InvalidLength.
        count(&self.digests)?;
        //= spec/11-recovery.md#11-2-request
        //# A decoder MUST refuse a request that has a digest twice, with DuplicateStatement.
        match repeated(self.digests.iter().map(|digest| (digest, ()))) {
            Some(()) => Err(Error::DuplicateStatement),
            None => Ok(()),
        }
    }

    /// Fails with [`Error::Expired`].
    pub(super) fn check_open(&self, now: Timestamp) -> Result<()> {
        if now <= self.expiry { Ok(()) } else { Err(Error::Expired) }
    }

    /// Fails with [`Error::Expired`] or [`Error::ExpiryTooFar`].
    pub(super) fn check_expiry(&self, now: Timestamp) -> Result<()> {
        self.check_open(now)?;
        //= spec/11-recovery.md#11-2-request
        //# An expiry of more than a week ahead MUST be refused, with ExpiryTooFar.
        let ahead = self.expiry.as_unix_seconds().saturating_sub(now.as_unix_seconds());
        if ahead <= LONGEST { Ok(()) } else { Err(Error::ExpiryTooFar) }
    }

    /// Is it made for this roster? Fails with [`Error::RosterMismatch`], or with [`Error::InvalidLength`] if there are more
    /// or fewer HPKE keys than members.
    pub(super) fn check_roster(&self, roster: &Roster) -> Result<()> {
        if self.roster != roster.digest() {
            return Err(Error::RosterMismatch);
        }
        if self.hpke_keys.len() == roster.members().len() { Ok(()) } else { Err(Error::InvalidLength) }
    }

    /// The HPKE key for a member, if there is one.
    pub(super) fn hpke_key(&self, roster: &Roster, member: PartyIndex) -> Option<&[u8; 32]> {
        let mut keys = self.hpke_keys.iter().zip(roster.members());
        keys.find(|(_, listed)| listed.registration.index() == member).map(|(key, _)| key)
    }

    /// The place of a statement in the request. Fails with [`Error::UnknownStatement`].
    pub(super) fn place(&self, digest: &StatementDigest) -> Result<u16> {
        let mut places = self.digests.iter().zip(0..);
        places.find(|(asked, _)| *asked == digest).map(|(_, place)| place).ok_or(Error::UnknownStatement)
    }
}

struct DraftText<'a> {
    draft: &'a RequestDraft,
    statements: &'a [Statement],
}

impl Display for DraftText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let draft = self.draft;
        text::heading(f, draft)?;
        writeln!(f, "Claimed:")?;
        text::requester(f, draft)?;
        text::network(f, draft)?;
        writeln!(f, "  roster       {}", draft.roster)?;
        writeln!(f, "  expires      {}", draft.expiry)?;
        let known = |digest: &&StatementDigest| self.statements.iter().any(|one| one.digest() == **digest);
        for digest in draft.digests.iter().filter(|digest| !known(digest)) {
            writeln!(f, "  to unlock    statement {digest}, which is not known here")?;
        }
        writeln!(f, "Known:")?;
        let asked = self.statements.iter().filter(|statement| draft.digests.contains(&statement.digest()));
        asked.into_iter().try_for_each(|statement| text::statement(f, statement, ""))
    }
}
