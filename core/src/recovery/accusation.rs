//! Showing that a member answered badly (spec §11.6).

use super::request::Request;
use super::response::{Answer, Response};
use super::roster::Roster;
use super::seal::NodeKey;
use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::sharing::PartyIndex;
use crate::statement::Statement;
use alloc::vec::Vec;

/// A bad answer of a member, with the key that opens it: everyone sees what the fresh node saw.
///
/// The mere word of a node that a member answered badly excludes nobody. An accusation that verifies does not rest on
/// anyone's word. It makes public the shares in the answers of this one member to this one request, and no others.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque request<1..2^32-1>;          // Request
///     opaque response<1..2^32-1>;         // Response
///     opaque hpke_secret[32];             // for the answers of this member
/// } Accusation;
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
/// # let statements = [statement.clone()];
/// # let now = Timestamp::from_unix_seconds(1_800_000_000)?;
/// # let expiry = now.checked_add(3600)?;
/// # let mut session = Session::new(roster.clone(), statements.to_vec(), b"node", now, expiry, rng)?;
/// # session.authorise(&Authorisation::new(session.draft(), &statement, &blinder, rng)?)?;
/// # let request = session.request()?;
/// # let review = Review::new(&request, &statements, &roster, now)?;
/// # let good = review.respond(&share, rng)?;
/// # let mut body = good.body().to_vec();
/// # if let Some(last) = body.last_mut() { *last ^= 1; }
/// # let response = Unsigned::<Response>::from_body(&body, identity.public()).sign(&identity)?.encode();
/// // A member signed an answer that cannot be read.
/// assert_eq!(session.receive(&response, now), Err(Error::BadResponse { member: 1 }));
/// let accusation = session.accuse(&response)?.encode();
/// // Anyone who has the roster and the statements can see it.
/// assert_eq!(Accusation::decode(&accusation)?.verify(&roster, &statements)?, index);
/// # // Nobody is accused of a good answer.
/// # assert_eq!(session.accuse(&good.sign(&identity)?.encode()), Err(Error::NoEvidence));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accusation {
    request: Vec<u8>,
    response: Vec<u8>,
    /// No secret any more.
    hpke_secret: [u8; 32],
}

impl Accusation {
    /// Fails with [`Error::NoEvidence`] if nothing is wrong with the response: then the key stays secret.
    pub(super) fn new(request: &Request, response: &[u8], key: &NodeKey, roster: &Roster) -> Result<Self> {
        culprit(request, &Response::decode(response)?, key, roster)?;
        //= spec/11-recovery.md#11-6-accusation
        //# A node that accuses MUST publish the secret key of that member only.
        Ok(Self { request: request.encode(), response: response.to_vec(), hpke_secret: key.publish() })
    }

    /// The member that answered badly.
    ///
    /// # Errors
    ///
    /// What is wrong with the request or response as such; [`Error::RosterMismatch`] if the request was made for another
    /// roster, [`Error::InvalidLength`] if it has more or fewer HPKE keys; [`Error::UnknownStatement`] if a statement that it
    /// asks for is not among `statements`; [`Error::WrongRequest`], [`Error::UnknownMember`] or [`Error::BadSignature`] if the response is no answer of a member to it;
    /// [`Error::NoEvidence`] if the key is not that of the request, or nothing is wrong with the answer.
    pub fn verify(&self, roster: &Roster, statements: &[Statement]) -> Result<PartyIndex> {
        let request = Request::decode(&self.request)?;
        request.draft.check_roster(roster)?;
        request.known(statements)?;
        let response = Response::decode(&self.response)?;
        if response.request() != request.digest() {
            return Err(Error::WrongRequest);
        }
        culprit(&request, &response, &NodeKey::from_bytes(self.hpke_secret), roster)
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::versioned().long_bytes(&self.request).long_bytes(&self.response);
        writer.bytes(&self.hpke_secret).finish()
    }

    /// Decodes the frame. What it contains is decoded by [`Accusation::verify`].
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] if it contains no request or response.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let (request, response) = (reader.nonempty_bytes()?.to_vec(), reader.nonempty_bytes()?.to_vec());
            Ok(Self { request, response, hpke_secret: reader.array()? })
        })
    }
}

/// The member that signed a bad response to a request.
fn culprit(request: &Request, response: &Response, key: &NodeKey, roster: &Roster) -> Result<PartyIndex> {
    let member = response.member();
    response.verify_signature(roster.identity(member)?)?;
    //= spec/11-recovery.md#11-6-accusation
    //# An accusation MUST be refused, with NoEvidence, if the answer in it is good, or if the key is not that of the
    //# request.
    if request.draft.hpke_key(roster, member) != Some(&key.public()?) {
        return Err(Error::NoEvidence);
    }
    let verified = response.open(key, request).and_then(|answers| verify(&answers, request, roster));
    match verified {
        Err(Error::BadResponse { .. } | Error::Shareless(_) | Error::BadDecryptionShares { .. }) => Ok(member),
        _ => Err(Error::NoEvidence),
    }
}

fn verify(answers: &[Answer], request: &Request, roster: &Roster) -> Result<()> {
    answers.iter().try_for_each(|answer| answer.verify(request, roster.party()))
}
