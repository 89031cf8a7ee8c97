//! The fresh node's side of a recovery (spec §11.5).

use super::accepted::Accepted;
use super::accusation::Accusation;
use super::authorisation::{Authorisation, Proof, check_authorised};
use super::draft::RequestDraft;
use super::request::Request;
use super::response::{Answer, Response};
use super::review::check_all_asked;
use super::roster::Roster;
use super::seal::Seed;
use crate::decryption::UnlockKey;
use crate::digest::StatementDigest;
use crate::error::{Error, Result};
use crate::sharing::PartyIndex;
use crate::statement::Statement;
use crate::timestamp::Timestamp;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::ZeroizeOnDrop;

/// Where a recovery stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The members that have answered for every statement, ascending.
    pub answered: Vec<PartyIndex>,
    /// The members that have not, or not for every one, ascending.
    pub missing: Vec<PartyIndex>,
    /// How many more answers it takes for the statement that lacks most: zero when all backups can be opened.
    pub needed: u16,
    /// How many more answers each statement takes, in the order of the request.
    pub statements: Vec<u16>,
}

/// A recovery in progress: one request, and the answers accepted so far.
///
/// Its draft is authorised with the Blinder of every statement; then there is a request, which members answer, each for
/// some or all of the statements. Answers may come in any order and any number of times. The session encodes at every
/// point, and continues after a restart without asking anyone again.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{PartyIndex, VssCommitment};
/// use relight::{identity::*, recovery::*, registration::*, *};
///
/// # let rng = &mut rand::rng();
/// # let secret = SecretScalar::random(CurveId::Bls12381G1, rng);
/// # let commitment = VssCommitment::new(vec![secret.public()])?;
/// # let index = PartyIndex::new(1)?;
/// # let share = KeyShare::new(0, &commitment, index.into(), secret)?;
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
/// // The fresh node asks, and the holder of the Blinder authorises it.
/// let mut session =
///     Session::new(roster.clone(), vec![statement.clone()], b"fresh node", now, expiry, rng)?;
/// session.authorise(&Authorisation::new(session.draft(), &statement, &blinder, rng)?)?;
/// let request = Request::decode(&session.request()?.encode())?;
///
/// // A member looks at what is asked, and answers.
/// let backups = [statement.clone()];
/// let review = Review::new(&request, &backups, &roster, now)?;
/// println!("{review}");
/// let response = review.respond(&share, rng)?.sign(&identity)?.encode();
///
/// // The fresh node has enough answers when no more are needed.
/// assert_eq!(session.receive(&response, now)?.needed, 0);
/// let unlock_key = session.unlock_key(&statement.digest())?;
/// # assert_eq!(unlock_key.digest(), statement.digest());
/// # Ok::<(), Error>(())
/// ```
#[derive(ZeroizeOnDrop)]
pub struct Session {
    #[zeroize(skip)]
    pub(super) roster: Roster,
    #[zeroize(skip)]
    pub(super) statements: Vec<Statement>,
    #[zeroize(skip)]
    pub(super) draft: RequestDraft,
    #[zeroize(skip)]
    pub(super) attestation: Vec<u8>,
    pub(super) seed: Seed,
    /// The proofs of the Blinders, by the place of their statement.
    #[zeroize(skip)]
    pub(crate) granted: BTreeMap<u16, Proof>,
    /// The shares wipe themselves.
    #[zeroize(skip)]
    pub(crate) accepted: Accepted,
}

