//! A recovery party of three: the third member has a wallet.
#![allow(dead_code)]

use crate::common::{INSECURE, Person, World, text};
use crate::wallet::Wallet;
use serde_json::Value;

/// Three members, at a board.
pub struct Party {
    pub world: World,
    pub members: Vec<Person>,
    pub wallet: Wallet,
}

impl Party {
    /// All have an identity, and are registered.
    pub fn registered() -> Self {
        Self::at(World::new())
    }

    /// The same, at a board.
    pub fn at(world: World) -> Self {
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

    /// One more who registers.
    pub fn join(&mut self, name: &str, index: &str) {
        let person = self.world.person(name);
        person.done(&["identity", "new"]);
        person.done(&["member", "register", "party", index]);
        self.members.push(person);
    }

    /// A member does something that it signs.
    pub fn do_as(&self, member: usize, arguments: &[&str]) -> Value {
        match member {
            2 => self.with_wallet(arguments),
            other => self.members[other].agreed(arguments),
        }
    }

    /// Whoever has a wallet gives each command twice: for the text to sign, and with what the wallet gave back.
    fn with_wallet(&self, arguments: &[&str]) -> Value {
        let file = self.world.root().join("to-sign");
        let unsigned = ["--yes", "--unsigned", file.to_str().unwrap()];
        let why = self.members[2].refused(&[arguments, &unsigned].concat());
        assert!(why.contains("the text to sign is in"), "{why}");
        let signature = self.wallet.sign(&std::fs::read_to_string(&file).unwrap());
        std::fs::remove_file(&file).unwrap();
        self.members[2].agreed(&[arguments, &["--signature", &signature]].concat())
    }

    /// A ceremony for a recovery key is planned; its code.
    pub fn planned(&self) -> String {
        self.plan(&["generate", "party", "--curves", "bls12-381-g1"])
    }

    /// Somebody plans; the code.
    pub fn plan(&self, what: &[&str]) -> String {
        let plan = self.members[0].done(&[&["ceremony", "plan"], what, INSECURE].concat());
        text(&plan, "code").to_owned()
    }

    /// These deal.
    pub fn deal(&self, code: &str, dealers: &[usize]) {
        dealers.iter().for_each(|member| _ = self.do_as(*member, &["ceremony", "deal", code]));
    }

    /// These confirm.
    pub fn confirm(&self, code: &str, recipients: &[usize]) {
        recipients.iter().for_each(|member| _ = self.do_as(*member, &["ceremony", "confirm", code]));
    }

    /// These finish, and have the same keys; what the first of them is told.
    pub fn finish(&self, code: &str, who: &[usize]) -> Value {
        let finish = |member: &usize| self.members[*member].agreed(&["ceremony", "finish", code]);
        let outcomes: Vec<Value> = who.iter().map(finish).collect();
        assert!(outcomes.iter().all(|outcome| outcome["keys"] == outcomes[0]["keys"]));
        outcomes[0].clone()
    }

    /// A whole ceremony: these deal, those receive.
    pub fn hold(&self, code: &str, dealers: &[usize], recipients: &[usize]) -> Value {
        self.deal(code, dealers);
        self.confirm(code, recipients);
        self.finish(code, recipients)
    }

    /// The party has its recovery key: the code of the ceremony, and the key.
    pub fn with_key(&self) -> (String, String) {
        let code = self.planned();
        let outcome = self.hold(&code, &[0, 1, 2], &[0, 1, 2]);
        assert_eq!(outcome["shares"], 1);
        (code, outcome["keys"][0].as_str().unwrap().to_owned())
    }

    /// The names of the files of a member's shares.
    pub fn shares(&self, member: usize) -> Vec<String> {
        let folders = std::fs::read_dir(self.members[member].home.join("shares")).into_iter().flatten();
        let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
        let mut names: Vec<String> = files.map(|file| file.unwrap().path().display().to_string()).collect();
        names.sort();
        names
    }
}
