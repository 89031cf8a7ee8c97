//! `relight rescue`: a backup is opened with nothing but files.

use super::{bring, known};
use crate::answer::Answer;
use crate::armour::Kind;
use crate::desk::Desk;
use crate::failure::{Result, While};
use crate::roles::backups;
use crate::roles::rescue::{self, Findings, Material};
use clap::Args;
use relight::KeyShare;
use relight::recovery::Session;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  relight rescue node-1.backup --share ada.share --share ben.share --share eve.share
  relight rescue node-1.backup --unlock-key node-1.signature --blinder blinder.hex
  relight rescue node-1.backup --session session.hex --answer ada.response --answer ben.response --party 'Example party'

Shares of the recovery key, the session and the Blinder are secret objects as chapter 15 of the specification has them: as
they are, or in hexadecimal. The unlock key is a BLS signature under the recovery key, 96 bytes.";

/// Open a backup with nothing but files: no board, no request
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Rescue {
    /// The backup
    backup: PathBuf,
    /// A member's share of the recovery key; repeat it for as many as the threshold
    #[arg(long, value_name = "FILE", required_unless_present_any = ["unlock_key", "session"])]
    share: Vec<PathBuf>,
    /// The unlock key that the members' decryption shares combine to
    #[arg(long, value_name = "FILE", conflicts_with_all = ["share", "session"])]
    unlock_key: Option<PathBuf>,
    /// The session of a fresh node
    #[arg(long, value_name = "FILE", requires = "party", conflicts_with = "share")]
    session: Option<PathBuf>,
    /// A member's answer to that session
    #[arg(long, value_name = "FILE", requires = "session")]
    answer: Vec<PathBuf>,
    /// The Blinder; without this you are asked for it
    #[arg(long, value_name = "FILE")]
    blinder: Option<PathBuf>,
    /// The statement that the backup should make, if you know it
    #[arg(long, value_name = "FILE")]
    statement: Option<PathBuf>,
    /// The roster of the recovery party, if you have it
    #[arg(long, value_name = "FILE", requires = "party")]
    roster: Option<PathBuf>,
    /// The name of the recovery party
    #[arg(long, value_name = "NAME")]
    party: Option<String>,
}

impl Rescue {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let (store, mut findings) = (desk.store()?, Findings::default());
        let (material, known) = (self.material(desk)?, self.known(desk)?);
        let bytes = desk.bytes(Kind::Backup, &self.backup)?;
        let backup = known.verify(&bytes, &material, &mut findings)?;
        let statement = backup.statement();
        let unlock = material.unlock(statement, &mut findings)?;
        let blinder = bring::blinder(desk, &store, self.blinder.as_deref(), statement)?;
        let shares = rescue::open(&backup, &unlock, &blinder, &mut findings)?;
        let set = backups::keep(&store, &desk.console, statement, &shares)?;
        let answer =
            Answer::new(format!("{} is open: its shares are in the store as {set}.", backups::describe(statement)));
        Ok(report(answer.fact("set", set), &findings))
    }

    fn known(&self, desk: &Desk) -> Result<rescue::Known> {
        let statement = self.statement.as_ref().map(|path| known::statement(desk, path)).transpose()?;
        let roster = self.roster.as_ref().map(|path| known::roster(desk, path, self.party()));
        Ok(rescue::Known { statement, roster: roster.transpose()? })
    }

    fn material(&self, desk: &Desk) -> Result<Material> {
        if let Some(path) = &self.unlock_key {
            return Ok(Material::Unlock(bring::secret_object(path)?.to_vec()));
        }
        let Some(path) = &self.session else {
            return self.share.iter().map(|path| share(path)).collect::<Result<_>>().map(Material::Shares);
        };
        let session = Session::decode(self.party().as_bytes(), &bring::secret_object(path)?).at(path.display())?;
        let answers =
            self.answer.iter().map(|path| Ok((path.display().to_string(), desk.bytes(Kind::Response, path)?)));
        Ok(Material::Session(Box::new(session), answers.collect::<Result<_>>()?))
    }

    fn party(&self) -> &str {
        self.party.as_deref().unwrap_or_default()
    }
}

fn share(path: &Path) -> Result<(String, KeyShare)> {
    let at = path.display().to_string();
    let share = KeyShare::decode(&bring::secret_object(path)?).at(&at)?;
    Ok((at, share))
}

fn report(answer: Answer, findings: &Findings) -> Answer {
    let checked = findings.checked.iter().fold(answer, |answer, what| answer.line(format!("checked: {what}")));
    let all = findings.unchecked.iter().fold(checked, |answer, what| answer.line(format!("NOT checked: {what}")));
    all.fact("checked", &findings.checked).fact("unchecked", &findings.unchecked).ignoring(&findings.ignored)
}
