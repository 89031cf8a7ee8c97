//! The numbers of the drill.

use crate::failure::{Failure, Result};
use crate::names::{curve_of_each, keys_on_curve, parameter_set};
use clap::builder::TypedValueParser;
use clap::{Args as Flags, ValueEnum};
use relight::ParameterSet;
use relight::curve::CurveId;
use relight::sharing::Threshold;
use std::path::PathBuf;

const DEFAULT_CURVES: &str = "secp256k1:7,p256,ed25519,ristretto255,bls12381g1";

/// The numbers as given: what is left out depends on the others.
#[derive(Clone, Debug, Flags)]
pub struct Numbers {
    /// Nodes of the network
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = at_least_one())]
    nodes: u16,
    /// Nodes that it takes to use a root key [default: more than two thirds]
    #[arg(long, value_name = "COUNT", value_parser = at_least_one())]
    threshold: Option<u16>,
    /// Members of the recovery party
    #[arg(long, value_name = "COUNT", default_value_t = 9, value_parser = at_least_one())]
    members: u16,
    /// Members that it takes to decrypt [default: more than two thirds]
    #[arg(long, value_name = "COUNT", value_parser = at_least_one())]
    party_threshold: Option<u16>,
    /// Curves of the root keys, each with how many if not one
    #[arg(long, value_name = "LIST", default_value = DEFAULT_CURVES, value_delimiter = ',', value_parser = keys_on_curve)]
    curves: Vec<(CurveId, u16)>,
    /// User keys derived on every curve with two root keys or more
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    user_keys: u16,
    /// Epochs before the disaster; each has its own shares and backups
    #[arg(long, value_name = "COUNT", default_value_t = 2, value_parser = at_least_one())]
    epochs: u16,
    /// Operators that lose their Blinder in the disaster [default: as many as can be borne, at most 2]
    #[arg(long, value_name = "COUNT")]
    lost_blinders: Option<u16>,
    /// Nodes of the network after the disaster [default: 3 fewer than before, or 3 more if that leaves 1 or less]
    #[arg(long, value_name = "COUNT", value_parser = at_least_one())]
    fresh_nodes: Option<u16>,
    /// Nodes that it takes there [default: more than two thirds]
    #[arg(long, value_name = "COUNT", value_parser = at_least_one())]
    fresh_threshold: Option<u16>,
    /// Which identifiers shares have
    #[arg(long, value_enum, default_value_t = Identifiers::Numbers)]
    identifiers: Identifiers,
    /// Parameter set: fast, compact, broadcast, packed or bulk
    #[arg(long, value_name = "SET", default_value = "fast", value_parser = parameter_set)]
    parameters: ParameterSet,
    /// Keep every file in this folder, which must be new or empty [default: a temporary one, removed at the end]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

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
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Identifiers {
    /// The numbers of their holders
    Numbers,
    /// Hashes of their holders' names, numbers of 256 bits
    Names,
}

impl Numbers {
    pub(crate) fn complete(self) -> Result<Args> {
        let (nodes, members) = (self.nodes, self.members);
        let threshold = threshold("--threshold", self.threshold, nodes)?;
        let default = if nodes > 4 { nodes - 3 } else { nodes.saturating_add(3) };
        let fresh_nodes = self.fresh_nodes.unwrap_or(default);
        let args = Args {
            nodes,
            threshold,
            members,
            party_threshold: self::threshold("--party-threshold", self.party_threshold, members)?,
            curves: self.curves,
            user_keys: self.user_keys,
            epochs: self.epochs,
            lost_blinders: self.lost_blinders.unwrap_or((nodes - threshold).min(2)),
            fresh_nodes,
            fresh_threshold: self::threshold("--fresh-threshold", self.fresh_threshold, fresh_nodes)?,
            identifiers: self.identifiers,
            parameters: self.parameters,
            dir: self.dir,
        };
        args.check()
    }
}

impl Args {
    /// The root keys, to be made.
    pub(crate) fn new_keys(&self) -> Vec<CurveId> {
        curve_of_each(&self.curves)
    }

    fn check(self) -> Result<Self> {
        let spare = self.nodes - self.threshold;
        if self.lost_blinders > spare {
            let lost = self.lost_blinders;
            return Err(Failure::usage(format!(
                "--lost-blinders {lost}: only {spare} can be borne, the rest are needed"
            )));
        }
        if self.fresh_threshold == 1 && self.threshold > 1 {
            return Err(Failure::usage("--fresh-threshold 1: every fresh node would have the keys themselves"));
        }
        Ok(self)
    }
}

fn threshold(flag: &str, given: Option<u16>, parties: u16) -> Result<u16> {
    let number = given.unwrap_or(Threshold::supermajority(parties)?.get());
    let threshold = Threshold::new(number, parties);
    threshold.map(Threshold::get).map_err(|_| Failure::usage(format!("{flag} {number}: there are only {parties}")))
}

fn at_least_one() -> impl TypedValueParser<Value = u16> {
    clap::value_parser!(u16).range(1..)
}
