//! The command line.

use super::failure::{Failure, Result};
use relight::curve::CurveId;
use relight::sharing::Threshold;
use relight::{ParameterSet, dealing::Keys};
use std::path::PathBuf;

pub(crate) const HELP: &str = "\
Plays the life of a threshold network's keys: made, backed up, lost, and brought back.

cargo run --release --example recovery_drill -- [FLAGS]

  --nodes N            nodes of the network (10)
  --threshold T        nodes that it takes to use a root key (more than two thirds)
  --members N          members of the recovery party (9)
  --party-threshold T  members that it takes to decrypt (more than two thirds)
  --curves LIST        curves of the root keys, each with how many if not one
                       (secp256k1:7,p256,ed25519,ristretto255,bls12381g1; also: p384 ed448 jubjub bls12381g2)
  --user-keys K        user keys derived on every curve with two root keys or more (3)
  --epochs E           epochs before the disaster; each has its own shares and backups (2)
  --lost-blinders K    operators that lose their Blinder in the disaster (as many as can be borne, at most 2)
  --fresh-nodes N      nodes of the network after the disaster (3 fewer than before, or 3 more if that leaves 1 or less)
  --fresh-threshold T  nodes that it takes there (more than two thirds)
  --identifiers KIND   where shares lie: numbers, or names (numbers of 256 bits, hashes of the parties' names) (numbers)
  --parameters 1..4    parameter set: fast, compact, smallest, packed (1)
  --dir DIR            keep every file in DIR, which must be new or empty (a temporary directory, removed at the end)
  --help               print this
";

const DEFAULT_CURVES: &str = "secp256k1:7,p256,ed25519,ristretto255,bls12381g1";

/// The numbers of the drill.
#[derive(Debug)]
pub(crate) struct Args {
    pub(crate) nodes: u16,
    pub(crate) threshold: u16,
    pub(crate) members: u16,
    pub(crate) party_threshold: u16,
    /// The number of root keys on each curve.
    pub(crate) curves: Vec<(CurveId, u16)>,
    pub(crate) user_keys: u16,
    pub(crate) epochs: u16,
    pub(crate) lost_blinders: u16,
    pub(crate) fresh_nodes: u16,
    pub(crate) fresh_threshold: u16,
    pub(crate) identifiers: Identifiers,
    pub(crate) parameters: ParameterSet,
    pub(crate) dir: Option<PathBuf>,
}

/// Where shares lie.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Identifiers {
    /// At the numbers of their holders.
    Numbers,
    /// At the hashes of their holders' names.
    Names,
}

/// What the command line asks for.
#[derive(Debug)]
pub(crate) enum Command {
    Play(Args),
    Help,
}

/// The flags as given: nothing has a default yet.
struct Given(Vec<(String, String)>);

pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command> {
    let mut given = Given(Vec::new());
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if matches!(argument.as_str(), "--help" | "-h") {
            return Ok(Command::Help);
        }
        let (flag, value) = match argument.split_once('=') {
            Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        check_known(&flag)?;
        let value = value.or_else(|| arguments.next());
        given.0.push((flag.clone(), value.ok_or_else(|| usage(format!("{flag} needs a value")))?));
    }
    given.complete().map(Command::Play)
}

impl Given {
    fn complete(mut self) -> Result<Args> {
        let nodes = self.number("--nodes", 1, 10)?;
        let members = self.number("--members", 1, 9)?;
        let threshold = self.threshold("--threshold", nodes)?;
        let fresh_nodes = self.number("--fresh-nodes", 1, if nodes > 4 { nodes - 3 } else { nodes + 3 })?;
        let args = Args {
            nodes,
            threshold,
            members,
            party_threshold: self.threshold("--party-threshold", members)?,
            curves: self.curves()?,
            user_keys: self.number("--user-keys", 0, 3)?,
            epochs: self.number("--epochs", 1, 2)?,
            lost_blinders: self.number("--lost-blinders", 0, (nodes - threshold).min(2))?,
            fresh_nodes,
            fresh_threshold: self.threshold("--fresh-threshold", fresh_nodes)?,
            identifiers: self.identifiers()?,
            parameters: self.parameters()?,
            dir: self.take("--dir").map(PathBuf::from),
        };
        if let Some((flag, _)) = self.0.first() {
            return Err(usage(format!("{flag} is given twice")));
        }
        args.check()
    }

