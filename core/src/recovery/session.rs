//! The fresh node's side of a recovery (spec §11.5).

use super::request::Request;
use super::response::Response;
use super::review::check_asked;
use super::roster::Roster;
use super::seal::NodeKey;
use crate::codec::{Reader, Writer};
use crate::decryption::{DecryptionShare, UnlockKey};
use crate::error::{Error, Result};
use crate::pairing::G2_LEN;
use crate::sharing::PartyIndex;
use crate::statement::Statement;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Where a recovery stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The members whose answers were accepted, ascending.
    pub answered: Vec<PartyIndex>,
    /// The members that have not answered, ascending.
    pub missing: Vec<PartyIndex>,
    /// How many more answers it takes: zero when the backups can be opened.
    pub needed: u16,
}

/// A recovery in progress: one request, and the answers accepted so far.
///
/// Answers may come in any order and any number of times. The session encodes at every point, and goes on after a
/// restart without asking anybody again.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{PartyIndex, PublicPolynomial};
/// use relight::*;
///
/// # let rng = &mut rand::rng();
/// # let secret = SecretScalar::random(CurveId::Bls12381G1, rng);
/// # let sharing = PublicPolynomial::new(vec![secret.public()])?;
/// # let index = PartyIndex::new(1)?;
/// # let share = KeyShare::new(0, &sharing, index.into(), secret)?;
/// # let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// # let roster = Roster::new(b"p", sharing, vec![RosterMember::new(MemberRegistration::new(b"p", index, &identity, &key, rng)?)])?;
/// # let root = SecretScalar::random(CurveId::Secp256k1, rng);
/// # let entry = Entry::new(&PublicPolynomial::new(vec![root.public()])?, index.into())?;
/// # let header = Header { parameters: ParameterSet::Fast, context: vec![], epoch: 1, node: b"n".to_vec() };
/// # let recovery_key = roster.party().public_key().clone();
/// # let statement = Statement::backup(header, recovery_key, Blinder::generate(rng).public(), vec![entry])?;
/// # let now = 1_800_000_000;
/// // The fresh node asks.
/// let mut session = Session::new(roster.clone(), vec![statement.clone()], b"fresh node", now + 3600, rng)?;
/// let request = Request::decode(&session.request().encode())?;
///
/// // A member looks at what is asked, and answers.
/// let backups = [statement];
/// let review = Review::new(&request, &backups, &roster, now)?;
/// println!("{review}");
/// let response = review.answer(&share, rng)?.sign(&identity, SignatureScheme::Sha256)?.encode();
///
/// // The fresh node has enough answers when none is needed any more.
/// session.receive(&response, now)?;
/// assert_eq!(session.progress().needed, 0);
/// let unlock_keys = session.unlock_keys()?;
/// # assert_eq!(unlock_keys.len(), 1);
/// # Ok::<(), Error>(())
/// ```
#[derive(ZeroizeOnDrop)]
pub struct Session {
    #[zeroize(skip)]
    roster: Roster,
    #[zeroize(skip)]
    statements: Vec<Statement>,
    #[zeroize(skip)]
    request: Request,
    key: NodeKey,
    /// For each member that answered, its share for each statement. The shares wipe themselves.
    #[zeroize(skip)]
    accepted: BTreeMap<PartyIndex, Vec<DecryptionShare>>,
}

impl Session {
    /// Asks `roster` to unlock these statements, all of one network, until `expiry` (seconds since 1970-01-01 UTC).
    /// `requester` is for people to read, at most 255 bytes.
    ///
    /// Fails with [`Error::InvalidLength`], [`Error::UnknownDigest`] if a statement comes twice, and with
    /// [`Error::StatementMismatch`] or [`Error::UnknownLock`] if one is no backup for this party and network.
    pub fn new(
        roster: Roster,
        statements: Vec<Statement>,
        requester: &[u8],
        expiry: u64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        let context = statements.first().ok_or(Error::InvalidLength)?.header().context.clone();
        //= spec/11-recovery.md#11-2-request
        //# A fresh node MUST use a new key pair and a new nonce for every request.
        let key = NodeKey::generate(rng);
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        let request = Request {
            context,
            requester: requester.to_vec(),
            hpke_key: key.public()?,
            nonce,
            expiry,
            digests: statements.iter().map(Statement::digest).collect(),
            attestation: Vec::new(),
        };
        Self::assemble(roster, statements, request, key)
    }

