//! What people do, from their registrations to a restored node, as a list: one line for each command.
//!
//! A word may name what an earlier step said: `{plan.code}` is the fact `code` of the step `plan`. `{party}`, `{network}`,
//! `{epoch}`, `{board}` and `{root}` are those of the world in which the list is played.

/// One command of somebody.
pub struct Step {
    /// Who gives it.
    pub who: &'static str,
    /// The step's name, by which others refer to what it said.
    pub name: &'static str,
    /// The command, in words that single spaces divide.
    pub command: &'static str,
    /// Does it look at the board?
    pub public: bool,
    /// The kinds of files that it looks for on the board: what is invented among them it ignores, and names.
    pub reads: &'static [&'static str],
}

const fn step(who: &'static str, name: &'static str, command: &'static str, reads: &'static [&'static str]) -> Step {
    Step { who, name, command, public: true, reads }
}

/// What somebody does without the board.
const fn alone(who: &'static str, name: &'static str, command: &'static str) -> Step {
    Step { who, name, command, public: false, reads: &[] }
}

/// Everybody who has a store.
pub const PEOPLE: &[&str] = &["ada", "bob", "cyn", "operator", "node", "custodian", "older", "fresh"];

/// What a member or node knows from elsewhere than the board.
const PLAN: &str = "ceremony plan generate {party} --curves bls12-381-g1 --threshold 2 --parameters insecure \
                    --members 1:{ada.address},2:{bob.address},3:{cyn.address}";
const BUNDLE: &str = "network bundle {network} --epoch {epoch} --party {party} --roster {board}/{roster.path} \
                      --recovery-ceremony {plan.code} --roots {root}/roots --node node-1={operator.address} \
                      --parameters insecure";
const BACKUP: &str = "backup make --network {network} --node node-1 --operator {root}/operator.public --party {party} \
                      --roster {board}/{roster.path} --write-statement {root}/statement --parameters insecure";
const OLDER: &str = "request draft --requester older --valid-for 1h --party {party} --roster {board}/{roster.path} \
                     --statement {root}/statement";
const OLDER_ANSWER: &str = "request answer {older-send.posted} --party {party} --roster {board}/{roster.path} \
                            --statement {root}/statement";
const DRAFT: &str = "request draft --requester fresh --valid-for 1h --party {party} --roster {board}/{roster.path} \
                     --statement {root}/statement";
const REVIEW: &str = "request review {send.posted} --party {party} --roster {board}/{roster.path} \
                      --statement {root}/statement";
const ANSWER: &str = "request answer {send.posted} --party {party} --roster {board}/{roster.path} \
                      --statement {root}/statement";

const DEALT: &[&str] = &["dealing", "confirmation"];

/// The whole story.
pub const STEPS: &[Step] = &[
    alone("ada", "ada", "identity new"),
    alone("bob", "bob", "identity new"),
    alone("cyn", "cyn", "identity new"),
    alone("operator", "operator", "identity new"),
    step("ada", "register-ada", "member register {party} 1", &[]),
    step("bob", "register-bob", "member register {party} 2", &[]),
    step("cyn", "register-cyn", "member register {party} 3", &[]),
    step("ada", "members", "member show {party}", &["member-registration"]),
    step("ada", "older-plan", PLAN, &[]),
    step("ada", "older-deal", "ceremony deal {older-plan.code}", &[]),
    step("ada", "plan", PLAN, &[]),
    step("ada", "plans", "ceremony show", &["ceremony"]),
    step("ada", "deal-ada", "ceremony deal {plan.code}", &[]),
    step("bob", "deal-bob", "ceremony deal {plan.code}", &[]),
    step("cyn", "deal-cyn", "ceremony deal {plan.code}", &[]),
    step("ada", "check", "ceremony check {plan.code}", &["dealing", "confirmation", "certificate"]),
    step("ada", "confirm-ada", "ceremony confirm {plan.code}", DEALT),
    step("bob", "confirm-bob", "ceremony confirm {plan.code}", DEALT),
    step("cyn", "confirm-cyn", "ceremony confirm {plan.code}", DEALT),
    step("ada", "status", "ceremony status {plan.code}", &["dealing", "confirmation", "certificate"]),
    step("ada", "finish-ada", "ceremony finish {plan.code}", DEALT),
    step("bob", "finish-bob", "ceremony finish {plan.code}", DEALT),
    step("cyn", "finish-cyn", "ceremony finish {plan.code}", DEALT),
    step("ada", "roster", "roster make {plan.code}", &[]),
    step("ada", "rosters", "roster show {party}", &["roster"]),
    alone("operator", "blinder", "blinder new --for node-1"),
    step(
        "operator",
        "register-blinder",
        "blinder register --for node-1 --network {network}",
        &["blinder-registration"],
    ),
    step("ada", "bundle", BUNDLE, &["blinder-registration"]),
    step("custodian", "trust", "network trust {network} --code {bundle.code}", &["bundle"]),
    alone("node", "import", "node shares import {root}/shares"),
    step("node", "backup", BACKUP, &["blinder-registration"]),
    step("custodian", "verify", "backup verify --statement {root}/statement", &[]),
    step("custodian", "audit", "audit {network}", &[]),
    step("older", "older-draft", OLDER, &[]),
    step("operator", "older-authorise", "request authorise {older-draft.posted} --statement {root}/statement", &[]),
    step("older", "older-send", "request send", &["authorisation"]),
    step("ada", "older-answer", OLDER_ANSWER, &["request"]),
    step("fresh", "draft", DRAFT, &[]),
    step("operator", "authorise", "request authorise {draft.posted} --statement {root}/statement", &[]),
    step("fresh", "send", "request send", &["authorisation"]),
    step("ada", "review", REVIEW, &["request"]),
    step("ada", "answer-ada", ANSWER, &["request"]),
    step("cyn", "answer-cyn", ANSWER, &["request"]),
    step("fresh", "take", "request take", &["response"]),
    step("fresh", "open", "request open --blinder {root}/blinder", &[]),
    alone("fresh", "restored", "node shares list"),
];
