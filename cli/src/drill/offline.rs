//! An operator's offline machine: a stick brings a draft and a statement, and takes 145 bytes back.

use super::claims::claim;
use super::files::measure;
use super::participant::Participant;
use super::recovery::Fresh;
use super::site::Site;
use super::story::Story;
use crate::armour::Kind;
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::files;
use crate::roles::answering;
use relight::Statement;
use relight::recovery::{Authorisation, RequestDraft};
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
        files::create(&self.path.join("draft"), &draft.encode())?;
        files::create(&self.path.join("statement"), &statement.encode()).map(drop)
    }

    /// What is brought back.
    pub(crate) fn authorisation(&self, desk: &Desk) -> Result<Authorisation> {
        desk.object(Kind::Authorisation, &self.authorisation_path(), Authorisation::decode)
    }

    fn draft(&self, desk: &Desk) -> Result<RequestDraft> {
        desk.object(Kind::Draft, &self.path.join("draft"), RequestDraft::decode)
    }

    fn statement(&self, desk: &Desk) -> Result<Statement> {
        desk.object(Kind::Statement, &self.path.join("statement"), Statement::decode)
    }

    fn authorisation_path(&self) -> PathBuf {
        self.path.join("authorisation")
    }
}

/// Every operator looks at what its sticks brought, and authorises it with its Blinder.
pub(crate) fn authorise_all(story: &mut Story<'_>, site: &Site, machines: &[Fresh]) -> Result<()> {
    story.scene("The operators authorise, each on its offline machine")?;
    let first = machines.first().ok_or_else(|| Failure::because("there are no machines"))?;
    let (stick, desk) = (Stick::new(site, first, first), site.operator(first).desk());
    let (draft, statement) = (stick.draft(&desk)?, [stick.statement(&desk)?]);
    story.say(format!("a stick brings two files; this is what the operator of {} reads:", first.label()))?;
    draft.display(&statement).to_string().lines().try_for_each(|line| story.say(format!("│ {line}")))?;
    let errands = machines.iter().map(|machine| machine.asks_for.len()).sum::<usize>();
    let what = format!("{errands} times a Blinder authorises a draft");
    story.work(what, machines, |node| authorise(site, machines, node))?;
    for machine in machines {
        for node in &machine.asks_for {
            let (_, bytes) = measure(&Stick::new(site, machine, node).authorisation_path())?;
            claim(bytes == AUTHORISATION_LEN, "an authorisation has its length")?;
        }
    }
    story.check(format!("{AUTHORISATION_LEN} bytes come back on each stick; no Blinder has left its machine"))
}

/// On the offline machine of a node's operator there is nothing but the sticks and the Blinder.
fn authorise(site: &Site, machines: &[Fresh], node: &Participant) -> Result<()> {
    let (desk, operator) = (site.operator(node).desk(), site.operator(node));
    let store = operator.store()?;
    let asking = machines.iter().filter(|machine| machine.asks_for.iter().any(|one| one.index == node.index));
    for stick in asking.map(|machine| Stick::new(site, machine, node)) {
        let (draft, statement) = (stick.draft(&desk)?, stick.statement(&desk)?);
        let authorisation = answering::authorise(&store, &desk.console, &draft, &statement)?;
        files::create(&stick.authorisation_path(), &authorisation.encode())?;
    }
    Ok(())
}

/// The code that an operator reads aloud.
pub(crate) fn short_code(site: &Site, machine: &Participant) -> Result<String> {
    let draft = Stick::new(site, machine, machine).draft(&site.operator(machine).desk())?;
    Ok(draft.short_code())
}