    fn take(&mut self, flag: &str) -> Option<String> {
        let place = self.0.iter().position(|(given, _)| given == flag)?;
        Some(self.0.remove(place).1)
    }

    fn number(&mut self, flag: &str, least: u16, default: u16) -> Result<u16> {
        let Some(value) = self.take(flag) else { return Ok(default) };
        match value.parse() {
            Ok(number) if number >= least => Ok(number),
            _ => Err(usage(format!("{flag} {value}: a whole number from {least} to {} is needed", u16::MAX))),
        }
    }

    fn threshold(&mut self, flag: &str, parties: u16) -> Result<u16> {
        let default = Threshold::supermajority(parties)?;
        let number = self.number(flag, 1, default.get())?;
        let threshold = Threshold::new(number, parties);
        threshold.map(Threshold::get).map_err(|_| usage(format!("{flag} {number}: there are only {parties}")))
    }

    fn curves(&mut self) -> Result<Vec<(CurveId, u16)>> {
        let list = self.take("--curves");
        list.as_deref().unwrap_or(DEFAULT_CURVES).split(',').map(keys_on_curve).collect()
    }

    fn identifiers(&mut self) -> Result<Identifiers> {
        match self.take("--identifiers").as_deref() {
            None | Some("numbers") => Ok(Identifiers::Numbers),
            Some("names") => Ok(Identifiers::Names),
            Some(other) => Err(usage(format!("--identifiers {other}: they are numbers or names"))),
        }
    }

    fn parameters(&mut self) -> Result<ParameterSet> {
        let number = self.number("--parameters", 1, ParameterSet::default().number().into())?;
        let found = u8::try_from(number).ok().and_then(|number| ParameterSet::try_from(number).ok());
        found.ok_or_else(|| usage(format!("--parameters {number}: the sets are 1 to 4")))
    }
}

impl Args {
    /// The root keys, to be made.
    pub(crate) fn new_keys(&self) -> Keys {
        let on_curve = |(curve, count): &(CurveId, u16)| vec![*curve; usize::from(*count)];
        self.curves.iter().flat_map(on_curve).collect()
    }

    fn check(self) -> Result<Self> {
        let spare = self.nodes - self.threshold;
        if self.lost_blinders > spare {
            let lost = self.lost_blinders;
            return Err(usage(format!("--lost-blinders {lost}: only {spare} can be borne, the rest are needed")));
        }
        if self.fresh_threshold == 1 && self.threshold > 1 {
            return Err(usage("--fresh-threshold 1: every fresh node would have the keys themselves".to_owned()));
        }
        Ok(self)
    }
}

/// Such as "p256" or "secp256k1:5".
fn keys_on_curve(item: &str) -> Result<(CurveId, u16)> {
    let (name, count) = item.split_once(':').unwrap_or((item, "1"));
    let curve = CurveId::ALL.iter().find(|curve| plain(&curve.to_string()) == plain(name));
    let curve = curve.ok_or_else(|| usage(format!("--curves {name}: no such curve")))?;
    let count = count.parse().ok().filter(|count| *count > 0);
    let count = count.ok_or_else(|| usage(format!("--curves {item}: a whole number of keys is needed")))?;
    Ok((*curve, count))
}

/// The name of a curve without case and punctuation.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn check_known(flag: &str) -> Result<()> {
    // The help is the one list of the flags.
    let known = HELP.lines().filter_map(|line| line.trim_start().split(' ').next());
    if known.filter(|word| word.starts_with("--")).any(|known| known == flag) {
        Ok(())
    } else {
        Err(usage(format!("{flag} is not a flag")))
    }
}

fn usage(message: String) -> Failure {
    Failure::Usage(message)
}
