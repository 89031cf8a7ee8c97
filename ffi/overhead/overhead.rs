//! What C and Go cost: verifies, makes and opens a backup of eleven keys in Rust, C and Go by turns, and fails if C
//! takes more than 3 % or Go more than 8 % longer than Rust. `overhead.sh` builds and runs it:
//!
//! ```text
//! overhead FOLDER ROUNDS C_PROGRAM GO_PROGRAM
//! ```
//!
//! `overhead FOLDER` is the Rust program of the three alone, and `overhead FOLDER make` makes what they work on.
//!
//! The three programs do the same work on the same files. Each waits for the letter of an operation, does it, and
//! answers with the nanoseconds it took. Compared is the least time of each, which other load on the machine disturbs
//! least. Above a limit, up to four times as many rounds again are given to a busy machine to be quiet in.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, Header, KeyShare, ParameterSet, RecoveryPublicKey, Statement, VerifiedBackup,
    decryption::{DecryptionShare, RecoveryParty, UnlockKey},
};
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::Instant;

type Fallible<T> = Result<T, Box<dyn Error>>;

const KEYS: usize = 11;
/// Opening is quick: it is measured more often.
const ROUND: &str = "veoooo";
const ATTEMPTS: usize = 5;
const OPERATIONS: [(char, &str); 3] = [('v', "verify"), ('e', "encrypt"), ('o', "open")];
/// Who is compared, and how long each may take in percent of the first.
const PROGRAMS: [(&str, u128); 3] = [("Rust", 100), ("C", 103), ("Go", 108)];

fn main() -> Fallible<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder] => serve(&Files(folder.into())),
        [folder, "make"] => Files(folder.into()).make().map(|()| ExitCode::SUCCESS),
        [folder, rounds, c, go] => {
            Files(folder.into()).make()?;
            let rust = std::env::current_exe()?;
            let programs = [&rust, Path::new(c), Path::new(go)];
            let rounds = rounds.parse::<NonZeroUsize>()?.get();
            report(&measure(programs.map(|path| Program::start(path, folder)), rounds)?)
        }
        _ => Err("usage: overhead FOLDER ROUNDS C_PROGRAM GO_PROGRAM".into()),
    }
}

/// What all programs work on, under the names that the C example gives to files.
struct Files(PathBuf);

impl Files {
    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn read(&self, name: &str) -> Fallible<Vec<u8>> {
        Ok(std::fs::read(self.path(name))?)
    }

    /// A node with a share of every key, all but one on secp256k1, and a recovery party of one.
    fn make(&self) -> Fallible<()> {
        let curves = [vec![CurveId::Secp256k1; KEYS - 1], vec![CurveId::Bls12381G1]].concat();
        let shares: Vec<KeyShare> = curves.into_iter().map(lone_share).collect::<Fallible<_>>()?;
        let (recovery, blinder) = (lone_share(CurveId::Bls12381G1)?, Blinder::generate(&mut UnwrapErr(SysRng)));
        let header = Header { parameters: ParameterSet::Fast, network: vec![], epoch: 1, node: vec![] };
        let recovery_key = RecoveryPublicKey::try_from(recovery.public_key().clone())?;
        let entries = shares.iter().map(|share| share.entry().clone()).collect();
        let statement = Statement::backup(header, recovery_key, blinder.public(), entries)?;
        let backup = Backup::create(&statement, &shares, &mut UnwrapErr(SysRng))?;
        let commitment = VssCommitment::new(vec![recovery.public_key().clone()])?;
        for (index, share) in shares.iter().enumerate() {
            std::fs::write(self.path(&format!("node-{index}.share")), &*share.encode())?;
        }
        std::fs::write(self.path("member-0.commitment"), commitment.encode())?;
        let index = PartyIndex::new(1)?;
        let decryption_share = DecryptionShare::new(index, &recovery, &statement.digest())?;
        std::fs::write(self.path("member-1.decryption-share"), &*decryption_share.encode())?;
        std::fs::write(self.path("operator-0.blinder"), &**blinder.encode())?;
        std::fs::write(self.path("custodian-0.statement"), statement.encode())?;
        Ok(std::fs::write(self.path("custodian-0.backup"), backup.encode())?)
    }
}

/// The only share of a fresh key.
fn lone_share(curve: CurveId) -> Fallible<KeyShare> {
    let secret = SecretScalar::random(curve, &mut UnwrapErr(SysRng));
    Ok(KeyShare::new(1, &VssCommitment::new(vec![secret.public()])?, PartyIndex::new(1)?.into(), secret)?)
}

/// What the Rust program holds.
struct Node {
    statement: Statement,
    shares: Vec<KeyShare>,
    blinder: Blinder,
    unlock: UnlockKey,
    backup: Vec<u8>,
    verified: VerifiedBackup,
}

