//! A party of three makes its recovery key, each with the program as a process of its own; one has a wallet.

mod common;
#[path = "common/wallet.rs"]
mod wallet;

use common::{Person, World, text};
use serde_json::{Value, json};
use wallet::Wallet;

/// A person with a wallet gives each command twice: for the text to sign, and with what the wallet gave back.
fn with_wallet(world: &World, person: &Person, wallet: &Wallet, arguments: &[&str]) -> Value {
    let file = world.root().join("to-sign");
    let path = file.to_str().unwrap();
    let why = person.refused(&[arguments, &["--yes", "--unsigned", path]].concat());
    assert!(why.contains("the text to sign is in"), "{why}");
    let signature = wallet.sign(&std::fs::read_to_string(&file).unwrap());
    std::fs::remove_file(&file).unwrap();
    person.agreed(&[arguments, &["--signature", &signature]].concat())
}

/// Three members; the third one has a wallet.
struct Party {
    world: World,
    members: Vec<Person>,
    wallet: Wallet,
}

impl Party {
    fn registered() -> Self {
        let world = World::new();
        let members: Vec<Person> = ["ada", "bob", "cyn"].iter().map(|name| world.person(name)).collect();
        let party = Self { world, members, wallet: Wallet::new([7; 32]) };
        party.members[0].done(&["identity", "new"]);
        party.members[1].done(&["identity", "new"]);
        party.do_as(2, &["identity", "wallet", &party.wallet.address()]);
        for (member, index) in ["1", "2", "3"].iter().enumerate() {
            party.do_as(member, &["member", "register", "party", index]);
        }
        party
    }

    /// A member does something that it signs.
    fn do_as(&self, member: usize, arguments: &[&str]) -> Value {
        match member {
            2 => with_wallet(&self.world, &self.members[2], &self.wallet, arguments),
            other => self.members[other].agreed(arguments),
        }
    }

    fn planned(&self) -> String {
        let plan = ["ceremony", "plan", "generate", "party", "--curves", "bls12-381-g1"];
        text(&self.members[0].done(&plan), "code").to_owned()
    }

    fn dealt(&self) -> String {
        let code = self.planned();
        (0..3).for_each(|member| _ = self.do_as(member, &["ceremony", "deal", &code]));
        code
    }

    fn closed(&self) -> String {
        let code = self.dealt();
        (0..3).for_each(|member| _ = self.do_as(member, &["ceremony", "confirm", &code]));
        code
    }

    fn finished(&self) -> (String, Value) {
        let code = self.closed();
        let finish = ["ceremony", "finish", &code];
        let outcomes: Vec<Value> = self.members.iter().map(|member| member.done(&finish)).collect();
        assert!(outcomes.iter().all(|outcome| outcome["keys"] == outcomes[0]["keys"] && outcome["shares"] == 1));
        (code, outcomes[0].clone())
    }
}

#[test]
fn a_party_of_three_makes_its_recovery_key() {
    let party = Party::registered();
    let (code, outcome) = party.finished();
    let roster = party.members[1].done(&["roster", "make", &code])["roster"].clone();
    assert_eq!((&roster["recovery_key"], &roster["members"]), (&outcome["keys"][0], &json!([1, 2, 3])));
    let status = party.members[2].done(&["ceremony", "status", &code]);
    assert_eq!((&status["closed"], &status["to_confirm"]), (&json!(true), &json!([])));
    // Whoever joins the board from outside sees the same roster.
    let seen = party.world.stranger("eve").done(&["roster", "show", "party"]);
    assert_eq!(seen["rosters"], json!([roster]));
}