    /// Attaches an attestation, which should be about [`Request::attested_digest`]. This makes another request:
    /// answers to the one before are forgotten.
    pub fn with_attestation(mut self, attestation: &[u8]) -> Self {
        self.request.attestation = attestation.to_vec();
        self.accepted.clear();
        self
    }

    /// The request, to be published.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The statements that are to be unlocked.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Where the recovery stands.
    pub fn progress(&self) -> Progress {
        let party = self.roster.party();
        let (answered, missing): (Vec<_>, Vec<_>) =
            party.members().partition(|member| self.accepted.contains_key(member));
        let needed = party.threshold().get().saturating_sub(answered.len() as u16);
        Progress { answered, missing, needed }
    }

    /// Takes an encoded answer that arrives at time `now`, and tells where the recovery stands then.
    ///
    /// A refused answer changes nothing. Fails with [`Error::WrongRequest`], [`Error::Expired`],
    /// [`Error::UnknownMember`] or [`Error::BadSignature`] for answers that do not count, whoever sent them; with
    /// [`Error::BadResponse`] or [`Error::BadDecryptionShares`] for what the member itself did wrong.
    pub fn receive(&mut self, bytes: &[u8], now: u64) -> Result<Progress> {
        let response = Response::decode(bytes)?;
        //= spec/11-recovery.md#11-5-session
        //# A fresh node MUST accept responses only for a request that it made and that is still open.
        if *response.request() != self.request.digest() {
            return Err(Error::WrongRequest);
        }
        self.request.check_time(now)?;
        let member = response.member();
        response.verify_signature(self.roster.identity(member)?)?;
        if !self.accepted.contains_key(&member) {
            let shares = self.unseal(&response)?;
            self.verify(&shares)?;
            self.accepted.insert(member, shares);
        }
        Ok(self.progress())
    }

    /// The keys that unlock the statements, in their order. Fails with [`Error::NotEnoughShares`].
    pub fn unlock_keys(&self) -> Result<Vec<UnlockKey>> {
        // To collect results would make the vector grow, which leaves copies behind.
        let mut keys = Vec::with_capacity(self.statements.len());
        for (place, statement) in self.statements.iter().enumerate() {
            keys.push(self.roster.party().combine(&statement.digest(), &self.accepted_for(place))?);
        }
        Ok(keys)
    }

    /// The accepted shares for one of the statements.
    fn accepted_for(&self, place: usize) -> Vec<DecryptionShare> {
        let mut shares = Vec::with_capacity(self.accepted.len());
        shares.extend(self.accepted.values().filter_map(|shares| shares.get(place).cloned()));
        shares
    }

    fn unseal(&self, response: &Response) -> Result<Vec<DecryptionShare>> {
        let member = response.member();
        let sigmas = self.key.unseal(&self.request.digest(), &response.sealed)?;
        let shares = Reader::decode_all(&sigmas, |reader| self.read_shares(reader, member));
        shares.map_err(|_| Error::BadResponse { member: member.get() })
    }

    fn read_shares(&self, reader: &mut Reader<'_>, member: PartyIndex) -> Result<Vec<DecryptionShare>> {
        // As in `unlock_keys`.
        let mut shares = Vec::with_capacity(self.statements.len());
        for _ in &self.statements {
            shares.push(DecryptionShare::from_sigma(member, reader.take(G2_LEN)?)?);
        }
        Ok(shares)
    }

    fn verify(&self, shares: &[DecryptionShare]) -> Result<()> {
        let mut pairs = self.statements.iter().zip(shares);
        pairs.try_for_each(|(statement, share)| self.roster.party().verify(&statement.digest(), share))
    }

