//! Operators authorise; members review and answer; everybody judges.

use super::{AnswerIt, Authorise, Review};
use crate::answer::Answer;
use crate::armour::Kind;
use crate::board::{Ignored, Object, Objects, short};
use crate::commands::known::Known;
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::roles::{Knowledge, answering};
use relight::Statement;
use relight::recovery::Review as Reviewed;
use relight::recovery::{Accusation, Authorisation, Request, RequestDraft};
use std::path::Path;

impl Authorise {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let draft = desk.object(Kind::Draft, &self.draft, RequestDraft::decode)?;
        let statements = self.statements.read(desk)?;
        let made = self.authorisations(desk, &draft, &statements)?;
        desk.console.show(draft.display(&statements));
        let nodes: Vec<String> = made.iter().map(|(node, _)| node.clone()).collect();
        desk.console.confirm(&format!("Authorise this with the Blinder of {}?", nodes.join(", ")))?;
        let answer = Answer::new(format!("Authorised for {}.", nodes.join(", ")))
            .say("short_code", draft.short_code())
            .fact("nodes", nodes);
        made.iter().try_fold(answer, |answer, (_, authorisation)| {
            let object = (Kind::Authorisation, &*authorisation.encode());
            self.out.deliver(desk, answer, object, |board| answering::post_authorisation(board, authorisation))
        })
    }

    /// One for each statement that is asked for, and whose Blinder is in the store.
    fn authorisations(
        &self,
        desk: &Desk,
        draft: &RequestDraft,
        statements: &[Statement],
    ) -> Result<Vec<(String, Authorisation)>> {
        let (store, mut made, mut refused) = (desk.store()?, Vec::new(), None);
        let node = |statement: &Statement| statement.header().node.escape_ascii().to_string();
        let meant = |statement: &&Statement| self.node.as_ref().is_none_or(|name| *name == node(statement));
        for statement in statements.iter().filter(meant) {
            match answering::authorise(&store, &desk.console, draft, statement) {
                Ok(authorisation) => made.push((node(statement), authorisation)),
                Err(failure) => refused = Some(failure),
            }
        }
        match (made.is_empty(), refused) {
            (false, _) => Ok(made),
            (true, Some(failure)) => Err(failure),
            (true, None) => Err(Failure::refused("the draft", "no statement of this node was given")),
        }
    }
}

impl Review {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let known = self.known.read(desk, None)?;
        let (request, ignored) = self.find(desk, &known)?;
        let review = review(&request, &known, desk)?;
        Ok(facts(Answer::new(&review), &review).ignoring(&ignored))
    }

    /// The request in the file, or the only good one of this name on the board.
    fn find(&self, desk: &Desk, known: &Knowledge) -> Result<(Request, Ignored)> {
        let name = self.request.as_deref().unwrap_or_default();
        if Path::new(name).is_file() {
            return Ok((desk.object(Kind::Request, Path::new(name), Request::decode)?, Vec::new()));
        }
        let Objects { good, ignored } = answering::requests(&*desk.board()?, known, desk.now()?)?;
        let mut fitting: Vec<_> = good.into_iter().filter(|object| is_named(object, name)).collect();
        match (fitting.pop(), &fitting[..]) {
            (Some(only), []) => Ok((only.value, ignored)),
            (Some(last), others) => {
                let paths = others.iter().chain([&last]).map(|object| object.path.as_str());
                let advice = format!("name one: {}", paths.collect::<Vec<_>>().join(" or "));
                Err(Failure::refused("the request", "there are several on the board").next(advice))
            }
            (None, _) => Err(none(&ignored)),
        }
    }
}

/// By its path on the board, or by how its name begins.
fn is_named(object: &Object<Request>, name: &str) -> bool {
    object.path == name || id(&object.value).starts_with(name)
}

fn none(ignored: &Ignored) -> Failure {
    let why = if ignored.is_empty() { "there is none of this name on the board" } else { "none can be answered" };
    Failure::refused("the request", why).beside(ignored)
}

impl AnswerIt {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let store = desk.store()?;
        let known = self.review.known.read(desk, Some(&store))?;
        let (request, ignored) = self.review.find(desk, &known)?;
        let review = review(&request, &known, desk)?;
        let only = match &self.only[..] {
            [] => Vec::new(),
            nodes => known.of_nodes(nodes)?.iter().map(|statement| statement.digest()).collect(),
        };
        let unsigned = answering::respond(&store, &desk.console, &review, known.roster.party(), &only)?;
        desk.console.show(&review);
        let what =
            if only.is_empty() { "this request".to_owned() } else { format!("for {} alone", self.only.join(", ")) };
        desk.console.confirm(&format!(
            "Does the one who asks read you the code {}, and do you answer {what}?",
            request.draft().short_code()
        ))?;
        let response = answering::sign(&store, &desk.console, &request, &only, unsigned)?;
        let answer = facts(Answer::new(format!("Member {} has answered.", response.member())), &review);
        let object = (Kind::Response, &*response.encode());
        let answer = self.out.deliver(desk, answer, object, |board| answering::post(board, &request, &response))?;
        Ok(answer.fact("member", response.member().get()).ignoring(&ignored))
    }
}

fn review<'a>(request: &'a Request, known: &'a Knowledge, desk: &Desk) -> Result<Reviewed<'a>> {
    Reviewed::new(request, &known.statements, &known.roster, desk.now()?).at(format!("request {}", id(request)))
}

fn facts(answer: Answer, review: &Reviewed<'_>) -> Answer {
    let draft = review.request().draft();
    let statements = review.statements().iter().map(|statement| super::statement_facts(statement));
    answer
        .fact("request", id(review.request()))
        .fact("short_code", draft.short_code())
        .fact("requester", draft.requester().escape_ascii().to_string())
        .fact("expires", draft.expiry().to_string())
        .fact("statements", statements.collect::<Vec<_>>())
}

pub(super) fn judge(desk: &Desk, evidence: &Path, known: &Known) -> Result<Answer> {
    let known = known.read(desk, None)?;
    let accusation = desk.object(Kind::Evidence, evidence, Accusation::decode)?;
    let member = answering::judge(&accusation, &known)?;
    Ok(Answer::new(format!("Member {member} answered badly: the evidence holds.")).fact("member", member.get()))
}

/// By what name a request goes on the board.
fn id(request: &Request) -> String {
    short(&request.draft().attested_digest())
}
