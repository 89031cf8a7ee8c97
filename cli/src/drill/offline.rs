//! An operator's offline machine: a stick brings a draft and a statement, and takes 145 bytes back.

use super::claims::claim;
use super::files;
use super::operator::fetch_blinder;
use super::participant::Participant;
use super::recovery::asked_by;
use super::site::Site;
use super::story::Story;
use crate::failure::{Failure, Result, While};
use relight::{
    Statement,
    recovery::{Authorisation, RequestDraft},
};
use std::path::PathBuf;

const AUTHORISATION_LEN: u64 = 145;

/// What is carried between a machine that asks and the offline machine of the operator of a node.
pub(crate) struct Stick {
    path: PathBuf,
}

impl Stick {
    pub(crate) fn new(site: &Site, machine: &Participant, node: &Participant) -> Self {
        Self { path: site.root.join("sticks").join(format!("{}-to-{}", machine.label(), node.label())) }
    }

    pub(crate) fn load(&self, draft: &RequestDraft, statement: &Statement) -> Result<()> {
        files::write(&self.draft_path(), &draft.encode())?;
        files::write(&self.statement_path(), &statement.encode())
    }

    /// What is brought back.
    pub(crate) fn authorisation(&self) -> Result<Authorisation> {
        files::decode(&self.authorisation_path(), Authorisation::decode)
    }

    fn draft(&self) -> Result<RequestDraft> {
        files::decode(&self.draft_path(), RequestDraft::decode)
    }

    fn statement(&self) -> Result<Statement> {
        files::decode(&self.statement_path(), Statement::decode)
    }

    fn draft_path(&self) -> PathBuf {
        self.path.join("draft")
    }

    fn statement_path(&self) -> PathBuf {
        self.path.join("statement")
    }

    fn authorisation_path(&self) -> PathBuf {
        self.path.join("authorisation")
    }
}

/// Every operator looks at what its stick brought, and authorises it with its Blinder.
pub(crate) fn authorise_all(story: &mut Story<'_>, site: &Site, machines: &[Participant]) -> Result<()> {
    story.scene("The operators authorise, each on its offline machine")?;
    let first = machines.first().ok_or_else(|| Failure::because("there are no machines".to_owned()))?;
    let stick = Stick::new(site, first, first);
    let (draft, statement) = (stick.draft()?, [stick.statement()?]);
    story.say(format!("a stick brings two files; this is what the operator of {} reads:", first.label()))?;
    draft.display(&statement).to_string().lines().try_for_each(|line| story.say(format!("│ {line}")))?;
    let errands: Vec<_> = machines.iter().flat_map(|machine| pairs(machine, machines)).collect();
    let what = format!("{} times a Blinder authorises a draft", errands.len());
    story.work(what, &errands, |(machine, node)| authorise(site, machine, node))?;
    let lengths = errands.iter().map(|(machine, node)| {
        files::measure(&Stick::new(site, machine, node).authorisation_path()).map(|(_, bytes)| bytes)
    });
    let lengths = lengths.collect::<Result<Vec<_>>>()?;
    claim(lengths.iter().all(|bytes| *bytes == AUTHORISATION_LEN), "an authorisation has its length")?;
    story.check(format!("{AUTHORISATION_LEN} bytes come back on each stick; no Blinder has left its machine"))
}

fn pairs<'a>(machine: &'a Participant, machines: &'a [Participant]) -> Vec<(&'a Participant, &'a Participant)> {
    asked_by(machine, machines).iter().map(|node| (machine, node)).collect()
}

/// On the offline machine of a node's operator there is nothing but the stick and the Blinder.
fn authorise(site: &Site, machine: &Participant, node: &Participant) -> Result<()> {
    let (stick, blinder) = (Stick::new(site, machine, node), fetch_blinder(site, node)?);
    let authorisation = Authorisation::new(&stick.draft()?, &stick.statement()?, &blinder, &mut rand::rng());
    files::write(&stick.authorisation_path(), &authorisation.at(node.label())?.encode())
}

/// The code that an operator reads aloud.
pub(crate) fn short_code(site: &Site, machine: &Participant) -> Result<String> {
    Ok(Stick::new(site, machine, machine).draft()?.short_code())
}