    /// For the test vectors: the key may be that of another request.
    #[cfg(feature = "vectors")]
    pub(crate) fn with_key(
        roster: Roster,
        statements: Vec<Statement>,
        request: Request,
        hpke_secret: [u8; 32],
    ) -> Result<Self> {
        Self::assemble(roster, statements, request, NodeKey::from_bytes(hpke_secret))
    }

    fn assemble(roster: Roster, statements: Vec<Statement>, request: Request, key: NodeKey) -> Result<Self> {
        request.check()?;
        for statement in &statements {
            check_asked(statement, request.context(), roster.party().public_key())?;
        }
        Ok(Self { roster, statements, request, key, accepted: BTreeMap::new() })
    }
}

/// The state across a restart.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque hpke_secret[32];
///     opaque request<1..2^32-1>;          // Request
///     opaque roster<1..2^32-1>;           // Roster
///     Statement statements<1..2^32-1>;
///     Accepted accepted<0..2^32-1>;
/// } Session;
///
/// struct { uint16 member; opaque sigmas[96 * statements]; } Accepted;
/// ```
impl Session {
    /// Encodes the state. It contains the secret HPKE key.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        //= spec/11-recovery.md#11-5-session
        //# A fresh node MUST store its session as a secret if the session is to survive a restart.
        let request = self.request.encode();
        let roster = self.roster.encode();
        let statements: Vec<Vec<u8>> = self.statements.iter().map(Statement::encode).collect();
        let accepted = self.encode_accepted();
        let lengths = [&request, &roster, &*accepted].into_iter().chain(&statements).map(Vec::len).sum::<usize>();
        let writer = Writer::versioned_with_capacity(lengths.saturating_add(64)).bytes(self.key.expose_bytes());
        let writer = writer.long_bytes(&request).long_bytes(&roster);
        let writer = writer.items(&statements, |writer, statement| writer.bytes(statement));
        Zeroizing::new(writer.long_bytes(&accepted).finish())
    }

    /// Decodes the state strictly and verifies everything in it again. `context` is that of the roster.
    pub fn decode(context: &[u8], bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let key = NodeKey::from_bytes(reader.array()?);
            let request = Request::decode(reader.long_bytes()?)?;
            let roster = Roster::decode(context, reader.long_bytes()?)?;
            let statements = reader.items(Statement::read)?;
            if key.public()? != request.hpke_key {
                return Err(Error::InvalidScalar);
            }
            if !statements.iter().map(Statement::digest).eq(request.digests().iter().copied()) {
                return Err(Error::UnknownDigest);
            }
            let mut session = Self::assemble(roster, statements, request, key)?;
            session.read_accepted(&mut Reader::new(reader.long_bytes()?))?;
            Ok(session)
        })
    }

    fn encode_accepted(&self) -> Zeroizing<Vec<u8>> {
        let row = self.statements.len().saturating_mul(G2_LEN).saturating_add(2);
        let writer = Writer::with_capacity(self.accepted.len().saturating_mul(row));
        let accepted = self.accepted.iter().fold(writer, |writer, (member, shares)| {
            let writer = writer.u16(member.get());
            shares.iter().fold(writer, |writer, share| writer.bytes(&*Zeroizing::new(share.sigma())))
        });
        Zeroizing::new(accepted.finish())
    }

    fn read_accepted(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        while !reader.is_empty() {
            let member = PartyIndex::new(reader.u16()?)?;
            let shares = self.read_shares(reader, member)?;
            //= spec/11-recovery.md#11-5-session
            //# A fresh node that reads a stored session MUST verify the roster, the request and every share in it again.
            self.verify(&shares)?;
            self.accepted.keys().next_back().map_or(Ok(()), |last| member.check_after(*last))?;
            self.accepted.insert(member, shares);
        }
        Ok(())
    }
}

impl core::fmt::Debug for Session {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Session({:?}, {:?}, key redacted)", self.request, self.progress())
    }
}
