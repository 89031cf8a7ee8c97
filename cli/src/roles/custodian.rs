//! What a custodian does: knows networks by their bundles, and audits the backups that it keeps.

use crate::armour::{self, Kind};
use crate::board::{Board, Findings, Ignored, Objects, Place};
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::store::{self, Store};
use relight::Statement;
use relight::bundle::{Bundle, VerifiedBundle};
use relight::coverage::Coverage;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

const FOLDER: &str = "bundles";

/// A backup that nobody has verified, and where it was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its file.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What an audit found.
#[derive(Debug)]
pub struct Audit {
    /// The bundle that the backups were compared with.
    pub bundle: VerifiedBundle,
    /// The answer, in which backups go by their places.
    pub coverage: Coverage,
    /// The files of the backups.
    pub paths: Vec<String>,
}

/// A bundle that is consistent in itself. Whose it is, nobody has compared.
///
/// # Errors
///
/// If it is not.
pub fn consistent(bundle: Bundle) -> relight::Result<VerifiedBundle> {
    let digest = bundle.digest();
    bundle.verify(&digest)
}

/// The bundles of a network on the board, the latest epoch last. Nothing says that they are genuine.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn posted(board: &dyn Board, network: &[u8]) -> Result<(Vec<VerifiedBundle>, Ignored)> {
    let found = board.objects(&Place::Plans, Kind::Bundle, Bundle::decode)?.about(&Place::Plans, network);
    let Objects { good, ignored } = found.then(|object| of_network(object.value, network));
    let mut bundles: Vec<_> = good.into_iter().map(|object| object.value).collect();
    bundles.sort_by_key(|bundle| bundle.network().epoch);
    Ok((bundles, ignored))
}

fn of_network(bundle: Bundle, network: &[u8]) -> relight::Result<VerifiedBundle> {
    //= spec/16-files.md#16-1-the-board
    //# A program MUST verify what it finds against what its holder knows, for a folder and a subject are only claims.
    match bundle.network() == network {
        true => consistent(bundle),
        false => Err(relight::Error::Mismatch(relight::Field::Network)),
    }
}

/// The bundles of a network that the holder trusts, the latest epoch last.
///
/// # Errors
///
/// If the disk refuses, or one is damaged.
pub fn trusted(store: &Store, network: &[u8]) -> Result<Vec<VerifiedBundle>> {
    let mut bundles = Vec::new();
    for name in store.keepsakes(FOLDER)? {
        let bundle = Bundle::decode(&store.kept(&name)?.unwrap_or_default()).at(&name)?;
        if bundle.network() == network {
            bundles.push(consistent(bundle).at(&name)?);
        }
    }
    bundles.sort_by_key(|bundle| bundle.network().epoch);
    Ok(bundles)
}

/// The bundle of the latest epoch that the holder trusts.
///
/// # Errors
///
/// If there is none.
pub fn current(store: &Store, network: &[u8]) -> Result<VerifiedBundle> {
    history(store, network).map(|(_, current)| current)
}

/// The bundles of former epochs that the holder trusts, and the current one.
///
/// # Errors
///
/// If there is none.
pub fn history(store: &Store, network: &[u8]) -> Result<(Vec<VerifiedBundle>, VerifiedBundle)> {
    let mut bundles = trusted(store, network)?;
    let current = bundles.pop().ok_or_else(|| {
        let network = network.escape_ascii();
        Failure::refused(&network, "you trust no bundle of this network")
            .next(format!("compare one with the others, and say so: relight network trust '{network}'"))
    })?;
    Ok((bundles, current))
}

/// What the backup of a node has to state, as the bundle of the latest epoch says that the holder trusts.
///
/// # Errors
///
/// If there is no such bundle, it has no such node, or the node holds no share that could be backed up.
pub fn statement(store: &Store, network: &[u8], node: &[u8]) -> Result<Statement> {
    let bundle = current(store, network)?;
    let statement = bundle.statement(node).at("the bundle")?.cloned();
    statement.ok_or_else(|| Failure::refused(node.escape_ascii(), "it holds no share that could be backed up"))
}

/// Keeps a bundle that a person has compared with the others.
///
/// # Errors
///
/// If the store has another one of this epoch.
pub fn trust(store: &Store, bundle: &VerifiedBundle) -> Result<String> {
    let network = bundle.network();
    let name = format!("{}-{}", store::path(FOLDER, &network.name), network.epoch);
    let bytes = bundle.bundle().encode();
    if store.keep(&name, &bytes)? || store.kept(&name)?.is_some_and(|known| known == bytes) {
        return Ok(name);
    }
    let why = format!("you trust another bundle of epoch {}, and it is not replaced", network.epoch);
    Err(Failure::refused(network.name.escape_ascii(), why).next("ask the planner for a bundle of a later epoch"))
}

/// The backups on the board.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn on_board(board: &dyn Board, network: &[u8]) -> Result<(Vec<Found>, Ignored)> {
    let Findings { found, damaged } = board.find(&Place::Backups(network.to_vec()), Kind::Backup)?;
    Ok((found.into_iter().map(|found| Found { path: found.path, bytes: found.bytes }).collect(), damaged))
}

/// The backups in a folder: every file there, whatever its name.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn in_folder(folder: &Path) -> Result<(Vec<Found>, Ignored)> {
    let (mut found, mut ignored) = (Vec::new(), Ignored::new());
    if !folder.is_dir() {
        return Err(Failure::refused(folder.display(), "there is no such folder"));
    }
    for path in files::names(folder)?.into_iter().map(|name| folder.join(name)).filter(|path| path.is_file()) {
        let name = path.display().to_string();
        match files::read(&path).and_then(|bytes| armour::strip(Kind::Backup, bytes)) {
            Ok(bytes) => found.push(Found { path: name, bytes }),
            Err(failure) => ignored.push((name, failure)),
        }
    }
    Ok((found, ignored))
}

/// Verifies all backups.
///
/// # Errors
///
/// If the network is inconsistent.
pub fn audit(bundle: &VerifiedBundle, found: &[Found], progress: impl Fn(usize)) -> Result<Audit> {
    let backups: Vec<&[u8]> = found.iter().map(|found| found.bytes.as_slice()).collect();
    let watch = &mut |done, _| {
        progress(done);
        ControlFlow::<Infallible>::Continue(())
    };
    let ControlFlow::Continue(coverage) = bundle.network().audit_with(&backups, watch).at("the network")?;
    let paths = found.iter().map(|found| found.path.clone()).collect();
    Ok(Audit { bundle: bundle.clone(), coverage, paths })
}
