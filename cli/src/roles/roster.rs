//! The roster of a recovery party: who belongs to it, from registrations and a certified outcome.

use super::members::Members;
use super::plan::Sharing;
use crate::armour::Kind;
use crate::board::{Board, Objects, Place, segment};
use crate::failure::{Failure, Result, While};
use relight::curve::CurveId;
use relight::recovery::{Roster, RosterMember};

/// Makes the roster of the holders of a sharing, whose only key on BLS12-381 G1 is the recovery key, and posts it.
///
/// # Errors
///
/// If there is not one such key, or a holder is not registered.
pub fn make(board: &dyn Board, sharing: &Sharing) -> Result<(Roster, String)> {
    let party = &sharing.ceremony.plan().name;
    let registrations = Members::find(board, party)?;
    let mut keys = sharing.keys.iter().filter(|key| key.curve() == CurveId::Bls12381G1);
    let (Some(key), None) = (keys.next(), keys.next()) else {
        return Err(Failure::refused("the recovery key", "the ceremony has not exactly one key on BLS12-381 G1"));
    };
    let members = sharing.holders.iter().map(|holder| {
        let registration = registrations.of(holder.index, &holder.identity)?.clone();
        Ok(RosterMember { registration, identifier: holder.identifier })
    });
    let roster = Roster::new(party, key.clone(), members.collect::<Result<_>>()?).at("the roster")?;
    let path = board.post(&Place::Plans, party, Kind::Roster, &roster.encode())?;
    Ok((roster, path))
}

/// The rosters of a party on the board. Nothing says that they are genuine.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn posted(board: &dyn Board, party: &[u8]) -> Result<Objects<Roster>> {
    let subject = segment(party);
    let mut found = board.objects(&Place::Plans, Kind::Roster, |bytes| Ok(bytes.to_vec()))?;
    found.good.retain(|object| object.subject == subject);
    Ok(found.then(|object| Roster::decode(party, &object.value)))
}
