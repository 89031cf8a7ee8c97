//! Wallets do everything that identity keys do, tried with two wallet libraries: `core/tests/wallets/check.sh` installs
//! them and runs this.

use num_bigint::BigUint;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{dealing::*, identity::*, recovery::*, registration::*, *};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

type Done = Result<()>;

/// A wallet of a library: it knows its key, and tells its address and signatures.
struct Wallet {
    command: Vec<String>,
    key: String,
}

impl Wallet {
    fn new(variable: &str) -> Self {
        let command = std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run check.sh"));
        let key = hex::encode(rand::random::<[u8; 32]>());
        Self { command: command.split(' ').map(str::to_owned).collect(), key: format!("0x{key}") }
    }

    /// What the library says to texts.
    fn ask(&self, texts: &[&str]) -> Value {
        let (program, arguments) = self.command.split_first().unwrap();
        let mut child =
            Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let question = json!({"key": self.key, "texts": texts}).to_string();
        child.stdin.take().unwrap().write_all(question.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn address(&self) -> String {
        self.ask(&[])["address"].as_str().unwrap().to_owned()
    }

    /// All forms in which a signature may come back.
    fn sign(&self, text: &str) -> Vec<Vec<u8>> {
        let answer = self.ask(&[text]);
        let full = unhex(&answer["signatures"][0]);
        let library = answer.get("compact").map(|compact| unhex(&compact[0]));
        forms(&full).into_iter().chain(library).collect()
    }
}

fn unhex(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap().trim_start_matches("0x")).unwrap()
}

/// 65 bytes with either v, 64 bytes, those of EIP-2098, and with the higher s.
fn forms(full: &[u8]) -> Vec<Vec<u8>> {
    let (rs, v) = (&full[..64], full[64] % 27);
    let mut compact = rs.to_vec();
    compact[32] |= v << 7;
    let higher = [&rs[..32], &negated(&rs[32..])].concat();
    let with_v = |rs: &[u8], v: u8| [rs, &[v]].concat();
    vec![full.to_vec(), with_v(rs, v), with_v(rs, v + 27), rs.to_vec(), compact, with_v(&higher, 28 - v), higher]
}

/// n - s, for the order n of secp256k1.
fn negated(s: &[u8]) -> [u8; 32] {
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    let order = BigUint::parse_bytes(order.as_bytes(), 16).unwrap();
    let bytes = (order - BigUint::from_bytes_be(s)).to_bytes_be();
    std::array::from_fn(|place| (place + bytes.len()).checked_sub(32).map_or(0, |place| bytes[place]))
}

/// Completes an object in every form, and gives one of the results, which are all alike.
fn complete<T: Signed + Clone + PartialEq + std::fmt::Debug>(wallet: &Wallet, unsigned: Unsigned<T>) -> T {
    let forms = wallet.sign(&unsigned.wallet_text());
    let mut made = forms.iter().map(|form| unsigned.clone().complete(form).unwrap());
    let first = made.next().unwrap();
    made.for_each(|other| assert_eq!(other, first));
    first
}

fn introduce(wallet: &Wallet) -> IdentityPublicKey {
    let signature = wallet.sign(&IdentityPublicKey::introduction(b"party")).swap_remove(0);
    let identity = IdentityPublicKey::introduce(b"party", None, &signature).unwrap();
    assert_eq!(identity.address().to_string(), wallet.address());
    identity
}

/// A party of one, whose identity lives in the wallet, generates its key and closes the ceremony.
fn generate(wallet: &Wallet, member: &MemberRegistration, key: &MemberKey) -> Result<(Roster, KeyShare)> {
    let (index, rng) = (member.index(), &mut rand::rng());
    let ceremony = Ceremony::new(Plan {
        parameters: ParameterSet::Fast,
        name: b"party".to_vec(),
        nonce: Plan::random_nonce(rng),
        epoch: 1,
        threshold: 1,
        keys: Keys::Generate(vec![CurveId::Bls12381G1]),
        dealers: vec![member.into()],
        recipients: vec![member.into()],
    })?;
    let dealing = complete(wallet, ceremony.deal_unsigned(index, key, &[], rng)?);
    let mut dealings = Dealings::new(&ceremony);
    dealings.receive(&dealing.encode())?;
    let mut confirmations = Confirmations::new(&ceremony);
    confirmations.receive(&complete(wallet, dealings.confirm(index, key)?).encode())?;
    let certificate = confirmations.certificate()?.verify(&ceremony)?;
    let mut outcome = dealings.close(certificate)?.finish(index, key)?;
    let roster = Roster::new(b"party", outcome.public.keys.remove(0), vec![RosterMember::new(member.clone())])?;
    Ok((roster, outcome.shares.remove(0)))
}

/// A node whose operator's identity lives in the wallet registers its Blinder.
fn register_blinder(wallet: &Wallet, operator: &IdentityPublicKey, blinder: &Blinder) -> Result<BlinderPublicKey> {
    let unsigned = BlinderRegistration::first(blinder, b"network", b"node", operator, &mut rand::rng())?;
    complete(wallet, unsigned).verify(b"network", b"node", operator).cloned()
}

fn statement(recovery_key: &RecoveryPublicKey, blinder: BlinderPublicKey) -> Result<Statement> {
    let root = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
    let commitment = VssCommitment::new(vec![root.public()])?;
    let header =
        Header { parameters: ParameterSet::Fast, network: b"network".to_vec(), epoch: 1, node: b"node".to_vec() };
    let entry = Entry::new(&commitment, PartyIndex::new(1)?.into())?;
    Statement::backup(header, recovery_key.clone(), blinder, vec![entry])
}

/// The wallet answers a request.
fn answer(wallet: &Wallet, roster: &Roster, share: &KeyShare, statement: Statement, blinder: &Blinder) -> Done {
    let (rng, statements) = (&mut rand::rng(), [statement]);
    let now = Timestamp::from_unix_seconds(1_800_000_000)?;
    let mut session = Session::new(roster.clone(), statements.to_vec(), b"node", now, now.checked_add(3600)?, rng)?;
    session.authorise(&Authorisation::new(session.draft(), &statements[0], blinder, rng)?)?;
    let request = session.request()?;
    let response = complete(wallet, Review::new(&request, &statements, roster, now)?.respond(share, rng)?);
    session.receive(&response.encode(), now)?;
    session.unlock_keys().map(|keys| assert_eq!(keys.len(), 1))
}

fn do_everything(wallet: &Wallet) -> Done {
    let (identity, rng) = (introduce(wallet), &mut rand::rng());
    let (key, blinder) = (MemberKey::generate(rng), Blinder::generate(rng));
    let member = complete(wallet, MemberRegistration::first(b"party", PartyIndex::new(1)?, &identity, &key, rng)?);
    let (roster, share) = generate(wallet, &member, &key)?;
    let public = register_blinder(wallet, &identity, &blinder)?;
    let statement = statement(roster.party().public_key(), public)?;
    answer(wallet, &roster, &share, statement, &blinder)
}

#[test]
#[ignore = "needs the libraries that core/tests/wallets/check.sh installs"]
fn two_wallet_libraries_register_deal_confirm_and_answer() {
    for variable in ["RELIGHT_NODE_WALLET", "RELIGHT_PYTHON_WALLET"] {
        do_everything(&Wallet::new(variable)).unwrap();
    }
}
