//! A session across a restart (spec §11.5).

use super::authorisation::check_authorised;
use super::draft::RequestDraft;
use super::response::Answer;
use super::review::check_all_asked;
use super::roster::Roster;
use super::seal::Seed;
use super::session::{Session, derive_keys};
use crate::codec::{Reader, Writer};
use crate::decryption::DecryptionShare;
use crate::distinct::check_next;
use crate::error::{Error, Result};
use crate::pairing::G2_LEN;
use crate::secret_object::SecretKind;
use crate::sharing::PartyIndex;
use crate::statement::Statement;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// Length of an accepted answer to one statement: its member, its place, and the decryption share.
const ACCEPTED_LEN: usize = 2 + 2 + G2_LEN;
/// Length of the seed, and of the prefixes of all parts.
const FIXED_LEN: usize = 32 + 6 * 4;

/// The state across a restart: a secret object.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     uint8 kind = 5;
///     opaque seed[32];
///     opaque draft<1..2^32-1>;            // RequestDraft
///     opaque attestation<0..2^32-1>;
///     opaque authorisations<0..2^32-1>;   // Granted, one after the other, by ascending place
///     opaque roster<1..2^32-1>;           // Roster
///     Statement statements<1..2^32-1>;
///     opaque accepted<0..2^32-1>;         // Accepted, by ascending member, then place
///     opaque checksum[8];
/// } Session;
///
/// struct { uint16 place; opaque authorisation[80]; } Granted;
/// struct { uint16 member; uint16 place; opaque sigma[96]; } Accepted;
/// ```
impl Session {
    /// Encodes the state. It contains the seed of the secret HPKE keys, and what members answered.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        //= spec/11-recovery.md#11-5-session
        //# A fresh node MUST store its session as a secret if the session is to survive a restart.
        let (draft, roster, granted) = (self.draft.encode(), self.roster.encode(), self.encode_granted());
        let statements = self.statements.iter().fold(Writer::default(), |writer, one| writer.bytes(&one.encode()));
        let (statements, accepted) = (statements.finish(), self.encode_accepted());
        let parts = [&draft, &self.attestation, &granted, &roster, &statements, &*accepted];
        let capacity = parts.iter().map(|part| part.len()).fold(FIXED_LEN, usize::saturating_add);
        SecretKind::Session.seal(capacity, |writer| {
            let writer = writer.bytes(self.seed.expose_bytes());
            parts.into_iter().fold(writer, |writer, part| writer.long_bytes(part))
        })
    }

    /// Decodes the state strictly and verifies everything in it again. `party` is that of the roster.
    ///
    /// # Errors
    ///
    /// [`Error::WrongKind`] for another secret, [`Error::BadChecksum`] for a damaged one, and what is wrong with a part of
    /// it: [`Error::WrongRequest`] if the HPKE keys are not those of the seed, [`Error::RosterMismatch`],
    /// [`Error::UnknownStatement`], [`Error::Unauthorised`], [`Error::BadDecryptionShares`] and more.
    pub fn decode(party: &[u8], bytes: &[u8]) -> Result<Self> {
        SecretKind::Session.open(bytes, |reader| {
            let seed = Seed::from_bytes(reader.array()?);
            let draft = RequestDraft::decode(reader.nonempty_bytes()?)?;
            let (attestation, granted) = (reader.long_bytes()?, reader.long_bytes()?);
            let roster = Roster::decode(party, reader.nonempty_bytes()?)?;
            let (statements, accepted) = (reader.items(Statement::read)?, reader.long_bytes()?);
            check_draft(&draft, &seed, &roster, &statements)?;
            check_all_asked(&statements, &draft.network, &roster)?;
            let mut session = Self::start(roster, statements, draft, seed);
            session.attestation = attestation.to_vec();
            session.read_granted(Reader::new(granted))?;
            session.read_accepted(Reader::new(accepted))?;
            Ok(session)
        })
    }

    fn encode_granted(&self) -> Vec<u8> {
        let granted = self.granted.iter();
        granted.fold(Writer::default(), |writer, (place, proof)| writer.u16(*place).bytes(proof)).finish()
    }

    fn read_granted(&mut self, mut reader: Reader<'_>) -> Result<()> {
        let request = self.draft.attested_digest();
        while !reader.is_empty() {
            let (place, proof) = (reader.u16()?, reader.array()?);
            let statement = self.statements.get(usize::from(place)).ok_or(Error::UnknownStatement)?;
            let last = self.granted.keys().next_back();
            last.map_or(Ok(()), |last| check_next(last, &place, place))?;
            check_authorised(request, place, statement, &proof)?;
            self.granted.insert(place, proof);
        }
        Ok(())
    }

    fn encode_accepted(&self) -> Zeroizing<Vec<u8>> {
        let number = self.accepted.all().count();
        let writer = Writer::with_capacity(number.saturating_mul(ACCEPTED_LEN));
        let accepted = self.accepted.all().fold(writer, |writer, (place, share)| {
            writer.u16(share.member().get()).u16(place).bytes(&*Zeroizing::new(share.sigma()))
        });
        Zeroizing::new(accepted.finish())
    }

    fn read_accepted(&mut self, mut reader: Reader<'_>) -> Result<()> {
        if reader.is_empty() {
            return Ok(());
        }
        let request = self.request()?;
        let mut last = None;
        while !reader.is_empty() {
            let (member, place) = (PartyIndex::new(reader.u16()?)?, reader.u16()?);
            if usize::from(place) >= self.statements.len() {
                return Err(Error::UnknownStatement);
            }
            let answer = Answer { place, share: DecryptionShare::from_sigma(member, reader.take(G2_LEN)?)? };
            //= spec/11-recovery.md#11-5-session
            //# A fresh node that reads a stored session MUST verify the roster, the request and every share in it again.
            answer.verify(&request, self.roster.party())?;
            let own = (member, place);
            last.map_or(Ok(()), |last| check_next(&last, &own, member.get()))?;
            last = Some(own);
            self.accepted.keep(&answer);
        }
        Ok(())
    }
}

/// Is the draft that of this seed, roster and these statements?
fn check_draft(draft: &RequestDraft, seed: &Seed, roster: &Roster, statements: &[Statement]) -> Result<()> {
    if derive_keys(seed, roster)? != draft.hpke_keys {
        return Err(Error::WrongRequest);
    }
    if roster.digest() != draft.roster {
        return Err(Error::RosterMismatch);
    }
    if statements.iter().map(Statement::digest).eq(draft.digests.iter().copied()) {
        Ok(())
    } else {
        Err(Error::UnknownStatement)
    }
}
