//! What a fresh node does: it asks the recovery party, takes answers, and opens what was lost.

use super::backups;
use super::knowledge::Knowledge;
use crate::armour::Kind;
use crate::board::{Board, Findings, Found, Ignored, Objects, Place, short};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::recovery::{Accusation, Authorisation, Progress, Request, Session};
use relight::sharing::PartyIndex;
use relight::{Blinder, Error, KeyShare, Statement, StatementDigest, Timestamp, VerifiedBackup};

const FOLDER: &str = "sessions";

/// A recovery in the store of a fresh node. It is sealed after every step, and goes on after a restart.
pub struct Recovery<'a> {
    store: &'a Store,
    session: Session,
}

/// What came of the answers that were found.
pub struct Taken {
    /// Where the recovery stands.
    pub progress: Progress,
    /// Answers that do not count, and why.
    pub refused: Ignored,
}

impl<'a> Recovery<'a> {
    /// Begins one: for these statements, in the name of the requester, until the expiry.
    ///
    /// # Errors
    ///
    /// If a statement is not of this recovery party, or not of one network; if the expiry is too far away.
    pub fn draft(
        store: &'a Store,
        Knowledge { party, roster, .. }: &Knowledge,
        statements: &[&Statement],
        requester: &str,
        [now, expiry]: [Timestamp; 2],
    ) -> Result<Self> {
        let statements = statements.iter().copied().cloned().collect();
        let session = Session::new(roster.clone(), statements, requester.as_bytes(), now, expiry, &mut rand::rng())
            .at("the draft")?;
        let recovery = Self { store, session };
        store.keep(&recovery.party_name(), party)?;
        store.seal(&recovery.name(), &recovery.session.encode())?;
        Ok(recovery)
    }

    /// Goes on with the one whose name begins so; without a name, with the only one.
    ///
    /// # Errors
    ///
    /// If there is none, or more than one, or it does not open.
    pub fn resume(store: &'a Store, console: &Console, name: Option<&str>) -> Result<Self> {
        let path = choose(store.secrets(FOLDER)?, name.unwrap_or_default())?;
        let party = store.kept(&format!("{path}.party"))?.unwrap_or_default();
        let session = Session::decode(&party, &store.secret(&path, console)?).at(&path)?;
        Ok(Self { store, session })
    }

    /// The state of it.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// By what name it goes: that of its place on the board.
    pub fn id(&self) -> String {
        short(&self.session.draft().attested_digest())
    }

    /// Posts the draft, and beside it what it asks for, and gives its path. Who relies on a statement knows it from elsewhere.
    ///
    /// # Errors
    ///
    /// If the board refuses.
    pub fn post_draft(&self, board: &dyn Board) -> Result<String> {
        for statement in self.session.statements() {
            board.post(&self.place(), statement.digest().to_string(), Kind::Statement, &statement.encode())?;
        }
        let draft = self.session.draft();
        board.post(&Place::Requests, draft.network(), Kind::Draft, &draft.encode())
    }

    /// Attaches an attestation: once, and before any answer arrives.
    ///
    /// # Errors
    ///
    /// If there is another one, or an answer was accepted; or if the disk refuses.
    pub fn attest(&mut self, attestation: &[u8]) -> Result<()> {
        self.session.attest(attestation).at("the attestation")?;
        self.save()
    }

    /// Takes an authorisation.
    ///
    /// # Errors
    ///
    /// If it is for another draft or statement, or not made with the Blinder.
    pub fn authorise(&mut self, authorisation: &Authorisation) -> relight::Result<()> {
        self.session.authorise(authorisation)
    }