impl Node {
    fn load(files: &Files) -> Fallible<Self> {
        let statement = Statement::decode(&files.read("custodian-0.statement")?)?;
        let backup = files.read("custodian-0.backup")?;
        let commitment = VssCommitment::decode(&files.read("member-0.commitment")?)?;
        let share = DecryptionShare::decode(&files.read("member-1.decryption-share")?)?;
        let one = PartyIndex::new(1)?;
        let party = RecoveryParty::new(commitment, &[(one, one.into())])?;
        let shares = (0..KEYS).map(|index| Ok(KeyShare::decode(&files.read(&format!("node-{index}.share"))?)?));
        Ok(Self {
            shares: shares.collect::<Fallible<_>>()?,
            blinder: Blinder::decode(&files.read("operator-0.blinder")?)?,
            unlock: party.combine(&statement.digest(), &[share])?,
            verified: Backup::decode(&backup)?.verify(&statement)?,
            statement,
            backup,
        })
    }

    fn perform(&self, operation: &str) -> Fallible<()> {
        match operation {
            "v" => drop(Backup::decode(&self.backup)?.verify(&self.statement)?),
            "e" => drop(Backup::create(&self.statement, &self.shares, &mut UnwrapErr(SysRng))?.encode()),
            "o" => drop(self.verified.open(&self.unlock, &self.blinder)?),
            other => return Err(format!("no operation: {other}").into()),
        }
        Ok(())
    }
}

/// The Rust program.
fn serve(files: &Files) -> Fallible<ExitCode> {
    let node = Node::load(files)?;
    for operation in std::io::stdin().lines() {
        let (operation, begin) = (operation?, Instant::now());
        node.perform(&operation)?;
        println!("{}", begin.elapsed().as_nanos());
    }
    Ok(ExitCode::SUCCESS)
}

/// A program that is measured.
struct Program {
    child: Child,
    operations: ChildStdin,
    times: BufReader<ChildStdout>,
}

impl Program {
    fn start(path: &Path, folder: &str) -> Fallible<Self> {
        let mut child = Command::new(path).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let operations = child.stdin.take().ok_or("no input")?;
        let times = BufReader::new(child.stdout.take().ok_or("no output")?);
        Ok(Self { child, operations, times })
    }

    fn perform(&mut self, operation: char) -> Fallible<u128> {
        writeln!(self.operations, "{operation}")?;
        let mut time = String::new();
        self.times.read_line(&mut time)?;
        Ok(time.trim().parse()?)
    }

    /// Without input a program ends.
    fn finish(mut self) -> Fallible<()> {
        drop(self.operations);
        if self.child.wait()?.success() { Ok(()) } else { Err("a program failed".into()) }
    }
}

/// The times of an operation in every program, and those of every operation.
type Row = [Vec<u128>; PROGRAMS.len()];
type Times = [Row; OPERATIONS.len()];

fn measure(programs: [Fallible<Program>; PROGRAMS.len()], rounds: usize) -> Fallible<Times> {
    let mut programs: Vec<Program> = programs.into_iter().collect::<Fallible<_>>()?;
    let mut times = Times::default();
    for round in 0..rounds * ATTEMPTS {
        if round % rounds == 0 && round > 0 && times.iter().all(fits) {
            break;
        }
        for operation in ROUND.chars() {
            let row = OPERATIONS.iter().position(|(letter, _)| *letter == operation).ok_or("no such operation")?;
            // Each goes first as often as the others.
            for column in (0..PROGRAMS.len()).map(|turn| (turn + round) % PROGRAMS.len()) {
                times[row][column].push(programs[column].perform(operation)?);
            }
        }
    }
    programs.into_iter().try_for_each(Program::finish)?;
    Ok(times)
}

/// Whether the least times are within the limits.
fn fits(row: &Row) -> bool {
    let rust = rank(&row[0], 0);
    row.iter().zip(PROGRAMS).all(|(times, (_, limit))| rank(times, 0) * 100 <= rust * limit)
}

fn report(times: &Times) -> Fallible<ExitCode> {
    println!("{:10}{:6}{:>8}{:>19}{:>21}", "", "", "times", "least, of Rust", "median, of Rust");
    for ((_, operation), row) in OPERATIONS.iter().zip(times) {
        for ((name, limit), times) in PROGRAMS.iter().zip(row) {
            print!("{operation:10}{name:6}{:8}", times.len());
            for percent in [0, 50] {
                let (time, rust) = (rank(times, percent) as f64, rank(&row[0], percent) as f64);
                print!("{:9.2} ms{:7.1} %", time / 1e6, time * 100.0 / rust);
            }
            println!("   at most {limit} %");
        }
    }
    Ok(if times.iter().all(fits) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The time that this many percent are below.
fn rank(times: &[u128], percent: usize) -> u128 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() * percent / 100).copied().unwrap_or_default()
}
