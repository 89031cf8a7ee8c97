//! `relight audit`: could the network be restored from the backups that there are?

use super::out;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::failure::Result;
use crate::report;
use crate::roles::custodian::{self, Audit as Found};
use clap::Args;
use relight::bundle::VerifiedBundle;
use std::path::PathBuf;

/// Could the network be restored? Verifies all backups, and says which nodes lack one
///
/// The exit status is 0 if the network could be restored, and 1 if not.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  relight audit 'Example network'\n  \
                        relight audit 'Example network' --backups /srv/backups --html report.html")]
pub struct Audit {
    /// The network, of which you trust a bundle
    network: String,
    /// A folder of backups, instead of those on the board
    #[arg(long, value_name = "DIR")]
    backups: Option<PathBuf>,
    /// Write the report as a page to this file, with a plot over all epochs of which you trust a bundle
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl Audit {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let store = desk.store()?;
        let (former, current) = custodian::history(&store, self.network.as_bytes())?;
        let (found, ignored) = match &self.backups {
            Some(folder) => custodian::in_folder(folder)?,
            None => custodian::on_board(&*desk.board()?, self.network.as_bytes())?,
        };
        let audit = look(desk, &current, &found)?;
        let mut answer = report::lines(&audit).into_iter().fold(Answer::default(), Answer::line);
        answer = answer.fact("audit", report::facts(&audit)).ignoring(&ignored);
        if let Some(path) = &self.html {
            let mut history = Vec::new();
            for bundle in &former {
                let coverage = look(desk, bundle, &found)?.coverage;
                history.push((bundle.network().epoch, report::survivable(&coverage)));
            }
            history.push((current.network().epoch, report::survivable(&audit.coverage)));
            out::write(path, report::page(&audit, &history))?;
            answer = answer.say("page", path.display());
        }
        Ok(if audit.coverage.recoverable() { answer } else { answer.unsatisfied() })
    }
}

fn look(desk: &Desk, bundle: &VerifiedBundle, found: &[custodian::Found]) -> Result<Found> {
    let bar = desk.console.progress("verifying backups", found.len() as u64);
    let audit = custodian::audit(bundle, found, |done| bar.set_position(done as u64));
    bar.finish_and_clear();
    audit
}