    /// Takes the authorisations on the board. The caller [saves](Self::save) it.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    pub fn collect_authorisations(&mut self, board: &dyn Board) -> Result<Ignored> {
        let Objects { good, mut ignored } = board.objects(&self.place(), Kind::Authorisation, Authorisation::decode)?;
        for object in good {
            if let Err(failure) = self.session.authorise(&object.value).at(&object.path) {
                ignored.push((object.path, failure));
            }
        }
        Ok(ignored)
    }

    /// The request, if every statement in it is authorised.
    ///
    /// # Errors
    ///
    /// Whose authorisation is missing.
    pub fn request(&self) -> Result<Request> {
        self.session.request().map_err(|error| match error {
            Error::Unauthorised(place) => self.unauthorised(place),
            other => Failure::protocol("the request", other),
        })
    }

    /// Posts the request, and gives its path.
    ///
    /// # Errors
    ///
    /// As for [`Recovery::request`], and if the board refuses.
    pub fn send(&self, board: &dyn Board) -> Result<String> {
        board.post(&Place::Requests, self.session.draft().network(), Kind::Request, &self.request()?.encode())
    }

    /// Takes the answers on the board. A bad one changes nothing, and does not keep others from being taken.
    ///
    /// # Errors
    ///
    /// If there is no request yet, the board cannot be reached, or the store refuses.
    pub fn take(&mut self, board: &dyn Board, now: Timestamp) -> Result<Taken> {
        self.request()?;
        let Findings { found, mut damaged } = board.find(&self.place(), Kind::Response)?;
        for Found { path, bytes, .. } in found {
            if let Err(failure) = self.receive(&bytes, now).at(&path) {
                damaged.push((path, failure));
            }
        }
        self.save()?;
        Ok(Taken { progress: self.session.progress(), refused: damaged })
    }

    /// Takes one answer.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn receive(&mut self, bytes: &[u8], now: Timestamp) -> relight::Result<Progress> {
        self.session.receive(bytes, now)
    }

    /// Writes down where it stands.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn save(&self) -> Result<()> {
        self.store.reseal(&self.name(), &self.session.encode())
    }

    /// What can be shown to everybody of an answer that was bad.
    ///
    /// # Errors
    ///
    /// If nothing is wrong with it, or no member signed it.
    pub fn accuse(&self, response: &[u8]) -> Result<Accusation> {
        self.session.accuse(response).at("the accusation")
    }

    /// Posts an accusation of a member, and gives its path.
    ///
    /// # Errors
    ///
    /// If the board refuses.
    pub fn post_accusation(board: &dyn Board, member: PartyIndex, accusation: &Accusation) -> Result<String> {
        board.post(&Place::Evidence, member.to_string(), Kind::Evidence, &accusation.encode())
    }

    /// Opens a backup that was asked for.
    ///
    /// # Errors
    ///
    /// If too few have answered for it, or the Blinder is another one.
    pub fn open(&self, backup: &VerifiedBackup, blinder: &Blinder) -> Result<Vec<KeyShare>> {
        let what = backups::describe(backup.statement());
        let unlock = self.session.unlock_key(&backup.statement().digest()).at(&what)?;
        backup.open(&unlock, blinder).at(what)
    }

    /// Ends it, when all its shares are in the store.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn end(self) -> Result<()> {
        self.store.remove_secret(&self.name())
    }

    /// How many more answers a statement needs.
    pub fn needed(&self, digest: &StatementDigest) -> u16 {
        let asked = self.session.draft().digests().iter().zip(self.session.progress().statements);
        asked.into_iter().find(|(asked, _)| *asked == digest).map_or(0, |(_, needed)| needed)
    }

    fn unauthorised(&self, place: u16) -> Failure {
        let statement = self.session.statements().get(usize::from(place));
        let what = statement.map_or_else(|| "the request".to_owned(), backups::describe);
        Failure::refused(what, "its operator has not authorised the request with the Blinder")
            .next("bring the draft to the operator: relight request authorise; then relight request send again")
    }

    fn place(&self) -> Place {
        Place::Request(self.session.draft().attested_digest())
    }

    fn name(&self) -> String {
        format!("{FOLDER}/{}", self.id())
    }

    fn party_name(&self) -> String {
        format!("{}.party", self.name())
    }
}

/// The only one of these paths whose name begins so.
fn choose(paths: Vec<String>, name: &str) -> Result<String> {
    let prefix = format!("{FOLDER}/{name}");
    let mut fitting = paths.into_iter().filter(|path| path.starts_with(&prefix));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => {
            Err(Failure::refused("the request", "the store has none of this name")
                .next("begin one: relight request draft"))
        }
        (Some(one), Some(other)) => {
            let [one, other] = [one, other].map(|path| path.replace(&format!("{FOLDER}/"), ""));
            Err(Failure::refused("the request", "which of them?").next(format!("name it: {one} or {other}")))
        }
    }
}