impl Session {
    /// Asks `roster` to unlock these statements, all of one network, from `now` until `expiry`.
    /// `requester` is for people to read, at most 255 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] without statements, or for a longer requester; [`Error::DuplicateStatement`] if a statement
    /// is repeated; [`Error::Mismatch`], [`Error::WrongLock`] or [`Error::InvalidLength`] if one is no backup for this
    /// party and network; [`Error::Expired`], or [`Error::ExpiryTooFar`] if the expiry is more than a week away.
    pub fn new(
        roster: Roster,
        statements: Vec<Statement>,
        requester: &[u8],
        now: Timestamp,
        expiry: Timestamp,
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        let network = statements.first().ok_or(Error::InvalidLength)?.header().network.clone();
        let (digests, requester) = (statements.iter().map(Statement::digest).collect(), requester.to_vec());
        let (roster_digest, nonce, hpke_keys) = (roster.digest(), [0; 32], Vec::new());
        let mut draft = RequestDraft { network, requester, roster: roster_digest, nonce, expiry, digests, hpke_keys };
        draft.check()?;
        check_all_asked(&statements, &draft.network, &roster)?;
        draft.check_expiry(now)?;
        //= spec/11-recovery.md#11-2-request
        //# A fresh node MUST use a new seed and a new nonce for every request.
        let seed = Seed::generate(rng);
        rng.fill_bytes(&mut draft.nonce);
        draft.hpke_keys = derive_keys(&seed, &roster)?;
        Ok(Self::start(roster, statements, draft, seed))
    }

    /// Before anything is granted or accepted.
    pub(super) fn start(roster: Roster, statements: Vec<Statement>, draft: RequestDraft, seed: Seed) -> Self {
        let accepted = Accepted::new(statements.len());
        Self { roster, statements, draft, attestation: Vec::new(), seed, granted: BTreeMap::new(), accepted }
    }

    /// Attaches an attestation, which should be about [`RequestDraft::attested_digest`]: once, and before any answer
    /// arrives, because it is part of the request. Authorisations hold for any attestation. Attaching the same one again
    /// changes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::WrongRequest`] if another one is attached, or an answer was accepted.
    pub fn attest(&mut self, attestation: &[u8]) -> Result<()> {
        if self.attestation == attestation {
            return Ok(());
        }
        if !self.attestation.is_empty() || !self.accepted.is_empty() {
            return Err(Error::WrongRequest);
        }
        self.attestation = attestation.to_vec();
        Ok(())
    }

    /// What the holders of the Blinders are to authorise.
    pub fn draft(&self) -> &RequestDraft {
        &self.draft
    }

    /// Takes the authorisation of one of the statements. A second one for the same statement changes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::WrongRequest`] if it is for another draft, [`Error::UnknownStatement`] if for another statement,
    /// [`Error::Unauthorised`] if it was not made with the statement's Blinder.
    pub fn authorise(&mut self, authorisation: &Authorisation) -> Result<()> {
        let request = self.draft.attested_digest();
        if authorisation.request != request {
            return Err(Error::WrongRequest);
        }
        let place = self.draft.place(&authorisation.statement)?;
        let statement = self.statements.get(usize::from(place)).ok_or(Error::UnknownStatement)?;
        check_authorised(request, place, statement, &authorisation.proof)?;
        // A request that is under way stays the same.
        self.granted.entry(place).or_insert(authorisation.proof);
        Ok(())
    }

    /// The request, to be published once every statement is authorised.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthorised`] with the place of the first statement that lacks its authorisation.
    pub fn request(&self) -> Result<Request> {
        //= spec/11-recovery.md#11-2-request
        //# A request MUST have an authorisation for every statement that it asks for, made with that statement's
        //# Blinder.
        let places = self.statements.iter().zip(0..).map(|(_, place)| place);
        let proof = |place| self.granted.get(&place).copied().ok_or(Error::Unauthorised(place));
        let authorisations = places.map(proof).collect::<Result<_>>()?;
        Ok(Request { draft: self.draft.clone(), authorisations, attestation: self.attestation.clone() })
    }

    /// The statements that are to be unlocked.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Where the recovery stands.
    pub fn progress(&self) -> Progress {
        let party = self.roster.party();
        let (answered, missing) = party.members().partition(|member| self.accepted.has_all(*member));
        let threshold = party.threshold().get();
        let needed = |place| threshold.saturating_sub(self.accepted.count(place) as u16);
        let statements: Vec<u16> = (0..self.statements.len()).map(needed).collect();
        Progress { answered, missing, needed: statements.iter().copied().max().unwrap_or_default(), statements }
    }

    /// Takes an encoded answer that arrives at time `now`, and says where the recovery stands then. An answer may be for
    /// some of the statements; those for which the member's answer was accepted before are skipped.
    ///
    /// # Errors
    ///
    /// A refused answer changes nothing. [`Error::Unauthorised`] means that there is no request yet: see
    /// [`Session::request`]. [`Error::WrongRequest`], [`Error::Expired`], [`Error::UnknownMember`] and
    /// [`Error::BadSignature`] say nothing about who sent the answer; [`Error::BadResponse`], [`Error::Shareless`] and
    /// [`Error::BadDecryptionShares`] are faults of the member itself, which [`Session::accuse`] shows to others.
    pub fn receive(&mut self, bytes: &[u8], now: Timestamp) -> Result<Progress> {
        let response = Response::decode(bytes)?;
        //= spec/11-recovery.md#11-5-session
        //# A fresh node MUST accept responses only for a request that it made and that is still open.
        let request = self.answered_request(&response)?;
        self.draft.check_open(now)?;
        let member = response.member();
        response.verify_signature(self.roster.identity(member)?)?;
        let answers = response.open(&self.seed.key(member), &request)?;
        //= spec/11-recovery.md#11-5-session
        //# A response in which one share is wrong MUST NOT change the session.
        let new = |answer: &&Answer| !self.accepted.has(member, answer.place);
        answers.iter().filter(new).try_for_each(|answer| answer.verify(&request, self.roster.party()))?;
        answers.iter().for_each(|answer| self.accepted.keep(answer));
        Ok(self.progress())
    }

    /// The session's request, if the response is for it.
    fn answered_request(&self, response: &Response) -> Result<Request> {
        let request = self.request()?;
        if response.request() == request.digest() { Ok(request) } else { Err(Error::WrongRequest) }
    }

    /// The key that unlocks a statement.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownStatement`] if the session does not ask for it, [`Error::NotEnoughShares`].
    pub fn unlock_key(&self, digest: &StatementDigest) -> Result<UnlockKey> {
        let place = usize::from(self.draft.place(digest)?);
        self.roster.party().combine(digest, &self.accepted.shares(place))
    }

    /// The keys that unlock the statements, in their order.
    ///
    /// # Errors
    ///
    /// [`Error::NotEnoughShares`] if any of them lacks answers.
    pub fn unlock_keys(&self) -> Result<Vec<UnlockKey>> {
        // To collect results would make the vector grow, which leaves copies behind.
        let mut keys = Vec::with_capacity(self.statements.len());
        for digest in &self.draft.digests {
            keys.push(self.unlock_key(digest)?);
        }
        Ok(keys)
    }

    /// The proof, for anyone, that a member signed a bad answer. It contains the key for that member's answers to this
    /// request: once it is published, anyone who has such an answer can read it.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes; [`Error::WrongRequest`] if they answer another request, [`Error::UnknownMember`] or
    /// [`Error::BadSignature`] if no member signed them, [`Error::NoEvidence`] if nothing is wrong with the answer.
    pub fn accuse(&self, response: &[u8]) -> Result<Accusation> {
        let decoded = Response::decode(response)?;
        let request = self.answered_request(&decoded)?;
        Accusation::new(&request, response, &self.seed.key(decoded.member()), &self.roster)
    }
}

/// The public keys for the members of a roster, in its order.
pub(super) fn derive_keys(seed: &Seed, roster: &Roster) -> Result<Vec<[u8; 32]>> {
    //= spec/11-recovery.md#11-2-request
    //# The node MUST have an HPKE key pair of its own for each member of the roster.
    roster.members().iter().map(|member| seed.key(member.registration.index()).public()).collect()
}

impl core::fmt::Debug for Session {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Session({:?}, {:?}, keys redacted)", self.draft, self.progress())
    }
}
